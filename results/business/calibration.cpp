#include "results/business/calibration.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/statistics/statistics.hpp"
#include "results/text/format.hpp"
#include "results/text/table.hpp"

namespace entrepot::results {

namespace {

/// The comparator in a row.
Interval simulated(const Study& independent, std::uint32_t row) {
    std::vector<double> numerator, denominator;
    for (const Replication& r : independent.replications[comparator_of(independent)]) {
        numerator.push_back(r.numerator[row]);
        denominator.push_back(r.denominator[row]);
    }
    return ratio_interval(numerator, denominator);
}

/// How a band and what was simulated are written: in one scale.
Notation notation_of(const HeldBand& one, const std::string& currency) {
    Numbers numbers;
    numbers.take(one.simulated);
    for (const auto& end : {one.band.at_least, one.band.at_most}) {
        if (end) numbers.take(*end);
    }
    return Notation::kpi(*one.kpi, numbers, currency);
}

std::string name_of(const HeldBand& one) {
    return std::string(one.kpi->name) + (one.label == "all" ? "" : " [" + one.label + "]");
}

const char* colour_of(Held held) {
    switch (held) {
        case Held::within:
            return "\x1b[32m";
        case Held::below:
        case Held::above:
            return "\x1b[31m";
        default:
            return "\x1b[90m";
    }
}

std::string number_or_nothing(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : ""; }

}  // namespace

std::string held_text(Held held) {
    switch (held) {
        case Held::within:
            return "within";
        case Held::likely:
            return "likely within";
        case Held::likely_not:
            return "likely outside";
        case Held::below:
            return "below";
        case Held::above:
            return "above";
        case Held::unknown:
            return "unknown";
    }
    return "";
}

Held held(const Band& band, const Interval& simulated) {
    if (!simulated.has_interval) return Held::unknown;
    if (band.at_least && simulated.high < *band.at_least) return Held::below;
    if (band.at_most && simulated.low > *band.at_most) return Held::above;
    const auto inside = [&](double value) {
        return !(band.at_least && value < *band.at_least) && !(band.at_most && value > *band.at_most);
    };
    if (inside(simulated.low) && inside(simulated.high)) return Held::within;
    return inside(simulated.estimate) ? Held::likely : Held::likely_not;
}

std::vector<HeldBand> held_bands(const Study& study) {
    const Study independent = observations(study);
    std::vector<HeldBand> all;
    for (const Band& band : study.bands) {
        const Row& row = study.rows[band.row];
        const KpiInfo* kpi = find_kpi(row.kpi);
        if (!kpi) continue;  // of a later program version
        HeldBand one{.kpi = kpi, .label = row.label, .band = band, .simulated = simulated(independent, band.row)};
        one.held = held(band, one.simulated);
        all.push_back(std::move(one));
    }
    return all;
}

std::string simulated_text(const HeldBand& one, const std::string& currency) {
    return one.simulated.has_estimate ? notation_of(one, currency).value(one.simulated) : "-";
}

std::string band_text(const HeldBand& one, const std::string& currency) {
    const Notation notation = notation_of(one, currency);
    const auto &least = one.band.at_least, &most = one.band.at_most;
    if (!most) return "at least " + notation.value(*least);
    if (!least) return "at most " + notation.value(*most);
    return fmt::format("{} to {}", notation.value(*least), notation.value(*most));
}

std::string calibration_table(const std::vector<HeldBand>& bands, const std::string& currency, std::size_t width,
                              bool colour) {
    Table table{.corner = "KPI", .columns = {"simulated", "band", "held"}, .rows = {}};
    for (const HeldBand& one : bands) {
        table.rows.push_back({name_of(one),
                              {{{simulated_text(one, currency)}},
                               {{band_text(one, currency)}},
                               {{held_text(one.held)}, colour ? colour_of(one.held) : ""}}});
    }
    return table_text(table, width);
}

std::string calibration_sentence(const std::vector<HeldBand>& bands, const std::string& currency) {
    std::vector<std::string> outside;
    for (const HeldBand& one : bands) {
        if (one.holds()) continue;
        const std::string value =
            one.simulated.has_estimate ? notation_of(one, currency).value(one.simulated.estimate) : "not known";
        outside.push_back(fmt::format("{} is {} ({})", name_of(one), value, band_text(one, currency)));
    }
    if (outside.empty()) return {};
    return fmt::format("Uncalibrated: of {}, the comparator is outside {}: {}.", counted(bands.size(), "band"),
                       outside.size(), fmt::join(outside, "; "));
}

std::string calibration_label(const Study& study) {
    const auto bands = held_bands(study);
    const bool calibrated = !bands.empty() && std::ranges::all_of(bands, &HeldBand::holds);
    return fmt::format("simulated, {}", calibrated ? "calibrated" : "uncalibrated");
}

std::string calibration_csv(const std::vector<HeldBand>& bands) {
    std::string csv = "band,kpi,slice,estimate,low,high,at_least,at_most,held,source\n";
    for (const HeldBand& one : bands) {
        const Interval& v = one.simulated;
        const auto known = [](bool is, double value) { return is ? std::optional(value) : std::nullopt; };
        csv += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", csv_field(one.band.name), one.kpi->id,
                           csv_field(one.label), number_or_nothing(known(v.has_estimate, v.estimate)),
                           number_or_nothing(known(v.has_interval, v.low)),
                           number_or_nothing(known(v.has_interval, v.high)), number_or_nothing(one.band.at_least),
                           number_or_nothing(one.band.at_most), held_text(one.held), csv_field(one.band.source));
    }
    return csv;
}

std::string calibration_json(const std::vector<HeldBand>& bands) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const HeldBand& one : bands) {
        const Interval& v = one.simulated;
        const auto number = [](bool is, double value) {
            return is ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
        };
        all.push_back({{"band", one.band.name},
                       {"kpi", one.kpi->id},
                       {"slice", one.label},
                       {"estimate", number(v.has_estimate, v.estimate)},
                       {"low", number(v.has_interval, v.low)},
                       {"high", number(v.has_interval, v.high)},
                       {"at_least", number(one.band.at_least.has_value(), one.band.at_least.value_or(0))},
                       {"at_most", number(one.band.at_most.has_value(), one.band.at_most.value_or(0))},
                       {"held", held_text(one.held)},
                       {"source", one.band.source}});
    }
    return nlohmann::ordered_json{{"calibrated", std::ranges::all_of(bands, &HeldBand::holds)}, {"bands", all}}.dump(
               2) +
           "\n";
}

}  // namespace entrepot::results

#include "results/compare.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "results/format.hpp"
#include "results/multiplicity.hpp"

namespace entrepot::results {

namespace {

constexpr double kAlpha = 0.05;

struct Sums {
    std::vector<double> numerator, denominator;  ///< by replication
};

Sums sums_of(const Study& study, std::size_t strategy, std::size_t row) {
    Sums sums;
    for (const Replication& r : study.replications[strategy]) {
        sums.numerator.push_back(r.numerator[row]);
        sums.denominator.push_back(r.denominator[row]);
    }
    return sums;
}

Verdict judge(const KpiInfo& kpi, const Compared& c) {
    if (!c.difference.has_interval) return Verdict::not_available;
    if (c.difference.standard_error == 0 && c.difference.estimate == 0) return Verdict::identical;
    if (c.p_adjusted >= kAlpha) return Verdict::not_distinguishable;
    if (kpi.better == Better::neither) return Verdict::different;
    return (c.difference.estimate > 0) == (kpi.better == Better::higher) ? Verdict::better : Verdict::worse;
}

bool is_headline(const ComparedRow& row) { return row.kpi->headline && row.row.slice.is_total(); }

/// Corrects the p-values of one family, the headline rows or the others, and judges its rows.
void judge_family(Comparison& comparison, bool headline) {
    std::vector<Compared*> family;
    std::vector<double> p_values;
    for (ComparedRow& row : comparison.rows) {
        if (is_headline(row) != headline) continue;
        for (std::size_t s = 0; s < row.strategies.size(); ++s) {
            if (s == comparison.comparator || !row.strategies[s].difference.has_interval) continue;
            family.push_back(&row.strategies[s]);
            p_values.push_back(p_value(row.strategies[s].difference));
        }
    }
    const std::vector<double> adjusted = holm(p_values);
    for (std::size_t i = 0; i < family.size(); ++i) family[i]->p_adjusted = adjusted[i];
    for (ComparedRow& row : comparison.rows) {
        if (is_headline(row) != headline) continue;
        for (Compared& c : row.strategies) c.verdict = judge(*row.kpi, c);
    }
}

}  // namespace

std::string verdict_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::better:
            return "better";
        case Verdict::worse:
            return "worse";
        case Verdict::different:
            return "different";
        case Verdict::not_distinguishable:
            return "not distinguishable";
        case Verdict::identical:
            return "identical";
        case Verdict::not_available:
            return "not available";
    }
    return "";
}

const ComparedRow* Comparison::find(Kpi kpi, const Slice& slice) const {
    for (const ComparedRow& row : rows) {
        if (row.kpi->kpi == kpi && row.row.slice == slice) return &row;
    }
    return nullptr;
}

Comparison compare(const Study& study) {
    Comparison comparison;
    comparison.replications = study.replication_count();
    const auto found = std::find(study.strategies.begin(), study.strategies.end(), study.manifest.comparator);
    if (found != study.strategies.end()) {
        comparison.comparator = static_cast<std::size_t>(found - study.strategies.begin());
    }
    for (std::size_t r = 0; r < study.rows.size(); ++r) {
        const KpiInfo* kpi = find_kpi(study.rows[r].kpi);
        if (!kpi) continue;  // a row of a later program version
        ComparedRow row{kpi, study.rows[r], {}};
        const Sums base = sums_of(study, comparison.comparator, r);
        for (std::size_t s = 0; s < study.strategies.size(); ++s) {
            const Sums own = sums_of(study, s, r);
            Compared compared;
            compared.value = ratio_interval(own.numerator, own.denominator);
            if (s != comparison.comparator) {
                compared.difference =
                    ratio_difference(own.numerator, own.denominator, base.numerator, base.denominator);
            }
            row.strategies.push_back(compared);
        }
        comparison.rows.push_back(std::move(row));
    }
    judge_family(comparison, true);
    judge_family(comparison, false);
    return comparison;
}

// ----------------------------------------------------------------------------------------------------------- the table

namespace {

const char* colour_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::better:
            return "\x1b[32m";
        case Verdict::worse:
            return "\x1b[31m";
        default:
            return "\x1b[90m";
    }
}

std::string cell_text(const ComparedRow& row, std::size_t strategy, std::size_t comparator,
                      const std::string& currency) {
    const Compared& c = row.strategies[strategy];
    if (!c.value.has_estimate) return "-";
    const std::string value = value_text(*row.kpi, c.value.estimate, currency);
    if (strategy == comparator) return value;
    if (!c.difference.has_interval) return value + "  (no interval)";
    if (c.verdict == Verdict::identical) return value + "  identical";
    return fmt::format("{}  {} [{}, {}] {}", value, difference_text(*row.kpi, c.difference.estimate, currency),
                       difference_text(*row.kpi, c.difference.low, currency),
                       difference_text(*row.kpi, c.difference.high, currency),
                       c.verdict == Verdict::not_distinguishable ? "~" : verdict_text(c.verdict));
}

/// The headline totals; with details, all other rows after them.
std::vector<const ComparedRow*> shown_rows(const Comparison& comparison, bool details) {
    std::vector<const ComparedRow*> headline, others;
    for (const ComparedRow& row : comparison.rows) (is_headline(row) ? headline : others).push_back(&row);
    if (details) headline.insert(headline.end(), others.begin(), others.end());
    return headline;
}

}  // namespace

std::string comparison_table(const Study& study, const Comparison& comparison, const TableOptions& options) {
    const std::string& currency = study.dimensions.currency;
    std::vector<std::vector<std::string>> lines{{"KPI"}};
    const std::vector<const ComparedRow*> rows = shown_rows(comparison, options.details);
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        const std::string title = study.strategies[s] + " " + study.titles[s];
        lines[0].push_back(s == comparison.comparator ? title + " (comparator)" : title);
    }
    for (const ComparedRow* row : rows) {
        const std::string slice = row->row.slice.is_total() ? "" : " [" + row->row.label + "]";
        lines.push_back({std::string(row->kpi->name) + slice});
        for (std::size_t s = 0; s < study.strategies.size(); ++s) {
            lines.back().push_back(cell_text(*row, s, comparison.comparator, currency));
        }
    }
    std::vector<std::size_t> width(lines[0].size(), 0);
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) width[i] = std::max(width[i], line[i].size());
    }
    std::string table;
    for (std::size_t l = 0; l < lines.size(); ++l) {
        for (std::size_t i = 0; i < lines[l].size(); ++i) {
            std::string text = fmt::format("{:<{}}", lines[l][i], width[i]);
            if (options.colour && l > 0 && i > 0 && i - 1 != comparison.comparator) {
                text = colour_of(rows[l - 1]->strategies[i - 1].verdict) + text + "\x1b[0m";
            }
            table += text + (i + 1 < lines[l].size() ? "  " : "");
        }
        while (!table.empty() && table.back() == ' ') table.pop_back();
        table += '\n';
        if (l == 0) {
            std::size_t all = 2 * (width.size() - 1);
            for (const std::size_t w : width) all += w;
            table += std::string(all, '-') + '\n';
        }
    }
    table += fmt::format(
        "\n{} replications, common random numbers; differences to {} with 95 % paired intervals. better and worse are "
        "real at "
        "5 % after Holm's correction over the {}; ~ is not distinguishable.\n",
        comparison.replications, study.strategies.empty() ? "" : study.strategies[comparison.comparator],
        options.details ? "headline rows, and over the others" : "rows shown");
    return table;
}

std::string comparison_csv(const Study& study, const Comparison& comparison) {
    std::string csv =
        "kpi,slice,strategy,value,value_low,value_high,difference,difference_low,difference_high,p_adjusted,"
        "verdict,replications\n";
    const auto number = [](bool available, double v) { return available ? fmt::format("{:.10g}", v) : std::string(); };
    for (const ComparedRow& row : comparison.rows) {
        for (std::size_t s = 0; s < row.strategies.size(); ++s) {
            const Compared& c = row.strategies[s];
            const bool base = s == comparison.comparator, paired = c.difference.has_interval;
            csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", row.kpi->id, csv_field(row.row.label),
                               csv_field(study.strategies[s]), number(c.value.has_estimate, c.value.estimate),
                               number(c.value.has_interval, c.value.low), number(c.value.has_interval, c.value.high),
                               number(c.difference.has_estimate && !base, c.difference.estimate),
                               number(paired, c.difference.low), number(paired, c.difference.high),
                               number(paired, c.p_adjusted), base ? "comparator" : verdict_text(c.verdict),
                               comparison.replications);
        }
    }
    return csv;
}

}  // namespace entrepot::results

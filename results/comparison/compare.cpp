#include "results/comparison/compare.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "results/business/confirmation.hpp"
#include "results/statistics/multiplicity.hpp"
#include "results/statistics/sequential.hpp"
#include "results/text/format.hpp"
#include "results/text/table.hpp"

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

/// Whether some strategy has anything to say in the row.
bool says_something(const ComparedRow& row) {
    return std::ranges::any_of(row.strategies,
                               [](const Compared& c) { return c.value.has_estimate && c.value.estimate != 0; });
}

bool is_headline(const ComparedRow& row) {
    if (!row.kpi->headline || !row.row.slice.is_total()) return false;
    return !(row.kpi->slices & kOfSome) || says_something(row);
}

/// Corrects the p-values of some rows together and judges them.
void judge_family(const std::vector<ComparedRow*>& rows) {
    std::vector<Compared*> family;
    std::vector<double> p_values;
    for (ComparedRow* row : rows) {
        for (Compared& c : row->strategies) {  // the comparator has no difference
            if (!c.difference.has_interval) continue;
            family.push_back(&c);
            p_values.push_back(c.p_adjusted);
        }
    }
    const std::vector<double> adjusted = holm(p_values);
    for (std::size_t i = 0; i < family.size(); ++i) family[i]->p_adjusted = adjusted[i];
    for (ComparedRow* row : rows) {
        for (Compared& c : row->strategies) c.verdict = judge(*row->kpi, c);
    }
}

/// The headline rows are a family, and so are the other rows of each KPI: what is asked of one KPI is not drowned by
/// what could have been asked of the others.
void judge_rows(std::vector<ComparedRow>& rows) {
    std::map<Kpi, std::vector<ComparedRow*>> families;
    for (ComparedRow& row : rows) families[is_headline(row) ? Kpi::count : row.kpi->kpi].push_back(&row);
    for (const auto& [kpi, family] : families) judge_family(family);
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

namespace {

Sums part(const Sums& all, std::size_t first, std::size_t count) {
    const auto cut = [&](const std::vector<double>& values) {
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(first);
        return std::vector<double>(from, from + static_cast<std::ptrdiff_t>(count));
    };
    return {cut(all.numerator), cut(all.denominator)};
}

/// One strategy in a row against the comparator.
Compared compared(const Sums& own, const Sums& base, const Interval& base_value, const Match& match, bool watching) {
    Compared c;
    c.value = ratio_interval(own.numerator, own.denominator);
    c.paired = match.paired;
    if (!match.paired) {
        c.replications = own.numerator.size();
        c.difference = independent_difference(c.value, base_value);
        c.pairing = {1, Reason::unequal_lengths};
        c.p_adjusted = p_value(c.difference);
        return c;
    }
    const Sums a = part(own, match.own, match.count), b = part(base, match.base, match.count);
    c.replications = match.count;
    c.difference = ratio_difference(a.numerator, a.denominator, b.numerator, b.denominator);
    c.pairing = pairing_factor(ratio_interval(a.numerator, a.denominator), ratio_interval(b.numerator, b.denominator),
                               c.difference);
    c.p_adjusted = p_value(c.difference);
    if (!watching) return c;
    c.p_adjusted = watch_p_value(c.difference, match.count);
    c.difference = watch_interval(c.difference, match.count);
    return c;
}

}  // namespace

Comparison compare(const Study& study, const CompareOptions& options) {
    const Study independent = observations(study);
    Comparison comparison{.comparator = comparator_of(study),
                          .replications = independent.replication_count(),
                          .antithetic = study.antithetic,
                          .watching = options.watching,
                          .rows = {},
                          .notes = {}};
    const Match all{.count = comparison.replications};
    for (std::size_t r = 0; r < study.rows.size(); ++r) {
        const KpiInfo* kpi = find_kpi(study.rows[r].kpi);
        if (!kpi) continue;  // a row of a later program version
        ComparedRow row{kpi, study.rows[r], {}};
        if (study.strategies.empty()) continue;
        const Sums base = sums_of(independent, comparison.comparator, r);
        const Interval base_value = ratio_interval(base.numerator, base.denominator);
        for (std::size_t s = 0; s < study.strategies.size(); ++s) {
            if (s == comparison.comparator) {
                row.strategies.push_back(
                    {.value = base_value, .difference = {}, .pairing = {}, .replications = base.numerator.size()});
                continue;
            }
            const Match& match = s < options.matches.size() ? options.matches[s] : all;
            row.strategies.push_back(compared(sums_of(independent, s, r), base, base_value, match, options.watching));
        }
        comparison.rows.push_back(std::move(row));
    }
    judge_rows(comparison.rows);
    return comparison;
}

// The table.

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

/// "6.1", "120"
std::string factor_text(const Factor& factor) {
    if (!factor.available()) return "-";
    if (factor.value >= 1000) return "> 1000";
    return factor.value < 9.95 ? fmt::format("{:.1f}", factor.value) : fmt::format("{:.0f}", factor.value);
}

/// How the numbers of a row are written: values and differences in one scale, so that they can be held together.
Notation notation_of(const ComparedRow& row, std::size_t comparator, const std::string& currency) {
    Numbers numbers;
    for (std::size_t s = 0; s < row.strategies.size(); ++s) {
        const Compared& c = row.strategies[s];
        if (row.strategies.size() == 1) {
            numbers.take(c.value);
        } else if (c.value.has_estimate) {
            numbers.take(c.value.estimate);
        }
        if (s != comparator) numbers.take(c.difference);
    }
    return Notation::kpi(*row.kpi, numbers, currency);
}

/// What stands in a cell: the value, then the difference with its verdict.
std::vector<std::string> cell_parts(const ComparedRow& row, std::size_t strategy, std::size_t comparator,
                                    const Notation& notation) {
    const Compared& c = row.strategies[strategy];
    if (!c.value.has_estimate) return {"-"};
    const std::string value = notation.value(c.value.estimate);
    if (row.strategies.size() == 1 && c.value.has_interval) return {notation.value(c.value)};
    if (strategy == comparator) return {value};
    if (!c.difference.has_interval) {
        const Interval& base = row.strategies[comparator].value;
        if (!base.has_estimate) return {value, "(no interval)"};
        return {value, notation.difference(c.value.estimate - base.estimate) + " (no interval)"};
    }
    if (c.verdict == Verdict::identical) return {value, "identical"};
    return {value, notation.difference(c.difference) + " " + verdict_text(c.verdict)};
}

bool is_judged(const Compared& c) { return c.verdict != Verdict::identical && c.verdict != Verdict::not_available; }

/// How the intervals and the verdicts came about; nothing of what the table doesn't have.
std::string legend(const Study& study, const Comparison& comparison, const std::vector<const ComparedRow*>& rows,
                   const TableOptions& options) {
    const bool several = !comparison.notes.empty();
    std::string text = "\n";
    if (!several) text += observations_text(comparison.replications, comparison.antithetic);
    if (study.strategies.size() < 2) return text + (comparison.replications > 1 ? ", 95 % intervals.\n" : ".\n");
    const std::string& base = study.strategies[comparison.comparator];
    if (!several) text += ", common random numbers";
    const bool judged = std::ranges::any_of(
        rows, [](const ComparedRow* row) { return std::ranges::any_of(row->strategies, is_judged); });
    if (!judged) return several ? text : text + ".\n";
    text += fmt::format("{} to {} with ", several ? "Differences" : "; differences", base);
    if (comparison.watching) {
        text +=
            "95 % intervals that stay valid while one watches: the study may be looked at as often as one likes, and "
            "stopped for what is seen. They are wider than those of a study of a fixed number of replications, and "
            "begin at 10.";
    } else {
        text += several ? "95 % intervals." : "95 % paired intervals.";
    }
    text += fmt::format(" Verdicts are at 5 % after Holm's correction over the {}.",
                        options.details ? "headline rows, and over the other rows of each KPI" : "rows shown");
    if (options.details) {
        text +=
            " Variance reduction: because both strategies met the same demand and delays, the difference is as certain "
            "as with so many times the replications under demand of their own; below 1 that did harm.";
    }
    return text + "\n";
}

}  // namespace

std::vector<const ComparedRow*> shown_rows(const Comparison& comparison, bool details) {
    std::vector<const ComparedRow*> headline, others;
    for (const ComparedRow& row : comparison.rows) (is_headline(row) ? headline : others).push_back(&row);
    if (details) headline.insert(headline.end(), others.begin(), others.end());
    return headline;
}

std::string comparison_table(const Study& study, const Comparison& comparison, const TableOptions& options) {
    Table table{.corner = "KPI", .columns = {}, .rows = {}};
    const std::vector<const ComparedRow*> rows = shown_rows(comparison, options.details);
    const bool compared = study.strategies.size() > 1;
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        const bool base = s == comparison.comparator;
        const std::string title = study.strategies[s] + " " + study.titles[s];
        table.columns.push_back(compared && base ? title + " (comparator)" : title);
        if (options.details && !base) table.columns.push_back(study.strategies[s] + " variance reduction");
    }
    for (const ComparedRow* row : rows) {
        const std::string slice = row->row.slice.is_total() ? "" : " [" + row->row.label + "]";
        const Notation notation = notation_of(*row, comparison.comparator, study.dimensions.currency);
        const std::string id = options.details ? fmt::format(" ({})", row->kpi->id) : "";  // by which files have it
        Table::Row& line = table.rows.emplace_back(Table::Row{std::string(row->kpi->name) + id + slice, {}});
        for (std::size_t s = 0; s < study.strategies.size(); ++s) {
            const bool base = s == comparison.comparator;
            line.cells.push_back({cell_parts(*row, s, comparison.comparator, notation),
                                  !options.colour || base ? "" : colour_of(row->strategies[s].verdict)});
            if (options.details && !base) line.cells.push_back({{factor_text(row->strategies[s].pairing)}, ""});
        }
    }
    std::string text =
        table_text(table, options.width) + wrapped(legend(study, comparison, rows, options), options.wrap_width);
    for (const std::string& note : comparison.notes) text += wrapped(note + "\n", options.wrap_width);
    const int days = study.dimensions.end_day - study.dimensions.first_day;
    return text +
           fmt::format("Sums and means are of the {} measured.\n", counted(static_cast<std::size_t>(days), "day"));
}

namespace {

/// The lines of one stage: the study's own replications, or the fresh ones.
std::string csv_lines(const Study& study, const Comparison& comparison, const char* stage) {
    std::string csv;
    const auto number = [](bool available, double v) { return available ? fmt::format("{:.10g}", v) : std::string(); };
    for (const ComparedRow& row : comparison.rows) {
        for (std::size_t s = 0; s < row.strategies.size(); ++s) {
            const Compared& c = row.strategies[s];
            const bool base = s == comparison.comparator, paired = !base && c.difference.has_interval;
            csv += fmt::format(
                "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", row.kpi->id, csv_field(row.row.label),
                csv_field(study.strategies[s]), number(c.value.has_estimate, c.value.estimate),
                number(c.value.has_interval, c.value.low), number(c.value.has_interval, c.value.high),
                number(c.difference.has_estimate && !base, c.difference.estimate), number(paired, c.difference.low),
                number(paired, c.difference.high), number(paired, c.p_adjusted),
                number(paired && c.pairing.available(), c.pairing.value), comparison.watching ? "watching" : "fixed",
                stage, base ? "comparator" : verdict_text(c.verdict), c.replications,
                base       ? ""
                : c.paired ? "paired"
                           : "independent");
        }
    }
    return csv;
}

}  // namespace

std::string comparison_csv(const Study& study, const Comparison& comparison) {
    const auto fresh = fresh_study(study);
    if (!fresh) return comparison_csv(study, comparison, nullptr, nullptr);
    const Comparison own = compare(*fresh);
    return comparison_csv(study, comparison, &*fresh, &own);
}

std::string comparison_csv(const Study& study, const Comparison& comparison, const Study* fresh,
                           const Comparison* fresh_comparison) {
    std::string csv =
        "kpi,slice,strategy,value,value_low,value_high,difference,difference_low,difference_high,p_adjusted,"
        "pairing_factor,interval,stage,verdict,replications,samples\n" +
        csv_lines(study, comparison, "selection");
    if (fresh) csv += csv_lines(*fresh, *fresh_comparison, "fresh");
    return csv;
}

}  // namespace entrepot::results

#include "results/compare.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "results/confirmation.hpp"
#include "results/format.hpp"
#include "results/multiplicity.hpp"
#include "results/sequential.hpp"
#include "results/table.hpp"

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
            p_values.push_back(row.strategies[s].p_adjusted);
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

namespace {

/// One strategy in a row against the comparator.
Compared compared(const Sums& own, const Sums& base, const Interval& base_value, const CompareOptions& options) {
    Compared c;
    c.value = ratio_interval(own.numerator, own.denominator);
    c.difference = ratio_difference(own.numerator, own.denominator, base.numerator, base.denominator);
    c.pairing = pairing_factor(c.value, base_value, c.difference);
    c.p_adjusted = p_value(c.difference);
    if (!options.watching) return c;
    const std::size_t n = own.numerator.size();
    c.p_adjusted = watch_p_value(c.difference, n);
    c.difference = watch_interval(c.difference, n);
    return c;
}

}  // namespace

Comparison compare(const Study& study, const CompareOptions& options) {
    const Study independent = observations(study);
    Comparison comparison{.comparator = comparator_of(study),
                          .replications = independent.replication_count(),
                          .antithetic = study.antithetic,
                          .watching = options.watching,
                          .rows = {}};
    for (std::size_t r = 0; r < study.rows.size(); ++r) {
        const KpiInfo* kpi = find_kpi(study.rows[r].kpi);
        if (!kpi) continue;  // a row of a later program version
        ComparedRow row{kpi, study.rows[r], {}};
        if (study.strategies.empty()) continue;
        const Sums base = sums_of(independent, comparison.comparator, r);
        const Interval base_value = ratio_interval(base.numerator, base.denominator);
        for (std::size_t s = 0; s < study.strategies.size(); ++s) {
            const bool itself = s == comparison.comparator;
            row.strategies.push_back(itself ? Compared{.value = base_value, .difference = {}, .pairing = {}}
                                            : compared(sums_of(independent, s, r), base, base_value, options));
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

/// "6.1x", "120x"
std::string times_text(double factor) {
    if (factor >= 1000) return "> 1000x";
    return factor < 9.95 ? fmt::format("{:.1f}x", factor) : fmt::format("{:.0f}x", factor);
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
    if (!c.difference.has_interval) return {value, "(no interval)"};
    if (c.verdict == Verdict::identical) return {value, "identical"};
    return {value, fmt::format("{} {}{}", notation.difference(c.difference),
                               c.verdict == Verdict::not_distinguishable ? "~" : verdict_text(c.verdict),
                               c.pairing.available() ? fmt::format(" {}", times_text(c.pairing.value)) : "")};
}

/// The headline totals; with details, all other rows after them.
std::vector<const ComparedRow*> shown_rows(const Comparison& comparison, bool details) {
    std::vector<const ComparedRow*> headline, others;
    for (const ComparedRow& row : comparison.rows) (is_headline(row) ? headline : others).push_back(&row);
    if (details) headline.insert(headline.end(), others.begin(), others.end());
    return headline;
}

/// The marks that some cell of a table has.
struct Marks {
    bool real = false, unclear = false, times = false;
};

Marks marks_of(const std::vector<const ComparedRow*>& rows) {
    Marks marks;
    for (const ComparedRow* row : rows) {
        for (const Compared& c : row->strategies) {
            const bool unclear = c.verdict == Verdict::not_distinguishable;
            const bool real = !unclear && c.verdict != Verdict::identical && c.verdict != Verdict::not_available;
            marks.unclear = marks.unclear || unclear;
            marks.real = marks.real || real;
            marks.times = marks.times || ((real || unclear) && c.pairing.available());
        }
    }
    return marks;
}

/// What the intervals are, and how the marks are to be read: those that the table has.
std::string legend(const Study& study, const Comparison& comparison, const Marks& marks, const TableOptions& options) {
    std::string text = "\n" + observations_text(comparison.replications, comparison.antithetic);
    if (study.strategies.size() < 2) return text + (comparison.replications > 1 ? ", 95 % intervals.\n" : ".\n");
    const std::string& base = study.strategies[comparison.comparator];
    text += ", common random numbers";
    if (!marks.real && !marks.unclear) return text + ".\n";
    text += "; ";
    if (comparison.watching) {
        text += fmt::format(
            "differences to {} with 95 % intervals that stay valid while one watches: the study may be looked at as "
            "often as one likes, and stopped for what is seen. They are wider than those of a study of a fixed number "
            "of replications, and begin at 10.",
            base);
    } else {
        text += fmt::format("differences to {} with 95 % paired intervals.", base);
    }
    text += fmt::format(" {} at 5 % after Holm's correction over the {}{}.",
                        marks.real ? "better and worse are real" : "~ is not distinguishable",
                        options.details ? "headline rows, and over the others" : "rows shown",
                        marks.real && marks.unclear ? "; ~ is not distinguishable" : "");
    if (marks.times) {
        text +=
            " 3.0x: because the strategies met the same demand and delays, the difference is as certain as with 3.0 "
            "times the replications under demand of their own; below 1x that did harm.";
    }
    return text + "\n";
}

}  // namespace

std::string comparison_table(const Study& study, const Comparison& comparison, const TableOptions& options) {
    Table table{.corner = "KPI", .columns = {}, .rows = {}};
    const std::vector<const ComparedRow*> rows = shown_rows(comparison, options.details);
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        const std::string title = study.strategies[s] + " " + study.titles[s];
        const bool compared = study.strategies.size() > 1;
        table.columns.push_back(compared && s == comparison.comparator ? title + " (comparator)" : title);
    }
    for (const ComparedRow* row : rows) {
        const std::string slice = row->row.slice.is_total() ? "" : " [" + row->row.label + "]";
        const Notation notation = notation_of(*row, comparison.comparator, study.dimensions.currency);
        Table::Row& line = table.rows.emplace_back(Table::Row{std::string(row->kpi->name) + slice, {}});
        for (std::size_t s = 0; s < study.strategies.size(); ++s) {
            const bool plain = !options.colour || s == comparison.comparator;
            line.cells.push_back({cell_parts(*row, s, comparison.comparator, notation),
                                  plain ? "" : colour_of(row->strategies[s].verdict)});
        }
    }
    return table_text(table, options.width) +
           wrapped(legend(study, comparison, marks_of(rows), options), options.wrap_width);
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
            csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", row.kpi->id, csv_field(row.row.label),
                               csv_field(study.strategies[s]), number(c.value.has_estimate, c.value.estimate),
                               number(c.value.has_interval, c.value.low), number(c.value.has_interval, c.value.high),
                               number(c.difference.has_estimate && !base, c.difference.estimate),
                               number(paired, c.difference.low), number(paired, c.difference.high),
                               number(paired, c.p_adjusted), number(paired && c.pairing.available(), c.pairing.value),
                               comparison.watching ? "watching" : "fixed", stage,
                               base ? "comparator" : verdict_text(c.verdict), comparison.replications);
        }
    }
    return csv;
}

}  // namespace

std::string comparison_csv(const Study& study, const Comparison& comparison) {
    std::string csv =
        "kpi,slice,strategy,value,value_low,value_high,difference,difference_low,difference_high,p_adjusted,"
        "pairing_factor,interval,stage,verdict,replications\n" +
        csv_lines(study, comparison, "selection");
    if (const auto fresh = fresh_study(study)) csv += csv_lines(*fresh, compare(*fresh), "fresh");
    return csv;
}

}  // namespace entrepot::results

#pragma once

#include <string>
#include <vector>

#include "results/kpis/registry.hpp"
#include "results/statistics/statistics.hpp"
#include "results/statistics/variance_reduction.hpp"
#include "results/study.hpp"

/// Strategies against the comparator, KPI by KPI, over paired replications.
namespace entrepot::results {

enum class Verdict {
    better,  ///< the difference is real, in the good direction
    worse,
    different,  ///< real, of a KPI that has no good direction
    not_distinguishable,
    identical,     ///< the same in every replication
    not_available  ///< too few replications, or nothing was counted
};

std::string verdict_text(Verdict verdict);

/// One strategy in one row.
struct Compared {
    Interval value;
    Interval difference;    ///< to the comparator, paired
    double p_adjusted = 1;  ///< Holm over the family: the headline totals of all strategies, or a KPI's other rows
    Factor pairing;         ///< how many times the replications without common random numbers
    bool paired = true;     ///< the difference is over pairs; else over two independent samples
    std::size_t replications = 0;  ///< behind the difference: pairs, or the strategy's own; of the comparator: its own
    Verdict verdict = Verdict::not_available;
};

struct ComparedRow {
    const KpiInfo* kpi = nullptr;
    Row row;
    std::vector<Compared> strategies;  ///< in the study's order; the comparator's difference is empty
};

struct Comparison {
    std::size_t comparator = 0;
    std::size_t replications = 0;  ///< independent ones: an antithetic pair is one
    bool antithetic = false;
    bool watching = false;           ///< the differences' intervals may be looked at while the study goes on
    std::vector<ComparedRow> rows;   ///< in the study's order
    std::vector<std::string> notes;  ///< of several studies: how they are compared, and what only some have

    /// The row of a KPI in a slice; null when the study doesn't have it.
    const ComparedRow* find(Kpi kpi, const Slice& slice = {}) const;
};

/// How a strategy's observations stand to the comparator's.
struct Match {
    bool paired = true;             ///< one by one, since both met the same demand and delays; else independent samples
    std::size_t own = 0, base = 0;  ///< the first pair, among those of either
    std::size_t count = 0;          ///< pairs
};

struct CompareOptions {
    /// Intervals of the differences, and p-values, that stay valid however often the growing study is looked at and
    /// whenever it is stopped for what was seen: a confidence sequence, wider than Student's interval.
    bool watching = false;
    std::vector<Match> matches = {};  ///< by strategy; empty: all in pairs, the first with the first
};

Comparison compare(const Study& study, const CompareOptions& options = {});

/// What is shown of it: the headline totals; with details, all other rows after them.
std::vector<const ComparedRow*> shown_rows(const Comparison& comparison, bool details);

struct TableOptions {
    bool colour = false;
    bool details = false;        ///< all KPIs and slices; else the headline totals
    std::size_t width = 0;       ///< columns that the table has; 0 = no limit
    std::size_t wrap_width = 0;  ///< columns that the words below it have; 0 = no limit
};

/// A table that fits the terminal (results/text/table.hpp), and the words that explain it.
std::string comparison_table(const Study& study, const Comparison& comparison, const TableOptions& options = {});

/// One line for each KPI, slice and strategy, numbers unrounded; then those of the fresh replications, if any.
std::string comparison_csv(const Study& study, const Comparison& comparison);
/// The same with other fresh replications, or none (null).
std::string comparison_csv(const Study& study, const Comparison& comparison, const Study* fresh,
                           const Comparison* fresh_comparison);

}  // namespace entrepot::results

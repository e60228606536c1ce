#pragma once

#include <string>
#include <vector>

#include "results/kpi_registry.hpp"
#include "results/statistics.hpp"
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
    double p_adjusted = 1;  ///< Holm over the family: the headline totals of all strategies, or the rest
    Verdict verdict = Verdict::not_available;
};

struct ComparedRow {
    const KpiInfo* kpi = nullptr;
    Row row;
    std::vector<Compared> strategies;  ///< in the study's order; the comparator's difference is empty
};

struct Comparison {
    std::size_t comparator = 0;
    std::size_t replications = 0;
    std::vector<ComparedRow> rows;  ///< in the study's order

    /// The row of a KPI in a slice; null when the study doesn't have it.
    const ComparedRow* find(Kpi kpi, const Slice& slice = {}) const;
};

Comparison compare(const Study& study);

struct TableOptions {
    bool colour = false;
    bool details = false;  ///< all KPIs and slices; else the headline totals
};

/// An aligned table for a terminal.
std::string comparison_table(const Study& study, const Comparison& comparison, const TableOptions& options = {});

/// One line for each KPI, slice and strategy, numbers unrounded.
std::string comparison_csv(const Study& study, const Comparison& comparison);

}  // namespace entrepot::results

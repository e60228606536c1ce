#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// What a study found, as plain values: what the accumulators fill, the store keeps, and comparison and report read.
namespace entrepot::results {

/// A part of the measured days with a name. `calm`: nothing unusual was scheduled in it, so it may stand for a year.
struct Phase {
    std::string name;
    int first_day = 0, end_day = 0;  ///< [first, end), days since day 0
    bool calm = true;
};

/// What the results need to know of the network.
struct Dimensions {
    std::vector<std::string> sites, tiers, classes;
    std::vector<Phase> phases;         ///< in order of time; days in none of them belong to the window only
    std::vector<std::string> moments;  ///< names
    int first_day = 0, end_day = 0;    ///< the measured window, days since day 0
    int total_days = 0;
    std::vector<double> item_cost;  ///< by item, currency units
    std::string currency = "USD";
    std::string start_date;    ///< ISO date of day 0
    bool stock_rules = false;  ///< sites follow stock rules, or pick without waves: their KPIs are kept, too

    int measured_days() const { return end_day - first_day; }
};

/// Which rows a KPI has besides its total. A moment stands in the phase's place, numbered after the last phase.
struct Slice {
    int site = -1, tier = -1, velocity = -1, phase = -1;  ///< -1: all of them
    bool operator==(const Slice&) const = default;
    bool is_total() const { return *this == Slice{}; }
};

/// One row of the KPI table: a KPI in a slice. Its value is numerator / denominator.
struct Row {
    std::string kpi;
    Slice slice;
    std::string label;  ///< "all", "site=SE", "tier=T1", "site=SE,phase=spike"
};

/// What one replication of one strategy came to.
struct Replication {
    std::vector<double> numerator, denominator;  ///< by row
    std::vector<float> series;                   ///< [series][place][day]; places are the sites, then headquarters
    std::uint64_t digest = 0, events = 0, order_lines = 0;
};

/// What is needed to run the study again. No clock, no host, no thread count: equal studies have equal manifests.
struct Manifest {
    std::string program_version, source_commit;
    std::string scenario_name, scenario_text, scenario_digest;
    std::uint32_t seed = 0;
    std::string comparator;
    std::string finance;  ///< the finance inputs, JSON
};

struct Study {
    Manifest manifest;
    Dimensions dimensions;
    std::vector<std::string> strategies;  ///< names, as "S0"
    std::vector<std::string> titles;      ///< "baseline_manual"
    std::vector<Row> rows;
    std::vector<std::string> series;                     ///< names
    std::vector<std::vector<Replication>> replications;  ///< [strategy][replication]; all strategies have as many

    std::size_t replication_count() const { return replications.empty() ? 0 : replications.front().size(); }
};

}  // namespace entrepot::results

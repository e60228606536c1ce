#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/interface_names.hpp"
#include "models/roles.hpp"

/// What a study found, as plain values: what the accumulators fill, the store keeps, and comparison and report read.
namespace entrepot::results {

/// A part of the measured days with a name. `calm`: nothing unusual was scheduled in it, so it may stand for a year.
struct Phase {
    std::string name;
    int first_day = 0, end_day = 0;  ///< [first, end), days since day 0
    bool calm = true;

    int days() const { return end_day - first_day; }
};

/// What people call a site or a tier, and what is to be known of it; empty where the scenario doesn't say.
struct Caption {
    std::string title, description;
    bool operator==(const Caption&) const = default;
};

/// What the results need to know of the network.
struct Dimensions {
    std::vector<std::string> sites, tiers, classes, carriers;
    std::vector<Caption> site_captions, tier_captions;  ///< by site, by tier; empty in a file that has none
    std::vector<double> otif_targets;                   ///< by tier, share of the orders; 0, or none at all: no target
    std::vector<int> early_days;                        ///< by tier, that keep a promise; not in a file
    std::vector<Phase> phases;         ///< in order of time; days in none of them belong to the window only
    std::vector<std::string> moments;  ///< names
    int first_day = 0, end_day = 0;    ///< the measured window, days since day 0
    int total_days = 0;
    std::vector<double> item_cost;  ///< by item, currency units
    std::string currency = "USD";
    std::string start_date;  ///< ISO date of day 0

    int measured_days() const { return end_day - first_day; }
    /// So many days before the promised one a delivery keeps the promise, where nothing else is said one.
    int early_days_of(int tier) const {
        const auto index = static_cast<std::size_t>(tier);
        return index < early_days.size() ? early_days[index] : 1;
    }
};

// What is decided, who decides, and the hops of information between systems, by the names of the scenario language.
using models::kDecisionNames;
using models::kInterfaceNames;
using models::kRoleNames;
/// Kinds of decisions, roles and interfaces together.
inline constexpr std::size_t kKinds = kDecisionNames.size() + kRoleNames.size() + kInterfaceNames.size();

/// Which rows a KPI has besides its total. A moment stands in the phase's place, numbered after the last phase; a kind
/// of decision in the class's, numbered after the last class, a role after the last decision and an interface after the
/// last role.
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
    std::vector<std::int32_t> item_days;         ///< of the chosen items: [series][item][site][day]
    std::uint64_t digest = 0, events = 0, order_lines = 0;
};

/// What a daily series of the chosen items is called and means.
struct SeriesText {
    std::string name, unit, description;
    bool operator==(const SeriesText&) const = default;
};

/// Items whose days are kept one by one.
struct ChosenItems {
    std::vector<std::string> names;
    std::vector<std::int32_t> index;  ///< among all items, such as in Dimensions::item_cost
    std::vector<SeriesText> series;

    bool empty() const { return names.empty(); }
};

/// What is needed to run the study again. No clock, no host, no thread count: equal studies have equal manifests.
struct Manifest {
    std::string program_version, source_commit;
    std::string scenario_name, scenario_text, scenario_digest;
    std::string scenario_title;  ///< one line for people
    std::uint32_t seed = 0;
    std::string comparator;
    std::string finance;  ///< the finance inputs, JSON
};

/// How a study's replications came to an end.
enum class Ending {
    under_way,    ///< they have not: the file was saved on the way
    complete,     ///< as many as were asked for
    precise,      ///< all that was asked for is known to the precision asked for
    capped,       ///< as many as were allowed, without that precision
    out_of_time,  ///< the time limit was over
    interrupted,  ///< stopped by hand
    unreachable,  ///< no number of replications can give that precision
};

/// How precisely some KPIs should be known: replications go on until they are.
struct PrecisionGoal {
    double relative = 0.01;               ///< of the true value, in (0,1)
    std::size_t least = 10, most = 1000;  ///< observations before the first look, and the cap
    std::vector<std::string> of;          ///< "line_fill": of every strategy; "difference:line_fill": to the comparator
};

/// Where a KPI of the comparator lies in the business that the scenario stands for.
struct Band {
    std::string name;
    std::uint32_t row = 0;  ///< of the study
    std::optional<double> at_least, at_most;
    std::string source;
};

/// Replications that had no part in choosing the best strategy: what it is worth is told by them alone.
struct Confirmation {
    std::string strategy;   ///< the one that was best in the study's own replications
    std::size_t first = 0;  ///< number of the first of these replications; they go on from the study's own
    std::vector<std::vector<Replication>> replications;  ///< of the comparator, then of that strategy; without series

    std::size_t replication_count() const { return replications.empty() ? 0 : replications.front().size(); }
};

struct Study {
    Manifest manifest;
    Dimensions dimensions;
    std::vector<std::string> strategies;    ///< names, as "S0"
    std::vector<std::string> titles;        ///< "Spreadsheets as today"
    std::vector<std::string> descriptions;  ///< a sentence or two each; empty in a file that has none
    std::vector<Row> rows;
    std::vector<Band> bands;
    std::vector<std::string> series;                     ///< names
    ChosenItems items;                                   ///< none as a rule
    std::vector<std::vector<Replication>> replications;  ///< [strategy][replication]; all strategies have as many
    bool antithetic = false;           ///< replications 2i and 2i + 1 are a pair, drawn from u and from 1 - u
    Ending ending = Ending::complete;  ///< of `replications`
    std::optional<PrecisionGoal> precision;
    std::optional<Confirmation> confirmation;
    bool checked = true;  ///< false: read from a file of an old format, which has no checksums

    std::size_t replication_count() const { return replications.empty() ? 0 : replications.front().size(); }
};

/// The study with what is statistically independent as its replications: an antithetic pair is one, with the means of
/// numerators and denominators; an odd last one is left out. Without series.
Study observations(const Study& study);

/// Independent observations: replications, or pairs of them.
inline std::size_t observation_count(const Study& study) {
    return study.antithetic ? study.replication_count() / 2 : study.replication_count();
}

/// "20 replications", "10 antithetic pairs", "one replication", "20 fresh replications".
std::string observations_text(std::size_t count, bool antithetic, bool fresh = false);

/// "complete", "out of time": as the file has it.
std::string ending_text(Ending ending);

/// "S1 policy tuned": a strategy as readers know it.
std::string strategy_text(const Study& study, std::size_t strategy);

/// The study as if another of its strategies had been the comparator. Its fresh replications and its precision are of
/// the one that it had when it ran: they are left out.
Study against(Study study, const std::string& strategy);

/// Where the comparator stands among the strategies; 0 when it isn't there.
std::size_t comparator_of(const Study& study);

}  // namespace entrepot::results

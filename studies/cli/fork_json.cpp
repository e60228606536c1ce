#include "studies/cli/fork_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace entrepot::studies::cli {

namespace {

using ForkJson = nlohmann::ordered_json;

ForkJson number_or_null(bool available, double value) { return available ? ForkJson(value) : ForkJson(nullptr); }

/// One future in one row; the comparator has no difference to itself. Of one replication there is a difference without
/// an interval, as the table has it.
ForkJson json_of(const results::ComparedRow& row, std::size_t future, std::size_t comparator) {
    const results::Compared& c = row.strategies[future];
    const results::Interval &value = c.value, &base = row.strategies[comparator].value, &difference = c.difference;
    ForkJson json{{"value", number_or_null(value.has_estimate, value.estimate)},
                  {"low", number_or_null(value.has_interval, value.low)},
                  {"high", number_or_null(value.has_interval, value.high)}};
    if (future == comparator) return json;
    const bool both = value.has_estimate && base.has_estimate;
    json["difference"] =
        difference.has_estimate ? ForkJson(difference.estimate) : number_or_null(both, value.estimate - base.estimate);
    json["difference_low"] = number_or_null(difference.has_interval, difference.low);
    json["difference_high"] = number_or_null(difference.has_interval, difference.high);
    json["p_adjusted"] = number_or_null(difference.has_interval, c.p_adjusted);
    json["pairing_factor"] = number_or_null(difference.has_interval && c.pairing.available(), c.pairing.value);
    json["verdict"] = verdict_text(c.verdict);
    return json;
}

}  // namespace

std::string caution_of(const results::Study& study) {
    if (observation_count(study) > 1) return "";
    return fmt::format(
        "This is ONE {}: another world would have gone otherwise, and what differs here may be luck. -n {} forks {} "
        "worlds and gives intervals.",
        study.antithetic ? "antithetic pair" : "replication", study.antithetic ? 40 : 20,
        study.antithetic ? "twenty pairs of" : "twenty");
}

std::string fork_json(const results::Study& study, const results::Comparison& comparison, const Fork& fork,
                      bool details) {
    ForkJson json{{"scenario", fork.scenario},
                  {"seed", study.manifest.seed},
                  {"fork", {{"at", fork.at}, {"day", fork.day}, {"strategy", fork.before}, {"changes", fork.changes}}},
                  {"counted_days", {{"first", fork.first_counted}, {"last", fork.last_counted}}},
                  {"first_replication", fork.first_replication},
                  {"replications", study.replication_count()},
                  {"antithetic", fork.antithetic},
                  {"one_replication", study.replication_count() == 1},
                  {"caution", caution_of(study)},
                  {"comparator", study.strategies[comparison.comparator]},
                  {"currency", study.dimensions.currency}};
    json["futures"] = ForkJson::array();
    for (std::size_t f = 0; f < study.strategies.size(); ++f) {
        ForkJson trajectories = ForkJson::array();
        for (const results::Replication& one : study.replications[f]) {
            trajectories.push_back(fmt::format("{:016x}", one.digest));
        }
        json["futures"].push_back(
            {{"name", study.strategies[f]}, {"title", study.titles[f]}, {"trajectories", trajectories}});
    }
    json["kpis"] = ForkJson::array();
    for (const results::ComparedRow* row : shown_rows(comparison, details)) {
        ForkJson one{
            {"kpi", row->kpi->id}, {"name", row->kpi->name}, {"unit", row->kpi->unit}, {"slice", row->row.label}};
        for (std::size_t f = 0; f < study.strategies.size(); ++f) {
            one["futures"][study.strategies[f]] = json_of(*row, f, comparison.comparator);
        }
        json["kpis"].push_back(std::move(one));
    }
    return json.dump(1) + "\n";
}

}  // namespace entrepot::studies::cli

#include "studies/evidence/twins.hpp"

#include <algorithm>

#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "results/kpis/accumulator.hpp"
#include "results/kpis/rows.hpp"
#include "results/statistics/statistics.hpp"
#include "sim/replicate.hpp"
#include "studies/describe_study.hpp"

namespace entrepot::studies::evidence {

namespace {

constexpr double kDaysOfYear = 365;

/// What the location of an override costs from the override until it is judged.
class CostHere {
public:
    CostHere(const models::Network& network, const Override& override)
        : network_(network),
          override_(override),
          first_(models::day_of(override.at)),
          end_(override.until == sim::kNever ? network.calendar.total_days() : models::day_of(override.until)) {}

    void close(int day, const models::World& world) {
        if (day < first_ || day >= end_) return;
        const double value =
            (network_.items[override_.item].unit_cost * world.state.sites[override_.site].truth[override_.item].on_hand)
                .amount();
        sum_ += value * network_.carrying_rate / kDaysOfYear;
    }
    void read(const models::Fact& fact) {
        if (fact.kind() != models::FactList::kind_of<models::LineCancelled>()) return;
        const auto& cancelled = fact.as<models::LineCancelled>();
        const bool here = fact.where == override_.site.value && cancelled.item == override_.item.value;
        if (here && fact.at >= override_.at && fact.at < models::start_of(end_)) {
            sum_ += models::Money{cancelled.margin_micros}.amount();
        }
    }
    double sum() const { return sum_; }

private:
    const models::Network& network_;
    const Override& override_;
    int first_, end_;
    double sum_ = 0;
};

struct TwinRun {
    TwinResult result;
    std::vector<double> here;  ///< by override that was looked at
};

/// Numerator and denominator of a KPI's total.
std::pair<double, double> total_of(const std::vector<results::Row>& rows, const results::Replication& run,
                                   const std::string& kpi) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].kpi == kpi && rows[row].slice.is_total()) return {run.numerator[row], run.denominator[row]};
    }
    return {0, 0};
}

class TwinRunner {
public:
    TwinRunner(const models::Network& network, const scenarios::Scenario& scenario, const Which& which)
        : network_(network),
          which_(which),
          dimensions_(to_the_end(dimensions_of(network, scenario))),
          rows_(results::kpi_rows(dimensions_)) {}

    /// With all overrides but `without`, if any; looks at the locations of some.
    std::optional<TwinRun> run(std::span<const Override> looked_at, std::uint32_t without,
                               const std::stop_token& stop) const {
        const DrawsOf draws = draws_of(which_);
        results::KpiAccumulator kpis(dimensions_);
        std::vector<CostHere> costs;
        for (const Override& override : looked_at) costs.emplace_back(network_, override);
        models::Runner runner{.antithetic = draws.mirrored, .not_overridden = without};
        runner.at_close = [&](int day, const models::World& world) {
            for (CostHere& cost : costs) cost.close(day, world);
        };
        models::FactLog log([&](std::span<const models::Fact> facts) {
            kpis.read(facts);
            for (CostHere& cost : costs) {
                for (const models::Fact& fact : facts) cost.read(fact);
            }
        });
        const auto figures = models::simulate(network_, which_.seed, draws.number, log, stop, runner);
        if (!figures) return std::nullopt;
        TwinRun run{.result = result_of(kpis.finish()), .here = {}};
        run.result.digest = figures->digest;
        for (const CostHere& cost : costs) run.here.push_back(cost.sum());
        return run;
    }

private:
    /// What is decided late in the window has its effect after it.
    static results::Dimensions to_the_end(results::Dimensions dimensions) {
        dimensions.end_day = dimensions.total_days;
        return dimensions;
    }

    TwinResult result_of(const results::Replication& run) const {
        const auto [operating, one] = total_of(rows_, run, "operating_cost");
        const auto [stock, days] = total_of(rows_, run, "inventory_value");
        const auto [filled, lines] = total_of(rows_, run, "line_fill");
        const double mean = days > 0 ? stock / days : 0;
        const double held = mean * network_.carrying_rate * dimensions_.measured_days() / kDaysOfYear;
        return {.cost = operating + held, .filled = filled, .lines = lines};
    }

    const models::Network& network_;
    Which which_;
    results::Dimensions dimensions_;
    std::vector<results::Row> rows_;
};

}  // namespace

Twins run_twins(const models::Network& network, const scenarios::Scenario& scenario,
                const std::vector<Override>& overrides, const TwinOptions& options,
                const std::function<void(std::size_t)>& progress, std::stop_token stop) {
    const TwinRunner runner(network, scenario, options.which);
    Twins twins;
    std::vector<double> here;
    sim::replicate(
        overrides.size() + 1, options.threads, stop,
        [&](std::size_t i) {
            if (i == 0) return runner.run(overrides, models::kNone, stop);
            return runner.run(std::span(overrides).subspan(i - 1, 1), overrides[i - 1].number, stop);
        },
        [&](std::size_t i, const TwinRun& run) {
            if (i == 0) {
                twins.as_it_was = run.result;
                here = run.here;
            } else {
                twins.worths.push_back({.what = overrides[i - 1],
                                        .cost = run.result.cost - twins.as_it_was.cost,
                                        .fill = twins.as_it_was.fill() - run.result.fill(),
                                        .here = run.here.front() - here[i - 1]});
            }
            if (progress) progress(i + 1);
        });
    return twins;
}

MeanWorth mean_of(const std::vector<Worth>& worths) {
    std::vector<double> score, here, cost, fill;
    MeanWorth mean;
    for (const Worth& worth : worths) {
        cost.push_back(worth.cost);
        fill.push_back(worth.fill);
        if (!worth.what.score) continue;
        score.push_back(*worth.what.score);
        here.push_back(worth.here);
        const double product = *worth.what.score * worth.here;
        mean.signs += product != 0;
        mean.same_sign += product > 0;
    }
    mean.judged = score.size();
    mean.score = results::mean_interval(score);
    mean.here = results::mean_interval(here);
    mean.cost = results::mean_interval(cost);
    mean.fill = results::mean_interval(fill);
    return mean;
}

}  // namespace entrepot::studies::evidence

#include "results/comparison/precision.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "results/kpis/registry.hpp"
#include "results/statistics/statistics.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

namespace {

constexpr std::string_view kDifference = "difference:";

/// The row of a KPI's total; the number of rows when the study has none.
std::size_t total_row(const Study& study, std::string_view kpi) {
    const auto row = std::ranges::find_if(study.rows, [&](const Row& r) { return r.kpi == kpi && r.slice.is_total(); });
    return static_cast<std::size_t>(row - study.rows.begin());
}

/// A target without its prefix: the KPI's id.
std::string_view kpi_of(std::string_view target) {
    return target.starts_with(kDifference) ? target.substr(kDifference.size()) : target;
}

PrecisionRule rule_of(const PrecisionGoal& goal) {
    return {.relative = goal.relative, .least = goal.least, .most = std::max(goal.least, goal.most)};
}

std::vector<Target> targets_of(const Study& study) {
    std::vector<Target> all;
    const std::size_t base = comparator_of(study);
    for (const std::string& text : study.precision->of) {
        const std::size_t row = total_row(study, kpi_of(text));
        const KpiInfo* kpi = find_kpi(kpi_of(text));
        if (row == study.rows.size() || !kpi) continue;
        const bool difference = text.starts_with(kDifference);
        for (std::size_t s = 0; s < study.strategies.size(); ++s) {
            if (difference && s == base) continue;
            const std::string whose =
                difference ? study.strategies[s] + " - " + study.strategies[base] : study.strategies[s];
            all.push_back({row, s, difference, fmt::format("{}, {}", kpi->name, whose)});
        }
    }
    return all;
}

/// Numerators and denominators of a row, by observation: a replication, or the mean of a pair.
struct Values {
    std::vector<double> numerator, denominator;
    Values(const Study& study, std::size_t strategy, std::size_t row) {
        const std::vector<Replication>& runs = study.replications[strategy];
        const std::size_t each = study.antithetic ? 2 : 1;
        for (std::size_t first = 0; first + each <= runs.size(); first += each) {
            const Replication &a = runs[first], &b = runs[first + each - 1];
            numerator.push_back((a.numerator[row] + b.numerator[row]) / 2);
            denominator.push_back((a.denominator[row] + b.denominator[row]) / 2);
        }
    }
};

Interval estimate_of(const Study& study, const Target& target) {
    const Values own(study, target.strategy, target.row);
    if (!target.difference) return ratio_interval(own.numerator, own.denominator);
    const Values base(study, comparator_of(study), target.row);
    return ratio_difference(own.numerator, own.denominator, base.numerator, base.denominator);
}

Reason hopeless(const Interval& estimate) {
    if (!estimate.has_estimate) return estimate.missing;
    if (!estimate.has_interval) return estimate.missing == Reason::too_few ? Reason::none : estimate.missing;
    return estimate.estimate == 0 && estimate.standard_error == 0 ? Reason::no_variation : Reason::none;
}

std::string reached_text(const Reached& r, const PrecisionGoal& goal) {
    if (r.hopeless == Reason::no_variation) return "it is 0 each time: no relative precision of zero can be reached";
    if (r.hopeless != Reason::none) return fmt::format("not available: {}", reason_text(r.hopeless));
    if (r.precision.satisfied) return fmt::format("{}, reached", percent_text(r.precision.reached));
    const std::string so_far = !r.precision.mean.has_interval ? "no interval yet"
                               : r.precision.has_reached      ? percent_text(r.precision.reached)
                                                              : "can't be told from zero";
    const double needed = observations_needed(r.precision);
    if (needed <= static_cast<double>(goal.least)) return so_far + ", NOT reached";
    return fmt::format("{}, NOT reached: some {} would be needed", so_far, about_text(needed));
}

const char* why_it_ended(Ending ending) {
    switch (ending) {
        case Ending::under_way:
            return "still going on";
        case Ending::precise:
            return "all of it reached";
        case Ending::capped:
            return "the cap ended it";
        case Ending::out_of_time:
            return "the time limit ended it";
        case Ending::interrupted:
            return "it was interrupted";
        case Ending::unreachable:
            return "ended early, because the precision can't be reached";
        case Ending::complete:
            break;
    }
    return "complete";
}

}  // namespace

std::vector<std::string> usual_targets(const Study& study) {
    const bool rules = total_row(study, info(Kpi::inventory_cost).id) < study.rows.size();
    return {std::string(info(Kpi::line_fill).id),
            std::string(info(rules ? Kpi::inventory_cost : Kpi::operating_cost).id)};
}

std::string goal_problem(const Study& study, const PrecisionGoal& goal) {
    for (const std::string& target : goal.of) {
        const std::string_view kpi = kpi_of(target);
        if (!find_kpi(kpi)) {
            return fmt::format(
                "there is no KPI '{}'; `entrepot list kpis` names them, and difference:KPI is its difference to the "
                "comparator",
                kpi);
        }
        if (total_row(study, kpi) == study.rows.size())
            return fmt::format("this scenario keeps no KPI '{}', because nothing in it feeds it", kpi);
        if (target.starts_with(kDifference) && study.strategies.size() < 2)
            return fmt::format("'{}' wants a second strategy", target);
    }
    return "";
}

std::vector<Reached> precision_reached(const Study& study) {
    std::vector<Reached> all;
    if (!study.precision) return all;
    const std::size_t n = observation_count(study);
    for (Target& target : targets_of(study)) {
        const Interval estimate = estimate_of(study, target);
        const Reason why = n < study.precision->least ? Reason::none : hopeless(estimate);
        all.push_back({std::move(target), judge_precision(estimate, n, rule_of(*study.precision)), why});
    }
    return all;
}

bool precise_enough(const std::vector<Reached>& all) {
    return std::ranges::all_of(all, [](const Reached& r) { return r.precision.satisfied; });
}

double observations_needed(const std::vector<Reached>& all) {
    double most = 0;
    for (const Reached& r : all) most = std::max(most, observations_needed(r.precision));
    return most;
}

std::string watch_text(const Study& study, const std::string& kpi) {
    const std::size_t row = total_row(study, kpi_of(kpi)), n = observation_count(study);
    const KpiInfo* known = find_kpi(kpi_of(kpi));
    if (row == study.rows.size() || !known) return "";
    std::string text;
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        if (s == comparator_of(study)) continue;
        const Interval i = watch_interval(estimate_of(study, {row, s, true, ""}), n);
        if (!i.has_interval) continue;
        Numbers numbers;
        numbers.take(i);
        text += fmt::format("{} {} {}", text.empty() ? "" : ",", study.strategies[s],
                            Notation::kpi(*known, numbers, study.dimensions.currency).difference(i));
    }
    return text.empty() ? "" : std::string(known->name) + text;
}

std::string precision_text(const Study& study) {
    if (!study.precision) return "";
    const PrecisionGoal& goal = *study.precision;
    const std::vector<Reached> all = precision_reached(study);
    std::string text =
        fmt::format("Precision wanted: {} with 95 % confidence, in {} to {}. After {}: {}.\n",
                    percent_text(goal.relative), goal.least, observations_text(goal.most, study.antithetic),
                    observations_text(observation_count(study), study.antithetic), why_it_ended(study.ending));
    std::size_t width = 0;
    for (const Reached& r : all) width = std::max(width, r.target.name.size());
    bool hopeless = false, missed = false;
    for (const Reached& r : all) {
        text += fmt::format("  {:<{}}  {}\n", r.target.name, width, reached_text(r, goal));
        hopeless = hopeless || r.hopeless != Reason::none;
        missed = missed || !r.precision.satisfied;
    }
    if (hopeless) {
        text += "Name KPIs that can be reached with --precision-of, or choose a fixed number with --replications.\n";
    } else if (missed && study.ending != Ending::under_way) {
        text +=
            fmt::format("To reach it: {}, a coarser --precision, or other KPIs (--precision-of).\n",
                        observations_needed(all) <= kReachable ? "a higher cap (--most) or more time"
                                                               : "more replications are out of reach; measure longer "
                                                                 "(calendar.measure)");
    }
    return text;
}

std::string precision_sentence(const Study& study) {
    if (!study.precision) return "";
    const std::vector<Reached> all = precision_reached(study);
    std::string names;
    for (const Reached& r : all) {
        names += fmt::format("{}{} {}", names.empty() ? "" : "; ", r.target.name,
                             r.precision.has_reached ? percent_text(r.precision.reached) : "not available");
    }
    return fmt::format(
        "Replications were to go on until a relative precision of {} was reached by Law's rule, at most {} of them: "
        "{}. Reached: {}.",
        percent_text(study.precision->relative), study.precision->most, why_it_ended(study.ending), names);
}

}  // namespace entrepot::results

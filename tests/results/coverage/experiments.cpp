#include "results/coverage/experiments.hpp"

#include <algorithm>
#include <cmath>

#include "results/comparison/compare.hpp"
#include "results/coverage/simulated.hpp"
#include "results/statistics/multiplicity.hpp"
#include "results/statistics/resampling.hpp"
#include "results/statistics/risk.hpp"
#include "results/statistics/sequential.hpp"
#include "results/statistics/statistics.hpp"
#include "results/statistics/steady_state.hpp"
#include "results/statistics/variance_reduction.hpp"
#include "sim/distributions.hpp"

namespace entrepot::coverage {

namespace {

using namespace results;
using sim::Stream;
using Values = std::vector<double>;

double normal(Stream& s) { return sim::normal_quantile(s.uniform()); }
double exponential(Stream& s) { return sim::exponential(s.uniform(), 1); }
double lognormal(Stream& s) { return std::exp(normal(s)); }

template <class Draw>
Values sample(std::size_t n, Draw draw) {
    Values values(n);
    for (double& v : values) v = draw();
    return values;
}

Outcome holds(const Interval& interval, double truth) {
    if (!interval.has_interval) return Outcome::refused;
    return interval.low <= truth && truth <= interval.high ? Outcome::covered : Outcome::missed;
}

Outcome no_error(bool error) { return error ? Outcome::missed : Outcome::covered; }

// Means and ratios.

using Draw = double (*)(Stream&);

auto mean_of(Draw draw, std::size_t n, double truth) {
    return [=](Stream& s) { return holds(mean_interval(sample(n, [&] { return draw(s); })), truth); };
}

/// Two strategies whose replications share most of their noise.
Outcome paired(Stream& s) {
    Values a, b;
    for (int r = 0; r < 10; ++r) {
        const double shared = 3 * normal(s);
        a.push_back(shared + normal(s) + 1);
        b.push_back(shared + normal(s));
    }
    return holds(paired_difference(a, b), 1);
}

/// A fill rate: ten replications of some days with exponential demand, of which at most 1.3 means a day are there.
struct FillRate {
    Values filled, ordered;
    FillRate(Stream& s, int days) {
        for (int r = 0; r < 10; ++r) {
            double up = 0, down = 0;
            for (int day = 0; day < days; ++day) {
                const double demand = exponential(s);
                up += std::min(demand, 1.3);
                down += demand;
            }
            filled.push_back(up);
            ordered.push_back(down);
        }
    }
};

const double kFillRate = 1 - std::exp(-1.3);

using Ratio = Interval (*)(std::span<const double>, std::span<const double>, double);

auto fill_rate_by(Ratio ratio, int days) {
    return [=](Stream& s) {
        const FillRate rate(s, days);
        return holds(ratio(rate.filled, rate.ordered, kConfidence), kFillRate);
    };
}

Outcome mean_of_fill_rates(Stream& s) {
    const FillRate rate(s, 1);
    Values ratios;
    for (std::size_t i = 0; i < rate.filled.size(); ++i) ratios.push_back(rate.filled[i] / rate.ordered[i]);
    return holds(mean_interval(ratios), kFillRate);
}

Outcome bootstrap(Stream& s) {
    const Values values = sample(30, [&] { return exponential(s); });
    const auto mean = [](std::span<const double> v) { return moments(v).mean; };
    return holds(bootstrap_bca(values, mean, {.seed = static_cast<std::uint32_t>(s()), .resamples = 999}).bca, 1);
}

// Risk.

Outcome quantile(Stream& s) {
    return holds(quantile_interval(sample(100, [&] { return exponential(s); }), 0.9).interval, std::log(10.0));
}

Outcome cvar(Stream& s) {
    return holds(cvar_interval(sample(2000, [&] { return exponential(s); }), 0.95), std::log(20.0) + 1);
}

using Proportion = Interval (*)(std::size_t, std::size_t, double);

constexpr std::size_t kTrials = 100;
constexpr double kProbability = 0.1;

auto proportion_by(Proportion proportion) {
    return [=](Stream& s) {
        std::size_t successes = 0;
        for (std::size_t i = 0; i < kTrials; ++i) successes += s.uniform() < kProbability;
        return holds(proportion(successes, kTrials, kConfidence), kProbability);
    };
}

/// The exact coverage: a sum over all that can be counted.
double coverage_of(Proportion proportion) {
    double term = std::pow(1 - kProbability, static_cast<double>(kTrials)), covered = 0;
    for (std::size_t k = 0; k <= kTrials; ++k) {
        if (holds(proportion(k, kTrials, kConfidence), kProbability) == Outcome::covered) covered += term;
        term *= static_cast<double>(kTrials - k) / static_cast<double>(k + 1) * kProbability / (1 - kProbability);
    }
    return covered;
}

// Variance reduction.

Outcome control_of_normal(Stream& s) {
    Values y, c;
    for (int r = 0; r < 10; ++r) {
        c.push_back(normal(s));
        y.push_back(2 * c.back() + normal(s));
    }
    return holds(control_variate(y, c, 0).mean, 0);
}

/// Costs that bend where demand exceeds 55, controlled by demand, which is Poisson(50).
template <class Method>
auto bent_cost_by(Method method) {
    double probability = std::exp(-50.0), truth = 100;  // 2 E[C] + 3 E[(C - 55)^+]
    for (int c = 0; c < 200; ++c) {
        truth += 3 * std::max(0, c - 55) * probability;
        probability *= 50.0 / (c + 1);
    }
    return [=](Stream& s) {
        Values y, c;
        for (int r = 0; r < 30; ++r) {
            c.push_back(sim::poisson(s.uniform(), 50));
            y.push_back(2 * c.back() + 3 * std::max(0.0, c.back() - 55));
        }
        return holds(method(y, c, 50, kConfidence).mean, truth);
    };
}

// Steady state.

/// 20 000 values of y' = 0.9 y + noise with mean 0, from `start` standard deviations of the stationary state.
Values autoregressive(Stream& s, double start) {
    double y = start / std::sqrt(1 - 0.81);
    return sample(20'000, [&] { return y = 0.9 * y + normal(s); });
}

Outcome apart(Stream& s) { return holds(batch_means(autoregressive(s, normal(s)), 1000).mean, 0); }
Outcome overlapping(Stream& s) { return holds(overlapping_batch_means(autoregressive(s, normal(s)), 1000).mean, 0); }
Outcome automatic(Stream& s) { return holds(steady_state_mean(autoregressive(s, 20)).mean, 0); }

// Sequential.

auto sequential(Draw draw, double scale, double shift, double relative) {
    return [=](Stream& s) {
        const auto next = [&](std::size_t) { return shift + scale * draw(s); };
        const double truth = draw == exponential ? shift + scale : shift;
        return holds(sequential_mean(next, {.relative = relative, .most = 100'000}).mean, truth);
    };
}

/// Watches a mean of zero after each of 200 normal values: is it ever shut out?
template <class Look>
auto watched(int first, Look interval) {
    return [=](Stream& s) {
        RunningMean seen;
        bool wrong = false;
        for (int i = 1; i <= 200; ++i) {
            seen.add(normal(s));
            wrong = wrong || (i >= first && interval(seen).excludes_zero());
        }
        return no_error(wrong);
    };
}

Interval ordinary(const RunningMean& r) {
    static const Values quantiles = [] {
        Values q(201, 0.0);
        for (std::size_t n = 2; n < q.size(); ++n) q[n] = t_quantile(0.975, static_cast<double>(n - 1));
        return q;
    }();
    const double half = quantiles[r.count()] * std::sqrt(r.variance() / static_cast<double>(r.count()));
    return {r.mean(), r.mean() - half, r.mean() + half, 0, true, true};
}

Interval own_spread(const RunningMean& r) { return watch_interval(r); }

Interval of_known_spread(const RunningMean& r) {
    const double half = watch_half_width(r.count(), 1);
    return {r.mean(), r.mean() - half, r.mean() + half, 0, true, true};
}

// Multiplicity.

/// Two strategies that are the same, under common random numbers, by eight KPIs of 20 replications that depend on each
/// other: is any of them called different?
Outcome no_false_difference(Stream& s, bool corrected) {
    constexpr std::size_t kKpis = 8, kReplications = 20;
    std::vector<Values> a(kKpis), b(kKpis), units(kKpis);
    for (std::size_t r = 0; r < kReplications; ++r) {
        const double common = normal(s), shock_a = normal(s), shock_b = normal(s);
        for (std::size_t k = 0; k < kKpis; ++k) {
            units[k].push_back(k % 2 == 0 ? 1 : 20 + normal(s));  // every other KPI is a ratio
            a[k].push_back(units[k].back() * (10 + common + 0.5 * shock_a + normal(s)));
            b[k].push_back(units[k].back() * (10 + common + 0.5 * shock_b + normal(s)));
        }
    }
    Values p_values;
    for (std::size_t k = 0; k < kKpis; ++k)
        p_values.push_back(p_value(ratio_difference(a[k], units[k], b[k], units[k])));
    if (corrected) p_values = holm(p_values);
    return no_error(*std::min_element(p_values.begin(), p_values.end()) < 0.05);
}

/// Four strategies, the first far ahead: do all intervals to the best of the others hold the truth? Then the coverage
/// is exactly the confidence; with smaller differences it is more.
auto with_the_best(Sampling sampling) {
    return [=](Stream& s) {
        constexpr double kAhead = 10;
        std::vector<Values> samples(4);
        for (int r = 0; r < 10; ++r) {
            const double shared = sampling == Sampling::common_random_numbers ? 3 * normal(s) : 0;
            for (std::size_t i = 0; i < 4; ++i) samples[i].push_back((i == 0 ? kAhead : 0) + shared + normal(s));
        }
        const ComparisonWithBest c = compare_with_best(samples, sampling);
        if (c.missing != Reason::none) return Outcome::refused;
        bool wrong = false;
        for (std::size_t i = 0; i < 4; ++i) {
            const double truth = i == 0 ? kAhead : -kAhead;
            wrong = wrong || truth < c.strategies[i].low || truth > c.strategies[i].high;
        }
        return no_error(wrong);
    };
}

// The simulator itself.

constexpr int kRuns = 10;  ///< replications of a simulated study

std::uint32_t seed(Stream& s) { return static_cast<std::uint32_t>(s()); }

/// What `entrepot compare` says of a KPI's total.
const Compared& compared(const Comparison& comparison, Kpi kpi, std::size_t strategy) {
    return comparison.find(kpi)->strategies[strategy];
}

Outcome simulated_mean(Stream& s) {
    const Comparison c = compare(base_stock_study(seed(s), 8, kRuns));
    return holds(compared(c, Kpi::mean_on_hand, 0).value, poisson5_mean_left(8));
}

Outcome simulated_ratio(Stream& s) {
    const Comparison c = compare(base_stock_study(seed(s), 8, kRuns));
    return holds(compared(c, Kpi::unit_fill, 0).value, poisson5_probability(7));  // an arrival finds a unit left
}

Outcome simulated_difference(Stream& s) {
    const std::uint32_t shared = seed(s);
    const Comparison c = compare(side_by_side(base_stock_study(shared, 8, kRuns), base_stock_study(shared, 9, kRuns)));
    return holds(compared(c, Kpi::mean_on_hand, 1).difference, poisson5_mean_left(9) - poisson5_mean_left(8));
}

/// Equal strategies under different seeds: is no headline KPI called different?
Outcome no_simulated_difference(Stream& s) {
    const std::uint32_t first = seed(s);
    return no_error(finds_a_difference(first, seed(s), kRuns));
}

using Once = std::function<Outcome(Stream&)>;

Experiment theory(std::string name, Once once, double expected = 0.95) {
    return {.name = std::move(name), .expected = expected, .once = std::move(once)};
}

Experiment at_least(std::string name, Once once) {
    return {.name = std::move(name), .expectation = Expectation::at_least, .once = std::move(once)};
}

/// A coverage that `runs` experiments with other random numbers have shown.
Experiment measured(std::string name, double expected, Once once, double runs = 50'000) {
    return {.name = std::move(name),
            .expectation = Expectation::measured,
            .expected = expected,
            .expected_error = std::sqrt(expected * (1 - expected) / runs),
            .once = std::move(once)};
}

Experiment slow(Experiment experiment, unsigned share = 1) {
    experiment.quick = false;
    experiment.share = share;
    return experiment;
}

std::vector<Experiment> of_means() {
    return {
        theory("mean, normal, 10", mean_of(normal, 10, 0)),
        measured("mean, exponential, 10", 0.904, mean_of(exponential, 10, 1), 20'000),
        measured("mean, exponential, 30", 0.928, mean_of(exponential, 30, 1), 20'000),
        measured("mean, lognormal, 20", 0.866, mean_of(lognormal, 20, std::exp(0.5)), 20'000),
        slow(measured("mean by BCa, exponential, 30", 0.9236, bootstrap, 5'000), 10),
        theory("paired difference, normal, 10", paired),
        measured("ratio by jackknife, 10 x 50 days", 0.9480, fill_rate_by(ratio_interval, 50)),
        measured("ratio by delta, 10 x 50 days", 0.9468, fill_rate_by(ratio_interval_delta, 50)),
        measured("ratio by Fieller, 10 x 50 days", 0.9456, fill_rate_by(ratio_interval_fieller, 50)),
        measured("ratio by jackknife, 10 x 1 day", 0.7975, fill_rate_by(ratio_interval, 1)),
        measured("mean of ratios (wrong), 10 x 1 day", 0.3293, mean_of_fill_rates),
    };
}

std::vector<Experiment> of_risk_and_controls() {
    return {
        theory("quantile 0.9, exponential, 100", quantile, 0.9557),
        slow(measured("CVaR 0.95, exponential, 2000", 0.9427, cvar)),
        theory("proportion by Wilson, 0.1 of 100", proportion_by(proportion_wilson), coverage_of(proportion_wilson)),
        theory("proportion by Clopper, Pearson", proportion_by(proportion_exact), coverage_of(proportion_exact)),
        theory("control variate, normal, 10", control_of_normal),
        measured("control variate, bent, 30", 0.8706, bent_cost_by(control_variate)),
        measured("control jackknifed, bent, 30", 0.9097, bent_cost_by(control_variate_jackknife)),
    };
}

std::vector<Experiment> of_runs() {
    return {
        slow(measured("batch means, AR(1) 0.9, 20 x 1000", 0.9478, apart)),
        slow(measured("overlapping batches, AR(1) 0.9", 0.9480, overlapping)),
        slow(measured("warm-up and batches, AR(1) 0.9", 0.9500, automatic)),
        slow(measured("sequential 10 %, normal(10, 5)", 0.9481, sequential(normal, 5, 10, 0.1))),
        slow(measured("sequential 5 %, normal(10, 5)", 0.9503, sequential(normal, 5, 10, 0.05))),
        slow(measured("sequential 10 %, exponential", 0.9474, sequential(exponential, 1, 0, 0.1))),
        slow(measured("watching by a sequence, sd known", 0.9824, watched(1, of_known_spread))),
        slow(measured("watching by a sequence, own sd", 0.9686, watched(10, own_spread))),
        slow(measured("watching t-intervals (wrong)", 0.6114, watched(5, ordinary))),
    };
}

std::vector<Experiment> of_families() {
    return {
        at_least("no false difference, Holm, 8 KPIs", [](Stream& s) { return no_false_difference(s, true); }),
        measured("the same without Holm (wrong)", 0.6779, [](Stream& s) { return no_false_difference(s, false); }),
        slow(theory("best of 4, independent", with_the_best(Sampling::independent)), 10),
        slow(theory("best of 4, common random numbers", with_the_best(Sampling::common_random_numbers)), 10),
    };
}

/// A base stock of which everything is known, through models::simulate and results::compare.
std::vector<Experiment> of_simulations() {
    return {
        slow(theory("simulated mean: stock on hand", simulated_mean), 10),
        slow(theory("simulated ratio: fill rate", simulated_ratio), 10),
        slow(theory("simulated difference: stock, paired", simulated_difference), 10),
        slow(at_least("simulated: equal strategies, compared", no_simulated_difference), 10),
    };
}

}  // namespace

std::vector<Experiment> experiments() {
    std::vector<Experiment> all;
    for (const auto& part : {of_means(), of_risk_and_controls(), of_runs(), of_families(), of_simulations()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace entrepot::coverage

#include "results/statistics/resampling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "sim/check.hpp"
#include "sim/distributions.hpp"
#include "sim/random.hpp"

namespace entrepot::results {

namespace {

using Values = std::vector<double>;
using Rows = std::vector<std::size_t>;

/// The statistic of every resample, in order of their numbers.
Values resampled(std::size_t rows, const StatisticOfRows& statistic, const BootstrapOptions& options) {
    const std::uint64_t entity = sim::entity_hash("bootstrap");
    const sim::Draws draws(options.seed, 0);
    Values statistics(options.resamples);
    Rows drawn(rows);
    for (std::size_t b = 0; b < options.resamples; ++b) {
        sim::Stream stream = draws.at(0, entity, static_cast<std::uint32_t>(b));
        for (std::size_t& row : drawn) {
            row = static_cast<std::size_t>(stream.uniform() * static_cast<double>(rows));
            row = std::min(row, rows - 1);  // a product next to `rows` may round up to it
        }
        statistics[b] = statistic(drawn);
    }
    return statistics;
}

/// Skewness of the leave-one-out statistics; nothing when one of them does not exist.
bool set_acceleration(Bootstrap& result, std::size_t rows, const StatisticOfRows& statistic) {
    Values without(rows);
    Rows others(rows - 1);
    for (std::size_t left_out = 0; left_out < rows; ++left_out) {
        for (std::size_t i = 0; i + 1 < rows; ++i) others[i] = i < left_out ? i : i + 1;
        without[left_out] = statistic(others);
    }
    if (!all_finite(without)) return false;
    const double mean = moments(without).mean;
    double squares = 0, cubes = 0;
    for (const double v : without) {
        const double d = mean - v;
        squares += d * d;
        cubes += d * d * d;
    }
    result.acceleration = squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
    return std::isfinite(result.acceleration);
}

/// The share of resamples below the estimate, ties by half; sorted resamples.
double share_below(const Values& sorted, double estimate) {
    const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), estimate);
    const auto below = static_cast<double>(first - sorted.begin()), ties = static_cast<double>(last - first);
    return (below + ties / 2) / static_cast<double>(sorted.size());
}

/// Rank of a level among the sorted resamples, 1-based, inside them for every level that the checks have let pass.
double at_level(const Values& sorted, double level) {
    const double rank = std::floor((static_cast<double>(sorted.size()) + 1) * level);
    return sorted[static_cast<std::size_t>(std::clamp(rank, 1.0, static_cast<double>(sorted.size()))) - 1];
}

/// Whether a level lies so far out that no resample stands for it.
bool beyond(const Values& sorted, double level) {
    const double rank = (static_cast<double>(sorted.size()) + 1) * std::min(level, 1 - level);
    return !(rank >= 1);
}

}  // namespace

Bootstrap bootstrap_bca(std::size_t rows, const StatisticOfRows& statistic, const BootstrapOptions& options) {
    SIM_CHECK(options.confidence > 0 && options.confidence < 1, "a confidence is between 0 and 1");
    const double tail = (1 - options.confidence) / 2;
    SIM_CHECK((static_cast<double>(options.resamples) + 1) * tail >= 1, "too few resamples for the confidence");
    Bootstrap result;
    const auto give_up = [&result](const Interval& missing) {
        result.bca = missing;
        return result;
    };
    if (rows == 0) return give_up(refused(Reason::no_data));
    Rows all(rows);
    std::iota(all.begin(), all.end(), std::size_t{0});
    const double estimate = statistic(all);
    if (!std::isfinite(estimate)) return give_up(refused(Reason::not_finite));
    if (rows == 1) return give_up(point(estimate, Reason::too_few));

    Values sorted = resampled(rows, statistic, options);
    if (!all_finite(sorted) || !set_acceleration(result, rows, statistic)) {
        return give_up(point(estimate, Reason::undefined_resample));
    }
    std::sort(sorted.begin(), sorted.end());
    const double se = std::sqrt(moments(sorted).variance), share = share_below(sorted, estimate);
    if (sorted.front() == sorted.back()) return give_up(point(estimate, Reason::no_variation));
    if (!(share > 0 && share < 1)) return give_up(point(estimate, Reason::thin_tail));

    result.percentile_low = at_level(sorted, tail);
    result.percentile_high = at_level(sorted, 1 - tail);
    result.bias_correction = sim::normal_quantile(share);
    const auto corrected = [&result](double level) {
        const double z = result.bias_correction + sim::normal_quantile(level);
        return normal_probability(result.bias_correction + z / (1 - result.acceleration * z));
    };
    const double low = corrected(tail), high = corrected(1 - tail);
    if (!(low < high) || beyond(sorted, low) || beyond(sorted, high))
        return give_up(point(estimate, Reason::thin_tail));
    result.bca = {estimate, at_level(sorted, low), at_level(sorted, high), se, true, true, 0, Reason::none};
    return result;
}

Bootstrap bootstrap_bca(std::span<const double> values, const StatisticOfValues& statistic,
                        const BootstrapOptions& options) {
    if (!all_finite(values)) return {.bca = refused(Reason::not_finite)};
    Values drawn;
    const auto of_rows = [&](std::span<const std::size_t> rows) {
        drawn.resize(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) drawn[i] = values[rows[i]];
        return statistic(drawn);
    };
    return bootstrap_bca(values.size(), of_rows, options);
}

}  // namespace entrepot::results

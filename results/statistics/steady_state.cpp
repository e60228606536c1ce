#include "results/statistics/steady_state.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include "sim/check.hpp"

namespace entrepot::results {

namespace {

using Values = std::vector<double>;

constexpr std::size_t kLeastBatches = 10;

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Means of whole batches from the start on; what is left at the end is not in them.
Values means_of_batches(std::span<const double> values, std::size_t batch) {
    Values means;
    for (std::size_t first = 0; first + batch <= values.size(); first += batch) {
        means.push_back(mean_of(values.subspan(first, batch)));
    }
    return means;
}

}  // namespace

Truncation mser(std::span<const double> values, std::size_t batch) {
    SIM_CHECK(batch > 0, "a batch has observations");
    Truncation cut;
    if (!all_finite(values)) return {.missing = Reason::not_finite};
    const Values means = means_of_batches(values, batch);
    cut.batches = means.size();
    if (cut.batches < kLeastBatches) {
        cut.missing = values.empty() ? Reason::no_data : Reason::too_few;
        return cut;
    }
    // From the end, so that each candidate adds one batch to the mean and the squares of those after it.
    const std::size_t half = cut.batches / 2;
    double mean = 0, squares = 0, least = std::numeric_limits<double>::infinity();
    std::size_t best = half;
    for (std::size_t d = cut.batches; d-- > 0;) {
        const auto kept = static_cast<double>(cut.batches - d);
        const double step = means[d] - mean;
        mean += step / kept;
        squares += step * (means[d] - mean);
        const double criterion = squares / (kept * kept);
        if (d > half || criterion > least) continue;
        least = criterion;
        best = d;
    }
    cut.statistic = least;
    if (!std::isfinite(least)) return {.batches = cut.batches, .missing = Reason::not_finite};
    if (best == half) {
        cut.missing = Reason::run_too_short;
        return cut;
    }
    cut.discard = best * batch;
    cut.mean = mean_of(values.subspan(cut.discard));
    if (!std::isfinite(cut.mean)) return {.batches = cut.batches, .missing = Reason::not_finite};
    return cut;
}

std::vector<double> welch_average(std::span<const std::vector<double>> replications) {
    if (replications.empty()) return {};
    Values average(replications[0].size(), 0.0);
    for (const Values& run : replications) {
        if (run.size() != average.size()) return {};
        for (std::size_t i = 0; i < run.size(); ++i) average[i] += run[i];
    }
    for (double& v : average) v /= static_cast<double>(replications.size());
    return average;
}

namespace {

/// Lag-1 autocorrelation of batch means, and the p-value of von Neumann's test for it being zero.
void test_correlation(BatchMeans& result, std::span<const double> means) {
    const Moments m = moments(means);
    if (!(m.variance > 0) || m.count < 3) return;
    const auto count = static_cast<double>(m.count);
    const double squares = m.variance * (count - 1);
    double products = 0, steps = 0;
    for (std::size_t i = 0; i + 1 < means.size(); ++i) {
        products += (means[i] - m.mean) * (means[i + 1] - m.mean);
        steps += (means[i] - means[i + 1]) * (means[i] - means[i + 1]);
    }
    result.lag1 = products / squares;
    const double statistic = (1 - steps / (2 * squares)) * std::sqrt((count * count - 1) / (count - 2));
    result.correlation_p = normal_probability(-statistic);
}

/// Batches, their correlation, and a point estimate that says why it has no interval; none when it may get one.
BatchMeans prepare(std::span<const double> values, std::size_t batch, Values& means) {
    SIM_CHECK(batch > 0, "a batch has observations");
    BatchMeans result;
    result.batch = batch;
    result.batches = values.size() / batch;
    result.left_out = values.size() % batch;
    if (values.empty() || !all_finite(values)) {
        result.mean = refused(values.empty() ? Reason::no_data : Reason::not_finite);
        return result;
    }
    if (result.batches < kLeastBatches) {
        result.mean = point(mean_of(values), Reason::too_few);
        return result;
    }
    means = means_of_batches(values.subspan(result.left_out), batch);
    test_correlation(result, means);
    const bool correlated = result.correlation_p < kCorrelationGate;
    result.mean = point(moments(means).mean, correlated ? Reason::correlated_batches : Reason::none);
    return result;
}

void finish(BatchMeans& result, double variance, double freedom, double confidence) {
    if (!std::isfinite(variance)) {
        result.mean = refused(Reason::not_finite);
        return;
    }
    result.variance_of_mean = variance;
    if (result.mean.missing != Reason::none) return;
    result.mean = student_interval(result.mean.estimate, std::sqrt(variance), freedom, confidence);
}

}  // namespace

BatchMeans batch_means(std::span<const double> values, std::size_t batch, double confidence) {
    Values means;
    BatchMeans result = prepare(values, batch, means);
    if (means.empty()) return result;
    const auto count = static_cast<double>(means.size());
    finish(result, moments(means).variance / count, count - 1, confidence);
    return result;
}

BatchMeans overlapping_batch_means(std::span<const double> values, std::size_t batch, double confidence) {
    Values means;
    BatchMeans result = prepare(values, batch, means);
    if (means.empty()) return result;
    const std::span<const double> used = values.subspan(result.left_out);
    const auto n = static_cast<double>(used.size()), b = static_cast<double>(batch);
    const double centre = result.mean.estimate;
    double deviation = 0, squares = 0;  // of the batch that begins at i, times its size
    for (std::size_t i = 0; i < batch; ++i) deviation += used[i] - centre;
    for (std::size_t i = 0;; ++i) {
        squares += deviation * deviation;
        if (i + batch == used.size()) break;
        deviation += used[i + batch] - used[i];
    }
    const double variance = squares / b / ((n - b + 1) * (n - b));
    finish(result, variance, 1.5 * (n / b - 1), confidence);
    return result;
}

SteadyState steady_state_mean(std::span<const double> values, double confidence) {
    SteadyState result;
    result.warm_up = mser(values);
    if (!result.warm_up.available()) {
        result.mean = refused(result.warm_up.missing);
        return result;
    }
    const std::span<const double> steady = values.subspan(result.warm_up.discard);
    for (const std::size_t batches : {64, 32, 16}) {
        if (steady.size() < batches) continue;
        result.batches = batch_means(steady, steady.size() / batches, confidence);
        if (result.batches.mean.missing == Reason::none) break;
    }
    result.mean = result.batches.mean;
    return result;
}

}  // namespace entrepot::results

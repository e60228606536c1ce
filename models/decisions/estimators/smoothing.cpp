#include "models/decisions/estimators/smoothing.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace entrepot::models {

namespace {

/// A period whose factor is less sells next to nothing, and says nothing of the level: on a day on which the customers
/// are closed, an order would be a hundred times the usual.
constexpr double kTellingFactor = 0.05;

/// Means over a season around each period that has half of one on both sides; of an even season half of each end.
std::vector<double> centred_means(std::span<const float> series, std::size_t season) {
    const std::size_t half = season / 2;
    std::vector<double> means;
    for (std::size_t i = half; i + half < series.size(); ++i) {
        double sum = std::accumulate(series.begin() + (i - half), series.begin() + (i + half + 1), 0.0);
        if (season % 2 == 0) sum -= (series[i - half] + series[i + half]) / 2.0;
        means.push_back(sum / static_cast<double>(season));
    }
    return means;
}

struct StraightLine {
    double at_zero = 0, slope = 0;
};

/// Least squares through values at 1, 2, 3, ...
StraightLine regression(const std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    const double middle = (n + 1) / 2, mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double products = 0, squares = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = static_cast<double>(i + 1) - middle;
        products += x * (values[i] - mean);
        squares += x * x;
    }
    const double slope = squares > 0 ? products / squares : 0;
    return {mean - slope * middle, slope};
}

}  // namespace

HoltWinters::HoltWinters(std::span<const float> first_seasons, const EstimatorTerms& terms)
    : level_weight_(terms.level_weight), trend_weight_(terms.trend_weight), season_weight_(terms.season_weight) {
    const auto season = static_cast<std::size_t>(terms.season);
    const std::vector<double> means = centred_means(first_seasons, season);
    std::vector<double> sums(season), counts(season);
    for (std::size_t i = 0; i < means.size(); ++i) {
        const std::size_t period = i + season / 2;
        sums[period % season] += means[i] > 0 ? first_seasons[period] / means[i] : 1;
        ++counts[period % season];
    }
    for (std::size_t i = 0; i < season; ++i) factors_.push_back(counts[i] > 0 ? sums[i] / counts[i] : 1);
    const double mean = std::accumulate(factors_.begin(), factors_.end(), 0.0) / static_cast<double>(season);
    for (double& factor : factors_) factor = mean > 0 ? factor / mean : 1;
    const StraightLine line = regression(means);
    level_ = line.at_zero;
    trend_ = line.slope;
}

void HoltWinters::take(double units) {
    double& factor = factors_[at_];
    at_ = (at_ + 1) % factors_.size();
    const double expected = level_ + trend_, before = level_;
    level_ = factor < kTellingFactor ? expected : level_weight_ * units / factor + (1 - level_weight_) * expected;
    trend_ = trend_weight_ * (level_ - before) + (1 - trend_weight_) * trend_;
    if (level_ > 0) factor = season_weight_ * units / level_ + (1 - season_weight_) * factor;
}

double HoltWinters::mean_of_next(int periods) const {
    double sum = 0;
    for (int i = 0; i < periods; ++i) {
        const std::size_t at = (at_ + static_cast<std::size_t>(i)) % factors_.size();
        sum += std::max(0.0, level_ + (i + 1) * trend_) * factors_[at];
    }
    return sum / std::max(periods, 1);
}

std::vector<double> HoltWinters::factors() const {
    std::vector<double> from_next = factors_;
    std::rotate(from_next.begin(), from_next.begin() + static_cast<std::ptrdiff_t>(at_), from_next.end());
    return from_next;
}

}  // namespace entrepot::models

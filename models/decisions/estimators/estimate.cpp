#include "models/decisions/estimators/estimate.hpp"

#include <algorithm>
#include <numeric>

#include "models/decisions/estimators/intermittent.hpp"
#include "models/decisions/estimators/smoothing.hpp"

namespace entrepot::models {

namespace {

/// Mean square of what was expected less what came.
struct Errors {
    double squares = 0;
    int periods = 0;

    void add(double error) {
        squares += error * error;
        ++periods;
    }
    double mean() const { return periods > 0 ? squares / periods : 0; }
};

std::optional<Estimate> by_simple_smoothing(std::span<const float> record, const EstimatorTerms& terms) {
    const auto first = static_cast<std::size_t>(terms.season);
    if (record.size() < 2 * first) return std::nullopt;
    const double start = std::accumulate(record.begin(), record.begin() + terms.season, 0.0) / terms.season;
    SimpleSmoothing smoothing{terms.level_weight, start};
    Errors errors;
    for (const float units : record.subspan(first)) {
        errors.add(units - smoothing.level);
        smoothing.take(units);
    }
    return Estimate{smoothing.level, errors.mean()};
}

std::optional<Estimate> by_holt_winters(std::span<const float> record, const EstimatorTerms& terms, int horizon) {
    const auto first = 2 * static_cast<std::size_t>(terms.season);
    if (record.size() < first + static_cast<std::size_t>(terms.season)) return std::nullopt;
    HoltWinters smoothing(record.first(first), terms);
    Errors errors;
    for (const float units : record.subspan(first)) {
        errors.add(units - smoothing.next());
        smoothing.take(units);
    }
    return Estimate{smoothing.mean_of_next(horizon), errors.mean()};
}

std::optional<Estimate> by_intermittent_demand(std::span<const float> record, const EstimatorTerms& terms) {
    IntermittentDemand demand(terms);
    Errors errors;
    for (const float units : record) {
        if (demand.has_begun()) errors.add(units - demand.rate());
        demand.take(units);
    }
    if (errors.periods == 0) return std::nullopt;
    return Estimate{demand.rate(), errors.mean()};
}

}  // namespace

std::optional<Estimate> estimate(std::span<const float> record, const EstimatorTerms& terms, int horizon) {
    if (std::ranges::none_of(record, [](float units) { return units > 0; })) return std::nullopt;
    switch (terms.by) {
        case Estimator::weekly:
            return std::nullopt;
        case Estimator::exponential:
            return by_simple_smoothing(record, terms);
        case Estimator::holt_winters:
            return by_holt_winters(record, terms, horizon);
        case Estimator::croston:
        case Estimator::sba:
        case Estimator::tsb:
            return by_intermittent_demand(record, terms);
    }
    return std::nullopt;
}

}  // namespace entrepot::models

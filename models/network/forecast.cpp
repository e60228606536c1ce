#include "models/network/forecast.hpp"

#include <algorithm>
#include <cmath>

namespace entrepot::models {

double ExpectedUnits::a_day(ItemId item, int from, int to) const {
    const int days = static_cast<int>(until.size()) - 1;
    from = std::clamp(from, 0, std::max(0, days - 7));
    to = std::clamp(to, from + 1, std::max(days, from + 1));
    if (to > days) return 0;
    const double units = until[static_cast<std::size_t>(to)] - until[static_cast<std::size_t>(from)];
    return units / (to - from) * items.probability(item.value);
}

int trainings(const ForecastModel& model, int day) { return model.retrain_days > 0 ? day / model.retrain_days : 0; }

double off_on(const ForecastModel& model, int day) {
    const int since = day - trainings(model, day) * model.retrain_days;
    return 1 + model.bias + model.drift * since / 7.0;
}

namespace {

/// Mean absolute distance from 1 of a lognormal factor of that mean: as an option's price at the strike 1.
double distance_from_one(double mean, double sigma) {
    const double z = std::log(mean) / sigma + sigma / 2;
    return 2 * (mean * sim::normal_probability(z) - sim::normal_probability(z - sigma)) - (mean - 1);
}

}  // namespace

double sigma_of_error(double wmape, double bias) {
    if (wmape <= std::abs(bias)) return 0;
    double low = 1e-6, high = 20;
    while (high - low > 1e-9) {
        const double sigma = (low + high) / 2;
        (distance_from_one(1 + bias, sigma) < wmape ? low : high) = sigma;
    }
    return low;
}

}  // namespace entrepot::models

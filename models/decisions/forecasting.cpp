#include <algorithm>
#include <cmath>

#include "models/model.hpp"
#include "models/network/calendar.hpp"

/// Estimators on the recorded demand. They see what the record has, late and wrong as it may be, never the truth.
namespace entrepot::models {

namespace {

constexpr int kUpdateHour = 5;  ///< after the nightly batch

/// Days of recorded demand that the strategy's parameters average.
double days_looked_back(const Replenishment& policy) {
    return std::visit(
        [](const auto& p) {
            if constexpr (requires { p.history; }) return sim::in<sim::days>(p.history);
            return 0.0;
        },
        policy);
}

/// Closes a day of recorded demand; returns its units. The average is exponential, with the mean age of a moving
/// average over the same days (Brown, 1963): it needs no history and starts from what was known on day 0.
Units record_day(Headquarters& hq, LocationId location, int day, double looked_back) {
    StockView& view = hq.view[location];
    const Units units = view.demand;
    view.demand = 0;
    Forecast& forecast = hq.forecasts[location];
    float& slot = hq.last_week[static_cast<std::size_t>(day % 7) * hq.view.size() + location.index()];
    forecast.week = std::max(0.0f, forecast.week + static_cast<float>(units) - slot);
    slot = static_cast<float>(units);
    if (looked_back > 0) {
        const double alpha = 2 / (looked_back + 1), error = units - double{forecast.mean};
        forecast.mean += static_cast<float>(alpha * error);
        forecast.spread = static_cast<float>((1 - alpha) * (double{forecast.spread} + alpha * error * error));
    }
    return units;
}

/// Exponential smoothing of the level by weeks, faster while the last week doesn't fit (Trigg and Leach's tracking
/// idea: the error of a week against what weeks usually err).
void smooth(Forecast& forecast, Units units, const ForecastQuantile& policy) {
    const double weekly_error = forecast.week - 7 * forecast.level;
    const double usual_error = std::sqrt(7 * std::max<double>(forecast.variance, 0.05));
    forecast.alarmed = std::abs(weekly_error) > policy.alarm_threshold * usual_error;
    const double alpha = (forecast.alarmed ? policy.alarm_smoothing : policy.smoothing) / 7;
    const double daily_error = units - double{forecast.level};
    // The variance is around the local mean: during a change of level its error is not noise.
    const double around = units - double{forecast.week} / 7;
    const double noise = forecast.alarmed ? around * around : daily_error * daily_error;
    forecast.variance += static_cast<float>(policy.smoothing / 7 * (noise - forecast.variance));
    forecast.level = std::max(0.0f, static_cast<float>(forecast.level + alpha * (forecast.week / 7 - forecast.level)));
}

/// Demand of a site's items of one kind in the last week over what their levels say: a common change is seen in the sum
/// long before it can be seen in single items.
void estimate_surges(Headquarters& hq, const Network& network, const ForecastQuantile& policy) {
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        std::array<double, 2> actual{}, expected{}, variance{};
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const Forecast& forecast = hq.forecasts[hq.location(site, item)];
            const std::size_t kind = network.items[item].seasonal;
            actual[kind] += forecast.week;
            expected[kind] += 7 * forecast.level;
            variance[kind] += 7 * forecast.variance;
        }
        for (std::size_t kind = 0; kind < 2; ++kind) {
            const double sd = std::sqrt(std::max(variance[kind], 1.0));
            const bool real = std::abs(actual[kind] - expected[kind]) > policy.alarm_threshold * sd;
            hq.surge[site][kind] = real && expected[kind] > 0 ? actual[kind] / expected[kind] : 1.0;
        }
    }
}

}  // namespace

void on(Headquarters& hq, const ForecastsUpdate& message, Context& context) {
    const Network& network = context.network();
    const int yesterday = message.day - 1;
    const auto* policy = std::get_if<ForecastQuantile>(&network.strategy.replenishment);
    if (yesterday >= 0 && !follows_stock_rules(network)) {  // whose sites don't ask headquarters
        const double looked_back = days_looked_back(network.strategy.replenishment);
        for (const LocationId location : sim::ids<LocationId>(hq.view)) {
            const Units units = record_day(hq, location, yesterday, looked_back);
            if (policy) smooth(hq.forecasts[location], units, *policy);
        }
        if (policy) estimate_surges(hq, network, *policy);
    }
    if (network.calendar.is_business_day(message.day)) {
        const Time opens = std::max(at_hour(message.day, network.office.start_hour), context.now());
        context.at(opens, OfficeOpens{message.day});
    }
    context.at(at_hour(message.day + 1, kUpdateHour), ForecastsUpdate{message.day + 1});
}

}  // namespace entrepot::models

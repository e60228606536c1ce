#include "models/decisions/forecast_service.hpp"

#include <utility>

#include "models/decisions/planning.hpp"
#include "models/network/calendar.hpp"
#include "models/records/interfaces.hpp"

namespace entrepot::models {

namespace {

using By = ForecastNews::By;

/// Calls f(policy's number, its news) for those that take a forecast.
template <class F>
void for_forecast(Headquarters& hq, const Network& network, F&& f) {
    for (std::size_t i = 0; i < network.policies.size(); ++i) {
        if (network.policies[i].takes_forecast()) f(i, hq.forecast_news[i]);
    }
}

/// What the morning's review had to leave is reviewed now.
void make_up_for(Headquarters& hq, const std::vector<bool>& policies, Context& context) {
    review(hq, policies, day_of(context.now()), context);
}

By without_service(const InventoryPolicy& policy, Duration age, const Integration& terms) {
    if (age <= terms.forecast_keeps) return By::service;
    return policy.fallback ? By::fallback : By::nobody;
}

}  // namespace

void set_levels_of_the_day(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    const bool asks = network.strategy.integration.watches(InterfaceName::forecast);
    bool asked = false;
    for (std::size_t i = 0; i < network.policies.size(); ++i) {
        if (!network.policies[i].levels) continue;
        if (asks && network.policies[i].takes_forecast()) {
            asked = hq.forecast_news[i].asked = true;
            hq.forecast_news[i].late = false;
        } else {
            refresh_levels(hq, i, Levelled::due, day, context);
        }
    }
    if (!asked) return;
    transmit(hq, InterfaceName::forecast, 0, {}, context);
    for_forecast(hq, network, [](std::size_t, ForecastNews& news) { news.late = news.asked; });
}

void hear_of_forecasts(Headquarters& hq, Context& context) {
    const Network& network = context.network();
    if (!network.strategy.integration.watches(InterfaceName::forecast)) return;
    bool asked = false;
    for_forecast(hq, network, [&](std::size_t, ForecastNews& news) { asked = news.asked = true; });
    if (asked) transmit(hq, InterfaceName::forecast, 0, {}, context);
}

std::vector<bool> ready_for_review(const Headquarters& hq, const Network& network) {
    std::vector<bool> ready(network.policies.size());
    for (std::size_t i = 0; i < ready.size(); ++i) ready[i] = has_levels(hq, i);
    return ready;
}

void plan_by_forecast(Headquarters& hq, Context& context) {
    const Network& network = context.network();
    std::vector<bool> left(network.policies.size());
    for_forecast(hq, network, [&](std::size_t i, ForecastNews& news) {
        left[i] = news.late || news.by != By::service;
        const Levelled which = news.by == By::fallback ? Levelled::all : Levelled::due;
        news = {.heard = context.now()};
        refresh_levels(hq, i, which, day_of(context.now()), context);
    });
    make_up_for(hq, left, context);
}

void plan_without_forecast(Headquarters& hq, Context& context) {
    const Network& network = context.network();
    std::vector<bool> left(network.policies.size());
    for_forecast(hq, network, [&](std::size_t i, ForecastNews& news) {
        const By before = news.by;
        news.by = without_service(network.policies[i], context.now() - news.heard, network.strategy.integration);
        news.asked = false;
        const Levelled which = before == By::fallback ? Levelled::due : Levelled::all;
        if (news.by == By::fallback) refresh_levels(hq, i, which, day_of(context.now()), context);
        left[i] = std::exchange(news.late, false) && news.by != By::nobody;
    });
    make_up_for(hq, left, context);
}

}  // namespace entrepot::models

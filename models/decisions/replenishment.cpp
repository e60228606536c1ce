#include <algorithm>
#include <cmath>

#include "models/decisions/procurement.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

/// The replenishment policies. Each one sets, for the locations that are due, a reorder point and an order-up-to level;
/// reviews order by them. To add a policy: a struct in network.hpp, a `set_level` here, a reader in scenarios.
namespace entrepot::models {

namespace {

/// What a policy may look at when it sets the level of one location.
struct Location {
    Headquarters& hq;
    const Network& network;
    const sim::Draws& draws;
    int day;
    SiteId site;
    ItemId item;
    LocationId id;

    const Item& goods() const { return network.items[item]; }
    const Supplier& supplier() const { return network.suppliers[goods().supplier]; }
    double lead_days_on_record() const { return sim::in<sim::days>(supplier().lead_time_on_record); }
};

Levels with(const Levels& old, double rate, double reorder_point, double lot, double confidence) {
    Levels levels = old;
    levels.daily_rate = static_cast<float>(rate);
    levels.reorder_point = static_cast<float>(reorder_point);
    // What nobody asks for is not bought.
    levels.order_up_to = static_cast<float>(reorder_point + (rate > 0 ? std::max(lot, 1.0) : 0));
    levels.confidence = static_cast<float>(confidence);
    return levels;
}

/// Spreadsheet parameters: days of cover at a past rate that carries its own error until the next refresh.
Levels set_level(const StaleMinMax& policy, const Levels& old, const Location& at) {
    const ClassId velocity = at.goods().velocity;
    const Forecast& recorded = at.hq.forecasts[at.id];
    const double z = sim::normal_quantile(
        at.draws
            .at(purpose::staleness, at.goods().key ^ at.network.sites[at.site].key, static_cast<std::uint32_t>(at.day))
            .uniform());
    const double sigma = policy.staleness_sigma;
    const double split = at.goods().seasonal ? 1 + at.network.sites[at.site].seasonal_bias : 1;
    const double rate = recorded.mean * split * std::exp(sigma * z - sigma * sigma / 2);
    return with(old, rate, rate * (at.lead_days_on_record() + policy.safety_days[velocity]),
                rate * policy.cover_days[velocity], 0);
}

/// Safety stock for a cycle service level from the recorded variability, normal approximation of the demand over lead
/// time and review. Source: Silver, Pyke and Thomas (2017), section 6.7 and 6.10 (variable lead time).
Levels set_level(const ClassPolicy& policy, const Levels& old, const Location& at) {
    const ClassId velocity = at.goods().velocity;
    const Forecast& recorded = at.hq.forecasts[at.id];
    const double days = at.lead_days_on_record() + policy.review_interval_days;
    const double lead_sd = at.lead_days_on_record() * at.supplier().lead_time_cv;
    const double rate = recorded.mean;
    const double sd = std::sqrt(days * recorded.spread + rate * rate * lead_sd * lead_sd);
    const double safety = sim::normal_quantile(policy.service[velocity]) * sd;
    return with(old, rate, rate * days + safety, rate * policy.cover_days[velocity], 0);
}

/// The same quantile idea on a forecast that follows the demand, and on lead times as receipts have shown them.
Levels set_level(const ForecastQuantile& policy, const Levels& old, const Location& at) {
    const ClassId velocity = at.goods().velocity;
    const Forecast& forecast = at.hq.forecasts[at.id];
    const LeadTimeEstimate& lead = at.hq.lead_times[at.goods().supplier];
    const double surge = at.hq.surge[at.site][at.goods().seasonal];
    const double rate = forecast.level * surge;
    const double days = lead.mean + policy.review_interval_days;
    const double noise = forecast.variance * surge;
    const double sd = std::sqrt(days * noise + rate * rate * lead.variance);
    const double mean = rate * days;
    const double safety = sim::normal_quantile(policy.service[velocity]) * sd;
    // How well the demand is known over the days that the order must last: one less its coefficient of variation.
    const double lasts = days + policy.cover_days[velocity];
    const double confidence = rate > 0 ? std::max(0.0, 1 - std::sqrt(noise / lasts) / rate) : 0;
    return with(old, rate, mean + safety, rate * policy.cover_days[velocity], confidence);
}

/// The sites follow their stock rules: headquarters sets no levels.
Levels set_level(const StockRules&, const Levels& old, const Location&) { return old; }

Duration refresh_interval(const StockRules&) { return sim::days{1}; }
Duration refresh_interval(const StaleMinMax& policy) { return policy.refresh; }
Duration refresh_interval(const ClassPolicy& policy) { return policy.refresh; }
Duration refresh_interval(const ForecastQuantile& policy) { return sim::days{policy.review_interval_days}; }

/// The first refresh after day 0: long intervals are staggered, since nobody goes through all items on one day.
int first_refresh(const Location& at, int interval) {
    if (interval <= 1) return 1;
    const std::uint64_t key = at.goods().key ^ (at.network.sites[at.site].key >> 7);
    return 1 + static_cast<int>(key % static_cast<std::uint64_t>(interval));
}

template <class Policy>
void refresh(const Policy& policy, Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    const int interval = std::max(1, static_cast<int>(refresh_interval(policy) / sim::days{1}));
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const LocationId id = hq.location(site, item);
            Levels& levels = hq.levels[id];
            if (day < levels.next_refresh_day) continue;
            const Location at{hq, network, context.draws(), day, site, item, id};
            const bool first = levels.next_refresh_day == 0;
            levels = set_level(policy, levels, at);
            if (first) levels.usual_quantity = levels.order_up_to - levels.reorder_point;
            levels.next_refresh_day = day + (first ? first_refresh(at, interval) : interval);
        }
    }
}

}  // namespace

void refresh_levels(Headquarters& hq, int day, Context& context) {
    std::visit([&](const auto& policy) { refresh(policy, hq, day, context); },
               context.network().strategy.replenishment);
}

}  // namespace entrepot::models

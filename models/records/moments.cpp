#include "models/records/moments.hpp"

namespace entrepot::models {

void start_moments(SiteState& site, Context& context) {
    const std::vector<Moment>& moments = context.network().moments;
    site.units_before_moment.assign(moments.size(), 0);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        const Time at = sim::kStart + moments[i].at;
        context.at(sim::kStart + moments[i].since, MomentCounts{index, 0});
        context.at(at, MomentCounts{index, 1});
        context.at(at, MomentComes{index});
    }
}

void end_moments(SiteState& site, Context& context) {
    const std::vector<Moment>& moments = context.network().moments;
    for (std::size_t i = 0; i < moments.size(); ++i) {
        if (sim::kStart + moments[i].at != context.now()) continue;
        const auto index = static_cast<std::uint16_t>(i);
        on(site, MomentCounts{index, 1}, context);
        on(site, MomentComes{index}, context);
    }
}

void on(SiteState& site, const MomentCounts& message, Context& context) {
    std::int64_t ordered = site.units_before_today + site.today.units_ordered;
    for (const ServedOrders& served : site.served) ordered += served.units;
    if (message.ends) {
        context.tell(DemandAtMoment{ordered - site.units_before_moment[message.moment], message.moment});
    } else {
        site.units_before_moment[message.moment] = ordered;
    }
}

void on(SiteState& site, const MomentComes& message, Context& context) {
    const Network& network = context.network();
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        if (network.policy(site.id, item) == nullptr && network.terms(site.id, item) == nullptr) continue;
        const StockRecord& record = site.record[item];
        const Units on_hand = site.truth[item].on_hand;
        const bool low = on_hand - record.waiting <= network.moments.at(message.moment).low;
        context.tell(StockAtMoment{item.value, on_hand, record.waiting, record.on_order, message.moment, low});
    }
}

}  // namespace entrepot::models

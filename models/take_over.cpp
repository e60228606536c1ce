#include "models/take_over.hpp"

#include <algorithm>
#include <string_view>

#include "models/decisions/ordering.hpp"
#include "models/decisions/policies/same.hpp"
#include "models/decisions/taking.hpp"
#include "models/goods/warehouse.hpp"
#include "models/goods/waves.hpp"
#include "models/network/calendar.hpp"
#include "models/records/demand_record.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/master_data.hpp"
#include "models/records/postings.hpp"
#include "models/records/reserves.hpp"
#include "models/records/shelf_orders.hpp"
#include "models/records/shop.hpp"
#include "models/records/supply_account.hpp"
#include "sim/snapshot.hpp"

namespace entrepot::models {

namespace {

template <class F>
void for_locations(const Network& network, F&& f) {
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) f(site, item);
    }
}

// What speaks against it.

/// Complains once of each kind of thing, with the first location as an example.
class Complaints {
public:
    void add(std::string_view what, const Network& network, SiteId site, ItemId item) {
        const auto known = std::ranges::find(seen_, what);
        if (known != seen_.end()) return;
        seen_.push_back(what);
        all_.push_back(network.items[item].name + " at " + network.sites[site].name +
                       ", perhaps others, too: " + std::string(what));
    }
    void add(std::string what) { all_.push_back(std::move(what)); }
    std::vector<std::string> take() { return std::move(all_); }

private:
    std::vector<std::string_view> seen_;
    std::vector<std::string> all_;
};

void look_at_location(const Network& from, const Network& to, SiteId site, ItemId item, Complaints& complaints) {
    const InventoryPolicy *old = from.policy(site, item), *now = to.policy(site, item);
    const auto complain = [&](std::string_view what) { complaints.add(what, to, site, item); };
    if ((old == nullptr) != (now == nullptr)) return complain("it would begin or cease to be replenished");
    if (old == nullptr) return;
    if (account_at_site(from, site, item) != account_at_site(to, site, item)) {
        return complain("its orders would no longer be accounted for by the site, or by headquarters");
    }
    if (old->source != now->source) complain("it is supplied by another site, while goods are under way");
    const auto ahead = [](const InventoryPolicy& policy) {
        return policy.second ? policy.second->looks_ahead : Duration{-1};
    };
    if (ahead(*old) != ahead(*now)) complain("its second source comes, goes or looks ahead otherwise");
    if (old->second && old->execution != now->execution) complain("its second source is ordered of by others");
}

template <class Id, class T>
bool as_many(const sim::Column<Id, T>& a, const sim::Column<Id, T>& b) {
    return a.size() == b.size();
}

/// What both must have in common, so that the state of one fits the other. Whoever reads scenarios says more.
bool same_shape(const Network& a, const Network& b) {
    const auto shifts = [](const Site& x, const Site& y) {
        return x.key == y.key && x.handling == y.handling && x.shifts.size() == y.shifts.size();
    };
    const auto keys = [](const auto& x, const auto& y) { return x.key == y.key; };
    return as_many(a.items, b.items) && as_many(a.tiers, b.tiers) && as_many(a.classes, b.classes) &&
           as_many(a.carriers, b.carriers) && as_many(a.streams, b.streams) && a.moments.size() == b.moments.size() &&
           a.replay.size() == b.replay.size() && a.calendar.total_days() == b.calendar.total_days() &&
           a.calendar.start_date == b.calendar.start_date && as_many(a.sites, b.sites) &&
           as_many(a.suppliers, b.suppliers) && std::ranges::equal(a.sites, b.sites, shifts) &&
           std::ranges::equal(a.items, b.items, keys) && std::ranges::equal(a.suppliers, b.suppliers, keys);
}

// The new rules.

/// What differs between the two networks, as far as it was planned ahead.
class Differences {
public:
    const Network& from;
    const Network& to;
    bool waves, release, batch, links;

    Differences(const Network& a, const Network& b)
        : from(a),
          to(b),
          waves(!(a.strategy.waves == b.strategy.waves)),
          release(a.strategy.integration.release_interval != b.strategy.integration.release_interval),
          batch(a.strategy.integration.batch_minute != b.strategy.integration.batch_minute),
          links(a.strategy.integration.interfaces != b.strategy.integration.interfaces) {
        for (const InventoryPolicy& old : a.policies) {
            for (const InventoryPolicy& now : b.policies) same_.push_back(same(old, now));
        }
    }

    bool location(SiteId site, ItemId item) const {
        const std::uint16_t old = from.policy_of[site][item], now = to.policy_of[site][item];
        if (old == Network::kNobody || now == Network::kNobody) return old != now;
        return !same_[old * to.policies.size() + now];
    }
    bool policy(std::uint16_t index) const {
        return index >= from.policies.size() || index >= to.policies.size() ||
               !same_[index * to.policies.size() + index];
    }
    bool priority(SiteId site) const { return !same(from.priority_of[site].get(), to.priority_of[site].get()); }

private:
    std::vector<bool> same_;  ///< [old policy][new policy]
};

bool has_locations(const Network& network, SiteId site, std::uint16_t policy) {
    return std::ranges::find(network.policy_of[site], policy) != network.policy_of[site].end();
}

/// Whether an event that waits still holds. One for each message that a rule plans; all others are under way.
bool holds(const WaveStarts&, SiteId, const Differences& d) { return !d.waves; }
bool holds(const OrdersReleased&, SiteId, const Differences& d) { return !d.release; }
bool holds(const BatchPosts&, SiteId, const Differences& d) { return !d.batch; }
bool holds(const StockReview& message, SiteId site, const Differences& d) {
    return !d.policy(message.policy) && has_locations(d.to, site, message.policy);
}
/// News of levels that nobody goes by any more.
bool holds(const LevelsSet& message, SiteId site, const Differences& d) {
    return !d.location(site, ItemId{message.item});
}
template <class Message>
bool holds(const Message&, SiteId, const Differences&) {
    return true;
}

/// The events that wait, without those that no longer hold. Returns the day that is under way at each site: -1 before
/// the first.
Column<SiteId, int> drop_plans(World& world, const Differences& differences) {
    const Network& network = differences.to;
    Column<SiteId, int> today(network.sites.size(), network.calendar.total_days() - 1);
    std::vector<sim::Event> kept = sim::snapshot::pending_events(world);
    std::erase_if(kept, [&](const sim::Event& event) {
        const SiteId site{event.to()};
        bool stays = true;
        Messages::visit(event, [&]<class Message>(const Message& message) {
            if constexpr (std::is_same_v<typename Message::To, SiteState>) {
                if constexpr (std::is_same_v<Message, DayStarts>) today[site] = message.day - 1;
                stays = holds(message, site, differences);
            }
        });
        return !stays;
    });
    auto& all = world.partitions.front();
    if (kept.size() == all.pending.size()) return today;
    all.pending = sim::Pending{};
    for (const sim::Event& event : kept) all.pending.push(event);
    return today;
}

// A site.

void take_over_levels(SiteState& site, const Differences& d) {
    const std::size_t items = d.to.items.size();
    if (d.to.watches_demand && site.seen.empty()) site.seen.assign(items, {});
    if (d.to.plans && site.levels.empty()) site.levels.assign(items, {});
    for (const ItemId item : sim::ids<ItemId>(d.to.items)) {
        const InventoryPolicy* policy = d.to.policy(site.id, item);
        const bool changed = d.location(site.id, item);
        const bool by_levels = policy != nullptr && policy->levels;
        if (changed || (d.from.watches_demand != d.to.watches_demand && !by_levels)) {
            site.record[item].looks_at = looks_at(policy, d.to);
        }
        if (!changed) continue;
        if (!site.levels.empty()) site.levels[item] = {};
        if (!site.seen.empty()) site.seen[item].periods.clear();
        if (!site.seen.empty()) site.seen[item].reviews = 0;
    }
}

/// Headquarters begins to listen: it hears of all records, and of demand from now on.
void begin_to_tell(SiteState& site, Context& context) {
    for (const ItemId item : sim::ids<ItemId>(context.network().items)) {
        StockRecord& record = site.record[item];
        record.demand = 0;
        tell_headquarters(site, item, context);
    }
}

void take_over_warehouse(SiteState& site, int today, const Differences& d, Context& context) {
    if (d.to.sites[site.id].handling == Handling::at_once) return;
    if (d.release && site.release_due) {
        context.at(next_beat(context.now(), d.to.strategy.integration.release_interval), OrdersReleased{});
    }
    const bool at_once = d.to.strategy.waves.at_once;
    if (d.priority(site.id)) site.ranked_day = -1;  // the next wave goes by the new rule
    if (d.priority(site.id) && at_once) rank_released(site, context);
    if (!d.waves) return;
    if (at_once) {
        leave_wave(site);
        rank_released(site, context);
        start_picks(site, context);
    } else if (today >= 0) {
        plan_waves(site, today, context.now(), context);
    }
}

/// What the old nightly batch has not posted is posted when the new systems take over.
void take_over_integration(int today, const Differences& d, Context& context) {
    if (!d.batch || today < 0) return;
    const auto& minute = d.to.strategy.integration.batch_minute;
    if (!minute) return context.at(context.now(), BatchPosts{});
    if (at_minute(today, *minute) >= context.now()) context.at(at_minute(today, *minute), BatchPosts{});
}

void take_over_reviews(SiteState& site, const Differences& d, Context& context) {
    for (std::size_t i = 0; i < d.to.policies.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        const InventoryPolicy& policy = d.to.policies[i];
        if (policy.planned() || !policy.orders() || !has_locations(d.to, site.id, index)) continue;
        const bool went_on = !d.policy(index) && has_locations(d.from, site.id, index);
        if (!went_on) take_up_reviews(site, index, context);
    }
    settle(site, context);
}

/// What came back before the new strategy has gone into what is known of demand as it was.
void take_over_returns(SiteState& site, const Differences& d) {
    if (d.from.strategy.workflow.nets_returns || !d.to.strategy.workflow.nets_returns) return;
    for (ReturnedStock& back : site.returned) back.netted = back.restocked;
}

/// A site that is to keep other stock is told of the rates by which headquarters goes just now.
void take_over_reserves(SiteState& site, const Differences& d, const Headquarters& hq) {
    ready_reserves(site, d.to);
    if (site.daily_rates.empty() || d.from.strategy.allocation == d.to.strategy.allocation) return;
    for (const ItemId item : sim::ids<ItemId>(d.to.items)) {
        const Levels& levels = hq.levels[hq.location(site.id, item)];
        if (levels.next_refresh_day > 0) site.daily_rates[item] = levels.daily_rate;
    }
}

void take_over(SiteState& site, int today, const Differences& d, World& world) {
    Context context(world, entity_of(site.id));
    take_over_levels(site, d);
    ready_links(site, d.to);
    take_over_reserves(site, d, world.state.headquarters);
    ready_shop(site, d.to);
    take_over_returns(site, d);
    if (d.links) forget_what_is_ahead(site.links);
    const bool runs = today >= 0;
    if (runs && d.to.watches_records && !d.from.watches_records) begin_to_tell(site, context);
    take_over_warehouse(site, today, d, context);
    take_over_integration(today, d, context);
    if (runs) take_over_reviews(site, d, context);
}

// Headquarters.

/// A forecast that the old policy didn't keep begins with what it did keep of the record, and the other way round: as
/// on day 0, when both are the same.
void seed_forecast(Forecast& forecast, const InventoryPolicy& old, const InventoryPolicy& now) {
    const auto averages = [](const InventoryPolicy& policy) { return policy.levels && policy.needs.history_days > 0; };
    const auto smooths = [](const InventoryPolicy& policy) { return policy.levels && policy.needs.forecast; };
    if (smooths(now) && !smooths(old) && averages(old)) {
        forecast.level = forecast.mean;
        forecast.variance = forecast.spread;
        forecast.alarmed = false;
    } else if (averages(now) && !averages(old) && smooths(old)) {
        forecast.mean = forecast.level;
        forecast.spread = forecast.variance;
    }
}

void take_over(Headquarters& hq, Time now, const Differences& d) {
    for (std::size_t role = 0; role < kRoles; ++role) {
        staff(hq.desks[role], static_cast<Role>(role), d.to.office);
    }
    ready_links(hq, d.to);
    if (d.links) forget_what_is_ahead(hq.links);
    hq.released.assign(d.to.strategy.governance.guardrails.size(), {});
    for (std::uint32_t i = 0; i < hq.cases.size(); ++i) hq.cases[i].route = Case::kNoRoute;  // it waits where it is
    const Judgement &old = d.from.office.judgement, &now_is = d.to.office.judgement;
    if (old.acceptance != now_is.acceptance) hq.acceptance = now_is.acceptance;
    if (old.attention != now_is.attention) hq.attention = now_is.attention;
    if (!d.to.strategy.alerts.any()) {
        hq.alerted = {};
        hq.alerts = {};
    } else if (hq.alerted.empty()) {
        hq.alerted.assign(hq.view.size(), -1);
    }
    if (!d.to.plans) {
        hq.forecasts_noted = {};
    } else if (hq.forecasts_noted.empty()) {
        hq.forecasts_noted.assign(hq.view.size(), {});
    }
    keep_other_days(hq, d.to, day_of(now));
    const auto news = std::move(hq.forecast_news);
    hq.forecast_news = {};
    hq.forecast_news.resize(d.to.policies.size());
    for (std::size_t i = 0; i < hq.forecast_news.size(); ++i) {
        const bool same = !d.policy(static_cast<std::uint16_t>(i)) && i < news.size();
        hq.forecast_news[i] = same ? news[i] : ForecastNews{.heard = now};
    }
    const auto surge = std::move(hq.surge);
    hq.surge.assign(d.to.policies.size() * hq.sites, {1.0, 1.0});
    for (std::size_t i = 0; i < hq.surge.size(); ++i) {
        if (!d.policy(static_cast<std::uint16_t>(i / hq.sites))) hq.surge[i] = surge[i];
    }
    for_locations(d.to, [&](SiteId site, ItemId item) {
        if (!d.location(site, item)) return;
        const LocationId location = hq.location(site, item);
        hq.levels[location].next_refresh_day = 0;  // computed anew when the office opens next
        seed_forecast(hq.forecasts[location], *d.from.policy(site, item), *d.to.policy(site, item));
    });
    // Trucks that have just unloaded are on their last way for as long as the old news took.
    const Duration pump = d.from.strategy.integration.pump;
    for (std::uint32_t index = 0; index < hq.purchases.size(); ++index) {
        PurchaseLine& line = hq.purchases[index];
        const bool on_its_way = line.open && line.last_delivered > 0 && line.delivered + pump >= now;
        if (on_its_way) line.delivered += pump - d.to.strategy.integration.pump;
    }
}

}  // namespace

std::vector<std::string> what_speaks_against(const World& world, const Network& to) {
    const Network& from = *world.network;
    Complaints complaints;
    if (!same_shape(from, to)) {
        complaints.add("the two don't have the same items, sites, customers, suppliers, carriers, demand or days");
        return complaints.take();
    }
    for (const SiteState& site : world.state.sites) {
        if (!site.serves_from_shelf || may_serve_from_shelf(to, site.id)) continue;
        complaints.add(to.sites[site.id].name +
                       " hands over at once by a record that is always right, and would have to wait for postings, "
                       "sell by a gateway's view, or offer substitutes");
    }
    if (from.sites_deal && !to.sites_deal && world.state.headquarters.transfers.in_use() > 0) {
        complaints.add("stock is under way between sites that have nothing to do with each other from then on");
    }
    for_locations(to, [&](SiteId site, ItemId item) { look_at_location(from, to, site, item, complaints); });
    return complaints.take();
}

World take_over(const World& world, const Network& to, FactLog& log) {
    World forked = world;
    forked.cut(24);
    forked.report_to(log);
    const Differences differences(*world.network, to);
    const Column<SiteId, int> today = drop_plans(forked, differences);
    forked.network = &to;
    take_over(forked.state.headquarters, forked.now, differences);
    Context context(forked, headquarters_of(to));
    if (differences.from.strategy.clean_up.items_a_week == 0) start_clean_up(context);
    for (SiteState& site : forked.state.sites) take_over(site, today[site.id], differences, forked);
    log.flush();
    return forked;
}

}  // namespace entrepot::models

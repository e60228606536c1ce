#include "models/site_day.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

#include <boost/container/small_vector.hpp>

#include "models/customers/demand.hpp"
#include "models/decisions/ordering.hpp"
#include "models/goods/crew.hpp"
#include "models/goods/daily_chance.hpp"
#include "models/goods/damage.hpp"
#include "models/goods/transport.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/moments.hpp"
#include "models/records/notices.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"
#include "models/records/shelf_orders.hpp"
#include "models/records/shop.hpp"
#include "models/records/stock_costs.hpp"

/// A site's midnight: the day before is closed and told, the new one is drawn and planned.
namespace entrepot::models {

namespace {

/// What a class's stock tells at midnight.
struct ClassAtClose {
    StockAtClose usual{}, seasonal{};
    RecordAtClose record{};
    bool has_rules = false;
    StockRuleDay rules_day{};
    StockRuleClose rules{};
    StockCost cost{};
};

void sum_up(ClassAtClose& sums, const Item& item, ShelfStock& shelf, const StockRecord& record, Time midnight) {
    StockAtClose& stock = item.seasonal ? sums.seasonal : sums.usual;
    ++stock.items;
    stock.units += shelf.on_hand;
    stock.value_micros += (item.unit_cost * (shelf.on_hand + shelf.at_dock + shelf.staged)).micros;
    if (shelf.on_hand == 0 || shelf.hours_empty > 0) stock.hours_out += double{close_empty_hours(shelf, midnight)};
    sums.record.units += record.on_hand;
    if (shelf.on_hand == record.on_hand) {
        ++sums.record.right_items;
    } else {
        sums.record.wrong_units += std::abs(shelf.on_hand - record.on_hand);
    }
}

/// Closes the day's integrals of a location and starts the next ones.
void sum_up_kept(ClassAtClose& sums, const StockTerms* terms, ShelfStock& shelf, StockRecord& record, Time midnight) {
    count_stock_days(shelf, midnight);
    count_waiting(record, midnight);
    sums.has_rules = true;
    sums.rules_day.mean_on_hand += double{shelf.unit_days};
    sums.rules_day.mean_backorders += double{record.waiting_unit_days};
    sums.rules.on_hand += shelf.on_hand;
    sums.rules.waiting += record.waiting;
    sums.rules.on_order += record.on_order;
    if (terms != nullptr) {
        const double on_hand = terms->cost_at_close ? double(shelf.on_hand) : double{shelf.unit_days};
        const double waiting = terms->cost_at_close ? double(record.waiting) : double{record.waiting_unit_days};
        sums.cost.amount += terms->holding_cost * on_hand + terms->backorder_cost * waiting +
                            terms->in_transit_cost * record.sent_unit_days;
    }
    shelf.unit_days = record.waiting_unit_days = record.sent_unit_days = 0;
}

void tell(SiteState& site, ClassAtClose& sums, std::uint8_t velocity, Context& context) {
    sums.usual.velocity = sums.seasonal.velocity = sums.record.velocity = velocity;
    sums.rules_day.velocity = sums.rules.velocity = sums.cost.velocity = velocity;
    sums.seasonal.seasonal = sums.cost.closes_day = 1;
    sums.cost.site = site.id.value;
    if (sums.usual.items > 0) context.tell(sums.usual);
    if (sums.seasonal.items > 0) context.tell(sums.seasonal);
    context.tell(sums.record);
    if (!sums.has_rules) return;
    context.tell(sums.rules_day);
    context.tell(sums.rules);
    if (sums.cost.amount == 0) return;
    site.ledger.post(Account::stock_costs, Account::payables, Money::of(sums.cost.amount));
    context.tell(sums.cost);
}

/// What the comparison of the sites needs, where there is one, some items at a time.
class ItemsTold {
public:
    ItemsTold(const SiteState& site, int day, Context& context) : context_(context) {
        const Network& network = context.network();
        if (!network.outlook.empty()) outlook_ = &network.outlook[static_cast<std::size_t>(day / 7)][site.id];
    }

    void add(ItemId item, Units on_hand) {
        if (outlook_ == nullptr) return;
        told_.on_hand[told_.items] = on_hand;
        told_.forward_daily_demand[told_.items] = (*outlook_)[item.index()];
        if (++told_.items == ItemsAtClose::kMost) flush();
    }
    void flush() {
        if (told_.items == 0) return;
        context_.tell(told_);
        const std::uint32_t next = told_.first + told_.items;
        told_ = {};
        told_.first = next;
    }

private:
    Context& context_;
    const std::vector<float>* outlook_ = nullptr;
    ItemsAtClose told_{};
};

void tell_stock(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    boost::container::small_vector<ClassAtClose, 4> by_class(network.classes.size());
    const std::span<ClassAtClose> sums(by_class.data(), by_class.size());
    const Column<ItemId, std::uint16_t>* policy_of = network.policy_of.empty() ? nullptr : &network.policy_of[site.id];
    const Time midnight = context.now();
    ItemsTold items(site, day, context);
    for (const ItemId id : sim::ids<ItemId>(network.items)) {
        const Item& item = network.items[id];
        ClassAtClose& mine = sums[item.velocity.index()];
        ShelfStock& shelf = site.truth[id];
        StockRecord& record = site.record[id];
        items.add(id, shelf.on_hand);
        sum_up(mine, item, shelf, record, midnight);
        const StockTerms* terms = network.terms(site.id, id);
        if (terms != nullptr || (policy_of != nullptr && (*policy_of)[id] != Network::kNobody)) {
            sum_up_kept(mine, terms, shelf, record, midnight);
        }
    }
    items.flush();
    for (const ClassId velocity : sim::ids<ClassId>(network.classes)) {
        tell(site, sums[velocity.index()], velocity.value, context);
    }
}

void tell_waiting(SiteState& site, Context& context) {
    for (const TierId id : sim::ids<TierId>(site.waiting_by_tier)) {
        TierWaiting& tier = site.waiting_by_tier[id];
        count_waiting(tier, context.now());
        if (tier.unit_days > 0) context.tell(TierWaitingDay{tier.unit_days, id.value});
        tier.unit_days = 0;
    }
}

void close_day(SiteState& site, int day, Context& context) {
    const DayTotals& today = site.today;
    if (site.serves_from_shelf) close_orders(site, day, context);
    site.past_due_lines += site.open_lines_due[static_cast<std::size_t>(day)];
    tell_stock(site, day, context);
    tell_waiting(site, context);
    std::int32_t waiting_for_pick = site.lines_released + site.lines_in_wave;
    for (const std::uint32_t task : site.unreleased) waiting_for_pick += site.tasks[task].picks;
    context.tell(BacklogAtClose{site.open_lines, site.past_due_lines, site.waiting_lines, waiting_for_pick,
                                today.lines_shipped, staged_shipments(site)});
    if (context.network().sites[site.id].handling == Handling::people) {
        count_picking(site, context.now());
        context.tell(LabourDay{static_cast<float>(today.straight_available),
                               static_cast<float>(std::min(today.straight_busy, today.straight_available)),
                               static_cast<float>(today.overtime), today.overtime_cost.micros});
        if (crew_is_told(context.network(), site.id)) {
            context.tell(CrewDay{static_cast<float>(today.temp_hours), static_cast<float>(today.learning_loss),
                                 static_cast<float>(today.lent), static_cast<float>(today.borrowed),
                                 today.temp_cost.micros, today.lending_cost.micros});
        }
    }
    close_links(site, context);
    close_shop(site, context);
    context.tell(DayClosed{today.lines_ordered, today.units_ordered, today.seasonal_units_ordered,
                           today.units_ordered_by_sites, today.lines_picked});
    site.units_before_today += today.units_ordered;
    site.today = {};
}

void lose_or_find(SiteState& site, ItemId item, sim::Stream& draw, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    const int size = sim::geometric(draw.uniform(), terms.miscount_units);
    const bool found = draw.uniform() < terms.miscount_found;
    const Units units = found ? size : -std::min<Units>(size, site.truth[item].on_hand);
    if (units == 0) return;
    move_stock(site, item, units, context.now());
    site.truth[item].moved.adjusted += units;
    site.ledger.post(Account::inventory, Account::shrinkage, network.items[item].unit_cost * units);
    context.tell(StockAdjusted{item.value, units, 0});
}

/// Stock gets lost or turns up, and nobody notices until a count or an empty shelf.
void miscount(SiteState& site, int day, Context& context) {
    const double probability = context.network().sites[site.id].miscount_per_item_day;
    strike_items(site, purpose::miscount, probability, day, context,
                 [&](ItemId item, sim::Stream& draw) { lose_or_find(site, item, draw, context); });
}

/// Each item is counted once in its class's interval; the days are spread over the items.
void cycle_count(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    std::vector<ItemId> due;
    for (const CountRound& round : network.count_rounds) {
        const std::vector<ItemId>& today = round.on(day);
        due.insert(due.end(), today.begin(), today.end());
    }
    std::ranges::sort(due);
    for (const ItemId item : due) count_stock(site, item, context);
}

}  // namespace

void on(SiteState& site, const DayStarts& message, Context& context) {
    const Network& network = context.network();
    const int day = message.day;
    SIM_CHECK(day == day_of(context.now()) && day < network.calendar.total_days(), "a day starts at another time");
    if (day == 0) {
        start_streams(site, context);
        start_reviews(site, context);
        start_moments(site, context);
    } else {
        close_day(site, day - 1, context);
        note_past_due(site, day - 1, context);
        look_for_late_orders(site, day, context);
    }
    miscount(site, day, context);
    damage_stock(site, day, context);
    if (network.calendar.is_business_day(day)) cycle_count(site, day, context);
    draw_orders(site, day, context);
    if (network.sites[site.id].handling == Handling::people) {
        plan_shifts(site, day, context);
        plan_departures(site, day, context);
    }
    if (const auto& minute = network.strategy.integration.batch_minute)
        context.at(at_minute(day, *minute), BatchPosts{});
    if (day + 1 < network.calendar.total_days()) context.at(start_of(day + 1), DayStarts{day + 1});
}

void close_last_day(SiteState& site, Context& context) {
    close_day(site, context.network().calendar.total_days() - 1, context);
}

}  // namespace entrepot::models

#include "models/decisions/planning.hpp"

#include <algorithm>
#include <cmath>

#include "models/decisions/office.hpp"
#include "models/decisions/ordering.hpp"
#include "models/decisions/policies/level_policy.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/stock_costs.hpp"

namespace entrepot::models {

bool is_review_day(const InventoryPolicy& policy, const Supplier& supplier, const Calendar& calendar, int day) {
    const auto interval = static_cast<int>(policy.review / sim::days{1});
    if (interval <= 1) return true;
    const int weekday = policy.review_weekday.value_or(supplier.review_weekday);
    const int first = (weekday - calendar.first_weekday + 7) % 7;
    int before = day - 1;
    while (before >= 0 && !calendar.is_business_day(before)) --before;
    const auto reviews_until = [&](int d) { return d < first ? 0 : (d - first) / interval + 1; };
    return reviews_until(day) > reviews_until(before);
}

namespace {

/// The first refresh after day 0: long intervals are staggered, since nobody goes through all items on one day.
int first_refresh(const Network& network, SiteId site, ItemId item, int interval) {
    if (interval <= 1) return 1;
    const std::uint64_t key = network.items[item].key ^ (network.sites[site].key >> 7);
    return 1 + static_cast<int>(key % static_cast<std::uint64_t>(interval));
}

LocationView view_of(const Headquarters& hq, SiteId site, ItemId id, std::size_t policy, int day, Context& context) {
    const Network& network = context.network();
    const Item& item = network.items[id];
    const Supplier& supplier = network.suppliers[item.supplier];
    const InventoryPolicy& terms = network.policies[policy];
    LocationView view;
    view.velocity = item.velocity;
    view.demand = hq.forecasts[hq.location(site, id)];
    view.surge = hq.surge[policy * hq.sites + site.index()][item.seasonal];
    view.spreadsheet_bias = item.seasonal ? network.sites[site].seasonal_bias : 0;
    if (terms.needs.judgement) {
        view.judgement = sim::normal_quantile(
            context.draws()
                .at(purpose::staleness, item.key ^ network.sites[site].key, static_cast<std::uint32_t>(day))
                .uniform());
    }
    view.lead_days_on_record = sim::in<sim::days>(supplier.lead_time_on_record);
    view.lead_time = hq.lead_times[item.supplier];
    view.review_days = sim::in<sim::days>(terms.review);
    return view;
}

/// Of the locations of one policy at a site whose levels are old enough.
struct Due {
    std::vector<ItemId> items;
    std::vector<LocationView> views;
    std::vector<Levels> levels;

    void clear() {
        items.clear();
        views.clear();
        levels.clear();
    }
};

/// Planners who compute levels anew at least once a review do so for the review: none decides by older ones.
std::vector<bool> suppliers_due_today(const InventoryPolicy& policy, const Network& network, int day) {
    if (!policy.planned() || policy.needs.refresh > policy.review) return {};
    std::vector<bool> due(network.suppliers.size());
    std::transform(network.suppliers.begin(), network.suppliers.end(), due.begin(),
                   [&](const Supplier& supplier) { return is_review_day(policy, supplier, network.calendar, day); });
    return due;
}

void find_due(Due& due, const Headquarters& hq, SiteId site, std::size_t policy, const std::vector<bool>& reviewed,
              int day, Context& context) {
    const Network& network = context.network();
    const Column<ItemId, std::uint16_t>& policy_of = network.policy_of[site];
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        if (policy_of[item] != policy) continue;
        const Levels& levels = hq.levels[hq.location(site, item)];
        const bool for_review = !reviewed.empty() && reviewed[network.items[item].supplier.index()];
        if (!for_review && day < levels.next_refresh_day) continue;
        due.items.push_back(item);
        due.views.push_back(view_of(hq, site, item, policy, day, context));
        due.levels.push_back(levels);
    }
}

void refresh(Headquarters& hq, std::size_t index, int day, Context& context) {
    const Network& network = context.network();
    const InventoryPolicy& policy = network.policies[index];
    const int interval = std::max(1, static_cast<int>(policy.needs.refresh / sim::days{1}));
    const std::vector<bool> reviewed = suppliers_due_today(policy, network, day);
    Due due;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        due.clear();
        find_due(due, hq, site, index, reviewed, day, context);
        if (due.items.empty()) continue;
        policy.levels->set_levels(due.views, due.levels);
        for (std::size_t i = 0; i < due.items.size(); ++i) {
            const ItemId item = due.items[i];
            Levels& levels = due.levels[i];
            const bool first = levels.next_refresh_day == 0;
            if (first) levels.usual_quantity = levels.order_up_to - levels.reorder_point;
            levels.next_refresh_day = day + (first ? first_refresh(network, site, item, interval) : interval);
            hq.levels[hq.location(site, item)] = levels;
            if (policy.planned()) continue;
            context.send(entity_of(site), context.now() + network.strategy.integration.pump,
                         LevelsSet{item.value, levels.reorder_point, levels.order_up_to});
        }
    }
}

// Reviews.

bool within_guardrails(const Workflow& workflow, const Levels& levels, Units units, Money value) {
    const double change = levels.usual_quantity > 0 ? std::abs(units / double{levels.usual_quantity} - 1) : 0;
    return workflow.auto_release && value <= workflow.auto_value_limit &&
           levels.confidence >= workflow.auto_confidence && change <= workflow.auto_change_limit;
}

/// A line is wanted: it goes out untouched within the guardrails, else a planner sees it.
void propose(Headquarters& hq, StockKey key, Units units, bool of_second, Context& context) {
    const Network& network = context.network();
    const SiteId site = site_of(key);
    const ItemId item = item_of(key);
    const Workflow& workflow = network.strategy.workflow;
    Levels& levels = hq.levels[hq.location(site, item)];
    const bool automatic = within_guardrails(workflow, levels, units, network.items[item].unit_cost * units);
    const double usual = levels.usual_quantity;
    levels.usual_quantity += static_cast<float>(workflow.usual_quantity_weight * (units - usual));
    const PurchaseLine line{.item = item,
                            .ordered = units,
                            .site = site,
                            .of_second = of_second,
                            .prepared = network.replenished_by(site, item).needs.prepared,
                            .auto_released = automatic,
                            .proposed = context.now()};
    const std::uint32_t index = open_purchase(hq, line, network);
    if (automatic) {
        release_untouched(hq, index, context);
    } else {
        ask_planner(hq, DecisionKind::purchase, index, context);
    }
}

/// Items of a supplier lie far apart: the memory is asked for them some items before.
void ask_for_locations(const Headquarters& hq, ItemId item, const Network& network) {
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        __builtin_prefetch(&network.policy_of[site][item]);
        __builtin_prefetch(&hq.levels[hq.location(site, item)]);
        __builtin_prefetch(&hq.view[hq.location(site, item)]);
    }
}

void review_location(Headquarters& hq, SiteId site, ItemId item, const InventoryPolicy& policy, Context& context) {
    const LocationId location = hq.location(site, item);
    const Levels& levels = hq.levels[location];
    const Units position = hq.view[location].net + hq.view[location].on_order;
    const double missing = double{levels.order_up_to} - position - kNoUnit;
    if (position > double{levels.reorder_point} + kNoUnit || missing <= 0) return;
    const Item& terms = context.network().items[item];
    const Units units = purchasable(terms, policy, missing);
    note_order(hq.ledger, {item.value, units, terms.velocity.value, 0, site.value}, std::nullopt, context);
    propose(hq, key_of(site, item), units, false, context);
}

}  // namespace

void refresh_levels(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    for (std::size_t policy = 0; policy < network.policies.size(); ++policy) {
        if (network.policies[policy].levels) refresh(hq, policy, day, context);
    }
}

void review(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    std::vector<bool> due(network.policies.size());
    for (const SupplierId supplier : sim::ids<SupplierId>(network.suppliers)) {
        const auto is_due = [&](const InventoryPolicy& policy) {
            return policy.planned() && is_review_day(policy, network.suppliers[supplier], network.calendar, day);
        };
        std::transform(network.policies.begin(), network.policies.end(), due.begin(), is_due);
        if (std::find(due.begin(), due.end(), true) == due.end()) continue;
        const std::vector<ItemId>& items = hq.items_of[supplier];
        for (std::size_t i = 0; i < items.size(); ++i) {
            const ItemId item = items[i];
            if (i + 4 < items.size()) ask_for_locations(hq, items[i + 4], network);
            for (const SiteId site : sim::ids<SiteId>(network.sites)) {
                const std::uint16_t policy = network.policy_of[site][item];
                if (policy == Network::kNobody || !due[policy]) continue;
                review_location(hq, site, item, network.policies[policy], context);
            }
        }
    }
}

/// What a site wants by its own record goes to the supplier at once, or to a planner.
void on(Headquarters& hq, const SupplyRequested& message, Context& context) {
    const Network& network = context.network();
    const SiteId site = site_of(message.key);
    const ItemId item = item_of(message.key);
    if (network.replenished_by(site, item).execution == Execution::planners) {
        return propose(hq, message.key, message.units, message.of_second != 0, context);
    }
    const Time asked = context.now() - network.strategy.integration.pump;
    const Money value = network.items[item].unit_cost * message.units;
    context.tell(PurchaseLineOrdered{kNone, item.value, message.units, 0, 1, value.micros});
    const std::uint32_t occasion = hq.occasions.next(purpose::lead_time, message.key, asked);
    take_order(hq, {message.key, message.units, asked, kNone, occasion}, context);
}

/// A late line is an exception only where the stock is about to run out: planners have no time for the others.
void on(Headquarters& hq, const ReceiptOverdue& message, Context& context) {
    PurchaseLine& line = hq.purchases[message.line];
    if (!line.open || line.serial != message.serial || line.chased) return;
    line.late = true;
    const LocationId location = hq.location(line.site, line.item);
    const double days = context.network().office.overdue_alarm_days;
    if (hq.view[location].net > days * hq.levels[location].daily_rate) return;
    line.chased = true;
    ask_planner(hq, DecisionKind::supplier_exception, message.line, context);
}

}  // namespace entrepot::models

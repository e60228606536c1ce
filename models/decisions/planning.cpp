#include "models/decisions/planning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "models/decisions/alerts.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/estimators/estimate.hpp"
#include "models/decisions/forecast_model.hpp"
#include "models/decisions/forecast_service.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/judgement.hpp"
#include "models/decisions/office.hpp"
#include "models/decisions/ordering.hpp"
#include "models/decisions/policies/level_policy.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/demand_record.hpp"
#include "models/records/master_data.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/reserves.hpp"
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

/// Planners who compute levels anew at least once a review do so for the review: none decides by older ones.
std::vector<bool> suppliers_due_today(const InventoryPolicy& policy, const Network& network, int day) {
    if (!policy.planned() || policy.needs.refresh > policy.review) return {};
    std::vector<bool> due(network.suppliers.size());
    std::transform(network.suppliers.begin(), network.suppliers.end(), due.begin(),
                   [&](const Supplier& supplier) { return is_review_day(policy, supplier, network.calendar, day); });
    return due;
}

/// A policy's refresh of a day. Locations are handed to the policy by the hundred, so that they stay in the cache
/// between being viewed and being stored.
class Refresh {
public:
    Refresh(Headquarters& hq, std::size_t policy, Levelled which, int day, Context& context)
        : hq_(hq),
          context_(context),
          network_(context.network()),
          index_(policy),
          all_(which == Levelled::all),
          falls_back_(hq.forecast_news[policy].by == ForecastNews::By::fallback),
          day_(day),
          reviewed_(suppliers_due_today(network_.policies[policy], network_, day)) {
        const InventoryPolicy& terms = network_.policies[policy];
        const int days = (falls_back_ ? terms.fallback_needs : terms.needs).record_days;
        room_.resize(kAtOnce * static_cast<std::size_t>(std::max(days, 0)));
    }

    void of(ItemId item) {
        const bool for_review = !reviewed_.empty() && reviewed_[network_.items[item].supplier.index()];
        for (const SiteId site : sim::ids<SiteId>(network_.sites)) {
            if (network_.policy_of[site][item] != index_) continue;
            const Levels& levels = hq_.levels[hq_.location(site, item)];
            if (!for_review && !all_ && day_ < levels.next_refresh_day) continue;
            keys_[due_] = key_of(site, item);
            look_at(site, item, views_[due_]);
            levels_[due_] = levels;
            if (++due_ == kAtOnce) set_levels();
        }
    }

    void set_levels() {
        const InventoryPolicy& policy = network_.policies[index_];
        const Duration refresh = (falls_back_ ? policy.fallback_needs : policy.needs).refresh;
        const int interval = std::max(1, static_cast<int>(refresh / sim::days{1}));
        (falls_back_ ? policy.fallback : policy.levels)
            ->set_levels(std::span(views_.data(), due_), std::span(levels_.data(), due_));
        for (std::size_t i = 0; i < due_; ++i) {
            const SiteId site = site_of(keys_[i]);
            const ItemId item = item_of(keys_[i]);
            const LocationId location = hq_.location(site, item);
            Levels& levels = hq_.levels[location];
            const float rate_before = std::exchange(levels, levels_[i]).daily_rate;
            hq_.cover_changed(location);
            const bool first = levels.next_refresh_day == 0;
            if (first) levels.usual_quantity = levels.order_up_to - levels.reorder_point;
            levels.next_refresh_day = day_ + (first ? first_refresh(network_, site, item, interval) : interval);
            // A site that would keep the same has nothing to hear.
            if (network_.strategy.allocation.keeps() &&
                (first || keeps_otherwise(network_, item, rate_before, levels.daily_rate))) {
                context_.send(entity_of(site), context_.now() + network_.strategy.integration.pump,
                              DailyRateSet{item.value, levels.daily_rate});
            }
            if (policy.planned()) continue;
            context_.send(entity_of(site), context_.now() + network_.strategy.integration.pump,
                          LevelsSet{item.value, levels.reorder_point, levels.order_up_to});
        }
        due_ = 0;
    }

private:
    static constexpr std::size_t kAtOnce = 128;

    /// Fills a view in its place: a copy of what was just written costs more than all of the rest.
    void look_at(SiteId site, ItemId id, LocationView& view) {
        const Item& item = network_.items[id];
        const InventoryPolicy& terms = network_.policies[index_];
        view.velocity = class_on_record(hq_, id, network_);
        view.demand = hq_.forecasts[hq_.location(site, id)];
        view.surge = hq_.surge[index_ * hq_.sites + site.index()][item.seasonal];
        view.spreadsheet_bias = item.seasonal ? network_.sites[site].seasonal_bias : 0;
        view.judgement =
            (falls_back_ ? terms.fallback_needs : terms.needs).judgement ? judgement(item, network_.sites[site]) : 0;
        view.lead_days_on_record = sim::in<sim::days>(lead_time_on_record(hq_, id, network_));
        view.lead_time = hq_.lead_times[item.supplier];
        view.review_days = sim::in<sim::days>(terms.review);
        view.unit_cost = cost_on_record(hq_, id, network_).amount();
        if (room_.empty()) {
            view.days = {};
        } else {
            const std::size_t most = room_.size() / kAtOnce;
            view.days = recorded_days(hq_, hq_.location(site, id), day_, std::span(room_).subspan(due_ * most, most));
        }
        if (terms.takes_forecast() && !falls_back_) estimate_demand(view, terms.needs);
        if (terms.takes_forecast() && !falls_back_) ask_service(view, network_, site, id, day_, context_.draws());
    }

    /// The policy's own estimator, in place of the one that is kept up each night; and of its surge, which is known of
    /// that one alone. While the record says too little, that one's word holds.
    void estimate_demand(LocationView& view, const PolicyNeeds& needs) const {
        if (needs.estimator.by == Estimator::weekly || network_.strategy.forecast.knows_demand()) return;
        const auto horizon = static_cast<int>(std::lround(view.lead_time.mean + view.review_days));
        const std::optional<Estimate> found = estimate(view.days, needs.estimator, std::max(horizon, 1));
        if (!found) return;
        view.demand.level = static_cast<float>(found->rate);
        view.demand.variance = static_cast<float>(found->variance);
        view.surge = 1;
    }

    double judgement(const Item& item, const Site& site) const {
        auto draw = context_.draws().at(purpose::staleness, item.key ^ site.key, static_cast<std::uint32_t>(day_));
        return sim::normal_quantile(draw.uniform());
    }

    Headquarters& hq_;
    Context& context_;
    const Network& network_;
    std::size_t index_;
    bool all_, falls_back_;
    int day_;
    std::vector<bool> reviewed_;
    std::vector<float> room_;  ///< for days of the views

    std::size_t due_ = 0;
    std::array<StockKey, kAtOnce> keys_;
    std::array<LocationView, kAtOnce> views_;
    std::array<Levels, kAtOnce> levels_;
};

// Reviews.

/// What guardrails make of a recommended line. What a second source should bring is not theirs to cut.
Checked check_line(Headquarters& hq, const Recommendation& recommended, bool of_second, Context& context) {
    const Checked checked = check_guardrails(hq, recommended, context);
    const bool cut = checked.verdict == Verdict::blocked || checked.units != recommended.units;
    return of_second && cut ? Checked{Verdict::routed, recommended.units} : checked;
}

/// What a guardrail has blocked isn't recommended again with each piece of news of the day: only a review asks again.
void rest_until_tomorrow(Levels& levels, const InventoryPolicy& policy, const Context& context) {
    const Time tomorrow = start_of(day_of(context.now()) + 1);
    levels.proposed = std::max(levels.proposed, tomorrow - policy.debounce.value_or(Duration{}));
}

/// A line is wanted: it goes out untouched within the guardrails, else a planner sees it. Returns the units that are
/// left of it.
Units propose(Headquarters& hq, StockKey key, Units units, bool of_second, Context& context) {
    const Network& network = context.network();
    const SiteId site = site_of(key);
    const ItemId item = item_of(key);
    Levels& levels = hq.levels[hq.location(site, item)];
    const double usual = levels.usual_quantity;
    // What is usual follows what is wanted of people, and what guardrails leave of it.
    const auto becomes_usual = [&](Units left) {
        levels.usual_quantity += static_cast<float>(network.strategy.workflow.usual_quantity_weight * (left - usual));
    };
    const bool prepared = network.replenished_by(site, item).needs.prepared;
    const bool wrong_unit = !of_second && has_wrong_unit(hq, item);
    if (wrong_unit) units = as_ordered(hq, item, units, network);
    const PurchaseLine line{.item = item,
                            .ordered = units,
                            .recommended = prepared ? units : 0,
                            .site = site,
                            .of_second = of_second,
                            .prepared = prepared,
                            .proposed = context.now(),
                            .record = {.wrong_unit = wrong_unit}};
    const std::uint32_t index = open_purchase(hq, line, network);
    Case raised = case_of_purchase(hq, DecisionKind::purchase, index, context.now());
    Time& low_since = hq.view[hq.location(site, item)].low_since;
    if (low_since != Time{}) raised.signal = low_since;
    low_since = Time{};
    levels.proposed = context.now();
    const std::uint32_t place = raise_case(hq, raised, context);
    if (line.prepared) {
        take_step(hq, place, CaseStep::recommended, Role::system, context);
        // Whether the last ones have kept customers from waiting.
        learn(hq.acceptance, hq.view[hq.location(site, item)].net < 0, of_recommendations(network.office.judgement));
    }
    if (!network.strategy.governance.rights.automatic(DecisionKind::purchase)) {
        becomes_usual(units);
        line.prepared ? recommend(hq, place, context) : ask_people(hq, place, context);
        return units;
    }
    const Recommendation recommended{.number = hq.cases[place].number,
                                     .item = item,
                                     .site = site,
                                     .units = units,
                                     .pack = sizes_on_record(hq, item, network).pack,
                                     .usual_quantity = usual,
                                     .confidence = levels.confidence};
    const Checked checked = check_line(hq, recommended, of_second, context);
    const bool blocked = checked.verdict == Verdict::blocked;
    hq.purchases[index].auto_released = checked.verdict == Verdict::within;
    if (!blocked) becomes_usual(checked.units);
    if (blocked) rest_until_tomorrow(levels, network.replenished_by(site, item), context);
    follow_verdict(hq, place, checked, recommended, context);
    return blocked ? 0 : checked.units;
}

/// Items of a supplier lie far apart: the memory is asked for them some items before.
void ask_for_locations(const Headquarters& hq, ItemId item) {
    constexpr std::size_t kCacheLine = 64;
    const auto ask_for_all_sites = [&](const auto& of_locations) {
        const auto* const first = reinterpret_cast<const char*>(&of_locations[hq.location(SiteId{0}, item)]);
        const std::size_t bytes = hq.sites * sizeof(of_locations[LocationId{0}]);
        for (std::size_t at = 0; at < bytes; at += kCacheLine) __builtin_prefetch(first + at);
    };
    ask_for_all_sites(hq.levels);
    ask_for_all_sites(hq.view);
}

/// What planners add off the system, where they work by hand.
double padding_of(const Levels& levels, const InventoryPolicy& policy, const Judgement& judgement) {
    return policy.needs.prepared ? 0 : judgement.padding * std::max(0.0F, levels.reorder_point);
}

bool is_low(const StockView& view, const Levels& levels, double padding) {
    return view.net + view.on_order <= double{levels.reorder_point} + padding + kNoUnit;
}

/// Somebody is to see to a line with its supplier.
void pursue(Headquarters& hq, std::uint32_t line, Context& context) {
    const Case one = case_of_purchase(hq, DecisionKind::supplier_exception, line, context.now());
    ask_people(hq, raise_case(hq, one, context), context);
}

void review_location(Headquarters& hq, SiteId site, ItemId item, const InventoryPolicy& policy, Context& context) {
    const LocationId location = hq.location(site, item);
    const Levels& levels = hq.levels[location];
    const Units position = hq.view[location].net + hq.view[location].on_order;
    const double padding = padding_of(levels, policy, context.network().office.judgement);
    const double missing = double{levels.order_up_to} + padding - position - kNoUnit;
    if (!is_low(hq.view[location], levels, padding) || missing <= 0) return;
    const Item& terms = context.network().items[item];
    const Units units = purchasable(sizes_on_record(hq, item, context.network()), policy, missing);
    const Units left = propose(hq, key_of(site, item), units, false, context);
    if (left == 0) return;
    note_order(hq.ledger, {item.value, left, terms.velocity.value, 0, site.value}, std::nullopt, context);
}

}  // namespace

void refresh_levels(Headquarters& hq, std::size_t policy, Levelled which, int day, Context& context) {
    Refresh refresh(hq, policy, which, day, context);
    for (const ItemId item : sim::ids<ItemId>(context.network().items)) refresh.of(item);
    refresh.set_levels();
}

void review(Headquarters& hq, const std::vector<bool>& policies, int day, Context& context) {
    const Network& network = context.network();
    std::vector<bool> due(network.policies.size());
    for (const SupplierId supplier : sim::ids<SupplierId>(network.suppliers)) {
        const auto is_due = [&](const InventoryPolicy& policy, bool wanted) {
            return wanted && policy.planned() &&
                   is_review_day(policy, network.suppliers[supplier], network.calendar, day);
        };
        std::transform(network.policies.begin(), network.policies.end(), policies.begin(), due.begin(), is_due);
        if (std::find(due.begin(), due.end(), true) == due.end()) continue;
        const std::vector<ItemId>& items = hq.items_of[supplier];
        for (std::size_t i = 0; i < items.size(); ++i) {
            const ItemId item = items[i];
            if (i + 4 < items.size()) ask_for_locations(hq, items[i + 4]);
            for (const SiteId site : sim::ids<SiteId>(network.sites)) {
                const std::uint16_t policy = network.policy_of[site][item];
                if (policy == Network::kNobody || !due[policy]) continue;
                review_location(hq, site, item, network.policies[policy], context);
            }
        }
    }
}

void review_at_once(Headquarters& hq, SiteId site, ItemId item, Context& context) {
    const Network& network = context.network();
    const InventoryPolicy* policy = network.policy(site, item);
    if (policy == nullptr || !policy->planned() || !has_levels(hq, network.policy_of[site][item])) return;
    review_location(hq, site, item, *policy, context);
}

void look_at_news(Headquarters& hq, SiteId site, ItemId item, Units net_before, Context& context) {
    const Network& network = context.network();
    if (!network.plans) return;
    const InventoryPolicy* policy = network.policy(site, item);
    if (policy == nullptr || !policy->planned()) return;
    const LocationId location = hq.location(site, item);
    if (network.strategy.alerts.any()) watch_stock(hq, site, item, net_before, context);
    StockView& view = hq.view[location];
    const Levels& levels = hq.levels[location];
    if (!is_low(view, levels, padding_of(levels, *policy, network.office.judgement))) {
        view.low_since = Time{};
        return;
    }
    if (view.low_since == Time{}) view.low_since = context.now();
    const bool settles_down =
        levels.proposed != Time{} && policy->debounce && context.now() < levels.proposed + *policy->debounce;
    if (policy->debounce && !settles_down && has_levels(hq, network.policy_of[site][item]))
        review_location(hq, site, item, *policy, context);
}

/// What a site wants by its own record goes to the supplier at once, or to a planner.
void on(Headquarters& hq, const SupplyRequested& message, Context& context) {
    const Network& network = context.network();
    const SiteId site = site_of(message.key);
    const ItemId item = item_of(message.key);
    if (network.replenished_by(site, item).execution == Execution::planners) {
        propose(hq, message.key, message.units, message.of_second != 0, context);
        return;
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
    if (!line.open || line.serial != message.serial || line.chased || line.late) return;
    if (day_of(context.now()) <= day_of(line.due)) return;  // the supplier has named a later day meanwhile
    line.late = true;
    alert_of_late_receipt(hq, key_of(line.site, line.item), context);
    const LocationId location = hq.location(line.site, line.item);
    const double days = context.network().office.overdue_alarm_days;
    if (hq.view[location].net > days * hq.levels[location].daily_rate) return;
    line.chased = true;
    pursue(hq, message.line, context);
}

/// The supplier has named a later day: an exception where the stock, with all else that is on order, runs out before.
void on(Headquarters& hq, const ReceiptSlips& message, Context& context) {
    PurchaseLine& line = hq.purchases[message.line];
    if (!line.open || line.serial != message.serial || line.chased) return;
    if (!context.network().strategy.workflow.watches_answers) return;
    const LocationId location = hq.location(line.site, line.item);
    const StockView& view = hq.view[location];
    const Units without_it = view.net + view.on_order - (line.ordered - line.received - line.record.short_by);
    const double days = day_of(line.due) - day_of(context.now());
    if (without_it > days * hq.levels[location].daily_rate) return;
    line.chased = true;
    pursue(hq, message.line, context);
}

/// Nothing was heard of an order in the time that the strategy gives a supplier: somebody is to ask.
void on(Headquarters& hq, const AnswerOverdue& message, Context& context) {
    const PurchaseLine& line = hq.purchases[message.line];
    const bool waits = line.open && line.serial == message.serial && line.record.heard == Heard::nothing;
    if (waits && line.delivered == Time{}) pursue(hq, message.line, context);
}

}  // namespace entrepot::models

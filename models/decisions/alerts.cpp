#include "models/decisions/alerts.hpp"

#include <algorithm>

#include "models/decisions/cases.hpp"
#include "models/decisions/execution.hpp"
#include "models/decisions/judgement.hpp"
#include "models/decisions/office.hpp"
#include "models/decisions/planning.hpp"
#include "models/decisions/transfers.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"

namespace entrepot::models {

namespace {

/// The stock at hand is breached by the strategy's rules.
bool is_breached(const Headquarters& hq, LocationId location, const Alerts& rule) {
    const double rate = hq.levels[location].daily_rate;
    if (rate <= 0) return false;
    if (rule.cover_below > 0 && hq.view[location].net <= rule.cover_below * rate) return true;
    return rule.burn_rate > 0 && hq.forecasts[location].week >= rule.burn_rate * 7 * rate;
}

/// What is to be done where an alert is heeded: the location is reviewed now, and other sites may help. Returns whether
/// anything was proposed.
bool review_after(Headquarters& hq, StockKey about, Context& context) {
    const ItemId item = item_of(about);
    const LocationId location = hq.location(site_of(about), item);
    const Units before = hq.view[location].on_order;
    review_at_once(hq, site_of(about), item, context);
    if (context.network().strategy.transfers.proactive) rebalance_item(hq, item, context);
    return hq.view[location].on_order != before;
}

void raise_alert(Headquarters& hq, StockKey about, Context& context) {
    const Network& network = context.network();
    const Alerts& rule = network.strategy.alerts;
    const int day = day_of(context.now());
    const LocationId location = hq.location(site_of(about), item_of(about));
    std::int32_t& last = hq.alerted[location];
    if (last >= 0 && day - last < rule.again_days) return;
    last = day;
    const StockView& view = hq.view[location];
    hq.alerts.push({about, day + rule.horizon_days, view.net, view.demand});
    const Case alert{.raised = context.now(), .about = about, .kind = DecisionKind::alert};
    const std::uint32_t place = raise_case(hq, alert, context);
    if (!network.strategy.governance.rights.automatic(DecisionKind::alert)) return ask_people(hq, place, context);
    settle_alert(hq, place, context);
}

/// Where the system is told it heeds every alert.
bool is_heeded(Headquarters& hq, const Case& one, Context& context) {
    if (one.role == Role::system || hq.attention >= 1) return true;
    return draws_at(hq, one, purpose::attention, context).uniform() < hq.attention;
}

}  // namespace

void watch_stock(Headquarters& hq, SiteId site, ItemId item, Units net_before, Context& context) {
    const Alerts& rule = context.network().strategy.alerts;
    const LocationId location = hq.location(site, item);
    const StockView& view = hq.view[location];
    if (net_before > 0 && view.net <= 0) {
        const std::int32_t last = hq.alerted[location];
        const bool foretold = last >= 0 && day_of(context.now()) - last <= rule.horizon_days;
        context.tell(AlertJudged{item.value, site.value, true, foretold});
    }
    if (is_breached(hq, location, rule)) raise_alert(hq, key_of(site, item), context);
}

void alert_of_late_receipt(Headquarters& hq, StockKey about, Context& context) {
    if (context.network().strategy.alerts.late_receipts) raise_alert(hq, about, context);
}

void settle_alert(Headquarters& hq, std::uint32_t place, Context& context) {
    const Case one = hq.cases[place];
    if (!is_heeded(hq, one, context)) {
        take_step(hq, place, CaseStep::checked, one.role, context, StepOutcome::ignored);
        return close_case(hq, place, false, context);
    }
    const bool done = review_after(hq, one.about, context);
    if (done) take_step(hq, place, CaseStep::executed, one.role, context);
    close_case(hq, place, done, context);
}

void judge_alerts(Headquarters& hq, int day, Context& context) {
    while (!hq.alerts.empty() && hq.alerts.begin()->judged_day <= day) {
        const OpenAlert alert = hq.alerts.pop();
        const SiteId site = site_of(alert.about);
        const ItemId item = item_of(alert.about);
        const Units demand = demand_between(alert.demand, hq.view[hq.location(site, item)].demand);
        const bool right = demand >= std::max(1, alert.net);
        context.tell(AlertJudged{item.value, site.value, false, right});
        learn(hq.attention, !right, of_alerts(context.network().office.judgement));
    }
}

}  // namespace entrepot::models

#pragma once

#include "scenarios/describe_data.hpp"
#include "scenarios/describe_distributions.hpp"
#include "scenarios/describe_office.hpp"
#include "scenarios/describe_systems.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for strategies: their policies and their workflow.
namespace entrepot::scenarios {

/// A time of the run, counted as all days are: from the start of the measured window, so that the warm-up's are
/// negative.
inline Kind time_of_run() {
    Kind kind = duration().at_least(-36'500 * kDay);
    kind.noun = "a time";
    kind.example = "\"14 d\", \"36 h\", or \"-3 d\" in the warm-up";
    return kind;
}

template <class V>
void describe(V& v, models::SecondSource& p) {
    v("order_up_to", p.order_up_to, number(-1e9, 1e9),
      "level of on hand less waiting and what this source owes, restored at each look; without it none");
    v("looks_ahead", p.looks_ahead, duration(),
      "what the first source is due to bring within so long, by its mean time, counts for order_up_to as well");
    v("share", p.share, share(), "of the orders that go here instead, such as what a repair shop can mend");
    v.distribution("lead_time", p.lead_time, kTimeDistributions, "from order to stock");
    v("per_unit", p.per_unit, number(0, 1e12), "cost of a unit");
}

template <class V>
void describe(V& v, models::DemandForecast& p) {
    v("moving_average", p.moving_average, count(1, 10'000),
      "periods between reviews whose mean demand is the forecast (moving average)");
    v("smoothing", p.smoothing, share(),
      "weight of the newest period in the forecast (exponential smoothing), in place of the moving average; 0 = none");
    v("cover", p.cover, number(0, 1e4), "the level is the forecast of so many periods");
    v("safety_stock", p.safety_stock, number(-1e9, 1e9), "units added to the level, such as safety stock");
    v("demand", p.demand, choice({"orders", "customers"}),
      "what is forecast: what is ordered here, or what customers want here and at all sites that order from here");
}

template <class V>
void describe(V& v, models::LevelShift& p) {
    v("from", p.from, time_of_run(), "after the start of the measured window");
    v("to", p.to, time_of_run(), "end");
    v("every", p.every, duration(), "and again after so long; 0 = once");
    v("added", p.added, number(-1e9, 1e9), "units added to reorder_point and order_up_to");
}

/// Where headquarters looks, people do, in the morning: whole days. What the site looks at may be at every change.
inline Kind review_of_levels() {
    Kind kind = duration();
    kind.need = Kind::Need::always;
    return kind;
}

/// What may stand for a level policy: levels that are given.
inline constexpr PolicyName kGivenLevels[] = {
    {ReplenishmentPart::kFixedLevels, "levels and lots as the table gives them"},
    {ReplenishmentPart::kStockRules, "what the scenario's [stock.NAME] say"},
};

/// How orders follow from the inventory position, whatever the levels.
template <class V>
void describe_reviews(V& v, models::InventoryPolicy& p, const Kind& review) {
    v("executed_by", p.execution, choice({"site", "planners"}),
      "who carries out what is wanted: the site at once, or people at headquarters as a case, within the guardrails "
      "without being touched");
    v("review", p.review, review, "time between two looks; where the site looks, 0 = at every change");
    v("review_day", p.review_weekday, weekday(),
      "of a review every week; without it headquarters' reviews of the suppliers are spread over the week, and the "
      "site's begin with the warm-up");
    v("most", p.most, count(0, 1e9), "units of one order at the most, in whole packs; 0 = no cap");
}

/// Levels that are given, and lots.
template <class V>
void describe_levels(V& v, OrderingPart& p) {
    v("reorder_point", p.policy.reorder_point, number(-1e9, 1e9),
      "orders when the inventory position is at or below it; without it only by standing_order, forecast or "
      "second.order_up_to");
    v("order_up_to", p.policy.order_up_to, number(-1e9, 1e9), "level that an order restores");
    v("quantity", p.policy.quantity, count(0, 1e9), "fixed order quantity, and its multiples; 0 = up to the level");
    v("standing_order", p.policy.standing_order, count(0, 1e9), "units ordered at every review, whatever the stock");
    v.optional("second", p.policy.second, "a second source that delivers straight to the site");
    describe_reviews(v, p.policy, duration());
    v("first_review", p.policy.first_review, duration(),
      "after the start of the warm-up, where the site looks; with a review_day on the first such day from then on");
    v("source", p.source, text(),
      "a site that supplies, which has a policy of its own below this one; without it the item's supplier");
    v.distribution("transit", p.policy.transit, kTimeDistributions, "from that site");
    v.named("season", p.shifts, "a span of time in which the levels are other ones");
    v.optional("forecast", p.policy.forecast,
               "the level that each review restores follows a forecast; in place of reorder_point; before the first "
               "period is over, the level is order_up_to");
}

template <class V>
void describe(V& v, ReplenishmentPart& p) {
    v.level_policy(p);
    if (p.levels) {
        describe_reviews(v, p.ordering.policy, review_of_levels());
        v("debounce", p.ordering.policy.debounce, duration(),
          "headquarters also looks at a location as soon as it hears of a position at or below its reorder point, but "
          "not so soon after the last line for it; without it at reviews alone");
        v("fallback", p.fallback, text(),
          "a strategy whose policy computes the levels while the forecasting service doesn't answer, where this one "
          "takes a forecast; without it nothing is recommended then");
    }
    if (p.policy == ReplenishmentPart::kFixedLevels) describe_levels(v, p.ordering);
}

template <class V>
void describe(V& v, PriorityPart& p) {
    v.priority_policy(p);
}

template <class V>
void describe(V& v, BindingPart& p) {
    v("decision", p.decision, choice({"replenishment", "priority", "promise"}), "what is decided otherwise");
    v("site", p.scope.site, text(), "at one site");
    v("item", p.scope.item, text(), "for one item; of replenishment");
    v("class", p.scope.velocity, text(), "for the items of one class; of replenishment");
    v("supplier_segment", p.scope.segment, text(), "for the items of such suppliers; of replenishment");
    v("tier", p.tier, text(), "for the customers of one tier; of promises");
    v.binding(p);
}

template <class V>
void describe(V& v, models::Rights& p) {
    v.list("purchase", p.purchase, role(), 0, models::kRoles,
           "who may decide on a purchase line: the system releases by itself what no guardrail stops, all else is on "
           "the desk of the first role of people; with an empty list it bounces from desk to desk");
    v.list("transfer", p.transfer, role(), 0, models::kRoles, "on a transfer between sites");
    v.list("escalation", p.escalation, role(), 0, models::kRoles, "on a customer's complaint");
    v.list("supplier_exception", p.supplier_exception, role(), 0, models::kRoles, "on a supplier's late line");
    v.list("promise_change", p.promise_change, role(), 0, models::kRoles,
           "on a notice that an order comes later than promised: the system sends it by itself what no guardrail or "
           "approval concerns, or an agent writes it, in [office] per_notice");
    v.list("alert", p.alert, role(), 0, models::kRoles,
           "on a breach that [alerts] tell of: the system reviews the location at once");
    v.list(
        "priority_exception", p.priority_exception, role(), 0, models::kRoles,
        "on an escalated order's going before its turn; whoever settles the escalation and may, does both in one go");
    v.list("allocation_override", p.allocation_override, role(), 0, models::kRoles,
           "on taking stock for an escalated order that lower tiers were promised, where workflow.takes_allocated");
    v.list("credit_hold", p.credit_hold, role(), 0, models::kRoles,
           "on an order that is held for its customer's account, once what was wrong is right: the system clears it at "
           "once");
    v.list("data_hold", p.data_hold, role(), 0, models::kRoles, "on one in which something isn't clear");
    v.list("keying", p.keying, role(), 0, models::kRoles, "on what partners have written and somebody enters by hand");
    v.list("integration_exception", p.integration_exception, role(), 0, models::kRoles,
           "on messages between two systems that don't come through");
    v.list("override", p.override_recommendation, role(), 0, models::kRoles,
           "who may change the quantity of a recommended line; whoever else wants to is refused, and the log tells it");
}

template <class V>
void describe(V& v, GuardrailPart& p) {
    v("decision", p.rule.decision, decision(), "whose limit it is, where the system decides");
    v("action", p.rule.action, choice({"route", "block", "cap"}),
      "what beyond the limit becomes of a decision: people have it; nothing is done; as much as is within");
    v("site", p.scope.site, text(), "for what one site needs");
    v("item", p.scope.item, text(), "for one item");
    v("class", p.scope.velocity, text(), "for the items of one class");
    v("supplier_segment", p.scope.segment, text(), "for the items of such suppliers");
    v.list("tiers", p.tiers, text(), 0, 64,
           "for customers of these tiers: whose order it is, or from whom stock is taken");
    v("value", p.rule.most_value, money(), "greatest value at cost");
    v("confidence", p.rule.least_confidence, share(), "least confidence of the forecast");
    v("change", p.rule.most_change, number(0, 1e3), "greatest |quantity - usual quantity| / usual quantity");
    v("donor_cover", p.rule.least_donor_cover, days(), "least cover that a transfer leaves to its donor");
    v("lead_time_cv", p.rule.most_lead_time_cv, number(0, 100),
      "greatest coefficient of variation of the supplier's lead times, as receipts have shown it: an unsteady supplier "
      "is a risk");
    v("margin", p.rule.least_margin, money(), "least margin of the units of a transfer, less its freight");
    v("value_a_day", p.rule.most_value_a_day, money(), "greatest value of all that the system releases on a day");
    v("decisions_a_day", p.rule.most_a_day, count(0, 1e9), "most decisions that the system releases on a day");
}

template <class V>
void describe(V& v, ApprovalPart& p) {
    v.list("decisions", p.level.decisions, decision(), 1, models::kDecisionKinds, "what it must agree to");
    v.list("tiers", p.tiers, text(), 0, 64,
           "where it concerns customers of these tiers: whose order it is, or from whom stock is taken; none = all");
    v("changes", p.level.changes, flag(), "it must agree, too, to whatever a person has changed, of any value");
    v("above", p.level.above, money(),
      "from beyond this value at cost on, whoever decided; what is about no units has no value, and is asked for at 0");
    v("role", p.level.role, role(), "who approves");
    v("median", p.level.median, duration(), "business hours until somebody turns to it, lognormal");
    v("sigma", p.level.sigma, number(0, 5), "standard deviation of its logarithm");
    v("absent", p.level.absent, share(), "of the business days on which the approver is away");
    v("delegate", p.level.delegate, role(), "who decides on these days; without it, it waits until he is back");
    v("service_level", p.level.service_level, duration().more_than(0),
      "business hours after which the level `escalates_to` is asked, too: the first of both decides");
    v("escalates_to", p.escalates_to, text(), "a level of approval of the same strategy");
}

template <class V>
void describe(V& v, RoutePart& p) {
    v.list("decisions", p.route.decisions, decision(), 0, models::kDecisionKinds, "of which cases; none = all");
    v("above", p.route.above, money(), "of those worth more than this, at cost");
    v("cover_below", p.route.cover_below, days(), "of those for a location whose stock lasts less long");
    v("class", p.velocity, text(), "of those for the items of one class");
    v.list("tiers", p.tiers, text(), 0, 64, "of those that concern customers of these tiers");
    v("to", p.route.to, role(), "whose desk it is; without it, that of the first role with the right");
    v("urgent", p.route.urgent, flag(),
      "it goes before ordinary cases, as transfers, escalations, exceptions and overrides do anyway");
    v("ages_after", p.route.ages_after, duration().more_than(0), "on the clock, from when on it is urgent");
    v("settles_after", p.route.settles_after, duration().more_than(0),
      "on the clock, from when on nobody needs to come: it is settled as it was recommended, or as `settled` says");
    v("settled", p.settled, choice({"release", "drop"}),
      "what then becomes of it; approvals are asked for all the same");
}

template <class V>
void describe(V& v, models::Alerts& p) {
    v("cover_below", p.cover_below, days(),
      "somebody is told of a location whose stock lasts no longer, by the demand behind its levels; 0 = never");
    v("burn_rate", p.burn_rate, number(0, 1e3),
      "of one whose recorded demand of a week is at least so many times what its levels expect; 0 = never");
    v("late_receipts", p.late_receipts, flag(), "of one that waits for a line which was due the business day before");
    v("again", p.again_days, whole_days(), "the same location is told of again so much later, at the soonest");
    v("horizon", p.horizon_days, whole_days().at_least(1),
      "an alert was right if the stock at hand would not have lasted so long");
}

template <class V>
void describe(V& v, models::Workflow& p) {
    v("usual_quantity_weight", p.usual_quantity_weight, share(),
      "of the newest quantity in the usual one that guardrails compare with (exponential smoothing)");
    v("escalation_search_median", p.escalation_search_median, duration(),
      "an agent's search for facts before an escalation is settled, lognormal");
    v("answer_within", p.answer_within, duration().more_than(0),
      "a supplier that hasn't answered an order by then is asked, as a supplier exception; not said: nobody asks");
    v("watches_answers", p.watches_answers, flag(),
      "a later day that a supplier names is an exception at once where the stock runs out before; else somebody looks "
      "at the line when it is overdue by the new day");
    v("nets_returns", p.nets_returns, flag(),
      "headquarters hears of demand less what customers sent back and went to the shelf again, each unit off the next "
      "demand, so that levels order it only once; else of all that was ordered");
    v("takes_allocated", p.takes_allocated, flag(),
      "an escalated order of the first tier gets what it is short of from orders of lower tiers that nobody has begun "
      "to pick, if rights.allocation_override lets it");
}

template <class V>
void describe(V& v, models::Waves& p) {
    v.list("starts", p.start_minutes, clock().at_most(1439), 0, 96, "fixed waves of the day; none = every `interval`");
    v("interval", p.interval, duration(), "time between waves during the shifts, where none are fixed");
    v("at_once", p.at_once, flag(), "no waves: who is free takes the task that comes first by the priority rule");
    v("local_override", p.local_override, share(),
      "probability that a supervisor says which task comes next, by local_rule and not by the priority rule, drawn for "
      "each task that is put in order; 0 = standard work, the rule holds everywhere");
    v("local_rule", p.local_rule, choice({"easiest", "newest", "loudest"}),
      "how supervisors choose: the task with the fewest lines, the one that came last, or orders that were escalated");
}

template <class V>
void describe(V& v, models::Transfers& p) {
    v("urgent_on_escalation", p.urgent_on_escalation, flag(),
      "a planner may order a dedicated truck for a short order");
    v("proactive", p.proactive, flag(), "rebalance before the scheduled trucks leave");
    v("donor_keeps", p.donor_keeps_days, days(), "cover that stays at the donor");
    v("receiver_below", p.receiver_below_days, days(), "cover below which a site asks for stock");
    v("urgent_donor", p.urgent_donor_days, days(),
      "a planner takes stock for one order only from a site that then has so much cover left");
}

template <class V>
void describe(V& v, models::Gateway& p) {
    v("reserve", p.reserve, count(0, 1e9),
      "units of each item's stock at a site that its web shop does not show: fewer lines are oversold, and more "
      "customers turned away");
    v("counts_own_orders", p.counts_own_orders, flag(),
      "the shop takes what it has sold off the stock that it shows until the gateway tells it anew; else what it shows "
      "is as old as the news");
}

template <class V>
void describe(V& v, SubstitutionPart& p) {
    v("offers", p.offers, choice({"none", "at_entry"}),
      "where a line finds too little as it is entered, the order desk offers its customer another item of the group of "
      "which all of it is there, by the record or by what the web shop shows; tier.NAME.accepts_substitute says who "
      "takes it");
    v.list("tiers", p.tiers, text(), 0, 100, "to whose orders; none = all");
    v.list("classes", p.classes, text(), 0, 100, "for items of which classes; none = all");
}

template <class V>
void describe(V& v, AllocationPart& p) {
    v("rule", p.rule, choice({"by_priority", "first_come", "fair_share"}),
      "which of the lines that wait get what comes, where it isn't enough for all: the first by the priority rule, the "
      "first by entry, or each the same part of what it waits for; escalated orders go before all others");
    v.by_name("reserve", p.reserve, days(),
              "of an item's stock at a site the last so many days of demand serve this tier's customers alone, and "
              "those of tiers that rank before it: at entry, when lines wait, in what the shop shows, as a substitute "
              "and in promises; counted by the rate of demand behind the levels, as headquarters tells the site of it");
    v.list("classes", p.classes, text(), 0, 100, "for items of which classes there are reserves; none = all");
}

template <class V>
void describe(V& v, models::Notices& p) {
    v("at_risk", p.at_risk_days, whole_days(),
      "each midnight the customers are told of orders whose promised day ends within so long and that the record says "
      "will be late: a line waits and no receipt is expected in time, or the last cut-off has gone; 0 = nobody is "
      "told. Systems tell them with the nightly batch, or through the middleware and then of a short line at once, "
      "with the order's confirmation; people by rights.promise_change");
}

template <class V>
void describe(V& v, StrategyPart& p) {
    v("base", p.base, text(), "a strategy on which this one stands: it says only what differs");
    v("title", p.terms.title, text(), "name for reports");
    v("description", p.terms.description, text(), "what it does, in a sentence or two, for reports");
    v.policy("replenishment", p.replenishment, "when and how much to order");
    v.table("forecast", p.forecast, "how good the forecast is, of policies that take one");
    v.table("clean_up", p.clean_up, "a programme that goes through the item master");
    v.policy("priority", p.priority, "which order is allocated, picked and shipped first");
    v("promise", p.promise, choice({"table", "available_to_promise"}),
      "how an order's promised day is found; available_to_promise looks at expected receipts, of which only systems "
      "without a nightly batch tell the sites");
    v.named("bind", p.bindings,
            "a decision that is taken by another policy for a part of the operation: of several that fit, the one that "
            "names most, and of these the last; a [stock.NAME] that orders counts with what it names");
    v("expedite_late_orders", p.terms.expedite_late_orders, flag(),
      "top-tier orders that the ordinary carrier would deliver late go by the expedite carrier");
    v.table("workflow", p.terms.workflow, "the life of a decision between recommendation and execution");
    v.table("rights", p.terms.governance.rights, "the matrix of decision rights: who may decide what");
    v.named("route", p.routes,
            "what becomes of cases that people have, by kind, value and risk: of several that fit the first holds");
    v.named("guardrail", p.guardrails, "a limit of what the system decides by itself");
    v.named("approval", p.approvals,
            "a level that must agree to what is worth more than its limit, one after the other");
    v.table("waves", p.terms.waves, "when picking starts");
    v.table("transfers", p.terms.transfers, "stock moves between the sites");
    v.table("notices", p.terms.notices, "customers hear of an order that will be late before it is");
    v.table("gateway", p.terms.gateway, "what the web shop makes of the stock that it is told of");
    v.table("substitution", p.substitution, "another item is offered where one is short");
    v.table("allocation", p.allocation, "who gets the stock, and from whom some of it is kept");
    v.table("alerts", p.terms.alerts, "breaches of which somebody is told between reviews");
    v.table("integration", p.systems,
            "how the record learns of what happened: a table, or the name of an [integration.NAME]; a table with "
            "`preset` says what differs from one");
}

}  // namespace entrepot::scenarios

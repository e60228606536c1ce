#pragma once

#include "scenarios/describe_distributions.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for strategies: their policies, workflow and systems.
namespace entrepot::scenarios {

inline constexpr PolicyName kReplenishmentPolicies[] = {
    {"stale_min_max",
     "spreadsheet minimum and maximum from past consumption, refreshed rarely, each with its own error"},
    {"class_service", "(s,S) with safety stock from the recorded variability, by class"},
    {"forecast_quantile", "order up to a quantile of the forecast demand over lead time and review"},
    {"stock_rules", "every site follows its [stock.NAME] rules by itself; headquarters plans nothing"},
};
inline constexpr PolicyName kPriorityPolicies[] = {
    {"fifo", "in the order of entry"},
    {"tier_then_date", "by the tier's rank, then by the promised day"},
    {"composite", "by a weighted score of tier, slack, penalty and age"},
};

template <class V>
void describe(V&, models::StockRules&) {}

template <class V>
void describe(V& v, models::StaleMinMax& p) {
    v.by_class("safety", p.safety_days, days(), "safety stock, in days of demand");
    v.by_class("cover", p.cover_days, days(), "order quantity, in days of demand");
    v("refresh", p.refresh, duration().more_than(0), "age at which a parameter is computed anew");
    v("history", p.history, duration().more_than(0), "span of recorded demand that the computation averages");
    v("staleness_sigma", p.staleness_sigma, number(0, 5),
      "error of the demand rate baked into a parameter, standard deviation of the logarithm");
    v("review", p.review_interval_days, whole_days().at_least(1), "time between two reviews of an item");
}

template <class V>
void describe(V& v, models::ClassPolicy& p) {
    v.by_class("service", p.service, share().more_than(0).at_most(0.9999), "cycle service level, below 1");
    v.by_class("cover", p.cover_days, days(), "order quantity, in days of demand");
    v("refresh", p.refresh, duration().more_than(0), "age at which a parameter is computed anew");
    v("history", p.history, duration().more_than(0), "span of recorded demand that the computation uses");
    v("review", p.review_interval_days, whole_days().at_least(1), "time between two reviews of an item");
}

template <class V>
void describe(V& v, models::ForecastQuantile& p) {
    v.by_class("service", p.service, share().more_than(0).at_most(0.9999), "quantile of the forecast demand, below 1");
    v.by_class("cover", p.cover_days, days(), "order quantity, in days of demand");
    v("smoothing", p.smoothing, share().more_than(0), "weight of the newest week in the level");
    v("alarm_smoothing", p.alarm_smoothing, share().more_than(0), "the same while a change is detected");
    v("alarm_threshold", p.alarm_threshold, number(0, 100).more_than(0),
      "tracking signal that means a change, in mean absolute deviations");
    v("review", p.review_interval_days, whole_days().at_least(1), "time between two reviews of an item");
}

template <class V>
void describe(V&, models::Fifo&) {}
template <class V>
void describe(V&, models::TierThenDate&) {}
template <class V>
void describe(V& v, models::CompositeScore& p) {
    v("tier", p.tier, number(0, 1e6), "weight of the tier's rank");
    v("slack", p.slack, number(0, 1e6), "weight of the little time left to the promise, while it can be kept");
    v("penalty", p.penalty, number(0, 1e6), "weight of the penalty that can still be avoided");
    v("age", p.age, number(0, 1e6), "weight of the order's age");
}

template <class V>
void describe(V& v, models::Integration& p) {
    v("name", p.name, text(), "for reports: legacy, modern");
    v("batch", p.batch_minute, clock().at_most(1439),
      "nightly batch that posts what happened; without it or with \"none\", events are posted through the middleware");
    v("latency_median", p.latency_median, duration(), "of an event through the middleware");
    v("latency_sigma", p.latency_sigma, number(0, 5), "standard deviation of the latency's logarithm");
    v("pump", p.pump, duration().at_least(1e3), "cadence of information between the sites and headquarters");
    v("release_interval", p.release_interval, duration(), "how often allocated orders reach the warehouse system");
}

template <class V>
void describe(V& v, models::Workflow& p) {
    v("auto_release", p.auto_release, flag(), "lines within the guardrails go out untouched");
    v("auto_value_limit", p.auto_value_limit, money(), "guardrail: greatest value of a line");
    v("auto_confidence", p.auto_confidence, share(), "guardrail: least confidence of the forecast");
    v("auto_change_limit", p.auto_change_limit, number(0, 1e3),
      "guardrail: greatest |quantity - usual quantity| / usual quantity");
    v("approval_above", p.approval_above, money(), "lines above this value wait for an approval");
    v("approval_median", p.approval_median, duration(), "time to an approval, business hours, lognormal");
    v("approval_sigma", p.approval_sigma, number(0, 5), "standard deviation of its logarithm");
    v("escalation_factor", p.escalation_factor, number(0, 100), "multiplies the tiers' escalation probability");
    v("escalation_search_median", p.escalation_search_median, duration(),
      "an agent's search for facts before an escalation is settled, lognormal");
}

template <class V>
void describe(V& v, models::Waves& p) {
    v.list("starts", p.start_minutes, clock().at_most(1439), 0, 96, "fixed waves of the day; none = every `interval`");
    v("interval", p.interval, duration(), "time between waves during the shifts, where none are fixed");
    v("at_once", p.at_once, flag(), "no waves: who is free takes the task that comes first by the priority rule");
}

template <class V>
void describe(V& v, models::Transfers& p) {
    v("urgent_on_escalation", p.urgent_on_escalation, flag(),
      "a planner may order a dedicated truck for a short order");
    v("proactive", p.proactive, flag(), "rebalance before the scheduled trucks leave");
    v("donor_keeps", p.donor_keeps_days, days(), "cover that stays at the donor");
    v("receiver_below", p.receiver_below_days, days(), "cover below which a site asks for stock");
    v("auto_value_limit", p.auto_value_limit, money(), "transfers above this value wait for an approval");
}

template <class V>
void describe(V& v, models::Strategy& p) {
    v("title", p.title, text(), "name for reports");
    v("description", p.description, text(), "what it does, in a sentence or two, for reports");
    v.policy("replenishment", p.replenishment, kReplenishmentPolicies, "when and how much to order");
    v.policy("priority", p.priority, kPriorityPolicies, "which order is allocated, picked and shipped first");
    v("promise", p.promise, choice({"table", "available_to_promise"}), "how an order's promised day is found");
    v("expedite_late_orders", p.expedite_late_orders, flag(),
      "top-tier orders that the ordinary carrier would deliver late go by the expedite carrier");
    v.table("workflow", p.workflow, "the life of a decision between recommendation and execution");
    v.table("waves", p.waves, "when picking starts");
    v.table("transfers", p.transfers, "stock moves between the sites");
    v.table("integration", p.integration, "how the record learns of what happened");
}

}  // namespace entrepot::scenarios

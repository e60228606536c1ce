#pragma once

#include "scenarios/describe_distributions.hpp"
#include "scenarios/describe_strategy.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for what inventory policies need: streams of orders, the rules
/// themselves, and what they should come to.
namespace entrepot::scenarios {

template <class V>
void describe(V& v, models::RateCycle& p) {
    v("period", p.period, duration().more_than(0), "of the swing");
    v("amplitude", p.amplitude, share(), "of the mean rate");
    v("shift", p.shift, duration(),
      "the swing is that far on at the start: rate 1 + amplitude sin(2 pi (t + shift) / period)");
}

template <class V>
void describe(V& v, models::RateStep& p) {
    v("from", p.from, time_of_run(), "after the start of the measured window");
    v("to", p.to, time_of_run(), "end");
    v("factor", p.factor, number(0, 1000), "of the rate");
}

template <class V>
void describe(V& v, models::RateSwitch& p) {
    v("low", p.low, number(0, 1000), "factor of the rate in the quiet state");
    v("high", p.high, number(0, 1000), "factor in the busy state");
    v("mean_low", p.mean_low, duration().more_than(0), "mean time in the quiet state, exponential");
    v("mean_high", p.mean_high, duration().more_than(0), "mean time in the busy state");
}

template <class V>
void describe(V& v, BasketPart& p) {
    v("probability", p.probability, share().more_than(0),
      "that an order of the stream is this one; those of the stream's baskets sum to 1");
    v.list("items", p.items, text(), 1, 1000, "names of the items ordered, one for each line");
    v.list("units", p.units, count(1, models::kMostLineUnits), 0, 1000, "units of each line; without it 1 each");
}

template <class V>
void describe(V& v, StreamPart& p) {
    v("site", p.site, text(), "where; without it at every site, independently");
    v("tier", p.tier, text().required(), "name of the tier whose customers order");
    v("item", p.item, text(), "of one item; without it any, by their popularity");
    v("each_item", p.each_item, flag(),
      "the time is that between two orders of one item, and each item has such orders; wants exponential times");
    v.distribution("interarrival_time", p.stream.interarrival_time, kTimeDistributions, "time between two orders",
                   Kind::Need::always);
    v("first", p.stream.first, duration(), "added to the time of the first order");
    v("lines", p.stream.lines_mean, quantity("lines/order").at_least(1).at_most(models::kMostLinesMean),
      "mean lines of an order, geometric");
    v.distribution("units", p.stream.units, kCountDistributions, "units of a line; without it 1");
    v.named("basket", p.baskets, "an order with given lines; each of the stream's orders is one of them");
    v("correlation", p.stream.correlation, number(-0.999, 0.999),
      "of an order's units with those of the order before, AR(1): their normal scores are correlated so; the units "
      "need a distribution");
    v.optional("cycle", p.stream.cycle, "the rate swings; wants exponential times");
    v.named("step", p.steps, "the rate is another one for a while; wants exponential times");
    v.optional("bursty", p.stream.bursty, "the rate jumps between two values; wants exponential times");
}

template <class V>
void describe(V& v, models::ScheduledReceipt& p) {
    v("units", p.units, count(0, 2e9), "units on order");
    v("at", p.at, duration(), "when they come, after the start of the warm-up");
}

template <class V>
void describe(V& v, PoolPart& p) {
    v.list("sites", p.sites, text(), 0, 4096, "that borrow, and lend where no lenders are named; without it all");
    v.list("lenders", p.lenders, text(), 0, 4096, "that lend; without it those that borrow");
    v("keeps", p.pool.keeps, count(0, 1e9), "units of an item that a lender keeps for its own customers");
    v.distribution("transit", p.pool.transit, kTimeDistributions,
                   "from the lender's shelf to the borrower's; without it at once");
    v("per_unit", p.pool.per_unit, number(0, 1e12), "cost of a unit lent, for inventory_cost at the borrower");
}

template <class V>
void describe(V& v, MomentPart& p) {
    v("at", p.at, duration(),
      "after the start of the measured window; stock is looked at last of all that happens at that instant");
    v("since", p.since, duration(), "demand is counted from here until just before the moment");
    v("low", p.low, count(-2e9, 2e9),
      "low_at is the share of locations with at most so many units on hand less those waited for; below zero: with so "
      "many waited for or more");
}

template <class V>
void describe(V& v, StockPart& p) {
    v("site", p.scope.site, text(), "where; without it everywhere");
    v("item", p.scope.item, text(), "of one item; without it of all");
    v("class", p.scope.velocity, text(), "of the items of one class");
    v("supplier_segment", p.scope.segment, text(), "of the items of such suppliers");
    describe_levels(v, p.ordering);
    v("initial", p.terms.initial, count(0, 2e9), "units on hand at the start");
    v.named("scheduled_receipt", p.scheduled, "units of each item that are on order at the start");
    v("holding_cost", p.terms.holding_cost, number(0, 1e12), "cost of a unit on hand for a day");
    v("backorder_cost", p.terms.backorder_cost, number(0, 1e12),
      "cost of a backorder, a unit that is waited for, a day");
    v("in_transit_cost", p.terms.in_transit_cost, number(0, 1e12), "cost of a unit on its way to another site, a day");
    v("per_order", p.terms.per_order, number(0, 1e12), "cost of an order");
    v("per_unit", p.terms.per_unit, number(0, 1e12), "cost of a unit ordered");
    v("per_lost_unit", p.terms.per_lost_unit, number(0, 1e12), "cost of a unit that a customer cancels");
    v("cost_at_close", p.terms.cost_at_close, flag(),
      "holding and shortage of what stands at midnight, not of the mean over time");
}

template <class V>
void describe(V& v, Expectation& p) {
    v("strategy", p.strategy, text(), "whose result; without it the first one's");
    v("kpi", p.kpi, text().required(),
      "which, such as line_fill, or of the business case npv, irr, roi, payback, discounted_payback");
    v("site", p.site, text(), "of one site");
    v("tier", p.tier, text(), "of one tier");
    v("phase", p.phase, text(), "of one phase");
    v("moment", p.moment, text(), "at one moment, of the KPIs that have moments");
    v("factor", p.factor, number(-1e12, 1e12), "the KPI's value times this is compared");
    v("expected", p.expected, number(-1e15, 1e15).if_asked(), "published or exact value; this, bounds, or `never`");
    v("at_least", p.at_least, number(-1e15, 1e15).if_asked(),
      "published or exact lower bound, in place of `expected`; without a tolerance: the 95 % interval must reach it");
    v("at_most", p.at_most, number(-1e15, 1e15).if_asked(), "the same of an upper bound; both may be given");
    v("never", p.never, flag(),
      "of payback and discounted_payback: the cash flow doesn't pay back; without a tolerance");
    v("relative", p.relative, share().more_than(0).if_asked(), "tolerance, of the expected value; this or `absolute`");
    v("absolute", p.absolute, number(0, 1e15).more_than(0).if_asked(), "tolerance in the value's unit");
    v("source", p.source, text().required(), "where the value comes from");
}

template <class V>
void describe(V& v, Band& p) {
    v("kpi", p.kpi, text().required(), "which, such as line_fill");
    v("site", p.site, text(), "of one site");
    v("tier", p.tier, text(), "of one tier");
    v("phase", p.phase, text(), "of one phase");
    v("at_least", p.at_least, number(-1e15, 1e15).if_asked(), "lower end, in the KPI's unit; shares as 0.93");
    v("at_most", p.at_most, number(-1e15, 1e15).if_asked(), "upper end; one of them, or both");
    v("source", p.source, text().required(), "where it was seen: own records, or what is published");
}

}  // namespace entrepot::scenarios

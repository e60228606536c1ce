#pragma once

#include "scenarios/describe_distributions.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for what stock rules need: streams of orders, the rules themselves,
/// and what they should come to.
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
void describe(V& v, StreamPart& p) {
    v("site", p.site, text(), "where; without it at every site, independently");
    v("tier", p.tier, text().required(), "name of the tier whose customers order");
    v("item", p.item, text(), "of one item; without it any, by their popularity");
    v("each_item", p.each_item, flag(),
      "the time is that between two orders of one item, and each item has such orders; wants exponential times");
    v.law("between", p.stream.between, kTimeLaws, "time between two orders", Kind::Need::always);
    v("first", p.stream.first, duration(), "added to the time of the first order");
    v("lines", p.stream.lines_mean, quantity("lines/order").at_least(1).at_most(models::kMostLinesMean),
      "mean lines of an order, geometric");
    v.law("units", p.stream.units, kCountLaws, "units of a line; without it 1");
    v("correlation", p.stream.correlation, number(-0.999, 0.999),
      "of an order's units with those of the order before, AR(1): their normal scores are correlated so; wants a law "
      "of "
      "the units");
    v.optional("cycle", p.stream.cycle, "the rate swings; wants exponential times");
    v.named("step", p.steps, "the rate is another one for a while; wants exponential times");
    v.optional("bursty", p.stream.bursty, "the rate jumps between two values; wants exponential times");
}

template <class V>
void describe(V& v, models::SecondSource& p) {
    v("up_to", p.up_to, number(-1e9, 1e9),
      "level of on hand less waiting and what this source owes, restored at each look; without it none");
    v("looks_ahead", p.looks_ahead, duration(),
      "what the first source is due to bring within so long, by its mean time, counts for up_to as well");
    v("share", p.share, share(), "of the orders that go here instead, such as what a repair shop can mend");
    v.law("time", p.time, kTimeLaws, "from order to stock");
    v("per_unit", p.per_unit, number(0, 1e12), "cost of a unit");
}

template <class V>
void describe(V& v, models::DemandForecast& p) {
    v("last", p.last, count(1, 10'000), "periods between reviews whose mean demand is the forecast (moving average)");
    v("smoothing", p.smoothing, share(),
      "weight of the newest period in the forecast (exponential smoothing), in place of the moving average; 0 = none");
    v("cover", p.cover, number(0, 1e4), "the level is the forecast of so many periods");
    v("added", p.added, number(-1e9, 1e9), "units added to the level, such as safety stock");
    v("demand", p.demand, choice({"orders", "customers"}),
      "what is forecast: what is ordered here, or what customers want here and at all sites that order from here");
}

template <class V>
void describe(V& v, models::ScheduledReceipt& p) {
    v("units", p.units, count(0, 2e9), "units on order");
    v("at", p.at, duration(), "when they come, after the start of the warm-up");
}

template <class V>
void describe(V& v, models::LevelShift& p) {
    v("from", p.from, time_of_run(), "after the start of the measured window");
    v("to", p.to, time_of_run(), "end");
    v("every", p.every, duration(), "and again after so long; 0 = once");
    v("added", p.added, number(-1e9, 1e9), "units added to reorder_point and order_up_to");
}

template <class V>
void describe(V& v, PoolPart& p) {
    v.list("sites", p.sites, text(), 0, 4096, "members; without it all sites");
    v("keeps", p.pool.keeps, count(0, 1e9), "units of an item that a lender keeps for its own customers");
    v.law("transit", p.pool.transit, kTimeLaws, "from the lender's shelf to the borrower's; without it at once");
    v("per_unit", p.pool.per_unit, number(0, 1e12), "cost of a unit lent, for inventory_cost at the borrower");
}

template <class V>
void describe(V& v, MomentPart& p) {
    v("at", p.at, duration(),
      "after the start of the measured window; stock is looked at last of all that happens at that instant");
    v("since", p.since, duration(), "demand is counted from here until just before the moment");
}

template <class V>
void describe(V& v, StockPart& p) {
    v("site", p.site, text(), "where; without it everywhere");
    v("item", p.item, text(), "of one item; without it of all");
    v("reorder_point", p.rule.reorder_point, number(-1e9, 1e9),
      "orders when the inventory position is at or below it; without it only by always, forecast or second.up_to");
    v("order_up_to", p.rule.order_up_to, number(-1e9, 1e9), "level that an order restores");
    v("quantity", p.rule.quantity, count(0, 1e9), "fixed order quantity, and its multiples; 0 = up to the level");
    v("always", p.rule.always, count(0, 1e9), "units ordered at every review, whatever the stock");
    v.optional("second", p.rule.second, "a second source that delivers straight to the site");
    v("review", p.rule.review, duration(), "time between two looks; 0 = at every change");
    v("first_review", p.rule.first_review, duration(), "after the start of the warm-up");
    v("source", p.source, text(),
      "a site that supplies, which has a rule of its own below this one; without it the item's supplier");
    v.law("transit", p.rule.transit, kTimeLaws, "from that site");
    v("initial", p.rule.initial, count(0, 2e9), "units on hand at the start");
    v.named("scheduled_receipt", p.scheduled, "units of each item that are on order at the start");
    v.named("season", p.shifts, "a span of time in which the levels are other ones");
    v.optional("forecast", p.rule.forecast,
               "the level that each review restores follows a forecast; in place of reorder_point; before the first "
               "period is over, the level is order_up_to");
    v("holding", p.rule.holding, number(0, 1e12), "cost of a unit on hand for a day");
    v("shortage", p.rule.shortage, number(0, 1e12), "cost of a unit waited for, a day");
    v("in_transit", p.rule.in_transit, number(0, 1e12), "cost of a unit on its way to another site, a day");
    v("per_order", p.rule.per_order, number(0, 1e12), "cost of an order");
    v("per_unit", p.rule.per_unit, number(0, 1e12), "cost of a unit ordered");
    v("per_lost_unit", p.rule.per_lost_unit, number(0, 1e12), "cost of a unit that a customer cancels");
    v("cost_at_close", p.rule.cost_at_close, flag(),
      "holding and shortage of what stands at midnight, not of the mean over time");
}

template <class V>
void describe(V& v, Expectation& p) {
    v("strategy", p.strategy, text(), "whose result; without it the first one's");
    v("kpi", p.kpi, text().required(),
      "which, such as line_fill, or of the business case npv, irr, roi, payback, "
      "discounted_payback");
    v("site", p.site, text(), "of one site");
    v("tier", p.tier, text(), "of one tier");
    v("phase", p.phase, text(), "of one phase");
    v("moment", p.moment, text(), "at one moment, of the KPIs that have moments");
    v("factor", p.factor, number(-1e12, 1e12), "the KPI's value times this is compared");
    v("expected", p.expected, number(-1e15, 1e15).if_asked(), "published or exact value; this, or `never`");
    v("never", p.never, flag(),
      "of payback and discounted_payback: the cash flow doesn't pay back; without a tolerance");
    v("relative", p.relative, share().more_than(0).if_asked(), "tolerance, of the expected value; this or `absolute`");
    v("absolute", p.absolute, number(0, 1e15).more_than(0).if_asked(), "tolerance in the value's unit");
    v("source", p.source, text().required(), "where the value comes from");
}

}  // namespace entrepot::scenarios

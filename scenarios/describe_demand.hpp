#pragma once

#include "scenarios/describe_distributions.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for demand: described, recorded, and what happens to it.
namespace entrepot::scenarios {

template <class V>
void describe(V& v, ChannelPart& p) {
    v("orders", p.orders, quantity("orders/d").at_most(100'000),
      "of the network on a business day: a fifth of a week's");
    v("lines", p.lines_per_order, quantity("lines/order").at_least(1).at_most(models::kMostLinesMean),
      "mean lines of an order, geometric");
    v("units", p.units_per_line, quantity("units/line").at_least(1), "mean units of a line");
    v("units_cv2", p.units_cv2, number(0, 100), "squared coefficient of variation of the units of a line");
    v.list("weekdays", p.weekdays, number(0, 1e6).if_asked(), 7, 7, "weights of the days of a week, from Monday");
    v.list("hours", p.hours, number(0, 1e6).if_asked(), 24, 24, "weights of the hours of a day, from midnight");
    v("margin", p.margin, share().at_most(0.99), "of the price: price = cost / (1 - margin)");
}

template <class V>
void describe(V& v, models::DemandNoise& p) {
    v("sigma", p.sigma, number(0, 3), "of the logarithm of the factor that all items of a region share on a day");
    v("regional_correlation", p.regional_correlation, share(), "of the factors of two regions");
}

template <class V>
void describe(V& v, models::ReturnTerms& p) {
    v("share", p.share, share(), "of the lines that are sent back, as a whole");
    v.distribution("time", p.time, kTimeDistributions,
                   "from leaving the site until they are back at its dock, where people receive them as other goods");
    v("restocked", p.restocked, share(),
      "of these lines that are sold again, once they have been looked at; others are scrapped");
    v("handling", p.handling, money(), "per line that is sent back: the way back, and looking at it");
}

template <class V>
void describe(V& v, TierPart& p) {
    v("title", p.caption.title, text(), "name for reports");
    v("description", p.caption.description, text(), "who they are, in a sentence, for reports");
    v("channel", p.tier.channel, choice({"b2b", "ecommerce"}), "sales channel");
    v("share", p.share, share(), "of the channel's orders; the shares of a channel's tiers sum to 1");
    v("rank", p.tier.rank, count(0, 100), "for priority rules; 0 is served first");
    v("promise_business_days", p.tier.promise_business_days, count(0, 100), "from the order to the promised day");
    v("order_cutoff", p.tier.order_cutoff_minute, clock().at_most(1439),
      "for the promise, what is ordered from then on counts as the next business day's; without it none does");
    v("early_days", p.tier.early_days, count(0, 366),
      "for promise_accuracy: a delivery so many days before the promised one keeps the promise, an earlier one is in "
      "the way of who has asked for the day; \"none\" = however early it comes");
    v("promise_after_receipt", p.tier.promise_after_receipt, count(0, 100),
      "business days from the expected receipt of what the record lacks to the promised day, for the promise "
      "available_to_promise: one to receive and pick and one to drive, judgement");
    v("accounts", p.tier.accounts, count(0, 1e6),
      "customers at each site, who place its orders; 0 = each order is another customer's");
    v("account_concentration", p.tier.account_concentration, number(0, 5),
      "the k-th largest of them places orders in proportion to 1/k to this power: 0 = all alike, 1 is Zipf's law");
    v("otif_target", p.tier.otif_target, share(),
      "share of the tier's orders that the contract wants on time in full: the KPI otif_over_target says how far it "
      "was kept; penalties are charged by order, whether it was or not; 0 = none");
    v("penalty_share", p.tier.penalty_share, share(), "of the late or short value at cost");
    v("penalty_fixed", p.tier.penalty_fixed, money(), "per order that isn't on time in full");
    v("refund", p.tier.refund, money(), "per order delivered late, or never; not for one that the customer cancelled");
    v("backorder_probability", p.tier.backorder_probability, share(),
      "that a customer takes a backorder for what a line is short of, and waits");
    v("patience_median", p.tier.patience_median, duration(), "patience of those who wait, lognormal; 0 is without end");
    v("patience_sigma", p.tier.patience_sigma, number(0, 5),
      "standard deviation of its logarithm; with 0.5 two of three wait between 0.6 and 1.65 times the median, "
      "judgement");
    v.distribution("patience", p.tier.patience, kTimeDistributions,
                   "patience by a distribution, in place of patience_median and patience_sigma");
    v("backorder_limit", p.tier.backorder_limit, count(0, 2e9),
      "a customer takes no backorder where the item would then have more backorders than this; \"none\" = no limit");
    v("accepts_substitute", p.tier.accepts_substitute, share(),
      "that a customer takes another item of the group for a line that is short, where a strategy's substitution has "
      "it offered");
    v("whole_lines", p.tier.whole_lines, flag(), "a line is served as a whole, after those that wait for its item");
    v("critical_level", p.tier.critical_level, count(0, 1e9),
      "units of each item's stock that are kept for other tiers");
    v("per_lost_unit", p.tier.per_lost_unit, number(0, 1e12),
      "cost of a unit that the tier's customers cancel, for inventory_cost, beside that of [stock.NAME]");
    v("per_short_unit", p.tier.per_short_unit, number(0, 1e12),
      "cost of a unit that they begin to wait for, once and however long they wait, for inventory_cost");
    v("escalation_probability", p.tier.escalation_probability, share(), "that a short or late order is escalated");
    v("escalates_on_the_way", p.tier.escalates_on_the_way, flag(),
      "the same of an order all of which has left, and is late on its way; judgement: customers follow the parcel");
    v("escalation_if_told", p.tier.escalation_if_told, share(),
      "the same of customers who count on a notice's new day, until it passes, too; \"none\" = as without a notice");
    v("patience_if_told", p.tier.patience_if_told, number(1, 100), "patience of these customers over that of others");
    v.table("returns", p.tier.returns, "goods that its customers send back");
    v.distribution("pick_time", p.tier.pick_time, kTimeDistributions,
                   "time of a pick for the tier's orders, in place of the site's");
}

template <class V>
void describe(V& v, HoldPart& p) {
    v("reason", p.hold.reason, choice({"credit", "data"}),
      "credit: the customer's account, for rights.credit_hold to clear; data: something in the order isn't clear, for "
      "rights.data_hold");
    v.list("tiers", p.tiers, text(), 0, 100, "whose orders; none = all");
    v("share", p.hold.share, share(), "of these orders");
    v("whole_account", p.hold.whole_account, flag(),
      "while an order is held for it, so is all that its account orders at the site meanwhile, and is cleared with it; "
      "needs tiers with accounts");
    v("clears_median", p.hold.clears_median, duration(),
      "until what was wrong is put right, so that the order can be cleared, lognormal");
    v("clears_sigma", p.hold.clears_sigma, number(0, 5), "standard deviation of its logarithm; judgement");
}

template <class V>
void describe(V& v, HistoryColumns& p) {
    v("date", p.date, text(), "header of its column; without it, one of week_start, week, date, day, month");
    v("warehouse", p.warehouse, text(), "the same of warehouse, site");
    v("item", p.item, text(), "of item, product, sku");
    v("units", p.units, text(), "of units, quantity");
    v("price", p.price, text(), "of price");
}

template <class V>
void describe(V& v, History& p) {
    v("file", p.file, text(),
      "CSV, relative to this file: week_start, date or month; warehouse (unless there is only one); item, product or "
      "sku; units; optionally price");
    v("price_file", p.price_file, text(),
      "CSV of prices: item, price, and optionally dates and warehouses; a price holds until the next one");
    v.table("columns", p.columns, "headers of the files' columns");
    v("rows", p.rows, choice({"auto", "daily", "weekly", "monthly"}),
      "what a row stands for; auto: a week in a column week_start or week, a month in a column month, else as the "
      "dates' distances show");
    v("decimal", p.decimal, choice({"auto", "point", "comma"}),
      "the sign before a number's fraction; auto: as the file's numbers show");
    v("date_order", p.date_order, choice({"auto", "day_first", "month_first"}),
      "of dates such as 19/01/2026; auto: as a day above 12 in the file's column shows");
    v("mode", p.mode, choice({"replay", "rates"}),
      "replay: the file's units exactly; rates: random orders at its rates");
    v.list("sites", p.sites, text(), 0, 4096,
           "warehouses of the file in the order of the scenario's sites; without it, by the sites' history_name");
    v("ecommerce_share", p.ecommerce_share, share(), "of the units; each channel orders on its own weekdays");
    v("seasonal_ratio", p.seasonal_ratio, number(1, 100),
      "an item is seasonal when its best four weeks are that many times its mean week, in what was known on day 0");
    v("margin", p.margin, share().at_most(0.99), "cost = price known on day 0 x (1 - margin)");
    v("default_price", p.default_price, money().more_than(0), "of items without a price in the file");
}

template <class V>
void describe(V& v, Demand& p) {
    v.table("b2b", p.b2b, "contract customers");
    v.table("ecommerce", p.ecommerce, "consumers");
    v.table("noise", p.noise, "variation from day to day");
    v.optional("history", p.history, "recorded demand in place of the described one");
}

template <class V>
void describe_announcement(V& v, Announcement& p) {
    v("known_to_forecast", p.known, share(),
      "of the change that forecasting services are told of and add to what the record says; 0 = they find it there");
    v("told_on", p.on_day, days().at_least(-1e4),
      "day of the measured window on which they are told; without it they know it from the start of the warm-up");
}

template <class V>
void describe(V& v, Spike& p) {
    v("start", p.start_days, days(), "after the start of the measured window");
    v("ramp", p.ramp_days, days(), "linear rise to the peak");
    v("plateau", p.plateau_days, days(), "time at the peak");
    v("halflife", p.halflife_days, days().more_than(0), "of the exponential decay");
    v.by_name("peak", p.peak, number(0, 100), "multiplier of the seasonal items' demand, by site");
    v("ecommerce_extra", p.ecommerce_extra, number(0, 100),
      "the excess over 1 is that many times larger in e-commerce");
    describe_announcement(v, p.told);
}

template <class V>
void describe(V& v, Burst& p) {
    v("day", p.day, whole_days(), "after the start of the measured window");
    v("tier", p.tier, text().required(), "whose orders");
    v("orders", p.orders, number(0, 500'000), "mean number of orders");
    v("lines", p.lines_per_order, quantity("lines/order").at_least(1).at_most(models::kMostLinesMean),
      "mean lines of an order");
    v("at", p.at, text().required(), "site with most of them");
    v("share_at", p.share_at, share(), "that site's share; the rest goes to the others by their share");
}

template <class V>
void describe(V& v, ChannelShift& p) {
    v("day", p.day, whole_days(), "when it begins, after the start of the measured window");
    v("duration", p.days, days(), "until all of it has moved, evenly; 0 = a step");
    v("points", p.points, share().at_least(-1),
      "share of all units that moves from b2b to e-commerce, below 0 the other way; the units of each item stay as "
      "many");
}

template <class V>
void describe(V& v, Promotion& p) {
    v("day", p.day, whole_days(), "first day, after the start of the measured window");
    v("duration", p.days, whole_days().at_least(1), "length");
    v("lift", p.lift, number(1, 100), "multiplier of the promoted items' demand");
    v("items", p.item_share, share(), "share of the items, drawn from all classes");
    v("dip", p.dip, share(), "multiplier of their usual demand afterwards: who has stocked up buys less; 1 = none");
    v("dip_duration", p.dip_days, whole_days().at_least(1), "so long; judgement");
    describe_announcement(v, p.told);
}

}  // namespace entrepot::scenarios

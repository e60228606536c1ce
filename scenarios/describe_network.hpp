#pragma once

#include "scenarios/describe_distributions.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for what the network consists of, and what goes wrong in it.
namespace entrepot::scenarios {

template <class V>
void describe(V& v, models::Shift& p) {
    v("start", p.start_hour, clock_hour(), "full hour");
    v("end", p.end_hour, clock_hour(), "full hour, the same day");
}

template <class V>
void describe(V& v, SitePart& p) {
    v("title", p.caption.title, text(), "name for reports");
    v("description", p.caption.description, text(), "what is to be known of it, in a sentence, for reports");
    v("share", p.share, share(), "of the network's demand; the sites' shares sum to 1");
    v("history_name", p.history_name, text(), "the site's name in a history; without it, its own");
    v("latitude", p.site.latitude, number(-90, 90), "degrees north");
    v("longitude", p.site.longitude, number(-180, 180), "degrees east");
    v("handling", p.site.handling, choice({"people", "at_once"}),
      "who moves goods: people in shifts, or nobody, all at once");
    v("ships_at_once", p.site.ships_at_once, flag(), "what is picked is with the customer: no carriers");
    v.law("pick_time", p.site.pick_time, kTimeLaws, "time of a pick, in place of the pick rate");
    v("breakdowns", p.site.breakdowns_per_busy_hour, number(0, 1e6), "of a picker's equipment in an hour of picking");
    v.law("repair", p.site.repair, kTimeLaws, "time that a breakdown adds to the pick");
    v("pickers", p.site.pickers, count(0, 100'000), "people of a day, dealt evenly to its shifts");
    v("receivers", p.site.receivers, count(0, 10'000), "people on each shift");
    v("picks_on_saturday", p.site.picks_on_saturday, flag(), "with half of each shift's people");
    v("pick_rate", p.site.pick_lines_per_hour, quantity("lines/h").more_than(0).if_asked(), "of one productive person");
    v("receive_rate", p.site.receive_lines_per_hour, quantity("lines/h").more_than(0).if_asked(), "of one receiver");
    v("productive_share", p.site.productive_share, share().more_than(0), "productive hours of a shift over its hours");
    v("overtime_max", p.site.overtime_max_hours, hours().at_most(12), "per shift and person");
    v("overtime_trigger", p.site.overtime_trigger, number(0, 100),
      "people stay when the work left exceeds this share of a shift's capacity");
    v("overtime_rate_factor", p.site.overtime_rate_factor, number(0, 2).more_than(0),
      "pick rate in overtime over normal");
    v("overtime_pay_factor", p.site.overtime_pay_factor, number(1, 10), "overtime wage over normal");
    v("wage", p.site.wage_per_hour, money("h"), "loaded wage");
    v("absence", p.site.absence, share(), "probability that a person is absent on a day");
    v.list("dock_to_stock", p.site.dock_to_stock, duration(), 3, 3, "least, most likely and greatest time, triangular");
    v("miscount", p.site.miscount_per_item_day, share(), "probability of an unseen loss or find, per item and day");
    v("seasonal_bias", p.site.seasonal_bias, number(-1, 10),
      "error of the site's spreadsheets for seasonal items, and so of their opening stock: 0.6 is 60 % too much");
    v.named("shift", p.shifts, "a shift of the day; without any 06:00-14:00 and 14:00-22:00");
}

template <class V>
void describe(V& v, TierPart& p) {
    v("title", p.caption.title, text(), "name for reports");
    v("description", p.caption.description, text(), "who they are, in a sentence, for reports");
    v("channel", p.tier.channel, choice({"b2b", "ecommerce"}), "sales channel");
    v("share", p.share, share(), "of the channel's orders; the shares of a channel's tiers sum to 1");
    v("rank", p.tier.rank, count(0, 100), "for priority rules; 0 is served first");
    v("promise_business_days", p.tier.promise_business_days, count(0, 100), "from the order to the promised day");
    v("otif_target", p.tier.otif_target, share(),
      "share of the tier's orders that the contract wants on time in full: the KPI otif_over_target says how far it "
      "was kept; penalties are charged by order, whether it was or not; 0 = none");
    v("penalty_share", p.tier.penalty_share, share(), "of the late or short value at cost");
    v("penalty_fixed", p.tier.penalty_fixed, money(), "per order that isn't on time in full");
    v("refund", p.tier.refund, money(), "per order delivered late, or never; not for one that the customer cancelled");
    v("wait_probability", p.tier.wait_probability, share(), "that a customer waits for a short line");
    v("wait_median", p.tier.wait_median, duration(),
      "patience of those who wait, lognormal with sigma 0.5; 0 is without end");
    v.law("patience", p.tier.patience, kTimeLaws, "the same by a law of its own");
    v("wait_limit", p.tier.wait_limit, count(0, 2e9),
      "nobody waits where, with what he is short of, more units of the item were waited for; \"none\" = no limit");
    v("whole_lines", p.tier.whole_lines, flag(), "a line is served as a whole, after those that wait for its item");
    v("reserve", p.tier.reserve, count(0, 1e9), "units of each item's stock that are kept for other tiers");
    v("escalation_probability", p.tier.escalation_probability, share(), "that a short or late order is escalated");
    v.law("pick_time", p.tier.pick_time, kTimeLaws, "time of a pick for the tier's orders, in place of the site's");
}

template <class V>
void describe(V& v, ClassPart& p) {
    v("items", p.item_share, share(), "share of the items; the classes' shares sum to 1");
    v("volume", p.volume_share, share(), "share of the demand; the classes' shares sum to 1");
    v("cost_factor", p.cost_factor, number(0, 1e3).more_than(0), "unit cost over the items' mean");
    v("popularity_sigma", p.popularity_sigma, number(0, 3), "spread of demand within the class, of the logarithm");
    v("seasonal", p.seasonal_share, share(), "share of the items that are seasonal");
    v("seasonal_popularity", p.seasonal_popularity, number(0.01, 100),
      "in a calm season, demand of a seasonal item over that of others in the class");
    v("minimum_order", p.minimum_order_days, days(),
      "smallest purchase line, in days of an item's demand at a mean site");
    v("initial_cover", p.initial_cover_days, days(), "opening stock, in days of demand");
    v("cycle_count", p.cycle_count_interval, duration(), "time between counts of a stock record; 0 = never");
}

template <class V>
void describe(V& v, Items& p) {
    v("count", p.count, count(1, 1'000'000), "number of made-up items");
    v("file", p.file, text(),
      "CSV of items in place of made-up ones, relative to this file: item, class, cost, and "
      "optionally weight, popularity, seasonal, pack, minimum_order, supplier, b2b_price, "
      "ecommerce_price");
    v("unit_cost", p.unit_cost, money().more_than(0), "mean");
    v("unit_cost_sigma", p.unit_cost_sigma, number(0, 3), "spread between items, of the logarithm");
    v("weight", p.weight_lb, pounds(), "mean of one unit");
    v("weight_sigma", p.weight_sigma, number(0, 3), "spread between items, of the logarithm");
    v.list("packs", p.packs, count(1, 1'000'000), 1, 20, "pack sizes, units");
    v.list("pack_shares", p.pack_shares, share(), 1, 20, "share of the items with each; they sum to 1");
    v("seed", p.seed, count(0, 4294967295.0), "of the made-up attributes, the same in all replications");
}

template <class V>
void describe(V& v, Suppliers& p) {
    v("confirm_api", p.confirm_api, share(), "share of the suppliers that confirm by an interface");
    v("confirm_edi", p.confirm_edi, share(), "by EDI batches");
    v("confirm_email", p.confirm_email, share(), "by e-mail; the three sum to 1");
    v("record_sigma", p.record_sigma, number(0, 3), "error of the lead time on record, of the logarithm");
    v("record_biased_share", p.record_biased_share, share(), "share of suppliers with a biased lead time on record");
    v("record_bias", p.record_bias, number(-0.95, 10), "relative bias of those: -0.3 is 30 % too short");
}

template <class V>
void describe(V& v, SupplierSegment& p) {
    v("count", p.count, count(1, 60'000), "suppliers, named NAME#1, NAME#2, ...");
    v("items", p.item_share, share(), "share of the items; the segments' shares sum to 1");
    v("lead_time", p.terms.lead_time_mean, duration().more_than(0), "mean, from order to dock");
    v("lead_time_cv", p.terms.lead_time_cv, number(0, 5), "coefficient of variation, lognormal");
    v("on_time", p.terms.on_time, share(), "share of lines that aren't delayed further");
    v("delay", p.terms.delay_mean, duration(), "mean further delay of a late line, exponential");
    v("in_full", p.terms.in_full, share(), "share of lines that come complete; the others bring 40-90 %");
    v("expedite_premium", p.terms.expedite_premium, share().at_most(10), "of the line's value");
    v("expedite_lead_factor", p.terms.expedite_lead_factor, share(), "of the lead time that is left");
    v("capacity_factor", p.terms.capacity_factor, number(0, 1000),
      "deliveries it can make over our usual demand; 0 = no limit");
    v.law("request_time", p.terms.lead_time, kTimeLaws,
          "of what stock rules request: from request to stock, at any hour; without it the mean above");
    v.law("preparation", p.terms.preparation, kTimeLaws,
          "of what stock rules request: before it needs a server; servers take what is prepared first");
    v("servers_by_site", p.terms.servers_by_site, flag(), "each site has servers of its own, such as trucks");
    v("servers", p.terms.servers, count(0, 100'000),
      "so many requests of stock rules take their time at once, the others wait; 0 = all");
    v("lot", p.terms.lot, count(0, 1e9), "a stock rule's request is made in lots of so many units; 0 = whole");
    v("yield", p.terms.yield, share().more_than(0),
      "of what stock rules request: probability of each unit to be good; the others never come");
    v.law("up", p.terms.up, kTimeLaws, "time that it works before it stands still, for stock rules");
    v.law("down", p.terms.down, kTimeLaws,
          "time that it stands still: nothing is begun, what is being made is finished");
    v("stops_work", p.terms.stops_work, flag(),
      "while it stands still, what is being made waits, too, and goes on after");
}

template <class V>
void describe(V& v, CarrierPart& p) {
    v("channel", p.carrier.channel, choice({"b2b", "ecommerce"}),
      "whose orders it carries; the first listed comes first");
    v("expedite", p.carrier.expedite, flag(), "the fast service of all channels");
    v("cutoff", p.carrier.cutoff_minute, clock().at_most(1439), "what is staged by then leaves that day");
    v("on_saturday", p.carrier.on_saturday, flag(), "leaves on Saturdays too");
    v("on_time", p.carrier.on_time, share(), "share of shipments without delay");
    v.list("transit", p.carrier.transit_days, share(), 1, 30,
           "probabilities of 1, 2, 3, ... business days; they sum to 1");
    v("capacity", p.capacity, share().at_most(1e6),
      "daily shipments at a site, of its channel's (expedite: of all) mean daily orders: 1.2 or \"120 %\"");
    v("per_shipment", p.carrier.per_shipment, money(), "price of a shipment");
    v("per_lb", p.carrier.per_lb, money("lb"), "price of its weight");
    v("cost_factor", p.carrier.cost_factor, number(0, 100), "multiplies both prices");
}

template <class V>
void describe(V& v, Lane& p) {
    v("from", p.from, text().required(), "site");
    v("to", p.to, text().required(), "site");
    v("lead", p.lead_days, days().more_than(0), "in both directions unless the other is given too");
}

template <class V>
void describe(V& v, TransferPart& p) {
    v.list("truck_days", p.truck_weekdays, weekday(), 1, 7, "days on which the scheduled trucks leave");
    v("per_pallet", p.terms.per_pallet, money(), "scheduled truck");
    v("units_per_pallet", p.terms.units_per_pallet, quantity("units/pallet").more_than(0), "mean");
    v("handling", p.terms.handling, money(), "per pallet at each end");
    v("urgent_cost_factor", p.terms.urgent_cost_factor, number(1, 100), "dedicated truck over scheduled");
    v("urgent_lead_factor", p.terms.urgent_lead_factor, share().more_than(0), "its lead time over the scheduled");
    v("speed", p.miles_per_day, quantity("miles/d").more_than(0), "of a truck, for lead times by distance");
    v("loading", p.loading_days, days(), "added to the drive");
    v("road_factor", p.road_factor, number(1, 5), "road miles over great-circle miles");
    v("least_lead", p.least_days, days(), "least lead time of a lane");
    v("most_lead", p.most_days, days(), "greatest lead time of a lane by distance");
    v.named("lane", p.lanes, "a lane whose lead time isn't the distance's");
}

template <class V>
void describe(V& v, InitialPart& p) {
    v("staleness_sigma", p.staleness_sigma, number(0, 3), "spread of the opening cover, of the logarithm");
    v("misplaced_share", p.misplaced_share, share(), "of each opening stock that lies at another site");
}

template <class V>
void describe(V& v, models::Office& p) {
    v("planners", p.planners, count(0, 10'000), "people in procurement");
    v("service_agents", p.service_agents, count(0, 10'000), "people in customer service");
    v("productive_hours", p.productive_hours, hours().more_than(0).at_most(8), "of a person on a business day");
    v("start", p.start_hour, clock_hour().at_most(16), "the office opens");
    v("planner_cost", p.planner_cost_per_hour, money("h"),
      "of a planner, loaded: what the business case counts for an hour saved, unless finance.planner_rate says "
      "otherwise");
    v("agent_cost", p.agent_cost_per_hour, money("h"), "the same of customer service");
    v("per_line", p.minutes_per_line, minutes(), "planner's work on a purchase line by hand");
    v("per_review", p.minutes_per_review, minutes(), "planner's check of a recommended line");
    v("per_exception", p.minutes_per_exception, minutes(), "planner's work on an exception");
    v("per_escalation", p.agent_minutes_per_escalation, minutes(), "agent's work on an escalation");
}

template <class V>
void describe(V& v, DisturbancePart& p) {
    v("kind", p.kind, choice({"supplier_slip", "carrier_capacity", "absence"}), "what is disturbed");
    v("day", p.day, whole_days(), "first day, after the start of the measured window");
    v("duration", p.days, whole_days().at_least(1), "length");
    v("supplier", p.supplier, text(), "supplier_slip: which, such as dom_std#3");
    v("carrier", p.carrier, text(), "carrier_capacity: which");
    v("site", p.site, text(), "carrier_capacity and absence: where");
    v("factor", p.factor, number(0, 100),
      "lead time multiplier; capacity multiplier; probability added to the absence");
}

}  // namespace entrepot::scenarios

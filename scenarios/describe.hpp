#pragma once

#include "scenarios/describe_rules.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The scenario language, key by key: the one place in which a key, its member, unit, range and meaning stand. The
/// reader, the writer of the canonical text and the reference page are visitors of these functions.
///
/// A visitor `v` offers
///   v(key, member, kind, meaning)                 a value
///   v.list(key, member, kind, least, most, ..)    a list of `least` to `most` values
///   v.by_class(key, member, kind, meaning)        one value for each velocity class, or one for all
///   v.by_name(key, member, kind, meaning)         values by name
///   v.table(key, member, meaning)                 a part; v.optional: one that may be missing
///   v.named(key, member, meaning, defaults)       parts by name, [key.NAME]; `defaults` names a table that all share
///   v.entities(key, member, meaning, defaults)    the same of what the network consists of: a file that adds one to
///   those
///                                                 of its base says so
///   v.policy(key, member, policies, meaning)      a table whose `policy` chooses its struct
///   v.law(key, member, laws, meaning, need)       the same with `law`; may be missing, unless `need` says always
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

// -----------------------------------------------------------------------------------------------------------
// strategies

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

// ------------------------------------------------------------------------------------------------- network and its
// parts

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
      "dates' "
      "distances show");
    v("decimal", p.decimal, choice({"auto", "point", "comma"}),
      "the sign before a number's fraction; auto: as the file's numbers show");
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

// ------------------------------------------------------------------------------------------------ what happens to
// demand

template <class V>
void describe(V& v, Spike& p) {
    v("start", p.start_days, days(), "after the start of the measured window");
    v("ramp", p.ramp_days, days(), "linear rise to the peak");
    v("plateau", p.plateau_days, days(), "time at the peak");
    v("halflife", p.halflife_days, days().more_than(0), "of the exponential decay");
    v.by_name("peak", p.peak, number(0, 100), "multiplier of the seasonal items' demand, by site");
    v("ecommerce_extra", p.ecommerce_extra, number(0, 100),
      "the excess over 1 is that many times larger in e-commerce");
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
void describe(V& v, Promotion& p) {
    v("day", p.day, whole_days(), "first day, after the start of the measured window");
    v("duration", p.days, whole_days().at_least(1), "length");
    v("lift", p.lift, number(1, 100), "multiplier of the promoted items' demand");
    v("items", p.item_share, share(), "share of the items, drawn from all classes");
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

// ------------------------------------------------------------------------------------------------------------ the
// whole

template <class V>
void describe(V& v, CalendarPart& p) {
    v("start", p.start, date(),
      "first day of the warm-up; \"none\" is the first date of the history, or else 2026-01-05");
    v("warmup", p.warmup_days, whole_days(), "not measured");
    v("measure", p.measure_days, whole_days().at_least(1), "the measured window");
    v("cooldown", p.cooldown_days, whole_days(),
      "lets the window's orders be due and end: what was due and never came pays, what is not due yet does not");
    v("working_days", p.working_days, count(1, 7), "of a week, from Monday");
}

template <class V>
void describe(V& v, PhasePart& p) {
    v("from", p.first_day, day_or_date(), "days after the start of the measured window, or a date");
    v("to", p.end_day, day_or_date(), "the day after the last");
    v("spike", p.spike, flag(),
      "comes now and then: what it adds to the pace of the other phases counts finance.spikes_per_year times a year");
}

template <class V>
void describe(V& v, Study& p) {
    v("replications", p.replications, count(1, 1'000'000), "of each strategy");
    v("seed", p.seed, count(0, 4294967295.0), "of all random draws");
    v.list("strategies", p.strategies, text(), 0, 100, "those to run; none = all");
    v("comparator", p.comparator, text(), "strategy with which the others are compared");
    v("precision", p.precision, share().at_most(0.99),
      "replications go on until the KPIs are known to this relative precision; 0 = as many as `replications` says");
    v.list("precision_of", p.precision_of, text(), 0, 100,
           "KPIs for it, of every strategy; difference:KPI is the difference to the comparator; none = service and "
           "cost");
    v("most_replications", p.most_replications, count(10, 1'000'000), "the cap of a run to a precision");
    v("confirm", p.confirm, count(0, 1'000'000),
      "fresh replications of comparator and best strategy, which alone tell its gain; none = as many as chose it; "
      "nothing is confirmed where there is only one alternative");
    v("antithetic", p.antithetic, flag(),
      "replications in pairs, the second drawn from 1 - u where the first is from u");
}

template <class V>
void describe(V& v, Finance& p) {
    v("capital_rate", p.capital_rate, share(),
      "carrying cost of stock a year: cost of capital, which `working_capital` says how to count");
    v("space_rate", p.space_rate, share(), "space");
    v("service_rate", p.service_rate, share(), "insurance and handling");
    v("risk_rate", p.risk_rate, share(), "obsolescence and loss");
    v("working_capital", p.working_capital, choice({"released", "charged"}),
      "what less stock is worth: `released` = its value once, and each year the carrying cost without capital; "
      "`charged` = each year the full carrying cost, and nothing once; results show the NPV of the other way beside "
      "it");
    v("discount_rate", p.discount_rate, share(), "a year");
    v("years", p.years, count(1, 30), "horizon");
    v("tax_rate", p.tax_rate, share(), "on the net benefit");
    v("after_tax", p.after_tax, flag(), "figures after tax");
    v("spikes_per_year", p.spikes_per_year, number(0, 52),
      "how often a window such as the simulated one happens; a year must have room for it so many times, without the "
      "days of calm phases: those that end before the spike");
    v("subscription", p.subscription_per_year, money("y"), "software");
    v("implementation", p.implementation, money(), "in year 0");
    v("integration", p.integration, money(), "in year 0: modern middleware");
    v("change_management", p.change_management, money(), "in year 0");
    v("run_people", p.run_people, quantity("FTE"), "who run it");
    v("run_cost", p.run_cost_per_person_year, money("y"), "of one of them");
    v.list("ramp", p.ramp, share(), 1, 30, "share of the full benefit in each year; the last one goes on");
    v("cashable_labour", p.cashable_labour_share, share(), "share of the hours saved that become cash");
    v("planner_rate", p.planner_rate, money("h"),
      "what a planner's hour saved is worth, in place of office.planner_cost; \"none\" = that");
    v("agent_rate", p.agent_rate, money("h"), "the same for customer service, in place of office.agent_cost");
    v("recapture", p.recapture, share(), "share of cancelled margin that comes back by other orders");
    v("benefit_risk", p.benefit_risk, share(), "taken off the benefits");
    v("cost_risk", p.cost_risk, share(), "put on the costs");
    v("low_spread", p.low_spread, share(),
      "low case of the tornado: the tenth percentile of a finance input lies that share of it below it; both 0 = the "
      "inputs are not doubted");
    v("high_spread", p.high_spread, number(0, 10), "high case: its ninetieth percentile lies that share above it");
    v.list("other_cash_flows", p.other_cash_flows, money().at_least(-1e15), 0, 31,
           "net cash flows of the programme that are known from elsewhere, by year from 0 (now); added as they are, "
           "without ramp, risk adjustment or tax");
    v("business_days", p.business_days_per_year, number(1, 366),
      "in a year, to whose length effects in the window are scaled: 255 with 5 working days a week are 357 calendar "
      "days; \"none\" = 365 days, without holidays");
}

template <class V>
void describe(V& v, Scenario& p) {
    v("name", p.name, text(), "for results and reports");
    v("title", p.title, text(), "one line for people");
    v("currency", p.currency, text(), "ISO code; its sign may be used for $, \u20ac, \u00a3, \u00a5");
    v.table("study", p.study, "how the study is run, unless the command line says otherwise");
    v.table("calendar", p.calendar, "the horizon");
    v.named("phase", p.phases, "a part of the measured window by which results are sliced");
    v.named("moment", p.moments, "a point of time at which the stock of stock rules is looked at");
    v.entities("class", p.classes, "a velocity class of items; the order is from fast to slow");
    v.classes(p.classes);
    v.table("items", p.items, "what is sold");
    v.table("demand", p.demand, "who orders how much, when");
    v.entities("tier", p.tiers, "customers with one contract");
    v.entities("site", p.sites, "a regional warehouse and its sales region", "site_defaults");
    v.table("suppliers", p.suppliers, "what all suppliers share");
    v.entities("supplier_segment", p.segments, "suppliers of one kind", "supplier_segment_defaults");
    v.entities("carrier", p.carriers, "a carrier", "carrier_defaults");
    v.table("transfers", p.transfers, "trucks between the sites");
    v.table("initial", p.initial, "the stock on the first day of the warm-up");
    v.table("office", p.office, "people at headquarters");
    v.entities("strategy", p.strategies, "a named bundle of policies", "strategy_defaults");
    v.entities("stream", p.streams, "orders of a site that come one after the other", "stream_defaults");
    v.named("stock", p.stocks, "a stock rule, for the policy stock_rules; of several for one place the last counts");
    v.named(
        "pool", p.pools,
        "sites under stock rules that help out with what a customer's line is short of (lateral transshipment): the "
        "one with the most stock lends, then orders by its own rule");
    v.named("verify", p.expectations, "a result that `entrepot verify` compares the study with");
    v.optional("spike", p.spike, "a seasonal spike");
    v.named("burst", p.bursts, "contract orders that come on one day");
    v.named("promotion", p.promotions, "a promotion");
    v.named("disturbance", p.disturbances, "something that goes wrong for some days");
    v.table("finance", p.finance, "inputs of the return on investment");
}

}  // namespace entrepot::scenarios

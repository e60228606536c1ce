#pragma once

#include "scenarios/describe_crew.hpp"
#include "scenarios/describe_data.hpp"
#include "scenarios/describe_distributions.hpp"
#include "scenarios/describe_office.hpp"
#include "scenarios/describe_suppliers.hpp"
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
      "who moves goods: people in shifts, or nobody: then everything happens at once");
    v("ships_at_once", p.site.ships_at_once, flag(), "what is picked is with the customer: no carriers");
    v.distribution("pick_time", p.site.pick_time, kTimeDistributions, "time of a pick, in place of the pick rate");
    v("breakdowns", p.site.breakdowns_per_busy_hour, number(0, 1e6), "of a picker's equipment in an hour of picking");
    v.distribution("repair", p.site.repair, kTimeDistributions, "time that a breakdown adds to the pick");
    v("pickers", p.site.pickers, count(0, 100'000), "people of a day, dealt evenly to its shifts");
    v("receivers", p.site.receivers, count(0, 10'000), "people on each shift");
    v("picks_on_saturday", p.site.picks_on_saturday, flag(), "with some of the first shift's people");
    v("saturday_share", p.site.saturday_share, share(),
      "of the first shift's people who pick on a Saturday, rounded up; half a crew is judgement");
    v("pick_rate", p.site.pick_lines_per_hour, quantity("lines/h").more_than(0).if_asked(), "of one productive person");
    v("pick_time_cv", p.site.pick_time_cv, number(0, 5),
      "coefficient of variation of a pick's time, lognormal, where the pick rate says its mean; 0.3 is judgement: work "
      "along a route varies far less than an exponential time, which has 1");
    v("wave_load", p.site.wave_load, number(0, 100).more_than(0),
      "work that a wave takes over what its people can do until the next one; above 1, so that nobody runs out of work "
      "when picks go fast; judgement");
    v("receive_rate", p.site.receive_lines_per_hour, quantity("lines/h").more_than(0).if_asked(), "of one receiver");
    v("productive_share", p.site.productive_share, share().more_than(0), "productive hours of a shift over its hours");
    v("overtime_max", p.site.overtime_max_hours, hours().at_most(12), "per shift and person");
    v("overtime_least", p.site.overtime_least_hours, hours().at_most(12),
      "per shift and person, where people stay at all: nobody is asked to stay for a few minutes; judgement");
    v("overtime_trigger", p.site.overtime_trigger, number(0, 100),
      "people stay when the work left exceeds this share of a shift's capacity");
    v("overtime_rate_factor", p.site.overtime_rate_factor, number(0, 2).more_than(0),
      "pick rate in overtime over normal");
    v("overtime_pay_factor", p.site.overtime_pay_factor, number(1, 10), "overtime wage over normal");
    v("wage", p.site.wage_per_hour, money("h"), "loaded wage");
    v("absence", p.site.absence, share(), "probability that a person is absent on a day");
    v.table("temps", p.site.temps, "temporary pickers, who are called while there is too much to do");
    v.table("learning", p.site.learning, "how newcomers, temps among them, become as fast as others");
    v.table("cross_training", p.site.cross_training, "pickers who can also receive");
    v("dock_opens", p.site.dock_opens_hour, clock_hour().at_most(23),
      "suppliers' trucks come from then on, on business days");
    v("dock_hours", p.site.dock_hours, count(1, 24), "so many hours a day");
    v.list("dock_to_stock", p.site.dock_to_stock, duration(), 3, 3, "least, most likely and greatest time, triangular");
    v("miscount", p.site.miscount_per_item_day, share(), "probability of an unseen loss or find, per item and day");
    v("miscount_units", p.site.miscount_units, number(1, 1e6), "mean size of one, geometric; judgement");
    v("miscount_found", p.site.miscount_found, share(),
      "share of them that are finds, the others are losses; judgement: more is lost than turns up");
    v.table("damage", p.site.damage, "goods that break or spoil: they are worth nothing, and whoever sees it says so");
    v("posts_ahead", p.site.posts_ahead, share(),
      "of the loads of headquarters' orders that are posted as the truck is unloaded, ahead of the shelf: a picker who "
      "comes meanwhile finds too few, has the place counted, and the record is wrong once they lie there");
    v("seasonal_bias", p.site.seasonal_bias, number(-1, 10),
      "error of the site's spreadsheets for seasonal items, and so of their opening stock: 0.6 is 60 % too much");
    v.named("shift", p.shifts, "a shift of the day; without any 06:00-14:00 and 14:00-22:00");
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
    v("substitutes", p.substitute_share, share(),
      "share of the items that have another one of the class that does for them: pairs of like cost");
    v("minimum_order", p.minimum_order_days, days(),
      "smallest purchase line, in days of an item's demand at a mean site");
    v("initial_cover", p.initial_cover_days, days(), "opening stock, in days of demand");
    v("cycle_count", p.cycle_count_interval, duration(), "time between counts of a stock record; 0 = never");
}

template <class V>
void describe(V& v, Items& p) {
    v("count", p.count, count(1, 1'000'000), "number of made-up items");
    v("file", p.file, text(),
      "CSV of items in place of made-up ones, relative to this file: item, class, cost, and optionally weight, "
      "popularity, seasonal, pack, minimum_order, supplier, b2b_price, ecommerce_price, substitute_group: items with "
      "the same word there do for each other");
    v("unit_cost", p.unit_cost, money().more_than(0), "mean");
    v("unit_cost_sigma", p.unit_cost_sigma, number(0, 3), "spread between items, of the logarithm");
    v("weight", p.weight_lb, pounds(), "mean of one unit");
    v("weight_sigma", p.weight_sigma, number(0, 3), "spread between items, of the logarithm");
    v.list("packs", p.packs, count(1, 1'000'000), 1, 20, "pack sizes, units");
    v.list("pack_shares", p.pack_shares, share(), 1, 20, "share of the items with each; they sum to 1");
    v("seed", p.seed, count(0, 4294967295.0), "of the made-up attributes, the same in all replications");
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
    v.list("late_days", p.carrier.late_days, share(), 1, 30,
           "of a delayed shipment: probabilities of 1, 2, 3, ... further business days; they sum to 1; judgement");
    v("capacity", p.capacity, share().at_most(1e6),
      "daily shipments at a site, of its channel's (expedite: of all) mean daily orders: 1.2 or \"120 %\"");
    v("per_shipment", p.carrier.per_shipment, money(), "price of a shipment");
    v("per_lb", p.carrier.per_lb, money("lb"), "price of its weight");
    v("cost_factor", p.carrier.cost_factor, number(0, 100), "multiplies both prices");
    v("rejects", p.carrier.rejects, share(),
      "probability that it refuses a shipment: the next one of its channel is asked");
    v("consolidates", p.carrier.consolidates, flag(),
      "of a customer's orders that leave a site together only one pays per_shipment; needs tiers with accounts");
    v("tells_delays", p.carrier.tells_delays, duration(),
      "so long before noon of its usual day a carrier tells that a shipment will be late, over the interface tracking, "
      "so that a strategy with notices.at_risk tells the customer; without it nobody hears of it");
    v("peak_on_time", p.carrier.peak_on_time, share(), "on_time while a disturbance carrier_peak lasts");
    v("peak_rejects", p.carrier.peak_rejects, share(), "rejects while a disturbance carrier_peak lasts");
    v("peak_surcharge", p.carrier.peak_surcharge, number(0.01, 100), "factor of its prices while a carrier_peak lasts");
}

template <class V>
void describe(V& v, Lane& p) {
    v("from", p.from, text().required(), "site");
    v("to", p.to, text().required(), "site");
    v("lead_time", p.lead_days, days().more_than(0), "in both directions unless the other is given too");
}

template <class V>
void describe(V& v, TransferPart& p) {
    v.list("truck_days", p.truck_weekdays, weekday(), 1, 7, "days on which the scheduled trucks leave");
    v("per_pallet", p.terms.per_pallet, money(), "scheduled truck");
    v("units_per_pallet", p.terms.units_per_pallet, quantity("units/pallet").more_than(0), "mean");
    v("handling", p.terms.handling, money(), "per pallet at each end");
    v("leaves", p.terms.truck_hour, clock_hour().at_most(23), "when the scheduled trucks leave");
    v("arrives", p.terms.arrival_hour, clock_hour().at_most(23), "when trucks are at the other site's dock");
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
    v("pipeline_lot", p.pipeline_lot_days, days().more_than(0),
      "what suppliers have under way comes in lots of at most so many days' demand: a monthly order, judgement");
    v("pipeline_hour", p.pipeline_hour, clock_hour().at_most(23), "when on their days these come");
    v("demand_dispersion", p.demand_dispersion, number(0, 1e3),
      "variance of a day's demand over its mean with which forecasts and safety stocks begin; 1 were single units by "
      "Poisson, lines of several units have more, judgement");
}

template <class V>
void describe(V& v, OfficePart& p) {
    v("planners", p.planners, count(0, 10'000), "people in procurement");
    v("service_agents", p.service_agents, count(0, 10'000), "people in customer service");
    v("productive_hours", p.productive_hours, hours().more_than(0).at_most(24), "of a person on a business day");
    v("procurement", p.procurement, count(0, 10'000), "people of procurement who approve");
    v("finance", p.finance, count(0, 10'000), "people of finance who approve");
    v("service_leads", p.service_leads, count(0, 10'000), "leads of customer service who approve");
    v("it_support", p.it_support, count(0, 10'000), "people who see to links between systems");
    v("warehouse_supervisors", p.warehouse_supervisors, count(0, 10'000),
      "supervisors of all the warehouses, for what [rights], routes and approvals bring before them");
    v("start", p.start_hour, clock_hour().at_most(23), "the office opens");
    v("opening_hours", p.opening_hours, hours().more_than(0).at_most(24),
      "so long, on a business day: approvals are given within; at least the productive hours");
    v("forecast_update", p.forecast_hour, clock_hour().at_most(23),
      "each day forecasts take in what was recorded; after the nightly batch, and before the office opens");
    v("planner_cost", p.planner_cost_per_hour, money("h"),
      "of a planner, loaded: what the business case counts for an hour saved, unless finance.planner_rate says "
      "otherwise");
    v("agent_cost", p.agent_cost_per_hour, money("h"), "the same of customer service");
    v("per_replay", p.minutes_per_replay, minutes(), "of IT support, to bring through what a link has kept; judgement");
    v("per_reentry", p.minutes_per_reentry, minutes(),
      "of IT support, to find out what a link has lost and have it entered anew; judgement");
    v("per_line", p.minutes_per_line, minutes(), "planner's work on a purchase line by hand");
    v("per_review", p.minutes_per_review, minutes(), "planner's check of a recommended line");
    v("per_exception", p.minutes_per_exception, minutes(), "planner's work on an exception");
    v("exception_service_level", p.exception_service_level, duration(),
      "office hours in which escalations and supplier exceptions are to be settled, for the KPI exceptions_in_time");
    v("overdue_alarm", p.overdue_alarm_days, days(), "a late line is pursued where the stock lasts no longer");
    v("haste_alarm", p.haste_alarm_days, days(),
      "haste is paid for where the stock lasts no longer, or not until the day that the supplier names");
    v("overdue_check", p.overdue_hour, clock_hour().at_most(23),
      "when somebody looks for what was due the business day before");
    v("least_to_expedite", p.least_to_expedite, duration(), "what is due sooner can't be expedited");
    v("lead_time_cv_on_record", p.lead_time_cv_on_record, number(0, 5),
      "spread of lead times that the item master assumes before receipts show it");
    v("receipts_known", p.receipts_known, count(1, 10'000),
      "the item master's lead times count as so many receipts at the start");
    v("receipts_remembered", p.receipts_remembered, count(1, 10'000),
      "newest receipts by which a supplier's lead time is estimated");
    v("per_escalation", p.agent_minutes_per_escalation, minutes(), "agent's work on an escalation");
    v("per_approval", p.minutes_per_approval, minutes(),
      "approver's work on a case; 0 = it is decided as soon as somebody turns to it");
    v("discipline", p.discipline, choice({"arrival", "value", "cover"}),
      "in which order people take what isn't urgent: as it came, the greatest value first, or first where the stock "
      "lasts the shortest by then");
    v("batch", p.batch, count(1, 10'000),
      "purchase lines that are worked off in one sitting at the most, where there is too much to do");
    v("batch_setup", p.batch_setup, share(),
      "of a line's minutes that a sitting needs once: the more lines wait, the less each costs");
    v.table("overload", p.overload, "what people do when there is too much");
    v.table("judgement", p.judgement, "what people make of recommendations, and of what they key in");
    v("per_hold", p.minutes_per_hold, minutes(), "work to clear an order that is held; judgement");
    v("per_bounce", p.minutes_per_bounce, minutes(), "work to see that a case is none of one's own");
    v("bounces", p.bounces, count(0, 255),
      "desks between which a case goes that nobody has the right to decide, until somebody does all the same");
    v("per_notice", p.agent_minutes_per_notice, minutes(),
      "agent's work on a notice that is written by hand; judgement");
    v("per_keying", p.minutes_per_keying, minutes(),
      "work to enter what a supplier has written, where a link is keyed; judgement");
    v("per_alert", p.minutes_per_alert, minutes(), "work to see what an alert is about; judgement");
    v("per_escalation_warehouse", p.picker_minutes_per_escalation, minutes(),
      "a picker's work on an escalation that is settled, at the order's warehouse, before other tasks");
    v("handling_cv", p.handling_cv, number(0, 5),
      "coefficient of variation of these minutes, lognormal as Brown et al. (2005) found calls to be; 0.5 is "
      "judgement");
    v("search_sigma", p.search_sigma, number(0, 5),
      "standard deviation of the logarithm of the time for which an agent searches for facts; judgement");
    v("urgent_share", p.urgent_share, share(),
      "of the people, rounded up, whom urgent cases may take while ordinary ones wait: somebody must go on ordering, "
      "judgement");
    v.distribution("line_time", p.line_time, kTimeDistributions,
                   "planner's time for a purchase line, in place of per_line");
    v.distribution("review_time", p.review_time, kTimeDistributions, "time of a check, in place of per_review");
    v.distribution("exception_time", p.exception_time, kTimeDistributions,
                   "time of an exception, in place of per_exception");
    v.distribution("escalation_time", p.escalation_time, kTimeDistributions,
                   "time of an escalation, in place of per_escalation");
    v.distribution("approval_time", p.approval_time, kTimeDistributions,
                   "time of an approval, in place of per_approval");
    v.distribution("notice_time", p.notice_time, kTimeDistributions, "time of a notice, in place of per_notice");
    v.named("skill_group", p.skill_groups,
            "some people of a role who can do the same: a case is taken only by somebody who handles its kind and its "
            "site. Of several who are free the groups go first, in their order here; whoever is in none handles "
            "everything");
}

}  // namespace entrepot::scenarios

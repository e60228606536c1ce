#pragma once

#include "scenarios/describe_demand.hpp"
#include "scenarios/describe_disturbances.hpp"
#include "scenarios/describe_network.hpp"
#include "scenarios/describe_rules.hpp"
#include "scenarios/describe_strategy.hpp"
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
///   v.distribution(key, member, distributions, meaning, need)       the same with `distribution`; may be missing,
///   unless `need` says always
namespace entrepot::scenarios {

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
    v.named("phase", p.phases, "a part of the measured window by which results are sliced; no day is in two of them");
    v.named("moment", p.moments, "a point of time at which the stock of inventory policies is looked at");
    v.entities("class", p.classes, "a velocity class of items; the order is from fast to slow");
    v.classes(p.classes);
    v.table("items", p.items, "what is sold");
    v.table("demand", p.demand, "who orders how much, when");
    v.entities("tier", p.tiers, "customers with one contract");
    v.named(
        "hold", p.holds,
        "orders that are held at entry until they are cleared: nothing is promised to them, while their promised day "
        "comes nearer");
    v.entities("site", p.sites, "a regional warehouse and its sales region", "site_defaults");
    v.table("suppliers", p.suppliers, "what all suppliers share");
    v.entities("supplier_segment", p.segments, "suppliers of one kind", "supplier_segment_defaults");
    v.entities("carrier", p.carriers, "a carrier", "carrier_defaults");
    v.table("transfers", p.transfers, "trucks between the sites");
    v.table("initial", p.initial, "the stock on the first day of the warm-up");
    v.table("master_data", p.master_data, "errors of the item master, the same for all strategies");
    v.table("office", p.office, "people at headquarters");
    v.named("integration", p.integrations, "systems that strategies may name in place of a table of their own");
    v.entities("strategy", p.strategies, "policies for the decisions, workflow and systems", "strategy_defaults");
    v.entities("stream", p.streams, "orders of a site that come one after the other", "stream_defaults");
    v.named("stock", p.stocks,
            "an inventory policy: of strategies whose policy is stock_rules, and, where it names a part of the "
            "locations, of all others, too; of several for one place the last counts. Opening stock and costs hold in "
            "any case");
    v.named("pool", p.pools,
            "sites under inventory policies that help out with what a customer's line is short of (lateral "
            "transshipment): the one with the most stock lends, then orders by its own rule");
    v.named("crew_pool", p.crew_pools,
            "sites that lend each other pickers for the rest of a shift, when it has begun: who is short of hands asks "
            "headquarters, who has too many offers them");
    v.named("verify", p.expectations, "a result that `entrepot verify` compares the study with");
    v.named(
        "calibration", p.calibration,
        "where a KPI of the comparator lies in the business that the scenario stands for: `entrepot calibrate` holds "
        "the model against it, and reports say where it doesn't hold");
    v.optional("spike", p.spike, "a seasonal spike");
    v.named("burst", p.bursts, "contract orders that come on one day");
    v.named("promotion", p.promotions, "a promotion");
    v.named("channel_shift", p.channel_shifts, "demand moves from one channel to the other, in a step or a drift");
    v.named("disturbance", p.disturbances, "something that goes wrong for some days");
    v.table("finance", p.finance, "inputs of the return on investment");
}

}  // namespace entrepot::scenarios

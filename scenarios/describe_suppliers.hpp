#pragma once

#include "scenarios/describe_distributions.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for who makes and delivers what is bought.
namespace entrepot::scenarios {

template <class V>
void describe(V& v, Suppliers& p) {
    v("confirm_api", p.confirm_api, share(), "share of the suppliers that confirm by an interface");
    v("confirm_edi", p.confirm_edi, share(), "by EDI batches");
    v("confirm_email", p.confirm_email, share(), "by e-mail; the three sum to 1");
    v("lag_api", p.lag_api, duration(), "until a purchase line has come through and is confirmed, by an interface");
    v("lag_edi", p.lag_edi, duration(), "the same by EDI");
    v("lag_email", p.lag_email, duration(), "the same by e-mail, which somebody keys in");
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
    v("least_lead", p.terms.least_lead, share(), "of the mean: no lognormal lead time is shorter");
    v("on_time", p.terms.on_time, share(), "share of lines that aren't delayed further");
    v("delay", p.terms.delay_mean, duration(), "mean further delay of a late line, exponential");
    v("in_full", p.terms.in_full, share(), "share of orders that come complete; the rest of the others is cancelled");
    v("short_least", p.terms.short_least, share(),
      "an order that isn't complete brings a share of its units, uniform from here");
    v("short_most", p.terms.short_most, share(), "to here");
    v("expedite_premium", p.terms.expedite_premium, share().at_most(10), "of the line's value");
    v("expedite_lead_factor", p.terms.expedite_lead_factor, share(), "of the lead time that is left");
    v("capacity_factor", p.terms.capacity_factor, number(0, 1000),
      "deliveries it can make over our usual demand; 0 = no limit");
    v("capacity_slack", p.terms.capacity_slack, duration(),
      "work that may wait at the supplier without an order coming later than its lead time");
    v.distribution("lead_time_distribution", p.terms.lead_time, kTimeDistributions,
                   "lead time by a distribution of its own, in place of lead_time and its cv");
    v.distribution("preparation", p.terms.preparation, kTimeDistributions,
                   "of an order, before it needs a server; servers take what is prepared first");
    v("servers_by_site", p.terms.servers_by_site, flag(), "each site has servers of its own, such as trucks");
    v("servers", p.terms.servers, count(0, 100'000),
      "so many orders take their lead time at once, the others wait; 0 = all");
    v("lot", p.terms.lot, count(0, 1e9), "an order is made and delivered in lots of so many units; 0 = whole");
    v("yield", p.terms.yield, share().more_than(0), "probability of each unit to be good; the others never come");
    v.distribution("uptime", p.terms.uptime, kTimeDistributions, "time that it works before it stands still");
    v.distribution("downtime", p.terms.downtime, kTimeDistributions,
                   "time that it stands still: nothing is begun, what is being made is finished");
    v("stops_work", p.terms.stops_work, flag(),
      "while it stands still, what is being made waits, too, and goes on after");
    v.distribution("good_spell", p.terms.good_spell, kTimeDistributions,
                   "time that it is as reliable as said above; then comes a bad spell, of which nobody is told");
    v.distribution("bad_spell", p.terms.bad_spell, kTimeDistributions, "length of a bad spell");
    v("bad_lead_time", p.terms.bad_lead_time, number(0.01, 100), "factor of lead times in a bad spell");
    v("bad_on_time", p.terms.bad_on_time, share(), "factor of on_time in a bad spell");
    v("bad_in_full", p.terms.bad_in_full, share(), "factor of in_full in a bad spell");
    v("confirms", p.terms.confirms, share(),
      "share of purchase lines that it answers: when they come, and how many units; 0 = none, and nobody expects it");
    v("announces", p.terms.announces, share(),
      "share of trucks that are announced as they leave, by an advance shipping notice (ASN)");
    v("announces_right", p.terms.announces_right, share(), "share of these notices that name the right day");
    v("announced_off", p.terms.announced_off, count(1, 365), "the others are off by so many days at the most");
    v("under_way", p.terms.under_way, duration(), "of a truck, from the supplier's gate to the dock");
}

}  // namespace entrepot::scenarios

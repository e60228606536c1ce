#pragma once

#include "models/interface_names.hpp"
#include "scenarios/describe_distributions.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for what goes wrong.
namespace entrepot::scenarios {

template <class V>
void describe(V& v, DisturbancePart& p) {
    v("kind", p.kind,
      choice({"supplier_slip", "carrier_capacity", "absence", "outage", "supplier_capacity", "supplier_stop",
              "supplier_spell", "site_slow", "site_closed", "carrier_peak", "schema_break", "token_expiry"}),
      "what is disturbed");
    v("day", p.day, whole_days(),
      "first day, after the start of the measured window; or after the one that it follows");
    v("duration", p.days, whole_days().at_least(1).or_else("hours and minutes are said by lasts"), "length");
    v("start", p.start_minute, clock().at_most(1439), "time of the first day");
    v("lasts", p.lasts, duration().more_than(0),
      "how long, in place of whole days; absence and site_closed hold for each shift that they touch");
    v("probability", p.probability, share().more_than(0), "that it happens, drawn anew in each replication");
    v("after", p.after, text(),
      "another disturbance that it follows, each time; its day is counted from that one's first");
    v.distribution("between", p.between, kTimeDistributions,
                   "it comes again and again from its day on: time to the next one; with length, in place of duration");
    v.distribution("length", p.length, kTimeDistributions, "how long it then lasts");
    v("interface", p.interface, choice(models::kInterfaceNames),
      "outage, schema_break, token_expiry: what doesn't come through");
    v("supplier", p.supplier, text(),
      "what suppliers do, and an outage of their messages: which one, such as dom_std#3");
    v("carrier", p.carrier, text(), "carrier_capacity and carrier_peak: which");
    v("site", p.site, text(),
      "carrier_capacity, absence, site_slow, site_closed and an outage of a site's messages: where; carrier_peak: none "
      "for everywhere");
    v("factor", p.factor, number(0, 100),
      "lead time multiplier; capacity multiplier; probability added to the absence; pace; other kinds have none");
}

}  // namespace entrepot::scenarios

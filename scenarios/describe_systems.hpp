#pragma once

#include "scenarios/describe_distributions.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for systems and the links between them.
namespace entrepot::scenarios {

inline Kind interface_name() { return choice(models::kInterfaceNames); }

template <class V>
void describe(V& v, models::CircuitBreaker& p) {
    v("calls", p.calls, count(1, 32), "of the last ones");
    v("share", p.share, share(), "of them that failed, from which on no more calls are made for a while");
    v("open", p.open, duration().more_than(0), "so long; then one call is let through, to see");
}

template <class V>
void describe(V& v, LinkPart& p) {
    v.list("interfaces", p.interfaces, interface_name(), 1, models::kInterfaces,
           "whose links these are: of a site, postings (warehouse to ERP), releases (ERP to warehouse), extracts "
           "(record to planners), the gateway (record to web shop), priorities (new scores to the floor), notices (to "
           "its customers) and tracking (carriers' news of delays); of a supplier, purchase orders, confirmations and "
           "ASNs; transfer orders to a site; forecasts to the planners, and recommendations to the desk that decides");
    v("batch", p.terms.batch_minute, clock().at_most(1439), "messages wait for the day's batch");
    v("every", p.terms.every, duration(), "messages wait for the next poll; 0 = they go at once");
    v("latency_median", p.terms.latency_median, duration(), "from a call to what it asks for, lognormal");
    v("latency_sigma", p.terms.latency_sigma, number(0, 5), "standard deviation of its logarithm");
    v("keyed", p.terms.keyed, flag(),
      "what a supplier tells by confirmation or asn, or a site is asked by transfer_order, is an e-mail, which people "
      "of rights.keying enter by hand, in office.per_keying and with office.judgement.keying_errors: then the day, or "
      "the units, are wrong");
    v("capacity", p.terms.capacity, number(0, 1e9),
      "messages an hour, one after the other, while others wait in their order; a run is as many as it tells of; 0 = "
      "any number");
    v("failure", p.terms.failure, share(), "probability that a call fails by itself");
    v.distribution("uptime", p.terms.uptime, kTimeDistributions, "time that a link works before it is down");
    v.distribution("downtime", p.terms.downtime, kTimeDistributions, "and that it is down");
    v("duplicates", p.terms.duplicates, share(),
      "of the messages that come through by a retry: an earlier call had come through, too, and only its answer was "
      "lost, so that they have their effect twice; of postings and orders, for the same batch or release is one");
    v("idempotent", p.terms.idempotent, flag(), "the receiver knows what it has had, and nothing has its effect twice");
    v("overtaken", p.terms.overtaken, share(),
      "of the messages that are held up on their way, so that later ones pass them; of an extract or the gateway, each "
      "item's record by itself, and each posting of a nightly batch; releases, priorities and forecasts are never held "
      "up");
    v("overtaken_mean", p.terms.overtaken_mean, duration(), "so long, exponential");
    v("version_checked", p.terms.version_checked, flag(),
      "the receiver leaves what is older than what it has; else an older state overwrites a newer one");
    v("retries", p.terms.retries, count(0, 100), "calls after the first one, before a message is given up");
    v("first_wait", p.terms.first_wait, duration(), "before the first of them");
    v("back_off", p.terms.back_off, number(1, 100), "each further wait over the one before; at most a day");
    v("jitter", p.terms.jitter, share(), "of each wait that is drawn, lest all call at once");
    v.optional("breaker", p.terms.breaker, "a circuit breaker: messages wait while a link is seen to be down");
    v("governed", p.terms.governed, flag(),
      "versions and keys are looked after: disturbances of kind schema_break and token_expiry don't reach it");
    v("dead_letters", p.terms.dead_letters, flag(),
      "what was given up is kept: IT support brings it through in office.per_replay; else it is lost until people find "
      "out what is missing and enter it anew, in office.per_reentry");
    v("noticed_median", p.terms.noticed_median, duration(), "until people know that something is stuck, lognormal");
    v("noticed_sigma", p.terms.noticed_sigma, number(0, 5), "standard deviation of its logarithm");
}

template <class V>
void describe(V& v, SystemsPart& part) {
    models::Integration& p = part.terms;
    v("name", p.name, text(), "for reports, beside the strategy's description: legacy, modern");
    v("batch", p.batch_minute, clock().at_most(1439),
      "nightly batch that posts what happened; without it or with \"none\", events are posted through the middleware");
    v("latency_median", p.latency_median, duration(), "of an event through the middleware");
    v("latency_sigma", p.latency_sigma, number(0, 5), "standard deviation of the latency's logarithm");
    v("pump", p.pump, duration().at_least(1e3), "cadence of information between the sites and headquarters");
    v("release_interval", p.release_interval, duration(), "how often allocated orders reach the warehouse system");
    v("forecast_keeps", p.forecast_keeps, duration(),
      "levels still go by the last forecast so long after it was heard; then replenishment.fallback decides, or "
      "nobody");
    v("reconciled_after", p.reconciled_after, duration(), "until somebody sees that an order was carried out twice");
    v.named("link", part.links, "what can go wrong with some interfaces, and what helps");
}

}  // namespace entrepot::scenarios

#pragma once

#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for how good the data are: forecasts and the item master.
namespace entrepot::scenarios {

template <class V>
void describe(V& v, models::MasterData& p) {
    v("errors", p.errors, share(),
      "of the items that have an error: 0 to 5 %, and 0.5 % where masters are looked after; judgement");
    v("new_errors", p.new_errors, number(0, 100),
      "errors that arise in a year, over the items: 0.02 = one item of fifty goes wrong within a year");
    v("units", p.units, share(),
      "of these, in which a pack is taken for a unit: the order is a pack's size too large, where the item comes in "
      "packs");
    v("costs", p.costs, share(), "whose cost is ten times too high or too low, for guardrails and approvals");
    v("classes", p.classes, share(), "which are in another class, for the policies' levels");
    v("lead_times", p.lead_times, share(),
      "whose lead time on record is twice or half of the supplier's, for levels and due days");
    v("minimums", p.minimums, share(),
      "whose minimum of an order is five times too high or too low: who asks for less than the supplier sells gets its "
      "minimum, whatever was approved");
    v("packs", p.packs, share(), "whose pack is twice as large or a single unit; the supplier sells whole packs");
    v("warehouses", p.warehouses, share(),
      "for which one region's demand is planned for at another site, of all sites by chance: that one holds stock for "
      "it, its own has none");
    v("corrected_after", p.corrected_after, duration(),
      "what is seen is put right so long after: a wrong unit on a line in hand or as the goods came, a pack or minimum "
      "that the supplier doesn't sell; other errors stay until a strategy's clean_up finds them");
}

template <class V>
void describe(V& v, ForecastPart& p) {
    v("source", p.terms.from, choice({"record", "assumed", "perfect"}),
      "record: an estimator on the recorded demand; assumed: the demand that is to be expected, spikes and all, with "
      "an error of a given size, to ask what a vendor's promise would be worth; perfect: without one, what no forecast "
      "can better");
    v.by_name(
        "wmape", p.wmape, number(0, 1.9),
        "of an assumed forecast, by class: mean absolute error of the rate over lead time and review, over the rate "
        "that is to be expected; the KPI forecast_error shows it, and forecast_wmape what chance makes of it");
    v("bias", p.terms.bias, number(-0.95, 10), "relative, right after a training: 0.05 is 5 % too much");
    v("drift", p.terms.drift, share().at_least(-1),
      "that the bias grows by in a week, until the model is trained anew");
    v("retrain", p.terms.retrain_days, whole_days(),
      "so long after the last training, from the start of the warm-up on: the bias is what it was, and errors that are "
      "assumed are drawn anew; 0 = never");
}

template <class V>
void describe(V& v, CleanUpPart& p) {
    v("items_a_week", p.terms.items_a_week, count(0, 1e6),
      "that are looked at, from the first on and then again; what is found wrong is put right; 0 = nobody does");
    v("start", p.start, whole_days().at_least(-1e4), "day of the measured window on which it begins");
    v("finds", p.terms.finds, share(), "probability that it sees an item's error");
    v("cost_per_item", p.terms.per_item, money(), "of looking at an item, wrong or not");
}

}  // namespace entrepot::scenarios

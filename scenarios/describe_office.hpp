#pragma once

#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for how people decide: what there is too much of, what they make of
/// recommendations, and what some of them can do.
namespace entrepot::scenarios {

inline Kind decision() { return choice(models::kDecisionNames); }
inline Kind role() { return choice(models::kRoleNames); }

template <class V>
void describe(V& v, models::Overload& p) {
    v("from", p.from, number(0, 1e6), "cases that wait for each head of a desk from which on there is too much");
    v("overtime", p.overtime, duration().at_most(12 * kDay / 24),
      "the people of a desk stay so much longer where too much waits when the office closes");
    v("overtime_pay", p.overtime_pay, number(0, 100), "of the cost of an hour, for each hour worked then");
    v("haste", p.haste, share().at_most(0.99), "of a case's minutes that is left out");
    v("haste_errors", p.haste_errors, share(), "added to judgement.keying_errors in haste");
    v("skip_after", p.skip_after, duration().more_than(0),
      "a line that has waited longer is left to the next review; without it none is");
}

template <class V>
void describe(V& v, models::Judgement& p) {
    v("acceptance", p.acceptance, share(),
      "probability that a recommended line that people see is taken as it is, at the start; field studies find that "
      "planners change much (van Donselaar et al. 2010)");
    v("acceptance_least", p.acceptance_least, share(), "however often recommendations have failed");
    v("acceptance_most", p.acceptance_most, share(), "however often they have proved good");
    v("acceptance_gain", p.acceptance_gain, share(), "added for each recommended line that finds no customer waiting");
    v("acceptance_loss", p.acceptance_loss, share(),
      "taken away for each that does: the recommendations before it have failed");
    v("override_sigma", p.override_sigma, number(0, 5),
      "of the logarithm of the factor by which a quantity is changed");
    v("override_insight", p.override_insight, share(),
      "of the changes by somebody who knows what demand will be in the next weeks");
    v("keying_errors", p.keying_errors, share(), "of the lines worked by hand that go out with a wrong quantity");
    v("keying_sigma", p.keying_sigma, number(0, 5), "of the logarithm of the factor that makes it wrong");
    v("attention", p.attention, share(), "probability that somebody acts on an alert, at the start; judgement");
    v("attention_least", p.attention_least, share(), "however many were false");
    v("attention_gain", p.attention_gain, share(), "added for an alert that has proved right");
    v("attention_loss", p.attention_loss, share(),
      "taken away for a false one: who is told of too much looks at nothing; judgement");
    v("sees_wrong_units", p.sees_wrong_units, share(),
      "probability that somebody who has a purchase line in hand sees that a pack was taken for a unit; judgement");
    v("padding", p.padding, share(),
      "share of the reorder point that planners who work by hand add to it, and to the level, off the system");
    v("regret_share", p.regret_share, share(),
      "of a line's value at cost: a decision is bad in hindsight whose regret exceeds it, for the KPIs wrong_auto, "
      "stopped_in_vain and let_pass; goods of three weeks' interval that lie too long cost 1.4 % at 24 % a year, so "
      "that 5 % are missed sales, or months of stock; judgement");
}

template <class V>
void describe(V& v, SkillGroupPart& p) {
    v("role", p.role, role(), "whose people they are");
    v("heads", p.group.heads, count(0, 10'000), "how many of them");
    v.list("decisions", p.group.decisions, decision(), 0, models::kDecisionKinds, "that they handle; none = all");
    v.list(
        "sites", p.sites, text(), 0, 255,
        "to whose cases they see: the site that needs the goods, or has the order; none = all, and headquarters' own");
    v("pace", p.group.pace, number(0.01, 100), "over that of the others: a case takes its minutes / pace");
}

}  // namespace entrepot::scenarios

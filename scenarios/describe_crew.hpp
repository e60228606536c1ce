#pragma once

#include "scenarios/kind.hpp"
#include "scenarios/scenario.hpp"

/// The part of the scenario language (describe.hpp) for a warehouse's pickers: who learns, and who is there for a
/// while.
namespace entrepot::scenarios {

template <class V>
void describe(V& v, models::Damage& p) {
    v("on_shelf", p.per_item_day, share(), "probability that some of an item is, per item and day");
    v("per_load", p.per_load, share(), "probability that some of a load is, as it is put away");
    v("units", p.units, number(1, 1e6), "mean size of one, geometric; judgement");
    v("seen", p.seen, share(), "share of them that are put on the record at once; a count finds the others; judgement");
}

template <class V>
void describe(V& v, models::Learning& p) {
    v("start", p.start, share().more_than(0), "of the usual pick rate, in somebody's first shift; 70 % is judgement");
    v("rate", p.rate, share().more_than(0),
      "time of a line after twice as many shifts, over that before: Wright's power law, up to the usual rate, one of "
      "the curves that fit what was measured of order pickers (Grosse and Glock 2013); from 70 % at the start, 90 % "
      "come to the usual rate in the eleventh shift; 90 % is judgement");
    v("turnover", p.turnover, share().at_most(10),
      "of the pickers who leave within a year, and are replaced on the same day by people who have to learn");
}

template <class V>
void describe(V& v, models::Temps& p) {
    v("most", p.most, count(0, 100'000), "temporary pickers at a time; 0 = none are called");
    v("backlog", p.backlog_hours, hours(),
      "of work for each picker of a shift that is left when it ends, beyond what the day's next shift can do, from "
      "which on temps are called, on business days: as many as work off in a shift what is above, less those who are "
      "on their way; judgement");
    v("notice", p.notice_days, whole_days().at_least(1), "from the call to their first shift; judgement");
    v("stay", p.stay_days, count(1, 10'000), "business days that they stay; judgement");
    v("pay", p.pay_factor, number(0, 10),
      "cost of an hour, in overtime too, over the wage: the agency's margin comes on top of what it pays; judgement");
}

template <class V>
void describe(V& v, models::CrossTraining& p) {
    v("share", p.share, share(),
      "of the pickers at work who can also receive: who has nothing to pick unloads what the receivers leave");
    v("dock_backlog", p.dock_hours, hours(),
      "of work for each receiver that waits at the dock when a shift begins, from which on as many of them begin there "
      "as make the work of each the same, and stay until it is done; judgement");
}

template <class V>
void describe(V& v, CrewPoolPart& p) {
    v.list("sites", p.sites, text(), 0, 255, "that belong to it; without it all");
    v("backlog", p.pool.backlog_hours, hours(),
      "of picking for each picker beyond the shift that begins, from which on a site asks for hands; judgement");
    v("slack", p.pool.slack_hours, hours(),
      "that each picker of a site would have nothing to do in the shift, from which on it offers some; judgement");
    v("most", p.pool.most, share(), "of the pickers at work whom a site offers; judgement");
    v("decides_after", p.pool.decides_after, duration(),
      "from the first that headquarters hears of a shift to who goes where; judgement");
    v("travel", p.pool.travel, duration(), "between the sites, lost to both; back, after the shift; judgement");
    v("pay", p.pool.pay_factor, number(1, 10), "pay of the hours away, the way with them, over the wage; judgement");
}

}  // namespace entrepot::scenarios

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/network/calendar.hpp"
#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"
#include "models/roles.hpp"
#include "models/units.hpp"

/// Who decides: planners and customer service.
namespace entrepot::models {

/// The order in which people take the ordinary cases that wait.
enum class Discipline : std::uint8_t {
    arrival,  ///< first come, first served
    value,    ///< the greatest value at cost first
    cover,    ///< first where the stock lasts the shortest, as far as headquarters knows
};

/// What people do when there is too much, so that overload bends and does not break.
struct Overload {
    double from = 20;                    ///< cases waiting for each head of a desk from which on there is too much
    Duration overtime{};                 ///< at most, on a business day, where too much waits when the office closes
    double overtime_pay = 1.5;           ///< factor of the cost of an hour
    double haste = 0;                    ///< share of a case's minutes that is left out
    double haste_errors = 0;             ///< added to the probability of an error in haste
    std::optional<Duration> skip_after;  ///< a line that has waited longer is left to the next review
    bool operator==(const Overload&) const = default;
};

/// What people make of prepared recommendations, and of what they key in by hand.
struct Judgement {
    double acceptance = 1;  ///< probability that a recommendation is taken as it is, on day 0
    double acceptance_least = 0.5, acceptance_most = 1;
    double acceptance_gain = 0;    ///< added for a recommendation that has proved good
    double acceptance_loss = 0;    ///< taken away for one that is seen to have failed: the stock ran out all the same
    double override_sigma = 0.25;  ///< of the logarithm of the factor by which a quantity is changed
    double override_insight = 0;   ///< share of the changes by somebody who knows what demand will be
    double keying_errors = 0;      ///< share of the lines by hand with a wrong quantity
    double keying_sigma = 1;       ///< of the logarithm of the factor that makes it wrong
    double attention = 1;          ///< probability that somebody acts on an alert, on day 0
    double attention_least = 0.2;
    double attention_gain = 0;      ///< added for an alert that has proved right
    double attention_loss = 0;      ///< taken away for a false one
    double sees_wrong_units = 0.9;  ///< probability that somebody who has a line in hand sees that a unit is wrong
    double padding = 0;  ///< share of the reorder point that planners add, off the system, where they work by hand
    double regret_share = 0.05;  ///< of a line's value: who regrets more in hindsight has decided badly
    bool operator==(const Judgement&) const = default;
};

/// Some people of a role who can do the same: a skill group.
struct SkillGroup {
    std::string name;
    int heads = 0;
    std::vector<DecisionKind> decisions;  ///< that they handle; empty: all
    std::vector<bool> sites;              ///< to whose cases they see, by site; empty: to all, and to headquarters' own
    double pace = 1;                      ///< over that of the others: a case takes its minutes / pace

    bool handles(DecisionKind kind, SiteId site) const {
        return (decisions.empty() || std::ranges::count(decisions, kind) > 0) &&
               (sites.empty() || (site.index() < sites.size() && sites[site.index()]));
    }
    bool operator==(const SkillGroup&) const = default;
};

struct Office {
    int planners = 0;
    int service_agents = 0;                               ///< customer service
    int procurement = 1, finance = 1, service_leads = 1;  ///< who approve
    int it_support = 1;                                   ///< who see to links between systems
    int warehouse_supervisors = 1;                        ///< of all sites together
    std::array<std::vector<SkillGroup>, kRoles> skills;   ///< by role; whoever is in none handles everything
    double productive_hours = 8;                          ///< per person and business day, from start_hour on
    int start_hour = 8;
    double opening_hours = 8;  ///< of a business day, in which approvals are given
    int forecast_hour = 5;     ///< of each day: forecasts take in what was recorded, after the nightly batch
    Money planner_cost_per_hour;
    Money agent_cost_per_hour;
    double minutes_per_line = 0;    ///< planner: one purchase line, all by hand
    double minutes_per_review = 0;  ///< planner: check one recommended line
    double minutes_per_exception = 0;
    double overdue_alarm_days = 3;              ///< a late line is pursued where the stock lasts no longer
    double haste_alarm_days = 3;                ///< haste is paid for where it lasts no longer, or not until then
    int overdue_hour = 9;                       ///< when somebody looks for what was due the day before
    Duration least_to_expedite = sim::days{2};  ///< what comes sooner can't be expedited
    double lead_time_cv_on_record = 0.25;       ///< spread of lead times that the item master assumes
    int receipts_known = 5;                     ///< its lead times count as so many receipts on day 0
    int receipts_remembered = 20;               ///< by which lead times are estimated, the newest ones
    double agent_minutes_per_escalation = 0;
    double agent_minutes_per_notice = 5;       ///< that is written by hand
    double minutes_per_keying = 4;             ///< to enter what a partner has written
    double minutes_per_alert = 3;              ///< to see what an alert is about
    double picker_minutes_per_escalation = 0;  ///< of the warehouse that has the order, at once
    double minutes_per_approval = 0;           ///< 0: it is given as soon as somebody turns to it
    double minutes_per_replay = 20;            ///< to bring through what a link has kept, and
    double minutes_per_reentry = 45;           ///< to find out what is missing and enter it anew
    double minutes_per_hold = 10;              ///< to clear an order that is held
    double minutes_per_bounce = 5;             ///< to see that a case is none of one's own
    Discipline discipline = Discipline::arrival;
    int batch = 1;           ///< purchase lines of one sitting at the most
    double batch_setup = 0;  ///< share of a line's minutes that a sitting needs once
    Overload overload;
    Judgement judgement;
    std::optional<Duration> exception_service_level;  ///< office hours in which exceptions are to be settled
    int bounces = 4;            ///< of a case that nobody has the right to decide, until somebody does
    double handling_cv = 0.5;   ///< of the minutes of a case, lognormal
    double search_sigma = 0.5;  ///< of the logarithm of an agent's search for facts
    double urgent_share = 0.5;  ///< of the people, rounded up, whom urgent cases may take while others wait
    // Laws of a case's time, in place of its minutes and their cv.
    std::optional<TimeDistribution> line_time, review_time, exception_time, escalation_time, approval_time, notice_time;
};

/// How many people of a role there are; the system has none.
int heads(const Office& office, Role role);
/// The groups of a role, in the order in which they are asked; the generalists follow.
inline const std::vector<SkillGroup>& skill_groups(const Office& office, Role role) {
    return office.skills[static_cast<std::size_t>(role)];
}
/// Those of a role who are in no group and handle everything.
int generalists(const Office& office, Role role);
/// What an hour of one of them costs. Of those whose cost the scenario doesn't say, as a planner's.
Money cost_per_hour(const Office& office, Role role);

/// The moment at which `work` office time has passed since t: while the office is open on a business day on which
/// somebody is there, which `is_there(day)` says. Who hasn't come for ten years is as good as there.
template <class IsThere>
Time add_office_time(const Calendar& calendar, const Office& office, Time t, Duration work, IsThere is_there) {
    constexpr int kPatience = 3660;
    const Duration open = sim::from_real<sim::hours>(office.opening_hours);
    int day = day_of(t);
    const int last = day + kPatience;
    while (true) {
        const Time opens = at_hour(day, office.start_hour);
        const Time closes = opens + open;
        if (calendar.is_business_day(day) && t < closes && (day >= last || is_there(day))) {
            if (t < opens) t = opens;
            if (t + work <= closes) return t + work;
            work -= closes - t;
        }
        t = start_of(++day);
    }
}
inline Time add_office_time(const Calendar& calendar, const Office& office, Time t, Duration work) {
    return add_office_time(calendar, office, t, work, [](int) { return true; });
}

/// So long was the office open between two moments.
Duration office_time_between(const Calendar& calendar, const Office& office, Time from, Time to);

}  // namespace entrepot::models

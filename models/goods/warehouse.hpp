#pragma once

#include <algorithm>
#include <utility>

#include "models/disturbances/disturbances.hpp"
#include "models/model.hpp"
#include "sim/check.hpp"

/// The warehouse's people and their work: release and waves (release.cpp), picking (picking.cpp), shifts and overtime
/// (shifts.cpp).
namespace entrepot::models {

/// Nobody is here now, and no carrier takes anything.
inline bool is_closed(const SiteState& site, const Context& context) {
    return is_disturbed(context.network(), site.happenings, Disturbance::Kind::site_closed, {.site = site.id},
                        at_moment(context.now()));
}

/// So many times as fast people work here as elsewhere and always; several troubles together don't stop them.
inline double pace_at(const SiteState& site, const Context& context) {
    constexpr double kLeast = 0.01;
    return std::max(kLeast, disturbed_factor(context.network(), site.happenings, Disturbance::Kind::site_slow,
                                             {.site = site.id}, at_moment(context.now())));
}

/// The warehouse system gets what was allocated since the last time.
void release_orders(SiteState& site, Context& context);
/// It will, with the next exchange.
void schedule_release(SiteState& site, Context& context);

/// Gives allocated units of an order line to the warehouse system, which sees them at its next exchange.
void release_pick(SiteState& site, std::uint32_t order, std::uint32_t line, Units units, Context& context);

/// Takes at most so many units back of a pick that nobody has begun; returns how many it was. With its last unit the
/// pick ends, and with the last pick its task.
Units take_back(SiteState& site, std::uint32_t task, std::uint32_t pick, Units most);

/// Hands allocated units of a line to the customer at once: the way of a site without people.
void hand_over(SiteState& site, std::uint32_t line, Units units, Context& context);

/// Takes an outgoing transfer's units off the shelf and sends them on their way.
void hand_on(SiteState& site, std::uint32_t outgoing, Context& context);

/// Brings the hours that the people of the shifts have picked up to now; to be called before the people or picks
/// change.
void count_picking(SiteState& site, Time now);

/// An escalation takes its minutes of the warehouse: whoever is free next looks after the order before he picks.
void send_on_errand(SiteState& site, std::uint32_t order_name, Context& context);

/// Lets those who are free begin their next tasks.
void start_picks(SiteState& site, Context& context);

/// The same for stock that goes to another site.
void release_transfer(SiteState& site, std::uint32_t outgoing, Context& context);

/// Schedules the day's shifts and waves, and draws who is absent.
void plan_shifts(SiteState& site, int day, Context& context);

/// Schedules the day's waves from a moment on.
void plan_waves(SiteState& site, int day, Time from, Context& context);

/// Brings the integral of the stock up to now; to be called before it changes.
inline void count_stock_days(ShelfStock& shelf, Time now) {
    const auto since = static_cast<double>((now - shelf.changed).count());
    shelf.unit_days += static_cast<float>(shelf.on_hand * since * kDayOfMicro);
    shelf.changed = now;
}

/// A change of the stock that lies on the shelves. [units]
inline void move_stock(SiteState& site, ItemId item, Units units, Time now) {
    ShelfStock& shelf = site.truth[item];
    const bool was_empty = shelf.on_hand == 0;
    count_stock_days(shelf, now);
    shelf.on_hand += units;
    SIM_CHECK(shelf.on_hand >= 0, "more units leave a shelf than lie on it");
    if (was_empty == (shelf.on_hand == 0)) return;
    if (was_empty) {
        shelf.hours_empty += static_cast<float>(sim::in<sim::hours>(now - shelf.empty_since));
        shelf.empty_since = sim::kNever;
    } else {
        shelf.empty_since = now;
    }
}

/// Hours of the past day without stock of the item, up to its midnight; starts the next day's count.
inline float close_empty_hours(ShelfStock& shelf, Time midnight) {
    constexpr float kDay = 24;  // which a sum of many spells may exceed by what they were rounded
    float hours = std::exchange(shelf.hours_empty, 0.0f);
    if (shelf.on_hand == 0) {
        hours += static_cast<float>(sim::in<sim::hours>(midnight - shelf.empty_since));
        shelf.empty_since = midnight;
    }
    return std::min(hours, kDay);
}

}  // namespace entrepot::models

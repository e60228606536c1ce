#pragma once

#include "sim/random.hpp"

/// What the models draw random numbers for. A number, once given, keeps its meaning: it is part of every result.
///
/// Beside each stands its address: the entity, and the coordinate. A lane is an item at the site that gets it. An
/// order's coordinate is its day and ordinal in the stream; where the stream's orders come one after the other, just
/// the ordinal. A moment is the event's; a second event of like kind in that moment gets another coordinate
/// (occasions.hpp).
namespace entrepot::models::purpose {

// Of the world: strategies meet the same wherever they come to the same address.
inline constexpr sim::Purpose day_noise = 1;    ///< entity region (0 = all regions), day
inline constexpr sim::Purpose order_count = 2;  ///< entity stream, day
inline constexpr sim::Purpose order_time =
    3;  ///< entity stream, order; of ordinals the contents too; replay: site and channel, day
inline constexpr sim::Purpose basket =
    4;  ///< entity stream, order; replay: lane and channel, day; or site, day and ordinal
inline constexpr sim::Purpose patience = 5;       ///< entity stream and line, order
inline constexpr sim::Purpose substitute = 63;    ///< entity stream and line, order
inline constexpr sim::Purpose escalation = 6;     ///< entity stream, order
inline constexpr sim::Purpose replay_split = 7;   ///< entity item, region and channel, first day
inline constexpr sim::Purpose absence = 8;        ///< entity site, day
inline constexpr sim::Purpose leavers = 35;       ///< entity site, day
inline constexpr sim::Purpose temp_absence = 36;  ///< entity site, day and shift
inline constexpr sim::Purpose miscount = 9;       ///< entity lane, day
inline constexpr sim::Purpose damage = 62;        ///< entity lane, day
inline constexpr sim::Purpose tender = 53;        ///< entity stream and carrier, order and day offered
inline constexpr sim::Purpose account = 54;       ///< entity stream, order
inline constexpr sim::Purpose transit = 10;       ///< entity stream and carrier, order and day shipped
inline constexpr sim::Purpose lead_time =
    11;  ///< entity lane, day placed; under way on day 0: a day of its own; of inventory policies, the moment
inline constexpr sim::Purpose in_full = 12;       ///< entity lane, day placed
inline constexpr sim::Purpose damaged_load = 64;  ///< entity lane, day put away
inline constexpr sim::Purpose posted_ahead = 65;  ///< entity lane, day unloaded
inline constexpr sim::Purpose put_away = 13;      ///< entity lane, day unloaded
inline constexpr sim::Purpose rate = 14;      ///< entity stream, ordinal: thinning; its complement: jumps (of 0: start)
inline constexpr sim::Purpose outage = 37;    ///< entity link, ordinal
inline constexpr sim::Purpose hold = 44;      ///< entity stream and hold, order
inline constexpr sim::Purpose returned = 46;  ///< entity stream and line, order
inline constexpr sim::Purpose hold_clears = 45;      ///< entity site and hold, order
inline constexpr sim::Purpose master_data = 40;      ///< entity item, 0
inline constexpr sim::Purpose stoppage = 15;         ///< entity supplier, ordinal
inline constexpr sim::Purpose second_source = 16;    ///< entity lane, moment
inline constexpr sim::Purpose swell = 17;            ///< entity stream, ordinal: autocorrelated units
inline constexpr sim::Purpose lender = 18;           ///< entity item and lending site, moment: ties of a pool
inline constexpr sim::Purpose loan_transit = 19;     ///< entity item and both sites, moment
inline constexpr sim::Purpose happens = 51;          ///< entity disturbance, ordinal
inline constexpr sim::Purpose happens_again = 52;    ///< entity disturbance, ordinal
inline constexpr sim::Purpose spell = 48;            ///< entity supplier, ordinal
inline constexpr sim::Purpose answer = 49;           ///< entity lane, day placed
inline constexpr sim::Purpose shipping_notice = 50;  ///< entity lane, moment
inline constexpr sim::Purpose yield = 27;            ///< entity lane, moment
inline constexpr sim::Purpose making =
    28;  ///< entity lane, moment: time and yield after a preparation of varying length

// Of the work: addressed by what is worked on and when, so that strategies differ only where their work differs.
inline constexpr sim::Purpose pick_time =
    20;  ///< entity stream, order (of another site's: its index, moment); transfers: item and both sites, moment
inline constexpr sim::Purpose desk_time = 21;  ///< entity lane, day; of escalations and notices site and hand, order
inline constexpr sim::Purpose approval_time = 22;   ///< entity lane, day
inline constexpr sim::Purpose keying = 30;          ///< entity lane, day
inline constexpr sim::Purpose attention = 47;       ///< entity lane, day
inline constexpr sim::Purpose acceptance = 29;      ///< entity lane, day
inline constexpr sim::Purpose approver_away = 31;   ///< entity level of approval, day
inline constexpr sim::Purpose search_time = 23;     ///< entity site, order
inline constexpr sim::Purpose middleware = 24;      ///< entity lane, minute
inline constexpr sim::Purpose breakdown = 26;       ///< as pick_time
inline constexpr sim::Purpose local_override = 32;  ///< entity site, day and ordinal of the task put in order on it
inline constexpr sim::Purpose errand_time = 33;     ///< entity site, order
inline constexpr sim::Purpose notice_latency = 34;  ///< entity stream, order
inline constexpr sim::Purpose second_look = 41;     ///< entity lane, day
inline constexpr sim::Purpose call = 38;            ///< entity link, ordinal of the call
inline constexpr sim::Purpose notice_of_link = 39;  ///< entity link, ordinal of the call that was given up
inline constexpr sim::Purpose new_error = 56;       ///< entity item, ordinal: when it comes
inline constexpr sim::Purpose kind_of_error = 57;   ///< entity item, ordinal
inline constexpr sim::Purpose clean_up = 58;        ///< entity item, day
inline constexpr sim::Purpose forecast_error = 55;  ///< entity lane, ordinal of the training
inline constexpr sim::Purpose overtaken = 59;       ///< entity link, ordinal of the message, or of the part of a run
inline constexpr sim::Purpose staleness = 25;       ///< entity lane, day of the refresh

}  // namespace entrepot::models::purpose

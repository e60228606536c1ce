#pragma once

#include "sim/random.hpp"

/// What the models draw random numbers for. A number, once given, keeps its meaning: it is part of every result.
namespace entrepot::models::purpose {

// Exogenous: the same for every strategy.
inline constexpr sim::Purpose day_noise = 1;    ///< entity region (0 = all regions), coordinate day
inline constexpr sim::Purpose order_count = 2;  ///< entity stream, coordinate day
inline constexpr sim::Purpose order_time = 3;   ///< entity stream, coordinate day and ordinal; or ordinal, contents too
inline constexpr sim::Purpose basket = 4;       ///< entity stream, coordinate day and ordinal
inline constexpr sim::Purpose patience = 5;     ///< entity stream and line, coordinate day and ordinal
inline constexpr sim::Purpose escalation = 6;   ///< entity stream, coordinate day and ordinal
inline constexpr sim::Purpose replay_split = 7;  ///< entity item, region and channel, coordinate first day
inline constexpr sim::Purpose absence = 8;       ///< entity site, coordinate day
inline constexpr sim::Purpose miscount = 9;      ///< entity site, coordinate day
inline constexpr sim::Purpose transit = 10;      ///< entity order, coordinate day shipped
inline constexpr sim::Purpose lead_time =
    11;  ///< entity lane (supplier, item, site), coordinate day placed; of stock rules, the moment
inline constexpr sim::Purpose in_full = 12;        ///< the same
inline constexpr sim::Purpose put_away = 13;       ///< entity item and site, coordinate day
inline constexpr sim::Purpose rate = 14;           ///< entity stream, coordinate ordinal: thinning, jumps of the rate
inline constexpr sim::Purpose stoppage = 15;       ///< entity supplier, coordinate ordinal
inline constexpr sim::Purpose second_source = 16;  ///< entity lane, coordinate moment
inline constexpr sim::Purpose swell = 17;          ///< entity stream, coordinate ordinal: autocorrelated units
inline constexpr sim::Purpose lender = 18;         ///< entity item and site, coordinate moment: ties of a pool
inline constexpr sim::Purpose loan_transit = 19;   ///< entity item and both sites, coordinate moment
inline constexpr sim::Purpose yield = 27;          ///< entity lane, coordinate moment
inline constexpr sim::Purpose making = 28;  ///< entity lane, coordinate moment: of a lot prepared, time and yield

// Of the work: addressed by what is worked on and when, so that strategies differ only where their work differs.
inline constexpr sim::Purpose pick_time = 20;      ///< entity order, coordinate day
inline constexpr sim::Purpose desk_time = 21;      ///< entity item and site, coordinate day
inline constexpr sim::Purpose approval_time = 22;  ///< entity item and site, coordinate day
inline constexpr sim::Purpose search_time = 23;    ///< entity order, coordinate day
inline constexpr sim::Purpose middleware = 24;     ///< entity item and site, coordinate minute
inline constexpr sim::Purpose breakdown = 26;      ///< entity order, coordinate day
inline constexpr sim::Purpose staleness = 25;      ///< entity item and site, coordinate day of the refresh

}  // namespace entrepot::models::purpose

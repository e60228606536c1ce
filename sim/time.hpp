#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace entrepot::sim {

/// The simulated clock. It has no `now()`: the time of the world is in the world, not in a global.
struct Clock {};

/// A span of simulated time, whole microseconds.
using Duration = std::chrono::duration<std::int64_t, std::micro>;

/// A moment in simulated time, microseconds since the scenario's first midnight. `Time + Time` does not compile.
using Time = std::chrono::time_point<Clock, Duration>;

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// The moment at which every simulation starts: midnight of day 0.
inline constexpr Time kStart{};

/// A moment that never comes.
inline constexpr Time kNever = Time::max();

/// Three thousand years: what is computed or drawn and would be longer is that, so that some can be added up.
inline constexpr Duration kLongest{100'000'000'000'000'000};

/// A span as a real number of the unit: `in<hours>(d)`.
template <class Unit>
constexpr double in(Duration d) {
    return std::chrono::duration<double, typename Unit::period>(d).count();
}

/// Rounds a number of days, hours, ... to whole microseconds: `from_real<std::chrono::days>(2.5)`.
template <class Unit>
constexpr Duration from_real(double count) {
    constexpr double kMost = in<Unit>(kLongest);
    return std::chrono::round<Duration>(
        std::chrono::duration<double, typename Unit::period>(std::clamp(count, -kMost, kMost)));
}

/// Rounds a number of microseconds, at least 0.
constexpr Duration rounded_micros(double micros) {
    const double most = static_cast<double>(kLongest.count()), up = micros + 0.5;
    return Duration{static_cast<std::int64_t>(up < most ? up : most)};  // not llround(), which is a call
}

}  // namespace entrepot::sim

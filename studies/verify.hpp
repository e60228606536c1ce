#pragma once

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "results/statistics/interval.hpp"
#include "scenarios/load.hpp"

/// A scenario against what is known of it: its [verify.NAME] tables.
///
/// Replications 1, 2, 3, ... are run until the 95 % interval of every expectation is narrow: its half-width is at most
/// `precision` of the tolerance. One looks at 20 replications first, then each time that there are a sixth more. Then
/// an estimate within the tolerance agrees, and one outside misses. Where the replications allowed don't make the
/// interval narrow, a case misses all the same when an interval twice as wide lies wholly outside the tolerance.
///
/// How often that is wrong, at the default precision of a half: where the simulator's true mean is the expected value,
/// a case misses by chance at most five times in ten thousand (kFalseAlarm; measured over the whole range of noise by
/// tests/studies/verify_test.cpp; 1 in 10 000 where many replications were needed). Where it is off by one and a half
/// tolerances or more, it agrees by chance at most once in twenty; at two tolerances about as rarely as the false
/// alarm. The tolerance, not the interval, says how good is good enough: a bias well within the tolerance is accepted.
///
/// Of a bound (at_least, at_most, or both) no tolerance is known, so the interval decides. Replications go on until it
/// lies wholly within the bounds, or one 2.25 times as wide lies wholly outside them, or those allowed are used up. A
/// case then agrees where the estimate is within the bounds or its 95 % interval reaches them; it misses where one 2.25
/// times as wide doesn't reach them; what lies between is imprecise.
namespace entrepot::studies {

enum class Agreement {
    agrees,         ///< within the tolerance, and known well enough to say so
    misses,         ///< outside the tolerance, so far that the interval's width doesn't matter or is narrow
    imprecise,      ///< the replications allowed don't tell
    not_available,  ///< there is no number, or no interval around it
};

struct Verified {
    std::string scenario, title, name, source;
    double expected = 0, tolerance = 0;  ///< absolute
    results::Interval simulated;         ///< of the figure times the expectation's factor
    std::size_t replications = 0;
    Agreement agreement = Agreement::not_available;
    /// Replications that the precision would take, by those that there are; 0 where unknown.
    std::size_t replications_needed = 0;
    bool of_business_case = false;  ///< npv, irr, roi or a payback
    bool never = false;             ///< expected is that the cash flow doesn't pay back; there is no tolerance
    std::optional<double> at_least, at_most;  ///< in place of an expected value and its tolerance
    bool bounded() const { return at_least || at_most; }
};

inline constexpr double kDefaultPrecision = 0.5;
inline constexpr std::size_t kLeastReplications = 20;        ///< before the first look: fewer stop by luck
inline constexpr std::size_t kMostReplications = 1'000'000;  ///< that one may ask for
/// Where the interval is not narrow, one that is so much wider and yet lies wholly outside the tolerance is a miss: by
/// chance as seldom as the false alarm.
inline constexpr double kWidened = 2;
/// The same for bounds, at which one looks until the interval tells: 2 would be wrong 14 times in 10 000 where the true
/// value is the bound, 2.25 four times.
inline constexpr double kWidenedAtBounds = 2.25;
inline constexpr double kFalseAlarm = 5e-4;  ///< of one case, at most, at the default precision

struct VerifyOptions {
    std::size_t threads = 1;
    double precision = kDefaultPrecision;
    std::size_t most_replications = 5000;  ///< >= kLeastReplications
    std::optional<std::uint32_t> seed;     ///< instead of the scenario's
    /// Told now and then: replications done, and about how many it will take.
    std::function<void(std::size_t done, std::size_t about)> progress;
};

/// Is this a number of replications at which one looks? Looking often stops by luck.
bool looks_at(std::size_t replications);

/// The judgement on an estimate, given the tolerance.
Agreement judge(double expected, double tolerance, const results::Interval& simulated, double precision);

/// Bounds of a figure: none is without end.
struct Bounds {
    double least = -std::numeric_limits<double>::infinity(), most = std::numeric_limits<double>::infinity();
    /// By how much a value lies outside; less than 0: by how much it lies inside.
    double beyond(double value) const { return std::max(least - value, value - most); }
};

/// The judgement on an estimate that should lie within bounds.
Agreement judge(const Bounds& bounds, const results::Interval& simulated);

/// Whether more replications can't be expected to change that judgement.
bool decided(const Bounds& bounds, const results::Interval& simulated);

/// Runs the scenario until its expectations can be judged, or the replications are used up.
std::vector<Verified> verify(const scenarios::Loaded& loaded, const VerifyOptions& options, std::stop_token stop = {});

}  // namespace entrepot::studies

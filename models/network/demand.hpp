#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/network/calendar.hpp"
#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"
#include "models/units.hpp"
#include "sim/distributions.hpp"

/// What customers order and when: random streams, and recorded demand.
namespace entrepot::models {

/// The rate of orders swings around its mean: 1 + amplitude * sin(2 pi (t + shift) / period).
struct RateCycle {
    Duration period{}, shift{};
    double amplitude = 0;
};

struct RateStep {
    Duration from{}, to{};  ///< since day 0
    double factor = 1;
};

/// The rate jumps between two factors at exponential times: a Markov-modulated Poisson process, begun in its steady
/// state.
struct RateSwitch {
    double low = 1, high = 1;
    Duration mean_low{}, mean_high{};  ///< time spent in each
};

/// Lines of an order are counted in 16 bits, and no draw from a geometric distribution is 37 times its mean.
inline constexpr double kMostLinesMean = 1'700;

/// An order with given lines.
struct Basket {
    struct Line {
        ItemId item;
        Units units = 1;
    };
    double probability = 1;
    std::vector<Line> lines;
};

/// A source of random orders in one region. Base demand, a spike, a burst of contract orders, a promotion and a history
/// replayed as rates are all streams; they superpose and their draws never mix.
struct DemandStream {
    std::string name;
    std::uint64_t key = 0;
    SiteId region;
    Channel channel = Channel::b2b;
    std::vector<double> orders_by_day;  ///< mean number of orders on each day of the horizon
    HourProfile hours{};
    double lines_mean = 1;                  ///< lines of an order, geometric
    double units_mean = 1;                  ///< units of a line
    double units_cv2 = 0;                   ///< squared coefficient of variation of the units of a line
    sim::Discrete tier_mix;                 ///< over TierId
    std::vector<sim::Discrete> item_mix;    ///< over ItemId; several = one for each period
    std::vector<std::uint16_t> mix_of_day;  ///< which item_mix holds on each day; empty = item_mix[0] always

    /// Orders one after the other instead of so many a day: the time between two of them, from day 0 on.
    std::optional<TimeDistribution> interarrival_time;
    Duration first{};                        ///< the first one is this much later
    std::optional<CountDistribution> units;  ///< units of a line in place of the above; 0 units are no line
    std::vector<Basket> baskets;             ///< each order is one of these, in place of random lines
    sim::Discrete basket_mix;                ///< over them, kept by `finish()`
    double correlation = 0;          ///< of the units of one order with those of the one before, by a Gaussian copula
    std::optional<RateCycle> cycle;  ///< with exponential times: the rate swings
    std::vector<RateStep> steps;     ///< the same: the rate is another one for a while
    std::optional<RateSwitch> bursty;
    bool changes_rate() const { return cycle || bursty || !steps.empty(); }
    /// Whether an order's one uniform says all of it: one line, and units of their own.
    bool known_ahead() const { return lines_mean <= 1 && correlation == 0 && baskets.empty(); }
    double most_rate_factor() const;  ///< a multiple of the mean rate that the three never exceed
    double most_rate = 1;             ///< the same, kept by `finish()`
    std::uint32_t place = 0;          ///< among its region's streams, kept by `finish()`
};

/// Exact replay of recorded demand: so many units of an item in a region during a span of days. The units are cut into
/// lines and orders and spread over the days and hours at random, but their sum is the file's.
struct ReplayedDemand {
    static constexpr int kMostDays = 31;
    SiteId region;
    ItemId item;
    int first_day = 0, days = 1;
    Units units = 0;
};

/// How replayed units become orders, for one channel.
struct ReplayChannel {
    Channel channel = Channel::b2b;
    double share_of_units = 0;  ///< of a span on whose days all channels order; `share_of_span` says it of any
    double lines_mean = 1, units_mean = 1, units_cv2 = 0;
    HourProfile hours{};
    std::array<double, 7> weekday_weights{};  ///< sum 1; on a day without weight nobody orders
    sim::Discrete tier_mix;
};

/// Day-to-day variation that all items of a region share.
struct DemandNoise {
    double sigma = 0;                 ///< of the logarithm of the day's factor; the factor's mean is 1
    double regional_correlation = 0;  ///< of the factors of two regions, in [0,1]
};

/// Share of a channel in the units that were recorded for a span of days: those of its customers who order on some day
/// of the span, or, where nobody's do, the shares as they are.
double share_of_span(const std::vector<ReplayChannel>& channels, std::size_t channel, const Calendar& calendar,
                     int first_day, int days);

/// A line of random units has no more of them.
inline constexpr int kMostLineUnits = 65'535;

/// Whether a distribution of the units of a line keeps below that, but for a millionth of the lines.
bool line_units_fit(double mean, double cv2);

/// Distribution of the units of a line less one, with the given mean (>= 1) and squared coefficient of variation of the
/// units: negative binomial, or Poisson where the variance asked for is less than that.
sim::Discrete line_units(double mean, double cv2);

}  // namespace entrepot::models

#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <variant>
#include <vector>

#include "models/units.hpp"
#include "sim/distributions.hpp"
#include "sim/time.hpp"

/// Distributions of random times and counts that a scenario may choose by name. Each variate takes one uniform and
/// grows with it.
namespace entrepot::models {

using sim::Duration;

struct ConstantTime {
    Duration mean{};
    bool operator==(const ConstantTime&) const = default;
};
struct ExponentialTime {
    Duration mean{};
    bool operator==(const ExponentialTime&) const = default;
};
struct UniformTime {
    Duration least{}, most{};
    bool operator==(const UniformTime&) const = default;
};
struct GammaTime {
    Duration mean{};
    double cv = 1;  ///< coefficient of variation; the shape is 1/cv^2
    bool operator==(const GammaTime&) const = default;
};
struct LognormalTime {
    Duration mean{};
    double cv = 0.5;
    bool operator==(const LognormalTime&) const = default;
};
/// A number of whole periods, geometric from 1 on: what a chain that is looked at once a period stays in a state.
struct GeometricTime {
    Duration mean{}, period{};
    bool operator==(const GeometricTime&) const = default;
};
/// The sum of so many exponential times of one mean.
struct ErlangTime {
    Duration mean{};
    double phases = 1;
    bool operator==(const ErlangTime&) const = default;
};
struct WeibullTime {
    Duration mean{};
    double shape = 1;
    bool operator==(const WeibullTime&) const = default;
};
struct TriangularTime {
    Duration least{}, mode{}, most{};
    bool operator==(const TriangularTime&) const = default;
};
/// One of two exponential times, with balanced means.
struct HyperexponentialTime {
    Duration mean{};
    double cv = 2;
    bool operator==(const HyperexponentialTime&) const = default;
};
/// Times with their probabilities; without any, all alike.
struct ListedTime {
    std::vector<Duration> times = {Duration::zero()};
    std::vector<double> probabilities;
    bool operator==(const ListedTime&) const = default;
};
using TimeDistribution =
    std::variant<ConstantTime, ExponentialTime, UniformTime, GammaTime, LognormalTime, GeometricTime, ErlangTime,
                 WeibullTime, TriangularTime, HyperexponentialTime, ListedTime>;

/// Which of so many values has the probability mass at u; without probabilities, all have the same.
inline std::size_t listed_at(double u, std::size_t values, const std::vector<double>& probabilities) {
    if (probabilities.empty()) return std::min(values - 1, static_cast<std::size_t>(u * static_cast<double>(values)));
    std::size_t i = 0;
    while (i + 1 < values && u >= probabilities[i]) u -= probabilities[i++];
    return i;
}
inline double listed_share(std::size_t i, std::size_t values, const std::vector<double>& probabilities) {
    return probabilities.empty() ? 1 / static_cast<double>(values) : probabilities[i];
}

inline double draw_micros(const ConstantTime& distribution, double) {
    return static_cast<double>(distribution.mean.count());
}
inline double draw_micros(const ExponentialTime& distribution, double u) {
    return sim::exponential(u, static_cast<double>(distribution.mean.count()));
}
inline double draw_micros(const UniformTime& distribution, double u) {
    return static_cast<double>(distribution.least.count()) +
           u * static_cast<double>((distribution.most - distribution.least).count());
}
inline double draw_micros(const GammaTime& distribution, double u) {
    return sim::gamma_of_mean(u, static_cast<double>(distribution.mean.count()), distribution.cv);
}
inline double draw_micros(const LognormalTime& distribution, double u) {
    return sim::lognormal(u, static_cast<double>(distribution.mean.count()), distribution.cv);
}
inline double draw_micros(const GeometricTime& distribution, double u) {
    const auto period = static_cast<double>(distribution.period.count());
    return sim::geometric(u, std::max(1.0, static_cast<double>(distribution.mean.count()) / period)) * period;
}

inline double draw_micros(const ErlangTime& distribution, double u) {
    return sim::gamma(u, distribution.phases, static_cast<double>(distribution.mean.count()) / distribution.phases);
}
inline double draw_micros(const WeibullTime& distribution, double u) {
    return sim::weibull(u, static_cast<double>(distribution.mean.count()), distribution.shape);
}
inline double draw_micros(const TriangularTime& distribution, double u) {
    return sim::triangular(u, static_cast<double>(distribution.least.count()),
                           static_cast<double>(distribution.mode.count()),
                           static_cast<double>(distribution.most.count()));
}
inline double draw_micros(const HyperexponentialTime& distribution, double u) {
    return sim::hyperexponential(u, static_cast<double>(distribution.mean.count()), distribution.cv);
}
inline double draw_micros(const ListedTime& distribution, double u) {
    return static_cast<double>(
        distribution.times[listed_at(u, distribution.times.size(), distribution.probabilities)].count());
}

inline Duration draw(const TimeDistribution& distribution, double u) {
    return sim::rounded_micros(std::visit([&](const auto& chosen) { return draw_micros(chosen, u); }, distribution));
}

/// Mean of a distribution of times [microseconds].
inline double mean_of(const TimeDistribution& distribution) {
    return std::visit(
        [](const auto& chosen) {
            if constexpr (requires { chosen.mean; }) {
                return static_cast<double>(chosen.mean.count());
            } else if constexpr (requires { chosen.times; }) {
                double sum = 0;
                for (std::size_t i = 0; i < chosen.times.size(); ++i) {
                    sum += listed_share(i, chosen.times.size(), chosen.probabilities) *
                           static_cast<double>(chosen.times[i].count());
                }
                return sum;
            } else if constexpr (requires { chosen.mode; }) {
                return static_cast<double>((chosen.least + chosen.mode + chosen.most).count()) / 3;
            } else {
                return static_cast<double>((chosen.least + chosen.most).count()) / 2;
            }
        },
        distribution);
}

struct ConstantCount {
    double units = 1;
};
struct GeometricCount {
    double mean = 1;  ///< on 1, 2, 3, ...
};
struct PoissonCount {
    double mean = 1;
};
struct NegativeBinomialCount {
    double mean = 1, variance = 2;
};
/// Rounded to whole units, and none below 0: choose a unit that is small against the standard deviation.
struct NormalCount {
    double mean = 1, sd = 0;
};
struct UniformCount {
    double least = 0, most = 1;  ///< whole numbers, each as probable
};
/// Numbers with their probabilities. Without numbers 1, 2, 3, ...; without probabilities, all alike.
struct ListedCount {
    std::vector<Units> values;
    std::vector<double> probabilities;
    std::size_t size() const { return values.empty() ? std::max<std::size_t>(1, probabilities.size()) : values.size(); }
    double value(std::size_t i) const { return values.empty() ? static_cast<double>(i + 1) : values[i]; }
};
struct BinomialCount {
    double trials = 1, probability = 1;
};
/// Rounded to whole units.
struct GammaCount {
    double mean = 1, cv = 1;
};
struct LognormalCount {
    double mean = 1, cv = 1;
};
using CountDistribution = std::variant<ConstantCount, GeometricCount, PoissonCount, NegativeBinomialCount, NormalCount,
                                       UniformCount, ListedCount, BinomialCount, GammaCount, LognormalCount>;

inline double draw_count(const ConstantCount& distribution, double) { return distribution.units; }
inline double draw_count(const GeometricCount& distribution, double u) {
    return sim::geometric(u, std::max(1.0, distribution.mean));
}
inline double draw_count(const PoissonCount& distribution, double u) { return sim::poisson(u, distribution.mean); }
inline double draw_count(const NegativeBinomialCount& distribution, double u) {
    return sim::negative_binomial(u, distribution.mean, std::max(distribution.mean, distribution.variance));
}
inline double draw_count(const NormalCount& distribution, double u) {
    return std::max(0.0, std::round(sim::normal(u, distribution.mean, distribution.sd)));
}
inline double draw_count(const UniformCount& distribution, double u) {
    const auto steps =
        static_cast<std::int64_t>(u * (distribution.most - distribution.least + 1));  // not floor(), which is a call
    return std::min(distribution.most, distribution.least + static_cast<double>(steps));
}
inline double draw_count(const ListedCount& distribution, double u) {
    return distribution.value(listed_at(u, distribution.size(), distribution.probabilities));
}
inline double draw_count(const BinomialCount& distribution, double u) {
    return sim::binomial(u, static_cast<int>(distribution.trials), distribution.probability);
}
inline double draw_count(const GammaCount& distribution, double u) {
    return std::round(sim::gamma_of_mean(u, distribution.mean, distribution.cv));
}
inline double draw_count(const LognormalCount& distribution, double u) {
    return std::round(sim::lognormal(u, distribution.mean, distribution.cv));
}

template <class Distribution>
Units drawn_units(const Distribution& distribution, double u) {
    constexpr double kMost = 1e9;  // a long tail must not leave the integers
    return static_cast<Units>(std::min(kMost, draw_count(distribution, u)));
}
inline Units draw(const CountDistribution& distribution, double u) {
    return std::visit([&](const auto& chosen) { return drawn_units(chosen, u); }, distribution);
}

inline double mean_of(const CountDistribution& distribution) {
    return std::visit(
        [](const auto& chosen) {
            if constexpr (requires { chosen.mean; }) {
                return chosen.mean;
            } else if constexpr (requires { chosen.units; }) {
                return chosen.units;
            } else if constexpr (requires { chosen.probabilities; }) {
                double sum = 0;
                for (std::size_t i = 0; i < chosen.size(); ++i) {
                    sum += chosen.value(i) * listed_share(i, chosen.size(), chosen.probabilities);
                }
                return sum;
            } else if constexpr (requires { chosen.trials; }) {
                return chosen.trials * chosen.probability;
            } else {
                return (chosen.least + chosen.most) / 2;
            }
        },
        distribution);
}

}  // namespace entrepot::models

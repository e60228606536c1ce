#pragma once

#include <cmath>
#include <optional>
#include <variant>
#include <vector>

#include "models/units.hpp"
#include "sim/distributions.hpp"
#include "sim/time.hpp"

/// Laws of random times and counts that a scenario may choose by name. Each variate takes one uniform and grows with
/// it.
namespace entrepot::models {

using sim::Duration;

struct ConstantTime {
    Duration mean{};
};
struct ExponentialTime {
    Duration mean{};
};
struct UniformTime {
    Duration least{}, most{};
};
struct GammaTime {
    Duration mean{};
    double cv = 1;  ///< coefficient of variation; the shape is 1/cv^2
};
struct LognormalTime {
    Duration mean{};
    double cv = 0.5;
};
/// A number of whole periods, geometric from 1 on: what a chain that is looked at once a period stays in a state.
struct GeometricTime {
    Duration mean{}, period{};
};
using TimeLaw = std::variant<ConstantTime, ExponentialTime, UniformTime, GammaTime, LognormalTime, GeometricTime>;

inline double draw_micros(const ConstantTime& law, double) { return static_cast<double>(law.mean.count()); }
inline double draw_micros(const ExponentialTime& law, double u) {
    return sim::exponential(u, static_cast<double>(law.mean.count()));
}
inline double draw_micros(const UniformTime& law, double u) {
    return static_cast<double>(law.least.count()) + u * static_cast<double>((law.most - law.least).count());
}
inline double draw_micros(const GammaTime& law, double u) {
    if (law.cv <= 0) return static_cast<double>(law.mean.count());
    const double cv2 = law.cv * law.cv;
    return sim::gamma(u, 1 / cv2, static_cast<double>(law.mean.count()) * cv2);
}
inline double draw_micros(const LognormalTime& law, double u) {
    return sim::lognormal(u, static_cast<double>(law.mean.count()), law.cv);
}
inline double draw_micros(const GeometricTime& law, double u) {
    const auto period = static_cast<double>(law.period.count());
    return sim::geometric(u, std::max(1.0, static_cast<double>(law.mean.count()) / period)) * period;
}

inline Duration to_duration(double micros) {
    return Duration{static_cast<std::int64_t>(std::min(micros, 1e17) + 0.5)};  // not llround(), which is a call
}

inline Duration draw(const TimeLaw& law, double u) {
    return to_duration(std::visit([&](const auto& chosen) { return draw_micros(chosen, u); }, law));
}

/// Mean of a law of times [microseconds].
inline double mean_of(const TimeLaw& law) {
    return std::visit(
        [](const auto& chosen) {
            if constexpr (requires { chosen.mean; }) {
                return static_cast<double>(chosen.mean.count());
            } else {
                return static_cast<double>((chosen.least + chosen.most).count()) / 2;
            }
        },
        law);
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
/// Probabilities of 1, 2, 3, ... units.
struct ListedCount {
    std::vector<double> probabilities = {1};
};
using CountLaw = std::variant<ConstantCount, GeometricCount, PoissonCount, NegativeBinomialCount, NormalCount,
                              UniformCount, ListedCount>;

inline double draw_count(const ConstantCount& law, double) { return law.units; }
inline double draw_count(const GeometricCount& law, double u) { return sim::geometric(u, std::max(1.0, law.mean)); }
inline double draw_count(const PoissonCount& law, double u) { return sim::poisson(u, law.mean); }
inline double draw_count(const NegativeBinomialCount& law, double u) {
    return sim::negative_binomial(u, law.mean, std::max(law.mean, law.variance));
}
inline double draw_count(const NormalCount& law, double u) {
    return std::max(0.0, std::round(sim::normal(u, law.mean, law.sd)));
}
inline double draw_count(const UniformCount& law, double u) {
    const auto steps = static_cast<std::int64_t>(u * (law.most - law.least + 1));  // not floor(), which is a call
    return std::min(law.most, law.least + static_cast<double>(steps));
}
inline double draw_count(const ListedCount& law, double u) {
    std::size_t units = 1;
    for (const double p : law.probabilities) {
        if (u < p || units == law.probabilities.size()) break;
        u -= p;
        ++units;
    }
    return static_cast<double>(units);
}

inline Units draw(const CountLaw& law, double u) {
    return static_cast<Units>(std::visit([&](const auto& chosen) { return draw_count(chosen, u); }, law));
}

inline double mean_of(const CountLaw& law) {
    return std::visit(
        [](const auto& chosen) {
            if constexpr (requires { chosen.mean; }) {
                return chosen.mean;
            } else if constexpr (requires { chosen.units; }) {
                return chosen.units;
            } else if constexpr (requires { chosen.probabilities; }) {
                double sum = 0, units = 0;
                for (const double p : chosen.probabilities) sum += ++units * p;
                return sum;
            } else {
                return (chosen.least + chosen.most) / 2;
            }
        },
        law);
}

}  // namespace entrepot::models

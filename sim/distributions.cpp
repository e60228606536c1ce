#include "sim/distributions.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "sim/check.hpp"
#include "sim/vector.hpp"

namespace entrepot::sim {

namespace {

/// Ratio of two polynomials, coefficients from the highest power down.
template <std::size_t N, std::size_t M>
double rational(const double (&numerator)[N], const double (&denominator)[M], double x) {
    double p = 0, q = 0;
    for (const double c : numerator) p = p * x + c;
    for (const double c : denominator) q = q * x + c;
    return p / q;
}

/// Boost.Math in plain double: long double differs between machines and is several times slower.
using Double = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

// A count is the first k with P(X <= k) >= u. Near u = 1 a sum of probabilities has lost the tail, so that the search
// by P(X > k) <= 1-u takes over from the walk.
constexpr double kWalkUpTo = 1 - 0x1p-20;
constexpr int kLongestWalk = 100;  // about what a search costs

/// Walks up from 0, whose probability is `p`; `ratio(k)` is P(X = k) / P(X = k-1). Nothing where the way is too long.
template <class Ratio>
std::optional<int> walk(double u, double p, Ratio ratio) {
    if (u > kWalkUpTo) return std::nullopt;
    double sum = p;
    for (int k = 0; k <= kLongestWalk; ++k) {
        if (sum >= u) return k;
        p *= ratio(k + 1);
        sum += p;
    }
    return std::nullopt;
}

/// The first k from 0 on for which `reached(k)`, from a guess: strides that double, then halving.
template <class Reached>
int first_reached(double guess, Reached reached) {
    std::int64_t high = std::llround(std::clamp<double>(guess, 0, kLargestCount)), low = high - 1, stride = 1;
    if (reached(static_cast<double>(high))) {
        for (; low >= 0 && reached(static_cast<double>(low)); stride *= 2) {
            high = low;
            low = std::max<std::int64_t>(low - stride, -1);
        }
    } else {
        do {
            low = high;
            high += stride;
            stride *= 2;
        } while (high < kLargestCount && !reached(static_cast<double>(high)));
    }
    while (high - low > 1) {
        const std::int64_t middle = (low + high) / 2;
        (reached(static_cast<double>(middle)) ? high : low) = middle;
    }
    return static_cast<int>(std::min<std::int64_t>(high, kLargestCount));
}

}  // namespace

double normal_quantile(double u) {
    static constexpr double a[] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                                   45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                                   133.14166789178437745, 3.387132872796366608};
    static constexpr double b[] = {
        5226.495278852545925,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1.0};
    static constexpr double c[] = {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
                                   1.27045825245236838258,   3.64784832476320460504,   5.7694972214606914055,
                                   4.6303378461565452959,    1.42343711074968357734};
    static constexpr double d[] = {
        1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
        0.68976733498510000455,    1.6763848301838038494,   2.05319162663775882187,   1.0};
    static constexpr double e[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
                                   0.026532189526576123093,   0.29656057182850489123,    1.7848265399172913358,
                                   5.4637849111641143699,     6.6579046435011037772};
    static constexpr double f[] = {
        2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
        0.0148753612908506148525,   0.13692988092273580531,   0.59983220655588793769,   1.0};
    const double q = u - 0.5;
    if (std::abs(q) <= 0.425) return q * rational(a, b, 0.180625 - q * q);
    const double r = std::sqrt(-std::log(q < 0 ? u : 1 - u));
    const double z = r <= 5 ? rational(c, d, r - 1.6) : rational(e, f, r - 5);
    return q < 0 ? -z : z;
}

double normal(double u, double mean, double sd) {
    SIM_CHECK(sd >= 0, "a normal distribution's standard deviation is negative");
    return mean + sd * normal_quantile(u);
}

namespace {

/// -log(1 - u), to the last digit or two; 1 - u is exact. Without branches and calls, so that many take little longer
/// than one, and the same on every machine. With 1 - u = 2^k (1 + f) and s = f / (2 + f), log(1 + f) = 2 artanh(s), in
/// a form that loses nothing where f is small: f - f^2/2 + s (f^2/2 + 2 s^2/3 + 2 s^4/5 + ...).
[[gnu::always_inline]] inline double minus_log_complement(double u) {
    constexpr std::uint64_t kLeast = 0x3FE6A09E00000000;  // 1 + f from about sqrt(1/2) on, to sqrt(2)
    constexpr double kLog2High = 0x1.62e42fefap-1;        // so that k times it is exact
    constexpr double kLog2Low = 0x1.cf79abc9e3b39p-40;
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(1 - u) + (0x3FF0000000000000 - kLeast);
    const double k = std::bit_cast<double>((bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023);
    const double f = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFF) + kLeast) - 1;
    const double s = f / (2 + f), z = s * s, half = 0.5 * f * f;
    double r = 2.0 / 21 * z + 2.0 / 19;
    r = ((r * z + 2.0 / 17) * z + 2.0 / 15) * z + 2.0 / 13;
    r = ((r * z + 2.0 / 11) * z + 2.0 / 9) * z + 2.0 / 7;
    r = (r * z + 2.0 / 5) * z + 2.0 / 3;
    const double small = half - (s * (half + r * z) + k * kLog2Low);
    return (small - f) - k * kLog2High;
}

ENTREPOT_VECTOR_CLONES void exponentials(double* u, std::size_t count, double mean, Duration* times) {
    // Two loops, since AVX2 has the first one's operations, but can't turn the numbers into whole ones.
    for (std::size_t i = 0; i < count; ++i) u[i] = mean * minus_log_complement(u[i]);
    for (std::size_t i = 0; i < count; ++i) times[i] = rounded_micros(u[i]);
}

}  // namespace

double exponential(double u, double mean) {
    SIM_CHECK(mean >= 0, "an exponential distribution's mean is negative");
    return mean * minus_log_complement(u);
}

void exponential(std::span<double> u, double mean, std::span<Duration> times) {
    SIM_CHECK(mean >= 0, "an exponential distribution's mean is negative");
    exponentials(u.data(), u.size(), mean, times.data());
}

namespace {

/// Quantile of the gamma distribution with a small whole shape, away from the lower tail: Halley's steps on the closed
/// form of P(X > x), from Wilson and Hilferty's (1931) guess.
double erlang(double u, int shape) {
    const double c = 1 / (9.0 * shape);
    const double root = std::max(0.1, 1 - c + std::sqrt(c) * normal_quantile(u));
    double x = shape * root * root * root;
    for (int step = 0; step < 8; ++step) {
        double term = 1, sum = 1;  // x^i / i!
        for (int i = 1; i < shape; ++i) sum += term *= x / i;
        const double error = ((1 - u) * std::exp(x) - sum) / term;  // over the density
        const double move = 2 * x * error / (2 * x - error * (shape - 1 - x));
        x = std::max(x - move, x / 8);
        if (std::abs(move) < 1e-5 * x) break;  // cubic: the next step would be below 1e-14
    }
    return x;
}

/// The same where the shape is so great that the distribution is nearly a normal one: its Cornish-Fisher expansion,
/// whose next term is below 1e-13 of the mean. Boost's inverse takes the longer the greater the shape is, and gives up.
double nearly_normal_gamma(double u, double shape) {
    const double z = normal_quantile(u), z2 = z * z, root = std::sqrt(shape);
    return shape + z * root + (z2 - 1) / 3 + z * (z2 - 7) / (36 * root) - (3 * z2 * z2 + 7 * z2 - 16) / (810 * shape);
}

}  // namespace

double gamma(double u, double shape, double scale) {
    SIM_CHECK(shape >= 0 && scale >= 0, "a gamma distribution's shape or scale is negative");
    if (shape <= 0 || scale <= 0) return 0;
    constexpr double kLowerTail = 1e-3, kMostStages = 32, kNearlyNormal = 1e6;
    if (shape >= kNearlyNormal) return scale * nearly_normal_gamma(u, shape);
    if (u > kLowerTail && shape <= kMostStages && shape == std::floor(shape)) {
        return scale * erlang(u, static_cast<int>(shape));
    }
    return scale * boost::math::gamma_p_inv(shape, u, Double());  // takes the upper tail by 1-u, which is exact
}

double gamma_of_mean(double u, double mean, double cv) {
    SIM_CHECK(mean >= 0 && cv >= 0, "a gamma distribution's mean or coefficient of variation is negative");
    const double cv2 = cv * cv;
    if (cv2 < 1e-30) return mean;  // less than its last digit
    return gamma(u, 1 / cv2, mean * cv2);
}

double lognormal(double u, double mean, double cv) {
    SIM_CHECK(mean >= 0 && cv >= 0, "a lognormal distribution's mean or coefficient of variation is negative");
    if (cv <= 0) return mean;
    const double variance = std::log1p(cv * cv);
    return mean * std::exp(std::sqrt(variance) * normal_quantile(u) - variance / 2);
}

double lognormal_median(double u, double median, double sigma) {
    SIM_CHECK(median >= 0 && sigma >= 0, "a lognormal distribution's median or sigma is negative");
    return sigma <= 0 ? median : median * std::exp(sigma * normal_quantile(u));
}

double triangular(double u, double low, double mode, double high) {
    SIM_CHECK(low <= mode && mode <= high, "a triangular distribution's mode is outside its ends");
    if (high <= low) return low;
    const double split = (mode - low) / (high - low);
    // Neither side passes the mode by a last digit: that would break the order around it.
    return u < split ? std::min(mode, low + std::sqrt(u * (high - low) * (mode - low)))
                     : std::max(mode, high - std::sqrt((1 - u) * (high - low) * (high - mode)));
}

int geometric(double u, double mean) {
    SIM_CHECK(mean >= 1, "a geometric distribution's mean is below 1");
    if (mean <= 1) return 1;
    const double drawn = std::ceil(std::log(1 - u) / std::log1p(-1 / mean));
    return static_cast<int>(std::clamp<double>(drawn, 1, kLargestCount));
}

int poisson(double u, double mean) {
    SIM_CHECK(mean >= 0 && mean <= kLargestCount, "a Poisson distribution's mean is negative or too great");
    if (mean <= 0) return 0;
    constexpr double kSmall = 30;
    if (mean < kSmall) {
        if (const auto k = walk(u, std::exp(-mean), [mean](int i) { return mean / i; })) return *k;
    }
    // A Cornish-Fisher guess, then P(X <= k) = Q(k + 1, mean), whichever tail is the smaller.
    const double z = normal_quantile(u);
    return first_reached(std::floor(mean + std::sqrt(mean) * z + (z * z - 1) / 6), [u, mean](double k) {
        return u <= 0.5 ? boost::math::gamma_q(k + 1, mean, Double()) >= u
                        : boost::math::gamma_p(k + 1, mean, Double()) <= 1 - u;
    });
}

int negative_binomial(double u, double mean, double variance) {
    SIM_CHECK(mean >= 0 && mean <= kLargestCount, "a negative binomial's mean is negative or too great");
    SIM_CHECK(variance >= mean && std::isfinite(variance),
              "a negative binomial's variance is below its mean or infinite");
    if (variance <= mean) return poisson(u, mean);
    if (mean <= 0) return 0;
    const double r = mean * mean / (variance - mean), success = mean / variance, failure = (variance - mean) / variance;
    const double none = std::exp(r * (failure < 0.5 ? std::log1p(-failure) : std::log(success)));
    if (mean < kLongestWalk) {
        if (const auto k = walk(u, none, [=](int i) { return failure * (r + i - 1) / i; })) return *k;
    }
    // The gamma variate of this mean and variance, then P(X <= k) = I_success(r, k + 1), whichever tail is the smaller.
    const double guess = gamma(u, mean * mean / variance, variance / mean) - 0.5;
    return first_reached(guess, [=](double k) {
        return u <= 0.5 ? boost::math::ibetac(k + 1, r, failure, Double()) >= u
                        : boost::math::ibeta(k + 1, r, failure, Double()) <= 1 - u;
    });
}

int binomial(double u, int trials, double probability) {
    SIM_CHECK(trials >= 0 && trials <= kLargestCount, "a binomial's trials are negative or too many");
    SIM_CHECK(probability >= 0 && probability <= 1, "a binomial's probability lies outside [0,1]");
    if (trials == 0 || probability <= 0) return 0;
    if (probability >= 1) return trials;
    const double n = trials, mean = n * probability, sd = std::sqrt(mean * (1 - probability));
    // P(X <= k) = I_{1-p}(n - k, k + 1), whichever tail is the smaller.
    const double guess = std::clamp(std::floor(mean + sd * normal_quantile(u)), 0.0, n);
    return std::min(trials, first_reached(guess, [=](double k) {
                        if (k >= n) return true;
                        return u <= 0.5 ? boost::math::ibetac(k + 1, n - k, probability, Double()) >= u
                                        : boost::math::ibeta(k + 1, n - k, probability, Double()) <= 1 - u;
                    }));
}

double normal_probability(double z) { return 0.5 * std::erfc(-z * std::numbers::sqrt2 / 2); }

double weibull(double u, double mean, double shape) {
    SIM_CHECK(mean >= 0 && shape > 0, "a Weibull's mean is negative, or its shape isn't positive");
    return mean / std::tgamma(1 + 1 / shape) * std::pow(-std::log1p(-u), 1 / shape);
}

double hyperexponential(double u, double mean, double cv) {
    SIM_CHECK(mean >= 0 && cv >= 1, "a hyperexponential's mean is negative, or its variation below 1");
    if (mean <= 0) return 0;
    const double share = (1 + std::sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;  // of the short phase
    const double fast = 2 * share / mean, slow = 2 * (1 - share) / mean;
    if (slow <= 0) return exponential(u, mean);
    // The tail falls: halve the interval in which it meets 1-u.
    const double tail = 1 - u;
    const auto survival = [=](double x) { return share * std::exp(-fast * x) + (1 - share) * std::exp(-slow * x); };
    double low = 0, high = -std::log(tail) / slow;
    for (int i = 0; i < 60 && high - low > 1e-15 * high; ++i) {
        const double middle = (low + high) / 2;
        (survival(middle) > tail ? low : high) = middle;
    }
    return (low + high) / 2;
}

Empirical::Empirical(std::vector<double> sample) {
    SIM_CHECK(!sample.empty(), "an empirical distribution needs a sample");
    for (const double value : sample) SIM_CHECK(std::isfinite(value), "a value of a sample is not finite");
    std::sort(sample.begin(), sample.end());
    sorted_ = std::make_shared<const std::vector<double>>(std::move(sample));
}

double Empirical::operator()(double u) const {
    const std::vector<double>& x = *sorted_;
    if (x.size() == 1) return x[0];
    const double place = u * static_cast<double>(x.size() - 1);  // below n-1 after rounding, too
    const auto below = static_cast<std::size_t>(place);
    const double part = place - static_cast<double>(below);
    return std::min(x[below + 1], x[below] + part * (x[below + 1] - x[below]));
}

Discrete::Discrete(std::span<const double> weights) {
    const std::size_t n = weights.size();
    Tables tables{std::vector<double>(n + 1), std::vector<std::uint32_t>(n), std::vector<double>(n)};
    auto& [below, guide, stretch] = tables;
    double total = 0;
    for (std::size_t i = 0; i < n; ++i) {
        SIM_CHECK(weights[i] >= 0, "a weight of a discrete distribution is negative");
        total += weights[i];
        below[i + 1] = total;
    }
    SIM_CHECK(total > 0, "a discrete distribution needs a positive weight");
    SIM_CHECK(std::isfinite(total), "the weights of a discrete distribution have no finite sum");
    for (double& p : below) p /= total;
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < n; ++k) {
        while (below[value + 1] <= static_cast<double>(k) / static_cast<double>(n)) ++value;
        guide[k] = value;
    }
    for (std::size_t i = 0; i < n; ++i) stretch[i] = 1 / (below[i + 1] - below[i]);
    tables_ = std::make_shared<const Tables>(std::move(tables));
}

double Discrete::probability(std::uint32_t value) const { return tables_->below[value + 1] - tables_->below[value]; }

bool Discrete::share(const Discrete& other) {
    if (!tables_ || !other.tables_ || tables_->below != other.tables_->below) return false;
    tables_ = other.tables_;
    return true;
}

}  // namespace entrepot::sim

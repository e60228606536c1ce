#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>
#include <thread>

#include <boost/math/distributions/binomial.hpp>
#include <fmt/format.h>

#include "results/coverage/experiments.hpp"
#include "sim/replicate.hpp"

/// coverage_study [--quick] [--markdown] [--experiments N] [--seed N] [--only TEXT]
///
/// Prints how often intervals hold the truth, and the band where that figure lies with probability 99.9 % if all is as
/// it should be. Ends with 1 when one of them is outside, with 2 when it is called wrongly.
namespace entrepot::coverage {
namespace {

struct Options {
    bool quick = false;
    bool markdown = false;  ///< rows as in docs/statistics.md
    std::size_t experiments = 10'000;
    std::uint32_t seed = 1;
    std::string_view only;
};

template <class Number>
bool read(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number > 0;
}

bool read_options(int count, char** words, Options& options) {
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "--quick") {
            options.quick = true;
        } else if (word == "--markdown") {
            options.markdown = true;
        } else if (i + 1 == count) {
            return false;
        } else if (word == "--only") {
            options.only = words[++i];
        } else if (!(word == "--experiments" && read(words[++i], options.experiments)) &&
                   !(word == "--seed" && read(words[++i], options.seed))) {
            return false;
        }
    }
    return options.experiments >= 1000;
}

struct Count {
    std::size_t covered = 0, missed = 0, refused = 0;
    std::size_t given() const { return covered + missed; }
};

/// `experiments` of one kind. Each has its own address, so the count is the same for any number of threads.
Count run(const Experiment& experiment, std::size_t experiments, std::uint32_t seed) {
    constexpr std::size_t kBlock = 50;
    const std::uint64_t entity = sim::entity_hash(experiment.name);
    Count all;
    const auto work = [&](std::size_t block) -> std::optional<Count> {
        Count part;
        for (std::size_t i = block * kBlock; i < std::min(experiments, (block + 1) * kBlock); ++i) {
            sim::Stream stream = sim::Draws(seed, static_cast<std::uint32_t>(i)).at(0, entity, 0);
            const Outcome outcome = experiment.once(stream);
            ++(outcome == Outcome::covered ? part.covered : outcome == Outcome::missed ? part.missed : part.refused);
        }
        return part;
    };
    const auto add = [&](std::size_t, const Count& part) {
        all.covered += part.covered;
        all.missed += part.missed;
        all.refused += part.refused;
    };
    sim::replicate((experiments + kBlock - 1) / kBlock, std::max(1u, std::thread::hardware_concurrency()), {}, work,
                   add);
    return all;
}

struct Band {
    double low = 0, high = 0;  ///< of the number covered
};

/// Counts of `n` that happen with 99.9 % when the truth is `e.expected`, known as well as it is.
Band band(const Experiment& e, std::size_t n) {
    namespace policies = boost::math::policies;
    using Upwards = policies::policy<policies::discrete_quantile<policies::integer_round_up>>;
    const auto count = static_cast<double>(n);
    const boost::math::binomial_distribution<double, Upwards> covered(count, e.expected);
    if (e.expectation == Expectation::at_least) return {quantile(covered, 0.001), count};
    if (e.expected_error == 0) return {quantile(covered, 0.0005), quantile(covered, 0.9995)};
    const double spread = std::hypot(std::sqrt(e.expected * (1 - e.expected) / count), e.expected_error);
    return {count * (e.expected - 3.2905 * spread), std::min(count, count * (e.expected + 3.2905 * spread))};
}

std::string_view verdict(const Experiment& e, bool inside) {
    if (!inside) return "OUTSIDE";
    if (e.expectation == Expectation::theory) return "as theory says";
    if (e.expectation == Expectation::at_least) return "at least that";
    if (std::abs(e.expected - e.nominal) < 0.01) return "about right";
    return e.expected < e.nominal ? "as known: less than it says" : "as known: more than it says";
}

bool report(const Experiment& e, const Options& options) {
    const std::size_t wanted = std::max<std::size_t>(1000, options.experiments / e.share);
    const Count count = run(e, wanted, options.seed);
    const Band allowed = band(e, count.given());
    const auto covered = static_cast<double>(count.covered), given = static_cast<double>(count.given());
    const bool inside = count.given() > 0 && allowed.low <= covered && covered <= allowed.high;
    const auto share = [&](double n) { return given > 0 ? n / given : 0.0; };
    if (options.markdown) {
        fmt::print("| {} | {:.4f} | {} | {} | {:.4f} | {:.4f} to {:.4f} | {} |\n", e.name, e.expected, count.given(),
                   count.refused, share(covered), share(allowed.low), share(allowed.high), verdict(e, inside));
    } else {
        fmt::print("{:<37} {:>7.4f} {:>8.4f} {:>8} {:>7} {:>8.4f}   {:.4f} .. {:.4f}  {}\n", e.name, e.nominal,
                   e.expected, count.given(), count.refused, share(covered), share(allowed.low), share(allowed.high),
                   verdict(e, inside));
    }
    std::fflush(stdout);
    return inside;
}

void print_heading(const Options& options) {
    if (options.markdown) {
        fmt::print("| interval | expected | given | refused | covered | band | |\n|---|---|---|---|---|---|---|\n");
    } else {
        fmt::print("{:<37} {:>7} {:>8} {:>8} {:>7} {:>8}   {:<17} {}\n", "interval", "nominal", "expected", "given",
                   "refused", "covered", "99.9 % band", "verdict");
    }
}

}  // namespace
}  // namespace entrepot::coverage

int main(int count, char** words) {
    using namespace entrepot::coverage;
    Options options;
    if (!read_options(count, words, options)) {
        fmt::print(stderr,
                   "usage: coverage_study [--quick] [--markdown] [--experiments N] [--seed N] [--only TEXT]; N >= "
                   "1000\n");
        return 2;
    }
    print_heading(options);
    bool good = true;
    for (const Experiment& e : experiments()) {
        if (options.quick && !e.quick) continue;
        if (!options.only.empty() && e.name.find(options.only) == std::string::npos) continue;
        good = report(e, options) && good;
    }
    return good ? 0 : 1;
}

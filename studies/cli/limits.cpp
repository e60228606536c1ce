#include "studies/cli/limits.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include <fmt/format.h>

#include "results/text/digits.hpp"
#include "studies/cli/command_line.hpp"

namespace entrepot::studies::cli {

using results::counted;
using results::duration_text;
using results::size_text;

namespace {

/// To two digits, since it is an estimate: "0.02 s", "4.9 s", "3 min 05 s".
std::string about_seconds(double seconds) {
    return seconds < 10 ? results::number_text(seconds, 2) + " s" : duration_text(seconds);
}

std::string about_bytes(double bytes) {
    constexpr double kMega = 1 << 20, kGiga = 1 << 30;
    const double shown = bytes < kGiga ? kMega : kGiga;
    const double unit = std::pow(10, std::floor(std::log10(std::max(1.0, bytes / shown))) - 1) * shown;
    return size_text(std::round(bytes / unit) * unit);
}

/// "4.9 s of CPU", or, where the strategies differ, "4.9 s (S0) to 6.3 s (S6) of CPU".
std::string replication_time(const Estimate& estimate, const std::vector<std::string>& strategies) {
    const auto [least, most] = std::ranges::minmax_element(estimate.replication_seconds);
    const auto name = [&](auto at) {
        return strategies[static_cast<std::size_t>(at - estimate.replication_seconds.begin())];
    };
    const std::string from = about_seconds(*least), to = about_seconds(*most);
    return from == to ? from + " of CPU" : fmt::format("{} ({}) to {} ({}) of CPU", from, name(least), to, name(most));
}

std::string threads_text(std::size_t threads) { return counted(threads, "thread"); }

/// "this machine has 23 GB".
std::string there_is(const MemoryLimit& limit) { return fmt::format("{} {}", limit.whose, size_text(limit.bytes)); }

}  // namespace

std::size_t cores() { return std::max<std::size_t>(1, std::thread::hardware_concurrency()); }

std::string estimate_text(const Estimate& estimate, const StudyOptions& options, const MemoryLimit& limit) {
    const std::size_t runs = runs_of(options, static_cast<std::size_t>(options.replications));
    const bool too_much = estimate.bytes() > limit.bytes;
    return fmt::format("A replication takes about {} and {}; the {}{} of `entrepot run`, on {}, about {} and {}{}.",
                       about_bytes(estimate.replication_bytes), replication_time(estimate, options.strategies),
                       options.precision ? "at most " : "", runs, threads_text(estimate.at_a_time),
                       about_bytes(estimate.bytes()), about_seconds(estimate.wall_seconds),
                       too_much ? fmt::format(": more memory than {}", there_is(limit)) : "");
}

std::string build_problem(double bytes, const MemoryLimit& limit) {
    return fmt::format(
        "to build its network takes about {} of memory, and {}; take fewer items (items.count), fewer warehouses or a "
        "shorter horizon (calendar.measure)",
        about_bytes(bytes), there_is(limit));
}

void want_room_to_build(const scenarios::Loaded& loaded, const StudyOptions& options, const MemoryLimit& limit,
                        bool anyway) {
    const double bytes = bytes_to_build(loaded, options.strategies.size());
    if (anyway || bytes <= limit.bytes) return;
    throw UsageError(fmt::format("run: {}; or insist by --anyway", build_problem(bytes, limit)));
}

void want_room(const Estimate& estimate, const MemoryLimit& limit, bool anyway) {
    if (anyway || estimate.bytes() <= limit.bytes) return;
    if (estimate.bytes() - estimate.kept_bytes <= limit.bytes) {
        throw UsageError(fmt::format(
            "run: what is kept of so many replications would take about {} of memory, and {}; take fewer (-n) or no "
            "daily series (--no-series), let a --time-limit or a --precision end it; or insist by --anyway",
            about_bytes(estimate.kept_bytes), there_is(limit)));
    }
    const double fit =
        std::floor((limit.bytes - estimate.fixed_bytes - estimate.kept_bytes) / estimate.replication_bytes);
    const std::string fewer =
        estimate.at_a_time == 1 ? ""
        : fit >= 1              ? fmt::format("take fewer threads ({:.0f} would fit: --threads {:.0f}), or ", fit, fit)
                                : "not even one thread would do: ";
    throw UsageError(
        fmt::format("run: this would take about {} of memory, {} for each of {} at a time, and {}; {}take fewer items "
                    "(items.count), a shorter horizon (calendar.measure), fewer replications (-n) or no daily series "
                    "(--no-series); or insist by --anyway",
                    about_bytes(estimate.bytes()), about_bytes(estimate.replication_bytes),
                    counted(estimate.at_a_time, "replication"), there_is(limit), fewer));
}

std::string time_note(const Estimate& estimate, const StudyOptions& options, std::optional<double> limit_seconds) {
    constexpr double kDay = 86'400;
    // A precision ends it after nobody knows how many.
    if (options.precision || estimate.wall_seconds <= limit_seconds.value_or(kDay)) return "";
    const std::size_t runs = runs_of(options, static_cast<std::size_t>(options.replications));
    const std::string takes = fmt::format("the {} will take about {} on {}", counted(runs, "run"),
                                          duration_text(estimate.wall_seconds), threads_text(estimate.at_a_time));
    if (!limit_seconds) {
        return takes +
               "; what is finished is saved all along, and --resume goes on with it; fewer replications (-n), or a "
               "--time-limit, end it earlier";
    }
    const double done = std::floor(static_cast<double>(runs) * *limit_seconds / estimate.wall_seconds);
    return fmt::format("{}: the time limit will end it after about {:.0f} of them", takes, done);
}

}  // namespace entrepot::studies::cli

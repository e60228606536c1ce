#include "studies/cli/progress_bar.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "results/text/format.hpp"
#include "results/text/table.hpp"
#include "studies/cli/terminal.hpp"

namespace entrepot::studies::cli {

using results::duration_text;

namespace {

constexpr std::chrono::milliseconds kPlainInterval{5000}, kTerminalInterval{100};
constexpr std::size_t kWidth = 32;

}  // namespace

Rest rest_of(const Extent& extent, double seconds) {
    Rest rest{.total = extent.known ? std::max(extent.done, extent.total) : 0, .seconds = {}};
    rest.about = extent.known && extent.done == 0 && extent.expected && extent.total > 0;
    if (extent.known && (extent.done > 0 || rest.about)) {
        const double pace = rest.about ? *extent.expected / static_cast<double>(extent.total)
                                       : seconds / static_cast<double>(extent.done);
        rest.seconds = pace * static_cast<double>(rest.total - extent.done);
        if (extent.most_seconds && *extent.most_seconds < *rest.seconds) {
            rest.seconds = std::max(0.0, *extent.most_seconds);
            rest.total = extent.done + static_cast<std::size_t>(std::ceil(*rest.seconds / pace));
            rest.about = false;
        }
    } else if (extent.most_seconds) {
        rest.seconds = std::max(0.0, *extent.most_seconds);
        rest.at_most = true;
    }
    return rest;
}

std::string rest_text(const Extent& extent, const Rest& rest) {
    std::string text =
        rest.total > 0 ? fmt::format("{} of {}", extent.done, rest.total) : fmt::format("{} so far", extent.done);
    if (rest.seconds)
        text += fmt::format(", {}{} left",
                            rest.at_most ? "at most "
                            : rest.about ? "about "
                                         : "",
                            duration_text(*rest.seconds));
    return text;
}

ProgressBar::ProgressBar(std::string what, bool quiet)
    : what_(std::move(what)), quiet_(quiet), terminal_(isatty(STDERR_FILENO)), started_(Clock::now()) {}

ProgressBar::~ProgressBar() {
    if (!quiet_ && terminal_) std::fputs("\r\x1b[K", stderr);
}

bool ProgressBar::is_due() const {
    return !quiet_ && Clock::now() - shown_ >= (terminal_ ? kTerminalInterval : kPlainInterval);
}

void ProgressBar::show(const Extent& extent, const std::string& note) {
    const bool ends = extent.known && extent.done >= extent.total;
    if (quiet_ || (!ends && !is_due())) return;
    const Clock::time_point now = shown_ = Clock::now();
    const Rest rest = rest_of(extent, std::chrono::duration<double>(now - started_).count());
    const std::string state = rest_text(extent, rest) + (note.empty() ? "" : "; " + note);
    if (!terminal_) {
        tell("{}: {}\n", what_, state);
    } else {
        const std::size_t filled = rest.total > 0 ? kWidth * std::min(extent.done, rest.total) / rest.total : 0;
        const std::string line = fmt::format("{} [{:#<{}}{:<{}}] {}", what_, "", filled, "", kWidth - filled, state);
        const std::size_t columns = terminal_columns(STDERR_FILENO);  // a longer line could not be written over
        tell("\r\x1b[K{}", columns > 1 ? results::cut(line, columns - 1) : line);
    }
    std::fflush(stderr);
}

}  // namespace entrepot::studies::cli

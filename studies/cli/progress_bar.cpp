#include "studies/cli/progress_bar.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace entrepot::studies::cli {

namespace {

constexpr std::chrono::milliseconds kPlainInterval{5000}, kTerminalInterval{100};
constexpr std::size_t kWidth = 32;

std::string duration_text(double seconds) {
    const auto s = std::lround(seconds);
    if (s < 100) return fmt::format("{} s", s);
    if (s < 6000) return fmt::format("{} min {:02} s", s / 60, s % 60);
    return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
}

}  // namespace

ProgressBar::ProgressBar(std::string what, bool quiet)
    : what_(std::move(what)), quiet_(quiet), terminal_(isatty(STDERR_FILENO)), started_(Clock::now()) {}

ProgressBar::~ProgressBar() {
    if (!quiet_ && terminal_) std::fputs("\r\x1b[K", stderr);
}

bool ProgressBar::is_due() const {
    return !quiet_ && Clock::now() - shown_ >= (terminal_ ? kTerminalInterval : kPlainInterval);
}

void ProgressBar::show(std::size_t done, std::size_t total, const std::string& note) {
    if (quiet_ || total == 0 || (done < total && !is_due())) return;
    const Clock::time_point now = shown_ = Clock::now();
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const std::size_t rest = done < total ? total - done : 0;
    const double left = done > 0 ? seconds / static_cast<double>(done) * static_cast<double>(rest) : 0;
    const std::string state =
        (done == 0 ? std::string() : fmt::format(", {} left", duration_text(left))) + (note.empty() ? "" : "; " + note);
    if (!terminal_) {
        fmt::print(stderr, "{}: {} of {}{}\n", what_, done, total, state);
    } else {
        const std::size_t filled = kWidth * std::min(done, total) / total;
        fmt::print(stderr, "\r\x1b[K{} [{:#<{}}{:<{}}] {}/{}{}", what_, "", filled, "", kWidth - filled, done, total,
                   state);
    }
    std::fflush(stderr);
}

}  // namespace entrepot::studies::cli

#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace entrepot::studies::cli {

/// How far some work is, in pieces.
struct Extent {
    std::size_t done = 0, total = 0;
    bool known = true;                   ///< false: nobody can say yet how many there will be
    std::optional<double> most_seconds;  ///< a limit ends it then, counted from now
    std::optional<double> expected{};    ///< seconds that all of it is thought to take, while nothing is done
};

/// What is left of it.
struct Rest {
    std::size_t total = 0;          ///< pieces that there will be, with the limit; 0 = unknown
    std::optional<double> seconds;  ///< that it will take
    bool at_most = false;           ///< nothing is known but the limit
    bool about = false;             ///< nothing is done yet: it is what was thought before
};

/// From the pace so far, `seconds` for those that are done; before the first one from the pace that is expected.
Rest rest_of(const Extent& extent, double seconds);

/// "34 of 120, 2 min 10 s left", "0 of 120, about 3 min 00 s left", "3 so far, at most 9 min 40 s left"
std::string rest_text(const Extent& extent, const Rest& rest);

/// Shows how far long work is: a bar with the time left on a terminal, a plain line every few seconds elsewhere,
/// nothing when quiet. Writes to the standard error.
class ProgressBar {
public:
    ProgressBar(std::string what, bool quiet);
    ~ProgressBar();

    /// `note` stands behind the rest.
    void show(const Extent& extent, const std::string& note = "");

    /// Whether the next call will be seen.
    bool is_due() const;

private:
    using Clock = std::chrono::steady_clock;

    std::string what_;
    bool quiet_, terminal_;
    Clock::time_point started_, shown_{};
};

}  // namespace entrepot::studies::cli

#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace entrepot::studies::cli {

/// Shows how far long work is: a bar with the time left on a terminal, a plain line every few seconds elsewhere,
/// nothing when quiet. Writes to the standard error.
class ProgressBar {
public:
    ProgressBar(std::string what, bool quiet);
    ~ProgressBar();

    /// `note` stands behind the rest.
    void show(std::size_t done, std::size_t total, const std::string& note = "");

    /// Whether the next call will be seen.
    bool is_due() const;

private:
    using Clock = std::chrono::steady_clock;

    std::string what_;
    bool quiet_, terminal_;
    Clock::time_point started_, shown_{};
};

}  // namespace entrepot::studies::cli

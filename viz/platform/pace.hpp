#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace entrepot::viz {

/// No more frames than a screen shows, where no driver waits for it: in software each one would be taken from the
/// simulation.
class FramePace {
public:
    /// To be called after each frame; returns when it is time for the next one.
    void wait() {
        std::this_thread::sleep_until(next_);
        next_ = std::max(next_ + kFrame, std::chrono::steady_clock::now());
    }

private:
    static constexpr std::chrono::milliseconds kFrame{15};  // a driver that does wait has longer ones
    std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::now() + kFrame;
};

}  // namespace entrepot::viz

#pragma once

#include <stdexcept>
#include <string>

#include "sim/time.hpp"

namespace entrepot::sim {

/// A condition of SIM_CHECK that did not hold, on a thread on which a RunUnderCheck lives.
struct BrokenInvariant : std::logic_error {
    using std::logic_error::logic_error;
};

/// While one of these lives on a thread, a broken invariant throws there in place of ending the program: what was
/// computed before can be saved. What broke must not be used any more.
class RunUnderCheck {
public:
    RunUnderCheck();
    ~RunUnderCheck();
    /// Whether one lives on this thread.
    static bool lives();
    RunUnderCheck(const RunUnderCheck&) = delete;
    RunUnderCheck& operator=(const RunUnderCheck&) = delete;

private:
    bool before_;
};

/// Prints what went wrong and where, and ends the program. A broken invariant is the programmer's error.
[[noreturn, gnu::cold]] void check_failed(const char* condition, const char* why, const char* file, int line);

/// The same for a message that reaches another entity sooner than the channel's lookahead allows.
[[noreturn, gnu::cold]] void sent_too_soon(const std::string& from, Time now, const std::string& to, Time when,
                                           Duration lookahead);

}  // namespace entrepot::sim

/// A condition that must hold in release builds too; costs one branch.
#define SIM_CHECK(condition, why) \
    (static_cast<bool>(condition) ? void(0) : ::entrepot::sim::check_failed(#condition, why, __FILE__, __LINE__))

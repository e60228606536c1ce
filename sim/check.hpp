#pragma once

#include <cstdint>

#include "sim/time.hpp"

namespace entrepot::sim {

/// Prints what went wrong and where, and ends the program. A broken invariant is the programmer's error.
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);

/// The same for a message that reaches another partition sooner than the lookahead allows.
[[noreturn]] void sent_too_soon(std::uint16_t from, Time now, std::uint16_t to, Time when, Duration lookahead);

}  // namespace entrepot::sim

/// A condition that must hold in release builds too; costs one branch.
#define SIM_CHECK(condition, why) \
    (static_cast<bool>(condition) ? void(0) : ::entrepot::sim::check_failed(#condition, why, __FILE__, __LINE__))

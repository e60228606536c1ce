#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "models/model.hpp"
#include "sim/run_windowed.hpp"

namespace entrepot::models {

struct RunFigures {
    std::uint64_t events = 0;       ///< processed by the kernel
    std::uint64_t digest = 0;       ///< fingerprint of the trajectory
    std::uint64_t order_lines = 0;  ///< entered
};

/// The world of one replication at midnight of day 0, with its first events.
World start_world(const Network& network, std::uint32_t seed, std::uint32_t replication, FactLog& log);

/// Checks that no unit, order or amount of money was lost or made; a broken balance ends the program.
void check_conservation(const World& world);

/// Takes a world on in time windows, each site and headquarters for itself. The facts come entity by entity: on one
/// thread those of a window, on more those of the whole span.
sim::WindowFigures run_windows(World& world, FactLog& log, Time until, sim::Threads& threads);

/// How one replication is run; what it comes to is the same.
struct Runner {
    bool windows = false;     ///< each site for itself, in windows of the integration's pump; else as is quicker
    std::size_t threads = 1;  ///< that share the windows
};

/// One replication of the network's strategy from day 0 to the end of the horizon; its facts go to `log`, flushed.
/// With windows, the facts of a day come entity by entity. Nothing when a stop was requested before its end.
std::optional<RunFigures> simulate(const Network& network, std::uint32_t seed, std::uint32_t replication, FactLog& log,
                                   std::stop_token stop = {}, const Runner& runner = {});

}  // namespace entrepot::models

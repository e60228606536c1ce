#pragma once

#include <cstdint>
#include <functional>
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

/// The world of one replication at midnight of day 0, with its first events. `antithetic`: drawn from 1 - u wherever
/// the replication of that number draws from u. `order_by_order`: no sums of orders, but the facts of each.
World start_world(const Network& network, std::uint32_t seed, std::uint32_t replication, FactLog& log,
                  bool antithetic = false, bool order_by_order = false);

/// Takes a world on in time windows, each site and headquarters for itself. The facts come entity by entity: on one
/// thread those of a window, on more those of the whole span.
sim::WindowFigures run_windows(World& world, FactLog& log, Time until, sim::Threads& threads);

/// Ends a run whose events have all been handled up to the end of the horizon: closes the last day and tells what is
/// left. What would happen at that very instant belongs to no day.
void end_horizon(World& world);

/// Days of a run between two checks of conservation: seven, as each day's check would take 7 % of the time, or as many
/// as ENTREPOT_DAYS_BETWEEN_CHECKS of the environment says: one where the tests run it.
int usual_days_between_checks();

/// How one replication is run. What it comes to is the same for all but `antithetic`, which chooses its draws.
struct Runner {
    bool windows = false;     ///< each site for itself, in windows of the integration's pump; else as is quickest
    std::size_t threads = 1;  ///< that share the windows
    bool antithetic = false;  ///< the mirror of the replication: 1 - u for each u
    /// Neither OrdersServed, OrdersShort nor OrdersDelivered, but the facts of each order, at some cost.
    bool order_by_order = false;
    /// Number of a case in which people take what is recommended, and set no rule aside: the twin of a replication in
    /// which they did. All is the same until then, and what comes from outside for ever.
    std::uint32_t not_overridden = kNone;
    int days_between_checks = usual_days_between_checks();  ///< of conservation
    /// Shown the world as the last event of each day has left it, before the day is closed.
    std::function<void(int day, const World&)> at_close;
};

/// One replication of the network's strategy from day 0 to the end of the horizon; its facts go to `log`, flushed. The
/// facts of a day may come entity by entity, but all of them before those of the next day. Nothing when a stop was
/// requested before its end: it is heeded several times a second, however much happens in a day.
std::optional<RunFigures> simulate(const Network& network, std::uint32_t seed, std::uint32_t replication, FactLog& log,
                                   std::stop_token stop = {}, const Runner& runner = {});

}  // namespace entrepot::models

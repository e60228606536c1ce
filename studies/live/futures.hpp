#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "models/model.hpp"
#include "results/study.hpp"
#include "scenarios/load.hpp"

/// Several futures of one world, compared on the same noise.
namespace entrepot::studies {

/// How a world goes on from the fork.
struct Future {
    std::string name;  ///< as results call it
    std::string strategy;
    const scenarios::Loaded* scenario = nullptr;
};

struct FuturesOptions {
    std::string strategy;  ///< of the world before the fork
    models::Time at{};
    std::uint32_t seed = 0;
    std::size_t first = 0, replications = 1;
    std::size_t threads = 1;
    bool antithetic = false;  ///< replications 2i and 2i + 1 are a pair; a single one may be half of it
};

/// Days since day 0 that count: whole ones after the fork, and within the measured window. Empty where none is left.
struct CountedDays {
    int first = 0, end = 0;
    bool empty() const { return first >= end; }
};
CountedDays counted_days(const models::Calendar& calendar, models::Time at);

/// Runs worlds to the fork, and each of their futures to the end of the horizon. What comes of it has the form of a
/// study whose strategies are the futures and whose measured window begins with the fork: of orders promised for those
/// days, stock and work on them, and costs booked on them. The first future is the comparator. Throws CantTakeOver when
/// something speaks against it; ends early on a stop request, with the replications that form a prefix.
results::Study run_futures(const scenarios::Loaded& loaded, const std::vector<Future>& futures,
                           const FuturesOptions& options, const std::function<void(std::size_t done)>& progress = {},
                           std::stop_token stop = {});

}  // namespace entrepot::studies

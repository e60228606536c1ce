#pragma once

#include <string>
#include <vector>

#include "results/comparison/compare.hpp"

/// What `fork` says, as data.
namespace entrepot::studies::cli {

/// Where a world was forked, and how.
struct Fork {
    std::string scenario, before;             ///< names of the scenario, and of the strategy before the fork
    std::string at;                           ///< as people read it
    double day = 0;                           ///< the moment in days of the measured window
    int first_counted = 0, last_counted = 0;  ///< days of it
    std::vector<std::string> changes;         ///< KEY=VALUE from then on, in the futures with a star
    std::size_t first_replication = 0;
    bool antithetic = false;
};

/// What is to be kept in mind of a study of one observation; empty for more.
std::string caution_of(const results::Study& study);

/// The fork, its futures, and the rows that the table shows, unrounded. What can't be given is null.
std::string fork_json(const results::Study& study, const results::Comparison& comparison, const Fork& fork,
                      bool details);

}  // namespace entrepot::studies::cli

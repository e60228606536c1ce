#pragma once

#include <cstddef>
#include <vector>

#include "studies/run_study.hpp"

/// What a study will take of the machine, told before it starts: a short formula over counts of the built network, with
/// constants that were measured. docs/command-line.md has it in words, and how far it errs.
namespace entrepot::studies {

/// What a replication has to do, whatever its draws.
struct Workload {
    double locations = 0;             ///< items x sites
    double days = 0;                  ///< of the horizon
    double lines = 0;                 ///< that customers will order, in expectation
    double lines_served_at_once = 0;  ///< those of them at sites that hand over at once, without people
    double orders_of_sites = 0;       ///< by which sites replenish themselves, about
};
Workload workload_of(const models::Network& network);

/// What a study takes. Memory counts what lies in it at the same time.
struct Estimate {
    double fixed_bytes = 0;                   ///< the program and the networks
    double kept_bytes = 0;                    ///< of all replications, if it comes to all of them
    double replication_bytes = 0;             ///< each replication that is under way
    std::size_t at_a_time = 1;                ///< so many are
    std::vector<double> replication_seconds;  ///< CPU of one, by strategy
    double wall_seconds = 0;                  ///< of the whole, on the cores that there are

    double bytes() const { return bytes(at_a_time); }
    double bytes(std::size_t together) const {
        return fixed_bytes + kept_bytes + static_cast<double>(together) * replication_bytes;
    }
};

/// `network` is that of any of the study's strategies; `cores`: of the machine.
Estimate estimate_of(const scenarios::Loaded& loaded, const models::Network& network, const StudyOptions& options,
                     std::size_t cores);

/// What building the networks of a study takes at least [bytes], from the scenario alone: said before they are built.
double bytes_to_build(const scenarios::Loaded& loaded, std::size_t strategies);

}  // namespace entrepot::studies

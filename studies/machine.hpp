#pragma once

#include <filesystem>
#include <string>

/// What the machine lets the program have.
namespace entrepot::studies {

/// The least of its limits of memory, and whose it is.
struct MemoryLimit {
    double bytes = 0;
    std::string whose;  ///< "this machine has", "this control group may take", ...
};

/// The least of: the physical memory; the limits of the control groups in which the program runs (version 1 and 2);
/// what Slurm gave the job (SLURM_MEM_PER_NODE, SLURM_MEM_PER_CPU); and the limit of address space (`ulimit -v`).
/// `root` is where /proc and /sys are.
MemoryLimit memory_limit(const std::filesystem::path& root = "/");

}  // namespace entrepot::studies

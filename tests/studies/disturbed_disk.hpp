#pragma once

#include "studies/program.hpp"

namespace entrepot::tests {

/// Runs `entrepot` while the system calls that save a file `study.h5` are disturbed, as
/// tests/studies/disturbed_disk/disturbed_disk.cpp says. `folder` is the one for temporary files.
inline Outcome entrepot_on_disturbed_disk(const std::string& disturbance, const std::string& folder,
                                          const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"LD_PRELOAD=" ENTREPOT_DISTURBED_DISK, "ENTREPOT_TEST_DISK=" + disturbance,
                                 "TMPDIR=" + folder, ENTREPOT_PROGRAM};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_program("/usr/bin/env", all);
}

}  // namespace entrepot::tests

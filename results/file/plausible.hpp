#pragma once

#include <string>

#include "results/study.hpp"

namespace entrepot::results {

/// A file holds what no study does, checksums or not. `what` says where and what is wanted.
struct Impossible {
    std::string what;
};

/// Whether those who compare, draw and write can rely on a study that was read: as many of everything as there should
/// be, days within the horizon, rows of what there is, numbers that are finite. `Impossible` where they can't.
void want_plausible(const Study& study);

}  // namespace entrepot::results

#pragma once

#include <string>

#include "results/study.hpp"

namespace entrepot::results {

/// The bytes of a study's file, with its seal. HDF5 makes them in memory and never meets a disk that fails.
/// hdf5::Failure where it can't.
std::string image_of(const Study& study);

}  // namespace entrepot::results

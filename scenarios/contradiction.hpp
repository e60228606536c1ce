#pragma once

#include <optional>
#include <string>

#include "models/network/distributions.hpp"

/// What a distribution can't mean, though each of its values may be: nobody draws from one.
namespace entrepot::scenarios {

struct Contradiction {
    const char* key;  ///< of the value that is told
    std::string got, want;
};

std::optional<Contradiction> contradiction_in(const models::TimeDistribution& distribution);
std::optional<Contradiction> contradiction_in(const models::CountDistribution& distribution);

}  // namespace entrepot::scenarios

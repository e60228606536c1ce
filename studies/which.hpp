#pragma once

#include <cstddef>
#include <cstdint>

namespace entrepot::studies {

/// Which replication of a study. All strategies meet the same demand and delays in it.
struct Which {
    std::uint32_t seed = 0;
    std::size_t replication = 0;  ///< from 0
    bool antithetic = false;      ///< 2i and 2i + 1 are a pair
};

/// What its draws are made from, beside the seed.
struct DrawsOf {
    std::uint32_t number = 0;
    bool mirrored = false;  ///< 1 - u for each u
};

inline DrawsOf draws_of(const Which& which) {
    const auto number = static_cast<std::uint32_t>(which.replication);
    return which.antithetic ? DrawsOf{number / 2, number % 2 == 1} : DrawsOf{number, false};
}

}  // namespace entrepot::studies

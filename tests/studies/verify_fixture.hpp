#pragma once

#include <string>

#include "results/statistics/interval.hpp"

namespace entrepot::tests {

inline results::Interval around(double estimate, double half_width) {
    return {.estimate = estimate,
            .low = estimate - half_width,
            .high = estimate + half_width,
            .has_estimate = true,
            .has_interval = true};
}

/// A textbook system of which the fill rate is known to be 0.866633.
inline std::string known_system(const std::string& more) {
    return "base = \"" ENTREPOT_SOURCE_DIR
           "/scenarios/validation/base/textbook.toml\"\n"
           "name = \"known\"\n"
           "[calendar]\nwarmup = \"50 d\"\nmeasure = \"500 d\"\n"
           "[stream.customers]\nsite = \"W\"\ntier = \"customers\"\n"
           "interarrival_time = { distribution = \"exponential\", mean = \"0.6666666667 d\" }\n"
           "[supplier_segment.supplier]\nlead_time_distribution = { distribution = \"constant\", mean = \"2 d\" }\n"
           "[stock.W]\nreorder_point = 3\nquantity = 5\ninitial = 8\n" +
           more;
}

}  // namespace entrepot::tests

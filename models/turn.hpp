#pragma once

#include <cstdint>

namespace entrepot::models {

/// Who goes first among what happens at one instant at one place. So goods that come are there for the customers who
/// order, or whose patience ends, at that very moment, and a review sees both.
enum class Turn : std::uint8_t {
    day,       ///< the day before is closed, the new one drawn and planned; a span of time begins or ends
    goods,     ///< goods come, are unloaded and put away; the record hears of them
    work,      ///< people end what they do; news and answers arrive
    demand,    ///< orders are entered
    patience,  ///< who has waited long enough leaves
    release,   ///< the warehouse system gets the orders
    leaving,   ///< those who go home go
    coming,    ///< before those who come
    waves,     ///< begin with the people who are there then
    trucks,    ///< take what is ready
    reviews,   ///< see all of it
    looks,     ///< one looks at what came of it
};

}  // namespace entrepot::models

#include <gtest/gtest.h>

#include "results/replication.hpp"

namespace entrepot::tests {
namespace {

using namespace models;

OrderClosed due_on_day_5(bool censored) {
    return {.order = 1,
            .tier = 0,
            .in_full = static_cast<std::uint8_t>(!censored),
            .cancelled = 0,
            .censored = static_cast<std::uint8_t>(censored),
            .placed_day = 3,
            .promised_day = 5,
            .delivered_day = 5};
}

/// A part of it came on the day; the rest never did.
TEST(Otif, AnOpenOrderIsNotDeliveredAsPromised) {
    Told told;
    told.tell(at_noon(5), kEast, due_on_day_5(false));
    told.tell(close_of(11), kEast, due_on_day_5(true));
    EXPECT_EQ(told.cell("otif"), (Told::Cell{1, 2}));
    EXPECT_EQ(told.cell("promise_accuracy"), (Told::Cell{1, 2}));
    EXPECT_EQ(told.cell("censored_orders").numerator, 1);
}

}  // namespace
}  // namespace entrepot::tests

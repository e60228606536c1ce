#include <gtest/gtest.h>

#include "results/replication.hpp"

namespace entrepot::tests {
namespace {

using namespace models;

constexpr std::int64_t kDollar = 1'000'000;

/// Each part once, in another power of two, so that a missing part can be told from the sum.
TEST(OperatingCost, IsTheSumOfItsParts) {
    Told told;
    told.tell(at_noon(4), kEast, FreightPaid{1 * kDollar, 0, 0, 0, 0});
    told.tell(at_noon(4), kHeadquarters, TransferOrdered{0, 5, kWest, kEast, 0, 0, 2 * kDollar});
    told.tell(at_noon(4), kHeadquarters, ExpeditePaid{4 * kDollar, static_cast<std::uint8_t>(ExpediteKind::purchase)});
    told.tell(close_of(4), kEast, LabourDay{8, 8, 1, 8 * kDollar});
    told.tell(at_noon(4), kEast, PenaltyCharged{16 * kDollar, 0, 4});
    told.tell(at_noon(4), kEast, LineFirstPass{0, 1, 0, 0, 0, 4, 1, 0});  // what is lost was ordered
    told.tell(at_noon(4), kEast, LineCancelled{0, 1, 0, 0, 0, 4, 32 * kDollar});
    told.tell(at_noon(4), kEast, UnitsReturned{60 * kDollar, 1, 0, 0, 4 * kDollar});
    EXPECT_EQ(told.cell("operating_cost").numerator, 127);
}

/// A dedicated truck's extra is part of what the transfer costs.
TEST(OperatingCost, CountsATrucksExtraOnce) {
    Told told;
    told.tell(at_noon(4), kHeadquarters, TransferOrdered{0, 5, kWest, kEast, 1, 0, 2 * kDollar});
    told.tell(at_noon(4), kHeadquarters, ExpeditePaid{1 * kDollar, static_cast<std::uint8_t>(ExpediteKind::transfer)});
    EXPECT_EQ(told.cell("operating_cost").numerator, 2);
    EXPECT_EQ(told.cell("expedite_cost").numerator, 1);
}

}  // namespace
}  // namespace entrepot::tests

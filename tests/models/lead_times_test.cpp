#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Lead times by their laws.
namespace entrepot::tests {
namespace {

using namespace models;

/// C5: orders on one lane may overtake each other. Of two exponential lead times with a mean of four days that begin a
/// day apart, the second ends first with probability e^(-1/4) / 2; 100 pairs, four standard deviations.
TEST(Suppliers, OrdersMayOvertakeEachOther) {
    Network network = quiet_network();
    hear_at_once(network);
    network.sites[SiteId{0}].handling = Handling::at_once;
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time = ExponentialTime{sim::days{4}};
        supplier.on_time = supplier.in_full = supplier.yield = 1;
        supplier.capacity_factor = 0;
        supplier.least_lead = 0;
        supplier.order_lag = {};
    }
    finish(network);
    SmallWorld<PurchaseLineReceived> world(std::move(network));
    constexpr int kPairs = 20;
    for (int day = 0; day < 2 * kPairs; ++day) {
        world.run_until(day, 10);
        for (std::size_t item = 0; item < 5; ++item) {
            Context context = world.at_headquarters();
            place_purchase(world.hq(), world.purchase(item, 1000 + day), context);
        }
    }
    world.run_until(59, 23);
    std::map<std::pair<std::uint32_t, int>, sim::Time> came;
    for (const auto& [at, where, line] : world.all<PurchaseLineReceived>()) {
        came[{line.item, line.ordered - 1000}] = at;
    }
    int overtook = 0;
    for (std::uint32_t item = 0; item < 5; ++item) {
        for (int day = 0; day < 2 * kPairs; day += 2) {
            const auto first = came.find({item, day}), second = came.find({item, day + 1});
            if (second == came.end()) continue;
            overtook += first == came.end() || second->second < first->second;
        }
    }
    const double p = std::exp(-0.25) / 2;
    EXPECT_NEAR(overtook, 100 * p, 4 * std::sqrt(100 * p * (1 - p)));
}

}  // namespace
}  // namespace entrepot::tests

#include "studies/live/snapshots.hpp"

#include "live/recorded.hpp"
#include "sim/run_sequential.hpp"

/// The copies of a world that are kept on the way.
namespace entrepot::tests {
namespace {

/// More is still to come than was expected: copies are dropped, never the first.
TEST(Snapshots, GoWhereTheyAreTooMany) {
    const scenarios::Loaded loaded = loaded_of("tiny.toml");
    const models::Network network = scenarios::build(loaded, "S0");
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network, 7, 0, log);
    run_sequential(world, models::start_of(1));
    const std::size_t memory = 7 * studies::bytes_of(world);
    studies::Snapshots snapshots(memory, world.now, models::start_of(2));  // it goes on for six weeks
    std::size_t most = 0, taken = 0;
    for (int hour = 24; hour <= 40 * 24; ++hour) {
        run_sequential(world, sim::kStart + sim::hours{hour});
        const models::Time before = snapshots.size() > 0 ? snapshots.last().world.now : models::Time{};
        snapshots.look_at(world);
        taken += snapshots.last().world.now != before;
        most = std::max(most, snapshots.size());
        ASSERT_TRUE(snapshots.size() <= 2 || snapshots.bytes() + 2 * snapshots.last().bytes <= memory) << hour;
        ASSERT_EQ(snapshots.before(models::start_of(1)).world.now, models::start_of(1));
    }
    EXPECT_GT(taken, most + 2);
}

}  // namespace
}  // namespace entrepot::tests

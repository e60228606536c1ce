#include "studies/live/difference.hpp"

#include "live/recorded.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"

/// A world that is kept as a difference is the world itself, whatever it is made of.
namespace entrepot::tests {
namespace {

using models::start_of;
using models::World;
using studies::bytes_of;
using studies::Difference;

class Differences : public testing::Test {
protected:
    World world_at(int day) {
        World world = models::start_world(network_, 7, 0, nobody_);
        sim::run_sequential(world, start_of(day) + sim::hours{10});
        return world;
    }

    scenarios::Loaded loaded_ = loaded_of("tiny.toml");
    models::Network network_ = scenarios::build(loaded_, "S6");
    std::vector<unsigned char> room_;
    models::FactLog nobody_{[](std::span<const models::Fact>) {}};
};

TEST_F(Differences, MakeAnyWorldOfTheRunTheOtherOne) {
    const World early = world_at(3), late = world_at(30);
    for (const auto& [from, to] : {std::pair{&early, &late}, std::pair{&late, &early}, std::pair{&late, &late}}) {
        const Difference difference(*from, *to, room_);
        World restored = world_at(17);
        difference.apply(*from, restored);
        EXPECT_EQ(restored.now, to->now);
        EXPECT_EQ(restored.events(), to->events());
        EXPECT_EQ(sim::hash_of(restored), sim::hash_of(*to));
        World straight = *to;
        for (World* world : {&restored, &straight}) sim::run_sequential(*world, start_of(35));
        EXPECT_EQ(restored.digest().value(), straight.digest().value());
        EXPECT_EQ(sim::hash_of(restored), sim::hash_of(straight));
    }
}

TEST_F(Differences, AreSmall) {
    const World one = world_at(20), next = world_at(21);
    EXPECT_LT(Difference(one, one, room_).bytes(), bytes_of(one) / 50);
    EXPECT_LT(Difference(one, next, room_).bytes(), bytes_of(next) / 3);
}

}  // namespace
}  // namespace entrepot::tests

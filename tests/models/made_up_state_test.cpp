#include <functional>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/decisions/office.hpp"
#include "models/goods/lending.hpp"
#include "models/small_world.hpp"
#include "sim/snapshot.hpp"

/// What a snapshot may hold and what it may not: somebody may have made it up. (Made up at random:
/// invariants/made_up_snapshot_test.cpp.)
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using MadeUp = SmallWorld<CaseStepped>;

/// Whether the world, as this changes it, is one that a reader takes.
bool is_read(MadeUp& world, const std::function<void(MadeUp&)>& change) {
    change(world);
    std::stringstream file;
    save(world.world, "test", file);
    World read = start_world(world.network, 7, 0, world.record.log);
    try {
        load(read, "test", file);
    } catch (const sim::ArchiveError&) {
        return false;
    }
    return sim::hash_of(read) == sim::hash_of(world.world);
}

bool is_read(const Network& network, const std::function<void(MadeUp&)>& change) {
    MadeUp world(network);
    return is_read(world, change);
}

/// Postings and orders to suppliers may fail.
Network wired_network() {
    Network network = quiet_network(2);
    network.strategy.integration.of(InterfaceName::posting).failure = 0.1;
    network.strategy.integration.of(InterfaceName::purchase_order).failure = 0.1;
    finish(network);
    return network;
}

TEST(MadeUpState, HasAsManyLinksAsItsNetwork) {
    const Network network = wired_network();
    EXPECT_TRUE(is_read(network, [](MadeUp& world) { EXPECT_FALSE(world.hq().links.all.empty()); }));
    EXPECT_FALSE(is_read(network, [](MadeUp& world) { world.hq().links.all.emplace_back(); }));
    EXPECT_FALSE(is_read(network, [](MadeUp& world) { world.hq().links.all.pop_back(); }));
    EXPECT_FALSE(is_read(network, [](MadeUp& world) { world.site(1).links.all.emplace_back(); }));
}

TEST(MadeUpState, LettersSayWhatCanBeReadWithASign) {
    const auto with_content = [](std::uint32_t word) {
        return [word](MadeUp& world) {
            Links& links = world.site().links;
            links.letters[links.letters.take()].content[1] = word;
        };
    };
    const Network network = wired_network();
    EXPECT_TRUE(is_read(network, with_content(static_cast<std::uint32_t>(-1000))));
    EXPECT_FALSE(is_read(network, with_content(0x80000000u)));
    EXPECT_FALSE(is_read(network, with_content(0x7FFFFFFFu)));
}

/// Else what comes next would be drawn from the beginning of time.
TEST(MadeUpState, OutagesComeOneAfterTheOtherAfterTheStart) {
    const auto with_outages = [](std::vector<Outage> outages) {
        return [outages](MadeUp& world) { world.site().links.all[0].outages.known = outages; };
    };
    const auto after = [](models::Duration time) { return sim::kStart + time; };
    const Network network = wired_network();
    EXPECT_TRUE(is_read(network, with_outages({{after(1h), after(2h)}, {after(2h), after(2h)}})));
    EXPECT_FALSE(is_read(network, with_outages({{after(-1h), after(2h)}})));
    EXPECT_FALSE(is_read(network, with_outages({{after(3h), after(2h)}})));
    EXPECT_FALSE(is_read(network, with_outages({{after(1h), after(3h)}, {after(2h), after(4h)}})));
}

TEST(MadeUpState, ACaseOfARouteThatIsNotThereEndsTheRun) {
    Network network = quiet_network();
    network.strategy.governance.routes = {{.ages_after = 5h}};
    network.office.planners = 0;
    finish(network);
    MadeUp world(network);
    Context context = world.at_headquarters();
    const std::uint32_t line = world.purchase(1, 6);
    const std::uint32_t place =
        raise_case(world.hq(), case_of_purchase(world.hq(), DecisionKind::purchase, line, context.now()), context);
    ask_people(world.hq(), place, context);
    ASSERT_EQ(world.hq().cases[place].route, 0);
    world.hq().cases[place].route = 1;
    EXPECT_THROW(world.run_until(0, 12), std::out_of_range);
}

TEST(MadeUpState, HandsOfAShiftThatIsNotThereEndTheRun) {
    Network network = quiet_network(2);
    network.crew_pools = {{.sites = {SiteId{0}, SiteId{1}}}};
    finish(network);
    MadeUp world(network);
    Context context = world.at_site();
    EXPECT_THROW(report_hands(world.site(), network.sites[SiteId{0}].shifts.size(), 0, context), std::out_of_range);
}

TEST(MadeUpState, LevelsAreNoMoreThanUnitsAreCounted) {
    MadeUp world(quiet_network());
    for (InventoryPolicy& policy : world.network.policies) policy.review = {};
    const auto looks_at = [&](float reorder_point) {
        Context context = world.at_site();
        on(world.site(), LevelsSet{1, reorder_point, reorder_point}, context);
        return Units{world.site().record[ItemId{1}].looks_at};
    };
    EXPECT_EQ(looks_at(20), 20);
    EXPECT_EQ(looks_at(1e15F), 1'000'000'000);
    EXPECT_EQ(looks_at(-1e15F), -1'000'000'000);
}

/// Where people go by the cover of the moment, what nobody wants has cover for good: that is a number, too.
TEST(MadeUpState, CasesThatCanWaitForEverAreNone) {
    Network network = quiet_network();
    network.office.discipline = Discipline::cover;
    network.office.planners = 1;
    finish(network);
    MadeUp world(network);
    EXPECT_TRUE(is_read(world, [](MadeUp& waiting) {
        Context context = waiting.at_headquarters();
        const std::uint32_t line = waiting.purchase(1, 6);
        EXPECT_EQ(waiting.hq().levels[waiting.location(0, 1)].daily_rate, 0);
        const Case raised = case_of_purchase(waiting.hq(), DecisionKind::purchase, line, context.now());
        ask_people(waiting.hq(), raise_case(waiting.hq(), raised, context), context);
        EXPECT_EQ(waiting.hq().desk(Role::planner).waiting(), 1u);
    }));
}

}  // namespace
}  // namespace entrepot::tests

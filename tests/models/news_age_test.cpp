#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/postings.hpp"
#include "models/wired.hpp"

/// How old what is known is: of the record on which people decide, and of messages that never come.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Aged = SmallWorld<CaseRaised, MessageNeverCame, BacklogDrained>;

/// Hours since what headquarters knows was true, as a case is raised at 16:00.
double age_at_four(const std::function<void(Network&)>& change, const std::function<void(Aged&)>& before) {
    Network network = wired({});
    network.strategy.integration.pump = 10min;
    change(network);
    finish(network);
    Aged world(std::move(network));
    before(world);
    world.run_until(0, 16);
    Context context = world.at_headquarters();
    const std::uint32_t transfer =
        open_transfer(world.hq(), {.item = ItemId{kPosted}, .from = SiteId{1}, .to = SiteId{0}, .units = 1}, context);
    raise_case(world.hq(), case_of_transfer(world.hq(), transfer, world.world.now), context);
    return world.all<CaseRaised>().back().fact.hours_old;
}

void post_at(Aged& world, double hour) {
    world.run_until(0, hour);
    Context context = world.at_site();
    post(world.site(), {kPosted, -1, 0}, context);
    settle(world.site(), context);
}

/// The pump tells every ten minutes of what changed, and takes ten minutes to headquarters: what comes at 12:20 is of
/// 12:10.
TEST(RecordAge, BeginsAsTheExtractIsMade) {
    const double age = age_at_four([](Network&) {}, [](Aged& world) { post_at(world, 12.1); });
    EXPECT_NEAR(age, 16 - (12 + 10 / 60.0), 1e-4);
}

/// A posting of eleven is stuck, later ones come through: the record at noon lacks what happened since eleven.
TEST(RecordAge, IsThatOfTheOldestPostingThatIsStuck) {
    const auto down = [](Network& network) {
        network.strategy.integration.of(InterfaceName::posting) = {.uptime = ConstantTime{10h + 45min},
                                                                   .downtime = ConstantTime{30min}};
    };
    const double age = age_at_four(down, [](Aged& world) {
        post_at(world, 11);
        post_at(world, 12.1);
    });
    EXPECT_NEAR(age, 16 - 11, 1e-3);
}

/// A message that was given up at 10:30 and one that is still repeated: counted up to the end of the horizon.
TEST(NeverCame, IsToldOfWhatIsStuckAtTheEnd) {
    FactRecord<MessageNeverCame> record;
    Network network = wired({.uptime = ConstantTime{10h}, .downtime = ConstantTime{10'000h}});
    const int days = network.calendar.total_days();
    World world = start_world(network, 7, 0, record.log);
    run_sequential(world, start_of(0) + 10h + 30min);
    Context context(world, 0);
    post(world.state.sites[SiteId{0}], {kPosted, -1, 0}, context);
    run_sequential(world, start_of(days));
    end_horizon(world);
    record.log.flush();
    ASSERT_EQ(record.all<MessageNeverCame>().size(), 1u);
    const MessageNeverCame& told = record.all<MessageNeverCame>()[0].fact;
    EXPECT_NEAR(told.hours, 24.0 * days - 10.5, 0.01);
    EXPECT_NEAR(told.hours_late, 24.0 * days - 10.5, 0.01);
    EXPECT_EQ(told.messages, 1u);
    EXPECT_EQ(told.since_day, 0);
    EXPECT_EQ(told.given_up, 1);
    EXPECT_EQ(static_cast<InterfaceName>(told.interface), InterfaceName::posting);
}

/// A nightly batch that fails each night: as many messages as wait in the journal, since the first night.
TEST(NeverCame, CountsAllThatARunWouldHaveTold) {
    FactRecord<MessageNeverCame> record;
    Network network = wired({.uptime = ConstantTime{20h}, .downtime = ConstantTime{10'000h}});
    network.strategy.integration.batch_minute = 120;
    finish(network);
    const int days = network.calendar.total_days();
    World world = start_world(network, 7, 0, record.log);
    run_sequential(world, start_of(0) + 21h);
    Context context(world, 0);
    for (int i = 0; i < 3; ++i) post(world.state.sites[SiteId{0}], {kPosted, -1, 0}, context);
    run_sequential(world, start_of(days));
    end_horizon(world);
    record.log.flush();
    ASSERT_EQ(record.all<MessageNeverCame>().size(), 2u);  // of each site; the other has nothing to tell
    EXPECT_EQ(record.all<MessageNeverCame>()[0].fact.messages, 3u);
    EXPECT_NEAR(record.all<MessageNeverCame>()[0].fact.hours_late, 24.0 * (days - 1) - 2, 0.01);
    EXPECT_EQ(record.all<MessageNeverCame>()[0].fact.since_day, 1);
}

// G5: postings of a nightly batch that are entered late, each by itself.

/// All of them, by a mean of a day and a half: of the units of 1000 postings so many are on the record after each night
/// as exponential delays say.
TEST(LatePostings, AreEnteredByTheirDelay) {
    Network network = wired({.overtaken = 1, .overtaken_mean = 36h});
    network.strategy.integration.batch_minute = 120;
    for (auto& stock : network.initial.on_hand) stock.assign(network.items.size(), 5000);
    for (VelocityClass& c : network.classes) c.cycle_count_interval = {};
    finish(network);
    Wired world(std::move(network));
    world.run_until(0, 12);
    constexpr int kPostings = 1000;
    Context context = world.at_site();
    for (int i = 0; i < kPostings; ++i) post(world.site(), {kPosted, -1, 0}, context);
    world.run_until(1, 1.9);
    EXPECT_EQ(on_record(world), 5000);
    for (const double hours : {12.0, 36.0, 72.0}) {
        world.run_until(1, 2 + hours);
        const double share = 1 - std::exp(-hours / 36);
        EXPECT_NEAR(5000 - on_record(world), kPostings * share, 4 * std::sqrt(kPostings * share * (1 - share)));
    }
    world.run_until(50);
    EXPECT_EQ(on_record(world), 5000 - kPostings);
    EXPECT_EQ(world.site().record[ItemId{kPosted}].unposted, 0);
}

/// A count knows what is yet to be entered, and nobody enters it twice.
TEST(LatePostings, AreKnownToACount) {
    Network network = wired({.overtaken = 1, .overtaken_mean = 100h});
    network.strategy.integration.batch_minute = 120;
    finish(network);
    Wired world(std::move(network));
    world.run_until(0, 12);
    world.order(0, {line(kPosted, 10)});
    world.run_until(1, 3);
    EXPECT_EQ(on_record(world), 1000);
    Context context = world.at_site();
    count_stock(world.site(), ItemId{kPosted}, context);
    world.run_until(59);
    EXPECT_EQ(on_record(world), 990);
}

}  // namespace
}  // namespace entrepot::tests

#include <array>

#include <gmock/gmock.h>

#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/office.hpp"
#include "models/decisions/planning.hpp"
#include "models/small_world.hpp"

/// What waits before people: for how long, in which order as things change, and before which role.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;
using testing::ElementsAre;

struct Waiting : SmallWorld<CaseStepped, CaseClosed, ApprovalGiven, PurchaseLineOrdered, OfficeDay> {
    using SmallWorld::SmallWorld;

    void ask(std::size_t item = 1) {
        Context context = at_headquarters();
        const Case raised = case_of_purchase(hq(), DecisionKind::purchase, purchase(item, 6), context.now());
        ask_people(hq(), raise_case(hq(), raised, context), context);
    }
    int told(CaseStep wanted, StepOutcome outcome) {
        return static_cast<int>(std::ranges::count_if(all<CaseStepped>(), [&](const auto& told) {
            return told.fact.step == static_cast<std::uint8_t>(wanted) &&
                   told.fact.outcome == static_cast<std::uint8_t>(outcome);
        }));
    }
};

Network with_desks(std::vector<ApprovalLevel> levels) {
    Network network = quiet_network();
    network.office.handling_cv = 0;
    network.office.minutes_per_approval = 12;
    network.strategy.governance.approvals = std::move(levels);
    return network;
}

/// Nobody of procurement is there: after two hours finance is asked, too. The two hours count.
TEST(Waits, BeginAtTheFirstDeskOfSeveral) {
    Network network = with_desks({{.name = "first", .service_level = 2h, .escalates_to = 1},
                                  {.name = "next", .above = Money::of(1e6), .role = Role::finance}});
    network.office.procurement = 0;
    network.office.minutes_per_line = 6;
    Waiting world(std::move(network));
    world.run_until(0, 9);
    world.ask();
    world.run_until(1);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_NEAR(world.all<CaseClosed>()[0].fact.waited_hours, 2, 1e-3);
    EXPECT_NEAR(world.all<CaseClosed>()[0].fact.worked_hours, 0.3, 1e-4);
}

/// At night the stock is another than in the evening: who comes in the morning takes what is urgent now.
TEST(Discipline, GoesByTheCoverOfTheMoment) {
    Network network = quiet_network();
    network.office.planners = 1;
    network.office.discipline = Discipline::cover;
    network.strategy.governance.approvals.clear();
    Waiting world(std::move(network));
    world.run_until(0, 20);
    const auto set_rates = [&](std::array<float, 3> rates) {
        for (std::size_t i = 0; i < 3; ++i) {
            world.hq().levels[world.location(0, i)].daily_rate = rates[i];
            world.hq().cover_changed(world.location(0, i));
        }
    };
    set_rates({10, 20, 30});
    for (const std::size_t item : {0, 1, 2}) world.ask(item);
    set_rates({30, 10, 20});
    world.run_until(2);
    std::vector<std::uint32_t> items;
    for (const auto& [at, where, line] : world.all<PurchaseLineOrdered>()) items.push_back(line.item);
    EXPECT_THAT(items, ElementsAre(0, 2, 1));
}

/// While a planner is at one line, the site of another is heard to run dry: that one is the next.
TEST(Discipline, HearsOfStockDuringTheDay) {
    Network network = quiet_network();
    network.office.planners = 1;
    network.office.minutes_per_line = 60;
    network.office.discipline = Discipline::cover;
    network.strategy.governance.approvals.clear();
    Waiting world(std::move(network));
    world.run_until(0, 9);
    const auto hear = [&](std::size_t item, Units net) {
        Context context = world.at_headquarters();
        on(world.hq(), StockExtract{key_of(SiteId{0}, ItemId{item}), net, 0}, context);
    };
    for (const std::size_t item : {0, 1, 2, 3}) {
        world.hq().levels[world.location(0, item)].daily_rate = 10;
        hear(item, 100 * static_cast<Units>(item + 1));
        world.ask(item);
    }
    world.run_until(0, 10);  // the second one has been begun: the queue is in order
    hear(3, 50);
    world.run_until(1);
    std::vector<std::uint32_t> items;
    for (const auto& [at, where, line] : world.all<PurchaseLineOrdered>()) items.push_back(line.item);
    EXPECT_THAT(items, ElementsAre(0, 1, 3, 2));
}

/// Headquarters looks with each piece of news, and the guardrail blocks each line: once a day is enough.
TEST(Purchases, BlockedOnesAreNotAskedForWithEachPieceOfNews) {
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.governance.approvals.clear();
    strategy.governance.guardrails = {{.action = GuardrailAction::block, .most_value = Money::of(0)}};
    strategy.transfers.proactive = false;
    Network network = quiet_network();
    follow(network, strategy);
    for (InventoryPolicy& policy : network.policies) policy.debounce = 0h;
    network.initial.on_hand[SiteId{0}].assign(network.items.size(), 0);
    Waiting world(std::move(network));
    world.run_until(0, 7);
    for (Forecast& forecast : world.hq().forecasts) forecast = {.level = 10, .variance = 10};
    world.run_until(0, 12);
    const int at_noon = world.told(CaseStep::checked, StepOutcome::blocked);
    ASSERT_EQ(at_noon, 5);  // one for each item
    const auto news = [&] {
        Context context = world.at_headquarters();
        look_at_news(world.hq(), SiteId{0}, ItemId{0}, 0, context);
    };
    for (int i = 0; i < 3; ++i) news();
    EXPECT_EQ(world.told(CaseStep::checked, StepOutcome::blocked), at_noon);
    world.run_until(1, 7);
    const int overnight = world.told(CaseStep::checked, StepOutcome::blocked);
    news();
    EXPECT_EQ(world.told(CaseStep::checked, StepOutcome::blocked), overnight + 1);
}

// Warehouse supervisors.

/// Known answer: half an hour of the office until one turns to it, and twelve minutes of his; of two at once the second
/// waits for the first where there is one supervisor, and not where there are two.
TEST(WarehouseSupervisors, AgreeInTurn) {
    const auto office_hours = [](int supervisors) {
        Network network = with_desks({{.name = "floor", .role = Role::warehouse_supervisor, .median = 30min}});
        network.office.warehouse_supervisors = supervisors;
        network.office.planners = 2;
        network.office.minutes_per_line = 6;
        Waiting world(std::move(network));
        world.run_until(0, 9);
        world.ask(0);
        world.ask(1);
        world.run_until(1);
        std::vector<double> hours;
        for (const auto& [at, where, given] : world.all<ApprovalGiven>()) {
            EXPECT_EQ(static_cast<Role>(given.role), Role::warehouse_supervisor);
            hours.push_back(given.office_hours);
        }
        return hours;
    };
    EXPECT_THAT(office_hours(1), ElementsAre(testing::DoubleNear(0.7, 1e-3), testing::DoubleNear(0.9, 1e-3)));
    EXPECT_THAT(office_hours(2), ElementsAre(testing::DoubleNear(0.7, 1e-3), testing::DoubleNear(0.7, 1e-3)));
}

TEST(WarehouseSupervisors, DecideWhatIsTheirs) {
    Network network = quiet_network();
    network.strategy.governance.approvals.clear();
    network.strategy.governance.rights.purchase = {Role::warehouse_supervisor};
    Waiting world(std::move(network));
    world.run_until(0, 9);
    world.ask();
    world.run_until(1);
    ASSERT_EQ(world.all<PurchaseLineOrdered>().size(), 1u);
    bool at_work = false;
    for (const auto& [at, where, day] : world.all<OfficeDay>()) {
        at_work |= day.role == static_cast<std::uint8_t>(Role::warehouse_supervisor) && day.busy > 0;
    }
    EXPECT_TRUE(at_work);
}

}  // namespace
}  // namespace entrepot::tests

#include <algorithm>

#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/decisions/office.hpp"
#include "models/small_world.hpp"

/// Which desk a case goes to, when it grows old there, and what becomes of it where nobody comes.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

struct Routed : SmallWorld<CaseStepped, CaseClosed, PurchaseLineOrdered> {
    using SmallWorld::SmallWorld;

    void ask(Units units) {
        Context context = at_headquarters();
        const std::uint32_t line = purchase(1, units);
        const Case raised = case_of_purchase(hq(), DecisionKind::purchase, line, context.now());
        ask_people(hq(), raise_case(hq(), raised, context), context);
    }
    /// Hours from the first question to the first such step; -1: there was none.
    double hours_to(CaseStep wanted) {
        for (const auto& [at, where, step] : all<CaseStepped>()) {
            if (static_cast<CaseStep>(step.step) == wanted) return sim::in<sim::hours>(at - sim::kStart);
        }
        return -1;
    }
    Role desk_of_last() {
        Role role = Role::system;
        for (const auto& [at, where, step] : all<CaseStepped>()) {
            if (static_cast<CaseStep>(step.step) == CaseStep::queued) role = static_cast<Role>(step.role);
        }
        return role;
    }
};

/// Items cost 10 each; so many planners, and as many buyers.
Network routed_by(std::vector<Route> routes, int people = 0) {
    Network network = quiet_network();
    for (Item& item : network.items) item.unit_cost = Money::of(10);
    network.office.planners = network.office.procurement = people;
    network.strategy.governance.rights.purchase = {Role::planner, Role::procurement};
    network.strategy.governance.approvals.clear();
    network.strategy.governance.routes = std::move(routes);
    finish(network);
    return network;
}

Role desk_for(const Route& route, Units units) {
    Routed world(routed_by({route}));
    world.ask(units);
    return world.desk_of_last();
}

TEST(Routes, GoByValue) {
    const Route dear{.above = Money::of(1000), .to = Role::procurement};
    EXPECT_EQ(desk_for(dear, 101), Role::procurement);
    EXPECT_EQ(desk_for(dear, 100), Role::planner);
}

TEST(Routes, GoByKindAndClass) {
    const Network network = routed_by({});
    const ClassId own = network.items[ItemId{1}].velocity;
    EXPECT_EQ(desk_for({.decisions = {DecisionKind::purchase}, .to = Role::procurement}, 1), Role::procurement);
    EXPECT_EQ(desk_for({.decisions = {DecisionKind::transfer}, .to = Role::procurement}, 1), Role::planner);
    EXPECT_EQ(desk_for({.velocity = own, .to = Role::procurement}, 1), Role::procurement);
    EXPECT_EQ(desk_for({.velocity = ClassId{own.index() + 1}, .to = Role::procurement}, 1), Role::planner);
    EXPECT_EQ(desk_for({.tiers = {true, true, true}, .to = Role::procurement}, 1), Role::planner);  // of no customer
}

/// Stock of 1000 at 100 a day lasts ten days.
TEST(Routes, GoByRisk) {
    const auto desk = [](double days) {
        Routed world(routed_by({{.cover_below = days, .to = Role::procurement}}));
        world.hq().levels[world.location(0, 1)].daily_rate = 100;
        world.ask(1);
        return world.desk_of_last();
    };
    EXPECT_EQ(desk(10.1), Role::procurement);
    EXPECT_EQ(desk(10), Role::planner);
}

TEST(Routes, HoldInTheirOrder) {
    Routed world(routed_by({{.above = Money::of(100), .to = Role::procurement}, {.to = Role::finance}}));
    world.ask(11);
    EXPECT_EQ(world.desk_of_last(), Role::procurement);
    world.ask(1);
    EXPECT_EQ(world.desk_of_last(), Role::finance);
}

TEST(Routes, MakeOldCasesUrgent) {
    Routed world(routed_by({{.ages_after = 5h}}));
    world.ask(1);
    world.run_until(0, 4.9);
    EXPECT_EQ(world.hq().desk(Role::planner).urgent.size(), 0u);
    world.run_until(0, 6);
    EXPECT_DOUBLE_EQ(world.hours_to(CaseStep::aged), 5);
    EXPECT_EQ(world.hq().desk(Role::planner).urgent.size(), 1u);
    EXPECT_EQ(world.hq().desk(Role::planner).ordinary.size(), 0u);
}

/// Two planners are free at nine: the dear line was asked for last, and has grown old by then.
TEST(Routes, PutTheOldBeforeTheYoung) {
    Routed world(routed_by({{.above = Money::of(1000), .ages_after = 30min}}, 1));
    world.network.office.handling_cv = 0;
    world.network.office.minutes_per_line = 90;
    world.run_until(0, 8);
    for (const Units units : {1, 2, 3, 500}) world.ask(units);
    world.run_until(1);
    std::vector<Units> order;
    for (const auto& [at, where, line] : world.all<PurchaseLineOrdered>()) order.push_back(line.units);
    EXPECT_EQ(order, (std::vector<Units>{1, 500, 2, 3}));
}

TEST(Routes, SettleWhatNobodyComesTo) {
    Routed world(routed_by({{.settles_after = 7h}}));
    world.ask(12);
    world.run_until(0, 8);
    EXPECT_DOUBLE_EQ(world.hours_to(CaseStep::settled), 7);
    ASSERT_EQ(world.all<PurchaseLineOrdered>().size(), 1u);
    EXPECT_EQ(world.all<PurchaseLineOrdered>()[0].fact.units, 12);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.touches, 0);
    EXPECT_EQ(world.hq().desk(Role::planner).waiting(), 0u);
}

TEST(Routes, SettleByDoingNothing) {
    Routed world(routed_by({{.ages_after = 2h, .settles_after = 7h, .releases = false}}));
    world.ask(12);
    const LocationId location = world.location(0, 1);
    const Units before = world.hq().view[location].on_order;
    world.run_until(0, 8);
    EXPECT_DOUBLE_EQ(world.hours_to(CaseStep::aged), 2);
    EXPECT_DOUBLE_EQ(world.hours_to(CaseStep::settled), 7);
    EXPECT_EQ(world.all<PurchaseLineOrdered>().size(), 0u);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.executed, 0);
    EXPECT_EQ(world.hq().view[location].on_order, before - 12);
    EXPECT_EQ(world.hq().desk(Role::planner).waiting(), 0u);
}

}  // namespace
}  // namespace entrepot::tests

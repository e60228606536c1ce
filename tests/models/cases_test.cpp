#include "models/decisions/cases.hpp"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"
#include "models/small_world.hpp"

/// Whatever is decided is a case: it has a number for life and takes its steps in their order, and each is told.
namespace entrepot::tests {
namespace {

using namespace models;
using testing::ElementsAre;

struct Taken {
    sim::Time at;
    CaseStepped step;
    CaseStep name() const { return static_cast<CaseStep>(step.step); }
    Role role() const { return static_cast<Role>(step.role); }
    StepOutcome outcome() const { return static_cast<StepOutcome>(step.outcome); }
    DecisionKind kind() const { return static_cast<DecisionKind>(step.kind); }
};
using Ways = std::map<std::uint32_t, std::vector<Taken>>;  ///< by number

using Told = FactRecord<CaseStepped, CaseRaised, CaseClosed, PurchaseLineOrdered, TransferOrdered>;

template <class Entries>
Ways ways(const Entries& entries) {
    Ways all;
    for (const auto& [at, where, step] : entries) all[step.number].push_back({at, step});
    return all;
}

std::vector<CaseStep> names(const std::vector<Taken>& way) {
    std::vector<CaseStep> all;
    for (const Taken& taken : way) all.push_back(taken.name());
    return all;
}

bool ended(const std::vector<Taken>& way) { return way.back().name() == CaseStep::closed; }

Network busy_network(const FixtureStrategy& strategy) {
    Network network = small_network({.sites = 3, .items = 40});
    follow(network, strategy);
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 4;
    }
    finish(network);
    return network;
}

Told& run(const Network& network, Told& told) {
    simulate(network, 7, 0, told.log);
    return told;
}

/// What may follow a step, however the case goes.
bool may_follow(CaseStep before, CaseStep after) {
    using enum CaseStep;
    static const std::map<CaseStep, std::set<CaseStep>> next{
        {detected, {recommended, checked, queued, begun, asked, released}},  // begun: by whoever has another in hand
        {recommended, {checked, queued}},
        {checked, {queued, asked, released}},
        {queued, {begun, closed}},
        {begun, {handled}},
        {handled, {asked, released, executed, closed}},
        {asked, {approved}},
        {approved, {released}},
        {released, {executed}},
        {executed, {closed}},
    };
    const auto found = next.find(before);
    return found != next.end() && found->second.contains(after);
}

class Cases : public testing::TestWithParam<FixtureStrategy> {};

TEST_P(Cases, TakeTheirStepsInOrder) {
    Told told;
    for (const auto& [number, way] : ways(run(busy_network(GetParam()), told).all<CaseStepped>())) {
        ASSERT_EQ(way.front().name(), CaseStep::detected) << number;
        for (std::size_t i = 1; i < way.size(); ++i) {
            ASSERT_LE(way[i - 1].at, way[i].at) << number;
            ASSERT_TRUE(may_follow(way[i - 1].name(), way[i].name()))
                << number << ": " << int(way[i - 1].step.step) << " " << int(way[i].step.step);
            ASSERT_EQ(way[i].step.kind, way[0].step.kind);
            ASSERT_EQ(way[i].step.inputs, way[0].step.inputs);
        }
    }
}

TEST_P(Cases, AreNumberedInTheOrderInWhichTheyAreDetected) {
    Told told;
    std::uint32_t next = 0;
    for (const auto& [at, where, step] : run(busy_network(GetParam()), told).all<CaseStepped>()) {
        if (static_cast<CaseStep>(step.step) == CaseStep::detected) {
            ASSERT_EQ(step.number, next++);
        }
    }
    EXPECT_GT(next, 100u);
}

/// No transaction without a case, and no case is executed twice.
TEST_P(Cases, LeadToEachTransaction) {
    Told told;
    run(busy_network(GetParam()), told);
    std::map<DecisionKind, std::size_t> executed;
    std::size_t closed = 0;
    for (const auto& [number, way] : ways(told.all<CaseStepped>())) {
        executed[way.front().kind()] += std::ranges::count(names(way), CaseStep::executed);
        closed += ended(way);
    }
    EXPECT_EQ(executed[DecisionKind::purchase], told.all<PurchaseLineOrdered>().size());
    EXPECT_EQ(executed[DecisionKind::transfer], told.all<TransferOrdered>().size());
    EXPECT_GT(executed[DecisionKind::purchase], 100u);
    EXPECT_EQ(closed, told.all<CaseClosed>().size());
}

/// Who reads the facts alone can tell which line or order a case is about.
TEST_P(Cases, TellWhatTheyAreAbout) {
    Told told;
    run(busy_network(GetParam()), told);
    std::map<std::uint32_t, CaseRaised> about;
    for (const auto& [at, where, raised] : told.all<CaseRaised>()) {
        ASSERT_TRUE(about.emplace(raised.number, raised).second);
    }
    std::vector<std::uint32_t> placed, ordered;
    for (const auto& [at, where, step] : told.all<CaseStepped>()) {
        ASSERT_TRUE(static_cast<CaseStep>(step.step) == CaseStep::detected || about.contains(step.number));
        const CaseRaised& raised = about.at(step.number);
        const auto kind = static_cast<DecisionKind>(step.kind);
        if (kind == DecisionKind::escalation) {
            ASSERT_EQ(raised.subject, kNone);
            ASSERT_NE(raised.order, 0u);
        }
        const bool executed = static_cast<CaseStep>(step.step) == CaseStep::executed;
        if (kind == DecisionKind::purchase && executed) placed.push_back(raised.subject);
    }
    for (const auto& [at, where, line] : told.all<PurchaseLineOrdered>()) ordered.push_back(line.line);
    EXPECT_EQ(placed, ordered);
}

/// People decide where they do, and nowhere else.
TEST_P(Cases, AreTouchedByThoseWhoHandleAndApprove) {
    Told told;
    run(busy_network(GetParam()), told);
    std::map<std::uint32_t, int> touches;
    const Ways all = ways(told.all<CaseStepped>());
    for (const auto& [at, where, closed] : told.all<CaseClosed>()) {
        int touched = 0;
        for (const Taken& taken : all.at(closed.number)) {
            touched += taken.name() == CaseStep::handled || taken.name() == CaseStep::approved;
        }
        ASSERT_EQ(closed.touches, touched) << closed.number;
    }
}

INSTANTIATE_TEST_SUITE_P(Strategies, Cases, testing::Values(manual_strategy(), orchestrated_strategy()),
                         [](const auto& given) { return given.index == 0 ? "manual" : "orchestrated"; });

TEST(AutomaticCase, PassesThroughInOneMoment) {
    Told told;
    int untouched = 0;
    for (const auto& [number, way] : ways(run(busy_network(orchestrated_strategy()), told).all<CaseStepped>())) {
        const bool within = way.size() > 2 && way[2].outcome() == StepOutcome::within;
        if (!within || way[3].name() != CaseStep::released) continue;  // others wait for an approval
        ASSERT_THAT(names(way), ElementsAre(CaseStep::detected, CaseStep::recommended, CaseStep::checked,
                                            CaseStep::released, CaseStep::executed, CaseStep::closed));
        ASSERT_EQ(way.front().at, way.back().at);
        for (const Taken& taken : way) ASSERT_EQ(taken.role(), Role::system);
        ++untouched;
    }
    EXPECT_GT(untouched, 100);
}

TEST(ManualCase, IsWorkedOutByAPlanner) {
    Told told;
    int lines = 0;
    Network network = busy_network(manual_strategy());
    network.strategy.governance.approvals.clear();
    for (const auto& [number, way] : ways(run(network, told).all<CaseStepped>())) {
        if (way.front().kind() != DecisionKind::purchase || !ended(way)) continue;
        ASSERT_THAT(names(way), ElementsAre(CaseStep::detected, CaseStep::queued, CaseStep::begun, CaseStep::handled,
                                            CaseStep::released, CaseStep::executed, CaseStep::closed));
        ASSERT_EQ(way[2].role(), Role::planner);
        ASSERT_LT(way[2].at, way[3].at);
        ++lines;
    }
    EXPECT_GT(lines, 100);
}

/// A limit of authority is about the money: what is worth more waits for somebody who may.
TEST(ApprovedCase, WaitsForTheApproverAlone) {
    Told told;
    int lines = 0;
    Network network = busy_network(orchestrated_strategy());
    network.strategy.governance.approvals[0].above = Money::of(0);
    for (const auto& [number, way] : ways(run(network, told).all<CaseStepped>())) {
        const bool within = way.size() > 2 && way[2].outcome() == StepOutcome::within;
        if (way.front().kind() != DecisionKind::purchase || !within || !ended(way)) continue;
        ASSERT_THAT(names(way),
                    ElementsAre(CaseStep::detected, CaseStep::recommended, CaseStep::checked, CaseStep::asked,
                                CaseStep::approved, CaseStep::released, CaseStep::executed, CaseStep::closed));
        ASSERT_EQ(way[4].role(), Role::procurement);
        ASSERT_LT(way[3].at, way[4].at);
        ++lines;
    }
    EXPECT_GT(lines, 5);
}

/// A customer's complaint, the turn that its answer grants, and the stock that an agent then asks a planner for, are
/// three cases.
TEST(Escalation, LeadsToACaseForItsTurnAndOneForStock) {
    Network network = quiet_network(2);
    network.initial.on_hand[SiteId{0}][ItemId{0}] = 0;
    for (Tier& tier : network.tiers) tier.escalation_probability = 1;
    network.strategy.transfers.urgent_on_escalation = true;
    finish(network);
    SmallWorld<CaseStepped, CaseClosed> pair(std::move(network));
    pair.run_until(0, 9);
    pair.order(0, {line(0, 5)});
    pair.run_until(3);
    for (const auto& [at, where, closed] : pair.all<CaseClosed>()) EXPECT_EQ(closed.touches, 1);  // each his own
    ASSERT_EQ(pair.all<CaseClosed>().size(), 3u);
    const Ways all = ways(pair.all<CaseStepped>());
    ASSERT_EQ(all.size(), 3u);
    EXPECT_THAT(names(all.at(0)), ElementsAre(CaseStep::detected, CaseStep::queued, CaseStep::begun, CaseStep::handled,
                                              CaseStep::executed, CaseStep::closed));
    EXPECT_EQ(all.at(0)[1].role(), Role::service_agent);
    EXPECT_EQ(all.at(0)[0].step.because_of, kNone);
    EXPECT_EQ(all.at(1)[0].step.because_of, 0u);
    EXPECT_EQ(all.at(1)[0].kind(), DecisionKind::priority_exception);
    EXPECT_EQ(all.at(1).back().at, all.at(0).back().at);  // in one go, by the same person
    EXPECT_EQ(all.at(1)[1].role(), Role::service_agent);
    EXPECT_THAT(names(all.at(1)), ElementsAre(CaseStep::detected, CaseStep::begun, CaseStep::handled,
                                              CaseStep::released, CaseStep::executed, CaseStep::closed));
    EXPECT_EQ(all.at(2)[0].step.because_of, 0u);
    EXPECT_EQ(all.at(2)[0].kind(), DecisionKind::transfer);
    EXPECT_EQ(all.at(2)[1].role(), Role::planner);
    EXPECT_EQ(all.at(2)[0].step.units, 5);
}

/// With nobody to answer them complaints are open at the end; each is told then, with whether it is late.
TEST(Exceptions, AreToldThatStayOpen) {
    Network network = busy_network(manual_strategy());
    network.office.service_agents = 0;
    network.office.exception_service_level = std::chrono::hours{8};
    for (Tier& tier : network.tiers) tier.escalation_probability = 0.5;
    finish(network);
    FactRecord<CaseStepped, ExceptionLeftOpen> told;
    simulate(network, 7, 0, told.log);
    int open = 0, left = 0, late = 0;
    for (const auto& [number, way] : ways(told.all<CaseStepped>())) {
        open += is_exception(way.front().kind()) && !ended(way);
    }
    for (const auto& [at, where, exception] : told.all<ExceptionLeftOpen>()) {
        ++left;
        late += exception.service == Service::missed;
    }
    EXPECT_GT(open, 20);
    EXPECT_EQ(left, open);
    EXPECT_GT(late, left / 2);
    EXPECT_LT(late, left);  // the last ones are young
}

/// The fingerprint tells apart what was known: another position is another one, the same is the same.
TEST(Inputs, HangOnWhatIsKnownOfTheLocation) {
    SmallWorld<CaseStepped> house(quiet_network());
    const auto raise = [&](std::size_t item) {
        Context context = house.at_headquarters();
        const Case one{.raised = context.now(), .about = key_of(SiteId{0}, ItemId{item})};
        close_case(house.hq(), raise_case(house.hq(), one, context), false, context);
        return house.all<CaseStepped>().back().fact.inputs;
    };
    const std::uint64_t first = raise(1);
    EXPECT_EQ(raise(1), first);
    house.hq().view[house.location(0, 1)].on_order += 1;
    EXPECT_NE(raise(1), first);
    house.hq().view[house.location(0, 1)].on_order -= 1;
    EXPECT_EQ(raise(1), first);
    house.hq().levels[house.location(0, 1)].reorder_point += 1;
    EXPECT_NE(raise(1), first);
}

}  // namespace
}  // namespace entrepot::tests

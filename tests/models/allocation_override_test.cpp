#include "models/records/allocation_override.hpp"

#include <map>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// An escalated order gets stock that others were promised: from whom, who must agree, and that nothing comes from
/// nowhere.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Contest = SmallWorld<StockReallocated, CaseStepped, CaseClosed, LineFirstPass, TransferOrdered>;

/// Ten units of each item, nobody picks before noon, and whoever is short in the first tier complains.
Network contested() {
    Network network = quiet_network(2);
    hear_at_once(network);
    for (auto& stock : network.initial.on_hand) stock.assign(network.items.size(), 10);
    network.initial.on_hand[SiteId{1}][ItemId{0}] = 1000;
    network.policies = {};
    network.policy_of = {};
    network.strategy.waves.start_minutes = {12 * 60};
    network.strategy.waves.at_once = false;
    network.strategy.workflow.takes_allocated = true;
    network.strategy.workflow.escalation_search_median = {};
    network.strategy.transfers.urgent_on_escalation = false;
    network.office.service_agents = 1;
    network.office.service_leads = 1;
    network.office.agent_minutes_per_escalation = 1;
    network.office.handling_cv = 0;
    for (Tier& tier : network.tiers) tier.escalation_probability = tier.rank == 0 ? 1 : 0;
    finish(network);
    return network;
}

/// An order of the second tier is promised `first` of the ten units at nine; then one of the first tier wants eight.
struct Rivals {
    std::uint32_t lower = 0, upper = 0;
};
Rivals compete(Contest& desk, Units first, std::size_t lower_tier = 1) {
    desk.run_until(0, 9);
    const std::uint32_t lower = desk.order(lower_tier, {line(0, first)});
    const std::uint32_t upper = desk.order(0, {line(0, 8)});
    desk.run_until(0, 11);
    return {lower, upper};
}

TEST(AllocationOverride, MovesUnitsFromTheLowerTierAndNoMore) {
    Contest desk(contested());
    const Rivals rivals = compete(desk, 9);
    ASSERT_EQ(desk.all<StockReallocated>().size(), 1u);
    EXPECT_EQ(desk.all<StockReallocated>()[0].fact.units, 7);  // one was free
    EXPECT_EQ(desk.line_of(rivals.upper).allocated, 8);
    EXPECT_EQ(desk.line_of(rivals.lower).allocated, 2);
    EXPECT_EQ(desk.line_of(rivals.lower).waiting, 7);
    EXPECT_EQ(desk.site().record[ItemId{0}].allocated, 10);
    desk.run_until(1);
    EXPECT_EQ(desk.site().truth[ItemId{0}].on_hand, 0);  // ten were picked
}

/// It is zero-sum: what the one line gains at its first attempt the other loses.
TEST(AllocationOverride, CountsAsShortForWhoLoses) {
    Contest desk(contested());
    compete(desk, 10);
    desk.run_until(1);
    double filled = 0;
    for (const auto& [at, where, one] : desk.all<LineFirstPass>()) filled += one.filled;
    EXPECT_EQ(filled, 2);  // of ten and eight: the first tier's line was short, the second's is now
}

TEST(AllocationOverride, IsOffByDefaultAndNotForTheOwnTier) {
    Network network = contested();
    network.strategy.workflow.takes_allocated = false;
    Contest off(std::move(network));
    compete(off, 9);
    EXPECT_EQ(off.all<StockReallocated>().size(), 0u);
    Contest own(contested());
    compete(own, 9, 0);
    EXPECT_EQ(own.all<StockReallocated>().size(), 0u);
}

TEST(AllocationOverride, LeavesWhatIsBeingPicked) {
    Network network = contested();
    network.strategy.waves.start_minutes = {9 * 60 + 10};
    Contest desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(1, {line(0, 9)});
    desk.run_until(0, 9.2);
    desk.order(0, {line(0, 8)});
    desk.run_until(0, 11);
    EXPECT_EQ(desk.all<StockReallocated>().size(), 0u);
}

/// No override that lowers a contract tier's promise without customer service's lead and finance.
TEST(AllocationOverride, OfAContractTierNeedsTwoMoreToAgree) {
    const auto steps = [](std::size_t from) {
        Network network = contested();
        ApprovalLevel lead{
            .name = "lead", .decisions = {DecisionKind::allocation_override}, .role = Role::service_lead};
        lead.tiers = {false, true, false};
        ApprovalLevel money = lead;
        money.name = "money";
        money.role = Role::finance;
        network.strategy.governance.approvals = {lead, money};
        Contest desk(std::move(network));
        compete(desk, 9, from);
        EXPECT_EQ(desk.all<StockReallocated>().size(), 1u);
        std::vector<Role> agreed;
        for (const auto& [at, where, step] : desk.all<CaseStepped>()) {
            if (static_cast<CaseStep>(step.step) == CaseStep::approved) agreed.push_back(static_cast<Role>(step.role));
        }
        return agreed;
    };
    EXPECT_EQ(steps(1), (std::vector<Role>{Role::service_lead, Role::finance}));
    EXPECT_EQ(steps(2), std::vector<Role>{});
}

/// Where a guardrail forbids it, a planner is asked for stock of another site instead.
TEST(AllocationOverride, FallsBackToAnotherSitesStock) {
    Network network = contested();
    network.strategy.governance.rights.allocation_override = {Role::system};
    network.strategy.governance.guardrails = {{.name = "contracts",
                                               .decision = DecisionKind::allocation_override,
                                               .action = GuardrailAction::block,
                                               .tiers = {false, true, false}}};
    network.strategy.transfers.urgent_on_escalation = true;
    network.strategy.transfers.urgent_donor_days = 0;
    network.office.planners = 1;
    Contest desk(std::move(network));
    for (Levels& levels : desk.hq().levels) levels.daily_rate = 1;
    compete(desk, 9);
    EXPECT_EQ(desk.all<StockReallocated>().size(), 0u);
    EXPECT_EQ(desk.all<TransferOrdered>().size(), 1u);
}

/// By the time the agent has settled it, the wave has taken the others' picks.
TEST(AllocationOverride, AsksElsewhereForWhatIsPickedMeanwhile) {
    Network network = contested();
    network.strategy.waves.start_minutes = {9 * 60 + 10};
    network.strategy.transfers.urgent_on_escalation = true;
    network.strategy.transfers.urgent_donor_days = 0;
    network.office.planners = 1;
    network.office.agent_minutes_per_escalation = 30;
    Contest desk(std::move(network));
    for (Levels& levels : desk.hq().levels) levels.daily_rate = 1;
    compete(desk, 9);
    EXPECT_EQ(desk.all<StockReallocated>().size(), 0u);
    ASSERT_EQ(desk.all<TransferOrdered>().size(), 1u);
    EXPECT_EQ(desk.all<TransferOrdered>()[0].fact.units, 7);
    std::uint32_t override = kNone;
    for (const auto& [at, where, step] : desk.all<CaseStepped>()) {
        const auto kind = static_cast<DecisionKind>(step.kind);
        if (kind == DecisionKind::allocation_override) override = step.number;
        if (kind == DecisionKind::transfer) {
            EXPECT_EQ(step.because_of, override);
        } else if (kind == DecisionKind::allocation_override) {
            EXPECT_NE(static_cast<CaseStep>(step.step), CaseStep::executed);
        }
    }
    EXPECT_NE(override, kNone);
}

/// Seven units are short; of the others' nine, four are being picked by then. What was taken is what was done.
TEST(AllocationOverride, CountsWhatWasTaken) {
    Network network = contested();
    network.strategy.waves.start_minutes = {9 * 60 + 10};
    network.strategy.transfers.urgent_on_escalation = true;
    network.strategy.transfers.urgent_donor_days = 0;
    network.office.planners = 1;
    Contest desk(std::move(network));
    for (Levels& levels : desk.hq().levels) levels.daily_rate = 1;
    desk.run_until(0, 9);
    desk.order(1, {line(0, 4)});
    desk.run_until(0, 9.2);
    const std::uint32_t loser = desk.order(1, {line(0, 5)});
    const std::uint32_t winner = desk.order(0, {line(0, 8)});
    desk.run_until(0, 11);
    ASSERT_EQ(desk.all<StockReallocated>().size(), 1u);
    const StockReallocated& moved = desk.all<StockReallocated>()[0].fact;
    EXPECT_EQ(moved.units, 5);
    EXPECT_EQ(moved.order, desk.line_of(winner).order);
    EXPECT_EQ(moved.from_order, desk.line_of(loser).order);
    std::map<CaseStep, Units> units;
    for (const auto& [at, where, step] : desk.all<CaseStepped>()) {
        if (static_cast<DecisionKind>(step.kind) != DecisionKind::allocation_override) continue;
        units[static_cast<CaseStep>(step.step)] = step.units;
    }
    EXPECT_EQ(units.at(CaseStep::released), 7);
    EXPECT_EQ(units.at(CaseStep::executed), 5);
    EXPECT_EQ(units.at(CaseStep::closed), 5);
    ASSERT_EQ(desk.all<TransferOrdered>().size(), 1u);
    EXPECT_EQ(desk.all<TransferOrdered>()[0].fact.units, 2);
}

/// Its customer has gone before the site hears of it: nothing was done.
TEST(AllocationOverride, IsNotDoneForWhoHasGone) {
    Network network = contested();
    network.strategy.transfers.urgent_on_escalation = true;
    network.office.planners = 1;
    network.office.agent_minutes_per_escalation = 30;
    for (Tier& tier : network.tiers) tier.patience_median = 5min;
    for (Tier& tier : network.tiers) tier.patience_sigma = 0;
    Contest desk(std::move(network));
    compete(desk, 9);
    EXPECT_EQ(desk.all<StockReallocated>().size(), 0u);
    EXPECT_EQ(desk.all<TransferOrdered>().size(), 0u);
    int dropped = 0;
    for (const auto& [at, where, one] : desk.all<CaseClosed>()) {
        dropped += static_cast<DecisionKind>(one.kind) == DecisionKind::allocation_override && one.executed == 0;
    }
    EXPECT_EQ(dropped, 1);
}

/// A priority exception that nobody may grant leaves the order where it stood; its customer is answered all the same.
TEST(PriorityException, IsARightOfItsOwn) {
    const auto boosted = [](std::vector<Role> rights, std::vector<Guardrail> guardrails) {
        Network network = contested();
        network.strategy.workflow.takes_allocated = false;
        network.strategy.governance.rights.priority_exception = std::move(rights);
        network.strategy.governance.guardrails = std::move(guardrails);
        network.office.bounces = 0;
        Contest desk(std::move(network));
        const Rivals rivals = compete(desk, 9);
        EXPECT_EQ(desk.site().escalated.size(), 0u);
        return desk.order_at(rivals.upper).boosted;
    };
    const Guardrail none{.name = "none",
                         .decision = DecisionKind::priority_exception,
                         .action = GuardrailAction::block,
                         .most_a_day = 0};
    EXPECT_TRUE(boosted({Role::service_agent}, {}));
    EXPECT_TRUE(boosted({Role::service_lead}, {}));
    EXPECT_TRUE(boosted({Role::system}, {}));
    EXPECT_FALSE(boosted({Role::system}, {none}));
    EXPECT_TRUE(boosted({Role::service_agent}, {none}));  // guardrails are the system's
}

/// The lead comes for it at his own time: the order waits for its turn until then.
TEST(PriorityException, OfAnotherRoleIsACaseOfItsOwn) {
    Network network = contested();
    network.strategy.governance.rights.priority_exception = {Role::service_lead};
    network.strategy.workflow.takes_allocated = false;
    network.office.minutes_per_exception = 90;
    Contest desk(std::move(network));
    desk.run_until(0, 9);
    desk.order(1, {line(0, 9)});
    const std::uint32_t upper = desk.order(0, {line(0, 8)});
    desk.run_until(0, 10);
    EXPECT_FALSE(desk.order_at(upper).boosted);
    desk.run_until(0, 11);
    EXPECT_TRUE(desk.order_at(upper).boosted);
}

}  // namespace
}  // namespace entrepot::tests

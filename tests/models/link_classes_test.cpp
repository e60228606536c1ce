#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// What hangs on single classes of messages: who is misled when they are late or lost.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

Interface fails_after(models::Duration stops, models::Duration lasts) {
    Interface terms;
    terms.uptime = ConstantTime{stops};
    terms.downtime = ConstantTime{lasts};
    return terms;
}

// Priority: new scores of what the floor has already.

using PriorityFloor = SmallWorld<LineFirstPass, LinkDay>;

/// Fifty orders of the first tier are before ten of the second, until these are to go first: so many of them are
/// among the next thirty lines that the one picker picks.
int go_first(const Interface& terms) {
    Network network = quiet_network();
    prioritise(network, TierThenDate{});
    network.sites[SiteId{0}].pickers = 1;
    network.sites[SiteId{0}].pick_time_cv = 0;
    network.strategy.integration.of(InterfaceName::priority) = terms;
    network.strategy.waves.start_minutes.clear();
    network.strategy.waves.interval = 10min;
    network.office.it_support = 0;
    finish(network);
    PriorityFloor house(std::move(network));
    house.run_until(0, 8);
    for (int i = 0; i < 50; ++i) house.order(0, {line(0, 1), line(1, 1)});
    std::vector<std::uint32_t> later;
    for (int i = 0; i < 10; ++i) later.push_back(house.order(1, {line(2, 1)}));
    house.run_until(0, 10.5);
    const std::size_t before = house.all<LineFirstPass>().size();
    for (const std::uint32_t order : later) house.order_at(order).boosted = true;
    house.site().ranked_day = -1;  // as an escalation's answer does
    house.run_until(0, 15.9);
    const auto& picked = house.all<LineFirstPass>();
    int first = 0;
    for (std::size_t i = before; i < std::min(picked.size(), before + 30); ++i) first += picked[i].fact.tier == 1;
    EXPECT_GE(picked.size(), before + 30);
    return first;
}

/// With its link down the floor picks on in the order it last knew.
TEST(PriorityMessages, AreWhatTheFloorGoesBy) {
    EXPECT_EQ(go_first({}), 10);
    EXPECT_EQ(go_first(fails_after(10h, 100h)), 0);
}

/// The wave after next brings what the last one could not.
TEST(PriorityMessages, ComeAgainWithTheNextWave) { EXPECT_GT(go_first(fails_after(10h, 1h)), 5); }

// Notices: what customers are told.

using NoticeDesk = SmallWorld<NoticeGiven, CaseClosed>;

struct ToldCustomer {
    std::size_t notices = 0;
    bool escalated = false;
};

/// A line is short at its entry, and its customer complains on the promised day if nobody has told him of another.
ToldCustomer told_over(const Interface& terms, int it_support) {
    Network network = quiet_network(2);
    for (auto& stock : network.initial.on_hand) stock[ItemId{0}] = 0;
    network.policies = {};
    network.policy_of = {};
    hear_at_once(network);
    for (Tier& tier : network.tiers) {
        tier.escalation_probability = 1;
        tier.escalation_if_told = 0;
    }
    network.strategy.notices.at_risk_days = 3;
    network.strategy.integration.of(InterfaceName::notice) = terms;
    network.office.it_support = it_support;
    network.office.handling_cv = 0;
    finish(network);
    NoticeDesk desk(std::move(network));
    desk.run_until(0, 9);
    const std::uint32_t order = desk.order(0, {line(0, 5)});  // for day 2
    desk.run_until(2, 12);
    return {desk.all<NoticeGiven>().size(), desk.order_at(order).escalated};
}

/// A notice that is lost leaves the system sure that the customer knows, and the customer complains.
TEST(NoticeMessages, ThatAreLostLeaveCustomersUntold) {
    EXPECT_EQ(told_over({}, 0).notices, 1u);
    EXPECT_EQ(told_over(fails_after(8h, 100h), 0).notices, 0u);
    EXPECT_TRUE(told_over(fails_after(8h, 100h), 0).escalated);
}

/// One that IT support brings through while the promised day isn't past is told, once.
TEST(NoticeMessages, AreToldOnceTheyComeThrough) {
    Interface terms = fails_after(8h, 2h);
    terms.noticed_median = 1h;
    EXPECT_EQ(told_over(terms, 1).notices, 1u);
    terms.retries = 1;
    terms.first_wait = 3h;
    terms.duplicates = 1;
    EXPECT_EQ(told_over(terms, 0).notices, 1u) << "what comes twice is told once";
}

// Recommendations: what the policy wants the desk to decide.

struct DecidedOver {
    int by_people_meanwhile = 0, by_system_meanwhile = 0, by_people = 0;
};

/// A month of planners to whom a forecast recommends, with the link down from the twelfth day on for 25 days.
DecidedOver decided_over(bool down, bool system) {
    Network network = small_network();
    FixtureStrategy strategy = orchestrated_strategy();
    follow(network, strategy);
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 2;
    }
    network.strategy.governance.rights.purchase = {Role::planner};
    if (system)
        network.strategy.governance.rights.purchase.insert(network.strategy.governance.rights.purchase.begin(),
                                                           Role::system);
    if (system) network.strategy.governance.guardrails = {};
    if (down) network.strategy.integration.of(InterfaceName::recommendation) = fails_after(288h, 600h);
    network.strategy.integration.of(InterfaceName::recommendation).noticed_median = 1h;
    network.office.it_support = 1;
    finish(network);
    FactRecord<PurchaseLineOrdered> record;
    simulate(network, 1, 0, record.log);
    DecidedOver sum;
    for (const auto& [at, where, line] : record.all<PurchaseLineOrdered>()) {
        const bool meanwhile = at >= sim::kStart + sim::days{13} && at < sim::kStart + sim::days{36};
        sum.by_people += line.touches > 0;
        sum.by_people_meanwhile += line.touches > 0 && meanwhile;
        sum.by_system_meanwhile += line.touches == 0 && meanwhile;
    }
    return sum;
}

/// While its link is down nothing comes to the desk; what the system may release itself needs no desk, and when the
/// link works again all of it comes.
TEST(RecommendationMessages, AreWhatTheDeskDecidesOn) {
    const DecidedOver calm = decided_over(false, false), cut = decided_over(true, false);
    EXPECT_GT(calm.by_people_meanwhile, 10);
    EXPECT_EQ(cut.by_people_meanwhile, 0);
    EXPECT_GT(cut.by_people, calm.by_people / 2);
    EXPECT_EQ(decided_over(true, true).by_system_meanwhile, decided_over(false, true).by_system_meanwhile);
}

}  // namespace
}  // namespace entrepot::tests

#include "models/decisions/hindsight.hpp"

#include <cmath>
#include <sstream>

#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/office.hpp"
#include "models/small_world.hpp"
#include "sim/snapshot.hpp"

/// Decisions are judged when the demand that they were for is known.
namespace entrepot::tests {
namespace {

using namespace models;

// The rule.

constexpr Hindsight kShort{.position = 100, .demand = 150, .left_over = 0.5, .missing = 4, .pack = 10};

TEST(Regret, IsWhatTheBestPacksWouldHaveSaved) {
    EXPECT_DOUBLE_EQ(kShort.cost(70), 0.5 * 20);
    EXPECT_DOUBLE_EQ(kShort.cost(20), 4 * 30);
    EXPECT_DOUBLE_EQ(kShort.regret(50), 0);
    EXPECT_DOUBLE_EQ(kShort.regret(70), 10);
    EXPECT_DOUBLE_EQ(kShort.regret(20), 120);
}

/// Two packs leave 10 units missing, three leave 10 over: the better of both counts, whichever it is.
TEST(Regret, KnowsWholePacksAlone) {
    Hindsight packs = kShort;
    packs.pack = 20;
    EXPECT_DOUBLE_EQ(packs.regret(60), 0);
    EXPECT_DOUBLE_EQ(packs.regret(40), 40 - 5);
    packs.missing = 0.1;
    EXPECT_DOUBLE_EQ(packs.regret(40), 0);
    EXPECT_DOUBLE_EQ(packs.regret(60), 5 - 1);
}

TEST(Regret, OfANeedlessLineIsItsHolding) {
    Hindsight enough = kShort;
    enough.demand = 60;
    EXPECT_DOUBLE_EQ(enough.regret(0), 0);
    EXPECT_DOUBLE_EQ(enough.regret(30), 15);
}

// Decisions.

struct Judged : SmallWorld<DecisionJudged, CaseStepped> {
    using SmallWorld::SmallWorld;

    /// A line of so many units lies before a planner, or before the guardrails.
    std::uint32_t raise(Units units, bool prepared = true) {
        Context context = at_headquarters();
        const std::uint32_t line = purchase(1, units);
        hq().purchases[line].prepared = prepared;
        return raise_case(hq(), case_of_purchase(hq(), DecisionKind::purchase, line, context.now()), context);
    }
    void ask(Units units, bool prepared = true) {
        const std::uint32_t place = raise(units, prepared);
        Context context = at_headquarters();
        ask_people(hq(), place, context);
    }
    void recommend(Units units) {
        const std::uint32_t place = raise(units);
        Context context = at_headquarters();
        const Recommendation what{.number = hq().cases[place].number,
                                  .item = ItemId{1},
                                  .site = SiteId{0},
                                  .units = units,
                                  .pack = network.items[ItemId{1}].pack};
        follow_verdict(hq(), place, check_guardrails(hq(), what, context), what, context);
    }
    StockView& view() { return hq().view[location(0, 1)]; }
    /// The record has heard of so much demand, none of which could be served.
    void hear_of_demand(std::uint32_t units) { view().demand += units; }
};

/// One item at $10 and $16, in packs of 6, that takes 7 days and is reviewed each week: 14 days at 36.5 % a year are
/// 1.4 %, 14 cents a unit.
Network judging(std::vector<Guardrail> guardrails = {}) {
    Network network = quiet_network();
    network.carrying_rate = 0.365;
    for (Item& item : network.items) {
        item.unit_cost = Money::of(10);
        item.price = {Money::of(16), Money::of(99)};
        item.pack = 6;
    }
    network.office.planners = 10;
    network.office.handling_cv = 0;
    network.strategy.governance.approvals.clear();
    network.strategy.governance.guardrails = std::move(guardrails);
    network.strategy.governance.rights.purchase = {Role::system, Role::planner};
    finish(network);
    return network;
}

constexpr double kHolding = 0.14, kMargin = 6;

TEST(Judgement, WaitsUntilTheIntervalIsOver) {
    Judged world(judging());
    world.run_until(0, 9);
    world.view().net = 100;
    world.ask(120);
    world.run_until(5);
    world.hear_of_demand(160);
    world.run_until(14, 4.9);
    EXPECT_TRUE(world.all<DecisionJudged>().empty());
    EXPECT_EQ(world.hq().noted.size(), 1u);
    world.run_until(14, 5.1);
    ASSERT_EQ(world.all<DecisionJudged>().size(), 1u);
    EXPECT_TRUE(world.hq().noted.empty());
    const DecisionJudged& fact = world.all<DecisionJudged>()[0].fact;
    EXPECT_NEAR(fact.decided, 60 * kHolding, 1e-4);
    EXPECT_EQ(fact.decided, fact.recommended);
    EXPECT_EQ(fact.decided_day, 0);
    EXPECT_EQ(fact.number, 0u);
    EXPECT_EQ(fact.who, Recommended::accepted);
    EXPECT_EQ(fact.struck + fact.blocked, 0);
}

TEST(Judgement, KnowsWhatWasMissing) {
    Judged world(judging());
    world.run_until(0, 9);
    world.view().net = 100;
    world.view().on_order = 12;
    world.hear_of_demand(5000);  // which was served long ago
    world.ask(60);
    world.run_until(5);
    world.hear_of_demand(178);
    world.run_until(15);
    ASSERT_EQ(world.all<DecisionJudged>().size(), 1u);
    EXPECT_NEAR(world.all<DecisionJudged>()[0].fact.decided, 6 * kMargin, 1e-4);
    EXPECT_TRUE(world.all<DecisionJudged>()[0].fact.went_bad);
}

/// 120 units more than needed for 14 days cost 1.4 % of their value.
TEST(Judgement, CallsBadWhatCostsMoreThanTheShareOfItsValue) {
    const auto is_bad = [](double share) {
        Network network = judging();
        network.office.judgement.regret_share = share;
        Judged world(std::move(network));
        world.run_until(0, 9);
        world.ask(120);
        world.run_until(15);
        return world.all<DecisionJudged>().at(0).fact.bad != 0;
    };
    EXPECT_TRUE(is_bad(0.0139));
    EXPECT_FALSE(is_bad(0.0141));
}

TEST(Judgement, HoldsAnOverrideAgainstWhatLayBeforePeople) {
    Network network = judging({{.action = GuardrailAction::cap, .most_value = Money::of(1200)},
                               {.action = GuardrailAction::route, .most_value = Money::of(0)}});
    network.office.judgement.acceptance = 0;
    network.office.judgement.override_sigma = 0.5;
    Judged world(std::move(network));
    world.run_until(0, 9);
    world.view().net = 0;
    world.recommend(240);  // 120 are left of it
    world.run_until(1);
    Units decided = 0;
    for (const auto& [at, where, step] : world.all<CaseStepped>()) decided = step.units;
    ASSERT_NE(decided, 120);
    world.hear_of_demand(60);
    world.run_until(15);
    ASSERT_EQ(world.all<DecisionJudged>().size(), 1u);
    const DecisionJudged& fact = world.all<DecisionJudged>()[0].fact;
    EXPECT_EQ(fact.who, Recommended::changed);
    EXPECT_EQ(fact.struck, 1);
    EXPECT_NEAR(fact.recommended, 180 * kHolding, 1e-4);
    EXPECT_NEAR(fact.offered, 60 * kHolding, 1e-4);
    EXPECT_NEAR(fact.decided, decided > 60 ? (decided - 60) * kHolding : (60 - decided) * kMargin, 1e-4);
}

/// What was blocked was not ordered, and may have been missing.
TEST(Judgement, KnowsWhatAGuardrailKeptFromHappening) {
    Judged world(judging({{.action = GuardrailAction::block, .most_value = Money::of(100)}}));
    world.run_until(0, 9);
    world.view().net = 0;
    world.recommend(120);
    EXPECT_EQ(world.view().on_order, 0);
    world.hear_of_demand(120);
    world.run_until(15);
    ASSERT_EQ(world.all<DecisionJudged>().size(), 1u);
    const DecisionJudged& fact = world.all<DecisionJudged>()[0].fact;
    EXPECT_EQ(fact.struck + fact.blocked, 2);
    EXPECT_EQ(fact.recommended, 0);
    EXPECT_FALSE(fact.bad);
    EXPECT_NEAR(fact.decided, 120 * kMargin, 1e-3);
}

TEST(Judgement, IsToldOfWhatTheSystemReleases) {
    Judged world(judging({{.most_value = Money::of(5000)}}));
    world.run_until(0, 9);
    world.recommend(120);
    world.run_until(15);
    ASSERT_EQ(world.all<DecisionJudged>().size(), 1u);
    EXPECT_EQ(world.all<DecisionJudged>()[0].fact.who, Recommended::released);
    EXPECT_EQ(world.all<DecisionJudged>()[0].fact.struck, 0);
}

/// By hand nobody recommends.
TEST(Judgement, KnowsWhatWasWorkedOutByHand) {
    Judged world(judging());
    world.run_until(0, 9);
    world.ask(120, false);
    world.run_until(15);
    ASSERT_EQ(world.all<DecisionJudged>().size(), 1u);
    EXPECT_EQ(world.all<DecisionJudged>()[0].fact.who, Recommended::no);
}

/// What is not to be known before the end, 14 days after it was decided, is not kept.
TEST(Judgement, KeepsNothingThatIsNeverKnown) {
    const auto kept = [](int days_before_the_end) {
        Judged world(judging());
        int day = world.network.calendar.total_days() - days_before_the_end;
        while (!world.network.calendar.is_business_day(day)) --day;
        world.run_until(day, 9);
        world.ask(120);
        world.run_until(day + 1);
        const auto done = [](const auto& told) { return static_cast<CaseStep>(told.fact.step) == CaseStep::executed; };
        EXPECT_EQ(std::ranges::count_if(world.all<CaseStepped>(), done), 1);
        return world.hq().noted.size();
    };
    EXPECT_EQ(kept(10), 0u);
    EXPECT_EQ(kept(15), 1u);
}

TEST(Judgement, IsNoneWhereHeadquartersDoesNotPlan) {
    Network network = judging();
    network.policies = {{.name = "given", .reorder_point = 10, .order_up_to = 60}};
    network.policies[0].execution = Execution::planners;
    finish(network);
    Judged world(std::move(network));
    world.run_until(0, 9);
    world.ask(120);
    world.run_until(1);
    EXPECT_TRUE(world.hq().noted.empty());
}

/// A whole run: what was told does not hang on a snapshot in between.
TEST(Judgement, OutlivesASnapshot) {
    const auto judged = [](bool by_file) {
        Network network = small_network({.sites = 2});
        follow(network, orchestrated_strategy());
        FactRecord<DecisionJudged> record;
        World world = start_world(network, 7, 0, record.log);
        run_sequential(world, start_of(30));
        if (by_file) {
            std::stringstream file;
            save(world, "test", file);
            World read = start_world(network, 7, 0, record.log);
            load(read, "test", file);
            run_sequential(read, start_of(60));
        } else {
            run_sequential(world, start_of(60));
        }
        record.log.flush();
        double sum = 0;
        for (const auto& [at, where, fact] : record.all<DecisionJudged>()) sum += double{fact.decided} + fact.number;
        return std::pair(record.all<DecisionJudged>().size(), sum);
    };
    EXPECT_GT(judged(false).first, 20u);
    EXPECT_EQ(judged(true), judged(false));
}

/// Before guardrails cut it.
TEST(Lines, AreToldWithWhatWasRecommended) {
    Network network = small_network({.sites = 2});
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.governance.guardrails = {{.name = "cap", .action = GuardrailAction::cap, .most_value = Money::of(8000)}};
    strategy.governance.approvals.clear();
    follow(network, strategy);
    FactRecord<PurchaseLineOrdered> record;
    simulate(network, 7, 0, record.log);
    int cut = 0, whole = 0;
    for (const auto& [at, where, line] : record.all<PurchaseLineOrdered>()) {
        ASSERT_GE(line.recommended, line.units);
        (line.recommended > line.units ? cut : whole) += 1;
        ASSERT_LE(line.units * 16, 8000);
    }
    EXPECT_GT(cut, 3);
    EXPECT_GT(whole, 3);
}

// Who knows better.

/// Mean gain of the lines that planners changed, over some replications.
double gain_of_overrides(double insight) {
    Network network = small_network({.sites = 3, .items = 40, .days = 120});
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.governance.rights.purchase = {Role::planner};
    strategy.governance.approvals.clear();
    follow(network, strategy);
    network.office.planners = 20;
    network.office.judgement.acceptance = 0.5;
    network.office.judgement.override_insight = insight;
    double gain = 0, changed = 0;
    for (std::uint32_t replication = 0; replication < 6; ++replication) {
        FactRecord<DecisionJudged> record;
        simulate(network, 7, replication, record.log);
        for (const auto& [at, where, fact] : record.all<DecisionJudged>()) {
            if (fact.who != Recommended::changed) continue;
            gain += double{fact.offered} - fact.decided;
            ++changed;
        }
    }
    EXPECT_GT(changed, 200);
    return gain / changed;
}

TEST(Overrides, AreBetterByWhoKnowsThanByNoise) {
    const double noise = gain_of_overrides(0), insight = gain_of_overrides(1);
    EXPECT_LT(noise, 3);  // of a mean regret of 100; -2.3 +- 0.5 over many replications
    EXPECT_GT(insight, 4);
}

}  // namespace
}  // namespace entrepot::tests

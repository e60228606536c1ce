#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/record.hpp"
#include "models/simulate.hpp"
#include "scenarios/scratch.hpp"

/// Strategies as lists of bindings: scopes, bases, presets, who executes.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Loaded over(const Scratch& scratch, const std::string& text) {
    const Result result =
        load(scratch.write("mine.toml", "base = \"" + shipped("tiny.toml").generic_string() + "\"\n" + text));
    EXPECT_TRUE(result) << (result ? "" : to_string(result.problems.front()));
    return *result.loaded;
}

std::string policy_at(const models::Network& network, std::size_t site, std::size_t item) {
    const models::InventoryPolicy* policy = network.policy(models::SiteId{site}, models::ItemId{item});
    return policy == nullptr ? "nobody" : policy->name;
}

std::size_t first_of(const models::Network& network, std::size_t velocity) {
    std::size_t i = 0;
    while (network.items[models::ItemId{i}].velocity != models::ClassId{velocity}) ++i;
    return i;
}

const std::string kBindings = R"(
[strategy.S0.bind.a_items]
decision = "replenishment"
class = "A"
policy = "fixed_levels"
reorder_point = 50
order_up_to = 90
[strategy.S0.bind.a_here]
decision = "replenishment"
class = "A"
site = "South"
policy = "fixed_levels"
reorder_point = 5
order_up_to = 9
[stock.south]
site = "South"
reorder_point = 20
order_up_to = 40
[stock.all]
reorder_point = 1
order_up_to = 2
holding_cost = 3
)";

TEST(Bindings, TheOneThatNamesMostHolds) {
    const Scratch scratch;
    const Loaded loaded = over(scratch, kBindings);
    const models::Network network = build(loaded, "S0");
    const std::size_t a = first_of(network, 0), c = first_of(network, 2);
    std::size_t south = 0;
    while (network.sites[models::SiteId{south}].name != "South") ++south;
    const std::size_t elsewhere = south == 0 ? 1 : 0;
    EXPECT_EQ(policy_at(network, elsewhere, a), "a_items");
    EXPECT_EQ(policy_at(network, south, a), "a_here");
    // The last rule is every place's: it names nothing, and the strategy's own policy goes before it.
    EXPECT_EQ(policy_at(network, elsewhere, c), "replenishment");
    EXPECT_EQ(network.terms(models::SiteId{elsewhere}, models::ItemId{c})->holding_cost, 3);
}

TEST(Bindings, AnotherPolicyHoldsForTheSameScope) {
    const Scratch scratch;
    const auto file =
        scratch.write("mine.toml", "base = \"" + shipped("tiny.toml").generic_string() + "\"\n" + kBindings);
    const std::vector<std::string> overrides{
        R"(strategy.S0.bind.a_here={policy='stale_min_max', safety={A='9 d', B='9 d', C='9 d'},)"
        R"( cover={A='9 d', B='9 d', C='9 d'}, refresh='90 d', history='180 d', staleness_sigma=0.4, review='7 d'})"};
    const Result result = load(file, overrides);
    ASSERT_TRUE(result) << to_string(result.problems.front());
    const models::Network network = build(*result.loaded, "S0");
    for (const models::SiteId site : sim::ids<models::SiteId>(network.sites)) {
        const models::InventoryPolicy* policy = network.policy(site, models::ItemId{first_of(network, 0)});
        ASSERT_NE(policy, nullptr);
        EXPECT_EQ(policy->levels != nullptr, network.sites[site].name == "South");
    }
}

TEST(Bindings, AStockRuleThatNamesASiteHoldsUnderEveryStrategy) {
    const Scratch scratch;
    const Loaded loaded = over(scratch, "[stock.south]\nsite = \"South\"\nreorder_point = 20\norder_up_to = 40\n");
    for (const char* strategy : {"S0", "S1", "S6"}) {
        const models::Network network = build(loaded, strategy);
        int ruled = 0;
        for (const models::SiteId site : sim::ids<models::SiteId>(network.sites)) {
            ruled += policy_at(network, site.index(), 0) == "stock.south";
        }
        EXPECT_EQ(ruled, 1) << strategy;
        tests::FactRecord<models::StockOrdered> record;
        EXPECT_TRUE(models::simulate(network, 3, 0, record.log, {}, {.days_between_checks = 1}));
        int by_site = 0, planned = 0;
        for (const auto& order : record.all<models::StockOrdered>()) ++(order.fact.from_site ? by_site : planned);
        EXPECT_GT(planned, 50) << strategy;
    }
}

/// The same rules, at once and by people: who orders later has less.
TEST(Bindings, PlannersTakeTime) {
    const Scratch scratch;
    const auto run = [&](const std::string& executed_by) {
        const Loaded loaded = over(scratch,
                                   "[strategy.S0.replenishment]\npolicy = \"fixed_levels\"\nreorder_point = 300\n"
                                   "order_up_to = 600\nexecuted_by = \"" +
                                       executed_by + "\"\n[office]\nplanners = 1\n");
        tests::FactRecord<models::PurchaseLineOrdered, models::CaseClosed> record;
        models::simulate(build(loaded, "S0"), 3, 0, record.log, {}, {.days_between_checks = 1});
        int touched = 0;
        for (const auto& line : record.all<models::PurchaseLineOrdered>()) touched += line.fact.touches;
        EXPECT_GT(record.all<models::PurchaseLineOrdered>().size(), 20u);
        return touched;
    };
    EXPECT_EQ(run("site"), 0);
    EXPECT_GT(run("planners"), 20);
}

/// Levels that headquarters computes, by which sites order at once.
TEST(Bindings, SitesOrderByLevelsOfHeadquarters) {
    const Scratch scratch;
    const Loaded loaded = over(scratch, "[strategy.S6.replenishment]\nexecuted_by = \"site\"\nreview = \"0 d\"\n");
    tests::FactRecord<models::PurchaseLineOrdered> record;
    models::simulate(build(loaded, "S6"), 3, 0, record.log, {}, {.days_between_checks = 1});
    int touches = 0;
    for (const auto& line : record.all<models::PurchaseLineOrdered>()) touches += line.fact.touches;
    EXPECT_GT(record.all<models::PurchaseLineOrdered>().size(), 20u);
    EXPECT_EQ(touches, 0);
}

/// Strategies are compared in one world: an order costs the same whoever wants it.
TEST(Bindings, OrdersOfPlannersCostWhatTheStockRuleSays) {
    const Scratch scratch;
    const Loaded loaded = over(scratch, "[stock.all]\nreorder_point = 1\norder_up_to = 2\nper_order = 5\n");
    tests::FactRecord<models::StockOrdered, models::StockCost> record;
    models::simulate(build(loaded, "S0"), 3, 0, record.log, {}, {.days_between_checks = 1});
    double cost = 0;
    for (const auto& charged : record.all<models::StockCost>()) cost += charged.fact.amount;
    EXPECT_GT(record.all<models::StockOrdered>().size(), 20u);
    EXPECT_EQ(cost, 5.0 * static_cast<double>(record.all<models::StockOrdered>().size()));
}

TEST(Strategies, StandOnOneAnother) {
    const Scratch scratch;
    const Loaded loaded = over(scratch,
                               "[strategy.T]\nnew = true\nbase = \"S6\"\n[strategy.T.waves]\ninterval = \"1 h\"\n"
                               "[strategy.U]\nnew = true\nbase = \"T\"\n[strategy.U.priority]\npolicy = \"fifo\"\n");
    const models::Network s6 = build(loaded, "S6"), t = build(loaded, "T"), u = build(loaded, "U");
    EXPECT_EQ(t.strategy.waves.interval, sim::hours{1});
    EXPECT_EQ(u.strategy.waves.interval, sim::hours{1});
    EXPECT_NE(s6.strategy.waves.interval, sim::hours{1});
    EXPECT_EQ(u.strategy.governance.guardrails.size(), s6.strategy.governance.guardrails.size());
    EXPECT_TRUE(u.priority_of[models::SiteId{0}]->first_come());
    EXPECT_FALSE(t.priority_of[models::SiteId{0}]->first_come());
}

/// That the base is new is not said of who stands on it, be that one of the file below or a slip.
TEST(Strategies, AreNotNewForTheirBase) {
    const Scratch scratch;
    const std::string base = "[strategy.T]\nnew = true\nbase = \"S0\"\n";
    EXPECT_TRUE(scratch.over_tiny(base + "[strategy.S1]\nbase = \"T\"\n").empty());
    EXPECT_EQ(scratch.over_tiny(base + "[strategy.S7]\nbase = \"T\"\n").size(), 1u);
}

TEST(Strategies, NameTheirSystems) {
    const Scratch scratch;
    const Loaded loaded = over(scratch,
                               "[integration.middling]\nbatch = \"12:00\"\npump = \"1 min\"\n"
                               "[strategy.T]\nnew = true\nbase = \"S0\"\nintegration = \"middling\"\n"
                               "[strategy.U]\nnew = true\nbase = \"S0\"\n[strategy.U.integration]\n"
                               "preset = \"middling\"\nbatch = \"13:00\"\n");
    EXPECT_EQ(build(loaded, "T").strategy.integration.batch_minute, 720);
    EXPECT_EQ(build(loaded, "T").strategy.integration.name, "middling");
    EXPECT_EQ(build(loaded, "U").strategy.integration.batch_minute, 780);
}

TEST(BindingErrors, AreToldTogetherWithTheirPlaces) {
    const auto problems = Scratch().over_tiny(R"(
[strategy.S0.bind.one]
decision = "replenishment"
class = "A"
policy = "stock_rules"
[strategy.S0.bind.two]
decision = "replenishment"
class = "A"
policy = "stock_rules"
[strategy.S0.bind.three]
decision = "priority"
class = "A"
policy = "fifo"
[strategy.S0.bind.four]
decision = "replenishment"
policy = "stock_rules"
[strategy.S0.bind.five]
decision = "replenishment"
site = "Nowhere"
policy = "stock_rules"
[stock.all]
reorder_point = 1
order_up_to = 2
)");
    EXPECT_THAT(problems, Contains(AllOf(StartsWith("bad.toml:7:"), HasSubstr("strategy.S0.bind.two: got the decision "
                                                                              "and scope of bind.one"))));
    EXPECT_THAT(problems, Contains(HasSubstr("strategy.S0.bind.three.class: got \"A\", want nothing")));
    EXPECT_THAT(problems, Contains(HasSubstr("strategy.S0.bind.four: got a binding without a scope")));
    EXPECT_THAT(problems, Contains(HasSubstr("strategy.S0.bind.five.site: got \"Nowhere\"")));
}

TEST(BindingErrors, AScopeThatHoldsNowhere) {
    const auto problems = Scratch().over_tiny(
        "[class.D]\nnew = true\nitems = 0\nvolume = 0\n[strategy.S0.replenishment]\nsafety = \"9 d\"\ncover = \"9 d\"\n"
        "[strategy.S1.replenishment]\nservice = 0.9\ncover = \"9 d\"\n[strategy.S6.replenishment]\nservice = 0.9\n"
        "cover = \"9 d\"\n[strategy.S0.bind.x]\ndecision = \"replenishment\"\nclass = \"D\"\npolicy = "
        "\"fixed_levels\"\n"
        "reorder_point = 1\norder_up_to = 2\n");
    EXPECT_THAT(problems, ElementsAre(HasSubstr("strategy.S0.bind.x: got a scope without any item at any site")));
}

TEST(BindingErrors, BasesThatGoInACircleOrNowhere) {
    const auto problems = Scratch().over_tiny(
        "[strategy.T]\nnew = true\nbase = \"U\"\n[strategy.U]\nnew = true\n"
        "base = \"T\"\n[strategy.V]\nnew = true\nbase = \"S7\"\n");
    EXPECT_THAT(problems, Contains(AllOf(HasSubstr("base: got \"T\""), HasSubstr("want a base that ends somewhere"))));
    EXPECT_THAT(problems, Contains(HasSubstr("strategy.V.base: got \"S7\", want the name of a strategy, one of S0")));
    EXPECT_THAT(Scratch().over_tiny("[strategy.S0]\nintegration = \"modren\"\n"),
                Contains(HasSubstr("did you mean modern?")));
}

TEST(BindingErrors, APolicyThatNeedsWhatIsNotThere) {
    EXPECT_THAT(Scratch().over_tiny("[office]\nplanners = 0\n"),
                Contains(HasSubstr("office.planners: got 0, want at least one: planners carry out the orders of S0")));
    EXPECT_THAT(Scratch().over_tiny("[strategy.S0.replenishment]\npolicy = \"stock_rules\"\n"),
                Contains(HasSubstr("got stock_rules without any rule")));
    EXPECT_THAT(Scratch().over_tiny("[strategy.S0.replenishment]\nreview = \"36 h\"\n"),
                Contains(HasSubstr("strategy.S0.replenishment.review: got \"36 h\", want whole days")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/decisions/policies/same.hpp"
#include "models/facts.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"
#include "scenarios/own_policy.hpp"
#include "scenarios/policy_list.hpp"
#include "scenarios/scratch.hpp"

/// A policy is one file: this one adds a level policy and a priority policy, a scenario names them, and they run.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The last one to come is served first.
class LastInFirstOut : public models::PriorityPolicy {
public:
    void describe(models::ParameterVisitor&) override {}
    void rank(const models::RankingMoment&, std::span<const models::Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) ranks[i] = 0xFFFFFFFF - orders[i]->sequence;
    }
};

models::PolicyRegistry with_ours() {
    models::PolicyRegistry registry = models::built_in_policies();
    registry.levels.push_back(
        {"days_of_demand", "so many days of recorded demand",
         []() -> std::unique_ptr<models::LevelPolicy> { return std::make_unique<DaysOfDemand>(); }});
    registry.priorities.push_back(
        {"last_in_first_out", "the last one first",
         []() -> std::unique_ptr<models::PriorityPolicy> { return std::make_unique<LastInFirstOut>(); }});
    return registry;
}

Result load_over_tiny(const Scratch& scratch, const std::string& text, const models::PolicyRegistry& policies) {
    const std::string base = "base = \"" + shipped("tiny.toml").generic_string() + "\"\n";
    return load(scratch.write("mine.toml", base + text), {}, {}, policies);
}

/// Units ordered of suppliers in a run of the network.
std::int64_t ordered(const models::Network& network) {
    tests::FactRecord<models::StockOrdered> record;
    models::simulate(network, 5, 0, record.log);
    std::int64_t units = 0;
    for (const auto& order : record.all<models::StockOrdered>()) units += order.fact.units;
    return units;
}

const std::string kMine =
    "[strategy.mine]\n"
    "new = true\n"
    "base = \"S0\"\n"
    "[strategy.mine.replenishment]\n"
    "policy = \"days_of_demand\"\n"
    "days = \"%\"\n"
    "history = \"60 d\"\n"
    "review = \"7 d\"\n"
    "[strategy.mine.priority]\n"
    "policy = \"last_in_first_out\"\n";

std::string mine(const std::string& days) {
    std::string text = kMine;
    return text.replace(text.find('%'), 1, days);
}

TEST(Policy, OfOneFileIsNamedReadAndRun) {
    const Scratch scratch;
    const Result few = load_over_tiny(scratch, mine("20 d"), with_ours());
    ASSERT_TRUE(few) << to_string(few.problems.front());
    EXPECT_THAT(few.loaded->text, HasSubstr("policy = \"days_of_demand\"\ndays = \"20 d\""));
    const Result many = load_over_tiny(scratch, mine("90 d"), with_ours());
    ASSERT_TRUE(many);
    EXPECT_LT(ordered(build(*few.loaded, "mine")) * 6, ordered(build(*many.loaded, "mine")) * 5);
    EXPECT_TRUE(few.loaded->scenario.strategies.back().value.replenishment.levels->needs().software);
}

TEST(Policy, IsCheckedByWhatItSaysOfItself) {
    const Scratch scratch;
    const auto message = [&](const std::string& days) {
        return to_string(load_over_tiny(scratch, mine(days), with_ours()).problems.front());
    };
    EXPECT_THAT(message("0 d"), HasSubstr("strategy.mine.replenishment.days: got \"0 d\", want a duration > 0"));
    EXPECT_THAT(message("400 d"), HasSubstr("<= 365 d"));
    EXPECT_THAT(to_string(load_over_tiny(scratch, mine("9 d"), models::built_in_policies()).problems.front()),
                HasSubstr("got \"days_of_demand\", want one of stale_min_max"));
}

/// What stands in a file of the source tree.
std::string source(const std::string& name) {
    std::ifstream in(std::filesystem::path(ENTREPOT_SOURCE_DIR) / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Policy, OfThePageIsTheOneThatIsCompiled) {
    EXPECT_THAT(source("docs/own-policy.md"), HasSubstr("```cpp\n" + source("tests/scenarios/own_policy.hpp") + "```"));
}

/// The page in docs/ is written anew by this test with ENTREPOT_UPDATE=1 in the environment.
TEST(PolicyList, IsWhatThePageSays) {
    const std::filesystem::path page = std::filesystem::path(ENTREPOT_SOURCE_DIR) / "docs" / "policies.md";
    if (std::getenv("ENTREPOT_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << policies_markdown();
    EXPECT_EQ(source("docs/policies.md"), policies_markdown())
        << "run: entrepot list policies --markdown > docs/policies.md, or this test with ENTREPOT_UPDATE=1";
}

TEST(PolicyList, TellsUnitsRangesAndDefaults) {
    const PolicyList list = listed_policies(with_ours());
    ASSERT_EQ(list.levels.back().name, "days_of_demand");
    EXPECT_TRUE(list.levels.back().software);
    const ListedParameter& days = list.levels.back().parameters.at(0);
    EXPECT_EQ(days.key, "days");
    EXPECT_THAT(days.wanted, HasSubstr("> 0 and"));
    EXPECT_THAT(days.wanted, HasSubstr("<= 365 d"));
    EXPECT_EQ(days.standard, "required");
    EXPECT_EQ(list.priorities.back().name, "last_in_first_out");
    const auto& fill = *std::ranges::find(list.levels, "fill_rate", &ListedPolicy::name);
    const auto& cost = *std::ranges::find(fill.parameters, "ordering_cost", &ListedParameter::key);
    EXPECT_THAT(cost.standard, HasSubstr("0 USD"));
}

/// The ladder takes S6 apart, in parameters that are written down again: where S6 changes, its parts have to.
TEST(Ladder, StandsOnThePartsOfS6) {
    for (const char* file : {"ladder.toml", "ablation.toml"}) {
        const Result read = load(shipped(file));
        ASSERT_TRUE(read) << to_string(read.problems.front());
        const models::Network whole = build(*read.loaded, "S6"), today = build(*read.loaded, "S0");
        const auto score = [](const models::Network& network) { return network.priority_of[models::SiteId{0}].get(); };
        const auto levels = [](const models::Network& network) {
            return network.replenished_by(models::SiteId{0}, models::ItemId{0}).levels.get();
        };
        EXPECT_FALSE(models::same(score(whole), score(today)));
        EXPECT_FALSE(models::same(levels(whole), levels(today)));
        for (const char* name : {"S3", "S5", "S7", "S8", "S9"}) {
            EXPECT_TRUE(models::same(score(whole), score(build(*read.loaded, name)))) << file << " " << name;
        }
        for (const char* name : {"S2", "S5", "S8", "S9"}) {
            EXPECT_TRUE(models::same(levels(whole), levels(build(*read.loaded, name)))) << file << " " << name;
        }
    }
    const Result parts = load(shipped("ablation.toml"));
    const models::Network whole = build(*parts.loaded, "S6");
    for (const char* name : {"S0_priority", "S6_replenishment", "S6_workflow"}) {
        const models::Network part = build(*parts.loaded, name);
        EXPECT_TRUE(models::same(whole.priority_of[models::SiteId{0}].get(), part.priority_of[models::SiteId{0}].get()))
            << name;
    }
}

}  // namespace
}  // namespace entrepot::scenarios::testing

#include <memory>

#include <gtest/gtest.h>

#include "effects.hpp"
#include "scenarios/scratch.hpp"

/// What does nothing is found to do nothing, however different the scenario's text and the network are.
namespace entrepot::tests {
namespace {

using scenarios::testing::Scratch;

void expect_nothing(const std::string& scenario, const std::string& value) {
    Scenarios scenarios({});
    EXPECT_EQ(scenarios.effect_of(scenario, {value}, Shown::in_figures).difference, "") << value;
    EXPECT_EQ(scenarios.effect_of(scenario, {value}, Shown::on_pages).difference, "") << value;
}

TEST(NoEffect, OfWhatTheScenarioDoesNotUse) {
    expect_nothing("crew", "transfers.per_pallet=\"99 USD\"");                        // no transfers
    expect_nothing("crew", "site.W.dock_to_stock=[\"1 h\", \"2 h\", \"3 h\"]");       // nothing is ordered
    expect_nothing("shapes", "office.planners=3");                                    // nothing for them to do
    expect_nothing("planners", "strategy.late.approval.procurement.median=\"9 h\"");  // a strategy that isn't run
}

/// Whatever is set where each strategy has its own.
TEST(NoEffect, OfADefaultThatNobodyTakes) { expect_nothing("planners", "site_defaults.pickers=7"); }

TEST(NoEffect, OfTheOrderOfWaves) {
    expect_nothing("planners", "strategy.S0.waves.starts=[\"18:00\", \"06:00\", \"14:00\", \"10:00\"]");
}

TEST(NoEffect, ARefusedChangeIsNoEffect) {
    Scenarios scenarios({});
    EXPECT_FALSE(scenarios.effect_of("crew", {"site.W.pickers=-1"}, Shown::in_figures).found());
    EXPECT_TRUE(scenarios.effect_of("crew", {"site.W.pickers=-1"}, Shown::as_a_refusal).found());
    EXPECT_FALSE(scenarios.effect_of("crew", {"site.W.pickers=2"}, Shown::as_a_refusal).found());
}

/// A name is to be seen on the pages and must not move a figure.
TEST(NoEffect, OfANameOnFigures) {
    Scenarios scenarios({});
    const std::vector<std::string> change = {"tier.T1.title=\"Others\""};
    EXPECT_FALSE(scenarios.effect_of("planners", change, Shown::in_figures).found());
    EXPECT_TRUE(scenarios.effect_of("planners", change, Shown::on_pages).found());
}

/// A level policy with two parameters, of which it looks at one.
class HalfDeaf : public models::LevelPolicy {
public:
    void describe(models::ParameterVisitor& v) override {
        v.value("heard", heard_, models::ParameterUnit::days, {.most = 365, .above = true}, "of demand in the level");
        v.value("dead", dead_, models::ParameterUnit::days, {.most = 365, .above = true}, "nobody looks at it");
    }
    models::PolicyNeeds needs() const override { return {.history_days = 30}; }
    void set_levels(std::span<const models::LocationView> locations, std::span<models::Levels> levels) const override {
        for (std::size_t i = 0; i < locations.size(); ++i) {
            models::set(levels[i], locations[i].demand.mean, locations[i].demand.mean * heard_, 0, 1);
        }
    }

private:
    double heard_ = 0, dead_ = 0;
};

TEST(NoEffect, OfADeadParameterOfAPolicy) {
    models::PolicyRegistry policies = models::built_in_policies();
    policies.levels.push_back({"half_deaf", "looks at one of two",
                               []() -> std::unique_ptr<models::LevelPolicy> { return std::make_unique<HalfDeaf>(); }});
    const Scratch scratch;
    const std::string base = "base = \"" + std::string(ENTREPOT_SOURCE_DIR) + "/scenarios/tiny.toml\"\n";
    const auto file = scratch.write("mine.toml", base +
                                                     "[study]\n"
                                                     "strategies = [\"mine\"]\n"
                                                     "replications = 1\n"
                                                     "[strategy.mine]\n"
                                                     "new = true\n"
                                                     "base = \"S0\"\n"
                                                     "[strategy.mine.replenishment]\n"
                                                     "policy = \"half_deaf\"\n"
                                                     "heard = \"20 d\"\n"
                                                     "dead = \"20 d\"\n"
                                                     "review = \"1 d\"\n");
    Scenarios scenarios({file.generic_string()}, policies);
    EXPECT_TRUE(scenarios.effect_of("strategy.*.replenishment.half_deaf.heard").found());
    const Effect none = scenarios.effect_of("strategy.*.replenishment.half_deaf.dead");
    EXPECT_FALSE(none.found()) << none.difference;
    EXPECT_NE(none.change.find("strategy.mine.replenishment.dead=\"40 d\""), std::string::npos) << none.change;
}

TEST(FirstDifference, IsBeyondRounding) {
    const auto figures = [](double value) { return std::vector<Figure>{{"cost", value}, {"fill", 0.9}}; };
    EXPECT_EQ(first_difference(figures(3), figures(3)), "");
    EXPECT_EQ(first_difference(figures(3), figures(3 + 1e-14)), "");
    EXPECT_EQ(first_difference(figures(3), figures(3.001)), "cost: 3, then 3.001");
    EXPECT_EQ(first_difference(figures(0), figures(1e-12)), "cost: 0, then 1e-12");
    EXPECT_EQ(first_difference(figures(3), {{"cost", 3}}), "fill is gone");
    EXPECT_EQ(first_difference({{"cost", 3}}, figures(3)), "fill is new");
}

}  // namespace
}  // namespace entrepot::tests

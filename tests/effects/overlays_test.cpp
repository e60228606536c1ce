#include <gtest/gtest.h>

#include "effects.hpp"
#include "scenarios/scratch.hpp"

/// Keys that say how files and tables stand on others, which no struct of a scenario has: each has an effect, too.
namespace entrepot::tests {
namespace {

using scenarios::testing::Scratch;

const std::string kBase = "base = \"" + std::string(ENTREPOT_SOURCE_DIR) + "/tests/effects/";

std::vector<Figure> figures_over(const std::string& base) {
    const Scratch scratch;
    const auto result = scenarios::load(scratch.write("s.toml", kBase + base + ".toml\"\n"));
    return result ? figures_of(*result.loaded) : std::vector<Figure>{};
}

TEST(Overlays, AnotherBaseIsAnotherScenario) {
    EXPECT_NE(first_difference(figures_over("crew"), figures_over("shapes")), "");
    EXPECT_EQ(first_difference(figures_over("crew"), figures_over("crew")), "");
}

bool loads(const std::string& under, const std::string& over) {
    const Scratch scratch;
    scratch.write("under.toml", under + kBase + "shapes.toml\"\n");
    return static_cast<bool>(scenarios::load(scratch.write("s.toml", "base = \"under.toml\"\n" + over)));
}

TEST(Overlays, FoundationLetsOthersAdd) {
    const std::string more = "[site.Elsewhere]\n";
    EXPECT_TRUE(loads("foundation = true\n", more));
    EXPECT_FALSE(loads("foundation = false\n", more));
}

TEST(Overlays, NewLetsOneAdd) {
    EXPECT_TRUE(loads("", "[site.Elsewhere]\nnew = true\n"));
    EXPECT_FALSE(loads("", "[site.Elsewhere]\nnew = false\n"));
}

TEST(Overlays, ValuesThatAllShareAreTaken) {
    Scenarios scenarios({});
    const auto moves = [&](const std::string& scenario, const std::string& value) {
        return scenarios.effect_of(scenario, {value}, Shown::in_figures).found();
    };
    EXPECT_TRUE(moves("planners", "site_defaults.absence=0.4"));
    EXPECT_TRUE(moves("planners", "supplier_segment_defaults.capacity_factor=5"));
    EXPECT_TRUE(moves("planners", "carrier_defaults.late_days=[0.1, 0.9]"));
    EXPECT_TRUE(moves("planners", "strategy_defaults.transfers.urgent_donor=\"20 d\""));
    EXPECT_TRUE(moves("shapes", "stream_defaults.first=\"5 h\""));
}

TEST(Overlays, APresetIsAnotherSystem) {
    Scenarios scenarios({});
    EXPECT_TRUE(
        scenarios.effect_of("planners", {"strategy.S1.integration.preset=\"modern\""}, Shown::in_figures).found());
}

}  // namespace
}  // namespace entrepot::tests

#include <gtest/gtest.h>

#include "scenarios/load.hpp"
#include "studies/describe_study.hpp"
#include "studies/run_study.hpp"

namespace entrepot::tests {
namespace {

/// The business case counts a phase that calls itself a spike as one, and the others as calm.
TEST(RecordedSpike, IsThePhaseThatSaysSo) {
    const auto file = std::filesystem::path(ENTREPOT_SOURCE_DIR) / "scenarios" / "history_spike.toml";
    const auto phases = [&](const std::vector<std::string>& overrides) {
        const scenarios::Result result = scenarios::load(file, overrides);
        for (const auto& problem : result.problems) ADD_FAILURE() << scenarios::to_string(problem);
        return studies::dimensions_of(scenarios::build(*result.loaded, "S0"), result.loaded->scenario).phases;
    };
    const auto as_shipped = phases({});
    ASSERT_EQ(as_shipped.size(), 3u);
    EXPECT_TRUE(as_shipped[0].calm);
    EXPECT_FALSE(as_shipped[1].calm);
    EXPECT_TRUE(as_shipped[2].calm);
    EXPECT_EQ(as_shipped[1].first_day, 56);  // 2026-03-02 from 2026-01-05
    EXPECT_EQ(as_shipped[1].end_day, 112);
    for (const auto& phase : phases({"phase.spike.spike=false"})) EXPECT_TRUE(phase.calm);
}

}  // namespace
}  // namespace entrepot::tests

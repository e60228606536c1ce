#include <gtest/gtest.h>

#include "models/simulate.hpp"
#include "results/kpis/accumulator.hpp"
#include "results/kpis/rows.hpp"
#include "scenarios/load.hpp"
#include "sim/run_sequential.hpp"
#include "studies/describe_study.hpp"

/// Where decisions are governed, each transaction of headquarters has a case that says what was known, who decided, and
/// what came of it.
namespace entrepot::tests {
namespace {

/// Transactions of the first measured days, and those of them that have such a case.
results::KpiCube::Cell audited(const std::string& strategy, int days) {
    const auto loaded = scenarios::load(std::filesystem::path{ENTREPOT_SOURCE_DIR} / "scenarios/six_warehouses.toml",
                                        std::vector<std::string>{});
    const models::Network network = scenarios::build(*loaded.loaded, strategy);
    const results::Dimensions dimensions = studies::dimensions_of(network, loaded.loaded->scenario);
    results::KpiAccumulator kpis(dimensions);
    models::FactLog log([&](std::span<const models::Fact> facts) { kpis.read(facts); });
    models::World world = models::start_world(network, 20261123, 0, log);
    run_sequential(world, models::start_of(network.calendar.warmup_days + days));
    log.flush();
    const results::Replication result = kpis.finish();
    const auto rows = results::kpi_rows(dimensions);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (rows[r].kpi == "audit_completeness" && rows[r].label == "all") {
            return {result.numerator[r], result.denominator[r]};
        }
    }
    ADD_FAILURE();
    return {};
}

TEST(Audit, IsCompleteWhereDecisionsAreGoverned) {
    const auto found = audited("S6", 10);
    EXPECT_GT(found.denominator, 2000);
    EXPECT_EQ(found.numerator, found.denominator);
}

}  // namespace
}  // namespace entrepot::tests

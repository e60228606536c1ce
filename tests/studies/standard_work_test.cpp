#include <gtest/gtest.h>

#include "models/simulate.hpp"
#include "scenarios/build.hpp"
#include "scenarios/load.hpp"

/// What managers expect of standard work, in a scenario with busy warehouses over several replications of the same
/// noise: who picks in an order of his own takes it from the customers whom the strategy's rule puts first.
namespace entrepot::tests {
namespace {

struct FirstTier {
    double due = 0, kept = 0;  ///< orders
    double penalties = 0;      ///< currency
    double otif() const { return kept / due; }
};

/// Of S1, which serves tier by tier, in sixteen replications of the small scenario with slow picking and no overtime.
FirstTier first_tier_of(const std::string& local_override, const std::string& rule) {
    const std::vector<std::string> changes{
        "site_defaults.pick_rate=\"8 lines/h\"", "site_defaults.overtime_max=\"0 h\"",
        "strategy.S1.waves.local_override=" + local_override, "strategy.S1.waves.local_rule=\"" + rule + "\""};
    const auto loaded =
        scenarios::load(std::filesystem::path{ENTREPOT_SOURCE_DIR} / "scenarios" / "tiny.toml", changes);
    const models::Network network = scenarios::build(*loaded.loaded, "S1");
    FirstTier sum;
    models::FactLog log{[&](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            if (fact.kind() == models::FactList::kind_of<models::PenaltyCharged>()) {
                const auto& penalty = fact.as<models::PenaltyCharged>();
                if (penalty.tier == 0) sum.penalties += static_cast<double>(penalty.micros) * 1e-6;
            } else if (fact.kind() == models::FactList::kind_of<models::OrderClosed>()) {
                const auto& order = fact.as<models::OrderClosed>();
                if (order.tier != 0 || order.promised_day >= network.calendar.total_days()) continue;
                ++sum.due;
                sum.kept += order.in_full && !order.censored && order.delivered_day <= order.promised_day;
            }
        }
    }};
    for (std::uint32_t replication = 0; replication < 16; ++replication) {
        models::simulate(network, 20261123, replication, log);
    }
    return sum;
}

TEST(StandardWork, ServesTheFirstTierBetterThanTheSupervisorsOwnOrder) {
    const FirstTier standard = first_tier_of("0", "easiest");
    ASSERT_GT(standard.due, 5000);
    for (const char* rule : {"easiest", "newest"}) {
        const FirstTier some = first_tier_of("0.25", rule);
        EXPECT_EQ(some.due, standard.due) << rule;
        EXPECT_LT(some.otif(), standard.otif() - 0.002) << rule;
        EXPECT_GT(some.penalties, 1.005 * standard.penalties) << rule;
    }
    EXPECT_LT(first_tier_of("1", "newest").otif(), standard.otif() - 0.05);
}

}  // namespace
}  // namespace entrepot::tests

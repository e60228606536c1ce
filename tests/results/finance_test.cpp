#include "results/business/finance.hpp"

#include <gtest/gtest.h>

#include "results/store_error.hpp"

namespace entrepot::tests {
namespace {

using namespace results;

TEST(FinanceText, ReadsBackWhatItWrote) {
    const FinanceInputs in{.space_rate = 0.01,
                           .service_rate = 0.02,
                           .risk_rate = 0.03,
                           .discount_rate = 0.12,
                           .years = 5,
                           .tax_rate = 0.21,
                           .spikes_per_year = 1.5,
                           .subscription_per_year = 1,
                           .implementation = 2,
                           .integration = 3,
                           .change_management = 4,
                           .run_cost_per_year = 5,
                           .ramp = {0.3, 0.9},
                           .cashable_labour_share = 0.4,
                           .planner_rate = 6,
                           .agent_rate = 7,
                           .recapture = 0.1,
                           .benefit_risk = 0.2,
                           .cost_risk = 0.3,
                           .low_spread = 0.15,
                           .high_spread = 0.35,
                           .needs = {{true, false}, {false, true}}};
    const FinanceInputs out = finance_from_text(finance_to_text(in));
    EXPECT_EQ(finance_to_text(out), finance_to_text(in));
    EXPECT_EQ(out.ramp, in.ramp);
    EXPECT_EQ(out.needs.at(1).integration, true);
    EXPECT_THROW(finance_from_text("no JSON"), StoreError);
    EXPECT_THROW(finance_from_text("{\"years\": \"many\"}"), StoreError);
}

}  // namespace
}  // namespace entrepot::tests

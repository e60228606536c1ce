#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/load.hpp"
#include "studies/governance.hpp"
#include "studies/program.hpp"

/// The report says who decides under each strategy, in the scenario's words.
namespace entrepot::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

results::Governed governed(const std::string& strategy, const std::vector<std::string>& changes = {}) {
    const auto loaded =
        scenarios::load(std::filesystem::path{ENTREPOT_SOURCE_DIR} / "scenarios" / "tiny.toml", changes);
    if (!loaded) throw std::runtime_error(to_string(loaded.problems.front()));
    return studies::governance_of(loaded.loaded->scenario, {strategy}).at(0);
}

TEST(GovernanceInWords, SaysWhoMayDecideAndWhoAgrees) {
    const auto people = governed("S0"), system = governed("S6");
    EXPECT_THAT(people.decisions[0].may, ElementsAre(false, true, false, false, false, false, false, false));
    EXPECT_THAT(system.decisions[0].may, ElementsAre(true, true, false, false, false, false, false, false));
    EXPECT_THAT(people.decisions[2].may, ElementsAre(false, false, true, false, false, false, false, false));
    EXPECT_THAT(people.decisions[0].approvals, ElementsAre("procurement: over $10.0 k, procurement in 6 h"));
    EXPECT_THAT(people.decisions[0].guardrails, IsEmpty());
    EXPECT_THAT(system.decisions[0].guardrails,
                ElementsAre("value: over $5,000, people decide", "confidence: under 40 % confidence, people decide",
                            "change: over 50 % off the usual, people decide"));
    EXPECT_THAT(system.decisions[1].guardrails, ElementsAre("transfer_value: over $10.0 k, people decide"));
    EXPECT_EQ(people.may_override[0], false);
    EXPECT_EQ(people.may_override[1], true);
}

TEST(GovernanceInWords, SaysScopesActionsAndEscalation) {
    const auto of = governed(
        "S6", {R"(strategy.S6.guardrail.value.class="A")", R"(strategy.S6.guardrail.value.action="block")",
               R"(strategy.S6.approval.procurement.service_level="4 h")",
               R"(strategy.S6.approval.procurement.escalates_to="board")",
               R"(strategy.S6.approval.procurement.delegate="finance")",
               R"(strategy.S6.approval.procurement.absent="10 %")", R"(strategy.S6.approval.board.new=true)",
               R"(strategy.S6.approval.board.above="$90000")", R"(strategy.S6.approval.board.role="finance")"});
    ASSERT_FALSE(of.decisions[0].guardrails.empty());
    EXPECT_EQ(of.decisions[0].guardrails[0], "value: of class A, over $5,000, nothing is done");
    EXPECT_EQ(of.decisions[0].approvals[0],
              "procurement: over $25.0 k, procurement in 2 h, else finance, after 4 h board, too");
}

TEST(GovernanceInWords, StandsInTheReport) {
    const Scratch scratch;
    const std::string study = scratch.path("study.h5"), page = scratch.path("page.html");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "--strategies", "S0,S6", "-o", study, "--quiet"}).exit_code, 0);
    ASSERT_EQ(entrepot({"report", study, "-o", page}).exit_code, 0);
    const std::string text = bytes_of(page);
    EXPECT_NE(text.find("people decide"), std::string::npos);
    EXPECT_NE(text.find("One scorecard for all functions"), std::string::npos);
    const Outcome wrong = entrepot({"report", study, "-o", page, "--force", "--most-loss", "much"});
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_NE(wrong.err.find("--most-loss"), std::string::npos);
}

}  // namespace
}  // namespace entrepot::tests

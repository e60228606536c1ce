#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// Skill groups: who is in them, and that somebody handles whatever comes before their role.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> told_of(const std::string& text) { return Scratch().over_tiny(text); }

const std::string kBuyers = "[office.skill_group.buyers]\nheads = 2\ndecisions = [\"purchase\"]\n";
const std::string kOthers =
    "[office.skill_group.others]\ndecisions = [\"transfer\", \"escalation\", \"supplier_exception\"]\n";

std::string planners(int heads) { return "[office]\nplanners = " + std::to_string(heads) + "\n"; }

TEST(SkillGroups, AreOfARolesPeople) {
    EXPECT_THAT(told_of(planners(3) + kBuyers), IsEmpty());
    EXPECT_THAT(
        told_of(planners(1) + kBuyers),
        ElementsAre(HasSubstr("office.skill_group.buyers.heads: got 2 where 1 of office.planners = 1 are left")));
    EXPECT_THAT(
        told_of(planners(2) + kBuyers + kOthers),
        ElementsAre(HasSubstr("office.skill_group.others.heads: got 1 where 0 of office.planners = 2 are left")));
    const auto of_one = [](const std::string& key) { return told_of(planners(3) + "[office.skill_group.x]\n" + key); };
    EXPECT_THAT(of_one("role = \"pilot\"\n"),
                ElementsAre(HasSubstr("office.skill_group.x.role: got \"pilot\", want one of system, planner")));
    EXPECT_THAT(of_one("role = \"system\"\n"),
                ElementsAre(HasSubstr("office.skill_group.x.role: got the system, want a role of people")));
    EXPECT_THAT(of_one("decisions = [\"buying\"]\n"), ElementsAre(HasSubstr("office.skill_group.x.decisions")));
    EXPECT_THAT(of_one("sites = [\"Nowhere\"]\n"),
                ElementsAre(HasSubstr("office.skill_group.x.sites: got \"Nowhere\", want the name of a site")));
    EXPECT_THAT(of_one("decisions = [\"integration_exception\"]\n"),
                ElementsAre(HasSubstr("office.skill_group.x.decisions: got people of the role planner for what no "
                                      "strategy brings before them, want decisions that")));
    EXPECT_THAT(of_one("decisions = [\"purchase\", \"purchase\"]\n"),
                ElementsAre(HasSubstr("office.skill_group.x.decisions: got purchase a second time")));
}

/// Who is in no group handles everything; where nobody is, what nobody handles would wait for ever.
TEST(SkillGroups, LeaveNothingToNobody) {
    EXPECT_THAT(told_of(planners(3) + kBuyers + kOthers), IsEmpty());
    EXPECT_THAT(told_of(planners(2) + kBuyers),
                ElementsAre(HasSubstr("office.skill_group.buyers: got no planner for transfer, which "
                                      "strategy.S0.rights.transfer brings before them"),
                            HasSubstr("got no planner for supplier_exception, which")));
    EXPECT_THAT(told_of(planners(3) + kBuyers + "sites = [\"North\"]\n" + kOthers),
                ElementsAre(HasSubstr("skill_group.others: got no planner for purchase at South, West, which ")));
    // An approval has a desk where it takes minutes; what the system decides and no guardrail stops comes to nobody.
    const std::string supervisors =
        "[office.skill_group.floor]\nrole = \"warehouse_supervisor\"\ndecisions = [\"transfer\"]\n";
    const std::string agrees =
        "[strategy.S6.approval.floor]\nrole = \"warehouse_supervisor\"\ndecisions = [\"purchase\", \"transfer\"]\n";
    EXPECT_THAT(told_of(supervisors + agrees),
                ElementsAre(HasSubstr("skill_group.floor.decisions: got people of the role warehouse_supervisor for "
                                      "what no strategy brings before them, want decisions that")));
    EXPECT_THAT(told_of("[office]\nper_approval = \"5 min\"\n" + supervisors + agrees),
                ElementsAre(HasSubstr("skill_group.floor: got no warehouse_supervisor for purchase, which "
                                      "strategy.S6.approval.floor brings before them")));
}

TEST(SkillGroups, ComeToTheNetwork) {
    const Scratch scratch;
    const std::string base = "base = \"" + shipped("tiny.toml").generic_string() + "\"\n";
    const auto loaded =
        load(scratch.write("skilled.toml", base + planners(3) + kBuyers + "pace = 0.8\nsites = [\"North\"]\n"));
    ASSERT_TRUE(loaded.loaded);
    const models::Network network = build(*loaded.loaded, "S0");
    const auto& groups = skill_groups(network.office, models::Role::planner);
    ASSERT_EQ(groups.size(), 1u);
    EXPECT_EQ(groups[0].name, "buyers");
    EXPECT_EQ(groups[0].heads, 2);
    EXPECT_EQ(groups[0].pace, 0.8);
    for (const models::SiteId site : sim::ids<models::SiteId>(network.sites)) {
        EXPECT_EQ(groups[0].handles(models::DecisionKind::purchase, site), network.sites[site].name == "North");
        EXPECT_FALSE(groups[0].handles(models::DecisionKind::transfer, site));
    }
}

/// Somebody who is named twice is somebody else who was forgotten.
TEST(Rights, NameEachRoleOnce) {
    EXPECT_THAT(told_of("[strategy.S0.rights]\npurchase = [\"planner\", \"planner\"]\n"),
                ElementsAre(HasSubstr("strategy.S0.rights.purchase: got planner a second time")));
    EXPECT_THAT(told_of("[strategy.S0.rights]\noverride = [\"finance\", \"planner\", \"finance\"]\n"),
                ElementsAre(HasSubstr("strategy.S0.rights.override: got finance a second time")));
    EXPECT_THAT(told_of("[strategy.S0.approval.new]\ndecisions = [\"integration_exception\"]\n"),
                ElementsAre(HasSubstr("approval.new.decisions: got integration_exception, want what is carried out")));
}

TEST(Rights, SupervisorsMayHaveThem) {
    EXPECT_THAT(told_of("[strategy.S6.rights]\ntransfer = [\"system\", \"warehouse_supervisor\"]\n"), IsEmpty());
    EXPECT_THAT(told_of("[office]\nwarehouse_supervisors = 0\n[strategy.S6.rights]\ntransfer = [\"system\", "
                        "\"warehouse_supervisor\"]\n"),
                ElementsAre(HasSubstr("got a right that nobody has: office.warehouse_supervisors is 0")));
}

TEST(Overload, LeavesLinesAfterSomeTime) {
    EXPECT_THAT(told_of("[office.overload]\nskip_after = \"0 h\"\n"),
                ElementsAre(HasSubstr("office.overload.skip_after: got \"0 h\", want")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing

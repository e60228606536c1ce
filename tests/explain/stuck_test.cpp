#include <memory>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "studies/evidence/bottlenecks.hpp"
#include "studies/explain/diary.hpp"

/// What stories, logs and pages say where messages are stuck between systems, or a record is wrong: whose fault it is.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using models::SiteId;
using studies::evidence::Activity;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// From the second week on no order is released.
models::Network without_releases(const scenarios::Loaded& of) {
    models::Network network = network_of(of, "S0");
    network.disturbances = {{.kind = models::Disturbance::Kind::outage,
                             .first_day = 14,
                             .days = 60,
                             .interface = models::InterfaceName::release,
                             .everywhere = true}};
    finish(network);
    return network;
}

TEST(OrderStory, BlamesADeadReleaseAndNotThePickers) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = without_releases(tiny);
    const Names names(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers;
    for (const char* nth : {"1", "2", "3", "4", "5"}) {
        const auto address = names.find_order(std::string("North-2026-01-20-b2b-") + nth);
        ASSERT_TRUE(address);
        watchers.push_back(watched.emplace_back(std::make_unique<OrderWatcher>(network, *address)).get());
    }
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    int blamed = 0;
    for (const auto& order : watched) {
        if (!order->found()) continue;
        const Story story = order->story();
        if (!story.outcome || story.outcome->cause != "release") continue;
        ++blamed;
        EXPECT_THAT(story.closing, HasSubstr("were not yet picked, but waiting for a release to the warehouse that was "
                                             "stuck between the systems"));
    }
    EXPECT_GT(blamed, 0);
}

TEST(Diary, TellsOfOutages) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = without_releases(tiny), calm = network_of(tiny, "S0");
    const auto told = [&](const models::Network& of, std::optional<int> day) {
        Diary diary(of, SiteId{0}, day);
        Watcher* watchers[] = {&diary};
        rerun(of, {tiny.scenario.study.seed}, watchers, true);
        const Story story = diary.story();
        std::string text = steps_of(story) + story.closing;
        for (const std::string& line : story.about) text += line;
        return text;
    };
    EXPECT_THAT(told(network, 16), AllOf(HasSubstr("Messages that failed: releases (down for 24.0 hours"),
                                         HasSubstr("their release to the warehouse, which was stuck: the systems")));
    EXPECT_THAT(told(network, std::nullopt), HasSubstr("Messages that failed: releases (down for 168.0 hours"));
    EXPECT_THAT(told(calm, 16), Not(HasSubstr("stuck")));
}

/// What an approver saw is not what it cost.
TEST(PurchaseStory, TellsTheCostThatAnApproverSaw) {
    const auto wrong = loaded("tiny.toml", {"master_data.errors=1", "master_data.units=0", "master_data.costs=1",
                                            "master_data.classes=0", "strategy.S0.approval.procurement.above='$1'"});
    const models::Network network = network_of(wrong, "S0");
    Supply supply(network);
    Watcher* watchers[] = {&supply};
    rerun(network, {wrong.scenario.study.seed}, watchers, true);
    int told = 0;
    for (const PurchaseCourse& course : supply.purchases()) {
        if (course.under_way || !course.approval) continue;
        ++told;
        const double times = course.unit_cost.amount() / network.items[course.item].unit_cost.amount();
        EXPECT_TRUE(std::abs(times - 10) < 0.01 || std::abs(times - 0.1) < 0.01) << times;
        EXPECT_THAT(supply.story(course).closing,
                    AllOf(HasSubstr(" at cost by the record, and "), HasSubstr(" in truth")));
    }
    EXPECT_GT(told, 5);
}

TEST(CaseLog, NamesTheLinkThatIsStuck) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = without_releases(tiny);
    const studies::evidence::CaseTable table(network);
    std::set<std::string> links;
    std::string last;
    studies::evidence::CaseLog log([&](const Activity& activity) {
        const bool of_link = activity.kind == models::DecisionKind::integration_exception;
        EXPECT_EQ(activity.link != models::kNone, of_link);
        if (!of_link) return;
        last.clear();
        table.append(last, activity);
        links.insert(last.substr(last.rfind(',') + 1));
    });
    Watcher* watchers[] = {&log};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    EXPECT_TRUE(links.contains("releases of North\n")) << last;
    EXPECT_TRUE(links.contains("releases of South\n"));
}

/// Nobody sees to links: their exceptions wait for people, and no facts are gathered.
TEST(BottleneckPage, SaysWhereOpenCasesAre) {
    const auto scenario = loaded("tiny.toml");
    models::Network network = without_releases(scenario);
    network.office.it_support = 0;
    studies::evidence::BottleneckWatch watch(network, 1000);
    Watcher* watchers[] = {&watch};
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    int open = 0;
    for (const auto& slow : watch.found().slowest) {
        if (slow.kind != models::DecisionKind::integration_exception || slow.ended != sim::kNever) continue;
        ++open;
        EXPECT_EQ(slow.stages[static_cast<std::size_t>(studies::evidence::Stage::waiting)], slow.span);
    }
    EXPECT_GE(open, 3);  // one for each site's releases
}

}  // namespace
}  // namespace entrepot::tests

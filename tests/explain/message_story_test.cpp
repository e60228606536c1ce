#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "studies/explain/words.hpp"

/// Stories tell the way of the messages that carried what they are about.
namespace entrepot::tests {
namespace {

using models::InterfaceName;
using models::MessageStep;
using studies::explain::Hop;
using studies::explain::PurchaseCourse;
using studies::explain::Step;
using studies::explain::Story;
using studies::explain::Supply;
using studies::explain::TransferCourse;
using studies::explain::Watcher;
using testing::HasSubstr;

struct Followed {
    models::Network network;
    std::unique_ptr<Supply> supply;
};

std::unique_ptr<Followed> followed(const std::string& strategy, const std::vector<std::string>& changes = {}) {
    const auto scenario = loaded("../tests/effects/systems.toml", changes);
    auto run = std::make_unique<Followed>(Followed{network_of(scenario, strategy), nullptr});
    run->supply = std::make_unique<Supply>(run->network);
    Watcher* watchers[] = {run->supply.get()};
    rerun(run->network, {scenario.scenario.study.seed}, watchers, true);
    return run;
}

/// Steps of the story that the message tells, at their times.
std::vector<Step> steps_of_link(const Story& story, const std::string& interface) {
    std::vector<Step> steps;
    std::ranges::copy_if(story.steps, std::back_inserter(steps),
                         [&](const Step& step) { return step.who.starts_with("interface of " + interface); });
    return steps;
}

int count_of(const std::vector<Hop>& hops, InterfaceName interface, MessageStep step) {
    return static_cast<int>(
        std::ranges::count_if(hops, [&](const Hop& hop) { return hop.of(interface) && hop.told.step == step; }));
}

/// The supplier takes an order on when its message has come through, and each call that failed before is told.
TEST(MessageStories, TellHowAPurchaseOrderCameThrough) {
    const auto run = followed("linked");
    int failed = 0, through = 0, lost = 0;
    for (const PurchaseCourse& course : run->supply->purchases()) {
        const Story story = run->supply->story(course);
        const auto steps = steps_of_link(story, "purchase orders to ");
        const auto& hops = course.messages;
        if (course.reached == sim::kNever || course.placed == sim::kNever) continue;
        const auto there = std::ranges::find_if(hops, [](const Hop& hop) {
            return hop.of(InterfaceName::purchase_order) && hop.told.step == MessageStep::applied;
        });
        if (there == hops.end()) continue;  // somebody asked after it first
        EXPECT_LE(course.reached, there->at) << story.name;
        const auto told = std::ranges::find(steps, there->at, &Step::at);
        ASSERT_NE(told, steps.end()) << story.name;
        EXPECT_TRUE(std::ranges::is_sorted(story.steps, {}, &Step::at));
        ++through;
        const int fails = count_of(hops, InterfaceName::purchase_order, MessageStep::failed);
        const auto tells = [&](const char* what) {
            return static_cast<int>(std::ranges::count_if(
                steps, [&](const Step& step) { return step.what.find(what) != std::string::npos; }));
        };
        EXPECT_EQ(tells("fails at the ") - tells("gives it up"), fails) << steps_of(story);
        int calls = 0;
        for (const Step& step : steps) {
            if (step.what.find("send it once more") != std::string::npos) calls = 0;
            if (step.what.find("fails at the ") == std::string::npos) continue;
            EXPECT_NE(step.what.find("fails at the " + studies::explain::ordinal_text(++calls) + " call"),
                      std::string::npos)
                << step.what;
        }
        EXPECT_EQ(tells("brings it through"), 1) << steps_of(story);
        EXPECT_EQ(tells("the supplier knows of it"), 1);
        failed += fails;
        const auto gone = std::ranges::find_if(steps, [](const Step& step) {
            return step.what.find("the supplier has never heard of it") != std::string::npos;
        });
        if (gone == steps.end()) continue;
        ++lost;
        ASSERT_EQ(gone->sights.size(), 1u);  // the record counts on it meanwhile
        ASSERT_TRUE(gone->sights[0].headquarters.has_value());
        EXPECT_GE(gone->sights[0].headquarters->on_order, course.ordered);
        const auto lies = std::ranges::find_if(
            story.stays, [](const auto& stay) { return stay.where.starts_with("given up between the systems"); });
        EXPECT_NE(lies, story.stays.end()) << story.name;
    }
    EXPECT_GT(through, 20);
    EXPECT_GT(failed, 10);
    EXPECT_GT(lost, 0);
}

TEST(MessageStories, TellHowATransferOrderCameThrough) {
    const auto run = followed("linked");
    int told = 0, twice = 0, seconds = 0;
    for (const TransferCourse& course : run->supply->transfers()) {
        if (course.mode == models::TransferMode::lent || course.asked == sim::kNever) continue;
        twice += count_of(course.messages, InterfaceName::transfer_order, MessageStep::twice);
        if (course.messages.empty()) {  // what a message orders a second time has none of its own
            ++seconds;
            continue;
        }
        const auto steps = steps_of_link(run->supply->story(course), "transfer orders to ");
        ASSERT_FALSE(steps.empty()) << run->supply->name(course);
        const auto there = std::ranges::find_if(steps, [](const Step& step) {
            return step.what.find("the sending warehouse is told") != std::string::npos;
        });
        ASSERT_NE(there, steps.end()) << run->supply->name(course);
        EXPECT_LE(there->at, course.asked);
        ++told;
    }
    EXPECT_GT(told, 3);
    EXPECT_LE(seconds, twice);
}

/// Where nothing can happen to messages, no story speaks of them.
TEST(MessageStories, SayNothingOfPerfectInterfaces) {
    const auto scenario = loaded("tiny.toml", {"strategy.S6.integration=perfect"});
    const models::Network network = network_of(scenario, "S6");
    Supply supply(network);
    Watcher* watchers[] = {&supply};
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    ASSERT_GT(supply.purchases().size(), 20u);
    for (const PurchaseCourse& course : supply.purchases()) EXPECT_TRUE(course.messages.empty());
}

/// An order whose release fails is told when, and that the floor doesn't know.
TEST(MessageStories, TellOfAReleaseThatIsStuck) {
    const auto scenario = loaded("tiny.toml", {"integration.modern.link.middleware.failure=0.9",
                                               "integration.modern.link.middleware.retries=1"});
    const models::Network network = network_of(scenario, "S6");
    const studies::explain::Names names(network);
    int stuck = 0, posted = 0;
    for (int n = 1; n <= 8; ++n) {
        const std::string example = names.order_examples().front();
        const auto address = names.find_order(example.substr(0, example.rfind('-') + 1) + std::to_string(n));
        if (!address) continue;
        studies::explain::OrderWatcher watcher(network, *address);
        Watcher* watchers[] = {&watcher};
        rerun(network, {scenario.scenario.study.seed}, watchers, false);
        if (!watcher.found()) continue;
        const std::string steps = steps_of(watcher.story());
        stuck += steps.find("interface of releases of") != std::string::npos &&
                 steps.find("the record has told the floor, which doesn't know") != std::string::npos;
        posted += steps.find("the goods have moved, and the record doesn't know") != std::string::npos;
    }
    EXPECT_GT(stuck + posted, 0);
    EXPECT_GT(posted, 0);
}

}  // namespace
}  // namespace entrepot::tests

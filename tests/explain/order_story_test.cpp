#include <map>
#include <memory>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "models/network/calendar.hpp"

/// Stories of orders: that they agree with what the order desk tells, and with courses that are known.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using models::SiteId;
using testing::HasSubstr;

/// How orders ended, by name.
class Ends : public Watcher {
public:
    explicit Ends(const models::Network& network) : names_(network) {}
    void see(const Seen& seen) override {
        for (const models::OrderClosed& closed : seen.told<models::OrderClosed>()) {
            const SiteId site{seen.event.to()};
            all[names_.order(site, seen.world.state.sites[site].orders[closed.order])] = {closed, seen.at()};
        }
    }
    std::map<std::string, std::pair<models::OrderClosed, models::Time>> all;

private:
    Names names_;
};

TEST(OrderStory, AgreesWithTheOrderDesk) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    const Names names(network);
    Ends ends(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers{&ends};
    for (const char* day : {"2026-01-20", "2026-01-29"}) {
        for (const char* site : {"North", "South", "West"}) {
            for (int i = 1; i <= 9; ++i) {
                for (const char* stream : {"b2b", "ecommerce"}) {
                    const auto address = names.find_order(fmt::format("{}-{}-{}-{}", site, day, stream, i));
                    ASSERT_TRUE(address);
                    watchers.push_back(watched.emplace_back(std::make_unique<OrderWatcher>(network, *address)).get());
                }
            }
        }
    }
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    int late = 0, short_ones = 0, told = 0;
    for (const auto& order : watched) {
        if (!order->found()) continue;
        ++told;
        const Story story = order->story();
        ASSERT_FALSE(story.steps.empty());
        const auto end = ends.all.find(story.name);
        const bool ended = end != ends.all.end();
        EXPECT_EQ(order->done(), ended) << story.name;
        // Its stays follow on each other, from its entry to its end.
        for (std::size_t i = 1; i < story.stays.size(); ++i) {
            EXPECT_EQ(story.stays[i].from, story.stays[i - 1].to) << story.name;
        }
        if (!story.stays.empty()) {
            EXPECT_EQ(story.stays.front().from, story.steps.front().at);
            if (ended) {
                EXPECT_EQ(story.stays.back().to, end->second.second) << story.name;
            }
        }
        for (std::size_t i = 1; i < story.steps.size(); ++i) EXPECT_LE(story.steps[i - 1].at, story.steps[i].at);
        if (!ended) continue;
        const models::OrderClosed& closed = end->second.first;
        const bool is_late = !closed.cancelled && closed.delivered_day > closed.promised_day;
        EXPECT_EQ(story.closing.find(" late: on ") != std::string::npos, is_late) << story.name << story.closing;
        EXPECT_EQ(story.closing.find("cancelled") != std::string::npos, !closed.in_full) << story.closing;
        late += is_late;
        short_ones += !order->shortages().empty();
    }
    EXPECT_GT(told, 60);
    EXPECT_GE(late, 3);
    EXPECT_GT(short_ones, 5);
}

/// Nobody but the shelf: an order that it fills is over in the moment of its entry; another waits for the next truck.
TEST(OrderStory, OfAShelfWithoutPeople) {
    const auto scenario = loaded("validation/planners_exceptions.toml", {"calendar.measure=40 d"});
    const models::Network network = network_of(scenario);
    const Names names(network);
    const std::string first = names.order_examples().front();
    Supply supply(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers{&supply};
    for (int i = 1; i <= 12; ++i) {
        for (int day : {0, 5, 6, 7, 8, 9, 10, 12, 15, 20}) {
            const std::string name = fmt::format("W-{}-b2b-{}", names.date(day + network.calendar.warmup_days), i);
            const auto address = names.find_order(name);
            ASSERT_TRUE(address) << name << first;
            watchers.push_back(watched.emplace_back(std::make_unique<OrderWatcher>(network, *address, &supply)).get());
        }
    }
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    int at_once = 0, waited = 0;
    for (const auto& order : watched) {
        if (!order->found()) continue;
        const Story story = order->story();
        if (order->shortages().empty()) {
            ++at_once;
            EXPECT_THAT(steps_of(story), HasSubstr("handed over at once"));
            EXPECT_THAT(story.closing, HasSubstr("It was entered, handed over and closed in one moment."));
            EXPECT_TRUE(story.stays.empty());
        } else if (order->shortages().front().until && !order->shortages().front().cancelled) {
            ++waited;
            ASSERT_FALSE(story.stays.empty());
            EXPECT_EQ(story.stays.front().where, place::kStock);
            EXPECT_THAT(steps_of(story), HasSubstr("headquarters: has on order of "));
            EXPECT_THAT(story.closing, HasSubstr("What it waited for came with PO-W-"));
            EXPECT_THAT(story.closing, HasSubstr("with the supplier"));
        }
    }
    EXPECT_GT(at_once, 10);
    EXPECT_GT(waited, 3);
}

}  // namespace
}  // namespace entrepot::tests

#include <map>
#include <memory>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"

/// Notices in the stories of orders: who is told, when and of which day, as the order desk tells it.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using models::SiteId;
using testing::HasSubstr;

/// Notices and ends by the order's name.
class NoticesTold : public Watcher {
public:
    explicit NoticesTold(const models::Network& network) : names_(network) {}
    void see(const Seen& seen) override {
        for (const models::OrderClosed& closed : seen.told<models::OrderClosed>()) {
            const SiteId site{seen.event.to()};
            kept[names_.order(site, seen.world.state.sites[site].orders[closed.order])] = closed.notice;
        }
    }
    std::map<std::string, models::NoticeKept> kept;

private:
    Names names_;
};

struct NoticeStories {
    int told = 0, untold = 0, by_agents = 0, with_confirmation = 0, by_batch = 0, found_at_risk = 0, by_carriers = 0;
    std::string one;  ///< a story of who was told
};

/// All orders of some days, whose stories must tell of a notice where the order desk does, and of none elsewhere.
NoticeStories stories(const std::string& strategy, const std::vector<std::string>& changes) {
    const auto scenario = loaded("tiny.toml", changes);
    const models::Network network = network_of(scenario, strategy);
    const Names names(network);
    NoticesTold desk(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers{&desk};
    for (const char* day : {"2026-01-22", "2026-01-27", "2026-01-28", "2026-01-29"}) {
        for (const char* site : {"North", "South", "West"}) {
            for (int i = 1; i <= 12; ++i) {
                for (const char* stream : {"b2b", "ecommerce"}) {
                    const auto address = names.find_order(fmt::format("{}-{}-{}-{}", site, day, stream, i));
                    if (!address) continue;
                    watchers.push_back(watched.emplace_back(std::make_unique<OrderWatcher>(network, *address)).get());
                }
            }
        }
    }
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    NoticeStories all;
    for (const auto& order : watched) {
        if (!order->found()) continue;
        const Story story = order->story();
        const auto kept = desk.kept.find(story.name);
        if (kept == desk.kept.end()) continue;
        const std::string steps = steps_of(story);
        const auto says = [&](const char* words) { return steps.find(words) != steps.npos; };
        const bool told = kept->second == models::NoticeKept::told;
        EXPECT_EQ(says("tells the customer"), told) << story.name << "\n" << steps;
        ++(told ? all.told : all.untold);
        if (told) all.one = steps;
        all.by_agents += says("an agent has written the notice");
        all.with_confirmation += says("with the confirmation that it comes on");
        all.by_batch += says("hears of it with the night's batch");
        all.found_at_risk += says("sees that it will come on");
        all.by_carriers += says("carrier: sees that it will be late");
    }
    return all;
}

TEST(NoticeStory, OfSystemsThatTellWithTheConfirmation) {
    const NoticeStories all = stories("S6", {"strategy.S6.notices.at_risk=3 d"});
    EXPECT_GT(all.told, 0);
    EXPECT_GT(all.untold, 0);
    EXPECT_GT(all.with_confirmation, 0);
    EXPECT_EQ(all.by_agents, 0);
    EXPECT_THAT(all.one, HasSubstr("order desk: tells the customer"));
    EXPECT_THAT(all.one, HasSubstr(" in place of day "));
}

TEST(NoticeStory, OfTheNightlyBatch) {
    const NoticeStories all = stories("S0", {"strategy.S0.notices.at_risk=3 d"});
    EXPECT_GT(all.told, 0);
    EXPECT_GE(all.by_batch, all.told);
    EXPECT_EQ(all.with_confirmation, 0);
}

TEST(NoticeStory, OfAgentsWhoWrite) {
    const NoticeStories all =
        stories("S0", {"strategy.S0.notices.at_risk=3 d", "strategy.S0.rights.promise_change=[\"service_agent\"]"});
    EXPECT_GT(all.told, 0);
    EXPECT_GE(all.by_agents, all.told);
    EXPECT_GE(all.found_at_risk, all.by_agents);
    EXPECT_THAT(all.one, HasSubstr("an agent is to write to the customer"));
    EXPECT_THAT(all.one, HasSubstr("customer service: tells the customer in a message that an agent has written"));
}

TEST(NoticeStory, OfCarriersWhoTell) {
    const std::vector<std::string> late = {"strategy.S6.notices.at_risk=3 d", "carrier.ltl.on_time=20 %",
                                           "carrier.parcel.on_time=20 %"};
    std::vector<std::string> told = late;
    told.insert(told.end(), {"carrier.ltl.tells_delays=20 h", "carrier.parcel.tells_delays=20 h"});
    const NoticeStories silent = stories("S6", late), all = stories("S6", told);
    EXPECT_EQ(silent.by_carriers, 0);
    EXPECT_GT(all.by_carriers, 0);
    EXPECT_GT(all.told, silent.told);
}

/// Where nobody is told, no story speaks of it.
TEST(NoticeStory, OfNobodyWhereTheStrategySendsNone) {
    const NoticeStories all = stories("S0", {});
    EXPECT_EQ(all.told, 0);
    EXPECT_EQ(all.found_at_risk, 0);
}

}  // namespace
}  // namespace entrepot::tests

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// Decisions that events set off: headquarters hears of a low position, and looks at it at once, or at the next review.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

struct News : SmallWorld<PurchaseLineOrdered, CaseClosed> {
    using SmallWorld::SmallWorld;
};

/// A position of 100 above a reorder point of 80, reviewed each week.
Network reviewed(std::optional<Duration> debounce) {
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.governance.guardrails.clear();
    strategy.governance.approvals.clear();
    strategy.transfers.proactive = false;
    Network network = quiet_network();
    hear_at_once(network);
    follow(network, strategy);
    hear_at_once(network);
    for (InventoryPolicy& policy : network.policies) {
        policy.review = sim::days{7};
        policy.needs.refresh = sim::days{400};  // the test says what the levels are
        policy.review_weekday = 0;
        policy.debounce = debounce;
    }
    network.initial.on_hand[SiteId{0}].assign(network.items.size(), 100);
    for (Item& item : network.items) item.pack = item.minimum_order = 1;
    finish(network);
    return network;
}

void set_levels(News& news) {
    for (Levels& levels : news.hq().levels) {
        levels = {.reorder_point = 80, .order_up_to = 120, .daily_rate = 5, .next_refresh_day = 100};
    }
}

/// On Tuesday at noon a customer takes 30 of a hundred.
std::vector<double> hours_of_lines(std::optional<Duration> debounce, bool again = false) {
    News news(reviewed(debounce));
    news.run_until(1, 10);
    set_levels(news);
    news.run_until(1, 12);
    news.order(0, {{ItemId{0}, 30}});
    if (again) {
        news.run_until(1, 14);
        news.order(0, {{ItemId{0}, 60}});
    }
    news.run_until(10);
    std::vector<double> hours;
    for (const auto& [at, where, line] : news.all<PurchaseLineOrdered>()) {
        if (line.item == 0) hours.push_back(sim::in<sim::hours>(at - start_of(1)));
    }
    return hours;
}

TEST(News, OfALowPositionIsLookedAtAtOnce) {
    ASSERT_EQ(hours_of_lines(std::nullopt).size(), 1u);
    EXPECT_GT(hours_of_lines(std::nullopt)[0], 24 * 6);  // on Monday
    ASSERT_EQ(hours_of_lines(4h).size(), 1u);
    EXPECT_NEAR(hours_of_lines(4h)[0], 12, 0.2);
}

/// Another one two hours later is none within four hours, but is within one.
TEST(News, SoonAfterTheLastLineIsNone) {
    const auto calm = hours_of_lines(4h, true), eager = hours_of_lines(1h, true);
    ASSERT_EQ(eager.size(), 2u);
    EXPECT_NEAR(eager[1], 14, 0.2);
    ASSERT_EQ(calm.size(), 2u);
    EXPECT_GT(calm[1], 24);  // nothing was heard of it later: the review
}

/// What a weekly review costs is told: the position was low since Tuesday.
TEST(News, IsWhereALatencyBegins) {
    for (const bool at_once : {false, true}) {
        News news(reviewed(at_once ? std::optional<Duration>(1h) : std::nullopt));
        news.run_until(1, 10);
        set_levels(news);
        news.run_until(1, 12);
        news.order(0, {{ItemId{0}, 30}});
        news.run_until(10);
        ASSERT_EQ(news.all<CaseClosed>().size(), 1u);
        EXPECT_NEAR(news.all<CaseClosed>()[0].fact.signal_hours, at_once ? 0 : 6 * 24 - 4, 0.2);
    }
}

}  // namespace
}  // namespace entrepot::tests

#include <algorithm>
#include <map>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "models/network/calendar.hpp"
#include "results/text/format.hpp"
#include "studies/explain/diary.hpp"
#include "studies/explain/item_watcher.hpp"
#include "studies/explain/worst.hpp"

/// What stories say is what the models told, mechanism by mechanism.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using models::SiteId;
using testing::HasSubstr;

/// Customers' orders that were placed in the measured window, by name: how late they came, and what they cost.
class Desk : public Watcher {
public:
    struct End {
        int late = 0;
        models::Money penalty;
    };
    explicit Desk(const models::Network& network) : names_(network), calendar_(network.calendar) {}

    void see(const Seen& seen) override {
        models::Money penalty;
        for (const models::Fact& fact : seen.facts) {
            if (fact.kind() == models::FactList::kind_of<models::PenaltyCharged>()) {
                penalty = {fact.as<models::PenaltyCharged>().micros};
            }
            if (fact.kind() != models::FactList::kind_of<models::OrderClosed>()) continue;
            const auto& closed = fact.as<models::OrderClosed>();
            const SiteId site{seen.event.to()};
            const models::Order& order = seen.world.state.sites[site].orders[closed.order];
            const int day = closed.placed_day - calendar_.warmup_days;
            if (!order.internal && day >= 0 && day < calendar_.measure_days && !closed.cancelled) {
                ends[names_.order(site, order)] = {closed.delivered_day - closed.promised_day, penalty};
            }
            penalty = {};
        }
    }
    std::map<std::string, End> ends;

private:
    Names names_;
    models::Calendar calendar_;
};

TEST(Worst, AreTheLatestAndTheDearestOfTheMeasuredWindow) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    Worst worst(network, supply, 1000);
    Desk desk(network);
    Watcher* watchers[] = {&supply, &worst, &desk};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    std::ptrdiff_t late = 0, dear = 0;
    const auto was_late = std::ranges::count_if(desk.ends, [](const auto& named) { return named.second.late > 0; });
    for (const TellingList& list : worst.lists()) {
        for (const Telling& telling : list.all) {
            if (!telling.option.starts_with("--order ")) continue;
            const auto end = desk.ends.find(telling.option.substr(8));
            const bool by_days = list.title == "Latest orders";
            if (by_days && telling.what.find("was open") != std::string::npos) continue;
            // A cancelled order may have cost a penalty; it is not late.
            if (end == desk.ends.end()) {
                EXPECT_FALSE(by_days) << telling.option;
                continue;
            }
            EXPECT_EQ(telling.amount, by_days ? end->second.late : end->second.penalty.amount()) << telling.option;
            ++(by_days ? late : dear);
        }
    }
    EXPECT_EQ(late, was_late);  // none was left out
    EXPECT_GT(dear, 3);
}

TEST(OrderStory, SaysWhatTheContractCost) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    const Names names(network);
    Desk desk(network);
    Watcher* first[] = {&desk};
    rerun(network, {tiny.scenario.study.seed}, first, true);
    const auto dearest =
        std::ranges::max_element(desk.ends, {}, [](const auto& named) { return named.second.penalty.micros; });
    ASSERT_GT(dearest->second.penalty.micros, 0);
    OrderWatcher order(network, *names.find_order(dearest->first));
    Watcher* second[] = {&order};
    rerun(network, {tiny.scenario.study.seed}, second, false);
    const std::string amount = results::money_text(dearest->second.penalty.amount(), network.currency);
    EXPECT_THAT(order.story().closing, HasSubstr(amount + " of penalty"));
    EXPECT_THAT(steps_of(order.story()), HasSubstr("owes the customer " + amount + " by contract"));
}

/// A shortage that the record had at entry, and one that a picker found.
TEST(OrderStory, TellsWhoKnewOfAShortage) {
    const auto tiny = loaded("tiny.toml", {"site_defaults.miscount='5 %'"});
    const models::Network network = network_of(tiny, "S0");
    const Names names(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers;
    for (int day = 14; day < 28; ++day) {
        for (const std::string& site : names.sites()) {
            for (int i = 1; i <= 25; ++i) {
                const auto address = names.find_order(fmt::format("{}-{}-b2b-{}", site, names.date(day), i));
                watchers.push_back(watched.emplace_back(std::make_unique<OrderWatcher>(network, *address)).get());
            }
        }
    }
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    int known = 0, found = 0;
    for (const auto& order : watched) {
        if (!order->found()) continue;
        const Story story = order->story();
        for (const OrderWatcher::Shortage& shortage : order->shortages()) {
            (shortage.known ? known : found) += 1;
            EXPECT_EQ(shortage.known, shortage.since == story.steps.front().at) << story.name;
            EXPECT_THAT(story.closing,
                        HasSubstr(shortage.known ? "The record said at entry" : "Nobody knew until the pick"));
        }
    }
    EXPECT_GT(known, 3);
    EXPECT_GT(found, 0);
}

/// Stock on the shelf that is promised to those who waited ends nothing for the others.
class Waits : public Watcher {
public:
    explicit Waits(const ItemWatcher& story) : story_(story) {}
    void see(const Seen& seen) override {
        const auto& record = seen.world.state.sites[story_.site()].record[story_.item()];
        const bool ended = !story_.spells().empty() && story_.spells().back().ended;
        if (ended && !was_) waiting_at_end.push_back(record.waiting);
        was_ = ended;
        most = std::max(most, record.waiting);
    }
    std::vector<models::Units> waiting_at_end;  ///< of each spell
    models::Units most = 0;

private:
    const ItemWatcher& story_;
    bool was_ = false;
};

TEST(ItemStory, ATimeWithoutStockEndsWhenNobodyWaits) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    std::vector<std::unique_ptr<ItemWatcher>> items;
    std::vector<std::unique_ptr<Waits>> waits;
    std::vector<Watcher*> watchers{&supply};
    for (const models::ItemId item : sim::ids<models::ItemId>(network.items)) {
        items.push_back(std::make_unique<ItemWatcher>(network, supply, SiteId{1}, item));
        waits.push_back(std::make_unique<Waits>(*items.back()));
        watchers.push_back(items.back().get());
        watchers.push_back(waits.back().get());
    }
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    std::size_t ended = 0, with_waiters = 0;
    for (const auto& one : waits) {
        for (const models::Units waiting : one->waiting_at_end) EXPECT_EQ(waiting, 0);
        ended += one->waiting_at_end.size();
        with_waiters += !one->waiting_at_end.empty() && one->most > 0;
    }
    EXPECT_GT(ended, 3u);
    EXPECT_GT(with_waiters, 0u);
}

/// Midnight closes the day before it.
class Closes : public Watcher {
public:
    void see(const Seen& seen) override {
        const auto starts = seen.message<models::DayStarts>();
        if (!starts || seen.event.to() != 1) return;
        for (const auto& backlog : seen.told<models::BacklogAtClose>()) open[starts->day - 1] = backlog.open_lines;
    }
    std::map<int, int> open;  ///< lines, by the day that was closed
};

TEST(Diary, CountsForTheDayThatAMidnightCloses) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Closes closes;
    Diary diary(network, SiteId{1}, 25);
    Watcher* watchers[] = {&diary, &closes};
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    ASSERT_NE(closes.open.at(24), closes.open.at(25));
    const std::string text = steps_of(diary.story());
    EXPECT_THAT(text, HasSubstr("begins the day: " + count_text(closes.open.at(24), "line") + " open"));
}

}  // namespace
}  // namespace entrepot::tests

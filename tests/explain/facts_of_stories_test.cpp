#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include <fmt/format.h>
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
                        HasSubstr(shortage.known ? "The record said at entry" : "Nobody knew until the pick that "));
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
        const models::Units on_hand = seen.world.state.sites[story_.site()].truth[story_.item()].on_hand;
        const models::Units free = std::max(0, on_hand - record.allocated);
        if (ended && !was_) left_waiting.push_back(std::max(0, record.waiting - free));
        was_ = ended;
        most = std::max(most, record.waiting);
    }
    std::vector<models::Units> left_waiting;  ///< units at the end of each spell that nothing on the shelf is for
    models::Units most = 0;

private:
    const ItemWatcher& story_;
    bool was_ = false;
};

TEST(ItemStory, ATimeWithoutStockEndsWhenThereIsEnoughForAll) {
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
        for (const models::Units waiting : one->left_waiting) EXPECT_EQ(waiting, 0);
        ended += one->left_waiting.size();
        with_waiters += !one->left_waiting.empty() && one->most > 0;
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

/// Lines whose last units lie at the dock at each midnight, by another road: from the lanes to their shipments, and
/// from these to their picks.
class Dock : public Watcher {
public:
    explicit Dock(SiteId site) : site_(site) {}

    void see(const Seen& seen) override {
        const auto starts = seen.message<models::DayStarts>();
        if (starts && starts->day > 0 && SiteId{seen.event.to()} == site_) count(seen.world, starts->day - 1);
    }
    void end(const models::World& world, std::span<const models::Fact>) override {
        count(world, world.network->calendar.total_days() - 1);
    }

    struct Close {
        int open = 0, at_dock = 0, waiting = 0;
    };
    std::map<int, Close> days;

private:
    void count(const models::World& world, int day) {
        const models::SiteState& site = world.state.sites[site_];
        Close& close = days[day];
        for (std::uint32_t place = 0; place < site.lines.size(); ++place) {
            close.open += site.lines[place].order != models::kNone;
            close.waiting += site.lines[place].order != models::kNone && site.lines[place].waiting > 0;
        }
        std::set<std::uint32_t> lines;
        for (const auto& lane : site.staged) {
            for (const std::uint32_t shipment : lane) {
                for (std::uint32_t pick = site.shipments[shipment].first_pick; pick != models::kNone;) {
                    const models::Line& line = site.lines[site.picks[pick].line];
                    if (line.ordered == line.shipped + line.cancelled + line.staged)
                        lines.insert(site.picks[pick].line);
                    pick = site.picks[pick].next;
                }
            }
        }
        close.at_dock = static_cast<int>(lines.size());
    }
    SiteId site_;
};

/// Where each open line is at midnight, at the last one too; the parts add up to the open lines.
TEST(Diary, PutsEveryOpenLineInOnePlace) {
    const auto crowded = loaded("tiny.toml", {"carrier.ltl.capacity='50 %'"});
    const models::Network network = network_of(crowded, "S0");
    const SiteId site{1};
    Dock dock(site);
    Diary diary(network, site, std::nullopt);
    Watcher* watchers[] = {&diary, &dock};
    rerun(network, {crowded.scenario.study.seed}, watchers, true);
    const Diary& told_days = diary;
    const int days = network.calendar.total_days();
    ASSERT_EQ(dock.days.size(), static_cast<std::size_t>(days));
    int mostly_dock = -1;
    for (int day = 0; day < days; ++day) {
        const DayOfSite& told = told_days.of(site, day);
        EXPECT_EQ(told.open, dock.days[day].open) << day;
        EXPECT_EQ(told.at_dock, dock.days[day].at_dock) << day;
        EXPECT_EQ(told.waiting_for_stock + told.to_pick() + told.at_dock, told.open);
        if (2 * told.at_dock > told.open && told.missed > 0) mostly_dock = day;
    }
    EXPECT_GT(told_days.of(site, days - 1).open, 0);
    EXPECT_GT(told_days.of(site, days - 1).lines, 0);  // the last day is closed by no message
    ASSERT_GE(mostly_dock, 0);

    // A truck that is full decides, where most lines lie at the dock.
    Diary day(network, site, mostly_dock);
    Watcher* again[] = {&day};
    rerun(network, {crowded.scenario.study.seed}, again, true);
    const std::string at_dock = amount_text(dock.days[mostly_dock].at_dock) + " lay at the dock. ";
    EXPECT_THAT(day.story().closing,
                HasSubstr(at_dock + "Most waited for a truck that takes them: departures decided."));
}

/// What an order's story says of the last truck is what a look at its lines says.
class LastTruck : public Watcher {
public:
    LastTruck(SiteId site, models::Time at, std::uint64_t key, std::uint32_t coordinate)
        : site_(site), at_(at), key_(key), coordinate_(coordinate) {}
    void see(const Seen& seen) override {
        if (seen.at() > at_ || SiteId{seen.event.to()} != site_) return;
        const models::SiteState& site = seen.world.state.sites[site_];
        waiting = allocated = staged = 0;
        for (std::uint32_t place = 0; place < site.lines.size(); ++place) {
            const models::Line& line = site.lines[place];
            if (line.order == models::kNone) continue;
            const models::Order& order = site.orders[line.order];
            if (order.key != key_ || order.coordinate != coordinate_) continue;
            waiting += line.waiting;
            allocated += line.allocated;
            staged += line.staged;
        }
    }
    int waiting = 0, allocated = 0, staged = 0;

private:
    SiteId site_;
    models::Time at_;
    std::uint64_t key_;
    std::uint32_t coordinate_;
};

TEST(OrderStory, SaysWhereEachPartWasWhenTheLastTruckLeft) {
    const auto crowded = loaded("tiny.toml", {"carrier.ltl.capacity='50 %'"});
    const models::Network network = network_of(crowded, "S0");
    const Names names(network);
    Desk desk(network);
    Watcher* first[] = {&desk};
    rerun(network, {crowded.scenario.study.seed}, first, true);
    std::vector<std::unique_ptr<OrderWatcher>> orders;
    std::vector<OrderAddress> addresses;
    std::vector<Watcher*> second;
    for (const auto& [name, end] : desk.ends) {
        if (end.late <= 0 || name.find("b2b") == name.npos) continue;
        addresses.push_back(*names.find_order(name));
        second.push_back(orders.emplace_back(std::make_unique<OrderWatcher>(network, addresses.back())).get());
    }
    ASSERT_GT(orders.size(), 5U);
    rerun(network, {crowded.scenario.study.seed}, second, true);
    std::vector<std::unique_ptr<LastTruck>> trucks;
    std::vector<Watcher*> third;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        trucks.push_back(std::make_unique<LastTruck>(addresses[i].site,
                                                     orders[i]->last_chance().value_or(models::Time{}),
                                                     addresses[i].key, addresses[i].coordinate));
        third.push_back(trucks.back().get());
    }
    rerun(network, {crowded.scenario.study.seed}, third, true);
    int dock = 0, mixed = 0;
    for (std::size_t i = 0; i < orders.size(); ++i) {
        if (!orders[i]->last_chance()) continue;
        const LastTruck& truck = *trucks[i];
        const std::string why = orders[i]->story().closing;
        const auto says = [&](int units, const char* what) {
            const std::size_t at = why.find(units_text(units) + " (");
            return at != why.npos && why.find(what, at) != why.npos;
        };
        EXPECT_TRUE(truck.staged == 0 || says(truck.staged, "lay at the dock")) << why;
        EXPECT_TRUE(truck.waiting == 0 || says(truck.waiting, "waited for stock")) << why;
        EXPECT_TRUE(truck.allocated == 0 || says(truck.allocated, "were not yet picked")) << why;
        const std::string then = why.substr(std::min(why.find(" left on "), why.size()));
        const std::vector<double> costs = costs_told(then);
        EXPECT_TRUE(std::ranges::is_sorted(costs, std::greater{})) << why;
        const std::map<std::size_t, std::string> places{{then.find("waited for stock"), "stock"},
                                                        {then.find("were not yet picked"), "pick"},
                                                        {then.find("lay at the dock"), "dock"}};
        EXPECT_TRUE(costs.empty() || places.begin()->second == orders[i]->story().outcome->cause) << why;
        dock += truck.staged > 0 && why.find("the truck was full") != why.npos;
        mixed += costs.size() > 1 && costs.front() > costs.back();
    }
    EXPECT_GT(dock, 0);
    EXPECT_GT(mixed, 0);
}

/// The list of the worst and an item's story speak of the same time without stock.
TEST(Worst, HasTheLengthsOfTheStories) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Supply supply(network);
    Worst worst(network, supply, 1000);
    std::vector<std::unique_ptr<ItemWatcher>> items;
    std::vector<Watcher*> watchers{&supply, &worst};
    const auto item_count = network.items.size();
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const models::ItemId item : sim::ids<models::ItemId>(network.items)) {
            watchers.push_back(items.emplace_back(std::make_unique<ItemWatcher>(network, supply, site, item)).get());
        }
    }
    rerun(network, {tiny.scenario.study.seed}, watchers, true);
    const Names names(network);
    int told = 0;
    for (const TellingList& list : worst.lists()) {
        for (const Telling& telling : list.all) {
            if (!telling.option.starts_with("--item ")) continue;
            std::istringstream words(telling.option);
            std::string word, item, site, day;
            words >> word >> item >> word >> site >> word >> day;
            const ItemWatcher& watcher = *items[names.site(site)->index() * item_count + names.item(item)->index()];
            const DrySpell* spell = watcher.spell_of(*names.day(day));
            ASSERT_NE(spell, nullptr) << telling.option;
            EXPECT_NEAR(telling.amount, sim::in<sim::days>(spell->to - spell->from), 1.0) << telling.what;
            ++told;
        }
    }
    EXPECT_GT(told, 5);
}

}  // namespace
}  // namespace entrepot::tests

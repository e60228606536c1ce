#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "models/network/calendar.hpp"
#include "studies/explain/diary.hpp"

/// Stories name what goes wrong at a site and with suppliers, why an order is held and who clears it, and count what
/// hasn't ended.
namespace entrepot::tests {
namespace {

using namespace studies::explain;
using models::SiteId;
using testing::HasSubstr;
using testing::Not;

/// Systems that fail, holds of accounts, a site that closes and one that is slow.
scenarios::Loaded systems(const std::vector<std::string>& changes = {}) {
    return loaded("../tests/effects/systems.toml", changes);
}

/// Orders that are held, by name, and how many are open and past their day at each midnight.
class Orders : public Watcher {
public:
    explicit Orders(const models::Network& network) : names_(network) {}
    void see(const Seen& seen) override {
        if (seen.event.to() == models::headquarters_of(*seen.world.network)) return;
        const SiteId site{seen.event.to()};
        const int day = models::day_of(seen.at()) - (seen.message<models::DayStarts>() ? 1 : 0);
        const auto& state = seen.world.state.sites[site];
        for (const models::OrderPlaced& placed : seen.told<models::OrderPlaced>()) {
            const std::string name = names_.order(site, state.orders[placed.order]);
            open_[{site.value, placed.order}] = state.orders[placed.order].promised_day;
            placed_[name] = {site, seen.at(), sim::kNever};
            name_of_[{site.value, placed.order}] = name;
        }
        for (const models::OrderPutOnHold& held : seen.told<models::OrderPutOnHold>()) {
            (held.follows ? following : first).insert(name_of_[{site.value, held.order}]);
        }
        for (const models::OrderCleared& cleared : seen.told<models::OrderCleared>()) {
            released.insert(name_of_[{site.value, cleared.order}]);
        }
        for (const models::OrderClosed& closed : seen.told<models::OrderClosed>()) {
            open_.erase({site.value, closed.order});
            std::get<2>(placed_[name_of_[{site.value, closed.order}]]) = seen.at();
        }
        if (!seen.message<models::DayStarts>() || day < 0) return;
        for (const auto& [order, promised] : open_) {
            if (order.first != site.value) continue;
            ++open[{site.value, day}];
            overdue[{site.value, day}] += promised <= day;
        }
    }

    std::set<std::string> first, following, released;
    std::map<std::pair<int, int>, int> open, overdue;  ///< [site, day]
    /// Orders of a site that were open at a moment.
    std::vector<std::string> open_at(SiteId site, models::Time t) const {
        std::vector<std::string> all;
        for (const auto& [name, one] : placed_) {
            if (std::get<0>(one) == site && std::get<1>(one) < t && std::get<2>(one) > t) all.push_back(name);
        }
        return all;
    }

private:
    Names names_;
    std::map<std::pair<int, std::uint32_t>, int> open_;
    std::map<std::pair<int, std::uint32_t>, std::string> name_of_;
    std::map<std::string, std::tuple<SiteId, models::Time, models::Time>> placed_;
};

TEST(HoldStory, SaysWhyAnOrderIsHeldAndWhoClearsIt) {
    const auto scenario = systems();
    const models::Network network = network_of(scenario, "linked");
    Orders orders(network);
    Watcher* counting[] = {&orders};
    rerun(network, {scenario.scenario.study.seed}, counting, true);
    ASSERT_GT(orders.first.size(), 10u);
    ASSERT_GT(orders.following.size(), 1u);
    const Names names(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers;
    const auto watch = [&](const std::set<std::string>& some, std::size_t most) {
        for (const std::string& name : some) {
            if (watchers.size() < most) {
                watchers.push_back(
                    watched.emplace_back(std::make_unique<OrderWatcher>(network, *names.find_order(name))).get());
            }
        }
    };
    watch(orders.following, 30);
    watch(orders.first, 80);
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    int cleared = 0;
    for (const auto& order : watched) {
        const Story story = order->story();
        const std::string steps = steps_of(story);
        EXPECT_THAT(steps, HasSubstr("order desk: holds it")) << story.name;
        EXPECT_EQ(steps.find("its account is on hold with an earlier order") != std::string::npos,
                  orders.following.contains(story.name))
            << story.name;
        if (!orders.released.contains(story.name)) continue;
        EXPECT_THAT(steps, HasSubstr("nothing holds it any more, after")) << story.name;
        EXPECT_THAT(story.closing, HasSubstr("t was free again after")) << story.name;
        if (!orders.first.contains(story.name)) continue;
        ++cleared;
        EXPECT_THAT(steps, HasSubstr("clears it of ")) << story.name;
        EXPECT_THAT(story.closing, HasSubstr(" cleared it of ")) << story.closing;
    }
    EXPECT_GT(cleared, 5);
}

/// Orders whose lines were offered something else say so.
TEST(OfferStory, SaysWhatWasOfferedAndWhatTheCustomerSaid) {
    const auto scenario = systems();
    const models::Network network = network_of(scenario, "linked");
    std::map<std::string, bool> offered;
    class Asked : public Watcher {
    public:
        Asked(const models::Network& net, std::map<std::string, bool>& all) : names_(net), all_(all) {}
        void see(const Seen& seen) override {
            for (const models::SubstituteOffered& offer : seen.told<models::SubstituteOffered>()) {
                const SiteId site{seen.event.to()};
                all_[names_.order(site, seen.world.state.sites[site].orders[offer.order])] = offer.taken != 0;
            }
        }

    private:
        Names names_;
        std::map<std::string, bool>& all_;
    } asked(network, offered);
    Watcher* asking[] = {&asked};
    rerun(network, {scenario.scenario.study.seed}, asking, true);
    ASSERT_GT(offered.size(), 10u);
    const Names names(network);
    std::vector<std::unique_ptr<OrderWatcher>> watched;
    std::vector<Watcher*> watchers;
    for (const auto& [name, taken] : offered) {
        watchers.push_back(
            watched.emplace_back(std::make_unique<OrderWatcher>(network, *names.find_order(name))).get());
        if (watchers.size() == 20) break;
    }
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    for (const auto& order : watched) {
        const Story story = order->story();
        EXPECT_THAT(steps_of(story), HasSubstr(": too few are there; offers "));
        const bool taken = offered.at(story.name);
        EXPECT_THAT(steps_of(story),
                    HasSubstr(taken ? "customer: takes the substitute" : "customer: doesn't want the "))
            << story.name;
    }
}

TEST(DisturbedStory, NamesWhatHappensAtASite) {
    const auto scenario =
        systems({"disturbance.flood.new=true", "disturbance.flood.kind='site_closed'", "disturbance.flood.site='South'",
                 "disturbance.flood.day='5 d'", "disturbance.flood.duration='2 d'"});
    const models::Network network = network_of(scenario, "linked");
    const Names names(network);
    const SiteId south = *names.site("South");
    Orders orders(network);
    Diary weeks(network, south, std::nullopt), day(network, south, network.calendar.warmup_days + 5),
        calm(network, *names.site("West"), network.calendar.warmup_days + 1);
    Watcher* all[] = {&orders, &weeks, &day, &calm};
    rerun(network, {scenario.scenario.study.seed}, all, true);
    EXPECT_THAT(steps_of(weeks.story()), HasSubstr("flood (the site is closed until "));
    ASSERT_EQ(day.story().about.size(), 2u);
    EXPECT_THAT(day.story().about[1], HasSubstr("flood (the site is closed until "));
    EXPECT_THAT(calm.story().about[1], Not(HasSubstr("flood")));
    const auto open = orders.open_at(south, models::start_of(network.calendar.warmup_days + 6));
    ASSERT_FALSE(open.empty());
    OrderWatcher order(network, *names.find_order(open.front()));
    Watcher* one[] = {&order};
    rerun(network, {scenario.scenario.study.seed}, one, true);
    EXPECT_THAT(steps_of(order.story()), HasSubstr("flood: the site is closed until "));
}

TEST(DisturbedStory, NamesWhatSuppliersSuffer) {
    const auto scenario = systems({"disturbance.strike.new=true", "disturbance.strike.kind='supplier_stop'",
                                   "disturbance.strike.supplier='near#1'", "disturbance.strike.day='0 d'",
                                   "disturbance.strike.duration='9 d'"});
    const models::Network network = network_of(scenario, "linked");
    Supply supply(network);
    Diary day(network, std::nullopt, network.calendar.warmup_days + 3);
    Watcher* all[] = {&supply, &day};
    rerun(network, {scenario.scenario.study.seed}, all, true);
    int hit = 0, others = 0;
    for (const PurchaseCourse& course : supply.purchases()) {
        const std::string& supplier = network.suppliers[network.items[course.item].supplier].name;
        std::string steps;
        for (const Step& step : supply.steps(course)) steps += step.who + ": " + step.what + "\n";
        const bool told = steps.find("strike: supplier near#1 begins nothing until ") != std::string::npos;
        (supplier == "near#1" ? hit : others) += told;
    }
    EXPECT_GT(hit, 0);
    EXPECT_EQ(others, 0);
    EXPECT_THAT(day.story().about.back(), HasSubstr("Disturbed by strike (supplier near#1 begins nothing until "));
}

/// A site's story counts what is still open, too: as many as came less those that ended.
TEST(SiteStory, CountsWhatHasNotEnded) {
    const auto tiny = loaded("tiny.toml");
    const models::Network network = network_of(tiny, "S0");
    Orders orders(network);
    Diary diary(network, SiteId{0}, std::nullopt);
    Watcher* all[] = {&orders, &diary};
    rerun(network, {tiny.scenario.study.seed}, all, true);
    const Diary& days = diary;
    int most = 0, most_overdue = 0;
    for (int day = 0; day + 1 < network.calendar.total_days(); ++day) {
        for (const SiteId site : sim::ids<SiteId>(network.sites)) {
            EXPECT_EQ(days.of(site, day).open_orders, (orders.open[{site.value, day}])) << day;
            EXPECT_EQ(days.of(site, day).overdue, (orders.overdue[{site.value, day}])) << day;
            most = std::max(most, days.of(site, day).open_orders);
            most_overdue = std::max(most_overdue, days.of(site, day).overdue);
        }
    }
    EXPECT_GT(most, 20);
    EXPECT_GT(most_overdue, 0);
    const int last = network.calendar.warmup_days + network.calendar.measure_days - 1;
    const DayOfSite& end = days.of(SiteId{0}, last);
    EXPECT_THAT(diary.story().closing, HasSubstr(fmt::format("{} of {} still open at its end were past their day",
                                                             end.overdue, end.open_orders)));
}

}  // namespace
}  // namespace entrepot::tests

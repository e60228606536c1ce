#include <cmath>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/goods/crew.hpp"
#include "models/small_world.hpp"

/// Pickers who come and go: temps and newcomers, who learn; those who can also receive; those whom other sites lend.
namespace entrepot::tests {
namespace {

using namespace models;

using CrewWorld = SmallWorld<LabourDay, DayClosed, CrewDay>;

void order_lines_at(CrewWorld& floor, int lines, std::size_t site = 0) {
    for (int i = 0; i < lines; ++i) floor.order(0, {line(static_cast<std::size_t>(i % 5), 1)}, site);
}

// Learning.

TEST(Learning, GoesByWrightsPowerLawUpToTheUsualRate) {
    const Learning learning{.start = 0.7, .rate = 0.9};
    EXPECT_DOUBLE_EQ(rate_in_shift(learning, 1), 0.7);
    EXPECT_NEAR(rate_in_shift(learning, 2), 0.7 / 0.9, 1e-12);
    EXPECT_NEAR(rate_in_shift(learning, 8), 0.7 / std::pow(0.9, 3), 1e-12);
    EXPECT_LT(rate_in_shift(learning, 10), 1);
    EXPECT_EQ(rate_in_shift(learning, 11), 1);
}

/// Ten of a year's forty leave on a business day, nearly, and nobody learns: after eight weeks all are newcomers.
TEST(Learning, NewcomersTakeTheLeaversPlaces) {
    Network network = quiet_network();
    Site& site = network.sites[SiteId{0}];
    site.pickers = 40;
    site.learning = {.start = 0.7, .rate = 1, .turnover = 10};
    CrewWorld floor(std::move(network));
    floor.run_until(59, 1);
    const auto& days = floor.all<CrewDay>();
    ASSERT_EQ(days.size(), 59u);
    EXPECT_GT(days[1].fact.learning_loss, 0);
    EXPECT_LT(days[1].fact.learning_loss, 0.3 * 40 * 8 / 2);
    EXPECT_NEAR(days[57].fact.learning_loss, 0.3 * 40 * 8, 1e-3);
}

TEST(Learning, IsOverSomeTime) {
    Network network = quiet_network();
    Site& site = network.sites[SiteId{0}];
    site.pickers = 40;
    site.learning = {.start = 0.7, .rate = 0.9, .turnover = 10};
    CrewWorld floor(std::move(network));
    floor.run_until(59);
    double loss = 0, days = 0;
    for (const auto& day : floor.all<CrewDay>()) {
        if (day.fact.learning_loss == 0 || day_of(day.at) < 15) continue;
        loss += double{day.fact.learning_loss};
        ++days;
    }
    // 1.53 leave on a business day; one loses 9.2 hours until he has learned: 14.1 hours a day. Some 50 of them: their
    // number errs by 14 %, one standard deviation; false alarm 1e-4.
    EXPECT_NEAR(loss / days, 14.1, 8);
}

// Temps.

/// Two people, one in each shift, and up to three temps for two days.
Network with_temps(int most) {
    Network network = quiet_network();
    Site& site = network.sites[SiteId{0}];
    site.pickers = 2;
    site.overtime_max_hours = 0;
    site.temps = {.most = most, .backlog_hours = 2, .notice_days = 1, .stay_days = 2, .pay_factor = 1.5};
    site.learning = {.start = 0.7, .rate = 0.9};
    return network;
}

struct CrewWeek {
    std::vector<CrewDay> crew;
    std::vector<int> picked;
};
CrewWeek week_of(Network network, int lines) {
    CrewWorld floor(std::move(network));
    floor.run_until(0, 5);
    order_lines_at(floor, lines);
    floor.run_until(5, 1);
    CrewWeek week;
    for (const auto& day : floor.all<CrewDay>()) week.crew.push_back(day.fact);
    for (const auto& day : floor.all<DayClosed>()) week.picked.push_back(day.fact.lines_picked);
    return week;
}

/// Called on Monday, here on Tuesday and Wednesday, called again on Thursday. A person picks 272 lines a day.
TEST(Temps, ComeForSomeDaysWhereTooMuchWaits) {
    const CrewWeek week = week_of(with_temps(3), 4200);
    ASSERT_EQ(week.crew.size(), 5u);
    const float hours[] = {0, 24, 24, 0, 24};
    for (std::size_t day = 0; day < 5; ++day) EXPECT_EQ(week.crew[day].temp_hours, hours[day]) << day;
    EXPECT_EQ(week.crew[1].temp_cost_micros, Money::of(27 * 1.5 * 24).micros);
    EXPECT_NEAR(week.crew[1].learning_loss, 24 * 0.3, 1e-5);
    EXPECT_NEAR(week.crew[2].learning_loss, 24 * (1 - 0.7 / 0.9), 1e-5);
    EXPECT_NEAR(week.picked[1], 272 * (2 + 3 * 0.7), 45);
    EXPECT_NEAR(week.picked[2], 272 * (2 + 3 * 0.7 / 0.9), 45);
}

/// Six hours are left to the second shift, which does them.
TEST(Temps, AreNotCalledForWhatTheNextShiftDoes) {
    for (const CrewDay& day : week_of(with_temps(3), 34 * (8 + 6)).crew) EXPECT_EQ(day.temp_hours, 0);
}

/// An hour and a half for each is less than the two that may lie.
TEST(Temps, AreNotCalledForWhatMayLie) {
    for (const CrewDay& day : week_of(with_temps(3), 34 * 16 + 51).crew) EXPECT_EQ(day.temp_hours, 0);
}

/// 13 hours too many are two people's shift.
TEST(Temps, AreAsManyAsTheBacklogAsksFor) {
    Network network = with_temps(30);
    network.sites[SiteId{0}].shifts = {{6, 14}};
    const CrewWeek week = week_of(std::move(network), 34 * (16 + 4 + 13));
    EXPECT_EQ(week.crew[1].temp_hours, 16);
}

/// 37 hours too many are five people's shift. The next evenings 21 and 5 hours are too many, and the five are on their
/// way: they come on Thursday, and nobody else on Friday.
TEST(Temps, AreNotCalledTwice) {
    Network network = with_temps(30);
    network.sites[SiteId{0}].shifts = {{6, 14}};
    network.sites[SiteId{0}].temps.notice_days = 3;
    const CrewWeek week = week_of(std::move(network), 34 * (16 + 4 + 37));
    const float hours[] = {0, 0, 0, 40, 40};
    for (std::size_t day = 0; day < 5; ++day) EXPECT_EQ(week.crew[day].temp_hours, hours[day]) << day;
}

TEST(Temps, WorkOffWhatWaits) {
    const CrewWeek with = week_of(with_temps(3), 4200), without = week_of(with_temps(0), 4200);
    EXPECT_TRUE(without.crew.empty());
    EXPECT_EQ(with.picked[0], without.picked[0]);
    EXPECT_NEAR(without.picked[1], 2 * 272, 40);
    EXPECT_GT(with.picked[1], without.picked[1] + 400);
}

/// Overtime of a temp costs the agency's margin, too.
TEST(Temps, ArePaidForOvertime) {
    Network network = with_temps(1);
    Site& site = network.sites[SiteId{0}];
    site.shifts = {{6, 14}};
    site.overtime_max_hours = 2;
    CrewWorld floor(std::move(network));
    floor.run_until(0, 5);
    order_lines_at(floor, 4000);
    floor.run_until(2, 1);
    EXPECT_EQ(floor.all<LabourDay>()[0].fact.overtime_cost_micros, Money::of(27 * 1.5 * 2 * 2).micros);
    EXPECT_EQ(floor.all<LabourDay>()[1].fact.overtime_cost_micros, Money::of(27 * 1.5 * 2 * (2 + 1.5)).micros);
}

// Cross-training.

/// Two receivers and four pickers in a shift of eight hours, who do one line an hour; half of the pickers can receive.
Network with_training(double share, double dock_hours = 1) {
    Network network = quiet_network();
    Site& site = network.sites[SiteId{0}];
    site.shifts = {{6, 14}};
    site.pickers = 4;
    site.pick_lines_per_hour = site.receive_lines_per_hour = site.productive_share = 1;
    site.pick_time_cv = site.overtime_max_hours = 0;
    site.cross_training = {.share = share, .dock_hours = dock_hours};
    return network;
}

/// Loads put away by half past ten of a Tuesday, of forty that wait since the night, beside so many order lines.
struct DockMorning {
    int put_away = 0, helping = 0;
};
DockMorning dock_morning(double share, int lines) {
    CrewWorld floor(with_training(share));
    floor.run_until(0, 15);
    for (int load = 0; load < 40; ++load) floor.arrive(0, 1);
    for (int i = 0; i < lines; ++i) floor.order(0, {line(1, 1)});
    floor.run_until(1, 6.5);
    const int helping = floor.site().crew.helping;
    floor.run_until(1, 10.5);
    return {static_cast<int>(floor.site().truth[ItemId{0}].on_hand) - 1000, helping};
}

TEST(CrossTraining, SendsPickersToADockThatIsBehind) {
    EXPECT_EQ(dock_morning(0, 0).put_away, 8);
    const DockMorning morning = dock_morning(0.5, 0);
    EXPECT_EQ(morning.helping, 2);
    EXPECT_EQ(morning.put_away, 16);
}

/// 40 hours at the dock and 40 of picking for six people: half of them, one more than the receivers.
TEST(CrossTraining, SharesTheWorkOut) {
    const DockMorning morning = dock_morning(0.5, 40);
    EXPECT_EQ(morning.helping, 1);
    EXPECT_EQ(morning.put_away, 12);
}

/// Pickers without work take what the receivers leave, and go back when they have some.
TEST(CrossTraining, LetsTheIdleHelpUntilTheyHaveWork) {
    Network network = with_training(0.5, 100);
    network.strategy.waves.at_once = true;
    network.strategy.integration.release_interval = std::chrono::minutes{1};
    CrewWorld floor(std::move(network));
    floor.run_until(0, 8);
    for (int load = 0; load < 40; ++load) floor.arrive(0, 1);
    EXPECT_EQ(floor.site().crew.helping, 2);
    EXPECT_EQ(floor.site().receiving, 4);
    floor.run_until(0, 8.5);
    for (int i = 0; i < 20; ++i) floor.order(0, {line(1, 1)});
    floor.run_until(0, 9.5);
    EXPECT_EQ(floor.site().crew.helping, 0);
    EXPECT_EQ(floor.site().receiving, 2);
    EXPECT_EQ(floor.site().picking, 4);
}

// Lending.

/// Two sites of four people each, the first with too much to do.
Network two_crews(bool pooled) {
    Network network = quiet_network(2);
    for (Site& site : network.sites) {
        site.shifts = {{6, 14}};
        site.pickers = 4;
        site.overtime_max_hours = 0;
    }
    hear_at_once(network);
    network.strategy.integration.pump = std::chrono::minutes{1};
    if (pooled) {
        CrewPool pool;
        pool.sites = {SiteId{0}, SiteId{1}};
        pool.backlog_hours = pool.slack_hours = 1;
        network.crew_pools = {pool};
    }
    finish(network);
    return network;
}

/// The Tuesday of both sites, when so many lines wait at each, and so many more come to the second at eight.
struct Sharing {
    std::vector<LabourDay> labour;
    std::vector<CrewDay> crew;
    std::vector<int> picked;
    int on_duty_at_noon[2] = {};
};
Sharing tuesday(Network network, int first, int second, int later = 0) {
    CrewWorld floor(std::move(network));
    floor.run_until(0, 15);
    order_lines_at(floor, first, 0);
    order_lines_at(floor, second, 1);
    floor.run_until(1, 8);
    order_lines_at(floor, later, 1);
    floor.run_until(1, 12);
    Sharing shared;
    for (const std::size_t i : {0u, 1u}) shared.on_duty_at_noon[i] = floor.site(i).on_duty;
    floor.run_until(1, 23);
    EXPECT_EQ(floor.site(0).on_duty, 0);
    EXPECT_EQ(floor.site(1).on_duty, 0);
    floor.run_until(2, 1);
    for (const std::size_t i : {2u, 3u}) {
        shared.labour.push_back(floor.all<LabourDay>()[i].fact);
        shared.picked.push_back(floor.all<DayClosed>()[i].fact.lines_picked);
        if (!floor.all<CrewDay>().empty()) shared.crew.push_back(floor.all<CrewDay>()[i].fact);
    }
    return shared;
}

/// Half of the four go at 6:32, two minutes on the line and thirty of thought after the shift has begun; they are there
/// an hour later, and pick 34 lines an hour till two.
TEST(Lending, MovesPickersForTheRestOfTheShift) {
    const Sharing with = tuesday(two_crews(true), 2000, 0), without = tuesday(two_crews(false), 2000, 0);
    EXPECT_EQ(with.on_duty_at_noon[0], 6);
    EXPECT_EQ(with.on_duty_at_noon[1], 2);
    const double lent = 2 * (8 - 32 / 60.0), there = lent - 2;
    EXPECT_NEAR(with.crew[1].lent, lent, 1e-4);
    EXPECT_NEAR(with.crew[0].borrowed, there, 1e-4);
    EXPECT_EQ(with.crew[0].lent + with.crew[1].borrowed, 0);
    EXPECT_NEAR(static_cast<double>(with.crew[0].lending_cost_micros), lent * 27 * 0.25 * 1e6, 1);
    EXPECT_NEAR(without.picked[0], 32 * 34, 35);
    EXPECT_NEAR(with.picked[0], (32 + there) * 34, 45);
    // What the lender loses is what the borrower gets, and the way.
    EXPECT_NEAR(with.labour[0].straight_available, 32 + there, 1e-4);
    EXPECT_NEAR(with.labour[1].straight_available, 32 - lent, 1e-4);
}

/// It has lent one of its four when more comes than it expected.
TEST(Lending, TakesWhatTheLenderCouldHavePicked) {
    const Sharing with = tuesday(two_crews(true), 2000, 700, 400), without = tuesday(two_crews(false), 2000, 700, 400);
    EXPECT_NEAR(with.crew[1].lent, 8 - 32 / 60.0, 1e-4);
    EXPECT_LT(with.picked[1], without.picked[1] - 150);
    EXPECT_GT(with.picked[0], without.picked[0] + 150);
}

TEST(Lending, IsNotAskedWhereBothAreBusyOrIdle) {
    for (const int lines : {0, 2000}) {
        const Sharing shared = tuesday(two_crews(true), lines, lines);
        EXPECT_EQ(shared.crew[0].lent + shared.crew[1].lent, 0);
    }
}

}  // namespace
}  // namespace entrepot::tests

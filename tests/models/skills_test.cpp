#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/decisions/office.hpp"
#include "models/decisions/taking.hpp"
#include "models/small_world.hpp"
#include "sim/snapshot.hpp"

/// Some people of a role can do what others can't: who takes which case, and how long cases wait for them.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

struct Skilled : SmallWorld<CaseStepped, CaseClosed, PurchaseLineOrdered, OfficeDay> {
    std::uint32_t asked = 0, late_line = kNone;

    explicit Skilled(Network of) : SmallWorld(std::move(of)) {
        late_line = purchase(1, 6);
        hq().purchases[late_line].of_second = true;  // which nobody can bring forward: to look at it is all
    }

    void ask_purchase(std::size_t i = 0) {
        Context context = at_headquarters();
        const Case raised = case_of_purchase(hq(), DecisionKind::purchase, purchase(1, 6, i), context.now());
        ask_people(hq(), raise_case(hq(), raised, context), context);
    }
    void ask_about_late_line() {
        Context context = at_headquarters();
        const Case late = case_of_purchase(hq(), DecisionKind::supplier_exception, late_line, context.now());
        ask_people(hq(), raise_case(hq(), late, context), context);
    }
    /// Whether another site has stock for an escalated order; none has.
    void ask_for_stock() {
        Context context = at_headquarters();
        const StockKey about = key_of(SiteId{0}, ItemId{0});
        const Case wants{.raised = context.now(),
                         .escalated = {++asked, about, 1, 0, OrderEscalated::kNobody},
                         .about = about,
                         .units = 1,
                         .kind = DecisionKind::transfer};
        ask_people(hq(), raise_case(hq(), wants, context), context);
    }
    DeskGroup group(std::size_t i) { return hq().desk(Role::planner).groups[i]; }
};

std::vector<SkillGroup>& planners_of(Network& network) {
    return network.office.skills[static_cast<std::size_t>(Role::planner)];
}

Network with_planners(int all, std::vector<SkillGroup> groups, std::size_t sites = 1) {
    Network network = quiet_network(sites);
    network.office.planners = all;
    network.office.handling_cv = 0;
    network.strategy.governance.approvals.clear();
    planners_of(network) = std::move(groups);
    return network;
}

constexpr double kOpen = 8 + 1.0 / 3600;

TEST(Skills, ACaseWaitsForSomebodyWhoHandlesIt) {
    Skilled office(with_planners(3, {{.name = "buyers", .heads = 2, .decisions = {DecisionKind::purchase}}}));
    office.run_until(0, 7);
    for (int i = 0; i < 4; ++i) office.ask_about_late_line();
    office.run_until(0, kOpen);
    EXPECT_EQ(office.group(1).busy, 0);
    EXPECT_EQ(office.group(Desk::kGeneralists).busy, 1);
    EXPECT_EQ(office.hq().desk(Role::planner).waiting(), 3u);
    for (int i = 0; i < 4; ++i) office.ask_purchase();
    EXPECT_EQ(office.group(1).busy, 2);
    EXPECT_EQ(office.hq().desk(Role::planner).staff(), 3);
}

/// Who handles little goes first: the generalist is still there for the late line.
TEST(Skills, GeneralistsStayFreeForWhatOthersCannotDo) {
    Skilled office(with_planners(2, {{.name = "buyers", .heads = 1, .decisions = {DecisionKind::purchase}}}));
    office.run_until(0, 9);
    office.ask_purchase();
    EXPECT_EQ(office.group(1).busy, 1);
    EXPECT_EQ(office.group(Desk::kGeneralists).busy, 0);
    office.ask_about_late_line();
    EXPECT_EQ(office.group(Desk::kGeneralists).busy_on_urgent, 1);
}

TEST(Skills, SomeSeeToTheCasesOfSomeSites) {
    Skilled office(with_planners(
        2, {{.name = "one", .heads = 1, .sites = {true, false}}, {.name = "two", .heads = 1, .sites = {false, true}}},
        2));
    office.run_until(0, 9);
    office.ask_purchase(1);
    office.ask_purchase(1);
    EXPECT_EQ(office.group(1).busy, 0);
    EXPECT_EQ(office.group(2).busy, 1);
    EXPECT_EQ(office.hq().desk(Role::planner).waiting(), 1u);
}

TEST(Skills, PaceIsThatOfTheGroup) {
    const auto hours = [](double pace) {
        Skilled office(with_planners(1, {{.name = "new", .heads = 1, .pace = pace}}));
        office.run_until(0, 7);
        for (int i = 0; i < 10; ++i) office.ask_purchase();
        office.run_until(1);
        return office.all<OfficeDay>()[0].fact.busy;
    };
    EXPECT_GT(hours(1), 0.1);
    EXPECT_NEAR(hours(0.8), hours(1) / 0.8, 1e-5);
}

/// The share of people whom urgent cases may take is that of each group: others' work isn't theirs.
TEST(Skills, UrgentCasesLeaveSomeOfEachGroup) {
    Skilled office(with_planners(4, {{.name = "all", .heads = 2}, {.name = "more", .heads = 2}}));
    office.run_until(0, 7);
    for (int i = 0; i < 9; ++i) office.ask_about_late_line();
    for (int i = 0; i < 9; ++i) office.ask_purchase();
    office.run_until(0, kOpen);
    for (const std::size_t i : {1, 2}) {
        EXPECT_EQ(office.group(i).busy, 2) << i;
        EXPECT_EQ(office.group(i).busy_on_urgent, 1) << i;
    }
}

/// Who is at work when others are hired or groups are formed anew goes on, and is counted off where he was counted.
TEST(Skills, AnotherOfficeFindsEverybodyAtWork) {
    Skilled office(with_planners(3, {{.name = "buyers", .heads = 2, .decisions = {DecisionKind::purchase}}}));
    office.run_until(0, 9);
    for (int i = 0; i < 6; ++i) office.ask_purchase();
    EXPECT_EQ(office.hq().desk(Role::planner).busy(), 3);
    Office other = office.network.office;
    other.skills = {};
    staff(office.hq().desk(Role::planner), Role::planner, other);
    EXPECT_EQ(office.hq().desk(Role::planner).staff(), 3);
    EXPECT_EQ(office.hq().desk(Role::planner).busy(), 3);
    office.run_until(1);
    EXPECT_EQ(office.hq().desk(Role::planner).busy(), 0);
    EXPECT_EQ(office.all<PurchaseLineOrdered>().size(), 6u);
}

TEST(Skills, OutliveASnapshot) {
    const auto closed = [](bool by_file) {
        Network network = small_network({.sites = 2});
        follow(network, manual_strategy());
        planners_of(network) = {{.name = "buyers", .heads = 1, .decisions = {DecisionKind::purchase}, .pace = 0.5}};
        FactRecord<CaseClosed> record;
        World world = start_world(network, 7, 0, record.log);
        const auto& groups = world.state.headquarters.desk(Role::planner).groups;
        const auto at_work = [&] {
            return std::ranges::all_of(groups, [](const auto& group) { return group.busy > 0; });
        };
        for (int minute = 0; minute < 30'000 && !at_work(); minute += 5) {
            run_sequential(world, at_hour(21, 8) + sim::minutes{minute});
        }
        EXPECT_TRUE(at_work());
        World read = start_world(network, 7, 0, record.log);
        std::stringstream file;
        if (by_file) save(world, "test", file), load(read, "test", file);
        run_sequential(by_file ? read : world, start_of(60));
        record.log.flush();
        double sum = 0;
        for (const auto& [at, where, fact] : record.all<CaseClosed>()) sum += double{fact.waited_hours} + fact.number;
        return std::pair(record.all<CaseClosed>().size(), sum);
    };
    EXPECT_GT(closed(false).first, 100u);
    EXPECT_EQ(closed(true), closed(false));
}

// Against theory.

/// Mean wait in an M/M/c queue, in mean service times: Erlang C.
double erlang_c_wait(int servers, double load) {
    double term = 1, sum = 1;
    for (int i = 1; i < servers; ++i) sum += term *= load / i;
    const double all_busy = term * load / servers * servers / (servers - load);
    return all_busy / (sum + all_busy) / (servers - load);
}

struct Days {
    std::vector<double> late, stock, all;  ///< mean waits of each day, in mean service times
};

/// Two kinds of cases, each with exponential times of 3 s between 8:00 and 17:00 of twenty days on which the office is
/// open until 19:00: days begin empty, and what came in the first hour isn't counted.
Days mean_waits(std::vector<SkillGroup> groups, int all, double load_of_each) {
    constexpr double kService = 3;
    Network network = with_planners(all, std::move(groups));
    network.office.exception_time = ExponentialTime{3s};
    network.office.productive_hours = network.office.opening_hours = 11;
    Skilled office(std::move(network));
    std::mt19937_64 random(20'261'130);
    const auto exponential = [&](double mean) { return -mean * std::log1p(-std::ldexp(double(random() >> 11), -53)); };
    for (int day = 0; day < 26; ++day) {
        if (!office.network.calendar.is_business_day(day)) continue;
        for (double second = 8 * 3600; second < 17 * 3600; second += exponential(kService / load_of_each / 2)) {
            office.run_until(day, second / 3600);
            random() % 2 == 0 ? office.ask_about_late_line() : office.ask_for_stock();
        }
    }
    office.run_until(26);
    struct Sum {
        double late = 0, lates = 0, stock = 0, stocks = 0;
    };
    std::map<int, Sum> sums;
    for (const auto& [at, where, one] : office.all<CaseClosed>()) {
        const Time raised = sim::kStart + Duration{one.raised_micros};
        if (raised < at_hour(day_of(raised), 9)) continue;
        Sum& sum = sums[day_of(raised)];
        const bool late = static_cast<DecisionKind>(one.kind) == DecisionKind::supplier_exception;
        (late ? sum.late : sum.stock) += one.waited_hours * 3600.0 / kService;
        (late ? sum.lates : sum.stocks) += 1;
    }
    Days days;
    for (const auto& [day, sum] : sums) {
        days.late.push_back(sum.late / sum.lates);
        days.stock.push_back(sum.stock / sum.stocks);
        days.all.push_back((sum.late + sum.stock) / (sum.lates + sum.stocks));
    }
    return days;
}

/// Twenty independent days: each comparison alarms falsely once in ten thousand seeds.
void expect_mean(const std::vector<double>& days, double expected) {
    constexpr double kStudent19 = 4.9;
    ASSERT_EQ(days.size(), 20u);
    double sum = 0, squares = 0;
    for (const double day : days) sum += day;
    const double mean = sum / 20;
    for (const double day : days) squares += (day - mean) * (day - mean);
    const double error = std::sqrt(squares / 19 / 20);
    EXPECT_NEAR(mean, expected, kStudent19 * error);
    EXPECT_LT(kStudent19 * error, 0.13 * expected);  // what it can tell
}

const std::vector<DecisionKind> kLate{DecisionKind::supplier_exception}, kStock{DecisionKind::transfer};

TEST(Skills, WithoutOverlapAreTwoQueues) {
    const Days apart = mean_waits(
        {{.name = "late", .heads = 3, .decisions = kLate}, {.name = "stock", .heads = 3, .decisions = kStock}}, 6, 2.4);
    expect_mean(apart.late, erlang_c_wait(3, 2.4));
    expect_mean(apart.stock, erlang_c_wait(3, 2.4));
}

TEST(Skills, WithFullOverlapAreOnePooledQueue) {
    const std::vector<DecisionKind> both{DecisionKind::supplier_exception, DecisionKind::transfer};
    const Days pooled = mean_waits(
        {{.name = "some", .heads = 3, .decisions = both}, {.name = "others", .heads = 3, .decisions = both}}, 6, 2.4);
    expect_mean(pooled.all, erlang_c_wait(6, 4.8));
    EXPECT_LT(erlang_c_wait(6, 4.8), 0.5 * erlang_c_wait(3, 2.4));  // pooling is better
}

TEST(Skills, SomeGeneralistsAmongThemShortenTheWaits) {
    const Days apart = mean_waits(
        {{.name = "late", .heads = 3, .decisions = kLate}, {.name = "stock", .heads = 3, .decisions = kStock}}, 6, 2.4);
    const Days mixed = mean_waits(
        {{.name = "late", .heads = 2, .decisions = kLate}, {.name = "stock", .heads = 2, .decisions = kStock}}, 6, 2.4);
    for (std::size_t day = 0; day < 20; ++day) EXPECT_LT(mixed.all[day], apart.all[day]) << day;
}

}  // namespace
}  // namespace entrepot::tests

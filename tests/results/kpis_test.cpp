#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "results/kpis/accumulator.hpp"
#include "results/replication.hpp"

namespace entrepot::tests {
namespace {

using namespace models;
using Cell = Told::Cell;

LineFirstPass first_pass(int ordered, int filled, std::uint8_t tier, int placed_day) {
    return {.item = 0,
            .ordered = ordered,
            .filled = filled,
            .tier = tier,
            .velocity = 0,
            .placed_day = static_cast<std::uint16_t>(placed_day),
            .order_ends = 0,
            .order_filled = 0};
}

OrderClosed order(std::uint8_t tier, int promised, int delivered, bool in_full = true) {
    return {.order = 1,
            .tier = tier,
            .in_full = in_full,
            .cancelled = 0,
            .censored = 0,
            .placed_day = 1,
            .promised_day = static_cast<std::uint16_t>(promised),
            .delivered_day = static_cast<std::uint16_t>(delivered)};
}

// Service.

TEST(FillRates, CountFirstAttempts) {
    Told told;
    LineFirstPass last_of_filled = first_pass(4, 4, 0, 3), last_of_short = first_pass(10, 6, 1, 7);
    last_of_filled.order_ends = last_of_filled.order_filled = 1;
    last_of_short.order_ends = 1;
    last_of_short.velocity = 1;
    told.tell(at_noon(3), kEast, first_pass(6, 6, 0, 3)).tell(at_noon(3), kEast, last_of_filled);
    told.tell(at_noon(7), kWest, first_pass(5, 0, 1, 7)).tell(at_noon(7), kWest, last_of_short);
    EXPECT_EQ(told.cell("line_fill"), (Cell{2, 4}));
    EXPECT_EQ(told.cell("unit_fill"), (Cell{16, 25}));
    EXPECT_EQ(told.cell("order_fill"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("unit_fill", "site=West"), (Cell{6, 15}));
    EXPECT_EQ(told.cell("unit_fill", "tier=T1"), (Cell{10, 10}));
    EXPECT_EQ(told.cell("line_fill", "class=slow"), (Cell{0, 1}));
    EXPECT_EQ(told.cell("line_fill", "phase=calm"), (Cell{2, 2}));
    EXPECT_EQ(told.cell("unit_fill", "site=West,phase=spike"), (Cell{6, 15}));
    EXPECT_EQ(told.cell("unit_fill", "site=East,phase=spike"), (Cell{0, 0}));
}

TEST(FillRates, BelongToTheDayOnWhichTheOrderWasPlaced) {
    Told told;
    told.tell(at_noon(2), kEast, first_pass(1, 1, 0, 1));   // placed in the warm-up, picked in the window
    told.tell(at_noon(10), kEast, first_pass(1, 0, 0, 9));  // placed in the window, picked in the cool-down
    told.tell(at_noon(10), kEast, first_pass(1, 1, 0, 10));
    EXPECT_EQ(told.cell("line_fill"), (Cell{0, 1}));
}

TEST(Otif, IsOfTheOrdersPromisedForTheWindow) {
    Told told;
    told.tell(at_noon(3), kEast, order(0, 4, 3));         // a day early
    told.tell(at_noon(4), kEast, order(0, 4, 4));         // on the day
    told.tell(at_noon(5), kEast, order(0, 4, 5));         // late
    told.tell(at_noon(4), kEast, order(1, 4, 4, false));  // short
    told.tell(at_noon(2), kWest, order(1, 6, 2));         // four days early
    told.tell(at_noon(2), kEast, order(0, 1, 2));         // promised for the warm-up
    told.tell(at_noon(10), kEast, order(0, 10, 10));      // promised for the cool-down
    told.tell(at_noon(11), kEast, order(0, 9, 11));       // promised for the last day, delivered after it
    EXPECT_EQ(told.cell("otif"), (Cell{3, 6}));
    EXPECT_EQ(told.cell("otif", "tier=T1"), (Cell{2, 4}));
    EXPECT_EQ(told.cell("otif", "tier=T2"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("otif", "site=West,phase=spike"), (Cell{1, 1}));
    // Short but on its day is a kept promise; four days early is not.
    EXPECT_EQ(told.cell("promise_accuracy"), (Cell{3, 6}));
    EXPECT_EQ(told.cell("promise_accuracy", "tier=T2"), (Cell{1, 2}));
}

/// T1 asks for the day, to T2 it doesn't matter how early goods come. To the day, it is the same for both.
TEST(Promises, AreKeptByTheWindowOfTheTier) {
    results::Dimensions dimensions = small_dimensions();
    dimensions.early_days = {0, std::numeric_limits<int>::max()};
    Told told(dimensions);
    told.tell(at_noon(4), kEast, order(0, 4, 4)).tell(at_noon(3), kEast, order(0, 4, 3));
    told.tell(at_noon(2), kEast, order(1, 7, 2)).tell(at_noon(8), kEast, order(1, 7, 8));
    EXPECT_EQ(told.cell("promise_accuracy", "tier=T1"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("promise_accuracy", "tier=T2"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("promise_accuracy_strict", "tier=T1"), (Cell{2, 2}));
    EXPECT_EQ(told.cell("promise_accuracy_strict", "tier=T2"), (Cell{0, 2}));
}

/// T1's contract wants 90 %, T2 has none.
TEST(Otif, IsHeldAgainstTheTargetOfTheContract) {
    results::Dimensions dimensions = small_dimensions();
    dimensions.otif_targets = {0.9, 0};
    Told told(dimensions);
    told.tell(at_noon(3), kEast, order(0, 4, 3)).tell(at_noon(4), kEast, order(0, 4, 4));
    told.tell(at_noon(5), kWest, order(0, 4, 5)).tell(at_noon(4), kEast, order(1, 4, 4, false));
    EXPECT_NEAR(told.value("otif_over_target"), 2.0 / 3 - 0.9, 1e-12);
    EXPECT_NEAR(told.value("otif_over_target", "site=East"), 1 - 0.9, 1e-12);
    EXPECT_NEAR(told.value("otif_over_target", "tier=T1"), 2.0 / 3 - 0.9, 1e-12);
    EXPECT_EQ(told.cell("otif_over_target", "tier=T2"), (Cell{0, 0}));
    const auto rows = results::kpi_rows(small_dimensions());
    EXPECT_TRUE(std::ranges::none_of(rows, [](const results::Row& r) { return r.kpi == "otif_over_target"; }));
}

TEST(Otif, OpenAndCancelledOrdersFail) {
    Told told;
    OrderClosed open = order(0, 9, 0), cancelled = order(1, 5, 0), much_later = order(0, 400, 0);
    open.censored = much_later.censored = 1;
    open.in_full = cancelled.in_full = 0;
    cancelled.cancelled = 1;
    told.tell(close_of(11), kEast, open).tell(at_noon(5), kEast, cancelled).tell(close_of(11), kEast, much_later);
    EXPECT_EQ(told.cell("otif"), (Cell{0, 2}));
    EXPECT_EQ(told.cell("promise_accuracy"), (Cell{0, 2}));
    EXPECT_EQ(told.cell("censored_orders"), (Cell{1, 1}));
    EXPECT_EQ(told.cell("censored_orders", "tier=T1"), (Cell{1, 1}));
}

TEST(LostSales, AreUnitsAndMarginOfTheDayTheyWereOrdered) {
    Told told;
    told.tell(at_noon(4), kWest, first_pass(5, 2, 1, 4)).tell(at_noon(6), kEast, first_pass(4, 2, 0, 6));
    told.tell(
        at_noon(4), kWest,
        LineCancelled{.item = 0, .units = 3, .tier = 1, .velocity = 0, .placed_day = 4, .margin_micros = 12 * kDollar});
    told.tell(
        at_noon(10), kEast,
        LineCancelled{.item = 1, .units = 2, .tier = 0, .velocity = 0, .placed_day = 6, .margin_micros = kDollar / 2});
    told.tell(at_noon(5), kEast, LineCancelled{.item = 1, .units = 9, .placed_day = 1, .margin_micros = kDollar});
    EXPECT_EQ(told.cell("lost_units"), (Cell{5, 1}));
    EXPECT_EQ(told.cell("lost_margin"), (Cell{12.5, 1}));
    EXPECT_EQ(told.cell("lost_margin", "phase=spike"), (Cell{0.5, 1}));
    EXPECT_EQ(told.cell("lost_units", "site=West"), (Cell{3, 1}));
}

TEST(LostSales, IncludeTheMarginOfWhatWasNeverDelivered) {
    Told told;
    told.tell(close_of(11), kEast, UnitsUndelivered{.margin_micros = 5 * kDollar, .placed_day = 9, .tier = 1})
        .tell(close_of(11), kEast, UnitsUndelivered{.margin_micros = 7 * kDollar, .placed_day = 10});
    EXPECT_EQ(told.cell("lost_margin"), (Cell{5, 1}));
    EXPECT_EQ(told.cell("lost_margin", "tier=T2"), (Cell{5, 1}));
    EXPECT_EQ(told.cell("lost_units"), (Cell{0, 1}));
}

TEST(Penalties, BelongToThePromisedDay) {
    Told told;
    told.tell(at_noon(10), kEast, PenaltyCharged{.micros = 7 * kDollar, .tier = 0, .due_day = 9});
    told.tell(at_noon(9), kEast, PenaltyCharged{.micros = 5 * kDollar, .tier = 0, .due_day = 10});
    told.tell(at_noon(2), kEast, PenaltyCharged{.micros = 3 * kDollar, .tier = 0, .due_day = 1});
    EXPECT_EQ(told.cell("penalties"), (Cell{7, 1}));
    EXPECT_EQ(told.cell("penalties", "phase=spike"), (Cell{7, 1}));
}

// Warehouse and transport.

TEST(Labour, HoursAndCostByTheDayThatTheMidnightCloses) {
    Told told;
    const LabourDay day{
        .straight_available = 80, .straight_busy = 60, .overtime = 10, .overtime_cost_micros = 405 * kDollar};
    for (const int d : {1, 2, 9, 10}) told.tell(close_of(d), kEast, day);
    EXPECT_EQ(told.cell("overtime_hours"), (Cell{20, 1}));
    EXPECT_EQ(told.cell("overtime_cost"), (Cell{810, 1}));
    EXPECT_EQ(told.cell("overtime_cost", "site=East,phase=spike"), (Cell{405, 1}));
    EXPECT_EQ(told.cell("labour_utilisation"), (Cell{120, 160}));
    EXPECT_EQ(told.series("overtime_hours", kEast, 10), 10);
}

TEST(Crew, IsCountedByItsDay) {
    Told told;
    const CrewDay day{.temp_hours = 24,
                      .learning_loss = 7,
                      .lent = 5,
                      .borrowed = 4,
                      .temp_cost_micros = 600 * kDollar,
                      .lending_cost_micros = 30 * kDollar};
    for (const int d : {1, 2, 9, 10}) told.tell(close_of(d), kEast, day);
    EXPECT_EQ(told.cell("temp_hours"), (Cell{48, 1}));
    EXPECT_EQ(told.cell("temp_cost", "site=East,phase=spike"), (Cell{600, 1}));
    EXPECT_EQ(told.cell("learning_loss"), (Cell{14, 1}));
    EXPECT_EQ(told.cell("hours_lent"), (Cell{10, 1}));
    EXPECT_EQ(told.cell("lending_cost"), (Cell{60, 1}));
    EXPECT_EQ(told.cell("operating_cost").numerator, 1260);
}

TEST(Backlog, MeanAndVolatility) {
    Told told;  // East 10, 20, 10, 20, ... and West 5 in the measured days; anything outside them
    for (int day = 0; day < 12; ++day) {
        const bool measured = day >= 2 && day < 10;
        told.tell(close_of(day), kEast,
                  BacklogAtClose{.open_lines = measured ? (day % 2 ? 20 : 10) : 999, .past_due_lines = 3});
        told.tell(close_of(day), kWest, BacklogAtClose{.open_lines = 5, .past_due_lines = 0});
    }
    EXPECT_EQ(told.cell("backlog"), (Cell{20 * 8, 8}));
    EXPECT_EQ(told.cell("past_due", "site=East"), (Cell{24, 8}));
    EXPECT_EQ(told.cell("backlog_volatility"), (Cell{5, 20}));
    EXPECT_EQ(told.cell("backlog_volatility", "site=East"), (Cell{5, 15}));
    EXPECT_EQ(told.cell("backlog_volatility", "site=West,phase=spike"), (Cell{0, 5}));
    EXPECT_EQ(told.series("open_lines", kEast, 0), 999);
}

TEST(Freight, ExpediteCostIsWhatItCostsAboveTheOrdinaryWay) {
    Told told;
    told.tell(at_noon(4), kEast, FreightPaid{.micros = 30 * kDollar, .tier = 0});
    told.tell(at_noon(4), kEast,
              FreightPaid{.micros = 70 * kDollar, .expedite_extra_micros = 45 * kDollar, .tier = 1, .expedited = 1});
    told.tell(at_noon(6), kHeadquarters, ExpeditePaid{5 * kDollar, static_cast<std::uint8_t>(ExpediteKind::purchase)});
    told.tell(at_noon(6), kHeadquarters, ExpeditePaid{8 * kDollar, static_cast<std::uint8_t>(ExpediteKind::transfer)});
    told.tell(at_noon(6), kEast, shipped(0, 1, 400));
    EXPECT_EQ(told.cell("freight_cost"), (Cell{100, 1}));
    EXPECT_EQ(told.cell("expedite_cost"), (Cell{58, 1}));
    EXPECT_EQ(told.cell("expedite_cost", "phase=spike"), (Cell{13, 1}));
    EXPECT_EQ(told.cell("purchase_premiums"), (Cell{5, 1}));
    EXPECT_EQ(told.cell("expedite_share"), (Cell{70, 100}));
    EXPECT_EQ(told.cell("freight_share"), (Cell{100, 400}));
}

// Decisions.

TEST(Touchless, IsOfExecutedPurchasesAndTransfers) {
    Told told;
    told.tell(at_noon(3), kHeadquarters, PurchaseLineOrdered{.touches = 0});
    told.tell(at_noon(3), kHeadquarters, PurchaseLineOrdered{.touches = 2});
    told.tell(at_noon(3), kHeadquarters, PurchaseLineOrdered{.touches = 1});
    told.tell(at_noon(7), kHeadquarters, TransferOrdered{.urgent = 1, .touches = 0, .cost_micros = 300 * kDollar});
    told.tell(at_noon(7), kHeadquarters, TransferOrdered{.urgent = 0, .touches = 1, .cost_micros = 100 * kDollar});
    told.tell(at_noon(1), kHeadquarters, PurchaseLineOrdered{.touches = 0});
    EXPECT_EQ(told.cell("touchless"), (Cell{2, 5}));
    EXPECT_EQ(told.cell("touchless", "phase=calm"), (Cell{1, 3}));
    EXPECT_EQ(told.cell("purchase_lines"), (Cell{3, 8}));
    EXPECT_EQ(told.cell("transfers"), (Cell{2, 1}));
    EXPECT_EQ(told.cell("urgent_transfers"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("transfer_cost"), (Cell{400, 1}));
    EXPECT_EQ(told.cell("expedite_share"), (Cell{300, 400}));
}

CaseClosed settled(DecisionKind kind, int hours, sim::Time now) {
    return {.raised_micros = (now - sim::hours{hours}).time_since_epoch().count(),
            .number = 1,
            .kind = static_cast<std::uint8_t>(kind),
            .touches = 1,
            .executed = 1};
}

TEST(Exceptions, CycleTimeIsFromRaisingToSettling) {
    Told told;
    for (int i = 1; i <= 10; ++i) {
        told.tell(at_noon(7), kHeadquarters, settled(DecisionKind::escalation, i, at_noon(7)));
    }
    told.tell(at_noon(8), kHeadquarters, settled(DecisionKind::supplier_exception, 65, at_noon(8)));
    told.tell(at_noon(8), kHeadquarters, settled(DecisionKind::purchase, 500, at_noon(8)));
    told.tell(at_noon(10), kHeadquarters, settled(DecisionKind::escalation, 500, at_noon(10)));
    EXPECT_EQ(told.cell("exceptions"), (Cell{11, 1}));
    EXPECT_EQ(told.cell("exception_hours"), (Cell{120, 11}));
    EXPECT_NEAR(told.value("exception_p90"), 10, 0.5);  // the tenth of eleven
    EXPECT_EQ(told.cell("exception_p90", "phase=calm"), (Cell{0, 0}));
}

/// Told and late, told for nothing, late and untold, in time, cancelled before anybody could tell.
TEST(Kpis, SayWhoWasToldOfLateness) {
    Told told;
    const auto ends = [&](NoticeKept notice, int delivered, bool cancelled = false) {
        OrderClosed one = order(0, 8, delivered);
        one.notice = notice;
        one.cancelled = cancelled;
        told.tell(at_noon(9), kEast, one);
    };
    ends(NoticeKept::told, 9);
    ends(NoticeKept::told, 9);
    ends(NoticeKept::told, 8);
    ends(NoticeKept::untold, 9);
    ends(NoticeKept::untold, 8);
    ends(NoticeKept::untold, 0, true);
    told.tell(at_noon(7), kEast, NoticeGiven{0, 5, 8, 9});
    EXPECT_EQ(told.cell("notices"), (Cell{1, 1}));
    EXPECT_EQ(told.cell("late_told"), (Cell{2, 3}));
    EXPECT_EQ(told.cell("notice_precision"), (Cell{2, 3}));
}

/// Of a strategy that sends none, there is nothing to say.
TEST(Kpis, SayNothingOfNoticesThatNobodySends) {
    Told told;
    told.tell(at_noon(9), kEast, order(0, 8, 9));
    EXPECT_EQ(told.cell("late_told"), (Cell{0, 0}));
    EXPECT_EQ(told.cell("notice_precision"), (Cell{0, 0}));
}

TEST(LogHistogram, QuantilesWithinFivePerCent) {
    results::LogHistogram histogram;
    EXPECT_EQ(histogram.quantile(0.9), 0);
    for (int i = 1; i <= 1000; ++i) histogram.add(0.1 * i);
    for (const double p : {0.01, 0.1, 0.5, 0.9, 0.99, 1.0})
        EXPECT_NEAR(histogram.quantile(p) / (100 * p), 1, 0.05) << p;
    results::LogHistogram extremes;
    extremes.add(0);
    extremes.add(1e12);
    EXPECT_LT(extremes.quantile(0.5), 0.02);
    EXPECT_GT(extremes.quantile(1), 9000);
}

constexpr auto kPlanner = static_cast<std::uint8_t>(models::Role::planner),
               kAgent = static_cast<std::uint8_t>(models::Role::service_agent);

TEST(OfficePeople, HoursUtilisationAndQueue) {
    Told told;
    told.tell(at_noon(3), kHeadquarters, OfficeDay{12, 9, 8.5f, 0, 0, 30, kPlanner})
        .tell(at_noon(3), kHeadquarters, OfficeDay{8, 4, 4, 0, 0, 2, kAgent})
        .tell(at_noon(6), kHeadquarters, OfficeDay{12, 12, 12, 0, 0, 50, kPlanner})
        .tell(at_noon(6), kHeadquarters, OfficeDay{8, 8, 8, 0, 0, 2, kAgent});
    EXPECT_EQ(told.cell("planner_utilisation"), (Cell{20.5, 24}));  // half an hour after the office closed
    EXPECT_EQ(told.cell("planner_hours"), (Cell{21, 1}));
    EXPECT_EQ(told.cell("agent_hours", "phase=spike"), (Cell{8, 1}));
    EXPECT_EQ(told.cell("planner_queue"), (Cell{80, 8}));
    EXPECT_EQ(told.series("planner_queue", kHeadquarters, 6), 50);
}

TEST(Demand, OrderLinesAndDailySeries) {
    Told told;
    told.tell(at_noon(4), kEast, OrderPlaced{.lines = 3}).tell(at_noon(11), kEast, OrderPlaced{.lines = 8});
    told.tell(close_of(4), kEast, DayClosed{.lines_ordered = 3, .units_ordered = 12, .lines_picked = 2});
    told.tell(at_noon(4), kEast, first_pass(5, 4, 0, 4))
        .tell(at_noon(9), kEast, first_pass(7, 7, 0, 4));  // picked days later
    EXPECT_EQ(told.cell("order_lines"), (Cell{3, 1}));
    EXPECT_EQ(told.series("lines_ordered", kEast, 4), 3);
    EXPECT_EQ(told.series("units_ordered", kEast, 4), 12);
    EXPECT_EQ(told.series("units_filled_first", kEast, 4), 11);
    EXPECT_EQ(told.series("units_filled_first", kEast, 9), 0);
    EXPECT_EQ(told.series("lines_picked", kEast, 4), 2);
}

TEST(KpiTable, OfNothingHasNoNans) {
    Told told;
    for (std::size_t r = 0; r < told.result().numerator.size(); ++r) {
        EXPECT_TRUE(std::isfinite(told.result().numerator[r]) && std::isfinite(told.result().denominator[r]));
    }
}

TEST(KpiTable, IsTheSameHoweverTheFactsAreBatched) {
    std::vector<Fact> facts;
    FactLog log([&](std::span<const Fact> batch) { facts.insert(facts.end(), batch.begin(), batch.end()); });
    for (int i = 0; i < 6000; ++i)
        log.tell(at_noon(2 + i % 8), kEast, shipped(static_cast<std::uint32_t>(i % 2), i % 7, i));
    log.flush();
    results::KpiAccumulator whole(small_dimensions()), single(small_dimensions());
    whole.read(facts);
    for (const Fact& fact : facts) single.read(std::span(&fact, 1));
    EXPECT_EQ(whole.finish().numerator, single.finish().numerator);
}

TEST(KpiTable, SlicesAddUpToTheirTotal) {
    Told told;
    for (int day = 0; day < 12; ++day) {
        told.tell(at_noon(day), static_cast<std::uint16_t>(day % 2),
                  first_pass(day + 1, day, static_cast<std::uint8_t>(day % 2), day));
    }
    const double total = told.cell("unit_fill").denominator;
    EXPECT_EQ(total, 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10);
    for (const auto& parts : {std::pair{"site=East", "site=West"},
                              {"tier=T1", "tier=T2"},
                              {"phase=calm", "phase=spike"},
                              {"class=fast", "class=slow"}}) {
        EXPECT_EQ(told.cell("unit_fill", parts.first).denominator + told.cell("unit_fill", parts.second).denominator,
                  total);
    }
}

}  // namespace
}  // namespace entrepot::tests

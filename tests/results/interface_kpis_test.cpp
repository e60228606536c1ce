#include <gtest/gtest.h>

#include "results/replication.hpp"

/// KPIs of links between systems, reckoned by hand.
namespace entrepot::tests {
namespace {

using namespace models;
using Cell = Told::Cell;

constexpr auto kPosting = static_cast<std::uint8_t>(InterfaceName::posting),
               kForecast = static_cast<std::uint8_t>(InterfaceName::forecast);

/// 100 calls for 80 messages, of which 60 came through at once, 16 by a retry, and 4 were given up, 3 of them lost; an
/// hour and a half without the link in one outage.
LinkDay bad_day(std::uint8_t interface) {
    return {.calls = 100,
            .at_once = 60,
            .by_retry = 16,
            .given_up = 4,
            .lost = 3,
            .twice = 2,
            .outages = 1,
            .hours_down = 1.5F,
            .hours_late = 8,
            .interface = interface};
}

TEST(InterfaceKpis, AreSharesOfTheMessages) {
    Told told;
    told.tell(at_noon(5), kEast, bad_day(kPosting));
    EXPECT_EQ(told.cell("call_success"), (Cell{60, 80}));
    EXPECT_EQ(told.cell("message_success"), (Cell{76, 80}));
    EXPECT_EQ(told.cell("dead_letters"), (Cell{40'000, 80}));
    EXPECT_EQ(told.cell("lost_messages"), (Cell{30'000, 80}));
    EXPECT_EQ(told.cell("duplicate_effects"), (Cell{20'000, 80}));
    EXPECT_EQ(told.cell("late_minutes"), (Cell{480, 80}));
}

/// 90 messages in the bin of an hour and 10 in that of four hours, told in two facts; and as many of forecasts at once.
TEST(InterfaceKpis, KnowHowLongMessagesTook) {
    const auto hour = static_cast<std::uint16_t>(delay_bin(3'600'000'000)),
               four_hours = static_cast<std::uint16_t>(delay_bin(14'400'000'000));
    Told told;
    told.tell(close_of(5), kEast, LinkDelays{{60, 10}, {hour, four_hours}, kPosting, 2})
        .tell(close_of(5), kWest, LinkDelays{{30}, {hour}, kPosting, 1})
        .tell(close_of(7), kHeadquarters, LinkDelays{{100}, {0}, kForecast, 1})
        .tell(close_of(1), kEast, LinkDelays{{1000}, {four_hours}, kPosting, 1});  // in the warm-up
    const auto minutes = [&](const char* kpi, const char* slice) { return told.cell(kpi, slice).numerator; };
    EXPECT_NEAR(minutes("message_delay_p50", "interface=posting"), 60, 60 / 8.0);
    EXPECT_NEAR(minutes("message_delay_p95", "interface=posting"), 240, 240 / 8.0);
    EXPECT_NEAR(minutes("message_delay_p99", "interface=posting"), 240, 240 / 8.0);
    EXPECT_EQ(told.cell("message_delay_p99", "interface=forecast"), (Cell{0, 1}));
    EXPECT_EQ(told.cell("message_delay_p50", "interface=asn"), (Cell{0, 0}));
    EXPECT_EQ(told.cell("message_delay_p50"), (Cell{0, 1}));  // a hundred of two hundred came at once
    EXPECT_NEAR(minutes("message_delay_p99", "all"), 240, 240 / 8.0);
    EXPECT_EQ(told.cell("message_delay_p95", "phase=spike"), (Cell{0, 1}));
}

/// Of 80 messages four were given up on day 5, one of them for good: 30 hours until the end. Another one is yet to be
/// repeated, and no message of any day's count.
TEST(InterfaceKpis, CountWhatNeverCameUpToTheEnd) {
    const auto stuck = [](std::uint8_t given_up, std::uint16_t day) {
        return MessageNeverCame{.hours = 40,
                                .hours_late = 30,
                                .messages = 1,
                                .since_day = day,
                                .interface = kPosting,
                                .given_up = given_up};
    };
    Told one, two;
    one.tell(at_noon(5), kEast, bad_day(kPosting)).tell(close_of(9), kEast, stuck(1, 5));
    EXPECT_EQ(one.cell("late_minutes"), (Cell{480 + 1800, 80}));
    two.tell(at_noon(5), kEast, bad_day(kPosting)).tell(close_of(9), kEast, stuck(1, 5));
    two.tell(close_of(9), kEast, stuck(0, 5)).tell(close_of(9), kEast, stuck(1, 1));  // that one in the warm-up
    EXPECT_EQ(two.cell("late_minutes"), (Cell{480 + 3600, 81}));
    EXPECT_NEAR(two.cell("message_delay_p50", "interface=posting").numerator, 2400, 2400 / 8.0);
}

TEST(InterfaceKpis, CountWhatWasOvertaken) {
    Told told;
    told.tell(at_noon(5), kEast, MessageOvertaken{kPosting, 1}).tell(at_noon(5), kEast, MessageOvertaken{kPosting, 0});
    EXPECT_EQ(told.cell("overtaken_messages", "interface=posting"), (Cell{2, 1}));
    EXPECT_EQ(told.cell("stale_overwrites"), (Cell{1, 1}));
}

TEST(InterfaceKpis, KnowHowOldTheRecordWasOnWhichPeopleDecided) {
    const auto raised = [](float hours) {
        return CaseRaised{1, 0, 0, hours, static_cast<std::uint8_t>(DecisionKind::purchase)};
    };
    Told told;
    told.tell(at_noon(5), kHeadquarters, raised(8))
        .tell(at_noon(5), kHeadquarters, raised(2))
        .tell(at_noon(5), kHeadquarters, raised(-1));
    EXPECT_EQ(told.cell("record_age"), (Cell{10, 2}));
    EXPECT_EQ(told.cell("record_age", "decision=transfer"), (Cell{0, 0}));
}

TEST(InterfaceKpis, KnowHowLongLinksWereDown) {
    Told told;
    told.tell(at_noon(5), kEast, bad_day(kPosting)).tell(at_noon(5), kHeadquarters, bad_day(kForecast));
    EXPECT_EQ(told.cell("availability"), (Cell{45, 48}));
    EXPECT_EQ(told.cell("availability", "interface=forecast"), (Cell{22.5, 24}));
    EXPECT_EQ(told.cell("hours_to_repair"), (Cell{3, 2}));
    EXPECT_EQ(told.cell("hours_between_outages", "interface=posting"), (Cell{22.5, 1}));
    EXPECT_EQ(told.cell("hours_between_outages", "interface=release"), (Cell{0, 0}));
}

TEST(InterfaceKpis, OfASiteAreOfTheDayBeforeItsMidnight) {
    const LinkDay day = bad_day(kPosting);
    const auto told_at_midnight_of = [&](int midnight) {
        Told told;
        return told.tell(sim::kStart + sim::days{midnight}, kEast, day).cell("call_success");
    };
    EXPECT_EQ(told_at_midnight_of(2), (Cell{0, 0}));  // day 1 is in the warm-up
    EXPECT_EQ(told_at_midnight_of(3), (Cell{60, 80}));
}

/// 200 lines of consumers, of which 3 were oversold and 5 turned away; shop and record were 40 of 800 units apart.
TEST(InterfaceKpis, SayWhatTheShopSoldTwice) {
    Told told;
    const ShopDay day{.units_apart = 40, .units_on_record = 800, .lines = 200, .oversold = 3, .turned_away = 5};
    told.tell(sim::kStart + sim::days{6}, kEast, day);
    EXPECT_EQ(told.cell("oversold_lines"), (Cell{30'000, 200}));
    EXPECT_EQ(told.cell("turned_away_lines"), (Cell{50'000, 200}));
    EXPECT_EQ(told.cell("shop_error"), (Cell{40, 800}));
}

TEST(InterfaceKpis, SayHowLongOrdersWereHeldAndWhatCameOfThem) {
    Told told;
    told.tell(at_noon(5), kEast, OrderPutOnHold{1, 0, 1}).tell(at_noon(5), kEast, OrderPutOnHold{2, 0, 2});
    told.tell(at_noon(6), kEast, OrderCleared{24, 1, 5, 0});
    OrderClosed closed{.order = 1, .tier = 0, .in_full = 1, .placed_day = 5, .promised_day = 7, .delivered_day = 7};
    told.tell(at_noon(7), kEast, closed);  // of no held order
    closed.held = 1;
    told.tell(at_noon(7), kEast, closed);
    closed.delivered_day = 8;
    told.tell(at_noon(8), kEast, closed);
    EXPECT_EQ(told.cell("held_orders").numerator, 2);
    EXPECT_EQ(told.cell("hold_hours"), (Cell{24, 1}));
    EXPECT_EQ(told.cell("held_otif"), (Cell{1, 2}));
}

TEST(InterfaceKpis, SayWhatCustomersSentBack) {
    Told told;
    told.tell(at_noon(5), kEast, UnitsReturned{30'000'000, 3, 0, 0})
        .tell(at_noon(5), kEast, UnitsReturned{10'000'000, 1, 0, 0});
    told.tell(at_noon(6), kEast, ReturnInspected{24'000'000, 3, 0, 1})
        .tell(at_noon(6), kEast, ReturnInspected{8'000'000, 1, 0, 0});
    EXPECT_EQ(told.cell("returned_units").numerator, 4);
    EXPECT_EQ(told.cell("refunds").numerator, 40);
    EXPECT_EQ(told.cell("restocked_share"), (Cell{3, 4}));
    EXPECT_EQ(told.cell("scrapped_value").numerator, 8);
}

TEST(InterfaceKpis, SayWhatWasDamaged) {
    Told told;
    told.tell(at_noon(5), kEast, StockDamaged{12'000'000, 0, 3, 0, 1, 1})
        .tell(at_noon(5), kEast, StockDamaged{8'000'000, 0, 2, 1, 0, 0});
    EXPECT_EQ(told.cell("damaged_value").numerator, 20);
    EXPECT_EQ(told.cell("damaged_value", "class=fast").numerator, 12);
}

/// Refunds and what handling cost, less what went back to the shelf: of 4 units one was scrapped.
TEST(InterfaceKpis, SayWhatReturnsCost) {
    Told told;
    told.tell(at_noon(5), kEast, UnitsReturned{40'000'000, 4, 0, 0, 5'000'000});
    told.tell(at_noon(6), kEast, ReturnInspected{24'000'000, 3, 0, 1})
        .tell(at_noon(6), kEast, ReturnInspected{8'000'000, 1, 0, 0});
    EXPECT_EQ(told.cell("returns_cost").numerator, 40 + 5 - 24);
}

/// Four lines, of which two were offered a substitute and one customer took it.
TEST(InterfaceKpis, SayWhoTookASubstitute) {
    Told told;
    for (int i = 0; i < 4; ++i) told.tell(at_noon(5), kEast, LineFirstPass{0, 2, 2, 0, 0, 5, 1, 1});
    told.tell(at_noon(5), kEast, SubstituteOffered{1, 1, 0, 2, 5, 0, 0, 1})
        .tell(at_noon(5), kEast, SubstituteOffered{2, 1, 0, 2, 5, 0, 0, 0});
    EXPECT_EQ(told.cell("substitutes_taken"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("substituted_share"), (Cell{1, 4}));
}

/// The largest tenth of the accounts; what goes to nobody's account counts nowhere here.
TEST(InterfaceKpis, SayWhosePenaltiesTheyAre) {
    Told told;
    told.tell(at_noon(5), kEast, PenaltyCharged{30'000'000, 0, 5, 1, 1})
        .tell(at_noon(5), kEast, PenaltyCharged{10'000'000, 0, 5, 7, 0})
        .tell(at_noon(5), kEast, PenaltyCharged{5'000'000, 0, 5});
    EXPECT_EQ(told.cell("large_account_penalties"), (Cell{30, 40}));
    EXPECT_EQ(told.cell("penalties").numerator, 45);
}

TEST(InterfaceKpis, CountRecoveriesAndOrdersCarriedOutTwice) {
    Told told;
    told.tell(at_noon(4), kEast, BacklogDrained{.hours = 3, .since_day = 4, .interface = kPosting})
        .tell(at_noon(4), kEast, BacklogDrained{.hours = 5, .since_day = 3, .interface = kPosting})
        .tell(at_noon(4), kHeadquarters, OrderedTwice{.item = 0, .units = 7, .site = 1, .transfer = 0})
        .tell(at_noon(4), kHeadquarters, OrderedTwice{.item = 0, .units = 7, .site = 1, .transfer = 1});
    told.tell(at_noon(4), kEast, BacklogDrained{.hours = 90, .since_day = 1, .interface = kPosting});  // in the warm-up
    EXPECT_EQ(told.cell("recovery_hours"), (Cell{8, 2}));
    EXPECT_EQ(told.cell("recovery_hours", "interface=posting"), (Cell{8, 2}));
    EXPECT_EQ(told.cell("duplicate_orders").numerator, 2);
    EXPECT_EQ(told.cell("duplicate_orders", "decision=transfer").numerator, 1);
}

TEST(InterfaceKpis, KnowWhoseForecastLinesGoBy) {
    Told told;
    PurchaseLineOrdered line{0, 0, 1, 0, 1, 9'000'000};
    told.tell(at_noon(4), kHeadquarters, line);  // no service is asked
    line.levels_by = ForecastBy::service;
    told.tell(at_noon(4), kHeadquarters, line).tell(at_noon(4), kHeadquarters, line);
    line.levels_by = ForecastBy::fallback;
    told.tell(at_noon(4), kHeadquarters, line);
    EXPECT_EQ(told.cell("fallback_share"), (Cell{1, 3}));
}

}  // namespace
}  // namespace entrepot::tests

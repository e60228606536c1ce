#include "models/records/supplier_news.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/disturbances/outages.hpp"
#include "models/goods/suppliers.hpp"
#include "models/small_world.hpp"

/// What suppliers tell of purchase lines, what the record makes of it, and how they work in bad spells.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Told =
    SmallWorld<SupplierTold, PurchaseLineReceived, CaseClosed, CaseStepped, OrderReachedSupplier, ExpeditePaid>;

/// Suppliers that bring everything after ten days, and that the record has at ten days.
Network telling() {
    Network network = quiet_network(1);
    hear_at_once(network);
    network.office.handling_cv = 0;
    for (Site& site : network.sites) site.dock_hours = 24;
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time = ConstantTime{240h};
        supplier.lead_time_on_record = 240h;
        supplier.on_time = supplier.in_full = supplier.yield = 1;
        supplier.capacity_factor = 0;
        supplier.order_lag = 2h;
        supplier.confirms = 1;
    }
    finish(network);
    return network;
}

constexpr std::size_t kBought = 1;

struct Ordered {
    Told world;
    std::uint32_t line = 0;

    explicit Ordered(const Network& network, Units units = 24) : world(network) {
        world.run_until(0, 10);
        Context context = world.at_headquarters();
        line = world.purchase(kBought, units);
        place_purchase(world.hq(), line, context);
        world.record.log.flush();
    }
    PurchaseLine& purchase() { return world.hq().purchases[line]; }
    Units on_order() { return world.hq().view[world.location(0, kBought)].on_order; }
    int expected() { return world.site().record[ItemId{kBought}].expected_day; }
    int raised(DecisionKind kind) {
        int count = 0;
        for (const auto& one : world.all<CaseStepped>()) {
            const bool detected = one.fact.step == static_cast<std::uint8_t>(CaseStep::detected);
            count += detected && one.fact.kind == static_cast<std::uint8_t>(kind);
        }
        return count;
    }
};

TEST(SupplierNews, AnAnswerComesWithItsLag) {
    Ordered order(telling());
    order.world.run_until(0, 11.9);
    EXPECT_EQ(order.purchase().record.heard, Heard::nothing);
    order.world.run_until(0, 12.5);
    EXPECT_EQ(order.purchase().record.heard, Heard::confirmation);
    ASSERT_EQ(order.world.all<SupplierTold>().size(), 1u);
    EXPECT_EQ(order.world.all<SupplierTold>()[0].fact.later, 0);
}

/// Who answers tells that it will take fifteen days, not ten: record and order desk go by it, and nobody chases the
/// line on the eleventh day.
TEST(SupplierNews, AnotherDayTakesThePlaceOfTheOneByTheMaster) {
    Network network = telling();
    for (Supplier& supplier : network.suppliers) supplier.lead_time = ConstantTime{360h};
    Ordered order(network);
    const int by_master = day_of(order.purchase().due);
    order.world.run_until(0, 12.5);
    EXPECT_EQ(day_of(order.purchase().due), by_master + 5);
    EXPECT_EQ(order.expected(), by_master + 5);
    order.world.hq().view[order.world.location(0, kBought)].net = -1;
    order.world.run_until(by_master + 4, 0);
    EXPECT_FALSE(order.purchase().late);
    EXPECT_EQ(order.raised(DecisionKind::supplier_exception), 0);
}

TEST(SupplierNews, WithoutAnAnswerTheLineIsOverdueByTheMaster) {
    Network network = telling();
    for (Supplier& supplier : network.suppliers) supplier.lead_time = ConstantTime{360h}, supplier.confirms = 0;
    Ordered order(network);
    order.world.run_until(5, 0);
    order.world.hq().view[order.world.location(0, kBought)].net = -1;
    order.world.run_until(14, 20);
    EXPECT_EQ(order.raised(DecisionKind::supplier_exception), 1);
}

/// Whoever asks for a late line hears when it comes, eight days from now. Haste is paid for where the stock doesn't
/// last until then, or hardly any days at all.
TEST(SupplierNews, HasteIsPaidForWhereTheStockEndsBefore) {
    struct Asked {
        Units net;
        double alarm_days;
        bool hastens;
    };
    for (const Asked& one : {Asked{-1, 3, true}, Asked{79, 3, true}, Asked{81, 3, false}, Asked{81, 9, true}}) {
        Network network = telling();
        network.office.haste_alarm_days = one.alarm_days;
        for (Supplier& supplier : network.suppliers) supplier.expedite_lead_factor = 0.5;
        Ordered order(network);
        order.world.run_until(8, 12);
        PurchaseLine& line = order.purchase();
        line.late = true;
        line.arrives = start_of(16) + 12h;
        order.world.hq().levels[order.world.location(0, kBought)].daily_rate = 10;
        order.world.hq().view[order.world.location(0, kBought)].net = one.net;
        Context context = order.world.at_headquarters();
        EXPECT_TRUE(pursue_purchase(order.world.hq(), order.line, context));
        order.world.record.log.flush();
        EXPECT_EQ(day_of(line.due), one.hastens ? 14 : 16) << one.net;  // half of eight days, and a weekend
        EXPECT_EQ(order.world.all<ExpeditePaid>().size(), one.hastens ? 1u : 0u) << one.net;
    }
}

/// Four of ten units won't come. Who is told orders anew; who isn't counts on them until the truck is there.
TEST(SupplierNews, WhatWillNotComeIsNoLongerOnOrder) {
    for (const double confirms : {0.0, 1.0}) {
        Network network = telling();
        for (Supplier& supplier : network.suppliers) {
            supplier.confirms = confirms;
            supplier.in_full = 0;
            supplier.short_least = supplier.short_most = 0.6;
        }
        Ordered order(network, 10);
        order.world.run_until(1, 0);
        EXPECT_EQ(order.on_order(), confirms > 0 ? 6 : 10);
        order.world.run_until(13, 0);
        EXPECT_EQ(order.on_order(), 0);
        EXPECT_EQ(order.world.site().truth[ItemId{kBought}].moved.received, 6);
    }
}

/// A line whose day moves is an exception where the stock runs out before, with all else that is on order.
TEST(SupplierNews, ALaterDayIsAnExceptionWhereTheStockRunsOutBefore) {
    const auto raised = [](double rate, bool watches) {
        Network network = telling();
        network.strategy.workflow.watches_answers = watches;
        for (Supplier& supplier : network.suppliers) supplier.lead_time = ConstantTime{360h};
        Ordered order(network);
        const LocationId location = order.world.location(0, kBought);
        order.world.hq().view[location].net = 100;
        order.world.hq().levels[location].daily_rate = static_cast<float>(rate);
        order.world.run_until(1, 0);
        return order.raised(DecisionKind::supplier_exception);
    };
    EXPECT_EQ(raised(100.0 / 15 + 0.1, true), 1);
    EXPECT_EQ(raised(100.0 / 15 - 0.1, true), 0);
    EXPECT_EQ(raised(100.0, false), 0);
}

/// Nobody answers: after three days somebody asks, and learns what an answer would have told.
TEST(SupplierNews, WhoDoesNotAnswerIsAsked) {
    Network network = telling();
    network.strategy.workflow.answer_within = sim::days{3};
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time = ConstantTime{432h};
        supplier.confirms = 1e-12;
    }
    Ordered order(network);
    order.world.run_until(3, 9);
    EXPECT_EQ(order.raised(DecisionKind::supplier_exception), 0);
    order.world.run_until(4, 20);
    EXPECT_EQ(order.raised(DecisionKind::supplier_exception), 1);
    ASSERT_EQ(order.world.all<SupplierTold>().size(), 1u);
    EXPECT_EQ(order.world.all<SupplierTold>()[0].fact.asked, 1);
    EXPECT_EQ(order.world.all<SupplierTold>()[0].fact.later, 8);
}

/// The order's own link is down for weeks: silence brings it to procurement, which places it on the telephone, long
/// before the line would be overdue.
TEST(SupplierNews, SilenceFindsAnOrderThatNeverCameThrough) {
    Network network = telling();
    network.strategy.workflow.answer_within = sim::days{1};
    network.strategy.integration.of(InterfaceName::purchase_order) = {.uptime = ConstantTime{1h},
                                                                      .downtime = ConstantTime{2000h}};
    network.office.it_support = 0;
    finish(network);
    Ordered order(network);
    order.world.run_until(1, 9);
    EXPECT_EQ(order.world.all<OrderReachedSupplier>().size(), 0u);
    order.world.run_until(2, 20);
    EXPECT_EQ(order.world.all<OrderReachedSupplier>().size(), 1u);
    order.world.run_until(16, 0);
    EXPECT_EQ(order.world.site().truth[ItemId{kBought}].moved.received, 24);
}

/// Answers and notices go over links: where these are down, nothing is heard.
TEST(SupplierNews, GoesOverALink) {
    Network network = telling();
    const Interface down{.uptime = ConstantTime{1h}, .downtime = ConstantTime{2000h}};
    network.strategy.integration.of(InterfaceName::confirmation) = down;
    network.strategy.integration.of(InterfaceName::asn) = down;
    for (Supplier& supplier : network.suppliers) supplier.announces = 1;
    network.office.it_support = 0;
    finish(network);
    Ordered order(network);
    order.world.run_until(12, 0);
    EXPECT_EQ(order.world.all<SupplierTold>().size(), 0u);
}

/// A notice comes as the truck leaves, and names the day on which it comes, delays included.
TEST(SupplierNews, ATruckIsAnnouncedAsItLeaves) {
    Network network = telling();
    for (Supplier& supplier : network.suppliers) {
        supplier.announces = 1;
        supplier.under_way = 48h;
        supplier.on_time = 0;
        supplier.delay_mean = 120h;
    }
    Ordered order(network);
    order.world.run_until(0, 13);
    const int arrives = day_of(order.purchase().arrives);
    EXPECT_EQ(day_of(order.purchase().due), 10) << "the supplier doesn't know of its delay yet";
    ASSERT_GT(arrives, 12);
    order.world.run_until(arrives - 3, 0);
    EXPECT_EQ(order.purchase().record.heard, Heard::confirmation);
    order.world.run_until(arrives, 0.5);
    EXPECT_EQ(order.purchase().record.heard, Heard::asn);
    EXPECT_EQ(day_of(order.purchase().due), arrives);
}

/// A share of the notices is wrong, by one to three days either way. 2,000 lines: four standard deviations.
TEST(SupplierNews, AShareOfTheNoticesIsWrong) {
    Network network = telling();
    for (Supplier& supplier : network.suppliers) {
        supplier.announces = 0.8;
        supplier.announces_right = 0.7;
        supplier.announced_off = 3;
        supplier.under_way = 96h;
    }
    Told world(network);
    world.run_until(0, 10);
    Context context = world.at_headquarters();
    constexpr int kLines = 2000;
    for (int i = 0; i < kLines; ++i) place_purchase(world.hq(), world.purchase(kBought, 1), context);
    world.run_until(13, 0);
    int notices = 0, wrong = 0, sum = 0;
    for (const auto& one : world.all<SupplierTold>()) {
        if (static_cast<Heard>(one.fact.heard) != Heard::asn) continue;
        ++notices;
        wrong += one.fact.later != 0;
        sum += one.fact.later;
        EXPECT_LE(std::abs(one.fact.later), 3);
    }
    EXPECT_NEAR(notices, 0.8 * kLines, 4 * std::sqrt(0.16 * kLines));
    EXPECT_NEAR(wrong, 0.3 * notices, 4 * std::sqrt(0.21 * notices));
    EXPECT_NEAR(sum, 0, 4 * std::sqrt(14.0 / 3 * wrong));
    world.run_until(40, 0);
    int announced = 0, off = 0;
    for (const auto& one : world.all<PurchaseLineReceived>()) {
        announced += static_cast<Heard>(one.fact.heard) == Heard::asn;
        off += one.fact.days_off != 0;
    }
    EXPECT_EQ(announced, notices);
    EXPECT_EQ(off, wrong);
}

/// An older message that comes later changes nothing.
TEST(SupplierNews, AnOldAnswerDoesNotUndoANotice) {
    Ordered order(telling());
    Context context = order.world.at_headquarters();
    const LineName name{order.line, order.purchase().serial};
    hear_of_purchase(order.world.hq(), name, {12, Heard::asn}, context);
    hear_of_purchase(order.world.hq(), name, {10, Heard::confirmation}, context);
    EXPECT_EQ(day_of(order.purchase().due), 12);
}

/// An order that came through twice is answered twice: the ERP sees an answer to what it doesn't know of.
TEST(SupplierNews, AnAnswerBetraysASecondOrder) {
    Network network = telling();
    network.strategy.integration.reconciled_after = sim::days{100};  // long after it has come
    Ordered order(network);
    Context context = order.world.at_headquarters();
    order_twice(order.world.hq(), order.line, order.purchase().serial, context);
    EXPECT_EQ(order.on_order(), 24);
    order.world.run_until(0, 13);
    EXPECT_EQ(order.on_order(), 48);
    order.world.run_until(13, 0);
    EXPECT_EQ(order.on_order(), 0);
}

TEST(SupplierNews, AStopBeginsNothing) {
    Network network = telling();
    network.disturbances.push_back({.kind = Disturbance::Kind::supplier_stop,
                                    .first_day = 0,
                                    .days = 7,
                                    .supplier = network.items[ItemId{kBought}].supplier});
    finish(network);
    Ordered order(network);
    order.world.run_until(0, 13);
    EXPECT_EQ(day_of(order.purchase().due), 17) << "of which it tells";
    EXPECT_EQ(day_of(order.purchase().arrives), 17);
}

/// Half the capacity makes what was a week's work take two.
TEST(SupplierNews, LessCapacityMakesWorkWait) {
    const auto arrives = [](double factor) {
        Network network = telling();
        const SupplierId supplier = network.items[ItemId{kBought}].supplier;
        for (auto& units : network.usual_daily_units) units[ItemId{kBought}] = 10;
        network.suppliers[supplier].capacity_factor = 1;
        network.suppliers[supplier].capacity_slack = {};
        if (factor < 1) {
            network.disturbances.push_back({.kind = Disturbance::Kind::supplier_capacity,
                                            .first_day = 0,
                                            .days = 30,
                                            .supplier = supplier,
                                            .factor = factor});
        }
        finish(network);
        Ordered order(network, 70);
        order.world.run_until(0, 13);
        return order.purchase().arrives - start_of(0);
    };
    EXPECT_NEAR(sim::in<sim::days>(arrives(0.5) - arrives(1)), 7, 1.5);  // the dock keeps its hours
    EXPECT_GT(arrives(1e-15), sim::days{365'000});                       // almost none is not without limit
    EXPECT_LT(arrives(1e-15), sim::days{1'200'000});
}

/// Good for sixty days on average and bad for twenty: a quarter of the time. Lines that begin then take twice as long.
TEST(SupplierNews, BadSpellsTakeTheirShareOfTime) {
    Network network = telling();
    network.calendar.measure_days = 20'000;
    for (Supplier& supplier : network.suppliers) {
        supplier.good_spell = ExponentialTime{sim::days{60}};
        supplier.bad_spell = ExponentialTime{sim::days{20}};
        supplier.bad_lead_time = 2;
        supplier.confirms = 0;
    }
    finish(network);
    Told world(network);
    Context context = world.at_headquarters();
    int lines = 0, slow = 0;
    for (int day = 0; day < 12'000; day += 10, ++lines) {
        world.run_until(day, 10);
        place_purchase(world.hq(), world.purchase(kBought, 1), context);
    }
    world.run_until(12'100, 0);
    for (const auto& one : world.all<PurchaseLineReceived>()) slow += one.fact.lead_days > 15;
    // 150 cycles: the share of bad time has a standard deviation of p (1 - p) sqrt(2 / cycles).
    EXPECT_NEAR(slow, 0.25 * lines, 4 * 0.25 * 0.75 * std::sqrt(2 / 150.0) * lines);
}

/// What a disturbance makes a bad spell is one for all three terms.
TEST(SupplierNews, ABadSpellCanBeSaid) {
    Network network = telling();
    const SupplierId supplier = network.items[ItemId{kBought}].supplier;
    network.suppliers[supplier].bad_in_full = 0;
    network.suppliers[supplier].bad_lead_time = 1.5;
    network.suppliers[supplier].short_least = network.suppliers[supplier].short_most = 0.5;
    network.disturbances.push_back(
        {.kind = Disturbance::Kind::supplier_spell, .first_day = 0, .days = 7, .supplier = supplier});
    finish(network);
    Ordered order(network, 10);
    order.world.run_until(1, 0);
    EXPECT_EQ(order.on_order(), 5);
    EXPECT_EQ(day_of(order.purchase().due), 15);
}

}  // namespace
}  // namespace entrepot::tests

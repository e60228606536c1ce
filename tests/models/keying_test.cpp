#include <cmath>

#include <gtest/gtest.h>

#include "models/conservation.hpp"
#include "models/delays.hpp"
#include "models/goods/suppliers.hpp"
#include "models/network/calendar.hpp"
#include "models/records/interfaces.hpp"
#include "models/small_world.hpp"

/// Suppliers who write e-mails, which somebody enters by hand.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Mailbox = SmallWorld<SupplierTold, CaseClosed, LinkDelays, OfficeDay>;

/// One planner, who needs a quarter of an hour for each e-mail; suppliers answer two hours after an order.
Network by_mail(double errors = 0) {
    Network network = quiet_network(1);
    hear_at_once(network);
    network.office.handling_cv = 0;
    network.office.planners = 1;
    network.office.minutes_per_keying = 15;
    network.office.judgement.keying_errors = errors;
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time = ConstantTime{240h};
        supplier.lead_time_on_record = 192h;
        supplier.on_time = supplier.in_full = supplier.yield = 1;
        supplier.capacity_factor = 0;
        supplier.order_lag = 2h;
        supplier.confirms = 1;
    }
    network.strategy.integration.of(InterfaceName::confirmation) = {.latency_median = 1h, .keyed = true};
    finish(network);
    return network;
}

void place_lines(Mailbox& world, int lines) {
    for (int i = 0; i < lines; ++i) {
        Context context = world.at_headquarters();
        place_purchase(world.hq(), world.purchase(static_cast<std::size_t>(1 + i % 4), 24), context);
    }
}

/// Ordered at ten, answered at noon, an hour on its way, and entered a quarter of an hour later.
TEST(Keying, TakesAPersonsMinutes) {
    Mailbox world(by_mail());
    world.run_until(0, 10);
    place_lines(world, 1);
    world.run_until(0, 13.24);
    EXPECT_EQ(world.all<SupplierTold>().size(), 0u);
    world.run_until(0, 13.26);
    EXPECT_EQ(world.all<SupplierTold>().size(), 1u);
    EXPECT_GT(world.all<SupplierTold>()[0].fact.later, 0);
    world.run_until(1, 12);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(static_cast<DecisionKind>(world.all<CaseClosed>()[0].fact.kind), DecisionKind::keying);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.mistaken, 0);
    EXPECT_NEAR(world.all<CaseClosed>()[0].fact.worked_hours, 0.25, 1e-5);
    ASSERT_EQ(world.all<LinkDelays>().size(), 1u);  // from noon to a quarter past one
    EXPECT_EQ(world.all<LinkDelays>()[0].fact.bins[0], delay_bin(sim::Duration(75min).count()));
}

/// What comes in the evening waits for the morning.
TEST(Keying, WaitsForTheOffice) {
    Mailbox world(by_mail());
    world.run_until(0, 20);
    place_lines(world, 1);
    world.run_until(1, 7.9);
    EXPECT_EQ(world.all<SupplierTold>().size(), 0u);
    world.run_until(1, 10);
    EXPECT_EQ(world.all<SupplierTold>().size(), 1u);
}

/// A factor of exp(N) on 10 days comes to another day in nearly all of the cases: 0.95 of the 400 that are mistaken,
/// of a thousand; four standard deviations.
TEST(Keying, GoesWrongInAShareOfTheCases) {
    Network network = by_mail(0.4);
    network.office.planners = 100;
    network.office.judgement.keying_sigma = 1;
    finish(network);
    Mailbox world(network);
    world.run_until(0, 9);
    place_lines(world, 1000);
    world.run_until(1, 1);
    int mistaken = 0, off = 0;
    for (const auto& one : world.all<CaseClosed>()) mistaken += one.fact.mistaken;
    for (const auto& one : world.all<SupplierTold>()) off += one.fact.later != 2;
    EXPECT_EQ(world.all<SupplierTold>().size(), 1000u);
    EXPECT_NEAR(mistaken, 0.4 * 0.96 * 1000, 4 * std::sqrt(0.24 * 1000));
    EXPECT_EQ(off, mistaken);
}

// Transfer orders that the site which is to send gets as an e-mail.

using Sender = SmallWorld<CaseClosed, CaseRaised, TransferOrdered, LinkDelays>;

Network transfers_by_mail(double errors) {
    Network network = quiet_network(2);
    hear_at_once(network);
    network.office.handling_cv = 0;
    network.office.planners = 1;
    network.office.minutes_per_keying = 15;
    network.office.judgement.keying_errors = errors;
    network.strategy.integration.of(InterfaceName::transfer_order).keyed = true;
    finish(network);
    return network;
}

TEST(Keying, OfATransferOrderTakesAPersonsMinutes) {
    Sender world(transfers_by_mail(0));
    world.run_until(0, 10);
    world.transfer(1, 24, TransferMode::scheduled);
    const auto allocated = [&] { return world.site().record[ItemId{1}].allocated; };
    world.run_until(0, 10.24);
    EXPECT_EQ(allocated(), 0);
    world.run_until(0, 10.3);
    EXPECT_EQ(allocated(), 24);
    world.run_until(1, 12);
    ASSERT_EQ(world.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(static_cast<DecisionKind>(world.all<CaseClosed>()[0].fact.kind), DecisionKind::keying);
    EXPECT_EQ(world.all<CaseRaised>()[0].fact.of_transfer, 1);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.mistaken, 0);
}

/// Other units than were decided are sent, and what headquarters has on order is what comes.
TEST(Keying, OfATransferOrderSendsOtherUnits) {
    Network network = transfers_by_mail(1);
    network.office.judgement.keying_sigma = 2;
    finish(network);
    Sender world(std::move(network));
    world.run_until(0, 10);
    world.transfer(1, 24, TransferMode::urgent);
    world.run_until(0, 10.4);
    const Units sent = world.site().record[ItemId{1}].allocated;
    EXPECT_NE(sent, 24);
    EXPECT_GT(sent, 0);
    world.run_until(0, 18);  // picked, and on its way
    EXPECT_EQ(world.hq().view[world.location(1, 1)].on_order, sent);
    world.run_until(10);
    EXPECT_EQ(world.site(1).truth[ItemId{1}].moved.got, sent);
    EXPECT_EQ(world.hq().view[world.location(1, 1)].on_order, 0);
    EXPECT_EQ(world.all<CaseClosed>()[0].fact.mistaken, 1);
    check_conservation(world.world);
}

}  // namespace
}  // namespace entrepot::tests

#include <gtest/gtest.h>

#include "models/decisions/approvals.hpp"
#include "models/decisions/cases.hpp"
#include "models/small_world.hpp"

/// How long decisions wait, on the clock and in office hours.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Timed = SmallWorld<ApprovalGiven, CaseClosed>;

/// From 8 to 16 on business days; day 0 is a Monday.
TEST(OfficeTime, PassesWhileTheOfficeIsOpen) {
    const Network network = quiet_network();
    const auto between = [&](Time from, Time to) {
        return sim::in<sim::hours>(office_time_between(network.calendar, network.office, from, to));
    };
    EXPECT_DOUBLE_EQ(between(at_hour(0, 9), at_hour(0, 9)), 0);
    EXPECT_DOUBLE_EQ(between(at_hour(0, 9), at_hour(0, 11)), 2);
    EXPECT_DOUBLE_EQ(between(at_hour(0, 6), at_hour(0, 20)), 8);
    EXPECT_DOUBLE_EQ(between(at_hour(4, 15), at_hour(7, 9)), 2);  // over the weekend
    EXPECT_DOUBLE_EQ(between(at_hour(0, 18), at_hour(1, 7)), 0);
    EXPECT_DOUBLE_EQ(between(at_hour(0, 8), at_hour(14, 8)), 80);
}

TEST(OfficeTime, IsWhatIsAdded) {
    const Network network = quiet_network();
    for (int hours = 1; hours < 40; ++hours) {
        const Time from = at_hour(3, 13), to = add_office_time(network.calendar, network.office, from, hours * 1h);
        EXPECT_EQ(office_time_between(network.calendar, network.office, from, to), Duration{hours * 1h});
    }
}

Network approved_within(std::optional<Duration> service_level) {
    Network network = quiet_network();
    network.strategy.governance.approvals = {
        {.name = "level", .role = Role::finance, .median = 6h, .service_level = service_level}};
    finish(network);
    return network;
}

/// Asked at three in the afternoon, six office hours later it is one o'clock of the next day.
ApprovalGiven given(std::optional<Duration> service_level) {
    Timed world(approved_within(service_level));
    world.run_until(0, 15);
    Context context = world.at_headquarters();
    const std::uint32_t line = world.purchase(1, 60);
    seek_approval(
        world.hq(),
        raise_case(world.hq(), case_of_purchase(world.hq(), DecisionKind::purchase, line, context.now()), context),
        context);
    world.run_until(3);
    return world.all<ApprovalGiven>().at(0).fact;
}

TEST(Approvals, AreTimedOnTheClockAndInOfficeHours) {
    EXPECT_NEAR(given({}).hours, 22, 1e-4);
    EXPECT_NEAR(given({}).office_hours, 6, 1e-4);
    EXPECT_EQ(static_cast<Role>(given({}).role), Role::finance);
}

TEST(Approvals, KeepTheirServiceLevelInOfficeHours) {
    EXPECT_EQ(given({}).service, Service::none);
    EXPECT_EQ(given(7h).service, Service::kept);
    EXPECT_EQ(given(5h).service, Service::missed);
}

/// Six hours on the clock, of which the office is open for three.
TEST(Exceptions, KeepTheirServiceLevelInOfficeHours) {
    const auto service = [](std::optional<Duration> limit, DecisionKind kind) {
        Network network = quiet_network();
        network.office.exception_service_level = limit;
        Timed world(std::move(network));
        world.run_until(0, 13);
        Context context = world.at_headquarters();
        const std::uint32_t place = raise_case(
            world.hq(), {.raised = context.now(), .about = key_of(SiteId{0}, ItemId{1}), .kind = kind}, context);
        world.run_until(0, 19);
        Context later = world.at_headquarters();
        close_case(world.hq(), place, true, later);
        return world.all<CaseClosed>().at(0).fact.service;
    };
    EXPECT_EQ(service({}, DecisionKind::escalation), Service::none);
    EXPECT_EQ(service(4h, DecisionKind::escalation), Service::kept);
    EXPECT_EQ(service(2h, DecisionKind::supplier_exception), Service::missed);
    EXPECT_EQ(service(4h, DecisionKind::purchase), Service::none);
}

}  // namespace
}  // namespace entrepot::tests

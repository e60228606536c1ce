#include "models/decisions/office.hpp"

#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/small_world.hpp"

/// Planners' desks: who is taken first, when work is done, what goes on to an approval.
namespace entrepot::tests {
namespace {

using namespace models;

struct Office : SmallWorld<PurchaseLineOrdered, CaseClosed, OfficeDay> {
    using SmallWorld::SmallWorld;

    void receive(std::uint32_t line, Units units) {
        Context context = at_headquarters();
        receive_purchase(hq(), line, units, context);
    }

    void ask(DecisionKind kind, std::uint32_t subject) {
        Context context = at_headquarters();
        ask_people(hq(), raise_case(hq(), case_of_purchase(hq(), kind, subject, context.now()), context), context);
    }
    void ask_purchases(int lines, Units units, bool prepared = false) {
        for (int i = 0; i < lines; ++i) {
            const std::uint32_t line = purchase(static_cast<std::size_t>(i % 5), units);
            hq().purchases[line].prepared = prepared;
            ask(DecisionKind::purchase, line);
        }
    }
};

constexpr double kJustOpen = 8 + 1.0 / 3600;

TEST(Office, UrgentCasesTakeHalfOfThePeopleAtMost) {
    Office office(quiet_network());
    office.run_until(0, 7);
    for (int i = 0; i < 10; ++i) office.ask(DecisionKind::supplier_exception, office.purchase(1, 6));
    office.ask_purchases(10, 6);
    office.run_until(0, kJustOpen);
    EXPECT_EQ(office.hq().desk(Role::planner).busy(), 2);
    EXPECT_EQ(office.hq().desk(Role::planner).busy_on_urgent(), 1);
}

TEST(Office, EachPersonHasOneCaseAtATime) {
    Office office(quiet_network());
    office.run_until(0, 7);
    office.ask_purchases(10, 6);
    office.run_until(0, kJustOpen);
    EXPECT_EQ(office.hq().desk(Role::planner).busy(), 2);
    EXPECT_EQ(office.hq().desk(Role::planner).waiting(), 8u);
}

TEST(Office, NothingIsBegunAtNight) {
    Office office(quiet_network());
    office.run_until(0, 20);
    office.ask_purchases(10, 6);
    office.run_until(1, 7.9);
    EXPECT_EQ(office.hq().desk(Role::planner).busy(), 0);
    EXPECT_EQ(office.hq().desk(Role::planner).waiting(), 10u);
    office.run_until(1, 12);
    EXPECT_EQ(office.hq().desk(Role::planner).waiting(), 0u);
}

TEST(Office, ACaseThatTimeHasSettledIsDropped) {
    Office office(quiet_network());
    office.run_until(0, 7);
    const std::uint32_t line = office.purchase(1, 6);
    office.ask(DecisionKind::supplier_exception, line);
    office.receive(line, 6);
    office.run_until(1);
    ASSERT_EQ(office.all<CaseClosed>().size(), 1u);
    EXPECT_EQ(office.all<CaseClosed>()[0].fact.executed, 0);
    EXPECT_EQ(office.all<CaseClosed>()[0].fact.touches, 0);
    EXPECT_EQ(office.all<OfficeDay>()[0].fact.busy, 0);
}

/// The draws are those of the items and the day: both take the same shares of their means.
TEST(Office, ARecommendedLineTakesAReviewsMinutes) {
    const auto hours = [](bool recommended) {
        Network network = quiet_network();
        network.office.planners = 6;
        Office office(std::move(network));
        office.run_until(0, 7);
        office.ask_purchases(100, 6, recommended);
        office.run_until(1);
        return office.all<OfficeDay>()[0].fact.busy;
    };
    EXPECT_GT(hours(false), 1);
    EXPECT_NEAR(hours(true) / hours(false), 2.0 / 5, 1e-4);
}

/// Whoever begins a day's work has it after the office has closed, too: that is no hour of the day.
TEST(Office, PeopleAreAtWorkWhileItIsOpen) {
    Network network = quiet_network();
    network.office.handling_cv = 0;
    network.office.minutes_per_line = 600;
    Office office(std::move(network));
    office.run_until(0, 7);
    office.ask_purchases(1, 6);
    office.run_until(2);
    ASSERT_EQ(office.all<OfficeDay>().size(), 4u);  // the planners' and the agents' of each day
    EXPECT_NEAR(office.all<OfficeDay>()[0].fact.busy, 10, 1e-4);
    EXPECT_NEAR(office.all<OfficeDay>()[0].fact.at_work, 6.8, 1e-4);
    EXPECT_EQ(office.all<OfficeDay>()[2].fact.at_work, 0);
}

/// An approval is a touch more, and is given in office hours some time later.
TEST(Office, APurchaseAboveTheLimitWaitsForItsApproval) {
    Network network = quiet_network();
    network.strategy.governance.approvals[0].above = Money::of(100);
    Office office(std::move(network));
    office.run_until(0, 7);
    office.ask_purchases(20, 6);   // 96 each
    office.ask_purchases(20, 12);  // 192
    office.run_until(20);
    ASSERT_EQ(office.all<PurchaseLineOrdered>().size(), 40u);
    double small_hours = 0, large_hours = 0;
    for (const auto& [at, where, ordered] : office.all<PurchaseLineOrdered>()) {
        const bool large = ordered.units == 12;
        EXPECT_EQ(ordered.touches, large ? 2 : 1);
        const double hours = sim::in<sim::hours>(at.time_since_epoch());
        (large ? large_hours : small_hours) += hours / 20;
        EXPECT_GE(std::fmod(hours, 24), 8);
        EXPECT_LE(std::fmod(hours, 24), 16);
    }
    EXPECT_GT(large_hours, small_hours + 4);  // six hours at the median, within the office's
}

}  // namespace
}  // namespace entrepot::tests

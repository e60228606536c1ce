#include <gtest/gtest.h>

#include "results/replication.hpp"

/// KPIs of decisions and of the people who take them, by kind and by role.
namespace entrepot::tests {
namespace {

using namespace models;
using Cell = Told::Cell;

constexpr auto kind(DecisionKind of) { return static_cast<std::uint8_t>(of); }
constexpr auto role(Role of) { return static_cast<std::uint8_t>(of); }

/// Raised a day before noon of day 4.
CaseClosed closed(DecisionKind of, std::uint8_t touches, bool executed, Recommended recommended, float waited = 0,
                  float worked = 0) {
    const std::int64_t raised = (at_noon(3) - sim::kStart).count();
    return {raised, 7, kind(of), touches, executed, static_cast<std::uint8_t>(recommended), waited, worked, 2};
}

TEST(Decisions, AreCountedByTheirKind) {
    Told told;
    told.tell(at_noon(4), kHeadquarters, closed(DecisionKind::purchase, 0, true, Recommended::released))
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::purchase, 1, true, Recommended::accepted, 3, 0.5F))
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::purchase, 2, true, Recommended::changed, 5, 1.5F))
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::transfer, 0, false, Recommended::no));
    EXPECT_EQ(told.cell("decisions"), (Cell{3, 1}));
    EXPECT_EQ(told.cell("decisions", "decision=transfer"), (Cell{0, 1}));
    EXPECT_EQ(told.cell("needless_cases"), (Cell{1, 4}));
    EXPECT_EQ(told.cell("needless_cases", "decision=transfer"), (Cell{1, 1}));
    EXPECT_EQ(told.cell("decision_hours", "decision=purchase"), (Cell{78, 3}));
    EXPECT_EQ(told.cell("waiting_hours", "decision=purchase"), (Cell{8, 2}));
    EXPECT_EQ(told.cell("handling_hours", "decision=purchase"), (Cell{2, 2}));
    EXPECT_EQ(told.cell("auto_released"), (Cell{1, 3}));
    EXPECT_EQ(told.cell("acceptance", "decision=purchase"), (Cell{1, 2}));
}

TEST(Decisions, AreTouchedForSoManyOrders) {
    Told told;
    for (int i = 0; i < 8; ++i) told.tell(at_noon(4), kEast, OrderPlaced{.lines = 1});
    told.tell(at_noon(4), kHeadquarters, closed(DecisionKind::escalation, 2, true, Recommended::no));
    EXPECT_EQ(told.cell("manual_interventions"), (Cell{200, 8}));
}

TEST(Decisions, AreHeldAgainstGuardrails) {
    Told told;
    told.tell(at_noon(4), kHeadquarters, GuardrailMet{1000, 1, 0, kind(DecisionKind::purchase), 1})
        .tell(at_noon(4), kHeadquarters, GuardrailMet{1000, 1, 1, kind(DecisionKind::purchase), 0})
        .tell(at_noon(4), kHeadquarters, GuardrailMet{1000, 2, 2, kind(DecisionKind::transfer), 0});
    EXPECT_EQ(told.cell("guardrail_strikes"), (Cell{1, 3}));
    EXPECT_EQ(told.cell("guardrail_strikes", "decision=purchase"), (Cell{1, 2}));
}

TEST(Decisions, AreTouchlessByValue) {
    Told told;
    told.tell(at_noon(4), kHeadquarters, PurchaseLineOrdered{0, 0, 1, 0, 1, 9'000'000})
        .tell(at_noon(4), kHeadquarters, PurchaseLineOrdered{0, 0, 1, 1, 0, 1'000'000});
    EXPECT_EQ(told.cell("touchless_value"), (Cell{9, 10}));
    EXPECT_EQ(told.cell("touchless", "decision=purchase"), (Cell{1, 2}));
}

TEST(Roles, HaveTheirHoursAndTheirQueue) {
    Told told;
    told.tell(at_noon(3), kHeadquarters, OfficeDay{12, 9, 8.5F, 2, 60'000'000, 30, role(Role::planner)})
        .tell(at_noon(3), kHeadquarters, OfficeDay{6, 3, 3, 0, 0, 1, role(Role::finance)});
    EXPECT_EQ(told.cell("office_hours"), (Cell{12, 1}));
    EXPECT_EQ(told.cell("office_hours", "role=finance"), (Cell{3, 1}));
    EXPECT_EQ(told.cell("office_utilisation", "role=planner"), (Cell{8.5, 12}));
    EXPECT_EQ(told.cell("office_queue", "role=planner").numerator, 30);
    EXPECT_EQ(told.cell("office_overtime", "role=planner"), (Cell{2, 1}));
    EXPECT_EQ(told.cell("overtime_cost"), (Cell{60, 1}));
    EXPECT_EQ(told.cell("planner_hours"), (Cell{7, 1}));  // overtime is paid for apart
}

}  // namespace
}  // namespace entrepot::tests

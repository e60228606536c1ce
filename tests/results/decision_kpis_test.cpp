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

/// The system checks a case, with this outcome.
CaseStepped checked(DecisionKind of, std::uint32_t number, StepOutcome outcome) {
    return {.inputs = 1,
            .number = number,
            .because_of = 0xFFFFFFFF,
            .item = 0,
            .units = 1,
            .site = 0,
            .policy = 0,
            .kind = kind(of),
            .step = static_cast<std::uint8_t>(CaseStep::checked),
            .role = role(Role::system),
            .outcome = static_cast<std::uint8_t>(outcome)};
}

/// Whatever was struck how often, it is one recommendation: the rate hangs on no count of guardrails.
TEST(Decisions, AreHeldAgainstGuardrails) {
    Told told;
    const auto tell = [&](DecisionKind of, std::uint32_t number, StepOutcome outcome) {
        told.tell(at_noon(4), kHeadquarters, checked(of, number, outcome));
    };
    tell(DecisionKind::purchase, 1, StepOutcome::capped);
    tell(DecisionKind::purchase, 1, StepOutcome::stopped);  // cut, and routed all the same
    tell(DecisionKind::purchase, 2, StepOutcome::within);
    tell(DecisionKind::purchase, 3, StepOutcome::capped);
    tell(DecisionKind::transfer, 4, StepOutcome::blocked);
    tell(DecisionKind::transfer, 5, StepOutcome::within);
    for (std::uint16_t guardrail = 0; guardrail < 3; ++guardrail) {
        told.tell(at_noon(4), kHeadquarters, GuardrailMet{1000, 1, guardrail, kind(DecisionKind::purchase), 0});
    }
    CaseStepped by_hand = checked(DecisionKind::purchase, 6, StepOutcome::beyond);
    by_hand.role = role(Role::planner);
    told.tell(at_noon(4), kHeadquarters, by_hand);
    EXPECT_EQ(told.cell("guardrail_strikes"), (Cell{3, 5}));
    EXPECT_EQ(told.cell("guardrail_strikes", "decision=purchase"), (Cell{2, 3}));
}

/// Who had no right to another quantity let it go out as it was recommended.
TEST(Decisions, AreAcceptedWhereTheyGoOutAsTheyWere) {
    Told told;
    for (const Recommended how : {Recommended::accepted, Recommended::refused, Recommended::changed}) {
        told.tell(at_noon(4), kHeadquarters, closed(DecisionKind::purchase, 1, true, how));
    }
    EXPECT_EQ(told.cell("acceptance"), (Cell{2, 3}));
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

// In hindsight.

/// Decided on day 3, judged on day 7: regrets of what was recommended, offered and decided.
DecisionJudged judged(float recommended, float offered, float decided, Recommended who, bool struck = false,
                      bool bad = false, bool went_bad = false) {
    return {recommended, offered, decided, 7, 3, kind(DecisionKind::purchase), who, struck, 0, bad, went_bad};
}

TEST(Hindsight, ValuesOverridesByWhatTheyChanged) {
    Told told;
    told.tell(at_noon(7), kHeadquarters, judged(90, 50, 20, Recommended::changed))
        .tell(at_noon(7), kHeadquarters, judged(10, 10, 50, Recommended::changed))
        .tell(at_noon(7), kHeadquarters, judged(10, 10, 10, Recommended::changed))
        .tell(at_noon(7), kHeadquarters, judged(4, 4, 4, Recommended::accepted));
    EXPECT_EQ(told.cell("override_value"), (Cell{-10, 3}));
    EXPECT_EQ(told.cell("override_value", "decision=purchase"), (Cell{-10, 3}));
    EXPECT_EQ(told.cell("overrides_improved"), (Cell{1, 3}));
    EXPECT_EQ(told.cell("decision_regret"), (Cell{84, 4}));
    EXPECT_EQ(told.cell("decision_regret", "phase=calm"), (Cell{84, 4}));  // by the day of the decision
    EXPECT_EQ(told.cell("wrong_auto").denominator, 0);
}

/// Two are released, one of them badly; of three that were stopped, two were good.
TEST(Hindsight, ConfusesWhatGuardrailsStoppedAndLetPass) {
    Told told;
    told.tell(at_noon(7), kHeadquarters, judged(0, 0, 0, Recommended::released))
        .tell(at_noon(7), kHeadquarters, judged(9, 9, 9, Recommended::released, false, true, true))
        .tell(at_noon(7), kHeadquarters, judged(9, 0, 0, Recommended::released, true, true))  // cut to the good
        .tell(at_noon(7), kHeadquarters, judged(0, 0, 0, Recommended::accepted, true))
        .tell(at_noon(7), kHeadquarters, judged(0, 5, 5, Recommended::no, true, false, true))
        .tell(at_noon(7), kHeadquarters, judged(5, 5, 5, Recommended::accepted, false, true, true));
    EXPECT_EQ(told.cell("let_pass"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("stopped_in_vain"), (Cell{2, 3}));
    EXPECT_EQ(told.cell("wrong_auto"), (Cell{1, 3}));
}

// Approvals, exceptions, keying, audit.

TEST(Approvals, AreTimedByWhoAgreed) {
    Told told;
    told.tell(at_noon(4), kHeadquarters,
              ApprovalGiven{22, 6, 7, kind(DecisionKind::purchase), role(Role::procurement), Service::missed})
        .tell(at_noon(4), kHeadquarters,
              ApprovalGiven{2, 2, 8, kind(DecisionKind::purchase), role(Role::procurement), Service::kept})
        .tell(at_noon(4), kHeadquarters,
              ApprovalGiven{30, 9, 8, kind(DecisionKind::purchase), role(Role::finance), Service::none});
    EXPECT_EQ(told.cell("approval_hours"), (Cell{54, 3}));
    EXPECT_EQ(told.cell("approval_hours", "role=procurement"), (Cell{24, 2}));
    EXPECT_EQ(told.cell("approval_office_hours", "role=finance"), (Cell{9, 1}));
    EXPECT_EQ(told.cell("approvals_in_time"), (Cell{1, 2}));
    EXPECT_EQ(told.cell("approvals_in_time", "role=finance"), (Cell{0, 0}));
}

TEST(Exceptions, AreSettledInTimeOrNot) {
    const auto settled = [](DecisionKind of, Service service) {
        CaseClosed one = closed(of, 1, true, Recommended::no);
        one.service = service;
        return one;
    };
    Told told;
    told.tell(at_noon(4), kHeadquarters, settled(DecisionKind::escalation, Service::kept))
        .tell(at_noon(4), kHeadquarters, settled(DecisionKind::escalation, Service::missed))
        .tell(at_noon(4), kHeadquarters, settled(DecisionKind::supplier_exception, Service::kept))
        .tell(at_noon(4), kHeadquarters, settled(DecisionKind::supplier_exception, Service::none));
    EXPECT_EQ(told.cell("exceptions_in_time"), (Cell{2, 3}));
    EXPECT_EQ(told.cell("exceptions_in_time", "decision=escalation"), (Cell{1, 2}));
}

/// What is stuck between systems has KPIs of its own.
TEST(Exceptions, AreOfCustomersAndSuppliers) {
    Told told;
    told.tell(at_noon(4), kHeadquarters, closed(DecisionKind::escalation, 1, true, Recommended::no))
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::integration_exception, 1, true, Recommended::no));
    EXPECT_EQ(told.cell("exceptions"), (Cell{1, 1}));
    EXPECT_EQ(told.cell("exception_hours"), (Cell{24, 1}));
    EXPECT_EQ(told.cell("decisions"), (Cell{2, 1}));
}

/// With nobody to settle them they are not quick: those that are open and late count against the service level.
TEST(Exceptions, ThatStayOpenAreNotInTime) {
    Told told;
    told.tell(at_noon(4), kHeadquarters, ExceptionLeftOpen{3, kind(DecisionKind::escalation), Service::missed})
        .tell(at_noon(4), kHeadquarters, ExceptionLeftOpen{4, kind(DecisionKind::supplier_exception), Service::none})
        .tell(at_noon(4), kHeadquarters,
              ExceptionLeftOpen{4, kind(DecisionKind::integration_exception), Service::missed});
    EXPECT_EQ(told.cell("open_exceptions"), (Cell{2, 1}));
    EXPECT_EQ(told.cell("open_exceptions", "decision=escalation"), (Cell{1, 1}));
    EXPECT_EQ(told.cell("exceptions_in_time"), (Cell{0, 1}));
    EXPECT_EQ(told.cell("exceptions"), (Cell{0, 1}));
}

TEST(Lines, AreKeyedInByHandSomeOfThemWrongly) {
    Told told;
    CaseClosed wrong = closed(DecisionKind::purchase, 1, true, Recommended::no);
    wrong.mistaken = 1;
    told.tell(at_noon(4), kHeadquarters, wrong)
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::purchase, 2, true, Recommended::no))
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::purchase, 1, false, Recommended::no))
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::purchase, 1, true, Recommended::accepted))
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::transfer, 1, true, Recommended::no));
    EXPECT_EQ(told.cell("rekeyed_lines"), (Cell{2, 1}));
    EXPECT_EQ(told.cell("mistaken_lines"), (Cell{1, 2}));
}

/// 10 more and 20 less of 200 units; nobody recommended the third line.
TEST(Lines, AreChangedBeforeTheyGoOutAndHurriedAfterwards) {
    Told told;
    told.tell(at_noon(4), kHeadquarters, PurchaseLineOrdered{0, 0, 110, 1, 0, 0, 100})
        .tell(at_noon(4), kHeadquarters, PurchaseLineOrdered{0, 0, 80, 1, 0, 0, 100})
        .tell(at_noon(4), kHeadquarters, PurchaseLineOrdered{0, 0, 50, 1, 0, 0, 0})
        .tell(at_noon(4), kHeadquarters, ExpeditePaid{kDollar, static_cast<std::uint8_t>(ExpediteKind::purchase)})
        .tell(at_noon(4), kHeadquarters, ExpeditePaid{kDollar, static_cast<std::uint8_t>(ExpediteKind::transfer)});
    EXPECT_EQ(told.cell("nervousness"), (Cell{30, 200}));
    EXPECT_EQ(told.cell("expedited_lines"), (Cell{1, 3}));
}

/// A transaction with its case, told as headquarters does.
void tell_transaction(Told& told, const CaseClosed& closed, std::uint64_t inputs) {
    told.tell(at_noon(4), kHeadquarters, PurchaseLineOrdered{})
        .tell(at_noon(4), kHeadquarters,
              CaseStepped{.inputs = inputs,
                          .number = closed.number,
                          .kind = closed.kind,
                          .step = static_cast<std::uint8_t>(CaseStep::executed)})
        .tell(at_noon(4), kHeadquarters, closed);
}

TEST(Audit, WantsInputsActorAndOutcome) {
    Told told;
    tell_transaction(told, closed(DecisionKind::purchase, 0, true, Recommended::released), 5);
    tell_transaction(told, closed(DecisionKind::purchase, 1, true, Recommended::no), 5);
    EXPECT_EQ(told.cell("audit_completeness"), (Cell{2, 2}));
    Told lacking;
    tell_transaction(lacking, closed(DecisionKind::purchase, 1, true, Recommended::accepted), 5);
    tell_transaction(lacking, closed(DecisionKind::purchase, 0, true, Recommended::no), 5);        // nobody decided
    tell_transaction(lacking, closed(DecisionKind::purchase, 0, true, Recommended::released), 0);  // on what?
    lacking
        .tell(at_noon(4), kHeadquarters, PurchaseLineOrdered{})  // by a site
        .tell(at_noon(4), kHeadquarters, TransferOrdered{})      // a loan
        .tell(at_noon(4), kHeadquarters, closed(DecisionKind::escalation, 1, true, Recommended::no));
    EXPECT_EQ(lacking.cell("audit_completeness"), (Cell{1, 5}));
}

}  // namespace
}  // namespace entrepot::tests

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// What is decided, and by whom.
namespace entrepot::models {

enum class DecisionKind : std::uint8_t {
    purchase,
    transfer,
    escalation,             ///< a customer complains
    supplier_exception,     ///< a late line is pursued
    promise_change,         ///< a customer is told of a later day than was promised
    alert,                  ///< somebody is told of a breach at a location
    priority_exception,     ///< an order goes before its turn
    allocation_override,    ///< an order gets stock that others were promised
    integration_exception,  ///< messages between two systems don't come through
    credit_hold,            ///< an order is held for its customer's account
    data_hold,              ///< or as something in it isn't clear
    keying,                 ///< somebody enters by hand what a partner has written
};
constexpr DecisionKind last_of(DecisionKind) { return DecisionKind::keying; }
inline constexpr std::size_t kDecisionKinds = static_cast<std::size_t>(last_of(DecisionKind{})) + 1;
/// The names by which scenarios and KPIs call them.
inline constexpr std::array<const char*, kDecisionKinds> kDecisionNames{"purchase",
                                                                        "transfer",
                                                                        "escalation",
                                                                        "supplier_exception",
                                                                        "promise_change",
                                                                        "alert",
                                                                        "priority_exception",
                                                                        "allocation_override",
                                                                        "integration_exception",
                                                                        "credit_hold",
                                                                        "data_hold",
                                                                        "keying"};
static_assert(kDecisionNames.back() != nullptr, "each kind has a name");
/// Something went wrong, and somebody has to settle it.
constexpr bool is_exception(DecisionKind kind) {
    return kind == DecisionKind::escalation || kind == DecisionKind::supplier_exception ||
           kind == DecisionKind::integration_exception;
}
/// An order waits for it before anything is promised to it.
constexpr bool is_hold(DecisionKind kind) {
    return kind == DecisionKind::credit_hold || kind == DecisionKind::data_hold;
}
/// It overrides what a rule says: whose turn it is, or who was promised stock.
constexpr bool sets_aside(DecisionKind kind) {
    return kind == DecisionKind::priority_exception || kind == DecisionKind::allocation_override;
}
/// Who acts on a case: a system by itself, or people.
enum class Role : std::uint8_t {
    system,
    planner,
    service_agent,
    procurement,
    finance,
    service_lead,
    it_support,
    warehouse_supervisor,
};
constexpr Role last_of(Role) { return Role::warehouse_supervisor; }
inline constexpr std::size_t kRoles = static_cast<std::size_t>(last_of(Role{})) + 1;
inline constexpr std::array<const char*, kRoles> kRoleNames{
    "system",  "planner",      "service_agent", "procurement",
    "finance", "service_lead", "it_support",    "warehouse_supervisor"};
static_assert(kRoleNames.back() != nullptr, "each role has a name");

}  // namespace entrepot::models

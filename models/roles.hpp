#pragma once

#include <cstddef>
#include <cstdint>

/// What is decided, and by whom.
namespace entrepot::models {

enum class DecisionKind : std::uint8_t { purchase, transfer, escalation, supplier_exception, notice };
constexpr DecisionKind last_of(DecisionKind) { return DecisionKind::notice; }
/// Something went wrong, and somebody has to settle it.
constexpr bool is_exception(DecisionKind kind) {
    return kind == DecisionKind::escalation || kind == DecisionKind::supplier_exception;
}
/// Who acts on a case: a system by itself, or people.
enum class Role : std::uint8_t { system, planner, service_agent, procurement, finance, service_lead };
constexpr Role last_of(Role) { return Role::service_lead; }
inline constexpr std::size_t kRoles = static_cast<std::size_t>(last_of(Role{})) + 1;

}  // namespace entrepot::models

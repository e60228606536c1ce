#pragma once

#include <string>
#include <vector>

#include "models/case_facts.hpp"
#include "models/network/network.hpp"

/// How stories speak of spans and amounts.
namespace entrepot::studies::explain {

/// "40 seconds", "42 minutes", "5.2 hours", "3.4 days".
std::string span_text(models::Duration span);

/// "1 unit", "12 units", "1,204 units".
std::string count_text(long count, const std::string& one, const std::string& several = "");
inline std::string units_text(long units) { return count_text(units, "unit"); }

/// "1,204".
std::string amount_text(long count);

/// "first", "2nd", "3rd", "4th".
std::string ordinal_text(int n);

/// A sentence begins with a capital.
std::string sentence(std::string text);

/// "A", "A and B", "A, B and C".
std::string listed(const std::vector<std::string>& parts);

/// "purchase", "transfer", "escalation", "supplier exception".
const char* kind_text(models::DecisionKind kind);

/// "postings", "purchase orders".
const char* interface_text(models::InterfaceName interface);
/// "postings of Midwest", "purchase orders to dom_std#3", by the number of the link among its sender's.
std::string link_text(const models::Network& network, models::SiteId sender, std::uint32_t link);
/// "planner", "service agent"; "a planner", "an agent": one of the people of a role.
const char* role_text(models::Role role);
const char* person_text(models::Role role);

/// As a word of a command that can be pasted into a shell: in quotes where it needs them.
std::string shell_word(const std::string& text);

}  // namespace entrepot::studies::explain

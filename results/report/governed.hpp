#pragma once

#include <array>
#include <string>
#include <vector>

#include "results/study.hpp"

namespace entrepot::results {

/// Who decides under a strategy, within which limits, and who must agree: its scenario's words for the page.
struct Governed {
    struct Decision {
        std::array<bool, kRoleNames.size()> may{};
        std::vector<std::string> guardrails, approvals;  ///< a line each
        bool operator==(const Decision&) const = default;
    };
    std::array<Decision, kDecisionNames.size()> decisions;
    std::array<bool, kRoleNames.size()> may_override{};  ///< what is recommended
    bool operator==(const Governed&) const = default;
};

}  // namespace entrepot::results

#pragma once

#include <string>
#include <vector>

#include "models/decisions/policies/registry.hpp"

/// The policies that a scenario may name, as they describe themselves.
namespace entrepot::scenarios {

struct ListedParameter {
    std::string key, wanted, standard, meaning;  ///< `standard`: "required" where it must be given
};
struct ListedPolicy {
    std::string name, meaning;
    bool software = false;  ///< licensed: part of the programme's cost
    std::vector<ListedParameter> parameters;
};
struct PolicyList {
    std::vector<ListedPolicy> levels, priorities;
};

PolicyList listed_policies(const models::PolicyRegistry& policies = models::built_in_policies());

/// docs/policies.md
std::string policies_markdown();

}  // namespace entrepot::scenarios

#pragma once

#include <string>
#include <vector>

#include "scenarios/kind.hpp"
#include "scenarios/load.hpp"

/// Every key of the scenario language, as its one description (scenarios/describe.hpp) has it.
namespace entrepot::tests {

/// A key where it stands in a scenario, and other values that it may have there.
struct Key {
    /// What it is called whatever the names of its tables: `site.*.pickers`,
    /// `strategy.*.replenishment.class_service.cover`, and for all distributions alike `times.gamma.cv` and
    /// `counts.poisson.mean`.
    std::string name;
    std::string path;                 ///< `site.North.pickers`; nothing in the list of all keys
    std::vector<std::string> values;  ///< TOML, each another than the scenario's
};

/// All keys that there are, in the order of the reference page.
std::vector<Key> described_keys(const models::PolicyRegistry& policies);

/// Those of the tables that a scenario has.
std::vector<Key> keys_in(const scenarios::Scenario& scenario);

/// Other values than this one that the kind allows.
std::vector<double> other_values(double now, const scenarios::Kind& kind);

}  // namespace entrepot::tests

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/live/session.hpp"

/// A fork as the user words it: another strategy, other values of keys, or both.
namespace entrepot::viz {

struct ForkWish {
    std::size_t lane = 0;              ///< whose world goes on
    std::string strategy;              ///< under which
    std::vector<std::string> changes;  ///< "site.SE.pickers=40"
};

/// Asks the engine for the fork. All that is wrong with the wish is returned, and then nothing is asked for; what only
/// the world itself can tell is in Look::refused afterwards. Never throws for what the user wrote.
std::vector<std::string> fork(Session& session, const ForkWish& wish);

/// A key that a running world can take, with its value.
struct ChangeableKey {
    std::string key, value;
};
/// All of them, in the order of the scenario's text.
std::vector<ChangeableKey> changeable_keys(const scenarios::Loaded& loaded);

/// "a=1; b = 2" as single changes, without spaces around them.
std::vector<std::string> split_changes(std::string_view text);

}  // namespace entrepot::viz

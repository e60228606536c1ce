#pragma once

#include <string>
#include <vector>

namespace entrepot::studies {

/// What differs between the canonical texts of two scenarios and can't be changed while a run is under way, each with
/// the reason. The rule: whatever decides or works may change, and how; what the run meets from outside, what it began
/// with and where things are may not, or the two futures would not be futures of one world.
std::vector<std::string> unacceptable_changes(const std::string& from, const std::string& to);

/// The rule for a single key, such as "site.SE.pickers".
bool may_change(const std::string& key);

}  // namespace entrepot::studies

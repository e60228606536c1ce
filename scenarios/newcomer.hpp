#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// For each height at which one of the parts is first named, the names of those that are first named lower.
std::map<int, std::vector<std::string>> names_beneath(const Table& parts);

/// A named part, such as [site.SE], beside those that the texts beneath the one that names it first have (the base's,
/// and for --set the file's). A misspelt name would make a new part in silence. So where there are others,
/// - what --set adds says `new = true`;
/// - so does what a file adds to the entities that its base has (sites, tiers, ...), unless the base is a foundation;
/// - so does whatever has a name that is near one of the base's.
/// docs/decisions/0048 has the reasons.
class Newcomer {
public:
    /// `beneath` are the names that the texts beneath have for parts of its kind. What was first named at `since` or
    /// below is new together with the part that it belongs to.
    Newcomer(const Tree& tree, const Entry& entry, const std::vector<std::string>& beneath, int since);

    /// Why the name isn't accepted, or nothing. `announced`: it is an entity.
    std::string refusal(const std::string& path, bool announced) const;

    /// The user may want to hear of it: he adds it without saying so.
    bool unsaid() const { return unsaid_; }

    /// The refusal of a name that is anything like one of the base's, or nothing.
    std::string likely_slip(const std::string& path) const;

    /// Where a refusal points to.
    const Origin& place() const { return said_ ? said_->origin : entry_.origin; }

private:
    bool near() const;
    std::string wanted(const std::string& path) const;

    const Tree& tree_;
    const Entry& entry_;
    const Node* said_ = nullptr;  ///< `new = true` in the text that stands highest
    const std::vector<std::string>& beneath_;
    bool added_ = false;  ///< beside others
    bool unsaid_ = false;
};

}  // namespace entrepot::scenarios

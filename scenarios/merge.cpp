#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

#include "scenarios/tree.hpp"

/// What a scenario says over what it stands on.
namespace entrepot::scenarios {

namespace {

/// Another policy or distribution has keys of its own: those of the one beneath say nothing about it.
bool chooses_otherwise(const Node& under, const Node& over) {
    for (const std::string_view chooser : {"policy", "distribution"}) {
        const Node* below = under.find(chooser);
        const Node* above = over.find(chooser);
        if (below == nullptr || above == nullptr || below->text() == nullptr || above->text() == nullptr) continue;
        if (*below->text() != *above->text()) return true;
    }
    return false;
}

/// What another policy leaves as it is: what a binding decides, and where it holds.
Node with_scope(const Node& under, Node over) {
    if (under.find("decision") == nullptr) return over;  // not a binding
    for (const Entry& entry : *under.table()) {
        constexpr std::array<std::string_view, 6> kScope{"decision",         "site", "item", "class",
                                                         "supplier_segment", "tier"};
        const bool scope = std::find(kScope.begin(), kScope.end(), entry.key) != kScope.end();
        if (scope && over.find(entry.key) == nullptr) over.table()->push_back(entry);
    }
    return over;
}

/// A strategy names its systems, or says in a table what differs from those that it names.
bool names_a_preset(std::string_view key, const Node& under) { return key == "integration" && under.text() != nullptr; }

Node with_preset(const Node& over, const Node& name) {
    Node result = over;
    if (result.table() != nullptr && result.find("preset") == nullptr) {
        result.table()->push_back({"preset", name.origin, name, name.origin.height});
    }
    return result;
}

}  // namespace

Node merged(const Node& under, const Node& over) {
    if (under.table() == nullptr || over.table() == nullptr) return over;
    if (chooses_otherwise(under, over)) return with_scope(under, over);
    Node result = under;
    result.origin = over.origin;
    Table& table = *result.table();
    std::unordered_map<std::string_view, std::size_t> places;  // both may be long
    for (const Entry& entry : *under.table()) places.emplace(entry.key, places.size());
    for (const Entry& entry : *over.table()) {
        const auto place = places.find(entry.key);
        if (place == places.end()) {
            table.push_back(entry);
            continue;
        }
        Entry& there = table[place->second];
        there.node = names_a_preset(entry.key, there.node) ? with_preset(entry.node, there.node)
                                                           : merged(there.node, entry.node);
        there.origin = entry.origin;
        there.first = std::min(there.first, entry.first);
    }
    return result;
}

}  // namespace entrepot::scenarios

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "models/decisions/policies/registry.hpp"
#include "scenarios/kind.hpp"
#include "scenarios/problem.hpp"
#include "scenarios/tree.hpp"

namespace entrepot::scenarios {

/// A key of a table: "site.NE" and "pickers" are "site.NE.pickers".
std::string joined(const std::string& path, std::string_view key);

/// `a list of 2 to 5, each ...`
std::string list_wanted(const Kind& kind, std::size_t least, std::size_t most);

/// What all readers of one scenario share, and how they refuse.
struct Reading {
    const Tree& tree;
    Problems& problems;
    std::vector<std::string>& added;
    const models::PolicyRegistry& policies;
    std::string currency = "USD";
    std::vector<std::string> classes = {};
    std::size_t missed = 0;    ///< keys that must be given and aren't
    std::size_t refusals = 0;  ///< told or not

    /// A default that many parts share is told once.
    void refuse(const Origin& at, const std::string& path, std::string message);

    /// A key that the table at this place must have.
    void missing(const Origin& table, const std::string& path, const std::string& wanted, std::string_view meaning);

    /// A value that isn't of its kind.
    void wrong(const Node& node, const std::string& path, const std::string& got, const Kind& kind);

    /// Whether this is a list of as many; refused otherwise.
    bool elements(const Node& node, const std::string& path, const Kind& kind, std::size_t least, std::size_t most);

    /// A key that is none of the known ones. `noun` says what those are, with its article.
    void unknown(const Entry& entry, const std::string& path, const std::vector<std::string>& known,
                 std::string_view noun);

    std::string per_class(const Kind& kind) const;

private:
    bool may_be_money_of_the_base(const Node& node) const;
};

}  // namespace entrepot::scenarios

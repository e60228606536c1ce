#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/problem.hpp"

/// The text of a scenario as a tree of values, each of which knows where it stands. Overlays are merged here, before
/// any value is given a meaning.
namespace entrepot::scenarios {

/// Where a value stands. `file` is an index into `Tree::files`.
struct Origin {
    int file = 0;
    int line = 0, column = 0;
    int height = 0;  ///< of the text over the user's own file: that is 0, its base -1, the base's base -2, --set 1
};

struct Entry;
struct Node;

/// A date or a time of day as TOML writes it.
struct Literal {
    std::string text;
};
using Array = std::vector<Node>;
using Table = std::vector<Entry>;  ///< in the order of the file

struct Node {
    Origin origin;
    std::variant<Table, Array, std::string, Literal, bool, std::int64_t, double> value;

    const Table* table() const { return std::get_if<Table>(&value); }
    Table* table() { return std::get_if<Table>(&value); }
    const Array* array() const { return std::get_if<Array>(&value); }
    const std::string* text() const { return std::get_if<std::string>(&value); }
    /// The value of a key, or null; null too when this is no table.
    const Node* find(std::string_view key) const;
};

struct Entry {
    std::string key;
    Origin origin;  ///< of the key
    Node node;
    int first = 0;  ///< height of the lowest text that names the key
};

/// What a scenario file, the files that it is based on, and the overrides say together.
struct Tree {
    Node root;
    std::vector<std::string> files;              ///< names, as problems show them
    std::vector<std::filesystem::path> folders;  ///< where a relative path in that file starts
    std::set<int> foundations;                   ///< heights of the files that say `foundation = true`
    bool complete = true;                        ///< false: a file could not be read, and what it says is unknown
    bool by_people = true;                       ///< false: the whole text that was made of a scenario
};

/// `over` on top of `under`: tables are merged at any depth, unless they choose another policy or distribution,
/// of which only the scope stays; anything else is replaced. Keys keep the place that they have in `under`; new ones
/// come last.
Node merged(const Node& under, const Node& over);

/// Reads a file and all that it is based on (`base = "other.toml"`, relative to the file), then the overrides
/// ("site.SE.absence=8 %": a key and a TOML value; what is no TOML value is text). Of a base that can't be read the
/// line that names it is told, and the tree holds the rest.
Tree read_tree(const std::filesystem::path& file, const std::vector<std::string>& overrides, Problems& problems);

/// A text that stands alone: a base or a foundation is refused.
Tree read_text(std::string_view text, const std::string& name, Problems& problems);

/// One text as a tree, without what it is based on. Nothing, and a problem, where it isn't TOML.
std::optional<Node> parse_text(std::string_view text, const std::string& name, Problems& problems);

/// A value as TOML, for messages; long ones are cut.
std::string shown(const Node& node);

}  // namespace entrepot::scenarios

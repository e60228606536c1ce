#include "scenarios/tree.hpp"

#include <algorithm>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "scenarios/file_text.hpp"
#include "sim/printable.hpp"

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestText = std::size_t{8} << 20;  // bytes, of a file and all that it is based on
constexpr std::size_t kLongestLine = 10'000;                // a dotted key of a million parts would exhaust the stack
constexpr int kDeepest = 16;                                // levels of tables
constexpr int kMostBases = 16;

/// Where a value stands in a text of which the first character is given.
Origin origin_of(const toml::source_region& source, const Origin& text) {
    return {text.file, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column), text.height};
}

template <class Value>
Literal literal(const Value& value) {
    std::ostringstream text;
    text << value;
    return {text.str()};
}

class Converter {
public:
    Converter(const Origin& text, std::string name, Problems& problems)
        : text_(text), name_(std::move(name)), problems_(problems) {}

    Node convert(const toml::node& from, int depth) {
        Node node{origin_of(from.source(), text_), {}};
        if (depth > kDeepest) {
            problems_.push_back({name_, node.origin.line, node.origin.column, "",
                                 fmt::format("got tables nested deeper than {} levels, want fewer", kDeepest)});
            return node;
        }
        if (const auto* table = from.as_table()) {
            node.value = entries(*table, depth);
        } else if (const auto* array = from.as_array()) {
            Array values;
            for (const toml::node& element : *array) values.push_back(convert(element, depth + 1));
            node.value = std::move(values);
        } else if (const auto* text = from.as_string()) {
            want_printable("a text", text->get(), sim::kMostOfText, node.origin);
            node.value = text->get();
        } else if (const auto* flag = from.as_boolean()) {
            node.value = flag->get();
        } else if (const auto* integer = from.as_integer()) {
            node.value = integer->get();
        } else if (const auto* real = from.as_floating_point()) {
            node.value = real->get();
        } else if (const auto* date = from.as_date()) {
            node.value = literal(date->get());
        } else if (const auto* time = from.as_time()) {
            node.value = literal(time->get());
        } else if (const auto* both = from.as_date_time()) {
            node.value = literal(both->get());
        }
        return node;
    }

private:
    /// Names and texts are shown in terminals, tables and pages; paths end at a zero byte.
    void want_printable(const char* what, std::string_view text, std::size_t most, const Origin& at) {
        if (text.size() > most) {
            problems_.push_back({name_, at.line, at.column, "",
                                 fmt::format("got {} of {} characters, want at most {}", what, text.size(), most)});
            return;
        }
        const sim::Hidden hidden = sim::first_hidden(text);
        if (!hidden) return;
        problems_.push_back({name_, at.line, at.column, "",
                             fmt::format("got {} with the control character {}, want none", what,
                                         sim::printable(text.substr(hidden.at, hidden.size)))});
    }

    /// toml++ sorts keys by name; their positions give the order of the file back.
    Table entries(const toml::table& from, int depth) {
        Table table;
        for (const auto& [key, value] : from) {
            Node node = convert(value, depth + 1);
            Origin origin = origin_of(key.source(), text_);
            if (origin.line == 0) origin = node.origin;
            want_printable("a name", key.str(), sim::kMostOfName, origin);
            table.push_back({std::string(key.str()), origin, std::move(node), text_.height});
        }
        std::stable_sort(table.begin(), table.end(), [](const Entry& a, const Entry& b) {
            return std::pair(a.origin.line, a.origin.column) < std::pair(b.origin.line, b.origin.column);
        });
        return table;
    }

    Origin text_;
    std::string name_;
    Problems& problems_;
};

/// Parses one text, which starts at the node's origin, into a tree; false when it isn't TOML, and then the node stays.
bool parse(std::string_view text, const std::string& name, Node& node, Problems& problems) {
    try {
        const toml::table table = toml::parse(text, name);
        const std::size_t before = problems.size();
        Node whole = Converter(node.origin, name, problems).convert(table, 0);
        if (problems.size() > before) return false;
        node = std::move(whole);
        return true;
    } catch (const toml::parse_error& error) {
        const auto& at = error.source().begin;
        problems.push_back({name, std::max(1, static_cast<int>(at.line)), std::max(1, static_cast<int>(at.column)), "",
                            fmt::format("got something that isn't TOML: {}", error.description())});
        return false;
    }
}

/// False where a line is too long.
bool lines_fit(std::string_view text, const std::string& name, Problems& problems) {
    std::size_t start = 0;
    for (int line = 1; start < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        if (end - start > kLongestLine) {
            problems.push_back(
                {name, line, 1, "",
                 fmt::format("got a line of {} characters, want at most {}", end - start, kLongestLine)});
            return false;
        }
        start = end + 1;
    }
    return true;
}

/// " (did you mean Z?)" of the scenario files in a folder, or nothing.
std::string likely_file(const fs::path& file) {
    std::vector<std::string> names;
    std::error_code error;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        if (at->path().extension() == ".toml") names.push_back(at->path().filename().generic_string());
    }
    std::sort(names.begin(), names.end());
    return suggestion(file.filename().generic_string(), names);
}

class Files {
public:
    Files(Tree& tree, Problems& problems) : tree_(tree), problems_(problems) {}

    /// The user's own file on top of all that it is based on.
    Node read(const fs::path& file) {
        const std::string wrong = unreadable(file, left_);
        if (wrong.empty()) return read(file, {});
        const std::string name = entered(file);
        problems_.push_back({name, 0, 0, "", fmt::format("got {}, want a readable TOML file", wrong)});
        tree_.complete = false;
        return {{0, 1, 1}, Table{}};
    }

private:
    static std::string name_of(const fs::path& file) { return file.lexically_normal().generic_string(); }

    std::string entered(const fs::path& file) {
        tree_.files.push_back(name_of(file));
        tree_.folders.push_back(file.parent_path());
        return tree_.files.back();
    }

    /// A readable file on top of its base. `above` are the files that stand on this one, for the detection of cycles.
    Node read(const fs::path& file, std::vector<fs::path> above) {
        std::error_code error;
        above.push_back(fs::weakly_canonical(file, error));
        const int index = static_cast<int>(tree_.files.size());
        const std::string name = entered(file);
        std::string text;
        Node node{{index, 1, 1, -index}, Table{}};  // each file stands on the next
        if (!read_whole(file, name, text) || !parse(text, name, node, problems_)) {
            tree_.complete = false;
            return node;
        }
        if (const auto said = take(node, "foundation")) foundation(*said);
        if (const auto said = take(node, "base")) return on_base(*said, std::move(node), file, above);
        return node;
    }

    /// The text of a file; false, and a problem, where it can't be read.
    bool read_whole(const fs::path& file, const std::string& name, std::string& text) {
        const std::string wrong = read_text_file(file, left_, text);
        if (!wrong.empty()) {
            problems_.push_back({name, 0, 0, "", fmt::format("got {}, want a readable TOML file", wrong)});
            return false;
        }
        left_ -= text.size();
        return lines_fit(text, name, problems_);
    }

    /// A key that is for this class, out of the table.
    static std::optional<Node> take(Node& node, std::string_view key) {
        Table& table = *node.table();
        const auto found = std::find_if(table.begin(), table.end(), [&](const Entry& e) { return e.key == key; });
        if (found == table.end()) return std::nullopt;
        Node value = std::move(found->node);
        table.erase(found);
        return value;
    }

    void refuse(const Origin& at, const char* key, const std::string& message) {
        problems_.push_back({tree_.files[static_cast<std::size_t>(at.file)], at.line, at.column, key, message});
    }

    void foundation(const Node& said) {
        const bool* flag = std::get_if<bool>(&said.value);
        if (flag == nullptr) {
            return refuse(said.origin, "foundation", fmt::format("got {}, want true or false", shown(said)));
        }
        if (*flag) tree_.foundations.insert(said.origin.height);
    }

    /// What is wrong with a base that a file names, or nothing.
    std::string wrong_base(const Node& said, const fs::path& base, const std::vector<fs::path>& above) const {
        if (said.text() == nullptr || said.text()->empty()) {
            return fmt::format("got {}, want the name of a scenario file in quotes", shown(said));
        }
        const std::string wrong = unreadable(base, left_);
        if (!wrong.empty()) {
            return fmt::format("got {}: {} at {}, want a readable scenario file{}", shown(said), wrong, name_of(base),
                               likely_file(base));
        }
        std::error_code error;
        if (std::find(above.begin(), above.end(), fs::weakly_canonical(base, error)) != above.end()) {
            return fmt::format("got {}, which is based on this file, want no cycle", name_of(base));
        }
        if (above.size() > kMostBases) {
            return fmt::format("got a base that stands {} deep, want at most {}", above.size(), kMostBases);
        }
        return {};
    }

    Node on_base(const Node& said, Node node, const fs::path& file, const std::vector<fs::path>& above) {
        const fs::path base = file.parent_path() / (said.text() ? *said.text() : "");
        const std::string wrong = wrong_base(said, base, above);
        if (wrong.empty()) return merged(read(base, above), node);
        refuse(said.origin, "base", wrong);
        tree_.complete = false;
        return node;
    }

    Tree& tree_;
    Problems& problems_;
    std::size_t left_ = kLargestText;  ///< bytes that may yet be read
};

/// "key=value" is TOML already when the value is; else the value is taken as text: `lead_time=14 d`.
bool parse_override(const std::string& text, int ordinal, Node& node, Problems& problems) {
    Problems first;
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || text.size() > kLongestLine) {
        problems.push_back({"--set", ordinal, 1, "", fmt::format("got \"{}\", want key=value", text.substr(0, 60))});
        return false;
    }
    bool good = parse(text, "--set", node, first);
    if (!good && equals + 1 < text.size()) {
        const std::size_t start = std::min(text.find_first_not_of(' ', equals + 1), text.size() - 1);
        const bool quotable = std::string_view("\"'[{").find(text[start]) == std::string_view::npos &&
                              text.find('\'') == std::string::npos;
        Problems second;
        if (quotable) {
            good = parse(text.substr(0, start) + "'" + text.substr(start) + "'", "--set", node, second);
        }
    }
    if (!good) {
        for (Problem& problem : first) problem.line = ordinal;
        problems.append(first);
    }
    return good;
}

void set_line(Node& node, int line) {
    node.origin.line = line;
    if (Table* table = node.table()) {
        for (Entry& entry : *table) {
            entry.origin.line = line;
            set_line(entry.node, line);
        }
    } else if (auto* array = std::get_if<Array>(&node.value)) {
        for (Node& element : *array) set_line(element, line);
    }
}

/// What a text is based on is said where it stands.
void refuse_keys_of_files(Node& over, const std::string& file, Problems& problems) {
    for (const Entry& entry : *over.table()) {
        if (entry.key != "base" && entry.key != "foundation") continue;
        problems.push_back({file, entry.node.origin.line, entry.node.origin.column, entry.key,
                            fmt::format("got {}, want it in a scenario file: write one with this key, and give that",
                                        shown(entry.node))});
    }
    std::erase_if(*over.table(), [](const Entry& entry) { return entry.key == "base" || entry.key == "foundation"; });
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    const Table* entries = table();
    if (entries == nullptr) return nullptr;
    const auto it = std::find_if(entries->begin(), entries->end(), [&](const Entry& e) { return e.key == key; });
    return it == entries->end() ? nullptr : &it->node;
}

Tree read_tree(const fs::path& file, const std::vector<std::string>& overrides, Problems& problems) {
    Tree tree;
    tree.root = Files(tree, problems).read(file);
    if (overrides.empty()) return tree;
    const int index = static_cast<int>(tree.files.size());
    tree.files.push_back("--set");
    tree.folders.emplace_back();
    for (std::size_t i = 0; i < overrides.size(); ++i) {
        const int ordinal = static_cast<int>(i) + 1;
        Node over{{index, 1, 1, 1}, {}};
        if (!parse_override(overrides[i], ordinal, over, problems)) continue;
        set_line(over, ordinal);
        refuse_keys_of_files(over, "--set", problems);
        tree.root = merged(tree.root, over);
    }
    return tree;
}

Tree read_text(std::string_view text, const std::string& name, Problems& problems) {
    Tree tree;
    tree.files.push_back(name);
    tree.folders.emplace_back();
    std::optional<Node> root = parse_text(text, name, problems);
    tree.complete = root.has_value();
    tree.by_people = false;
    tree.root = root ? std::move(*root) : Node{{0, 1, 1}, Table{}};
    refuse_keys_of_files(tree.root, name, problems);
    return tree;
}

std::optional<Node> parse_text(std::string_view text, const std::string& name, Problems& problems) {
    Node node{{0, 1, 1}, Table{}};
    if (!lines_fit(text, name, problems) || !parse(text, name, node, problems)) return std::nullopt;
    return node;
}

std::string shown(const Node& node) {
    struct Show {
        std::string operator()(const Table&) const { return "a table"; }
        std::string operator()(const Array& array) const {
            return array.empty() ? "an empty list" : fmt::format("a list of {}", array.size());
        }
        std::string operator()(const std::string& text) const {
            constexpr std::size_t kMost = 60;
            return text.size() <= kMost ? fmt::format("\"{}\"", text) : fmt::format("\"{}...\"", text.substr(0, kMost));
        }
        std::string operator()(const Literal& literal) const { return literal.text; }
        std::string operator()(bool flag) const { return flag ? "true" : "false"; }
        std::string operator()(std::int64_t integer) const { return fmt::format("{}", integer); }
        std::string operator()(double real) const { return fmt::format("{}", real); }
    };
    return std::visit(Show{}, node.value);
}

}  // namespace entrepot::scenarios

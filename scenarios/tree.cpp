#include "scenarios/tree.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestFile = std::size_t{8} << 20;  // bytes
constexpr std::size_t kLongestLine = 10'000;                // a dotted key of a million parts would exhaust the stack
constexpr int kDeepest = 16;                                // levels of tables
constexpr int kMostBases = 16;

Origin origin_of(const toml::source_region& source, int file) {
    return {file, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

template <class Value>
Literal literal(const Value& value) {
    std::ostringstream text;
    text << value;
    return {text.str()};
}

class Converter {
public:
    Converter(int file, std::string name, std::vector<Problem>& problems)
        : file_(file), name_(std::move(name)), problems_(problems) {}

    Node convert(const toml::node& from, int depth) {
        Node node{origin_of(from.source(), file_), {}};
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
    /// toml++ sorts keys by name; their positions give the order of the file back.
    Table entries(const toml::table& from, int depth) {
        Table table;
        for (const auto& [key, value] : from) {
            Node node = convert(value, depth + 1);
            Origin origin = origin_of(key.source(), file_);
            if (origin.line == 0) origin = node.origin;
            table.push_back({std::string(key.str()), origin, std::move(node)});
        }
        std::stable_sort(table.begin(), table.end(), [](const Entry& a, const Entry& b) {
            return std::pair(a.origin.line, a.origin.column) < std::pair(b.origin.line, b.origin.column);
        });
        return table;
    }

    int file_;
    std::string name_;
    std::vector<Problem>& problems_;
};

/// Parses one text into a tree; false when it isn't TOML.
bool parse(std::string_view text, const std::string& name, int file, Node& node, std::vector<Problem>& problems) {
    try {
        const toml::table table = toml::parse(text, name);
        const std::size_t before = problems.size();
        node = Converter(file, name, problems).convert(table, 0);
        return problems.size() == before;
    } catch (const toml::parse_error& error) {
        const auto& at = error.source().begin;
        problems.push_back({name, std::max(1, static_cast<int>(at.line)), std::max(1, static_cast<int>(at.column)), "",
                            fmt::format("got something that isn't TOML: {}", error.description())});
        return false;
    }
}

/// The whole file, or nothing and a problem.
bool slurp(const fs::path& file, const std::string& name, std::string& text, std::vector<Problem>& problems) {
    std::error_code error;
    const auto refuse = [&](const std::string& got) {
        problems.push_back({name, 0, 0, "", fmt::format("got {}, want a readable TOML file", got)});
        return false;
    };
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status)) return refuse("no such file");
    if (fs::is_directory(status)) return refuse("a directory");
    if (!fs::is_regular_file(status)) return refuse("no ordinary file");
    if (fs::file_size(file, error) > kLargestFile || error) return refuse("a file of more than 8 MiB");
    std::ifstream in(file, std::ios::binary);
    if (!in) return refuse("a file without permission to read");
    text.assign(std::istreambuf_iterator<char>(in), {});
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

class Files {
public:
    Files(Tree& tree, std::vector<Problem>& problems) : tree_(tree), problems_(problems) {}

    /// The file on top of its base. `below` are the files that are based on this one, for the detection of cycles.
    Node read(const fs::path& file, const Origin& asked, std::vector<fs::path> below) {
        const std::string name = file.lexically_normal().generic_string();
        std::error_code error;
        const fs::path identity = fs::weakly_canonical(file, error);
        if (std::find(below.begin(), below.end(), identity) != below.end() || below.size() > kMostBases) {
            const std::string& where = tree_.files[static_cast<std::size_t>(asked.file)];
            problems_.push_back({where, asked.line, asked.column, "base",
                                 fmt::format("got {}, which is based on this file, want no cycle", name)});
            return {asked, Table{}};
        }
        below.push_back(identity);
        const int index = static_cast<int>(tree_.files.size());
        tree_.files.push_back(name);
        tree_.folders.push_back(file.parent_path());
        std::string text;
        Node node{{index, 1, 1}, Table{}};
        if (!slurp(file, name, text, problems_) || !parse(text, name, index, node, problems_)) return node;
        return on_base(std::move(node), file, below);
    }

private:
    Node on_base(Node node, const fs::path& file, const std::vector<fs::path>& below) {
        Table& table = *node.table();
        const auto base = std::find_if(table.begin(), table.end(), [](const Entry& e) { return e.key == "base"; });
        if (base == table.end()) return node;
        const Node wanted = base->node;
        table.erase(base);
        if (wanted.text() == nullptr || wanted.text()->empty()) {
            problems_.push_back({tree_.files[static_cast<std::size_t>(wanted.origin.file)], wanted.origin.line,
                                 wanted.origin.column, "base",
                                 fmt::format("got {}, want the name of a scenario file in quotes", shown(wanted))});
            return node;
        }
        return merged(read(file.parent_path() / *wanted.text(), wanted.origin, below), node);
    }

    Tree& tree_;
    std::vector<Problem>& problems_;
};

/// "key=value" is TOML already when the value is; else the value is taken as text: `lead_time=14 d`.
bool parse_override(const std::string& text, int ordinal, int file, Node& node, std::vector<Problem>& problems) {
    std::vector<Problem> first;
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || text.size() > kLongestLine) {
        problems.push_back({"--set", ordinal, 1, "", fmt::format("got \"{}\", want key=value", text.substr(0, 60))});
        return false;
    }
    bool good = parse(text, "--set", file, node, first);
    if (!good && equals + 1 < text.size()) {
        const std::size_t start = std::min(text.find_first_not_of(' ', equals + 1), text.size() - 1);
        const bool quotable = std::string_view("\"'[{").find(text[start]) == std::string_view::npos &&
                              text.find('\'') == std::string::npos;
        std::vector<Problem> second;
        if (quotable) {
            good = parse(text.substr(0, start) + "'" + text.substr(start) + "'", "--set", file, node, second);
        }
    }
    if (!good) {
        for (Problem& problem : first) problem.line = ordinal;
        problems.insert(problems.end(), first.begin(), first.end());
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

}  // namespace

const Node* Node::find(std::string_view key) const {
    const Table* entries = table();
    if (entries == nullptr) return nullptr;
    const auto it = std::find_if(entries->begin(), entries->end(), [&](const Entry& e) { return e.key == key; });
    return it == entries->end() ? nullptr : &it->node;
}

Node merged(const Node& under, const Node& over) {
    if (under.table() == nullptr || over.table() == nullptr) return over;
    Node result = under;
    result.origin = over.origin;
    Table& table = *result.table();
    for (const Entry& entry : *over.table()) {
        const auto it = std::find_if(table.begin(), table.end(), [&](const Entry& e) { return e.key == entry.key; });
        if (it == table.end()) {
            table.push_back(entry);
        } else {
            it->node = merged(it->node, entry.node);
            it->origin = entry.origin;
        }
    }
    return result;
}

Tree read_tree(const fs::path& file, const std::vector<std::string>& overrides, std::vector<Problem>& problems) {
    Tree tree;
    tree.root = Files(tree, problems).read(file, {}, {});
    if (overrides.empty()) return tree;
    const int index = static_cast<int>(tree.files.size());
    tree.files.push_back("--set");
    tree.folders.emplace_back();
    for (std::size_t i = 0; i < overrides.size(); ++i) {
        Node over;
        const int ordinal = static_cast<int>(i) + 1;
        if (!parse_override(overrides[i], ordinal, index, over, problems)) continue;
        set_line(over, ordinal);
        tree.root = merged(tree.root, over);
    }
    return tree;
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

#include "scenarios/reading.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/newcomer.hpp"

namespace entrepot::scenarios {

std::string joined(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

std::string list_wanted(const Kind& kind, std::size_t least, std::size_t most) {
    const std::string number = least == most ? fmt::format("{}", least)
                               : least == 0  ? fmt::format("up to {}", most)
                                             : fmt::format("{} to {}", least, most);
    return fmt::format("a list of {}, each {}", number, kind.wanted());
}

void Reading::refuse(const Origin& at, const std::string& path, std::string message) {
    ++refusals;
    const std::string& file = tree.files[static_cast<std::size_t>(at.file)];
    problems.push_once({file, at.line, at.column, path, std::move(message)});
}

void Reading::missing(const Origin& table, const std::string& path, const std::string& wanted,
                      std::string_view meaning) {
    ++missed;
    refuse(table, path, fmt::format("got nothing, want {}: {}", wanted, meaning));
}

bool Reading::elements(const Node& node, const std::string& path, const Kind& kind, std::size_t least,
                       std::size_t most) {
    const std::size_t size = node.array() ? node.array()->size() : 0;
    if (node.array() && size >= least && size <= most) return true;
    refuse(node.origin, path, fmt::format("got {}, want {}", shown(node), list_wanted(kind, least, most)));
    return false;
}

void Reading::wrong(const Node& node, const std::string& path, const std::string& got, const Kind& kind) {
    if (kind.form == Kind::Form::money && may_be_money_of_the_base(node)) return;
    std::vector<std::string> choices(kind.choices.begin(), kind.choices.end());
    refuse(node.origin, path,
           fmt::format("got {}, want {}{}", got, kind.wanted_in_place_of(node, currency),
                       node.text() ? suggestion(*node.text(), choices) : ""));
}

/// Where a base can't be read, it may have another currency.
bool Reading::may_be_money_of_the_base(const Node& node) const {
    if (tree.complete || tree.root.find("currency") || node.text() == nullptr) return false;
    return node.text()->find('$') == std::string::npos && node.text()->find("USD") == std::string::npos;
}

void Reading::unknown(const Entry& entry, const std::string& path, const std::vector<std::string>& known,
                      std::string_view noun) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) return;
    if (problems.full()) return problems.leave_out(1);
    std::string want = known.empty() ? "nothing here" : fmt::format("one of {}", fmt::join(known, ", "));
    const std::string likely = suggestion(entry.key, known);
    if (!likely.empty()) want = fmt::format("{} of this table", noun);
    ++refusals;
    const std::string& file = tree.files[static_cast<std::size_t>(entry.origin.file)];
    // What a strategy has of a preset, which knows more keys, is told there.
    problems.push_once({file, entry.origin.line, entry.origin.column, joined(path, entry.key),
                        fmt::format("got an unknown key, want {}{}", want, likely)},
                       "unknown key " + entry.key);
}

std::string Reading::per_class(const Kind& kind) const {
    return fmt::format("{} for each class {}", kind.wanted(), fmt::join(classes, ", "));
}

}  // namespace entrepot::scenarios

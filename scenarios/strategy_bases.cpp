#include "scenarios/strategy_bases.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "scenarios/scenario.hpp"

namespace entrepot::scenarios {

namespace {

class Bases {
public:
    Bases(Tree& tree, Problems& problems) : tree_(tree), problems_(problems) {}

    void complete_all() {
        Node* strategies = part("strategy");
        if (strategies == nullptr) return;
        if (strategies->table()->size() > kMostParts<StrategyPart>) return;  // which the reader refuses
        for (Entry& entry : *strategies->table()) {
            std::vector<std::string> above;
            Node whole = with_base(entry.key, entry.node, above);
            if (values_ > kMostValues) {
                return refuse(
                    entry.origin, fmt::format("strategy.{}", entry.key),
                    fmt::format("got more than {} values in the strategies with their bases, want fewer", kMostValues));
            }
            whole.origin = entry.node.origin;
            done_.push_back({entry.key, entry.origin, whole, entry.first});
        }
        for (Entry& entry : done_) {
            without_base(entry.node);
            with_preset(entry);
        }
        *strategies->table() = done_;
    }

private:
    Node* part(std::string_view key) {
        Table* root = tree_.root.table();
        const auto it = std::find_if(root->begin(), root->end(), [&](const Entry& e) { return e.key == key; });
        return it == root->end() || it->node.table() == nullptr ? nullptr : &it->node;
    }

    static std::vector<std::string> names_in(const Node* node) {
        std::vector<std::string> names;
        if (node != nullptr) {
            for (const Entry& entry : *node->table()) names.push_back(entry.key);
        }
        return names;
    }

    void refuse(const Origin& at, const std::string& path, std::string message) {
        problems_.push_back(
            {tree_.files[static_cast<std::size_t>(at.file)], at.line, at.column, path, std::move(message)});
    }

    /// Bases are refused where they are named, once, however many strategies stand on the one that names them.
    bool refused(const Node& said) const {
        return std::ranges::any_of(refused_, [&](const Origin& o) {
            return o.file == said.origin.file && o.line == said.origin.line && o.column == said.origin.column;
        });
    }

    Node with_base(const std::string& name, const Node& own, std::vector<std::string>& above) {
        const Node* said = own.table() ? own.find("base") : nullptr;
        if (said == nullptr || said->text() == nullptr || said->text()->empty()) return own;
        above.push_back(name);
        const Node* strategies = part("strategy");
        const Node* base = strategies->find(*said->text());
        const std::vector<std::string> names = names_in(strategies);
        std::string wrong;
        if (base == nullptr) {
            wrong = fmt::format("got \"{}\", want the name of a strategy, one of {}{}", *said->text(),
                                fmt::join(names, ", "), suggestion(*said->text(), names));
        } else if (std::ranges::count(above, *said->text())) {
            wrong = fmt::format("got \"{}\", which stands on {} itself, want a base that ends somewhere", *said->text(),
                                name);
        }
        if (wrong.empty()) {
            Node whole = merged(without_new(with_base(*said->text(), *base, above)), own);
            values_ += values_in(whole);
            return whole;
        }
        if (!refused(*said)) refuse(said->origin, fmt::format("strategy.{}.base", name), wrong);
        refused_.push_back(said->origin);
        return own;
    }

    static std::size_t values_in(const Node& node) {
        std::size_t values = 1;
        if (node.table() == nullptr) return node.array() ? node.array()->size() : values;
        for (const Entry& entry : *node.table()) values += values_in(entry.node);
        return values;
    }

    /// That a base, or a preset, is new says nothing of who stands on it.
    static Node without_new(Node part) {
        if (Table* table = part.table()) std::erase_if(*table, [](const Entry& e) { return e.key == "new"; });
        return part;
    }

    /// What stands on nothing that is left to be said is whole.
    static void without_base(Node& strategy) {
        if (Table* table = strategy.table()) {
            std::erase_if(*table, [](const Entry& e) { return e.key == "base" && e.node.text() != nullptr; });
        }
    }

    void with_preset(Entry& strategy) {
        Table* table = strategy.node.table();
        if (table == nullptr) return;
        const auto it =
            std::find_if(table->begin(), table->end(), [](const Entry& e) { return e.key == "integration"; });
        if (it == table->end()) return;
        const Node* named = it->node.text() ? &it->node : it->node.find("preset");
        if (named == nullptr || named->text() == nullptr) return;
        const Node* presets = part("integration");
        const Node* preset = presets ? presets->find(*named->text()) : nullptr;
        if (preset == nullptr) {
            const std::vector<std::string> names = names_in(presets);
            refuse(named->origin, fmt::format("strategy.{}.integration", strategy.key),
                   fmt::format(
                       "got \"{}\", want the name of an [integration.NAME], {}{}", *named->text(),
                       names.empty() ? "of which none is defined" : fmt::format("one of {}", fmt::join(names, ", ")),
                       suggestion(*named->text(), names)));
            it->node.value = named_so_in_vain(named->origin);
            return;
        }
        Node over{it->node.origin, Table{}};
        if (it->node.table()) {
            for (const Entry& entry : *it->node.table()) {
                if (entry.key != "preset") over.table()->push_back(entry);
            }
        }
        Node name{named->origin, *named->text()};
        Node under = without_new(*preset);
        if (under.find("name") == nullptr) under.table()->push_back({"name", named->origin, name, 0});
        const Origin told_at = named_at(*presets, *named->text());  // what the preset lacks
        it->node = merged(under, over);
        it->node.origin = told_at;
    }

    static Origin named_at(const Node& parts, const std::string& name) {
        const Table& all = *parts.table();
        return std::find_if(all.begin(), all.end(), [&](const Entry& e) { return e.key == name; })->origin;
    }

    /// What a strategy goes by whose preset there isn't: what that might say is not missed a second time.
    static Table named_so_in_vain(const Origin& at) { return {{"pump", at, Node{at, std::string("1 min")}, 0}}; }

    Tree& tree_;
    Problems& problems_;
    std::vector<Origin> refused_;
    static constexpr std::size_t kMostValues = 2'000'000;
    std::size_t values_ = 0;  ///< that strategies took from their bases, with their own
    Table done_;
};

}  // namespace

void stand_on_bases(Tree& tree, Problems& problems) {
    if (tree.root.table() != nullptr) Bases(tree, problems).complete_all();
}

}  // namespace entrepot::scenarios

#include "scenarios/reader.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "scenarios/contradiction.hpp"
#include "scenarios/describe.hpp"
#include "scenarios/newcomer.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/reading.hpp"
#include "scenarios/store.hpp"

namespace entrepot::scenarios {

namespace {

/// Reads the members of one struct from one table.
class Reader {
public:
    /// A partial table, such as one of defaults, needs nothing that must otherwise be given.
    /// `since` is the height of the text that names the part first.
    Reader(Reading& reading, const Node& table, std::string path, bool partial, int since)
        : reading_(reading), table_(table), path_(std::move(path)), partial_(partial), since_(since) {}

    template <class T>
    void operator()(std::string_view key, T& member, const Kind& kind, std::string_view meaning) {
        if (const Node* node = take(key)) return value(*node, joined(path_, key), member, kind);
        if (is_required(kind, member)) missing(key, kind.wanted(), meaning);
    }

    template <class T>
    void list(std::string_view key, std::vector<T>& member, const Kind& kind, std::size_t least, std::size_t most,
              std::string_view meaning) {
        const Node* node = take(key);
        if (node == nullptr) {
            if (is_required(kind, member.size(), least)) missing(key, list_wanted(kind, least, most), meaning);
            return;
        }
        if (reading_.elements(*node, joined(path_, key), kind, least, most)) {
            member.clear();
            for (const Node& element : *node->array()) value(element, joined(path_, key), member.emplace_back(), kind);
        }
    }

    template <class T, std::size_t N>
    void list(std::string_view key, std::array<T, N>& member, const Kind& kind, std::size_t least, std::size_t most,
              std::string_view) {
        const Node* node = take(key);
        if (node == nullptr || !reading_.elements(*node, joined(path_, key), kind, least, most)) return;
        for (std::size_t i = 0; i < N; ++i) value((*node->array())[i], joined(path_, key), member[i], kind);
    }

    template <class T>
    void by_class(std::string_view key, models::Column<models::ClassId, T>& member, const Kind& kind,
                  std::string_view) {
        const std::string path = joined(path_, key);
        const Node* node = take(key);
        member.assign(reading_.classes.size(), T{});
        if (node == nullptr) {
            if (!partial_)
                reading_.refuse(table_.origin, path, fmt::format("got nothing, want {}", reading_.per_class(kind)));
            return;
        }
        if (node->table() == nullptr) {  // one value for all
            T all{};
            value(*node, path, all, kind);
            member.assign(reading_.classes.size(), all);
            return;
        }
        if (!reading_.tree.complete) return;  // who knows which classes there are
        std::vector<std::string> unsaid;
        for (std::size_t i = 0; i < reading_.classes.size(); ++i) {
            const Node* own = node->find(reading_.classes[i]);
            if (own != nullptr) {
                value(*own, joined(path, reading_.classes[i]), member[models::ClassId{i}], kind);
            } else if (!partial_) {
                unsaid.push_back(reading_.classes[i]);
            }
        }
        if (!unsaid.empty()) {
            reading_.refuse(node->origin, path,
                            fmt::format("got nothing for class{} {}, want {}", unsaid.size() > 1 ? "es" : "",
                                        fmt::join(unsaid, ", "), reading_.per_class(kind)));
        }
        for (const Entry& entry : *node->table()) reading_.unknown(entry, path, reading_.classes, "a class");
    }

    void by_name(std::string_view key, NamedList<double>& member, const Kind& kind, std::string_view) {
        const Node* node = take_table(key);
        if (node == nullptr) return;
        if (node->table()->size() > kMostParts<double>) {
            return reading_.refuse(
                node->origin, joined(path_, key),
                fmt::format("got {} names, want at most {}", node->table()->size(), kMostParts<double>));
        }
        member.clear();
        for (const Entry& entry : *node->table()) {
            member.push_back({entry.key, 0});
            value(entry.node, joined(joined(path_, key), entry.key), member.back().value, kind);
        }
    }

    template <class T>
    void table(std::string_view key, T& member, std::string_view) {
        if (const Node* node = take_table(key)) part(*node, joined(path_, key), member);
    }

    template <class T>
    void optional(std::string_view key, std::optional<T>& member, std::string_view) {
        if (const Node* node = take_table(key)) part(*node, joined(path_, key), member.emplace());
    }

    template <class T>
    void named(std::string_view key, NamedList<T>& member, std::string_view, std::string_view defaults_key = {}) {
        parts(key, member, defaults_key, false);
    }

    template <class T>
    void entities(std::string_view key, NamedList<T>& member, std::string_view, std::string_view defaults_key = {}) {
        parts(key, member, defaults_key, true);
    }

    /// A decision's table. Without one the strategy would do something that nobody asked for.
    template <class T>
    void policy(std::string_view key, T& member, std::string_view) {
        if (const Node* node = take_table(key)) return part(*node, joined(path_, key), member);
        if (!partial_ && table_.find(key) == nullptr) {
            reading_.refuse(table_.origin, joined(path_, key), "got nothing, want a table with a policy");
        }
    }

    void level_policy(ReplenishmentPart& member) {
        std::vector<std::string> names;
        for (const auto& kind : reading_.policies.levels) names.emplace_back(kind.name);
        for (const PolicyName& given : kGivenLevels) names.emplace_back(given.name);
        const std::optional<std::size_t> index = chosen_name("policy", names);
        if (!index) return forget_rest();
        member.policy = names[*index];
        if (*index >= reading_.policies.levels.size()) return;
        member.levels = reading_.policies.levels[*index].make();
        member.ordering.policy.execution = models::Execution::planners;
        ParametersFor parameters(*this);
        member.levels->describe(parameters);
    }

    void priority_policy(PriorityPart& member) {
        std::vector<std::string> names;
        for (const auto& kind : reading_.policies.priorities) names.emplace_back(kind.name);
        const std::optional<std::size_t> index = chosen_name("policy", names);
        if (!index) return forget_rest();
        member.policy = names[*index];
        member.rule = reading_.policies.priorities[*index].make();
        ParametersFor parameters(*this);
        member.rule->describe(parameters);
    }

    /// What the decision of a binding says how it is taken.
    void binding(BindingPart& member) {
        if (member.decision == BindingPart::replenishment) return describe(*this, member.ordered);
        if (member.decision == BindingPart::priority) return describe(*this, member.ranked);
        (*this)("promise", member.promised, choice({"table", "available_to_promise"}).required(),
                "how an order's promised day is found");
    }

    template <class Variant, std::size_t N>
    void distribution(std::string_view key, Variant& member, const PolicyName (&distributions)[N], std::string_view) {
        if (const Node* node = take_table(key))
            chosen(*node, joined(path_, key), member, distributions, "distribution");
    }
    template <class Variant, std::size_t N>
    void distribution(std::string_view key, std::optional<Variant>& member, const PolicyName (&distributions)[N],
                      std::string_view meaning, Kind::Need need = Kind::Need::without_default) {
        if (const Node* node = take_table(key)) {
            chosen(*node, joined(path_, key), member.emplace(), distributions, "distribution");
        } else if (need == Kind::Need::always && table_.find(key) == nullptr) {
            missing(key, "a table with a distribution", meaning);
        }
    }

    /// Nothing is asked for a class that is most likely a slip.
    void classes(const NamedList<ClassPart>& classes) {
        for (const auto& velocity : classes) {
            const bool slip = std::find(refused_.begin(), refused_.end(), "class." + velocity.name) != refused_.end();
            if (!slip) reading_.classes.push_back(velocity.name);
        }
    }

    /// What the struct doesn't know is a mistake.
    void finish() {
        for (const Entry& entry : *table_.table()) reading_.unknown(entry, path_, known_, "a key");
    }

private:
    /// The key's value, or null.
    const Node* take(std::string_view key) {
        known_.emplace_back(key);
        return table_.find(key);
    }

    const Node* take_table(std::string_view key) {
        const Node* node = take(key);
        if (node == nullptr || node->table() != nullptr) return node;
        reading_.refuse(node->origin, joined(path_, key), fmt::format("got {}, want a table", shown(*node)));
        return nullptr;
    }

    template <class T>
    void part(const Node& node, const std::string& path, T& member) {
        Reader reader(reading_, node, path, partial_, since_);
        describe(reader, member);
        reader.finish();
    }

    template <class T>
    void parts(std::string_view key, NamedList<T>& member, std::string_view defaults_key, bool announced) {
        const Node none{table_.origin, Table{}};
        const Node* defaults = &none;
        if (!defaults_key.empty()) {
            if (const Node* node = take_table(defaults_key)) {
                defaults = node;
                T unused{};
                Reader reader(reading_, *node, joined(path_, defaults_key), true, since_);
                describe(reader, unused);
                reader.finish();
            }
        }
        const Node* node = take_table(key);
        if (node == nullptr) return;
        const std::size_t parts = node->table()->size();
        if (parts > kMostParts<T>) {
            return reading_.refuse(
                node->origin, joined(path_, key),
                fmt::format("got {}, want at most {} tables [{}.NAME]", parts, kMostParts<T>, joined(path_, key)));
        }
        const auto beneath = names_beneath(*node->table());
        for (const Entry& entry : *node->table()) {
            const std::string path = joined(joined(path_, key), entry.key);
            if (entry.node.table() == nullptr) {
                reading_.refuse(entry.node.origin, path, fmt::format("got {}, want a table", shown(entry.node)));
                continue;
            }
            Node whole = merged(*defaults, entry.node);
            whole.origin = entry.origin;
            const Newcomer newcomer(reading_.tree, entry, beneath.at(entry.first), since_);
            named_part(newcomer, entry, whole, path, announced, member.emplace_back(Named<T>{entry.key, {}}).value);
        }
    }

    /// One of several parts by name. Of a name that is most likely a slip nothing more is wanted.
    template <class T>
    void named_part(const Newcomer& newcomer, const Entry& entry, const Node& whole, const std::string& path,
                    bool announced, T& member) {
        const std::string slip = reading_.problems.full() ? "" : newcomer.refusal(path, announced);
        if (!slip.empty()) {
            reading_.refuse(newcomer.place(), path, slip);
            refused_.push_back(path);
        }
        const std::size_t before = reading_.missed;
        Reader reader(reading_, whole, path, partial_ || !slip.empty(), std::max(since_, entry.first));
        describe(reader, member);
        bool new_name = false;  // what it means, `newcomer` knows
        reader("new", new_name, flag(), "");
        reader.finish();
        if (!slip.empty() || !newcomer.unsaid() || partial_) return;
        const bool missed = reading_.missed > before && !reading_.problems.full();
        const std::string likely = missed ? newcomer.likely_slip(path) : "";
        if (!likely.empty()) reading_.refuse(entry.origin, path, likely);
        reading_.added.push_back(path);
    }

    /// Which of the names the table's key gives; nothing, and a refusal, where it gives none of them.
    std::optional<std::size_t> chosen_name(std::string_view chooser, const std::vector<std::string>& names) {
        const Node* named = take(chooser);
        if (named == nullptr && partial_) return std::nullopt;
        const std::string* name = named ? named->text() : nullptr;
        const auto it = name ? std::find(names.begin(), names.end(), *name) : names.end();
        if (it != names.end()) return static_cast<std::size_t>(it - names.begin());
        reading_.refuse(named ? named->origin : table_.origin, joined(path_, chooser),
                        fmt::format("got {}, want one of {}{}", named ? shown(*named) : "nothing",
                                    fmt::join(names, ", "), suggestion(name ? *name : "", names)));
        return std::nullopt;
    }

    /// Who knows what the table's other keys mean.
    void forget_rest() {
        for (const Entry& entry : *table_.table()) known_.push_back(entry.key);
    }

    /// A table in which the value of `chooser` names the struct that the rest of it describes. What contradicts itself
    /// is told and not kept: checks draw from what they find.
    template <class Variant, std::size_t N>
    void chosen(const Node& node, const std::string& path, Variant& member, const PolicyName (&choices)[N],
                std::string_view chooser) {
        static_assert(N == std::variant_size_v<Variant>, "one name for each struct");
        std::vector<std::string> names;
        for (const PolicyName& choice : choices) names.emplace_back(choice.name);
        Reader reader(reading_, node, path, partial_, since_);
        const std::optional<std::size_t> index = reader.chosen_name(chooser, names);
        if (!index) return;
        Variant read;
        const std::size_t before = reading_.refusals;
        choose(read, *index, reader);
        reader.finish();
        const bool whole = !partial_ && reading_.refusals == before;
        const auto contradiction = whole ? contradiction_in(read) : std::nullopt;
        if (!contradiction) return void(member = std::move(read));
        const Node* told = node.find(contradiction->key);
        reading_.refuse(told ? told->origin : node.origin, joined(path, contradiction->key),
                        fmt::format("got {}, want {}", contradiction->got, contradiction->want));
    }

    template <class Variant, std::size_t I = 0>
    static void choose(Variant& member, std::size_t index, Reader& reader) {
        if constexpr (I < std::variant_size_v<Variant>) {
            if (index == I) return describe(reader, member.template emplace<I>());
            choose<Variant, I + 1>(member, index, reader);
        }
    }

    /// A key that this table must have.
    void missing(std::string_view key, const std::string& wanted, std::string_view meaning) {
        if (!partial_) reading_.missing(table_.origin, joined(path_, key), wanted, meaning);
    }

    template <class T>
    void value(const Node& node, const std::string& path, T& member, const Kind& kind) {
        if constexpr (std::is_same_v<T, std::string>) {
            const std::string* written = node.text();
            if (written && !(written->empty() && kind.need == Kind::Need::always)) {
                member = *written;
            } else {
                reading_.wrong(node, path, shown(node), kind);
            }
        } else if constexpr (std::is_same_v<T, bool>) {
            if (const bool* written = std::get_if<bool>(&node.value)) {
                member = *written;
            } else {
                reading_.wrong(node, path, shown(node), kind);
            }
        } else {
            if (is_none(node, member)) return;
            std::string got;
            const std::optional<double> number = read_number(node, kind, reading_.currency, got);
            if (number) store(*number, member);
            // What is stored is rounded, and then may be too little.
            if (!number || !allows(kind, member)) reading_.wrong(node, path, got, kind);
        }
        if (path == "currency") currency(node, member);
    }

    /// "none" takes an optional value away, which an overlay could not do otherwise.
    template <class T>
    static bool is_none(const Node&, T&) {
        return false;
    }
    template <class T>
    static bool is_none(const Node& node, std::optional<T>& member) {
        if (node.text() == nullptr || *node.text() != "none") return false;
        member.reset();
        return true;
    }

    template <class T>
    void currency(const Node& node, const T& member) {
        if constexpr (std::is_same_v<T, std::string>) {
            const bool code = member.size() == 3 &&
                              std::all_of(member.begin(), member.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
            if (!code)
                return reading_.refuse(node.origin, "currency",
                                       fmt::format("got {}, want an ISO code such as USD", shown(node)));
            reading_.currency = member;
        }
    }

    Reading& reading_;
    const Node& table_;
    std::string path_;
    bool partial_;
    int since_;
    std::vector<std::string> known_;
    std::vector<std::string> refused_;  ///< paths of names that are most likely slips
};

}  // namespace

Scenario read_scenario(const Tree& tree, const models::PolicyRegistry& policies, Problems& problems,
                       std::vector<std::string>& added) {
    Scenario scenario;
    Reading reading{tree, problems, added, policies};
    Reader reader(reading, tree.root, "", !tree.complete, std::numeric_limits<int>::min());
    describe(reader, scenario);
    reader.finish();
    return scenario;
}

}  // namespace entrepot::scenarios

#include "scenarios/writer.hpp"

#include <fmt/format.h>

#include "scenarios/describe.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/store.hpp"

namespace entrepot::scenarios {

namespace {

/// A key as TOML: bare where it may be.
std::string key_text(std::string_view key) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    bool bare = !key.empty();
    for (const char c : key) bare = bare && plain(c);
    return bare ? std::string(key) : toml_string(key);
}

/// Writes a table's values, then its sub-tables.
class Writer {
public:
    Writer(std::string path, std::string currency) : path_(std::move(path)), currency_(std::move(currency)) {}

    template <class T>
    void operator()(std::string_view key, T& member, const Kind& kind, std::string_view) {
        if (allows(kind, member)) line(key, text(member, kind));  // what isn't allowed was not given, nor needed
    }

    template <class List>
    void list(std::string_view key, List& member, const Kind& kind, std::size_t least, std::size_t, std::string_view) {
        if (member.size() < least) return;  // nobody gave or needs it
        std::vector<std::string> values;
        for (const auto& value : member) values.push_back(text(value, kind));
        line(key, fmt::format("[{}]", fmt::join(values, ", ")));
    }

    template <class T>
    void by_class(std::string_view key, models::Column<models::ClassId, T>& member, const Kind& kind,
                  std::string_view) {
        std::vector<std::string> values;
        for (std::size_t i = 0; i < member.size() && i < classes_->size(); ++i) {
            values.push_back(fmt::format("{} = {}", key_text((*classes_)[i]), text(member[models::ClassId{i}], kind)));
        }
        line(key, fmt::format("{{ {} }}", fmt::join(values, ", ")));
    }

    void by_name(std::string_view key, NamedList<double>& member, const Kind& kind, std::string_view) {
        std::vector<std::string> values;
        for (const auto& [name, value] : member) {
            values.push_back(fmt::format("{} = {}", key_text(name), text(value, kind)));
        }
        line(key, fmt::format("{{ {} }}", fmt::join(values, ", ")));
    }

    template <class T>
    void table(std::string_view key, T& member, std::string_view) {
        Writer part = below(key);
        describe(part, member);
        tables_ += part.finish();
    }

    template <class T>
    void optional(std::string_view key, std::optional<T>& member, std::string_view meaning) {
        if (member) table(key, *member, meaning);
    }

    template <class T>
    void named(std::string_view key, NamedList<T>& member, std::string_view, std::string_view = {}) {
        for (auto& [name, value] : member) {
            Writer part = below(fmt::format("{}.{}", key, key_text(name)));
            describe(part, value);
            tables_ += part.finish();
        }
    }

    template <class T>
    void entities(std::string_view key, NamedList<T>& member, std::string_view meaning, std::string_view = {}) {
        named(key, member, meaning);
    }

    template <class T>
    void policy(std::string_view key, T& member, std::string_view meaning) {
        table(key, member, meaning);
    }

    void level_policy(ReplenishmentPart& member) {
        line("policy", toml_string(member.policy));
        ParametersFor parameters(*this);
        if (member.levels) member.levels->describe(parameters);
    }

    void priority_policy(PriorityPart& member) {
        line("policy", toml_string(member.policy));
        ParametersFor parameters(*this);
        if (member.rule) member.rule->describe(parameters);
    }

    void binding(BindingPart& member) {
        if (member.decision == BindingPart::replenishment) return describe(*this, member.ordered);
        if (member.decision == BindingPart::priority) return describe(*this, member.ranked);
        (*this)("promise", member.promised, choice({"table", "available_to_promise"}), "");
    }

    template <class Variant, std::size_t N>
    void distribution(std::string_view key, Variant& member, const PolicyName (&distributions)[N], std::string_view,
                      Kind::Need = {}) {
        Writer part = below(key);
        part.line("distribution", toml_string(distributions[member.index()].name));
        std::visit([&](auto& chosen) { describe(part, chosen); }, member);
        tables_ += part.finish();
    }
    template <class Variant, std::size_t N>
    void distribution(std::string_view key, std::optional<Variant>& member, const PolicyName (&distributions)[N],
                      std::string_view meaning, Kind::Need = {}) {
        if (member) distribution(key, *member, distributions, meaning);
    }

    void classes(const NamedList<ClassPart>& classes) {
        for (const auto& velocity : classes) own_classes_.push_back(velocity.name);
        classes_ = &own_classes_;
    }

    std::string finish() const {
        if (path_.empty()) return values_ + tables_;
        return fmt::format("\n[{}]\n{}{}", path_, values_, tables_);
    }

private:
    Writer below(std::string_view key) const {
        Writer part(path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key), currency_);
        part.classes_ = classes_;
        return part;
    }

    void line(std::string_view key, const std::string& value) { values_ += fmt::format("{} = {}\n", key, value); }

    template <class T>
    std::string text(const T& member, const Kind& kind) const {
        if constexpr (std::is_same_v<T, std::string>) {
            return toml_string(member);
        } else if constexpr (std::is_same_v<T, bool>) {
            return member ? "true" : "false";
        } else {
            return format(stored(member), kind, currency_);
        }
    }
    template <class T>
    std::string text(const std::optional<T>& member, const Kind& kind) const {
        return member ? text(*member, kind) : toml_string("none");
    }

    std::string path_, currency_, values_, tables_;
    std::vector<std::string> own_classes_;
    const std::vector<std::string>* classes_ = &own_classes_;
};

}  // namespace

std::string canonical_text(const Scenario& scenario) {
    Scenario copy = scenario;  // a description names members that a reader may change
    Writer writer("", scenario.currency);
    describe(writer, copy);
    return writer.finish();
}

}  // namespace entrepot::scenarios

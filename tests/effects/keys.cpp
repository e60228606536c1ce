#include "keys.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/describe.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/store.hpp"

namespace entrepot::tests {

using scenarios::BindingPart;
using scenarios::Kind;
using scenarios::NamedList;
using scenarios::PolicyName;
using scenarios::PriorityPart;
using scenarios::ReplenishmentPart;

namespace {

/// A table's keys, then those of its sub-tables. With policies it visits each part that there may be once, as the
/// reference page does; without, the parts of a scenario.
class KeyVisitor {
public:
    KeyVisitor(std::vector<Key>& keys, const models::PolicyRegistry* all, std::string currency)
        : keys_(keys), all_(all), currency_(std::move(currency)) {}

    template <class T>
    void operator()(std::string_view key, T& member, const Kind& kind, std::string_view) {
        add(key, others(member, kind));
    }

    template <class List>
    void list(std::string_view key, List& member, const Kind& kind, std::size_t, std::size_t, std::string_view) {
        std::vector<std::string> texts, values;
        for (const auto& value : member) texts.push_back(text(value, kind));
        const std::vector<std::string> as_it_is = texts;
        std::ranges::reverse(texts);
        if (texts != as_it_is) values.push_back(fmt::format("[{}]", fmt::join(texts, ", ")));
        add(key, values);
    }

    template <class T>
    void by_class(std::string_view key, models::Column<models::ClassId, T>& member, const Kind& kind,
                  std::string_view) {
        add(key, member.empty() ? std::vector<std::string>{} : others(member[models::ClassId{0}], kind));
    }

    void by_name(std::string_view key, NamedList<double>& member, const Kind& kind, std::string_view) {
        std::vector<std::string> values;
        for (const auto& [name, value] : member) {
            for (const std::string& other : others(value, kind))
                values.push_back(fmt::format("{{ {} = {} }}", name, other));
        }
        add(key, values);
    }

    template <class T>
    void table(std::string_view key, T& member, std::string_view) {
        descend(key, key, member);
    }

    template <class T>
    void optional(std::string_view key, std::optional<T>& member, std::string_view) {
        if (member) return descend(key, key, *member);
        T part{};
        if (all_) descend(key, key, part);
    }

    template <class T>
    void named(std::string_view key, NamedList<T>& member, std::string_view, std::string_view = {}) {
        for (auto& [name, value] : member) {
            descend(fmt::format("{}.{}", key, name), fmt::format("{}.*", key), value);
        }
        T part{};
        if (all_) descend("", fmt::format("{}.*", key), part);
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
        add("policy", {});
        if (!all_) return under(member.policy, [&](KeyVisitor& v) { parameters(v, member.levels.get()); });
        for (const auto& kind : all_->levels) {
            ReplenishmentPart one{.policy = std::string(kind.name), .levels = kind.make(), .ordering = {}};
            under(one.policy, [&](KeyVisitor& v) {
                parameters(v, one.levels.get());
                scenarios::describe_reviews(v, one.ordering.policy, scenarios::review_of_levels());
            });
        }
        under(std::string(ReplenishmentPart::kFixedLevels), [](KeyVisitor& v) {
            scenarios::OrderingPart one;
            scenarios::describe_levels(v, one);
        });
    }

    void priority_policy(PriorityPart& member) {
        add("policy", {});
        if (!all_) return under(member.policy, [&](KeyVisitor& v) { parameters(v, member.rule.get()); });
        for (const auto& kind : all_->priorities) {
            const auto rule = kind.make();
            under(std::string(kind.name), [&](KeyVisitor& v) { parameters(v, rule.get()); });
        }
    }

    void binding(BindingPart&) { add("policy", {}); }

    /// The keys of a distribution count once for all places where one may stand.
    template <class Variant, std::size_t N>
    void distribution(std::string_view key, std::optional<Variant>& member, const PolicyName (&names)[N],
                      std::string_view, Kind::Need = {}) {
        constexpr bool kTimes = std::is_same_v<Variant, models::TimeDistribution>;
        add(key, {other_choice(kTimes, false)});
        if (member) chosen(key, *member, names);
    }
    template <class Variant, std::size_t N>
    void distribution(std::string_view key, Variant& member, const PolicyName (&names)[N], std::string_view meaning,
                      Kind::Need need = {}) {
        std::optional<Variant> one = member;
        distribution(key, one, names, meaning, need);
    }

    /// The keys of each of them.
    template <class Variant, std::size_t N>
    void each_distribution(const PolicyName (&names)[N]) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            const auto one = [&](Variant member) { chosen("", member, names); };
            (one(Variant{std::in_place_index<I>}), ...);
        }(std::make_index_sequence<N>{});
    }

    void classes(const NamedList<scenarios::ClassPart>&) {}

private:
    static std::string other_choice(bool times, bool is_constant) {
        if (times)
            return fmt::format(R"({{ distribution = "{}", mean = "7 h" }})", is_constant ? "exponential" : "constant");
        return is_constant ? R"({ distribution = "poisson", mean = 7 })"
                           : R"({ distribution = "constant", units = 7 })";
    }

    static std::string joined(std::string_view path, std::string_view key) {
        return path.empty() || key.empty() ? fmt::format("{}{}", path, key) : fmt::format("{}.{}", path, key);
    }

    void add(std::string_view key, std::vector<std::string> values) {
        keys_.push_back({joined(name_, key), all_ ? "" : joined(path_, key), std::move(values)});
    }

    template <class T>
    void descend(std::string_view path, std::string_view name, T& member) {
        KeyVisitor part(keys_, all_, currency_);
        part.path_ = joined(path_, path);
        part.name_ = joined(name_, name);
        scenarios::describe(part, member);
    }

    template <class Variant, std::size_t N>
    void chosen(std::string_view key, Variant& member, const PolicyName (&names)[N]) {
        constexpr bool kTimes = std::is_same_v<Variant, models::TimeDistribution>;
        KeyVisitor part(keys_, all_, currency_);
        part.path_ = joined(path_, key);
        part.name_ = fmt::format("{}.{}", kTimes ? "times" : "counts", names[member.index()].name);
        const bool is_constant = std::string_view(names[member.index()].name) == "constant";
        keys_.push_back({part.name_ + ".distribution", all_ ? "" : part.path_, {other_choice(kTimes, is_constant)}});
        std::visit([&](auto& one) { scenarios::describe(part, one); }, member);
    }

    /// The rest of the table's keys are those of one policy.
    template <class Describe>
    void under(const std::string& policy, Describe&& keys) {
        KeyVisitor part = *this;
        part.name_ = joined(name_, policy);
        keys(part);
        if (!all_) name_ = part.name_;
    }

    template <class Policy>
    static void parameters(KeyVisitor& visitor, Policy* policy) {
        scenarios::ParametersFor<KeyVisitor> all(visitor);
        if (policy) policy->describe(all);
    }

    template <class T>
    std::string text(const T& member, const Kind& kind) const {
        if constexpr (std::is_same_v<T, std::string>) {
            return scenarios::toml_string(member);
        } else {
            return scenarios::format(scenarios::stored(member), kind, currency_);
        }
    }

    template <class T>
    std::vector<std::string> others(const T& member, const Kind& kind) const {
        std::vector<std::string> texts;
        if constexpr (std::is_same_v<T, std::string>) {
            texts.push_back(scenarios::toml_string(member + " changed"));
        } else if constexpr (std::is_same_v<T, bool>) {
            texts.push_back(member ? "false" : "true");
        } else {
            for (const double value : other_values(scenarios::stored(member), kind)) {
                texts.push_back(scenarios::format(value, kind, currency_));
            }
        }
        return texts;
    }
    template <class T>
    std::vector<std::string> others(const std::optional<T>& member, const Kind& kind) const {
        return others(member.value_or(T{}), kind);
    }

    std::vector<Key>& keys_;
    const models::PolicyRegistry* all_;
    std::string currency_, path_, name_;
};

}  // namespace

std::vector<double> other_values(double now, const Kind& kind) {
    std::vector<double> wanted;
    if (kind.form == Kind::Form::choice) {
        for (std::size_t i = 0; i < kind.choices.size(); ++i) wanted.push_back(static_cast<double>(i));
    } else if (kind.form == Kind::Form::clock) {
        const double step = kind.most <= 24 ? 2 : 120;  // hours or minutes
        wanted = {now + step, now - step};
    } else if (kind.form == Kind::Form::date || kind.form == Kind::Form::day_or_date) {
        wanted = {now + 2, now - 1};
    } else if (now == 0 || !kind.allows(now)) {
        const double unit = kind.units.empty() || kind.most <= 1 ? 1 : kind.units.front().factor;
        wanted = kind.most <= 1 ? std::vector<double>{0.4, 1} : std::vector<double>{2 * unit, 20 * unit, 0.5 * unit};
    } else {
        wanted = {2 * now, now / 2, now + 1};
    }
    std::erase_if(wanted, [&](double value) { return value == now || !kind.allows(value); });
    return wanted;
}

std::vector<Key> described_keys(const models::PolicyRegistry& policies) {
    std::vector<Key> keys;
    scenarios::Scenario standard;
    KeyVisitor visitor(keys, &policies, "USD");
    scenarios::describe(visitor, standard);
    visitor.each_distribution<models::TimeDistribution>(scenarios::kTimeDistributions);
    visitor.each_distribution<models::CountDistribution>(scenarios::kCountDistributions);
    return keys;
}

std::vector<Key> keys_in(const scenarios::Scenario& scenario) {
    std::vector<Key> keys;
    scenarios::Scenario copy = scenario;  // a description names members that a reader may change
    KeyVisitor visitor(keys, nullptr, scenario.currency);
    scenarios::describe(visitor, copy);
    return keys;
}

}  // namespace entrepot::tests

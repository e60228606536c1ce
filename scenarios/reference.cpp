#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

#include "scenarios/describe.hpp"
#include "scenarios/load.hpp"
#include "scenarios/parameters.hpp"
#include "scenarios/store.hpp"

namespace entrepot::scenarios {

namespace {

/// What stands on the page already, and under which table.
using Printed = std::map<std::string, std::string>;

/// A list of keys as a Markdown table for each TOML table. Tables with the same keys share one list.
class Reference {
public:
    Reference(std::string path, std::string& page, Printed& printed)
        : path_(std::move(path)), page_(page), printed_(printed) {}

    template <class T>
    void operator()(std::string_view key, T& member, const Kind& kind, std::string_view meaning) {
        const std::string standard = !allows(kind, member) ? "none" : shown(member, kind);
        row(key, kind.wanted(), is_required(kind, member) ? "required" : standard, meaning);
    }

    template <class List>
    void list(std::string_view key, List& member, const Kind& kind, std::size_t least, std::size_t most,
              std::string_view meaning) {
        std::vector<std::string> values;
        for (const auto& value : member) values.push_back(shown(value, kind));
        const std::string size = least == most ? fmt::format("{}", least) : fmt::format("{} to {}", least, most);
        row(key, fmt::format("a list of {}, each {}", size, kind.wanted()),
            is_required(kind, member.size(), least) ? "required" : fmt::format("[{}]", fmt::join(values, ", ")),
            meaning);
    }

    template <class T>
    void by_class(std::string_view key, models::Column<models::ClassId, T>&, const Kind& kind,
                  std::string_view meaning) {
        row(key, fmt::format("{}, or a table of one for each class", kind.wanted()), "required", meaning);
    }

    void by_name(std::string_view key, NamedList<double>&, const Kind& kind, std::string_view meaning) {
        row(key, fmt::format("a table of values, each {}", kind.wanted()), "", meaning);
    }

    template <class T>
    void table(std::string_view key, T& member, std::string_view meaning) {
        part(std::string(key), member, fmt::format("{}.", meaning));
    }

    template <class T>
    void optional(std::string_view key, std::optional<T>&, std::string_view meaning) {
        T member{};
        part(std::string(key), member, fmt::format("{}. May be left out.", meaning));
    }

    template <class T>
    void named(std::string_view key, NamedList<T>&, std::string_view meaning, std::string_view defaults = {}) {
        parts<T>(key, meaning, defaults, "");
    }

    template <class T>
    void entities(std::string_view key, NamedList<T>&, std::string_view meaning, std::string_view defaults = {}) {
        parts<T>(key, meaning, defaults, " One that is added to those of the base says `new = true`.");
    }

    template <class T>
    void policy(std::string_view key, T& member, std::string_view meaning) {
        part(std::string(key), member, fmt::format("{}. The key `policy` chooses one of those below", meaning));
    }

    void level_policy(ReplenishmentPart&) {
        const models::PolicyRegistry registry = models::built_in_policies();
        list_policies(registry.levels, kGivenLevels);
        for (const auto& kind : registry.levels) {
            ReplenishmentPart member{.policy = std::string(kind.name), .levels = kind.make(), .ordering = {}};
            member.ordering.policy.execution = models::Execution::planners;
            keys_with(kind.name, [&](auto& v) {
                ParametersFor parameters(v);
                member.levels->describe(parameters);
                describe_reviews(v, member.ordering.policy, review_of_levels());
            });
        }
        keys_with(ReplenishmentPart::kFixedLevels, [&](auto& v) {
            OrderingPart member;
            describe_levels(v, member);
        });
    }

    void priority_policy(PriorityPart&) {
        const models::PolicyRegistry registry = models::built_in_policies();
        list_policies(registry.priorities, std::span<const PolicyName>{});
        for (const auto& kind : registry.priorities) {
            const auto rule = kind.make();
            keys_with(kind.name, [&](auto& v) {
                ParametersFor parameters(v);
                rule->describe(parameters);
            });
        }
    }

    void binding(BindingPart&) {
        row("policy", "a policy of that decision, with its keys beside it; of promises `promise`", "required",
            "how it is decided there");
    }

    /// Distributions are told once, at the end of the page.
    template <class Member, std::size_t N>
    void distribution(std::string_view key, Member&, const PolicyName (&distributions)[N], std::string_view meaning,
                      Kind::Need need = {}) {
        std::string names;
        for (const PolicyName& distribution : distributions)
            names += fmt::format("{}`{}`", names.empty() ? "" : ", ", distribution.name);
        row(key, fmt::format("a table whose `distribution` is one of {}", names),
            need == Kind::Need::always ? "required" : "", meaning);
    }

    /// The distributions of times or of counts, with the keys of each.
    template <class Variant, std::size_t N>
    void distributions(const std::string& title, const PolicyName (&names)[N]) {
        page_ += fmt::format("## {}\n\nA table whose key `distribution` chooses one of these:\n", title);
        for (const PolicyName& distribution : names)
            page_ += fmt::format("\n- `\"{}\"`: {}", distribution.name, distribution.meaning);
        page_ += "\n\n";
        keys_of<Variant>("", names, std::make_index_sequence<N>{}, "distribution");
        flush();
    }

    void classes(const NamedList<ClassPart>&) {}

    void finish() {
        if (!rows_.empty()) page_ += "| key | value | default | meaning |\n|---|---|---|---|\n" + rows_ + "\n";
        flush();
    }

private:
    void flush() {
        page_ += tables_;
        tables_.clear();
    }

    template <class T>
    void parts(std::string_view key, std::string_view meaning, std::string_view defaults, std::string_view adding) {
        T member{};
        const std::string shared =
            defaults.empty() ? "" : fmt::format(" Values that all share may stand in `[{}]`.", defaults);
        part(fmt::format("{}.NAME", key), member,
             fmt::format("{}; any number of them, by name.{}{}", meaning, shared, adding));
    }

    template <class T>
    void part(const std::string& key, T& member, const std::string& meaning) {
        const std::string keys = keys_in(joined(key), member);
        // What stands before its own tables tells it from all others; those are then the same, too.
        const std::string own = keys.substr(0, keys.find("## "));
        const auto [first, is_first] = printed_.emplace(own.empty() ? keys : own, joined(key));
        tables_ += heading(key, meaning);
        tables_ += is_first ? keys : fmt::format("The keys are those of `[{}]`.\n\n", first->second);
    }

    template <class T>
    std::string keys_in(const std::string& path, T& member) {
        std::string text;
        Reference reference(path, text, printed_);
        describe(reference, member);
        reference.finish();
        return text;
    }

    template <class Kinds, class Further>
    void list_policies(const Kinds& kinds, const Further& further) {
        std::string text;
        for (const auto& kind : kinds) text += fmt::format("- `\"{}\"`: {}\n", kind.name, kind.meaning);
        for (const PolicyName& name : further) text += fmt::format("- `\"{}\"`: {}\n", name.name, name.meaning);
        tables_ += text + "\n";
    }

    template <class Describe>
    void keys_with(std::string_view policy, Describe&& keys) {
        std::string text;
        Reference reference(path_, text, printed_);
        keys(reference);
        reference.finish();
        if (!text.empty()) tables_ += fmt::format("With `policy = \"{}\"`:\n\n{}", policy, text);
    }

    template <class Variant, std::size_t N, std::size_t... I>
    void keys_of(const std::string& key, const PolicyName (&policies)[N], std::index_sequence<I...>,
                 std::string_view chooser = "policy") {
        std::vector<std::pair<std::string, std::string>> lists;  // keys, and the choices that have them
        const auto one = [&]<std::size_t Index>() {
            std::variant_alternative_t<Index, Variant> member{};
            const std::string keys = keys_in(joined(key), member);
            const auto same = std::ranges::find(lists, keys, [](const auto& list) { return list.first; });
            const std::string name = fmt::format("`{} = \"{}\"`", chooser, policies[Index].name);
            if (same != lists.end()) {
                same->second += fmt::format(" or `\"{}\"`", policies[Index].name);
            } else if (!keys.empty()) {
                lists.emplace_back(keys, name);
            }
        };
        (one.template operator()<I>(), ...);
        for (const auto& [keys, names] : lists) tables_ += fmt::format("With {}:\n\n{}", names, keys);
    }

    std::string joined(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }

    std::string heading(const std::string& key, const std::string& meaning) const {
        std::string text = meaning;
        if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
        return fmt::format("## `[{}]`\n\n{}\n\n", joined(key), text);
    }

    template <class T>
    static std::string shown(const T& member, const Kind& kind) {
        if constexpr (std::is_same_v<T, std::string>) {
            return member.empty() ? "" : toml_string(member);
        } else if constexpr (std::is_same_v<T, bool>) {
            return member ? "true" : "false";
        } else {
            return format(stored(member), kind, "USD");
        }
    }
    template <class T>
    static std::string shown(const std::optional<T>&, const Kind&) {
        return "none";
    }

    void row(std::string_view key, const std::string& value, const std::string& standard, std::string_view meaning) {
        const std::string code = standard.empty() || standard == "required" ? standard : fmt::format("`{}`", standard);
        rows_ += fmt::format("| `{}` | {} | {} | {} |\n", key, cell(value), cell(code), cell(std::string(meaning)));
    }

    /// A bar would end the cell.
    static std::string cell(const std::string& text) {
        std::string result;
        for (const char c : text) {
            if (c == '|') result += '\\';
            result += c;
        }
        return result;
    }

    std::string path_;
    std::string& page_;
    Printed& printed_;
    std::string rows_, tables_;
};

constexpr std::string_view kIntroduction = R"(# Scenario reference

This page is made from the program's own description of the language: `entrepot list keys > docs/scenario-reference.md`.

A scenario is a [TOML](https://toml.io) file. A quantity carries its unit in its value: `"14 d"`, `"$27/h"`,
`"40 lines/h"`; a share may be written `0.95` or `"95 %"`; zero needs no unit. Counts and factors are bare numbers. No
duration is longer than 36500 days, a hundred years.

- `base = "other.toml"` (relative to the file) starts from another scenario; what the file says itself is laid over it,
  table by table. Lists are replaced whole. Bases may have bases.
- Things that come in numbers have names: `[site.NE]`, `[carrier.parcel]`. They keep the order in which they are first
  named.
- `--set site.NE.absence="8 %"` on the command line is laid over the file.
- A misspelt name makes nothing new. Who adds a site, tier, class, supplier segment, carrier, strategy or stream to
  those of the base writes `new = true` into its table; so does who adds anything else with a name near one that the
  base has, such as `[burst.tl]` beside `t1`. Names of which only the number at the end differs, such as `t1` and `t2`,
  are not near. `--set` adds to what there is only with `--set site.NW.new=true`. What is added otherwise is told by
  `validate` and `run`.
- A base that is made for others to stand on may say `foundation = true`: to that, files that stand on it themselves add
  without `new = true` whatever has no name near one that it has.
- A key whose default is called "required" must be given wherever its table is.
- Keys that aren't listed here are errors. One that was renamed is refused with its new name, and `entrepot update FILE`
  changes the names in a file.

The values below are the top-level keys, then one table after the other.

)";

}  // namespace

std::string reference_markdown() {
    Scenario standard;
    std::string page(kIntroduction);
    Printed printed;
    Reference reference("", page, printed);
    bool foundation = false;
    reference("base", standard.name, text(), "scenario file on which this one is based");
    reference("foundation", foundation, flag(), "files that stand on this one may add to it without `new = true`");
    describe(reference, standard);
    reference.finish();
    reference.distributions<models::TimeDistribution>("Distributions of times", kTimeDistributions);
    reference.distributions<models::CountDistribution>("Distributions of counts", kCountDistributions);
    while (page.ends_with("\n\n")) page.pop_back();
    return page;
}

}  // namespace entrepot::scenarios

#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/check.hpp"
#include "scenarios/kind.hpp"

/// What the checks of a scenario's parts share.
namespace entrepot::scenarios {

using Path = std::vector<std::string>;

/// The key of [office] that says how many people of a role there are; the system has none.
constexpr const char* key_of_heads(models::Role role) {
    constexpr std::array<const char*, models::kRoles> kKeys{
        "",        "planners",      "service_agents", "procurement",
        "finance", "service_leads", "it_support",     "warehouse_supervisors"};
    static_assert(kKeys.back() != nullptr, "each role has its key");
    return kKeys[static_cast<std::size_t>(role)];
}
/// What is bought or moved has a value.
constexpr bool has_units(models::DecisionKind kind) {
    using enum models::DecisionKind;
    return kind == purchase || kind == transfer || kind == allocation_override;
}

template <class T>
std::vector<std::string> names_of(const NamedList<T>& list) {
    std::vector<std::string> names;
    for (const auto& entry : list) names.push_back(entry.name);
    return names;
}

/// Where the path's value stands in the file, in its table or in that of its defaults; nothing where it is not written.
std::optional<Origin> written(const Tree& tree, const Path& path);

class Checker {
public:
    Checker(const Scenario& scenario, const Tree& tree, Problems& problems)
        : s_(scenario),
          tree_(tree),
          problems_(problems),
          sites_(names_of(s_.sites)),
          tiers_(names_of(s_.tiers)),
          strategies_(names_of(s_.strategies)) {}

protected:
    /// `rests_on`: another value that is refused more likely than this one, where it could not be read.
    void refuse(const Path& path, std::string message, const Path& rests_on = {}) {
        if (problems_.full()) return problems_.leave_out(1);  // finding the place takes time
        Problem problem = at(tree_, path, std::move(message));
        problem.rests_on = fmt::format("{}", fmt::join(rests_on, "."));
        problems_.push_back(std::move(problem));
    }

    void require(bool good, const Path& path, const std::string& got, const std::string& want,
                 const Path& rests_on = {}) {
        if (!good) refuse(path, fmt::format("got {}, want {}", got, want), rests_on);
    }

    /// A name must be one of those that exist: few are listed, and of many ten where none is near in spelling.
    bool exists(const std::string& name, const std::vector<std::string>& known, const Path& path, const char* noun,
                const Path& rests_on = {}) {
        if (std::find(known.begin(), known.end(), name) != known.end()) return true;
        if (problems_.full()) return refuse(path, ""), false;  // and so does advice
        const std::string likely = suggestion(name, known);
        std::string some;
        if (known.size() <= kMostListed || likely.empty()) some = ", " + some_of(known);
        if (known.empty()) some = ", of which none is defined";
        refuse(path,
               fmt::format("got {}, want {}{}{}", name.empty() ? "nothing" : toml_string(name), noun, some, likely),
               rests_on);
        return false;
    }

    /// The same of a key that is a name by itself: one that doesn't exist is told in place of what its value is.
    bool names(const std::string& name, const std::vector<std::string>& known, const Path& path, const char* noun) {
        const bool room = !problems_.full();
        if (exists(name, known, path, noun)) return true;
        if (room) std::prev(problems_.end())->of_name = true;
        return false;
    }

    /// Shares of a whole. The tolerance lets 1/3 be written with four digits.
    void sums_to_one(const std::vector<double>& shares, const Path& path, const std::string& what) {
        const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
        require(std::abs(sum - 1) <= 1e-3, path, fmt::format("{} that sum to {:.6g}", what, sum), "a sum of 1");
    }

    /// What is named twice is a slip: somebody else was meant.
    template <class Name, std::size_t N>
    void each_once(const std::vector<Name>& list, const std::array<const char*, N>& names, const Path& path) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const bool again = std::count(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) > 0;
            require(!again, path, fmt::format("{} a second time", names[static_cast<std::size_t>(list[i])]),
                    "each of them once");
        }
    }

    /// A text over the one that says it, such as an overlay, has put it out of work by another key.
    bool put_out_of_work(const Path& path, const Path& by) const {
        const auto said = written(tree_, path), over = written(tree_, by);
        return said && over && over->height > said->height;
    }

    void same_length(std::size_t size, std::size_t wanted, const Path& path, const char* each) {
        require(size == wanted, path, fmt::format("a list of {}", size),
                fmt::format("a list of {}: one for each {}", wanted, each));
    }

    /// Made-up items are named by their class; listed and recorded ones can't be checked here.
    void item_exists(const std::string& name, const Path& path) {
        if (name.empty() || !s_.items.file.empty() || s_.demand.history) return;
        if (made_up_.empty()) {
            made_up_ = made_up_names(s_);
            made_up_set_ = {made_up_.begin(), made_up_.end()};
        }
        if (!made_up_set_.contains(name)) exists(name, made_up_, path, "the name of an item");
    }

    static Path below(const Path& path, const std::string& key) {
        Path longer = path;
        longer.push_back(key);
        return longer;
    }

    void scope_exists(const Scope& scope, const Path& path) {
        if (!scope.site.empty()) exists(scope.site, sites_, below(path, "site"), "the name of a site");
        item_exists(scope.item, below(path, "item"));
        if (!scope.velocity.empty()) exists(scope.velocity, names_of(s_.classes), below(path, "class"), "a class");
        if (!scope.segment.empty()) {
            exists(scope.segment, names_of(s_.segments), below(path, "supplier_segment"), "a supplier segment");
        }
    }

    void inside(int day, const Path& path) {
        const int end = s_.calendar.measure_days + s_.calendar.cooldown_days;
        require(day < end, path, fmt::format("day {}", day),
                fmt::format("a day before the end of the horizon, {} d", end));
    }

    static std::string told(models::Duration time) { return format(static_cast<double>(time.count()), duration(), ""); }

    const Scenario& s_;
    const Tree& tree_;
    Problems& problems_;
    std::vector<std::string> sites_, tiers_, strategies_;

private:
    std::vector<std::string> made_up_;  ///< once they are asked for
    std::unordered_set<std::string> made_up_set_;
};

/// Checks distributions, streams, pools and what a study is expected to find.
void check_rules(const Scenario& scenario, const Tree& tree, Problems& problems);

/// Checks who may decide what: rights, guardrails and approvals of strategies.
void check_disturbances(const Scenario& scenario, const Tree& tree, Problems& problems);
void check_systems(const Scenario& scenario, const Tree& tree, Problems& problems);
void check_customers(const Scenario& scenario, const Tree& tree, Problems& problems);
void check_governance(const Scenario& scenario, const Tree& tree, Problems& problems);
void check_skills(const Scenario& scenario, const Tree& tree, Problems& problems);

/// Checks that what a strategy says of decisions has an effect. What the user's text has put out of work in a base is
/// told in `notes`.
void check_idle_decisions(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes);
/// The same of systems, of forecasts and of master data.
void check_idle_systems(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes);

/// The same of the network, of its customers and of what goes wrong, in notes; and refuses what could not be meant.
void check_unused(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes);

/// Checks what is assumed of forecasts, and of what they are told.
void check_data(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes);

/// Checks how locations are replenished: inventory policies and the policies of strategies.
void check_ordering(const Scenario& scenario, const Tree& tree, Problems& problems);

}  // namespace entrepot::scenarios

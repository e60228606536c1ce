#include "studies/live/changes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "results/comparison/scenario_changes.hpp"

namespace entrepot::studies {

namespace {

// Tables that hold nothing but who decides, by which rules and systems, and what results are judged by.
constexpr std::array<std::string_view, 7> kFree{"strategy.", "integration.", "office.",    "finance.",
                                                "verify.",   "title",        "description"};

// Of a site: the people, their equipment and their hours on the dock.
constexpr std::array<std::string_view, 23> kOfSite{"title",
                                                   "description",
                                                   "pickers",
                                                   "receivers",
                                                   "picks_on_saturday",
                                                   "saturday_share",
                                                   "pick_rate",
                                                   "pick_time",
                                                   "pick_time_cv",
                                                   "repair",
                                                   "breakdowns",
                                                   "wave_load",
                                                   "receive_rate",
                                                   "productive_share",
                                                   "overtime_max",
                                                   "overtime_least",
                                                   "overtime_trigger",
                                                   "overtime_rate_factor",
                                                   "overtime_pay_factor",
                                                   "wage",
                                                   "absence",
                                                   "dock_to_stock",
                                                   "seasonal_bias"};

// Of an inventory rule: what it is about, and what there was on day 0.
constexpr std::array<std::string_view, 6> kNotOfStock{"item", "class", "segment", "site", "initial", "scheduled"};

std::string_view last_part(std::string_view key, std::size_t prefix) {
    key.remove_prefix(prefix);
    const std::size_t dot = key.find('.');
    return dot == key.npos ? std::string_view{} : key.substr(dot + 1);
}

}  // namespace

bool may_change(const std::string& key) {
    const auto begins = [&](std::string_view with) { return key.starts_with(with); };
    if (std::ranges::any_of(kFree, begins)) return true;
    if (begins("site.")) return std::ranges::count(kOfSite, last_part(key, 5)) > 0;
    if (begins("stock.")) {
        std::string_view part = last_part(key, 6);
        part = part.substr(0, part.find('.'));
        return !part.empty() && std::ranges::count(kNotOfStock, part) == 0;
    }
    return false;
}

std::vector<std::string> unacceptable_changes(const std::string& from, const std::string& to) {
    std::vector<std::string> reasons;
    for (const std::string& change : results::scenario_changes(from, to)) {
        if (may_change(change.substr(0, change.find(' ')))) continue;
        reasons.push_back(fmt::format(
            "{}: can't change while a run is under way. It belongs to the world that all futures share; strategies, "
            "systems, the office, the people of a site and inventory rules can change",
            change));
    }
    return reasons;
}

}  // namespace entrepot::studies

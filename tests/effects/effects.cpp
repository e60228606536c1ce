#include "effects.hpp"

#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "studies/expectations.hpp"

namespace entrepot::tests {

namespace {

const std::filesystem::path kFolder = std::filesystem::path(ENTREPOT_SOURCE_DIR) / "tests/effects";

std::filesystem::path file_of(const std::string& scenario) {
    const std::filesystem::path name(scenario);
    return name.is_absolute() ? name : kFolder / (scenario + ".toml");
}

/// Of a name, a title, a description, or where a number comes from, nothing is to be seen but on paper.
bool for_people_only(std::string_view key) {
    const std::string_view last = key.substr(key.rfind('.') + 1);
    for (const std::string_view one : {"name", "title", "description", "source", "currency"}) {
        if (last == one && key != "stock.*.source" && !key.starts_with("strategy.*.replenishment")) return true;
    }
    return false;
}

/// Where pages part, with some of what stands there.
std::string first_difference(const std::string& one, const std::string& other) {
    if (one == other) return "";
    std::size_t i = 0;
    while (i < one.size() && i < other.size() && one[i] == other[i]) ++i;
    const std::size_t from = i < 20 ? 0 : i - 20;
    return fmt::format("printed \"...{}...\", then \"...{}...\"", one.substr(from, 50), other.substr(from, 50));
}

}  // namespace

Scenarios::Scenarios(std::vector<std::string> names, models::PolicyRegistry policies)
    : names_(std::move(names)), policies_(std::move(policies)) {}

scenarios::Result Scenarios::load(const std::string& scenario, const std::vector<std::string>& values) const {
    std::vector<std::string> overrides = values;
    for (std::string& value : overrides) {
        const std::size_t at = value.find("\"@");  // a file of this folder
        if (at != std::string::npos) value.replace(at + 1, 1, kFolder.generic_string() + "/");
    }
    return scenarios::load(file_of(scenario), overrides, studies::check_expectations, policies_);
}

const Scenarios::Base& Scenarios::base(const std::string& scenario) {
    const auto [known, is_new] = bases_.try_emplace(scenario);
    if (is_new) {
        const scenarios::Result result = load(scenario, {});
        if (!result) throw std::runtime_error(to_string(result.problems.front()));
        known->second = {.keys = keys_in(result.loaded->scenario), .figures = figures_of(*result.loaded), .pages = {}};
    }
    return known->second;
}

Effect Scenarios::effect_of(const std::string& scenario, const std::vector<std::string>& values, Shown shown) {
    const Base& before = base(scenario);
    Effect effect{.change = fmt::format("{}: {}", scenario, fmt::join(values, ", ")), .difference = {}};
    const scenarios::Result after = load(scenario, values);
    if (shown == Shown::as_a_refusal) {
        if (!after) effect.difference = to_string(after.problems.front());
    } else if (!after) {
        effect.change += fmt::format(" ({})", to_string(after.problems.front()));
    } else if (shown == Shown::in_figures) {
        effect.difference = tests::first_difference(before.figures, figures_of(*after.loaded));
    } else {
        Base& known = bases_.at(scenario);
        if (known.pages.empty()) known.pages = pages_of(*load(scenario, {}).loaded);
        effect.difference = first_difference(known.pages, pages_of(*after.loaded));
    }
    return effect;
}

Effect Scenarios::effect_of(const std::string& key) {
    std::string tried;
    const auto note = [&](const Effect& effect) { tried += "\n    " + effect.change; };
    bool chosen = false;
    for (const Change& change : changes()) {
        if (change.key != key) continue;
        chosen = true;
        Effect effect =
            effect_of(std::string(change.scenario), {change.values.begin(), change.values.end()}, change.shown);
        if (effect.found()) return effect;
        note(effect);
    }
    const Shown shown = for_people_only(key) ? Shown::on_pages : Shown::in_figures;
    for (const std::string& scenario : chosen ? std::vector<std::string>{} : names_) {
        for (const Key& place : base(scenario).keys) {
            if (place.name != key) continue;
            for (const std::string& value : place.values) {
                Effect effect = effect_of(scenario, {place.path + "=" + value}, shown);
                if (effect.found()) return effect;
                note(effect);
            }
        }
    }
    return {.change = tried, .difference = {}};
}

}  // namespace entrepot::tests

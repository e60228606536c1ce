#pragma once

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string>
#include <vector>

#include "scenarios/load.hpp"
#include "studies/explain/order_watcher.hpp"
#include "studies/explain/supply.hpp"

namespace entrepot::tests {

/// A scenario that comes with the program, or one that stands on it with some changes.
inline scenarios::Loaded loaded(const std::string& file, const std::vector<std::string>& changes = {}) {
    scenarios::Result result = scenarios::load(std::string(ENTREPOT_SOURCE_DIR) + "/scenarios/" + file, changes);
    for (const scenarios::Problem& problem : result.problems) throw std::runtime_error(to_string(problem));
    return std::move(*result.loaded);
}

inline models::Network network_of(const scenarios::Loaded& loaded, const std::string& strategy = "") {
    return scenarios::build(loaded, strategy.empty() ? scenarios::strategy_names(loaded.scenario).front() : strategy);
}

/// The steps of a story, "who: what", one a line.
inline std::string steps_of(const studies::explain::Story& story) {
    std::string text;
    for (const studies::explain::Step& step : story.steps) text += step.who + ": " + step.what + "\n";
    return text;
}

/// The amounts that a text tells "at cost", one after the other.
inline std::vector<double> costs_told(std::string text) {
    static const std::regex kCost(R"(\(\$([0-9.]+)( k)? at cost\))");
    std::erase(text, ',');
    std::vector<double> costs;
    for (std::sregex_iterator at(text.begin(), text.end(), kCost), end; at != end; ++at) {
        costs.push_back(std::stod((*at)[1]) * ((*at)[2].matched ? 1e3 : 1));
    }
    return costs;
}

}  // namespace entrepot::tests

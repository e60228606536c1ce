#pragma once

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "studies/run_study.hpp"

namespace entrepot::tests {

/// A shipped scenario with some values changed; throws with all problems when that isn't valid.
inline scenarios::Loaded load_shipped(const std::string& file, const std::vector<std::string>& changes = {}) {
    auto result = scenarios::load(std::filesystem::path{ENTREPOT_SOURCE_DIR} / "scenarios" / file, changes);
    if (result) return std::move(*result.loaded);
    std::string all;
    for (const auto& problem : result.problems) all += to_string(problem) + "\n";
    throw std::runtime_error(all);
}

inline results::Study run_small(const scenarios::Loaded& loaded, int replications = 3,
                                std::vector<std::string> strategies = {}) {
    if (strategies.empty()) strategies = scenarios::strategy_names(loaded.scenario);
    return studies::run_study(loaded,
                              {.strategies = strategies,
                               .replications = replications,
                               .seed = loaded.scenario.study.seed,
                               .comparator = strategies.front()},
                              {}, {});
}
inline results::Study run_small(const std::string& file, const std::vector<std::string>& changes = {},
                                int replications = 3) {
    return run_small(load_shipped(file, changes), replications);
}

inline std::size_t row_named(const results::Study& study, const std::string& kpi, const std::string& label = "all") {
    const auto row = std::ranges::find_if(study.rows, [&](const auto& r) { return r.kpi == kpi && r.label == label; });
    if (row == study.rows.end()) throw std::out_of_range(kpi + " " + label);
    return static_cast<std::size_t>(row - study.rows.begin());
}

/// A KPI of one replication.
inline double value(const results::Study& study, const std::string& kpi, std::size_t replication = 0,
                    const std::string& label = "all", std::size_t strategy = 0) {
    const std::size_t row = row_named(study, kpi, label);
    const results::Replication& r = study.replications[strategy][replication];
    return r.numerator[row] / r.denominator[row];
}

}  // namespace entrepot::tests

#pragma once

#include "results/kpis/accumulator.hpp"
#include "results/replication.hpp"

namespace entrepot::tests {

/// A study of three strategies whose numbers are different everywhere and follow from their place, so that a number in
/// the wrong place shows.
inline results::Study numbered_study(std::size_t replications,
                                     const results::Dimensions& dimensions = small_dimensions()) {
    results::Study study;
    study.manifest = {.program_version = "1.2.3",
                      .source_commit = "0123abcd",
                      .scenario_name = "deux entrepôts",
                      .scenario_text = "name = \"deux entrepôts\"\n# and a line\n",
                      .scenario_digest = "feedbeef",
                      .seed = 4'000'000'001u,
                      .comparator = "S0",
                      .finance = "{}"};
    study.dimensions = dimensions;
    study.strategies = {"S0", "S1", "S6"};
    study.titles = {"baseline_manual", "policy_tuned", "ai_orchestrated"};
    study.rows = results::kpi_rows(study.dimensions);
    study.series = results::series_names();
    const std::size_t places = dimensions.sites.size() + 1, days = static_cast<std::size_t>(dimensions.total_days);
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        auto& runs = study.replications.emplace_back();
        for (std::size_t r = 0; r < replications; ++r) {
            results::Replication& run = runs.emplace_back();
            for (std::size_t row = 0; row < study.rows.size(); ++row) {
                run.numerator.push_back(static_cast<double>(s * 10000 + r * 1000 + row) + 0.125);
                run.denominator.push_back(static_cast<double>(s * 7 + r + row + 1));
            }
            for (std::size_t i = 0; i < study.series.size() * places * days; ++i) {
                run.series.push_back(static_cast<float>(s * 100 + r * 10) + static_cast<float>(i) / 4096);
            }
            run.digest = 0xFFFF'FFFF'0000'0000u + s * 100 + r;
            run.events = 1000 * s + r;
            run.order_lines = 2000 * s + r;
        }
    }
    return study;
}

}  // namespace entrepot::tests

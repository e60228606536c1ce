#include "studies/resume.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/comparison/scenario_changes.hpp"
#include "studies/describe_study.hpp"

namespace entrepot::studies {

namespace {

class Reasons {
public:
    void compare(const std::string& what, const std::string& was, const std::string& is) {
        if (was != is) all.push_back(fmt::format("{}: was {}, is {}", what, was, is));
    }
    std::vector<std::string> all;
};

std::string program_of(const results::Manifest& manifest) {
    return fmt::format("{} ({})", manifest.program_version, manifest.source_commit);
}

void compare_scenarios(const std::string& was, const std::string& is, Reasons& reasons) {
    if (was == is) return;
    auto changes = results::scenario_changes(was, is);
    if (changes.empty()) changes.emplace_back("how the study is run ([study])");
    constexpr std::size_t kMost = 5;
    const std::size_t more = changes.size() > kMost ? changes.size() - kMost : 0;
    changes.resize(changes.size() - more);
    reasons.all.push_back(
        fmt::format("scenario: {}{}", fmt::join(changes, ", "), more > 0 ? fmt::format(" and {} more", more) : ""));
}

std::string goal_text(const results::Study& study, bool usual_kpis) {
    if (!study.precision) return "none";
    return fmt::format("{:g}{}", study.precision->relative,
                       usual_kpis ? "" : fmt::format(" of {}", fmt::join(study.precision->of, ", ")));
}

}  // namespace

std::vector<std::string> hindrances(const results::Study& kept, const scenarios::Loaded& loaded,
                                    const StudyOptions& options) {
    const results::Study wanted = describe_study(loaded, options);
    Reasons reasons;
    reasons.compare("program", program_of(kept.manifest), program_of(wanted.manifest));
    compare_scenarios(kept.manifest.scenario_text, wanted.manifest.scenario_text, reasons);
    reasons.compare("strategies", fmt::format("{}", fmt::join(kept.strategies, ", ")),
                    fmt::format("{}", fmt::join(wanted.strategies, ", ")));
    reasons.compare("comparator", kept.manifest.comparator, wanted.manifest.comparator);
    reasons.compare("seed", std::to_string(kept.manifest.seed), std::to_string(wanted.manifest.seed));
    reasons.compare("antithetic pairs", kept.antithetic ? "on" : "off", wanted.antithetic ? "on" : "off");
    reasons.compare("daily series", kept.series.empty() ? "left out" : "kept",
                    wanted.series.empty() ? "left out" : "kept");
    reasons.compare("items with daily series", fmt::format("[{}]", fmt::join(kept.items.names, ", ")),
                    fmt::format("[{}]", fmt::join(wanted.items.names, ", ")));
    // Usual KPIs that can't be reached are left out of the goal on the way.
    reasons.compare("precision", goal_text(kept, options.usual_kpis), goal_text(wanted, options.usual_kpis));
    const auto most = static_cast<std::size_t>(options.replications);
    if (kept.replication_count() > most) {
        reasons.all.push_back(
            fmt::format("replications: there are {}, {} are asked for", kept.replication_count(), most));
    }
    if (kept.confirmation && options.confirm == 0) {
        reasons.all.push_back("fresh replications of the best strategy: there are some, none are asked for");
    }
    return reasons.all;
}

bool has_all_replications(const results::Study& kept, const StudyOptions& options) {
    switch (kept.ending) {
        case results::Ending::precise:
        case results::Ending::unreachable:
            return true;
        case results::Ending::complete:
        case results::Ending::capped:
            return kept.replication_count() >= static_cast<std::size_t>(options.replications);
        default:
            return false;
    }
}

}  // namespace entrepot::studies

#include "studies/explain/source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "entrepot_version.hpp"
#include "studies/expectations.hpp"

namespace entrepot::studies::explain {

scenarios::Result scenario_of(const results::Study& study) {
    return scenarios::load_text(study.manifest.scenario_text, "scenario of the study", check_expectations);
}

const results::Replication* replication_of(const results::Study& study, const std::string& strategy,
                                           std::size_t number) {
    const auto found = std::ranges::find(study.strategies, strategy);
    const auto index = static_cast<std::size_t>(found - study.strategies.begin());
    if (found != study.strategies.end() && number < study.replication_count()) {
        return &study.replications[index][number];
    }
    if (!study.confirmation) return nullptr;
    const results::Confirmation& fresh = *study.confirmation;
    if (number < fresh.first || number >= fresh.first + fresh.replication_count()) return nullptr;
    if (strategy == study.manifest.comparator) return &fresh.replications[0][number - fresh.first];
    return strategy == fresh.strategy ? &fresh.replications[1][number - fresh.first] : nullptr;
}

std::string difference(const results::Study& study, const results::Replication& kept, const Rerun& again) {
    if (!again.whole || (kept.digest == again.digest && kept.events == again.events)) return "";
    const std::string ran = fmt::format("{} ({})", study.manifest.program_version, study.manifest.source_commit);
    const std::string mine = fmt::format("{} ({})", kVersion, kCommit);
    const std::string who = ran == mine ? fmt::format("both are of version {}", mine)
                                        : fmt::format("version {} ran the study, this is {}", ran, mine);
    return fmt::format(
        "this is not the replication that the study has: its trajectory was {:016x}, it is {:016x} now; {}",
        kept.digest, again.digest, who);
}

}  // namespace entrepot::studies::explain

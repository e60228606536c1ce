#include "studies/evidence/overrides.hpp"

#include <algorithm>

#include "models/network/calendar.hpp"
#include "sim/digest.hpp"

namespace entrepot::studies::evidence {

using models::CaseStep;
using models::CaseStepped;
using models::DecisionKind;
using models::Role;
using models::StepOutcome;

void OverrideWatch::take(std::span<const models::Fact> facts) {
    using Facts = models::FactList;
    for (const models::Fact& fact : facts) {
        if (fact.kind() == Facts::kind_of<CaseStepped>()) {
            take_step(fact.at, fact.as<CaseStepped>());
        } else if (fact.kind() == Facts::kind_of<models::DecisionJudged>()) {
            const auto& judged = fact.as<models::DecisionJudged>();
            const auto override = found_.find(judged.number);
            if (override == found_.end() || judged.who != models::Recommended::changed) continue;
            override->second.until = fact.at;
            override->second.score = double{judged.offered} - judged.decided;
        }
    }
}

void OverrideWatch::take_step(models::Time at, const CaseStepped& step) {
    const auto name = static_cast<CaseStep>(step.step);
    if (name == CaseStep::detected) {
        const int day = models::day_of(at) - calendar_.warmup_days;
        if (day >= 0 && day < calendar_.measure_days) open_[step.number] = {};
    }
    const auto found = open_.find(step.number);
    if (found == open_.end()) return;
    Course& course = found->second;
    Override override{.number = step.number,
                      .kind = static_cast<DecisionKind>(step.kind),
                      .role = static_cast<Role>(step.role),
                      .item = models::ItemId{step.item},
                      .site = models::SiteId{step.site},
                      .before = course.units,
                      .after = step.units,
                      .at = at};
    const auto outcome = static_cast<StepOutcome>(step.outcome);
    if (name == CaseStep::changed && (outcome == StepOutcome::none || outcome == StepOutcome::informed)) {
        found_[step.number] = override;
    } else if (name == CaseStep::asked) {
        course.asked = true;
    } else if (name == CaseStep::begun && !course.asked) {
        course.handled_by = override.role;
    } else if (name == CaseStep::executed && models::sets_aside(override.kind) && course.handled_by != Role::system) {
        override.role = course.handled_by;
        override.before = 0;
        found_[step.number] = override;
    }
    course.units = step.units;
    if (name == CaseStep::closed) open_.erase(found);
}

std::vector<Override> OverrideWatch::found() const {
    std::vector<Override> all;
    for (const auto& [number, override] : found_) all.push_back(override);
    std::ranges::stable_sort(all, {}, &Override::at);
    return all;
}

std::vector<Override> sample_of(const std::vector<Override>& all, std::size_t most, std::uint32_t seed) {
    std::vector<Override> drawn = all;
    const auto lot = [&](const Override& one) {
        return sim::mix(seed ^ 0x9E3779B97F4A7C15ull, one.number ^ 0xD6E8FEB86659FD93ull);
    };
    std::ranges::stable_sort(drawn, {}, lot);
    if (drawn.size() > most) drawn.resize(most);
    std::ranges::stable_sort(drawn, {}, [](const Override& one) { return std::pair(one.at, one.number); });
    return drawn;
}

}  // namespace entrepot::studies::evidence

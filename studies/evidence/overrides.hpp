#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "studies/explain/rerun.hpp"

/// What people have overridden in a replication.
namespace entrepot::studies::evidence {

struct Override {
    std::uint32_t number = 0;  ///< of the case
    models::DecisionKind kind = models::DecisionKind::purchase;
    models::Role role = models::Role::system;  ///< who did it
    models::ItemId item;
    models::SiteId site;
    models::Units before = 0, after = 0;     ///< that lay before him; that he made of it
    models::Time at{}, until = sim::kNever;  ///< when he did it; when it was judged, kNever: not within the horizon
    std::optional<double> score;  ///< in hindsight: regret of what lay before him less that of what he decided
};

/// Finds those of the cases that were detected in the measured window: recommended lines that were changed, and cases
/// by which people set a rule aside.
class OverrideWatch : public explain::Watcher {
public:
    explicit OverrideWatch(const models::Calendar& calendar) : calendar_(calendar) {}

    void see(const explain::Seen& seen) override { take(seen.facts); }
    void end(const models::World&, std::span<const models::Fact> facts) override { take(facts); }
    /// By time.
    std::vector<Override> found() const;

private:
    struct Course {
        models::Units units = 0;
        models::Role handled_by = models::Role::system;
        bool asked = false;
    };

    void take(std::span<const models::Fact> facts);
    void take_step(models::Time at, const models::CaseStepped& step);

    const models::Calendar& calendar_;
    std::map<std::uint32_t, Course> open_;  ///< by the number of the case
    std::map<std::uint32_t, Override> found_;
};

/// So many of them at the most, by time: the same ones each time, drawn without a look at what came of them.
std::vector<Override> sample_of(const std::vector<Override>& all, std::size_t most, std::uint32_t seed);

}  // namespace entrepot::studies::evidence

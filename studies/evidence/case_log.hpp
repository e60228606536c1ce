#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "studies/evidence/stamps.hpp"
#include "studies/explain/rerun.hpp"

/// What was decided in a replication, as rows that tools for process mining take.
namespace entrepot::studies::evidence {

/// An activity of a case. What waits and what people do takes from `start` to `end`; all else is one moment.
struct Activity {
    std::uint32_t number = 0;  ///< of the case
    models::DecisionKind kind = models::DecisionKind::purchase;
    const char* name = "";  ///< detected, recommended, checked, waiting, handling, approval, released, executed, closed
    models::Role role = models::Role::system;
    models::StepOutcome outcome = models::StepOutcome::none;
    models::Time start{}, end = sim::kNever;  ///< kNever: it goes on when the horizon ends
    std::uint32_t because_of = 0;             ///< number of the case that led to it, or all bits set
    models::ItemId item;
    models::SiteId site;
    models::Units units = 0;
    std::uint16_t policy = 0;            ///< index in the network, or none (all bits set)
    std::uint64_t inputs = 0;            ///< fingerprint of what was known when the case was detected
    std::uint32_t link = models::kNone;  ///< of its sender, the site or headquarters; of an integration exception
};

const char* text_of(models::Role role);
const char* text_of(models::StepOutcome outcome);

/// Hands on each activity when it has ended, in that order; at the horizon those that go on.
class CaseLog : public explain::Watcher {
public:
    using Reader = std::function<void(const Activity&)>;
    explicit CaseLog(Reader reader) : reader_(std::move(reader)) {}

    void see(const explain::Seen& seen) override;
    void end(const models::World& world, std::span<const models::Fact> facts) override;

private:
    void take(std::span<const models::Fact> facts);
    void take(models::Time at, const models::CaseStepped& step);

    Reader reader_;
    std::unordered_map<std::uint32_t, std::uint32_t> links_;  ///< by integration exception that is open
    std::unordered_map<std::uint32_t, Activity> under_way_;   ///< by case: what it waits in, or is handled in
};

/// Rows of comma-separated values: case, kind, activity, role, start, end, outcome, item, warehouse, units, because_of,
/// policy, inputs, link.
class CaseTable {
public:
    explicit CaseTable(const models::Network& network);
    static std::string head();
    void append(std::string& text, const Activity& activity) const;

private:
    const models::Network& network_;
    Stamps stamps_;
    std::vector<std::string> items_, sites_, policies_;  ///< as fields
};

}  // namespace entrepot::studies::evidence

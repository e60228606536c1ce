#include "results/report/shared_scorecard.hpp"

#include <array>
#include <cmath>

namespace entrepot::results {

namespace {

using Line = SharedScorecard::Line;
using Function = SharedScorecard::Function;

struct Shown {
    const char* name;
    std::array<Kpi, 4> kpis;
};
constexpr std::array kFunctions{
    Shown{"Operations", {Kpi::line_fill, Kpi::backlog_volatility, Kpi::overtime_cost, Kpi::imbalance}},
    Shown{"Finance", {Kpi::inventory_value, Kpi::lost_margin, Kpi::expedite_cost, Kpi::operating_cost}},
    Shown{"Customer service", {Kpi::otif, Kpi::promise_accuracy, Kpi::penalties, Kpi::exception_hours}}};

Line line_of(const ComparedRow& row, std::size_t comparator) {
    Line line{.kpi = row.kpi, .base = row.strategies[comparator].value, .changes = {}};
    for (const Compared& one : row.strategies) {
        SharedScorecard::Change change{.share = std::nullopt, .verdict = one.verdict};
        if (line.base.has_estimate && line.base.estimate != 0 && one.difference.has_estimate) {
            change.share = one.difference.estimate / std::abs(line.base.estimate);
        }
        line.changes.push_back(change);
    }
    return line;
}

/// The line of a function that a strategy changes most with such a verdict; null when there is none.
const Line* greatest(const Function& function, std::size_t strategy, Verdict verdict) {
    const Line* found = nullptr;
    for (const Line& line : function.lines) {
        const auto& change = line.changes[strategy];
        if (change.verdict != verdict || !change.share) continue;
        if (found == nullptr || std::abs(*change.share) > std::abs(*found->changes[strategy].share)) found = &line;
    }
    return found;
}

void look_for_conflicts(SharedScorecard& card, std::size_t strategy, double most_loss) {
    for (const Function& worse : card.functions) {
        const Line* lost = greatest(worse, strategy, Verdict::worse);
        if (lost == nullptr || std::abs(*lost->changes[strategy].share) <= most_loss) continue;
        const Function* gains = nullptr;
        const Line* gained = nullptr;
        for (const Function& better : card.functions) {
            const Line* line = &better == &worse ? nullptr : greatest(better, strategy, Verdict::better);
            const auto reach = [&](const Line* of) { return std::abs(*of->changes[strategy].share); };
            if (line == nullptr || (gained != nullptr && reach(line) <= reach(gained))) continue;
            gains = &better;
            gained = line;
        }
        if (gained == nullptr) continue;
        card.conflicts.push_back({strategy, gains->name, worse.name, gained->kpi, lost->kpi,
                                  *gained->changes[strategy].share, *lost->changes[strategy].share});
    }
}

}  // namespace

SharedScorecard shared_scorecard(const Study& study, const Comparison& comparison, double most_loss) {
    SharedScorecard card;
    for (const Shown& shown : kFunctions) {
        Function function{.name = shown.name, .lines = {}};
        for (const Kpi kpi : shown.kpis) {
            const ComparedRow* row = comparison.find(kpi);
            if (row != nullptr && row->strategies[comparison.comparator].value.has_estimate) {
                function.lines.push_back(line_of(*row, comparison.comparator));
            }
        }
        if (!function.lines.empty()) card.functions.push_back(std::move(function));
    }
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        if (s != comparison.comparator) look_for_conflicts(card, s, most_loss);
    }
    return card;
}

}  // namespace entrepot::results

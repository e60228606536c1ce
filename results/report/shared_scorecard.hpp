#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/comparison/compare.hpp"
#include "results/study.hpp"

/// A few KPIs of each function side by side, so that none of them is improved at another's expense unseen.
namespace entrepot::results {

struct SharedScorecard {
    struct Change {
        std::optional<double> share;  ///< difference to the comparator over its value; none: it has none
        Verdict verdict = Verdict::not_available;
    };
    struct Line {
        const KpiInfo* kpi = nullptr;
        Interval base;                ///< the comparator's
        std::vector<Change> changes;  ///< by strategy
    };
    struct Function {
        std::string name;
        std::vector<Line> lines;
    };
    /// A strategy improves one function, and makes another worse by more than is borne.
    struct Conflict {
        std::size_t strategy = 0;
        std::string gains, loses;  ///< functions
        const KpiInfo *gained = nullptr, *lost = nullptr;
        double gain = 0, loss = 0;  ///< of the KPIs that change most, shares of the comparator's value
    };
    std::vector<Function> functions;
    std::vector<Conflict> conflicts;
};

/// Counts what is real: differences that can't be told from chance are none. A loss is borne up to the share
/// `most_loss` of the comparator's value.
SharedScorecard shared_scorecard(const Study& study, const Comparison& comparison, double most_loss);

}  // namespace entrepot::results

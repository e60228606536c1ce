#pragma once

#include <optional>
#include <string>

#include "results/business/roi.hpp"
#include "results/study.hpp"

/// What the study advises: found once, and said in the same words by terminal, JSON and page.
namespace entrepot::results {

struct Recommendation {
    enum class Advice {
        nothing_to_decide,  ///< there is no alternative
        run_more,           ///< one replication supports nothing, nor does a study that has not ended
        confirm,            ///< the best looks better, but only in the replications that chose it
        adopt,              ///< the best is worth more than the comparator
        keep,               ///< the best costs more than it brings
        open,               ///< the best can't be told from the comparator
    };
    Advice advice = Advice::nothing_to_decide;
    std::optional<std::size_t> strategy;  ///< to run: the best, or the comparator; none where nothing is advised
    std::string sentence;                 ///< what to do, what it is worth, how sure that is
    bool certain() const { return advice == Advice::adopt || advice == Advice::keep; }
};

/// A gain is quoted only when it comes from replications that had no part in choosing the strategy.
Recommendation recommend(const Study& study, const Roi& roi);

/// "adopt", "nothing to decide": for other programs.
std::string advice_text(Recommendation::Advice advice);

/// What the best strategy's figures rest on, and which of them may be quoted; empty where nothing was chosen.
std::string standing_text(const Study& study, const Roi& roi);

/// For terminals: the recommendation, then what its figures rest on.
std::string recommendation_text(const Study& study, const Roi& roi);

}  // namespace entrepot::results

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/study.hpp"

/// What the page has to say, found in the study. Words and plain values, no HTML.
namespace entrepot::results {

/// Strategies that one line chart can show and still be read.
constexpr std::size_t kMostLines = 5;

/// All strategies in the order in which they matter: the comparator, the best one, then by falling net present value;
/// at most so many.
std::vector<std::size_t> leading_strategies(const Study& study, const Roi& roi, std::size_t comparator,
                                            std::size_t most);

/// The proposed strategy's KPIs against the comparator's: on its fresh replications where there are any.
struct Scorecard {
    Comparison comparison;
    std::size_t proposed = 0;  ///< its column
    std::string rests_on;      ///< "20 fresh replications"
};
Scorecard scorecard(const Study& study, const Comparison& comparison, const Roi& roi, std::size_t proposed);

/// The page's answer.
struct Answer {
    std::string headline;  ///< what the study recommends (recommendation.hpp)
    std::string service;   ///< one sentence: what happens to the service KPIs
    bool certain = false;  ///< the interval of the best strategy's value excludes zero
};

Answer answer(const Study& study, const Comparison& comparison, const Roi& roi);

/// A series at a site on the days of the measured window, over the replications. Each day's value is the mean of the 7
/// days that end with it, so that weekdays don't hide the course. Days without a value are NaN.
struct DailyBand {
    std::vector<double> median, low, high;  ///< low and high: the 10 % and 90 % quantiles; empty for one replication
};

/// The daily series of a study by name.
class DailySeries {
public:
    explicit DailySeries(const Study& study) : study_(study) {}

    /// False when the study keeps no series of that name, or not in full length.
    bool has(const std::string& name) const;
    DailyBand band(const std::string& name, std::size_t strategy, std::size_t site) const;

    /// First-pass unit fill: units filled at the first attempt over units ordered. Capped at 1: what was ordered at the
    /// end of a day is filled on the next one, so that few days may show more filled than ordered.
    DailyBand fill_band(std::size_t strategy, std::size_t site) const;
    bool has_fill() const { return has("units_ordered") && has("units_filled_first"); }

    /// The site whose 7-day fill, over all replications, falls lowest in the window.
    std::size_t hardest_hit_site(std::size_t strategy) const;

private:
    double at(std::size_t series, std::size_t strategy, std::size_t replication, std::size_t site, int day) const;
    /// Sum over the 7 days that end with the last one.
    double week_sum(std::size_t series, std::size_t strategy, std::size_t replication, std::size_t site,
                    int last_day) const;
    std::size_t index(const std::string& name) const;
    DailyBand over_replications(std::size_t strategy, auto&& value) const;

    const Study& study_;
};

}  // namespace entrepot::results

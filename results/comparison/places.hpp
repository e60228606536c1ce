#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/study.hpp"

/// Where a strategy serves worse: its service by warehouse, tier and phase, and by pairs of them, in words. What is
/// better on the whole may be worse at the place and time that matter most.
namespace entrepot::results {

/// "Southeast (SE)": a site, or a tier, as readers know it; its name alone where it has no title.
std::string site_text(const Dimensions& dimensions, std::size_t site);
std::string tier_text(const Dimensions& dimensions, std::size_t tier);
/// "for Contracts (T2) at Southeast (SE) in the phase spike"; "everywhere" for the total.
std::string place_text(const Dimensions& dimensions, const Slice& slice);

/// What a place is first of all; a pair of warehouse and phase is a warehouse's, any pair with a tier the tier's.
enum class PlaceKind { warehouse, tier, phase };

/// A service KPI at a place, against another strategy.
struct Place {
    const KpiInfo* kpi = nullptr;
    Slice slice;
    Interval before, after, difference;  ///< `before` is the other strategy's
    Verdict verdict = Verdict::not_available;

    PlaceKind kind() const;
};

/// On time in full, line fill and open lines of one strategy against another, at all places; the verdicts are corrected
/// (Holm) over just these.
std::vector<Place> service_places(const Study& study, std::size_t base, std::size_t own, bool watching = false);

/// What is to be said of a strategy's service at the places.
struct Setbacks {
    std::string title;  ///< "Where S6 is worse than S0"
    std::vector<std::string>
        sentences;  ///< what is worse or that nothing is, the weakest places, who does better there
    bool any_worse = false;
    std::vector<const KpiInfo*> kpis;  ///< those that were looked at
};

/// Of the strategy against the study's comparator, on the fresh replications where there are any. Nothing where the
/// study has no places.
std::optional<Setbacks> setbacks(const Study& study, const Roi& roi, std::size_t strategy, bool watching = false);

/// For a terminal.
std::string setbacks_text(const Setbacks& setbacks);

}  // namespace entrepot::results

#pragma once

#include <cstdint>
#include <vector>

#include "results/kpis/registry.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// Where the KPIs of one replication are kept: each has a cell for every combination of the dimensions that it is kept
/// by, and one value of those that it isn't.
class KpiCube {
public:
    /// Where something belongs.
    struct Place {
        int day = 0;   ///< since day 0
        int site = 0;  ///< partition; headquarters is the number of sites
        int tier = 0, velocity = 0;
        int moment = 0;
        int who = 0;  ///< kind of decision, role, interface, or carrier
    };
    struct Cell {
        double numerator = 0, denominator = 0;
    };

    explicit KpiCube(const Dimensions& dimensions);

    bool measured(int day) const { return day >= first_day_ && day < end_day_; }
    /// By day; the number of phases where there is none.
    std::int32_t phase_at(int day) const { return phase_of_day_[static_cast<std::size_t>(day)]; }
    /// Whether two days count for the same cells.
    bool alike(int a, int b) const { return a == b || (measured(a) == measured(b) && phase_at(a) == phase_at(b)); }

    /// Counts in the measured window only, but for what is kept by moment.
    void add(Kpi kpi, const Place& place, double numerator, double denominator = 0) {
        Cells& cells = cells_[static_cast<std::size_t>(kpi)];
        if (!measured(place.day) && !(cells.slices & kByMoment)) return;
        const std::int32_t index = place.site * cells.site + place.tier * cells.tier + place.velocity * cells.velocity +
                                   phase_at(place.day) * cells.phase + place.moment * cells.moment +
                                   place.who * cells.who;
        Cell& cell = cells.values[static_cast<std::size_t>(index)];
        cell.numerator += numerator;
        cell.denominator += denominator;
    }

    /// Sum of the KPI's cells that the slice covers.
    Cell folded(Kpi kpi, const Slice& slice) const;

private:
    struct Cells {
        unsigned slices = 0;
        std::int32_t site = 0, tier = 0, velocity = 0, phase = 0, moment = 0, who = 0;  ///< steps; 0 = not kept by it
        std::vector<Cell> values;
    };

    int first_day_, end_day_;
    int sites_, tiers_, classes_, carriers_, phases_, moments_;
    std::vector<std::int32_t> phase_of_day_;
    std::vector<Cells> cells_;  ///< by KPI
};

}  // namespace entrepot::results

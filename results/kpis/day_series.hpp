#pragma once

#include <utility>
#include <vector>

#include "results/kpis/rows.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// The daily series of one replication, by place; places are the sites, then headquarters.
class DaySeries {
public:
    explicit DaySeries(const Dimensions& d)
        : places_(d.sites.size() + 1),
          days_(static_cast<std::size_t>(d.total_days)),
          values_(kSeriesCount * places_ * days_, 0.0f),
          demand_of_sites_(places_ * days_, 0.0f),
          orders_to_sites_(demand_of_sites_) {}

    float& at(Series which, int place, int day) { return values_[which * places_ * days_ + index(place, day)]; }
    float at(Series which, int place, int day) const { return values_[which * places_ * days_ + index(place, day)]; }

    /// Units that other sites ordered of this one, and that this one ordered of others: parts of kUnitsOrdered and
    /// kReplenishmentUnits.
    float& demand_of_sites(int place, int day) { return demand_of_sites_[index(place, day)]; }
    float& orders_to_sites(int place, int day) { return orders_to_sites_[index(place, day)]; }
    /// One of these parts.
    float between_sites(Series which, int place, int day) const {
        return (which == kReplenishmentUnits ? orders_to_sites_ : demand_of_sites_)[index(place, day)];
    }

    /// All of them, as a study has them: [series][place][day]. Nothing is left.
    std::vector<float> take() { return std::move(values_); }

private:
    std::size_t index(int place, int day) const {
        return static_cast<std::size_t>(place) * days_ + static_cast<std::size_t>(day);
    }

    std::size_t places_, days_;
    std::vector<float> values_, demand_of_sites_, orders_to_sites_;
};

}  // namespace entrepot::results

#pragma once

#include <memory>
#include <span>

#include "models/decisions/policies/parameters.hpp"
#include "models/decisions/view.hpp"
#include "models/network/inventory.hpp"

namespace entrepot::models {

/// All that a level policy may see of one location: the record, the master data, what was learned from both. Nothing of
/// it is the truth.
struct LocationView {
    ClassId velocity;
    Forecast demand;                 ///< what the recorded demand says
    double surge = 1;                ///< recent over forecast demand of all items of its kind at the site
    double spreadsheet_bias = 0;     ///< relative error of the site's spreadsheets for the item
    double judgement = 0;            ///< standard normal: a person's error in this computation, if asked for
    double lead_days_on_record = 0;  ///< what the item master says
    LeadTimeEstimate lead_time;      ///< what receipts have taught [days]
    double review_days = 1;          ///< between two reviews
    double unit_cost = 0;            ///< what the item master says
    std::span<const float> days;     ///< recorded demand, the oldest first, where the policy wants it kept
};

/// How order levels come about. A policy is one file: its parameters, its needs, and one function over a span.
class LevelPolicy {
public:
    virtual ~LevelPolicy() = default;
    virtual void describe(ParameterVisitor& visitor) = 0;
    virtual PolicyNeeds needs() const = 0;
    /// Computes anew the levels of locations that are due. `levels` come as they were; usual_quantity and
    /// next_refresh_day are not the policy's.
    virtual void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const = 0;
};

/// Sets what orders and cases go by. Units; `lot`: from the reorder point to the order-up-to level, at least 1 where
/// there is demand: what nobody asks for is not bought.
void set(Levels& levels, double daily_rate, double reorder_point, double lot, double confidence);

/// Standard deviations of safety stock for each class's service level: standard normal quantiles, the same for all of a
/// class's locations.
Column<ClassId, double> safety_factors(const Column<ClassId, double>& service);

/// An inventory policy whose levels come from a policy, carried out by planners.
InventoryPolicy planned_by(std::shared_ptr<const LevelPolicy> levels, Duration review);

}  // namespace entrepot::models

#include "models/decisions/policies/level_policy.hpp"

#include <algorithm>

#include "sim/distributions.hpp"

namespace entrepot::models {

void set(Levels& levels, double daily_rate, double reorder_point, double lot, double confidence) {
    levels.daily_rate = static_cast<float>(daily_rate);
    levels.reorder_point = static_cast<float>(reorder_point);
    levels.order_up_to = static_cast<float>(reorder_point + (daily_rate > 0 ? std::max(lot, 1.0) : 0));
    levels.confidence = static_cast<float>(confidence);
}

Column<ClassId, double> safety_factors(const Column<ClassId, double>& service) {
    Column<ClassId, double> factors(service.size());
    std::transform(service.begin(), service.end(), factors.begin(), sim::normal_quantile);
    return factors;
}

InventoryPolicy planned_by(std::shared_ptr<const LevelPolicy> levels, Duration review) {
    InventoryPolicy policy;
    policy.needs = levels->needs();
    policy.levels = std::move(levels);
    policy.execution = Execution::planners;
    policy.review = review;
    return policy;
}

}  // namespace entrepot::models

#include "models/decisions/policies/registry.hpp"

/// No stock: what customers wait for is ordered, and nothing else. What there is on day 0 is sold first.
namespace entrepot::models {

namespace {

class OrderOnDemand : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.value("history", history_days_, ParameterUnit::days, {.above = true},
                "span of recorded demand by which alarms and forecasts' errors go; orders don't");
    }

    PolicyNeeds needs() const override { return {.history_days = history_days_}; }

    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        for (std::size_t i = 0; i < locations.size(); ++i) {
            levels[i].daily_rate = locations[i].demand.mean;
            levels[i].reorder_point = -1;  // positions are whole units
            levels[i].order_up_to = 0;
            levels[i].confidence = 0;
        }
    }

private:
    double history_days_ = 60;
};

}  // namespace

std::unique_ptr<LevelPolicy> order_on_demand() { return std::make_unique<OrderOnDemand>(); }

}  // namespace entrepot::models

#include <cmath>

#include "models/decisions/policies/registry.hpp"

/// (s,S) with safety stock for a cycle service level from the recorded variability, normal approximation of the demand
/// over lead time and review. Source: Silver, Pyke and Thomas (2017), sections 6.7 and 6.10 (variable lead time).
namespace entrepot::models {

namespace {

class ClassService : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.by_class("service", service_, ParameterUnit::share, kServiceLevel, "cycle service level, below 1");
        v.by_class("cover", cover_days_, ParameterUnit::days, {}, "order quantity, in days of demand");
        v.value("refresh", refresh_days_, ParameterUnit::days, {.above = true},
                "age at which a parameter is computed anew");
        v.value("history", history_days_, ParameterUnit::days, {.above = true},
                "span of recorded demand that the computation uses");
    }

    PolicyNeeds needs() const override {
        return {.history_days = history_days_, .refresh = sim::from_real<sim::days>(refresh_days_)};
    }

    /// The mean lead time is the item master's, its spread what receipts have shown.
    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        const Column<ClassId, double> factor = safety_factors(service_);
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const LocationView& at = locations[i];
            const double days = at.lead_days_on_record + at.review_days, rate = at.demand.mean;
            const double sd = std::sqrt(days * at.demand.spread + rate * rate * at.lead_time.variance);
            const double safety = factor[at.velocity] * sd;
            set(levels[i], rate, rate * days + safety, rate * cover_days_[at.velocity], 0);
        }
    }

private:
    Column<ClassId, double> service_, cover_days_;
    double refresh_days_ = 0, history_days_ = 0;
};

}  // namespace

std::unique_ptr<LevelPolicy> class_service() { return std::make_unique<ClassService>(); }

}  // namespace entrepot::models

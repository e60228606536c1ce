#include <cmath>

#include "models/decisions/policies/registry.hpp"
#include "models/decisions/policies/terms.hpp"

/// (s,S) with safety stock for a cycle service level from the recorded variability, normal approximation of the demand
/// over lead time and review. Source: Silver, Pyke and Thomas (2017), sections 6.7 and 6.10 (variable lead time).
namespace entrepot::models {

namespace {

class ClassService : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.by_class("service", service_, ParameterUnit::share, kServiceLevel, "cycle service level, below 1");
        lot_.describe(v);
        refresh_.describe(v);
        lead_time_.describe(v);
    }

    PolicyNeeds needs() const override { return refresh_.needs(); }

    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        const Column<ClassId, double> factor = safety_factors(service_);
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const LocationView& at = locations[i];
            const LeadTime lead = lead_time_.of(at);
            const double days = lead.days + at.review_days, rate = at.demand.mean;
            const double sd = std::sqrt(days * at.demand.spread + rate * rate * lead.variance);
            const double safety = factor[at.velocity] * sd;
            set(levels[i], rate, rate * days + safety, lot_.of(at, rate), 0);
        }
    }

private:
    Column<ClassId, double> service_;
    LotTerms lot_;
    LeadTimeTerms lead_time_{LeadTimeSource::master};
    RefreshTerms refresh_;
};

}  // namespace

std::unique_ptr<LevelPolicy> class_service() { return std::make_unique<ClassService>(); }

}  // namespace entrepot::models

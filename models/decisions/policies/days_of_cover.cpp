#include "models/decisions/policies/registry.hpp"
#include "models/decisions/policies/terms.hpp"

/// Reorder point and lot in fixed days of the recorded demand, whatever the lead time: the rule of thumb of most ERPs.
namespace entrepot::models {

namespace {

class DaysOfCover : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.by_class("reorder_at", reorder_days_, ParameterUnit::days, {}, "reorder point, in days of demand");
        v.by_class("cover", cover_days_, ParameterUnit::days, {}, "order quantity, in days of demand");
        refresh_.describe(v);
    }

    PolicyNeeds needs() const override { return refresh_.needs(); }

    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const LocationView& at = locations[i];
            const double rate = at.demand.mean;
            set(levels[i], rate, rate * reorder_days_[at.velocity], rate * cover_days_[at.velocity], 0);
        }
    }

private:
    Column<ClassId, double> reorder_days_, cover_days_;
    RefreshTerms refresh_;
};

}  // namespace

std::unique_ptr<LevelPolicy> days_of_cover() { return std::make_unique<DaysOfCover>(); }

}  // namespace entrepot::models

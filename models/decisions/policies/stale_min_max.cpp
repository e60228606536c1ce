#include <cmath>

#include "models/decisions/policies/registry.hpp"
#include "models/decisions/policies/terms.hpp"

/// Spreadsheet minimum and maximum: days of cover at a past rate, which carries its own error until the next refresh.
namespace entrepot::models {

namespace {

class StaleMinMax : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.by_class("safety", safety_days_, ParameterUnit::days, {}, "safety stock, in days of demand");
        v.by_class("cover", cover_days_, ParameterUnit::days, {}, "order quantity, in days of demand");
        refresh_.describe(v);
        v.value("staleness_sigma", staleness_sigma_, ParameterUnit::number, {.most = 5},
                "error of the demand rate baked into a parameter, standard deviation of the logarithm");
    }

    PolicyNeeds needs() const override {
        PolicyNeeds needs = refresh_.needs();
        needs.judgement = staleness_sigma_ > 0;
        return needs;
    }

    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const LocationView& at = locations[i];
            const double sigma = staleness_sigma_;
            const double error = std::exp(sigma * at.judgement - sigma * sigma / 2);
            const double rate = at.demand.mean * (1 + at.spreadsheet_bias) * error;
            set(levels[i], rate, rate * (at.lead_days_on_record + safety_days_[at.velocity]),
                rate * cover_days_[at.velocity], 0);
        }
    }

private:
    Column<ClassId, double> safety_days_, cover_days_;
    RefreshTerms refresh_;
    double staleness_sigma_ = 0;
};

}  // namespace

std::unique_ptr<LevelPolicy> stale_min_max() { return std::make_unique<StaleMinMax>(); }

}  // namespace entrepot::models

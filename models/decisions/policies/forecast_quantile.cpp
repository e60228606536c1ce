#include <algorithm>
#include <cmath>

#include "models/decisions/policies/registry.hpp"
#include "models/decisions/policies/terms.hpp"

/// Order up to a quantile of the forecast demand over the estimated lead time and review: a forecast that follows the
/// record, and lead times as receipts have shown them.
namespace entrepot::models {

namespace {

class ForecastQuantile : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.by_class("service", service_, ParameterUnit::share, kServiceLevel,
                   "quantile of the forecast demand, below 1");
        v.by_class("cover", cover_days_, ParameterUnit::days, {}, "order quantity, in days of demand");
        v.value("smoothing", smoothing_.weekly, ParameterUnit::share, {.most = 1, .above = true},
                "weight of the newest week in the level");
        v.value("alarm_smoothing", smoothing_.alarmed, ParameterUnit::share, {.most = 1, .above = true},
                "the same while a change is detected");
        v.value("alarm_threshold", smoothing_.alarm_threshold, ParameterUnit::number, {.most = 100, .above = true},
                "tracking signal that means a change, in mean absolute deviations");
        v.value("least_variance", smoothing_.least_variance, ParameterUnit::number, {.most = 1e6},
                "of a day's demand, units squared, for that signal: the first order of an item that sells once in a "
                "month is no change; judgement");
        lead_time_.describe(v);
    }

    PolicyNeeds needs() const override { return {.forecast = smoothing_, .software = true, .prepared = true}; }

    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        const Column<ClassId, double> factor = safety_factors(service_);
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const LocationView& at = locations[i];
            const double rate = at.demand.level * at.surge, noise = at.demand.variance * at.surge;
            const LeadTime lead = lead_time_.of(at);
            const double days = lead.days + at.review_days;
            const double sd = std::sqrt(days * noise + rate * rate * lead.variance);
            const double safety = factor[at.velocity] * sd;
            // How well the demand is known over the days that the order must last: one less its coefficient of
            // variation.
            const double lasts = days + cover_days_[at.velocity];
            const double confidence = rate > 0 ? std::max(0.0, 1 - std::sqrt(noise / lasts) / rate) : 0;
            set(levels[i], rate, rate * days + safety, rate * cover_days_[at.velocity], confidence);
        }
    }

private:
    Column<ClassId, double> service_, cover_days_;
    Smoothing smoothing_;
    LeadTimeTerms lead_time_{LeadTimeSource::rolling_mean};
};

}  // namespace

std::unique_ptr<LevelPolicy> forecast_quantile() { return std::make_unique<ForecastQuantile>(); }

}  // namespace entrepot::models

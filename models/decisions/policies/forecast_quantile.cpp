#include <algorithm>
#include <array>
#include <cmath>

#include "models/decisions/policies/registry.hpp"
#include "models/decisions/policies/terms.hpp"

/// Order up to a quantile of the forecast demand over the estimated lead time and review: a forecast that follows the
/// record, and lead times as receipts have shown them.
namespace entrepot::models {

namespace {

constexpr std::array<std::string_view, 6> kEstimators = {"weekly",  "exponential", "holt_winters",
                                                         "croston", "sba",         "tsb"};

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
        choose(v, "estimator", estimator_.by, kEstimators,
               "what the forecast is made by: smoothing by weeks that detects changes, with the weights above; or over "
               "the days of `record` simple exponential smoothing, Holt-Winters, Croston's method, the same less its "
               "bias, or that of Teunter, Syntetos and Babai, whose rate falls while nothing is ordered");
        v.value("record", record_days_, ParameterUnit::whole_days, {.least = 21, .most = 3650},
                "recorded days that such an estimator goes over; with holt_winters three seasons at the least");
        v.value("level_weight", estimator_.level_weight, ParameterUnit::share, {.above = true},
                "of the newest day in the level, or in the size where demand comes now and then");
        v.value("trend_weight", estimator_.trend_weight, ParameterUnit::share, {},
                "of the newest rise in the trend, with holt_winters");
        v.value("season_weight", estimator_.season_weight, ParameterUnit::share, {},
                "of the newest day in its factor, with holt_winters");
        v.value("season", season_days_, ParameterUnit::whole_days, {.least = 2, .most = 366},
                "after which holt_winters' factors come again, from three seasons on; exponential begins with one");
        v.value("interval_weight", estimator_.interval_weight, ParameterUnit::share, {.above = true},
                "of the newest interval, with croston and sba; of the newest day in the probability, with tsb");
    }

    PolicyNeeds needs() const override {
        PolicyNeeds needs{.forecast = smoothing_, .estimator = estimator_, .software = true, .prepared = true};
        needs.estimator.season = static_cast<int>(season_days_);
        const double least = estimator_.by == Estimator::holt_winters ? 3 * season_days_ : 0;
        if (estimator_.by != Estimator::weekly) needs.record_days = static_cast<int>(std::max(record_days_, least));
        return needs;
    }

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
    EstimatorTerms estimator_;
    double record_days_ = 182, season_days_ = 7;
    LeadTimeTerms lead_time_{LeadTimeSource::rolling_mean};
};

}  // namespace

std::unique_ptr<LevelPolicy> forecast_quantile() { return std::make_unique<ForecastQuantile>(); }

}  // namespace entrepot::models

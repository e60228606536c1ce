#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/decisions/policies/registry.hpp"
#include "models/decisions/policies/terms.hpp"

/// Reorder point at a quantile of what was recorded in spans as long as lead time and review, whatever its
/// distribution: no variance, no normal approximation. Source: the empirical lead-time demand of Silver, Pyke and
/// Thomas (2017), 6.7; the spans overlap, as many as the record has.
namespace entrepot::models {

namespace {

/// Units of all spans of so many days in a record.
std::vector<double> spans_of(std::span<const float> days, std::size_t length) {
    std::vector<double> sums;
    double sum = std::accumulate(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(length), 0.0);
    sums.push_back(sum);
    for (std::size_t i = length; i < days.size(); ++i)
        sums.push_back(sum += double{days[i]} - double{days[i - length]});
    return sums;
}

/// The least value that so large a share of them is at or below.
double quantile_of(std::vector<double> values, double share) {
    const auto rank = std::ceil(share * static_cast<double>(values.size())) - 1;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max(rank, 0.0));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

class EmpiricalQuantile : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.by_class("service", service_, ParameterUnit::share, kServiceLevel,
                   "of the spans recorded that the reorder point would have covered, below 1");
        lot_.describe(v);
        v.value("refresh", refresh_days_, ParameterUnit::days, {.above = true},
                "age at which a parameter is computed anew");
        v.value("history", history_days_, ParameterUnit::whole_days, {.least = 7, .most = 3650},
                "recorded days whose spans are looked at; until there are as many, and where two spans don't go into "
                "them, the normal approximation of class_service holds");
        lead_time_.describe(v);
    }

    PolicyNeeds needs() const override {
        return {.history_days = history_days_,
                .record_days = static_cast<int>(history_days_),
                .refresh = sim::from_real<sim::days>(refresh_days_)};
    }

    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        const Column<ClassId, double> factor = safety_factors(service_);
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const LocationView& at = locations[i];
            const LeadTime lead = lead_time_.of(at);
            const double days = lead.days + at.review_days, rate = at.demand.mean;
            const auto length = static_cast<std::size_t>(std::max(1.0, std::round(days)));
            // What is empirical is demand; how lead times vary, only their variance tells.
            const double of_lead = factor[at.velocity] * factor[at.velocity] * rate * rate * lead.variance;
            double above = factor[at.velocity] * std::sqrt(days * at.demand.spread);
            double mean = rate * days;
            if (at.days.size() >= static_cast<std::size_t>(history_days_) && 2 * length <= at.days.size()) {
                const std::vector<double> spans = spans_of(at.days, length);
                mean = std::accumulate(spans.begin(), spans.end(), 0.0) / static_cast<double>(spans.size());
                above = quantile_of(spans, service_[at.velocity]) - mean;
            }
            const double sign = above < 0 ? -1 : 1;
            set(levels[i], rate, mean + sign * std::sqrt(above * above + of_lead), lot_.of(at, rate), 0);
        }
    }

private:
    Column<ClassId, double> service_;
    LotTerms lot_;
    LeadTimeTerms lead_time_{LeadTimeSource::master};
    double refresh_days_ = 0, history_days_ = 0;
};

}  // namespace

std::unique_ptr<LevelPolicy> empirical_quantile() { return std::make_unique<EmpiricalQuantile>(); }

}  // namespace entrepot::models

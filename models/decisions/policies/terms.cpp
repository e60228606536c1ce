#include "models/decisions/policies/terms.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/distributions.hpp"

namespace entrepot::models {

namespace {

constexpr std::array<std::string_view, 3> kLeadTimeSources = {"master", "rolling_mean", "quantile"};

}  // namespace

void RefreshTerms::describe(ParameterVisitor& v) {
    v.value("refresh", refresh_days, ParameterUnit::days, {.above = true}, "age at which a parameter is computed anew");
    v.value("history", history_days, ParameterUnit::days, {.above = true},
            "span of recorded demand that the computation averages");
}

PolicyNeeds RefreshTerms::needs() const {
    return {.history_days = history_days, .refresh = sim::from_real<sim::days>(refresh_days)};
}

void LeadTimeTerms::describe(ParameterVisitor& v) {
    choose(v, "lead_time", by, kLeadTimeSources,
           "the time that an order is reckoned to take: the item master's; the mean of the last receipts; or one that "
           "so many of them kept, which leaves safety stock nothing to bear of its spread");
    v.value("lead_time_quantile", quantile, ParameterUnit::share, kServiceLevel,
            "of the last receipts, that kept the time, with lead_time \"quantile\"");
}

LeadTime LeadTimeTerms::of(const LocationView& at) const {
    const LeadTimeEstimate& known = at.lead_time;
    if (by == LeadTimeSource::master) return {at.lead_days_on_record, known.variance};
    if (by == LeadTimeSource::rolling_mean || known.mean <= 0) return {known.mean, known.variance};
    const double log_variance = std::log1p(known.variance / (known.mean * known.mean));
    return {known.mean * std::exp(std::sqrt(log_variance) * sim::normal_quantile(quantile) - log_variance / 2), 0};
}

void LotTerms::describe(ParameterVisitor& v) {
    v.by_class("cover", cover_days, ParameterUnit::days, {}, "order quantity, in days of demand");
    v.value("ordering_cost", ordering_cost, ParameterUnit::money, {},
            "of a purchase line: the order quantity is the economic one, and at most `cover`; 0 = always `cover`");
    v.value("holding_rate", holding_rate, ParameterUnit::share, {.above = true},
            "cost of holding a unit for a year, of its value, for the economic order quantity; usual in textbooks");
}

double LotTerms::of(const LocationView& at, double daily_rate) const {
    const double days = daily_rate * cover_days[at.velocity];
    if (ordering_cost <= 0 || at.unit_cost <= 0) return days;
    const double a_year = daily_rate * kDaysOfYear;
    const double economic = std::sqrt(2 * ordering_cost * a_year / (holding_rate * at.unit_cost));
    return std::min(days, economic);
}

}  // namespace entrepot::models

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/decisions/policies/registry.hpp"
#include "models/decisions/policies/terms.hpp"
#include "sim/distributions.hpp"

/// (s,S) at reviews with the least reorder point that meets a share of the units from stock at once: type 2 service,
/// where class_service has the probability that a cycle ends without a shortage (type 1). Normal demand. Source: Tijms
/// and Groenevelt (1984), Simple approximations for the reorder point in periodic and continuous review (s,S) inventory
/// systems with service level constraints, EJOR 17; here with what is short after an order up to S, too.
namespace entrepot::models {

namespace {

/// Demand until a moment, normal. [units]
struct DemandUntil {
    double mean = 0, sd = 0;

    /// E(demand - position)+.
    double short_of(double position) const {
        const double k = (position - mean) / sd;
        return sd * (density(k) - k * sim::normal_probability(-k));
    }
    /// The integral of that from a position on.
    double short_beyond(double position) const {
        const double k = (position - mean) / sd;
        return sd * sd * ((k * k + 1) * sim::normal_probability(-k) - k * density(k)) / 2;
    }

private:
    static double density(double k) { return std::exp(-k * k / 2) / std::sqrt(2 * std::numbers::pi); }
};

/// One location between two reviews.
class Cycle {
public:
    Cycle(const LocationView& at, LeadTime lead, double rate, double lot)
        : lot_(lot), demanded_(rate * std::max(at.review_days, kShortest)) {
        const double review = std::max(at.review_days, kShortest);
        const auto until = [&](double days) {
            const double variance = days * at.demand.spread + rate * rate * lead.variance;
            return DemandUntil{rate * days, std::sqrt(std::max(variance, kLeastVariance))};
        };
        first_ = until(lead.days);
        last_ = until(lead.days + review);
        undershoot_ = (review * at.demand.spread + demanded_ * demanded_) / (2 * demanded_);
    }

    /// Units of a review's demand that are not met at once, of all of it.
    double missed(double reorder_point) const {
        return (short_at(last_, reorder_point) - short_at(first_, reorder_point)) / demanded_;
    }

    double reorder_point_for(double service) const {
        // Safety stock between none of the least service and eight standard deviations, which miss nothing.
        double low = first_.mean - 8 * first_.sd - lot_ - demanded_, high = last_.mean + 8 * last_.sd;
        for (int i = 0; i < 40; ++i) {
            const double middle = (low + high) / 2;
            (missed(middle) > 1 - service ? low : high) = middle;
        }
        return high;
    }

private:
    /// Where a site looks at every change: as if it did so many times a day.
    static constexpr double kShortest = 0.01;
    static constexpr double kLeastVariance = 1e-6;

    /// Positions after reviews are the level itself after an order, and else anything between it and the reorder point,
    /// by as much as is asked for at a review in the mean.
    double short_at(const DemandUntil& demand, double reorder_point) const {
        const double level = reorder_point + lot_;
        const double between = demand.short_beyond(reorder_point) - demand.short_beyond(level);
        return (undershoot_ * demand.short_of(level) + between) / (undershoot_ + lot_);
    }

    double lot_, demanded_, undershoot_ = 0;
    DemandUntil first_, last_;
};

class FillRate : public LevelPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.by_class("service", service_, ParameterUnit::share, kServiceLevel,
                   "share of the units that stock meets at once, below 1");
        lot_.describe(v);
        refresh_.describe(v);
        lead_time_.describe(v);
    }

    PolicyNeeds needs() const override { return refresh_.needs(); }

    void set_levels(std::span<const LocationView> locations, std::span<Levels> levels) const override {
        for (std::size_t i = 0; i < locations.size(); ++i) {
            const LocationView& at = locations[i];
            const double rate = at.demand.mean, lot = std::max(1.0, lot_.of(at, rate));
            if (rate <= 0) {
                set(levels[i], 0, 0, 0, 0);
                continue;
            }
            const Cycle cycle(at, lead_time_.of(at), rate, lot);
            set(levels[i], rate, cycle.reorder_point_for(service_[at.velocity]), lot, 0);
        }
    }

private:
    Column<ClassId, double> service_;
    LotTerms lot_;
    LeadTimeTerms lead_time_{LeadTimeSource::master};
    RefreshTerms refresh_;
};

}  // namespace

std::unique_ptr<LevelPolicy> fill_rate() { return std::make_unique<FillRate>(); }

}  // namespace entrepot::models

#include "results/kpis/accumulator.hpp"

#include <cmath>

#include "sim/check.hpp"

namespace entrepot::results {

KpiAccumulator::KpiAccumulator(const Dimensions& d)
    : dimensions_(d),
      sites_(static_cast<int>(d.sites.size())),
      cube_(d),
      sums_(d, cube_),
      series_(d),
      exception_hours_(d.phases.size() + 1),
      line_waits_(d, 0.0005),  // days: 43 s
      pick_waits_(d, 0.001),   // hours
      times_in_system_(d, 0.001),
      delays_(d.phases.size()),
      stock_(d.sites.size() * d.item_cost.size(), 0),
      outlook_(stock_.size(), 0.0f) {
    for (const double cost : d.item_cost) item_cost_micros_.push_back(std::llround(cost * 1e6));
}

KpiAccumulator::Cell KpiAccumulator::cell_of(const KpiInfo& kpi, const Slice& slice) const {
    if (kpi.kpi == Kpi::backlog_volatility) return volatility(slice);
    if (kpi.kpi == Kpi::days_to_recover) return days_to_recover(slice);
    if (kpi.kpi == Kpi::resilience_loss) return loss_of_resilience(slice);
    if (kpi.kpi == Kpi::exception_p90) return slowest_tenth(slice);
    if (kpi.kpi == Kpi::line_wait) return mean(line_waits_.folded(slice));
    if (kpi.kpi == Kpi::line_wait_p50) return quantile(line_waits_.folded(slice), 0.5);
    if (kpi.kpi == Kpi::line_wait_p90) return quantile(line_waits_.folded(slice), 0.9);
    if (kpi.kpi == Kpi::line_wait_p99) return quantile(line_waits_.folded(slice), 0.99);
    if (kpi.kpi == Kpi::pick_wait) return mean(pick_waits_.folded(slice));
    if (kpi.kpi == Kpi::pick_wait_p90) return quantile(pick_waits_.folded(slice), 0.9);
    if (kpi.kpi == Kpi::time_in_system) return mean(times_in_system_.folded(slice));
    if (kpi.kpi == Kpi::time_in_system_p90) return quantile(times_in_system_.folded(slice), 0.9);
    if (kpi.kpi == Kpi::message_delay_p50) return delay(slice, 0.5);
    if (kpi.kpi == Kpi::message_delay_p95) return delay(slice, 0.95);
    if (kpi.kpi == Kpi::message_delay_p99) return delay(slice, 0.99);
    if (kpi.kpi == Kpi::operating_cost) return operating_cost(slice);
    if (kpi.kpi == Kpi::otif_over_target) return otif_over_target(slice);
    if (kpi.kpi == Kpi::order_variability) {
        return {moments(kReplenishmentUnits, slice).variance, moments(kUnitsOrdered, slice).variance};
    }
    if (kpi.kpi == Kpi::demand_dispersion) {
        const Moments demand = moments(kUnitsOrdered, slice);
        return {demand.variance, demand.mean};
    }
    Cell cell = cube_.folded(kpi.kpi, slice);
    if (kpi.kpi == Kpi::substituted_share) cell.denominator = cube_.folded(Kpi::line_fill, slice).denominator;
    if (kpi.form == Form::per_day) cell.denominator = days_in(slice).count();
    if (kpi.form == Form::total || kpi.form == Form::money) cell.denominator = 1;
    return cell;
}

Replication KpiAccumulator::finish() {
    Replication result;
    sums_.deal_out_all();
    for_each_row(dimensions_, [&](const KpiInfo& kpi, const Slice& slice) {
        const Cell cell = cell_of(kpi, slice);
        SIM_CHECK(may_be(kpi, cell.numerator, cell.denominator), "a share is not between nothing and all");
        result.numerator.push_back(cell.numerator);
        result.denominator.push_back(cell.denominator);
    });
    result.series = series_.take();
    return result;
}

}  // namespace entrepot::results

#include "results/kpis/accumulator.hpp"

/// What the facts of the customers' side of the systems count for.
namespace entrepot::results {

using namespace models;

void KpiAccumulator::on(const ShopDay& f, const Place& told) {
    const Place place{told.day, told.site, f.tier};
    constexpr double kMany = 10'000;
    cube_.add(Kpi::oversold_lines, place, kMany * f.oversold, f.lines);
    cube_.add(Kpi::turned_away_lines, place, kMany * f.turned_away, f.lines);
    cube_.add(Kpi::shop_error, place, static_cast<double>(f.units_apart), static_cast<double>(f.units_on_record));
}

void KpiAccumulator::on(const SubstituteOffered& f, const Place& told) {
    const Place place{f.placed_day, told.site, f.tier, f.velocity};
    cube_.add(Kpi::substitutes_taken, place, f.taken, 1);
    cube_.add(Kpi::substituted_share, place, f.taken);
}

void KpiAccumulator::on(const OrderPutOnHold& f, const Place& told) {
    cube_.add(Kpi::held_orders, {told.day, told.site, f.tier}, 1);
}

void KpiAccumulator::on(const OrderCleared& f, const Place& told) {
    cube_.add(Kpi::hold_hours, {f.placed_day, told.site, f.tier}, f.hours, 1);
}

void KpiAccumulator::on(const UnitsReturned& f, const Place& told) {
    const Place place{told.day, told.site, f.tier, f.velocity};
    cube_.add(Kpi::returned_units, place, f.units);
    cube_.add(Kpi::refunds, place, static_cast<double>(f.refund_micros) * 1e-6);
    cube_.add(Kpi::returns_cost, place, static_cast<double>(f.refund_micros + f.handling_micros) * 1e-6);
}

void KpiAccumulator::on(const ReturnInspected& f, const Place& told) {
    const Place place{told.day, told.site, 0, f.velocity};
    cube_.add(Kpi::restocked_share, place, f.restocked ? f.units : 0, f.units);
    const double cost = static_cast<double>(f.cost_micros) * 1e-6;
    f.restocked ? cube_.add(Kpi::returns_cost, place, -cost) : cube_.add(Kpi::scrapped_value, place, cost);
}

void KpiAccumulator::on(const StockDamaged& f, const Place& told) {
    cube_.add(Kpi::damaged_value, {told.day, told.site, 0, f.velocity}, static_cast<double>(f.cost_micros) * 1e-6);
}

void KpiAccumulator::count_held(const OrderClosed& f, const Place& told) {
    if (f.promised_day >= dimensions_.total_days) return;
    const bool in_time = !f.censored && !f.cancelled && f.in_full && f.delivered_day <= f.promised_day;
    cube_.add(Kpi::held_otif, {f.promised_day, told.site, f.tier}, in_time, 1);
}

}  // namespace entrepot::results

#include "results/kpis.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/check.hpp"

namespace entrepot::results {

using namespace models;

namespace {

int day_of(sim::Time t) { return static_cast<int>(std::chrono::floor<sim::days>(t.time_since_epoch()).count()); }

/// Facts told at a midnight close the day before it.
template <class Told>
bool closes_a_day(const Told& told) {
    if constexpr (std::is_same_v<Told, StockCost>) return told.closes_day != 0;
    return std::is_same_v<Told, LabourDay> || std::is_same_v<Told, BacklogAtClose> ||
           std::is_same_v<Told, StockAtClose> || std::is_same_v<Told, RecordAtClose> ||
           std::is_same_v<Told, ItemAtClose> || std::is_same_v<Told, DayClosed> || std::is_same_v<Told, OrdersServed> ||
           std::is_same_v<Told, OrdersShort> || std::is_same_v<Told, StockRuleDay> ||
           std::is_same_v<Told, StockRuleClose> || std::is_same_v<Told, TierWaitingDay>;
}

}  // namespace

KpiAccumulator::KpiAccumulator(const Dimensions& d)
    : dimensions_(d),
      sites_(static_cast<int>(d.sites.size())),
      tiers_(static_cast<int>(d.tiers.size())),
      classes_(static_cast<int>(d.classes.size())),
      phases_(static_cast<int>(d.phases.size())),
      phase_of_day_(static_cast<std::size_t>(d.total_days), static_cast<std::int32_t>(d.phases.size())),
      cubes_(kKpis),
      exception_hours_(d.phases.size() + 1),
      places_(d.sites.size() + 1),
      days_(static_cast<std::size_t>(d.total_days)) {
    for (int p = 0; p < phases_; ++p) {
        const Phase& phase = d.phases[static_cast<std::size_t>(p)];
        for (int day = phase.first_day; day < phase.end_day; ++day) {
            phase_of_day_[static_cast<std::size_t>(day)] = p;
        }
    }
    for (const KpiInfo& k : kpi_registry()) {
        Cube& cube = cubes_[static_cast<std::size_t>(k.kpi)];
        cube.slices = k.slices;
        std::size_t size = 1;  // the last dimension's step is 1
        const auto keep_by = [&](unsigned slice, std::int32_t& step, std::size_t values) {
            if (!(k.slices & slice)) return;
            step = static_cast<std::int32_t>(size);
            size *= values;
        };
        keep_by(kByMoment, cube.moment, d.moments.size());
        keep_by(kByPhase, cube.phase, d.phases.size() + 1);
        keep_by(kByClass, cube.velocity, d.classes.size());
        keep_by(kByTier, cube.tier, d.tiers.size());
        keep_by(kBySite, cube.site, places_);
        cube.cells.resize(size);
    }
    series_.assign(kSeriesCount * places_ * days_, 0.0f);
    demand_of_sites_.assign(d.stock_rules ? places_ * days_ : 0, 0.0f);
    orders_to_sites_ = demand_of_sites_;
    stock_.assign(d.sites.size() * d.item_cost.size(), 0);
    outlook_.assign(stock_.size(), 0.0f);
    stock_sums_.resize(d.sites.size() * d.classes.size());
    rules_.resize(stock_sums_.size());
    orders_.resize(places_ * d.tiers.size() * d.classes.size());
    summed_day_.assign(places_, 0);
}

void KpiAccumulator::add(Kpi kpi, const Place& place, double numerator, double denominator) {
    Cube& cube = cubes_[static_cast<std::size_t>(kpi)];
    if (!measured(place.day) && !(cube.slices & kByMoment)) return;
    const std::int32_t index = place.site * cube.site + place.tier * cube.tier + place.velocity * cube.velocity +
                               phase_at(place.day) * cube.phase + place.moment * cube.moment;
    Cell& cell = cube.cells[static_cast<std::size_t>(index)];
    cell.numerator += numerator;
    cell.denominator += denominator;
}

float& KpiAccumulator::series(std::size_t which, int place, int day) {
    return series_[(which * places_ + static_cast<std::size_t>(place)) * days_ + static_cast<std::size_t>(day)];
}

/// What is told of orders and stock comes often and mostly counts for the day on which it is told: it is summed up by
/// site, tier and class, and dealt out to the KPIs when a day comes that counts elsewhere.
inline void KpiAccumulator::sum_up(const Place& told) {
    int& summed = summed_day_[static_cast<std::size_t>(told.site)];
    if (summed == told.day) return;
    if (!alike(summed, told.day)) deal_out_sums(told.site);
    summed = told.day;
}

void KpiAccumulator::deal_out_sums(int site) {
    deal_out_orders(site);
    if (site >= sites_) return;
    deal_out_stock(site);
    deal_out_rules(site);
}

inline KpiAccumulator::OrderDay& KpiAccumulator::orders_today(const Place& told, int tier, int velocity) {
    sum_up(told);
    return orders_[static_cast<std::size_t>((told.site * tiers_ + tier) * classes_ + velocity)];
}

void KpiAccumulator::read(std::span<const Fact> facts) {
    for (const Fact& fact : facts) {
        if (fact.at < day_begins_ || fact.at >= day_ends_) {  // facts come in long runs of one day
            day_ = day_of(fact.at);
            day_begins_ = sim::kStart + sim::days{day_};
            day_ends_ = day_begins_ + sim::days{1};
        }
        fact.visit([&]<class F>(const F& value) {
            // What is told at the end of the horizon, such as of orders that are still open, is told on the last day.
            const int day = closes_a_day(value) ? day_ - 1 : std::min(day_, dimensions_.total_days - 1);
            const Place place{.day = day, .site = static_cast<int>(fact.where)};
            SIM_CHECK(place.day >= 0 && place.site <= sites_, "a fact of a day or place that isn't there");
            if constexpr (std::is_same_v<F, CaseClosed>) {
                on(value, place, fact.at);
            } else {
                on(value, place);
            }
        });
    }
}

// ---------------------------------------------------------------------------------------------------- what facts count
// for

void KpiAccumulator::deal_out_orders(int site) {
    for (int tier = 0; tier < tiers_; ++tier) {
        for (int velocity = 0; velocity < classes_; ++velocity) {
            const OrderDay day =
                std::exchange(orders_[static_cast<std::size_t>((site * tiers_ + tier) * classes_ + velocity)], {});
            const Place place{summed_day_[static_cast<std::size_t>(site)], site, tier, velocity};
            const auto count = [&](Kpi kpi, std::int64_t numerator, std::int64_t denominator) {
                if (numerator == 0 && denominator == 0) return;
                add(kpi, place, static_cast<double>(numerator), static_cast<double>(denominator));
            };
            count(Kpi::order_lines, day.placed_lines, 0);
            count(Kpi::line_fill, day.filled_lines, day.lines);
            count(Kpi::unit_fill, day.filled, day.ordered);
            count(Kpi::lost_share, 0, day.ordered);
            count(Kpi::transshipped_share, 0, day.ordered);
            count(Kpi::order_fill, day.filled_orders, day.orders);
            count(Kpi::otif, day.on_time_in_full, day.due);
            count(Kpi::promise_accuracy, day.as_promised, day.due);
            if (day.sales_micros == 0 && day.cost == 0) continue;
            const double sales = static_cast<double>(day.sales_micros) * 1e-6;
            add(Kpi::sales, place, sales);
            add(Kpi::freight_share, place, 0, sales);
            add(Kpi::cost_of_sales, place, day.cost);
            add(Kpi::turns, place, day.cost * 365);
            add(Kpi::days_of_supply, place, 0, day.cost);
        }
    }
}

void KpiAccumulator::on(const OrderPlaced& f, const Place& told) {
    orders_today(told, f.tier, 0).placed_lines += f.lines;
}

void KpiAccumulator::on(const LineFirstPass& f, const Place& told) {
    series(kUnitsFilledFirst, told.site, f.placed_day) += static_cast<float>(f.filled);
    if (alike(f.placed_day, told.day)) {
        OrderDay& today = orders_today(told, f.tier, f.velocity);
        ++today.lines;
        today.filled_lines += f.filled == f.ordered;
        today.ordered += f.ordered;
        today.filled += f.filled;
        today.orders += f.order_ends;
        today.filled_orders += f.order_ends && f.order_filled;
        return;
    }
    const Place place{f.placed_day, told.site, f.tier, f.velocity};
    add(Kpi::line_fill, place, f.filled == f.ordered, 1);
    add(Kpi::unit_fill, place, f.filled, f.ordered);
    add(Kpi::lost_share, place, 0, f.ordered);
    add(Kpi::transshipped_share, place, 0, f.ordered);
    if (f.order_ends) add(Kpi::order_fill, place, f.order_filled, 1);
}

void KpiAccumulator::on(const OrderClosed& f, const Place& told) {
    if (f.promised_day >= dimensions_.total_days) return;
    const bool delivered = !f.cancelled && !f.censored;
    const bool on_time_in_full = delivered && f.delivered_day <= f.promised_day && f.in_full;
    const bool as_promised = delivered && f.delivered_day <= f.promised_day && f.delivered_day + 1 >= f.promised_day;
    if (alike(f.promised_day, told.day) && !f.censored) {
        OrderDay& today = orders_today(told, f.tier, 0);
        ++today.due;
        today.on_time_in_full += on_time_in_full;
        today.as_promised += as_promised;
        return;
    }
    const Place due{f.promised_day, told.site, f.tier};
    add(Kpi::otif, due, on_time_in_full, 1);
    add(Kpi::promise_accuracy, due, as_promised, 1);
    if (f.censored) add(Kpi::censored_orders, due, 1);
}

void KpiAccumulator::on(const OrdersServed& f, const Place& told) {
    OrderDay& today = orders_today(told, f.tier, f.velocity);
    for (std::int64_t* orders :
         {&today.placed_lines, &today.lines, &today.filled_lines, &today.orders, &today.filled_orders}) {
        *orders += f.orders;
    }
    today.ordered += f.units;
    today.filled += f.units;
    series(kUnitsFilledFirst, told.site, told.day) += static_cast<float>(f.units);
    today.sales_micros += f.sales_micros;
    today.cost += static_cast<double>(f.cost_micros) * 1e-6;
    if (f.promised_day >= dimensions_.total_days) return;
    const std::int64_t as_promised = told.day + 1 >= f.promised_day ? f.orders : 0;
    if (alike(f.promised_day, told.day)) {
        today.due += f.orders;
        today.on_time_in_full += f.orders;
        today.as_promised += as_promised;
        return;
    }
    const Place due{f.promised_day, told.site, f.tier};
    add(Kpi::otif, due, f.orders, f.orders);
    add(Kpi::promise_accuracy, due, static_cast<double>(as_promised), f.orders);
}

void KpiAccumulator::on(const OrdersShort& f, const Place& told) {
    OrderDay& today = orders_today(told, f.tier, f.velocity);
    for (std::int64_t* orders : {&today.placed_lines, &today.lines, &today.orders}) *orders += f.orders;
    today.ordered += f.ordered;
    today.filled += f.filled;
    series(kUnitsFilledFirst, told.site, told.day) += static_cast<float>(f.filled);
    today.sales_micros += f.sales_micros;
    today.cost += static_cast<double>(f.cost_micros) * 1e-6;
}

void KpiAccumulator::on(const LineCancelled& f, const Place& told) {
    const Place place{f.placed_day, told.site, f.tier, f.velocity};
    add(Kpi::lost_units, place, f.units);
    add(Kpi::lost_share, place, f.units);
    add(Kpi::lost_margin, place, static_cast<double>(f.margin_micros) * 1e-6);
}

void KpiAccumulator::on(const UnitsUndelivered& f, const Place& told) {
    add(Kpi::lost_margin, {f.placed_day, told.site, f.tier, f.velocity}, static_cast<double>(f.margin_micros) * 1e-6);
}

void KpiAccumulator::on(const PenaltyCharged& f, const Place& told) {
    if (f.due_day >= dimensions_.total_days) return;
    add(Kpi::penalties, {f.due_day, told.site, f.tier}, static_cast<double>(f.micros) * 1e-6);
}

void KpiAccumulator::on(const UnitsShipped& f, const Place& told) {
    OrderDay& today = orders_today(told, f.tier, f.velocity);
    today.sales_micros += f.sales_micros;
    today.cost += dimensions_.item_cost[f.item] * f.units;
}

void KpiAccumulator::on(const FreightPaid& f, const Place& told) {
    const Place place{told.day, told.site, f.tier};
    const double cost = static_cast<double>(f.micros) * 1e-6;
    add(Kpi::freight_cost, place, cost);
    add(Kpi::freight_share, place, cost);
    add(Kpi::expedite_cost, place, static_cast<double>(f.expedite_extra_micros) * 1e-6);
    add(Kpi::expedite_share, place, f.expedited ? cost : 0, cost);
}

void KpiAccumulator::on(const ExpeditePaid& f, const Place& told) {
    const double extra = static_cast<double>(f.extra_micros) * 1e-6;
    add(Kpi::expedite_cost, told, extra);
    if (static_cast<ExpediteKind>(f.kind) == ExpediteKind::purchase) add(Kpi::purchase_premiums, told, extra);
}

void KpiAccumulator::on(const LabourDay& f, const Place& place) {
    add(Kpi::overtime_hours, place, f.overtime);
    add(Kpi::overtime_cost, place, static_cast<double>(f.overtime_cost_micros) * 1e-6);
    add(Kpi::labour_utilisation, place, f.straight_busy, f.straight_available);
    series(kOvertimeHours, place.site, place.day) = f.overtime;
    series(kStraightHours, place.site, place.day) = f.straight_available;
    series(kBusyHours, place.site, place.day) = f.straight_busy;
}

void KpiAccumulator::on(const BacklogAtClose& f, const Place& place) {
    add(Kpi::backlog, place, f.open_lines);
    add(Kpi::past_due, place, f.past_due_lines);
    series(kOpenLines, place.site, place.day) = static_cast<float>(f.open_lines);
    add(Kpi::staged_orders, place, f.staged);
    series(kPastDueLines, place.site, place.day) = static_cast<float>(f.past_due_lines);
    series(kStagedOrders, place.site, place.day) = static_cast<float>(f.staged);
}

void KpiAccumulator::on(const CarrierDeparted& f, const Place& place) {
    if (!f.expedite) add(Kpi::carrier_use, place, f.taken, f.capacity);
    add(Kpi::missed_departures, place, f.missed, f.first_chances);
    series(kCarrierTaken, place.site, place.day) += static_cast<float>(f.taken);
    series(kCarrierCapacity, place.site, place.day) += static_cast<float>(f.capacity);
}

void KpiAccumulator::on(const StockAtClose& f, const Place& told) {
    sum_up(told);
    StockDay& today = stock_sums_[static_cast<std::size_t>(told.site * classes_ + f.velocity)];
    today.items += f.items;
    today.units += f.units;
    today.hours_out += f.hours_out;
    today.value += static_cast<double>(f.value_micros) * 1e-6;
    series(kUnitsOnHand, told.site, told.day) += static_cast<float>(f.units);
    series(kHoursOut, told.site, told.day) += static_cast<float>(f.hours_out);
    if (f.seasonal) series(kSeasonalOnHand, told.site, told.day) += static_cast<float>(f.units);
}

void KpiAccumulator::on(const RecordAtClose& f, const Place& told) {
    sum_up(told);
    StockDay& today = stock_sums_[static_cast<std::size_t>(told.site * classes_ + f.velocity)];
    today.right_items += f.right_items;
    today.wrong_units += f.wrong_units;
    series(kUnitsOnRecord, told.site, told.day) += static_cast<float>(f.units);
}

void KpiAccumulator::deal_out_stock(int site) {
    for (int velocity = 0; velocity < classes_; ++velocity) {
        const StockDay sum = std::exchange(stock_sums_[static_cast<std::size_t>(site * classes_ + velocity)], {});
        const Place place{summed_day_[static_cast<std::size_t>(site)], site, 0, velocity};
        const auto items = static_cast<double>(sum.items);
        add(Kpi::stockout_rate, place, sum.hours_out, 24 * items);
        add(Kpi::inventory_value, place, sum.value);
        add(Kpi::turns, place, 0, sum.value);
        add(Kpi::days_of_supply, place, sum.value);
        add(Kpi::record_accuracy, place, static_cast<double>(sum.right_items), items);
        add(Kpi::visibility_error, place, static_cast<double>(sum.wrong_units), static_cast<double>(sum.units));
    }
}

void KpiAccumulator::on(const ItemAtClose& f, const Place& told) {
    const std::size_t at = static_cast<std::size_t>(told.site) * dimensions_.item_cost.size() + f.item;
    stock_[at] = f.on_hand;
    outlook_[at] = f.forward_daily_demand;
    if (++stock_read_ < stock_.size()) return;
    stock_read_ = 0;
    if (measured(told.day)) compare_sites(told.day);
}

/// The KPIs that compare the warehouses, once all of them have told their stock of the day.
void KpiAccumulator::compare_sites(int day) {
    constexpr double kShortDays = 3, kLongDays = 30;
    const std::size_t items = dimensions_.item_cost.size();
    const auto sites = static_cast<std::size_t>(sites_);
    double misplaced = 0, value = 0, uneven = 0, demand = 0;
    for (std::size_t item = 0; item < items; ++item) {
        double units = 0, rate = 0;
        bool some_short = false, some_long = false;
        for (std::size_t site = 0; site < sites; ++site) {
            const double on_hand = stock_[site * items + item], outlook = outlook_[site * items + item];
            units += on_hand;
            rate += outlook;
            some_short |= on_hand < kShortDays * outlook;
            some_long |= on_hand > kLongDays * outlook;
        }
        if (rate <= 0) continue;
        double moved = 0;
        for (std::size_t site = 0; site < sites; ++site) {
            moved += std::abs(stock_[site * items + item] - units * outlook_[site * items + item] / rate);
        }
        misplaced += moved / 2 * dimensions_.item_cost[item];
        value += units * dimensions_.item_cost[item];
        demand += rate;
        if (some_short && some_long) uneven += rate;
    }
    add(Kpi::imbalance, {.day = day}, misplaced, value);
    add(Kpi::over_and_under, {.day = day}, uneven, demand);
}

void KpiAccumulator::on(const PurchaseLineOrdered& f, const Place& place) {
    add(Kpi::purchase_lines, place, 1);
    add(Kpi::touchless, place, f.touches == 0, 1);
}

void KpiAccumulator::on(const TransferOrdered& f, const Place& place) {
    const double cost = static_cast<double>(f.cost_micros) * 1e-6;
    add(Kpi::transfers, place, 1);
    add(Kpi::urgent_transfers, place, f.urgent, 1);
    add(Kpi::transfer_cost, place, cost);
    add(Kpi::touchless, place, f.touches == 0, 1);
    add(Kpi::expedite_share, place, f.urgent ? cost : 0, cost);
}

void KpiAccumulator::on(const CaseClosed& f, const Place& place, sim::Time now) {
    const auto kind = static_cast<DecisionKind>(f.kind);
    if (kind != DecisionKind::escalation && kind != DecisionKind::supplier_exception) return;
    add(Kpi::exceptions, place, 1);
    const double hours = sim::in<sim::hours>(now - (sim::kStart + sim::Duration{f.raised_micros}));
    add(Kpi::exception_hours, place, hours, 1);
    if (measured(place.day)) exception_hours_[static_cast<std::size_t>(phase_at(place.day))].add(hours);
}

void KpiAccumulator::on(const OfficeDay& f, const Place& place) {
    add(Kpi::planner_utilisation, place, f.planner_at_work, f.planner_available);
    add(Kpi::planner_hours, place, f.planner_busy);
    add(Kpi::agent_hours, place, f.agent_busy);
    add(Kpi::planner_queue, place, f.planner_queue);
    series(kPlannerQueue, place.site, place.day) = static_cast<float>(f.planner_queue);
}

void KpiAccumulator::on(const DayClosed& f, const Place& place) {
    series(kLinesOrdered, place.site, place.day) = static_cast<float>(f.lines_ordered);
    series(kUnitsOrdered, place.site, place.day) = static_cast<float>(f.units_ordered);
    series(kLinesPicked, place.site, place.day) = static_cast<float>(f.lines_picked);
    if (f.units_ordered_by_sites) {
        demand_of_sites_[at(place.site, place.day)] = static_cast<float>(f.units_ordered_by_sites);
    }
}

void KpiAccumulator::on(const StockRuleDay& f, const Place& told) {
    sum_up(told);
    RuleDay& today = rules_[static_cast<std::size_t>(told.site * classes_ + f.velocity)];
    today.mean_on_hand += f.mean_on_hand;
    today.mean_waiting += f.mean_waiting;
}

void KpiAccumulator::on(const StockRuleClose& f, const Place& told) {
    sum_up(told);
    RuleDay& today = rules_[static_cast<std::size_t>(told.site * classes_ + f.velocity)];
    today.on_hand += f.on_hand;
    today.waiting += f.waiting;
    today.on_order += f.on_order;
}

void KpiAccumulator::deal_out_rules(int site) {
    const int day = summed_day_[static_cast<std::size_t>(site)];
    for (int velocity = 0; velocity < classes_; ++velocity) {
        RuleDay& today = rules_[static_cast<std::size_t>(site * classes_ + velocity)];
        const Place place{day, site, 0, velocity};
        add(Kpi::mean_on_hand, place, today.mean_on_hand);
        add(Kpi::mean_waiting, place, today.mean_waiting);
        add(Kpi::on_hand_at_close, place, static_cast<double>(today.on_hand));
        add(Kpi::waiting_at_close, place, static_cast<double>(today.waiting));
        add(Kpi::on_order_at_close, place, static_cast<double>(today.on_order));
        today = {};
    }
}

void KpiAccumulator::on(const StockOrdered& f, const Place& told) {
    const Place place{told.day, f.site, 0, f.velocity};
    add(Kpi::rule_orders, place, 1);
    add(Kpi::rule_units, place, f.units);
    series(kRuleUnits, place.site, place.day) += static_cast<float>(f.units);
    if (f.from_site) orders_to_sites_[at(place.site, place.day)] += static_cast<float>(f.units);
}

void KpiAccumulator::on(const StockCost& f, const Place& told) {
    add(Kpi::inventory_cost, {told.day, told.site, 0, f.velocity}, f.amount);
}

void KpiAccumulator::on(const TierWaitingDay& f, const Place& told) {
    add(Kpi::units_waiting, {told.day, told.site, f.tier}, f.mean_waiting);
}

void KpiAccumulator::on(const TaskDone& f, const Place& told) {
    const Place place{told.day, told.site, f.tier};
    add(Kpi::pick_wait, place, f.waited_hours, 1);
    add(Kpi::time_in_system, place, f.hours, 1);
    add(Kpi::picks_waiting, place, f.waited_hours / 24);
}

void KpiAccumulator::on(const UnitsLent& f, const Place& told) {
    add(Kpi::transshipped_share, {f.placed_day, told.site, f.tier, f.velocity}, f.units);
}

void KpiAccumulator::on(const StockAtMoment& f, const Place& told) {
    const Place place{.day = told.day, .site = told.site, .moment = f.moment};
    add(Kpi::on_hand_at, place, f.on_hand);
    add(Kpi::waiting_at, place, f.waiting);
    add(Kpi::on_order_at, place, f.on_order);
}

void KpiAccumulator::on(const DemandAtMoment& f, const Place& told) {
    add(Kpi::demanded_by, {.day = told.day, .site = told.site, .moment = f.moment}, static_cast<double>(f.units));
}

// ----------------------------------------------------------------------------------------------------------- the table

KpiAccumulator::Span KpiAccumulator::days_in(const Slice& slice) const {
    const Span window{dimensions_.first_day, dimensions_.end_day};
    if (slice.phase < 0 || slice.phase >= phases_) return window;
    const Phase& phase = dimensions_.phases[static_cast<std::size_t>(slice.phase)];
    const int first = std::max(window.first, phase.first_day);
    return {first, std::max(first, std::min(window.end, phase.end_day))};
}

KpiAccumulator::Span KpiAccumulator::sites_in(const Slice& slice) const {
    // Headquarters has no stock, and no lines either.
    if (slice.site >= sites_) return {};
    return slice.site < 0 ? Span{0, sites_} : Span{slice.site, slice.site + 1};
}

/// Sum of the KPI's cells that the slice covers.
KpiAccumulator::Cell KpiAccumulator::folded(Kpi kpi, const Slice& slice) const {
    const Cube& cube = cubes_[static_cast<std::size_t>(kpi)];
    Cell sum;
    std::size_t index = 0;
    const auto range = [&](unsigned bit, int size) { return cube.slices & bit ? size : 1; };
    const auto wanted = [](int asked, int at) { return asked < 0 || asked == at; };
    for (int site = 0; site < range(kBySite, sites_ + 1); ++site) {
        for (int tier = 0; tier < range(kByTier, tiers_); ++tier) {
            for (int velocity = 0; velocity < range(kByClass, classes_); ++velocity) {
                const int moments = range(kByMoment, static_cast<int>(dimensions_.moments.size()));
                for (int phase = 0; phase < range(kByPhase, phases_ + 1) * moments; ++phase, ++index) {
                    if (!wanted(slice.site, site) || !wanted(slice.tier, tier) || !wanted(slice.velocity, velocity) ||
                        !wanted(slice.phase, cube.slices & kByMoment ? phases_ + phase : phase)) {
                        continue;
                    }
                    sum.numerator += cube.cells[index].numerator;
                    sum.denominator += cube.cells[index].denominator;
                }
            }
        }
    }
    return sum;
}

/// Standard deviation and mean of the open lines at the close of the slice's days.
KpiAccumulator::Cell KpiAccumulator::volatility(const Slice& slice) const {
    const Span days = days_in(slice), sites = sites_in(slice);
    double sum = 0, squares = 0;
    for (int day = days.first; day < days.end; ++day) {
        double lines = 0;
        for (int site = sites.first; site < sites.end; ++site) {
            lines += series_[(kOpenLines * places_ + static_cast<std::size_t>(site)) * days_ +
                             static_cast<std::size_t>(day)];
        }
        sum += lines;
        squares += lines * lines;
    }
    const double n = std::max(1, days.count()), mean = sum / n;
    return {std::sqrt(std::max(0.0, squares / n - mean * mean)), mean};
}

/// Mean and variance of a daily series over the window: of one site, or of all sites together without what one of them
/// orders from another.
KpiAccumulator::Moments KpiAccumulator::moments(std::size_t which, const Slice& slice) const {
    const Span days = days_in({}), sites = sites_in(slice);
    Moments m;
    double squares = 0;
    for (int day = days.first; day < days.end; ++day) {
        double value = 0;
        for (int site = sites.first; site < sites.end; ++site) {
            value += series_[which * places_ * days_ + at(site, day)];
            if (slice.site >= 0 || demand_of_sites_.empty()) continue;
            value -= (which == kRuleUnits ? orders_to_sites_ : demand_of_sites_)[at(site, day)];
        }
        m.mean += value;
        squares += value * value;
    }
    const double n = std::max(1, days.count());
    m.mean /= n;
    m.variance = days.count() > 1 ? std::max(0.0, squares - n * m.mean * m.mean) / (n - 1) : 0;
    return m;
}

/// The ninth decile of the exceptions' hours; nothing when there were none.
KpiAccumulator::Cell KpiAccumulator::slowest_tenth(const Slice& slice) const {
    LogHistogram hours;
    for (std::size_t p = 0; p < exception_hours_.size(); ++p) {
        if (slice.phase < 0 || static_cast<std::size_t>(slice.phase) == p) hours += exception_hours_[p];
    }
    return {hours.quantile(0.9), hours.count() > 0 ? 1.0 : 0.0};
}

KpiAccumulator::Cell KpiAccumulator::cell_of(const KpiInfo& kpi, const Slice& slice) const {
    if (kpi.kpi == Kpi::backlog_volatility) return volatility(slice);
    if (kpi.kpi == Kpi::exception_p90) return slowest_tenth(slice);
    if (kpi.kpi == Kpi::operating_cost) return operating_cost(slice);
    if (kpi.kpi == Kpi::otif_over_target) return otif_over_target(slice);
    if (kpi.kpi == Kpi::order_variability) {
        return {moments(kRuleUnits, slice).variance, moments(kUnitsOrdered, slice).variance};
    }
    if (kpi.kpi == Kpi::demand_dispersion) {
        const Moments demand = moments(kUnitsOrdered, slice);
        return {demand.variance, demand.mean};
    }
    Cell cell = folded(kpi.kpi, slice);
    if (kpi.form == Form::per_day) cell.denominator = days_in(slice).count();
    if (kpi.form == Form::total || kpi.form == Form::money) cell.denominator = 1;
    return cell;
}

Replication KpiAccumulator::finish() {
    Replication result;
    for (int site = 0; site <= sites_; ++site) deal_out_sums(site);
    for_each_row(dimensions_, [&](const KpiInfo& kpi, const Slice& slice) {
        const Cell cell = cell_of(kpi, slice);
        SIM_CHECK(may_be(kpi, cell.numerator, cell.denominator), "a share is not between nothing and all");
        result.numerator.push_back(cell.numerator);
        result.denominator.push_back(cell.denominator);
    });
    result.series = std::move(series_);
    return result;
}

}  // namespace entrepot::results

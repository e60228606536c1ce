#include <algorithm>
#include <cmath>

#include "results/kpis/accumulator.hpp"
#include "sim/check.hpp"

/// What each fact counts for.
namespace entrepot::results {

using namespace models;

namespace {

int day_of(sim::Time t) { return static_cast<int>(std::chrono::floor<sim::days>(t.time_since_epoch()).count()); }

/// Facts told at a midnight close the day before it.
template <class Told>
bool closes_a_day(const Told& told) {
    if constexpr (std::is_same_v<Told, StockCost>) return told.closes_day != 0;
    return std::is_same_v<Told, LabourDay> || std::is_same_v<Told, LinkDay> || std::is_same_v<Told, LinkDelays> ||
           std::is_same_v<Told, ShopDay> || std::is_same_v<Told, CrewDay> || std::is_same_v<Told, BacklogAtClose> ||
           std::is_same_v<Told, StockAtClose> || std::is_same_v<Told, RecordAtClose> ||
           std::is_same_v<Told, ItemsAtClose> || std::is_same_v<Told, DayClosed> ||
           std::is_same_v<Told, OrdersServed> || std::is_same_v<Told, OrdersShort> ||
           std::is_same_v<Told, OrdersDelivered> || std::is_same_v<Told, StockRuleDay> ||
           std::is_same_v<Told, StockRuleClose> || std::is_same_v<Told, TierWaitingDay>;
}

}  // namespace

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

void KpiAccumulator::on(const OrderPlaced& f, const Place& told) {
    DaySums::Orders& today = sums_.orders(told, f.tier, 0);
    today.placed_lines += f.lines;
    ++today.placed;
}

void KpiAccumulator::on(const LineFirstPass& f, const Place& told) {
    series_.at(kUnitsFilledFirst, told.site, f.placed_day) += static_cast<float>(f.filled);
    if (cube_.alike(f.placed_day, told.day)) {
        DaySums::Orders& today = sums_.orders(told, f.tier, f.velocity);
        ++today.lines;
        today.filled_lines += f.filled == f.ordered;
        today.ordered += f.ordered;
        today.filled += f.filled;
        today.orders += f.order_ends;
        today.filled_orders += f.order_ends && f.order_filled;
        return;
    }
    const Place place{f.placed_day, told.site, f.tier, f.velocity};
    cube_.add(Kpi::line_fill, place, f.filled == f.ordered, 1);
    cube_.add(Kpi::backorder_probability, place, 0, 1);
    cube_.add(Kpi::unit_fill, place, f.filled, f.ordered);
    cube_.add(Kpi::lost_share, place, 0, f.ordered);
    cube_.add(Kpi::transshipped_share, place, 0, f.ordered);
    if (f.order_ends) cube_.add(Kpi::order_fill, place, f.order_filled, 1);
}

void KpiAccumulator::count_due(const DueOrders& due, int tier, const Place& told) {
    if (due.promised_day >= dimensions_.total_days) return;
    const bool on_time = due.delivered && due.delivered_day <= due.promised_day;
    const std::int64_t on_time_in_full = on_time && due.in_full ? due.orders : 0;
    const auto within = [&](int early_days) {
        return on_time && due.promised_day - due.delivered_day <= early_days ? due.orders : 0;
    };
    const std::int64_t as_promised = within(dimensions_.early_days_of(tier));
    const std::int64_t to_the_day = within(1);
    if (cube_.alike(due.promised_day, told.day)) {
        DaySums::Orders& today = sums_.orders(told, tier, 0);
        today.due += due.orders;
        today.on_time_in_full += on_time_in_full;
        today.as_promised += as_promised;
        today.to_the_day += to_the_day;
        return;
    }
    const Place place{due.promised_day, told.site, tier};
    const auto orders = static_cast<double>(due.orders);
    cube_.add(Kpi::otif, place, static_cast<double>(on_time_in_full), orders);
    cube_.add(Kpi::promise_accuracy, place, static_cast<double>(as_promised), orders);
    cube_.add(Kpi::promise_accuracy_strict, place, static_cast<double>(to_the_day), orders);
}

/// Of strategies that send notices: who was told, and whether rightly.
void KpiAccumulator::count_notice(const OrderClosed& f, const Place& told) {
    if (f.promised_day >= dimensions_.total_days) return;
    const Place place{f.promised_day, told.site, f.tier};
    const bool in_time = !f.censored && !f.cancelled && f.in_full && f.delivered_day <= f.promised_day;
    const bool was_told = f.notice == NoticeKept::told;
    if (!in_time && (was_told || !f.cancelled)) cube_.add(Kpi::late_told, place, was_told, 1);
    if (was_told) cube_.add(Kpi::notice_precision, place, !in_time, 1);
}

void KpiAccumulator::on(const NoticeGiven& f, const Place& told) {
    cube_.add(Kpi::notices, {told.day, told.site, f.tier}, 1);
}

void KpiAccumulator::on(const OrderClosed& f, const Place& told) {
    const bool delivered = !f.cancelled && !f.censored;
    count_due({1, f.promised_day, f.delivered_day, delivered, f.in_full != 0}, f.tier, told);
    if (f.notice != NoticeKept::none_sent) count_notice(f, told);
    if (f.held) count_held(f, told);
    if (f.censored && f.promised_day < dimensions_.total_days) {
        cube_.add(Kpi::censored_orders, {f.promised_day, told.site, f.tier}, 1);
    }
}

void KpiAccumulator::on(const OrdersServed& f, const Place& told) {
    DaySums::Orders& today = sums_.orders(told, f.tier, f.velocity);
    for (std::int64_t* orders :
         {&today.placed, &today.placed_lines, &today.lines, &today.filled_lines, &today.orders, &today.filled_orders}) {
        *orders += f.orders;
    }
    today.ordered += f.units;
    today.filled += f.units;
    series_.at(kUnitsFilledFirst, told.site, told.day) += static_cast<float>(f.units);
    today.sales_micros += f.sales_micros;
    today.cost_micros += f.cost_micros;
    count_due({f.orders, f.promised_day, told.day, true, true}, f.tier, told);
}

void KpiAccumulator::on(const OrdersShort& f, const Place& told) {
    DaySums::Orders& today = sums_.orders(told, f.tier, f.velocity);
    for (std::int64_t* orders : {&today.placed, &today.placed_lines, &today.lines, &today.orders}) *orders += f.orders;
    today.ordered += f.ordered;
    today.filled += f.filled;
    series_.at(kUnitsFilledFirst, told.site, told.day) += static_cast<float>(f.filled);
    today.sales_micros += f.sales_micros;
    today.cost_micros += f.cost_micros;
}

void KpiAccumulator::on(const OrdersDelivered& f, const Place& told) {
    count_due({f.orders, f.promised_day, told.day, true, true}, f.tier, told);
}

void KpiAccumulator::on(const LineWaits& f, const Place& told) {
    cube_.add(Kpi::backorder_probability, {f.placed_day, told.site, f.tier, f.velocity}, f.lines);
}

void KpiAccumulator::on(const LineWaited& f, const Place& told) {
    const Place place{f.placed_day, told.site, f.tier, f.velocity};
    if (cube_.measured(place.day)) line_waits_.add(place, cube_.phase_at(place.day), f.days);
}

void KpiAccumulator::on(const LineCancelled& f, const Place& told) {
    const Place place{f.placed_day, told.site, f.tier, f.velocity};
    cube_.add(Kpi::lost_units, place, f.units);
    cube_.add(Kpi::lost_share, place, f.units);
    cube_.add(Kpi::lost_margin, place, static_cast<double>(f.margin_micros) * 1e-6);
}

void KpiAccumulator::on(const UnitsUndelivered& f, const Place& told) {
    cube_.add(Kpi::lost_margin, {f.placed_day, told.site, f.tier, f.velocity},
              static_cast<double>(f.margin_micros) * 1e-6);
}

void KpiAccumulator::on(const PenaltyCharged& f, const Place& told) {
    if (f.due_day >= dimensions_.total_days) return;
    const Place place{f.due_day, told.site, f.tier};
    const double amount = static_cast<double>(f.micros) * 1e-6;
    cube_.add(Kpi::penalties, place, amount);
    cube_.add(Kpi::penalty_share, place, amount);
    if (f.account > 0) cube_.add(Kpi::large_account_penalties, place, f.large ? amount : 0, amount);
}

void KpiAccumulator::on(const UnitsShipped& f, const Place& told) {
    DaySums::Orders& today = sums_.orders(told, f.tier, f.velocity);
    today.sales_micros += f.sales_micros;
    today.cost_micros += item_cost_micros_[f.item] * f.units;
}

void KpiAccumulator::on(const FreightPaid& f, const Place& told) {
    const Place place{told.day, told.site, f.tier};
    const double cost = static_cast<double>(f.micros) * 1e-6;
    cube_.add(Kpi::freight_cost, place, cost);
    cube_.add(Kpi::freight_share, place, cost);
    cube_.add(Kpi::expedite_cost, place, static_cast<double>(f.expedite_extra_micros) * 1e-6);
    cube_.add(Kpi::expedite_share, place, f.expedited ? cost : 0, cost);
    cube_.add(Kpi::on_time_ship, place, f.on_plan, 1);
    Place by_carrier = told;
    by_carrier.who = f.carrier;
    if (f.joint > 0) cube_.add(Kpi::consolidation, by_carrier, 1, f.joint == 1);
}

void KpiAccumulator::on(const ExpeditePaid& f, const Place& told) {
    const double extra = static_cast<double>(f.extra_micros) * 1e-6;
    cube_.add(Kpi::expedite_cost, told, extra);
    if (static_cast<ExpediteKind>(f.kind) != ExpediteKind::purchase) return;
    cube_.add(Kpi::purchase_premiums, told, extra);
    cube_.add(Kpi::expedited_lines, told, 1);
}

void KpiAccumulator::on(const LabourDay& f, const Place& place) {
    cube_.add(Kpi::overtime_hours, place, f.overtime);
    cube_.add(Kpi::overtime_cost, place, static_cast<double>(f.overtime_cost_micros) * 1e-6);
    cube_.add(Kpi::labour_utilisation, place, f.straight_busy, f.straight_available);
    series_.at(kOvertimeHours, place.site, place.day) = f.overtime;
    series_.at(kStraightHours, place.site, place.day) = f.straight_available;
    series_.at(kBusyHours, place.site, place.day) = f.straight_busy;
}

void KpiAccumulator::on(const CrewDay& f, const Place& place) {
    cube_.add(Kpi::temp_hours, place, f.temp_hours);
    cube_.add(Kpi::temp_cost, place, static_cast<double>(f.temp_cost_micros) * 1e-6);
    cube_.add(Kpi::learning_loss, place, f.learning_loss);
    cube_.add(Kpi::hours_lent, place, f.lent);
    cube_.add(Kpi::lending_cost, place, static_cast<double>(f.lending_cost_micros) * 1e-6);
}

void KpiAccumulator::on(const BacklogAtClose& f, const Place& place) {
    cube_.add(Kpi::backlog, place, f.open_lines);
    cube_.add(Kpi::past_due, place, f.past_due_lines);
    series_.at(kOpenLines, place.site, place.day) = static_cast<float>(f.open_lines);
    cube_.add(Kpi::staged_orders, place, f.staged);
    series_.at(kPastDueLines, place.site, place.day) = static_cast<float>(f.past_due_lines);
    series_.at(kStagedOrders, place.site, place.day) = static_cast<float>(f.staged);
}

void KpiAccumulator::on(const CarrierDeparted& f, const Place& place) {
    Place by_carrier = place;
    by_carrier.who = f.carrier;
    if (!f.expedite) cube_.add(Kpi::carrier_use, by_carrier, f.taken, f.capacity);
    cube_.add(Kpi::tender_rejections, by_carrier, f.refused, f.offered);
    cube_.add(Kpi::missed_departures, place, f.missed, f.first_chances);
    series_.at(kCarrierTaken, place.site, place.day) += static_cast<float>(f.taken);
    series_.at(kCarrierCapacity, place.site, place.day) += static_cast<float>(f.capacity);
}

void KpiAccumulator::on(const StockAtClose& f, const Place& told) {
    DaySums::Stock& today = sums_.stock(told, f.velocity);
    today.items += f.items;
    today.units += f.units;
    today.hours_out += f.hours_out;
    today.value += static_cast<double>(f.value_micros) * 1e-6;
    series_.at(kUnitsOnHand, told.site, told.day) += static_cast<float>(f.units);
    series_.at(kHoursOut, told.site, told.day) += static_cast<float>(f.hours_out);
    if (f.seasonal) series_.at(kSeasonalOnHand, told.site, told.day) += static_cast<float>(f.units);
}

void KpiAccumulator::on(const RecordAtClose& f, const Place& told) {
    DaySums::Stock& today = sums_.stock(told, f.velocity);
    today.right_items += f.right_items;
    today.wrong_units += f.wrong_units;
    series_.at(kUnitsOnRecord, told.site, told.day) += static_cast<float>(f.units);
}

void KpiAccumulator::on(const ItemsAtClose& f, const Place& told) {
    const std::size_t first = static_cast<std::size_t>(told.site) * dimensions_.item_cost.size() + f.first;
    for (std::size_t i = 0; i < f.items; ++i) {
        stock_[first + i] = f.on_hand[i];
        outlook_[first + i] = f.forward_daily_demand[i];
    }
    stock_read_ += f.items;
    if (stock_read_ < stock_.size()) return;
    stock_read_ = 0;
    if (cube_.measured(told.day)) compare_sites(told.day);
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
    cube_.add(Kpi::imbalance, {.day = day}, misplaced, value);
    cube_.add(Kpi::over_and_under, {.day = day}, uneven, demand);
}

void KpiAccumulator::on(const DayClosed& f, const Place& place) {
    series_.at(kLinesOrdered, place.site, place.day) = static_cast<float>(f.lines_ordered);
    series_.at(kUnitsOrdered, place.site, place.day) = static_cast<float>(f.units_ordered);
    series_.at(kLinesPicked, place.site, place.day) = static_cast<float>(f.lines_picked);
    if (f.units_ordered_by_sites) {
        series_.demand_of_sites(place.site, place.day) = static_cast<float>(f.units_ordered_by_sites);
    }
}

void KpiAccumulator::on(const StockRuleDay& f, const Place& told) {
    DaySums::Rules& today = sums_.rules(told, f.velocity);
    today.mean_on_hand += f.mean_on_hand;
    today.mean_backorders += f.mean_backorders;
}

void KpiAccumulator::on(const StockRuleClose& f, const Place& told) {
    DaySums::Rules& today = sums_.rules(told, f.velocity);
    today.on_hand += f.on_hand;
    today.waiting += f.waiting;
    today.on_order += f.on_order;
}

void KpiAccumulator::on(const StockOrdered& f, const Place& told) {
    const Place place{told.day, f.site, 0, f.velocity};
    cube_.add(Kpi::replenishment_orders, place, 1);
    cube_.add(Kpi::replenishment_units, place, f.units);
    series_.at(kReplenishmentUnits, place.site, place.day) += static_cast<float>(f.units);
    if (f.from_site) series_.orders_to_sites(place.site, place.day) += static_cast<float>(f.units);
}

void KpiAccumulator::on(const StockCost& f, const Place& told) {
    cube_.add(Kpi::inventory_cost, {told.day, f.site, 0, f.velocity}, f.amount);
}

void KpiAccumulator::on(const TierWaitingDay& f, const Place& told) {
    cube_.add(Kpi::tier_backorders, {told.day, told.site, f.tier}, f.mean_backorders);
}

void KpiAccumulator::on(const TaskDone& f, const Place& told) {
    const Place place{told.day, told.site, f.tier};
    cube_.add(Kpi::picks_waiting, place, f.waited_hours / 24);
    if (!cube_.measured(place.day)) return;
    pick_waits_.add(place, cube_.phase_at(place.day), f.waited_hours);
    times_in_system_.add(place, cube_.phase_at(place.day), f.hours);
}

void KpiAccumulator::on(const UnitsLent& f, const Place& told) {
    cube_.add(Kpi::transshipped_share, {f.placed_day, told.site, f.tier, f.velocity}, f.units);
}

void KpiAccumulator::on(const StockAtMoment& f, const Place& told) {
    const Place place{.day = told.day, .site = told.site, .moment = f.moment};
    cube_.add(Kpi::on_hand_at, place, f.on_hand);
    cube_.add(Kpi::backorders_at, place, f.waiting);
    cube_.add(Kpi::on_order_at, place, f.on_order);
    cube_.add(Kpi::stocked_out_at, place, f.on_hand <= 0, 1);
    cube_.add(Kpi::no_backorders_at, place, f.waiting == 0, 1);
    cube_.add(Kpi::low_at, place, f.low, 1);
}

void KpiAccumulator::on(const DemandAtMoment& f, const Place& told) {
    cube_.add(Kpi::demanded_by, {.day = told.day, .site = told.site, .moment = f.moment}, static_cast<double>(f.units));
}

}  // namespace entrepot::results

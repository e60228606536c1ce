#include "results/kpis/day_sums.hpp"

#include <utility>

namespace entrepot::results {

DaySums::DaySums(const Dimensions& d, KpiCube& cube)
    : cube_(cube),
      sites_(static_cast<int>(d.sites.size())),
      tiers_(static_cast<int>(d.tiers.size())),
      classes_(static_cast<int>(d.classes.size())),
      orders_((d.sites.size() + 1) * d.tiers.size() * d.classes.size()),
      stock_(d.sites.size() * d.classes.size()),
      rules_(stock_.size()),
      summed_day_(d.sites.size() + 1, 0) {}

void DaySums::deal_out_all() {
    for (int site = 0; site <= sites_; ++site) deal_out(site);
}

void DaySums::deal_out(int site) {
    deal_out_orders(site);
    if (site >= sites_) return;  // headquarters has no stock
    deal_out_stock(site);
    deal_out_rules(site);
}

void DaySums::deal_out_orders(int site) {
    for (int tier = 0; tier < tiers_; ++tier) {
        for (int velocity = 0; velocity < classes_; ++velocity) {
            const Orders day =
                std::exchange(orders_[static_cast<std::size_t>((site * tiers_ + tier) * classes_ + velocity)], {});
            const Place place{summed_day_[static_cast<std::size_t>(site)], site, tier, velocity};
            const auto count = [&](Kpi kpi, std::int64_t numerator, std::int64_t denominator) {
                if (numerator == 0 && denominator == 0) return;
                cube_.add(kpi, place, static_cast<double>(numerator), static_cast<double>(denominator));
            };
            count(Kpi::order_lines, day.placed_lines, 0);
            count(Kpi::manual_interventions, 0, day.placed);
            count(Kpi::line_fill, day.filled_lines, day.lines);
            count(Kpi::backorder_probability, 0, day.lines);
            count(Kpi::unit_fill, day.filled, day.ordered);
            count(Kpi::lost_share, 0, day.ordered);
            count(Kpi::transshipped_share, 0, day.ordered);
            count(Kpi::order_fill, day.filled_orders, day.orders);
            count(Kpi::otif, day.on_time_in_full, day.due);
            count(Kpi::promise_accuracy, day.as_promised, day.due);
            count(Kpi::promise_accuracy_strict, day.to_the_day, day.due);
            if (day.sales_micros == 0 && day.cost_micros == 0) continue;
            const double sales = static_cast<double>(day.sales_micros) * 1e-6;
            const double cost = static_cast<double>(day.cost_micros) * 1e-6;
            cube_.add(Kpi::sales, place, sales);
            cube_.add(Kpi::freight_share, place, 0, sales);
            cube_.add(Kpi::penalty_share, place, 0, sales);
            cube_.add(Kpi::gross_margin, place, sales - cost, sales);
            cube_.add(Kpi::cost_of_sales, place, cost);
            cube_.add(Kpi::turns, place, cost * 365);
            cube_.add(Kpi::days_of_supply, place, 0, cost);
        }
    }
}

void DaySums::deal_out_stock(int site) {
    for (int velocity = 0; velocity < classes_; ++velocity) {
        const Stock sum = std::exchange(stock_[static_cast<std::size_t>(site * classes_ + velocity)], {});
        const Place place{summed_day_[static_cast<std::size_t>(site)], site, 0, velocity};
        const auto items = static_cast<double>(sum.items);
        cube_.add(Kpi::stockout_rate, place, sum.hours_out, 24 * items);
        cube_.add(Kpi::inventory_value, place, sum.value);
        cube_.add(Kpi::turns, place, 0, sum.value);
        cube_.add(Kpi::days_of_supply, place, sum.value);
        cube_.add(Kpi::record_accuracy, place, static_cast<double>(sum.right_items), items);
        cube_.add(Kpi::visibility_error, place, static_cast<double>(sum.wrong_units), static_cast<double>(sum.units));
    }
}

void DaySums::deal_out_rules(int site) {
    for (int velocity = 0; velocity < classes_; ++velocity) {
        const Rules sum = std::exchange(rules_[static_cast<std::size_t>(site * classes_ + velocity)], {});
        const Place place{summed_day_[static_cast<std::size_t>(site)], site, 0, velocity};
        cube_.add(Kpi::mean_on_hand, place, sum.mean_on_hand);
        cube_.add(Kpi::mean_backorders, place, sum.mean_backorders);
        cube_.add(Kpi::on_hand_at_close, place, static_cast<double>(sum.on_hand));
        cube_.add(Kpi::backorders_at_close, place, static_cast<double>(sum.waiting));
        cube_.add(Kpi::on_order_at_close, place, static_cast<double>(sum.on_order));
    }
}

}  // namespace entrepot::results

#pragma once

#include <cstdint>
#include <vector>

#include "results/kpis/cube.hpp"

namespace entrepot::results {

/// What is told of orders and stock comes often and mostly counts for the day on which it is told: it is summed up here
/// in integers where it can be, and dealt out to the KPIs when a day comes that counts elsewhere.
class DaySums {
public:
    using Place = KpiCube::Place;

    /// Of a site, tier and class over what is told of orders on a day, or some alike, and counts for it.
    struct Orders {
        std::int64_t placed = 0, placed_lines = 0, lines = 0, filled_lines = 0, ordered = 0, filled = 0;
        std::int64_t orders = 0, filled_orders = 0, due = 0, on_time_in_full = 0, as_promised = 0, to_the_day = 0;
        std::int64_t sales_micros = 0, cost_micros = 0;
    };
    /// Of a site and class over the items at the close of some days alike.
    struct Stock {
        std::int64_t items = 0, units = 0;
        std::int64_t right_items = 0;  ///< whose record equals the shelf
        std::int64_t wrong_units = 0;  ///< by which record and shelf differ
        double hours_out = 0, value = 0;
    };
    /// Of a site and class over the locations of inventory policies at the close of some days alike.
    struct Rules {
        double mean_on_hand = 0, mean_backorders = 0;
        std::int64_t on_hand = 0, waiting = 0, on_order = 0;
    };

    /// Deals out to that cube, which must live longer.
    DaySums(const Dimensions& dimensions, KpiCube& cube);

    /// The sums to add to of what is told at a place.
    Orders& orders(const Place& told, int tier, int velocity) {
        turn_to(told);
        return orders_[static_cast<std::size_t>((told.site * tiers_ + tier) * classes_ + velocity)];
    }
    Stock& stock(const Place& told, int velocity) {
        turn_to(told);
        return stock_[static_cast<std::size_t>(told.site * classes_ + velocity)];
    }
    Rules& rules(const Place& told, int velocity) {
        turn_to(told);
        return rules_[static_cast<std::size_t>(told.site * classes_ + velocity)];
    }

    /// Deals out what is left, when no more comes.
    void deal_out_all();

private:
    void turn_to(const Place& told) {
        int& summed = summed_day_[static_cast<std::size_t>(told.site)];
        if (summed == told.day) return;
        if (!cube_.alike(summed, told.day)) deal_out(told.site);
        summed = told.day;
    }
    void deal_out(int site);
    void deal_out_orders(int site);
    void deal_out_stock(int site);
    void deal_out_rules(int site);

    KpiCube& cube_;
    int sites_, tiers_, classes_;
    std::vector<Orders> orders_;   ///< [site][tier][class]
    std::vector<Stock> stock_;     ///< [site][class]
    std::vector<Rules> rules_;     ///< [site][class]
    std::vector<int> summed_day_;  ///< by site: the last day of these three; the others are like it
};

}  // namespace entrepot::results

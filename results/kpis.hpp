#pragma once

#include <span>
#include <vector>

#include "models/facts.hpp"
#include "results/kpi_rows.hpp"
#include "results/log_histogram.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// Turns the facts of one replication into its KPI table, as they come; keeps no facts.
class KpiAccumulator {
public:
    explicit KpiAccumulator(const Dimensions& dimensions);

    /// Takes in the next facts, in the order in which they were told.
    void read(std::span<const models::Fact> facts);

    /// The replication's table and series; call it once, after the last fact. Digest and counts are left to the caller.
    Replication finish();

private:
    /// Where a fact belongs.
    struct Place {
        int day = 0;   ///< since day 0
        int site = 0;  ///< partition; headquarters is the number of sites
        int tier = 0, velocity = 0;
        int moment = 0;
    };
    struct Cell {
        double numerator = 0, denominator = 0;
    };
    /// Sums of a site and class over the items at the close of some days alike.
    struct StockDay {
        std::int64_t items = 0, units = 0;
        std::int64_t right_items = 0;  ///< whose record equals the shelf
        std::int64_t wrong_units = 0;  ///< by which record and shelf differ
        double hours_out = 0, value = 0;
    };
    /// Sums of a site, tier and class over what is told of orders on a day, or some alike, and counts for it.
    struct OrderDay {
        std::int64_t placed_lines = 0, lines = 0, filled_lines = 0, ordered = 0, filled = 0;
        std::int64_t orders = 0, filled_orders = 0, due = 0, on_time_in_full = 0, as_promised = 0;
        std::int64_t sales_micros = 0;
        double cost = 0;
    };
    /// Sums of a site and class over the locations of stock rules at the close of some days alike.
    struct RuleDay {
        double mean_on_hand = 0, mean_waiting = 0;
        std::int64_t on_hand = 0, waiting = 0, on_order = 0;
    };
    /// The measured days of a slice, or its sites: [first, end).
    struct Span {
        int first = 0, end = 0;
        int count() const { return end - first; }
    };
    /// All combinations of the dimensions that a KPI is kept by; the others have one value.
    struct Cube {
        unsigned slices = 0;
        std::int32_t site = 0, tier = 0, velocity = 0, phase = 0, moment = 0;  ///< steps; 0 = not kept by it
        std::vector<Cell> cells;
    };

    bool measured(int day) const { return day >= dimensions_.first_day && day < dimensions_.end_day; }
    /// Whether two days count for the same cells.
    bool alike(int a, int b) const { return a == b || (measured(a) == measured(b) && phase_at(a) == phase_at(b)); }
    std::int32_t phase_at(int day) const { return phase_of_day_[static_cast<std::size_t>(day)]; }
    void add(Kpi kpi, const Place& place, double numerator, double denominator = 0);
    float& series(std::size_t which, int place, int day);
    Cell folded(Kpi kpi, const Slice& slice) const;
    Cell cell_of(const KpiInfo& kpi, const Slice& slice) const;
    Cell volatility(const Slice& slice) const;
    Cell slowest_tenth(const Slice& slice) const;
    Cell operating_cost(const Slice& slice) const;
    Cell otif_over_target(const Slice& slice) const;
    struct Moments {
        double mean = 0, variance = 0;
    };
    Moments moments(std::size_t which, const Slice& slice) const;
    std::size_t at(int place, int day) const {
        return static_cast<std::size_t>(place) * days_ + static_cast<std::size_t>(day);
    }
    Span days_in(const Slice& slice) const;
    Span sites_in(const Slice& slice) const;

    void on(const models::OrderPlaced&, const Place&);
    void on(const models::LineFirstPass&, const Place&);
    void on(const models::OrderClosed&, const Place&);
    void on(const models::LineCancelled&, const Place&);
    void on(const models::UnitsUndelivered&, const Place&);
    void on(const models::PenaltyCharged&, const Place&);
    void on(const models::UnitsShipped&, const Place&);
    void on(const models::FreightPaid&, const Place&);
    void on(const models::ExpeditePaid&, const Place&);
    void on(const models::CarrierDeparted&, const Place&);
    void on(const models::LabourDay&, const Place&);
    void on(const models::BacklogAtClose&, const Place&);
    void on(const models::StockAtClose&, const Place&);
    void on(const models::RecordAtClose&, const Place&);
    void on(const models::ItemAtClose&, const Place&);
    void on(const models::PurchaseLineOrdered&, const Place&);
    void on(const models::PurchaseLineReceived&, const Place&) {}
    void on(const models::TransferOrdered&, const Place&);
    void on(const models::CaseClosed&, const Place&, sim::Time now);
    void on(const models::OfficeDay&, const Place&);
    void on(const models::StockAdjusted&, const Place&) {}
    void on(const models::DayClosed&, const Place&);
    void on(const models::StockRuleDay&, const Place&);
    void on(const models::StockRuleClose&, const Place&);
    void on(const models::StockOrdered&, const Place&);
    void on(const models::StockCost&, const Place&);
    void on(const models::TaskDone&, const Place&);
    void on(const models::TierWaitingDay&, const Place&);
    void on(const models::OrdersServed&, const Place&);
    void on(const models::OrdersShort&, const Place&);
    void sum_up(const Place& told);
    void deal_out_sums(int site);
    OrderDay& orders_today(const Place& told, int tier, int velocity);
    void deal_out_orders(int site);
    void deal_out_rules(int site);
    void on(const models::UnitsLent&, const Place&);
    void on(const models::StockAtMoment&, const Place&);
    void on(const models::DemandAtMoment&, const Place&);
    void deal_out_stock(int site);
    void compare_sites(int day);

    Dimensions dimensions_;
    int sites_, tiers_, classes_, phases_;
    std::vector<std::int32_t> phase_of_day_;     ///< by day; the number of phases where there is none
    std::vector<Cube> cubes_;                    ///< by KPI
    std::vector<LogHistogram> exception_hours_;  ///< by phase; the last is of the days in none
    std::vector<float> series_;
    std::vector<float> demand_of_sites_, orders_to_sites_;  ///< [site][day] units: parts of the series
    std::size_t places_, days_;
    std::vector<std::int32_t> stock_;      ///< [site][item] at the close of the day that is being read
    std::vector<float> outlook_;           ///< [site][item] expected units a day
    std::size_t stock_read_ = 0;           ///< locations
    std::vector<OrderDay> orders_;         ///< [site][tier][class]
    std::vector<StockDay> stock_sums_;     ///< [site][class]
    std::vector<RuleDay> rules_;           ///< [site][class]
    std::vector<int> summed_day_;          ///< by site: the last day of these three; the others are like it
    sim::Time day_begins_{}, day_ends_{};  ///< of the fact read last
    int day_ = 0;
};

}  // namespace entrepot::results

#pragma once

#include <span>
#include <vector>

#include "models/facts.hpp"
#include "results/kpis/cube.hpp"
#include "results/kpis/day_series.hpp"
#include "results/kpis/day_sums.hpp"
#include "results/kpis/delays.hpp"
#include "results/kpis/histograms.hpp"
#include "results/kpis/log_histogram.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// Turns the facts of one replication into its KPI table, as they come; keeps no facts. What a fact counts for is said
/// in rules.cpp; it is kept in the cube, by way of the day's sums where it comes often, and in the daily series.
class KpiAccumulator {
public:
    explicit KpiAccumulator(const Dimensions& dimensions);
    KpiAccumulator(const KpiAccumulator&) = delete;
    KpiAccumulator& operator=(const KpiAccumulator&) = delete;

    /// Takes in the next facts, in the order in which they were told.
    void read(std::span<const models::Fact> facts);

    /// The replication's table and series; call it once, after the last fact. Digest and counts are left to the caller.
    Replication finish();

private:
    using Place = KpiCube::Place;
    using Cell = KpiCube::Cell;
    /// The measured days of a slice, or its sites: [first, end).
    struct Span {
        int first = 0, end = 0;
        int count() const { return end - first; }
    };
    struct Moments {
        double mean = 0, variance = 0;
    };

    void on(const models::OrderPlaced&, const Place&);
    void on(const models::LineFirstPass&, const Place&);
    void on(const models::OrderClosed&, const Place&);
    void on(const models::NoticeGiven&, const Place&);
    void on(const models::LineWaits&, const Place&);
    void on(const models::LineWaited&, const Place&);
    void on(const models::LineCancelled&, const Place&);
    void on(const models::UnitsUndelivered&, const Place&);
    void on(const models::PenaltyCharged&, const Place&);
    void on(const models::UnitsShipped&, const Place&);
    void on(const models::FreightPaid&, const Place&);
    void on(const models::ExpeditePaid&, const Place&);
    void on(const models::CarrierDeparted&, const Place&);
    void on(const models::LabourDay&, const Place&);
    void on(const models::CrewDay&, const Place&);
    void on(const models::BacklogAtClose&, const Place&);
    void on(const models::StockAtClose&, const Place&);
    void on(const models::RecordAtClose&, const Place&);
    void on(const models::ItemsAtClose&, const Place&);
    void on(const models::PurchaseLineOrdered&, const Place&);
    void on(const models::PurchaseLineReceived&, const Place&);
    void on(const models::TransferOrdered&, const Place&);
    void on(const models::CaseClosed&, const Place&, sim::Time now);
    void on(const models::OfficeDay&, const Place&);
    void on(const models::StockAdjusted&, const Place&) {}
    void on(const models::StockDamaged&, const Place&);
    void on(const models::GuardrailMet&, const Place&) {}  // told to the window
    void on(const models::ExceptionLeftOpen&, const Place&);
    void on(const models::LinkDay&, const Place&);
    void on(const models::LinkDelays&, const Place&);
    void on(const models::MessageOvertaken&, const Place&);
    void on(const models::MessageNeverCame&, const Place&);
    void on(const models::BacklogDrained&, const Place&);
    void on(const models::ShopDay&, const Place&);
    void on(const models::SubstituteOffered&, const Place&);
    void on(const models::OrderPutOnHold&, const Place&);
    void on(const models::OrderCleared&, const Place&);
    void on(const models::UnitsReturned&, const Place&);
    void on(const models::ReturnInspected&, const Place&);
    void on(const models::OrderedTwice&, const Place&);
    void on(const models::OrderedInWrongUnit&, const Place& place) { cube_.add(Kpi::wrong_unit_lines, place, 1); }
    void on(const models::OrderReachedSupplier&, const Place&) {}  // told to stories
    void on(const models::MessageStepped&, const Place&) {}        // told to stories and logs
    void on(const models::SupplierTold&, const Place&);
    void on(const models::CaseStepped&, const Place&);
    void on(const models::ApprovalGiven&, const Place&);
    void on(const models::DecisionJudged&, const Place&);
    void on(const models::CaseRaised&, const Place&);
    void on(const models::AlertJudged&, const Place&);
    void on(const models::StockReallocated&, const Place&);
    void on(const models::ForecastsJudged&, const Place&);
    void on(const models::MasterAtMorning& f, const Place& place) {
        cube_.add(Kpi::master_errors, place, f.wrong, f.items);
    }
    void on(const models::MasterCleaned& f, const Place& place) {
        cube_.add(Kpi::errors_found, place, f.found);
        cube_.add(Kpi::clean_up_cost, place, static_cast<double>(f.cost_micros) * 1e-6);
    }
    void on(const models::DayClosed&, const Place&);
    void on(const models::StockRuleDay&, const Place&);
    void on(const models::StockRuleClose&, const Place&);
    void on(const models::StockOrdered&, const Place&);
    void on(const models::StockCost&, const Place&);
    void on(const models::TaskDone&, const Place&);
    void on(const models::TierWaitingDay&, const Place&);
    void on(const models::OrdersServed&, const Place&);
    void on(const models::OrdersShort&, const Place&);
    void on(const models::OrdersDelivered&, const Place&);
    void on(const models::UnitsLent&, const Place&);
    void on(const models::StockAtMoment&, const Place&);
    void on(const models::DemandAtMoment&, const Place&);
    void compare_sites(int day);

    /// Orders that were due on a day, and how they ended.
    struct DueOrders {
        std::int64_t orders = 0;
        int promised_day = 0, delivered_day = 0;
        bool delivered = false, in_full = false;
    };
    void count_due(const DueOrders& due, int tier, const Place& told);
    void count_checked(const models::CaseStepped& f, const Place& told);
    void count_audited(const models::CaseClosed& f, const Place& told);
    void count_decision(const models::CaseClosed& f, const Place& told, sim::Time now);
    void count_notice(const models::OrderClosed& f, const Place& told);
    void count_held(const models::OrderClosed& f, const Place& told);

    Cell cell_of(const KpiInfo& kpi, const Slice& slice) const;
    Cell volatility(const Slice& slice) const;
    Cell slowest_tenth(const Slice& slice) const;
    // recovery.cpp
    std::vector<double> daily_fill(const Slice& slice) const;
    Cell days_to_recover(const Slice& slice) const;
    Cell loss_of_resilience(const Slice& slice) const;
    static Cell mean(const LogHistogram& values);
    static Cell quantile(const LogHistogram& values, double p);
    Cell delay(const Slice& slice, double p) const;
    Cell operating_cost(const Slice& slice) const;
    Cell otif_over_target(const Slice& slice) const;
    Moments moments(Series which, const Slice& slice) const;
    Span days_in(const Slice& slice) const;
    Span sites_in(const Slice& slice) const;

    Dimensions dimensions_;
    int sites_;
    std::vector<std::int64_t> item_cost_micros_;
    KpiCube cube_;
    DaySums sums_;
    DaySeries series_;
    std::vector<LogHistogram> exception_hours_;  ///< by phase; the last is of the days in none
    Histograms line_waits_, pick_waits_, times_in_system_;
    Delays delays_;
    std::uint32_t cut_ = 0;     ///< number, plus one, of the case that a guardrail has just cut
    std::uint32_t traced_ = 0;  ///< number, plus one, of the case whose transaction was told last, with its inputs
    std::vector<std::int32_t> stock_;      ///< [site][item] at the close of the day that is being read
    std::vector<float> outlook_;           ///< [site][item] expected units a day
    std::size_t stock_read_ = 0;           ///< locations
    sim::Time day_begins_{}, day_ends_{};  ///< of the fact read last
    int day_ = 0;
};

}  // namespace entrepot::results

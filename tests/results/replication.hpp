#pragma once

#include <string>

#include <gtest/gtest.h>

#include "results/kpis/accumulator.hpp"

namespace entrepot::tests {

/// Two warehouses, two tiers, two classes and two items at $10 and $2; 12 days, of which days 2 to 9 are measured: four
/// calm ones and then four of a spike.
inline results::Dimensions small_dimensions() {
    results::Dimensions d;
    d.sites = {"East", "West"};
    d.tiers = {"T1", "T2"};
    d.classes = {"fast", "slow"};
    d.phases = {{"calm", 2, 6, true}, {"spike", 6, 10, false}};
    d.first_day = 2;
    d.end_day = 10;
    d.total_days = 12;
    d.item_cost = {10, 2};
    d.start_date = "2026-01-05";
    return d;
}

inline constexpr std::uint16_t kEast = 0, kWest = 1, kHeadquarters = 2;

inline sim::Time at_noon(int day) { return sim::kStart + sim::days{day} + sim::hours{12}; }
/// The midnight that closes a day.
inline sim::Time close_of(int day) { return sim::kStart + sim::days{day + 1}; }

inline constexpr std::int64_t kDollar = 1'000'000;  ///< in micros

/// What a customer is sent, each item of its own class.
inline models::UnitsShipped shipped(std::uint32_t item, int units, std::int64_t dollars) {
    return {.item = item,
            .units = units,
            .sales_micros = dollars * kDollar,
            .tier = 0,
            .velocity = static_cast<std::uint8_t>(item)};
}

/// One replication, told fact by fact, and its KPIs by id and slice.
class Told {
public:
    explicit Told(const results::Dimensions& dimensions = small_dimensions())
        : dimensions_(dimensions),
          kpis_(dimensions),
          log_([this](std::span<const models::Fact> facts) { kpis_.read(facts); }) {}

    template <class F>
    Told& tell(sim::Time at, std::uint16_t where, const F& fact) {
        log_.tell(at, where, fact);
        return *this;
    }

    const results::Replication& result() {
        if (!finished_) {
            log_.flush();
            result_ = kpis_.finish();
            finished_ = true;
        }
        return result_;
    }

    struct Cell {
        double numerator = 0, denominator = 0;
        bool operator==(const Cell&) const = default;
        friend void PrintTo(const Cell& c, std::ostream* out) { *out << c.numerator << " / " << c.denominator; }
    };

    Cell cell(const std::string& kpi, const std::string& slice = "all") {
        const auto rows = results::kpi_rows(dimensions_);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            if (rows[r].kpi == kpi && rows[r].label == slice) return {result().numerator[r], result().denominator[r]};
        }
        ADD_FAILURE() << "no row " << kpi << " " << slice;
        return {};
    }
    double value(const std::string& kpi, const std::string& slice = "all") {
        const Cell c = cell(kpi, slice);
        return c.numerator / c.denominator;
    }

    float series(const std::string& name, std::size_t place, std::size_t day) {
        const auto names = results::series_names();
        const auto which = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
        const std::size_t places = dimensions_.sites.size() + 1,
                          days = static_cast<std::size_t>(dimensions_.total_days);
        return result().series.at((which * places + place) * days + day);
    }

private:
    results::Dimensions dimensions_;
    results::KpiAccumulator kpis_;
    models::FactLog log_;
    results::Replication result_;
    bool finished_ = false;
};

}  // namespace entrepot::tests

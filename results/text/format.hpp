#pragma once

#include <string>

#include "results/kpis/registry.hpp"
#include "results/statistics/interval.hpp"
#include "results/text/digits.hpp"

/// Money and KPIs as people write them: with their unit, and in one scale where they are read together.
namespace entrepot::results {

/// The numbers that one notation is for. The scale must hold the largest, and the decimals must show the least; an
/// estimate that is lost in its interval asks for no more decimals than the interval.
class Numbers {
public:
    void take(double value);
    void take(const Interval& interval);
    double largest() const { return largest_; }
    double least() const { return least_; }  ///< but zero; zero when all are

private:
    void take(double reach, double weight);
    double largest_ = 0, least_ = 0;
};

/// How numbers of a row or a column are written: one unit, one scale, one number of decimals. The ends of an interval
/// have those of their estimate, so that the unit is said once: "$1,230 k [1,110, 1,350]".
class Notation {
public:
    static Notation money(const Numbers& numbers, const std::string& currency);
    static Notation kpi(const KpiInfo& kpi, const Numbers& numbers, const std::string& currency);

    std::string value(double value) const;
    std::string value(const Interval& interval) const;
    /// With its sign; of a share in points: "+1.3 pt".
    std::string difference(double difference) const;
    std::string difference(const Interval& interval) const;

private:
    double divisor_ = 1;
    int decimals_ = 0;
    std::string before_, after_, points_;  ///< "$", " k", and what a difference has in the place of " k"
};

/// "$1.20 M", "-$430 k", "EUR 12.3 k".
std::string money_text(double amount, const std::string& currency);

/// The same with its interval, in one scale: "$1.20 M [1.11, 1.35]".
std::string money_text(const Interval& amount, const std::string& currency);

/// A KPI's value in its form: "93.8 %", "$1.20 M", "5.90 a year".
std::string value_text(const KpiInfo& kpi, double value, const std::string& currency);

/// A difference of the KPI with its sign: "+1.3 pt", "-$430 k".
std::string difference_text(const KpiInfo& kpi, double difference, const std::string& currency);

}  // namespace entrepot::results

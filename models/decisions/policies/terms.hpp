#pragma once

#include <cstdint>

#include "models/decisions/policies/level_policy.hpp"

/// What several level policies choose in the same way: how old a parameter grows and what it averages, by what they
/// reckon the lead time, and how much one order is.
namespace entrepot::models {

/// Parameters that are computed now and then from a span of recorded demand. [days]
struct RefreshTerms {
    double refresh_days = 0, history_days = 0;

    void describe(ParameterVisitor& v);
    PolicyNeeds needs() const;
};

enum class LeadTimeSource : std::uint8_t {
    master,        ///< what the item master says; how it varies, what receipts have shown
    rolling_mean,  ///< mean and variance of the last receipts
    quantile,      ///< a time that so many of the last receipts kept; it leaves nothing to safety stock
};

/// A lead time as a policy reckons it. [days]
struct LeadTime {
    double days = 0, variance = 0;
};

struct LeadTimeTerms {
    LeadTimeSource by = LeadTimeSource::master;
    double quantile = 0.9;

    void describe(ParameterVisitor& v);
    /// A quantile is that of a lognormal time with the mean and variance of the last receipts: lead times are skewed,
    /// and never below 0.
    LeadTime of(const LocationView& at) const;
};

/// An order as days of demand, or Harris's economic order quantity (1913), where that is less.
struct LotTerms {
    Column<ClassId, double> cover_days;
    double ordering_cost = 0;    ///< of a purchase line; 0 = days of demand alone
    double holding_rate = 0.25;  ///< a year, of the value on hand

    void describe(ParameterVisitor& v);
    double of(const LocationView& at, double daily_rate) const;
};

}  // namespace entrepot::models

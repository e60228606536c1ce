#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"
#include "models/units.hpp"

/// Who orders, by contract.
namespace entrepot::models {

/// Goods that customers send back, by the line.
struct ReturnTerms {
    double share = 0;                      ///< of the lines
    std::optional<TimeDistribution> time;  ///< from leaving the site until they are back at its dock
    double restocked = 0.8;                ///< share of these that can be sold again
    Money handling;                        ///< per line that comes back: the way back, and looking at it
};

struct Tier {
    std::string name;
    Channel channel = Channel::b2b;
    int rank = 0;                               ///< importance for priority rules: 0 is served first
    int promise_business_days = 0;              ///< from the order's day to the promised day, fixed promise table
    std::optional<int> order_cutoff_minute;     ///< of the day: what is ordered later counts as the next business day's
    std::optional<int> early_days = 1;          ///< a delivery earlier than that breaks the promise, too; none: never
    int promise_after_receipt = 2;              ///< business days from an expected receipt to the promised day
    int accounts = 0;                           ///< customers at each site; 0 = each order is another's
    double account_concentration = 0;           ///< the k-th largest one places orders as 1/k to this power
    double otif_target = 0;                     ///< contract target in (0,1]; 0 = none
    double penalty_share = 0;                   ///< of the late or short value at cost
    Money penalty_fixed;                        ///< per order that is not on time in full
    Money refund;                               ///< per order delivered late (e-commerce shipping refund)
    double backorder_probability = 0;           ///< that a customer accepts to wait for a short line
    Duration patience_median{};                 ///< patience of those who wait, lognormal; 0 = without end
    double patience_sigma = 0.5;                ///< standard deviation of its logarithm
    std::optional<TimeDistribution> patience;   ///< by a distribution, in place of these two
    std::optional<Units> backorder_limit;       ///< nobody waits where more units of the item would then be waited for
    double accepts_substitute = 0;              ///< that a customer takes another item of the group for a short line
    bool whole_lines = false;                   ///< a line is served as a whole, and after those that wait for the item
    double per_lost_unit = 0;                   ///< cost of a unit that they cancel, beside what the stock's terms say
    double per_short_unit = 0;                  ///< cost of a unit that they begin to wait for, once
    Units critical_level = 0;                   ///< units of an item's stock that are kept for others (critical level)
    double escalation_probability = 0;          ///< that a short or late order is escalated by e-mail
    bool escalates_on_the_way = false;          ///< an order that is late though all of it has left, too
    std::optional<double> escalation_if_told;   ///< the same while a notice's new day isn't past; none: the same
    double patience_if_told = 1;                ///< patience of who counts on a notice, over that of others
    std::optional<TimeDistribution> pick_time;  ///< of a task, in place of the site's
    ReturnTerms returns;
};

enum class HoldReason : std::uint8_t {
    credit,  ///< the customer's account
    data,    ///< the order's: an address, a price, an item that isn't clear
};

/// Orders that are held at their entry until what is wrong is put right, and somebody has cleared them.
struct OrderHold {
    std::string name;
    std::uint64_t key = 0;  ///< hash of the name, of its draws
    HoldReason reason = HoldReason::credit;
    std::vector<bool> tiers;     ///< whose orders; empty: all
    double share = 0;            ///< of these
    bool whole_account = false;  ///< while it holds an order it holds all that the account orders meanwhile
    Duration clears_median{};    ///< until what was wrong is right: only then somebody can clear it. Lognormal
    double clears_sigma = 0.5;   ///< of its logarithm
};

}  // namespace entrepot::models

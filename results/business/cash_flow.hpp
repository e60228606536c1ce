#pragma once

#include <optional>
#include <span>
#include <vector>

/// What follows from a cash flow: flows[0] comes now, flows[1] in a year, ...
namespace entrepot::results {

/// The present value. What can't be told from nothing, beside the flows that it is made of, is exactly 0.
double net_present_value(double rate, std::span<const double> flows);

/// Each flow at its present value.
std::vector<double> discounted(double rate, std::span<const double> flows);

/// All rates between -99 % and a million per cent at which the present value is 0, ascending: flows that change their
/// sign more than once may have several, or none. Empty too for flows that are all 0.
std::vector<double> internal_rates(std::span<const double> flows);
/// The only such rate; none when there is none or more than one.
std::optional<double> internal_rate(std::span<const double> flows);

/// Years until the sum of the flows, once it has been negative, is so no more and stays that way; within the last of
/// these years it grows evenly. 0 when it never is negative, none when it ends so.
std::optional<double> payback_years(std::span<const double> flows);

}  // namespace entrepot::results

#pragma once

#include <limits>

#include "models/records/order_desk.hpp"

/// What the files of the order desk ask of each other: order_entry.cpp, order_waiting.cpp, order_closing.cpp and
/// shelf_orders.cpp. Others come by order_desk.hpp.
namespace entrepot::models {

inline constexpr int kLastDay = std::numeric_limits<std::uint16_t>::max();

/// The day promised at entry by the fixed table, which knows only the tier.
int promise_by_table(const Tier& tier, int day, const Network& network);

/// The customer of a short line decides: wait, with so much patience, or cancel what is short. Where other sites may
/// help out, they are asked first.
void wait_or_cancel(SiteState& site, std::uint32_t line, std::uint32_t line_number, Units short_units,
                    Context& context);

/// Allocates units of a line and gives them to the warehouse.
void allocate(SiteState& site, std::uint32_t line, Units units, Context& context);

/// Some customers complain of units that are short, or of none where the order is just late.
void escalate(SiteState& site, std::uint32_t order, std::uint32_t item, Units short_units, Context& context);

void cancel_units(SiteState& site, std::uint32_t line, Units units, LostBecause because, Context& context);

/// A line with nothing waiting, allocated or at the dock is done with; the last one may close the order.
void close_line_if_done(SiteState& site, std::uint32_t line, Context& context);

}  // namespace entrepot::models

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

/// A line that nothing was promised to yet gets what is there for it, and its customer decides about the rest: what the
/// web shop offers him, where he buys `by_view` of it.
void fill_line(SiteState& site, std::uint32_t line, bool by_view, Context& context);

/// The entity of what is drawn for a line, whatever item it is of by then.
inline std::uint64_t line_key(std::uint64_t order_key, std::uint32_t line) {
    return order_key ^ ((line + 1) * 0x9E3779B97F4A7C15ull);
}

/// Allocates units of a line and gives them to the warehouse.
void allocate(SiteState& site, std::uint32_t line, Units units, Context& context);

/// Gives a line so many of the units that it waits for.
void serve_waiting(SiteState& site, std::uint32_t line, Units units, Context& context);

/// Some customers complain of units that are short, or of none where the order is just late.
void escalate(SiteState& site, std::uint32_t order, std::uint32_t item, Units short_units, Context& context);

inline bool escalates(const SiteState& site, std::uint32_t order, const Network& network) {
    return network.tiers[site.orders[order].tier].escalation_probability > 0;
}

void cancel_units(SiteState& site, std::uint32_t line, Units units, LostBecause because, Context& context);

/// What is owed to an order's customer, by contract or as a refund.
void pay_penalty(SiteState& site, const Order& order, Money charge, Context& context);

/// The last line of an order may close it, too.
void close_line(SiteState& site, std::uint32_t line, Context& context);

/// A line with nothing waiting, allocated or at the dock is done with.
inline void close_line_if_done(SiteState& site, std::uint32_t index, Context& context) {
    const Line& line = site.lines[index];
    if (line.waiting <= 0 && line.allocated <= 0 && line.staged <= 0 && !line.held) close_line(site, index, context);
}

}  // namespace entrepot::models

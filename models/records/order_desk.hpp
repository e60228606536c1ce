#pragma once

#include <span>

#include "models/model.hpp"

/// The order desk of a region: entry and promise (order_entry.cpp), allocation on the record and waiting lines
/// (order_waiting.cpp), deliveries, cancellations and the end (order_closing.cpp).
namespace entrepot::models {

/// Units of the item that the record has and nobody was promised. May be negative when the record was corrected.
inline Units available_on_record(const SiteState& site, ItemId item) {
    return site.record[item].on_hand - site.record[item].allocated;
}

/// What the order desk knows of an order before its lines.
struct OrderHeader {
    std::uint64_t key = 0;
    std::uint32_t coordinate = 0;
    TierId tier;
    std::uint32_t lines = 0;
    bool internal = false;  ///< another site orders; its index is the key
};

/// Enters an order: promises a day, allocates what the record has, lets the customer wait or cancel what is short.
void enter_order(SiteState& site, const OrderHeader& header, std::span<const LineRequest> lines, Context& context);

/// Gives stock that the record has to the lines that wait for it, in the order of the strategy's priority rule.
void allocate_waiting(SiteState& site, ItemId item, Context& context);

/// The first attempt to fill a line has ended with so many units.
void end_first_pass(SiteState& site, std::uint32_t line, Units filled, Context& context);

/// Puts units of a line back to waiting, after a picker found too few.
void return_to_waiting(SiteState& site, std::uint32_t line, Units units, Context& context);

/// The customer of a line that waits for units which no other site lends waits on or cancels them.
void leave_or_wait(SiteState& site, std::uint32_t line, std::uint32_t line_number, Units units, Context& context);

/// Units of a line that were at the dock have left.
void ship_units(SiteState& site, std::uint32_t line, Units units, Context& context);

/// Closes the order when nothing more will come of it.
void close_if_done(SiteState& site, std::uint32_t order, Context& context);

/// Orders that were promised for the day and have not left: some customers complain.
void note_past_due(SiteState& site, int day, Context& context);

/// The end of the horizon: what was never picked was not filled, and what was due and is not delivered pays.
void end_orders(SiteState& site, Context& context);

}  // namespace entrepot::models

#pragma once

#include "models/model.hpp"

/// Purchase lines in the ERP: placed, delivered, received, late. Who proposes them, and who releases them, is decided
/// elsewhere (decisions/).
namespace entrepot::models {

/// A new line, not yet placed; headquarters' account has it on order where it is the one.
std::uint32_t open_purchase(Headquarters& hq, const PurchaseLine& line, const Network& network);

/// The order of a line has come through to its supplier. What was settled otherwise meanwhile stays as it is.
void reach_supplier(Headquarters& hq, std::uint32_t line, std::uint16_t serial, Context& context);
/// It has come through a second time: the supplier takes on as much again, of which the record knows nothing until
/// somebody finds out.
void order_twice(Headquarters& hq, std::uint32_t line, std::uint16_t serial, Context& context);
/// Somebody has: it is on order from now on.
void find_second_purchase(Headquarters& hq, std::uint32_t line, std::uint16_t serial);

/// A line that isn't placed is for so many units after all; with none, it is withdrawn.
void resize_purchase(Headquarters& hq, std::uint32_t line, Units units, Context& context);

/// Sends a released line to its source: the supplier, the policy's second source, or another site.
void place_purchase(Headquarters& hq, std::uint32_t line, Context& context);

/// A truck of the line will be at the dock, with so many good units; others are cancelled or spoilt.
void truck_is_due(Headquarters& hq, std::uint32_t line, Units good, Units bad, Time arrives, Context& context);

/// Somebody asks the supplier for a late line: it makes haste, or hears of the order only now. Returns whether
/// anything comes of it.
bool pursue_purchase(Headquarters& hq, std::uint32_t line, Context& context);

/// Has the supplier of a late line bring it sooner, at a premium. Whether it could.
bool expedite_purchase(Headquarters& hq, std::uint32_t line, Context& context);

/// The site reports that so many units of the line are on its shelves.
void receive_purchase(Headquarters& hq, std::uint32_t line, Units units, Context& context);

}  // namespace entrepot::models

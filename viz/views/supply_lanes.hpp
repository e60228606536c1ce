#pragma once

#include "viz/views/map.hpp"

/// What suppliers will bring, on the map: suppliers have no places, so their segments stand on its upper edge.
namespace entrepot::viz {

/// Height of the row of segments; 0 where there are no suppliers to show.
float supply_height(const Frame& frame);

/// A chip for each segment from the left of `row`, and its goods on their way down to the warehouses' cards: a mark for
/// those that will come on the same days, as far from the card as days are left. With a warehouse followed: its alone.
void draw_supply_lanes(const Frame& frame, const Painter& paint, const Map& map, const Box& row);

}  // namespace entrepot::viz

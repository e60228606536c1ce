#pragma once

#include <vector>

#include "models/network/network.hpp"
#include "viz/views/view.hpp"

/// Where the warehouses lie on the canvas.
namespace entrepot::viz {

struct Box {
    ImVec2 from, to;
    ImVec2 centre() const { return {(from.x + to.x) / 2, (from.y + to.y) / 2}; }
};

struct Map {
    std::vector<ImVec2> places;  ///< by site: where it is
    std::vector<Box> cards;      ///< by site: where its card is; cards don't overlap where there is room for that
    bool geographic = false;     ///< else the scenario gives no coordinates that tell the sites apart
    double left = 0, top = 0;    ///< longitude and latitude of the upper left corner of `area`
    double degrees_x = 0, degrees_y = 0;  ///< per pixel
    Box area;

    /// Whether some cards cover each other or what lies around the map.
    bool crowded() const;
};

/// Sites by their coordinates, with equal lengths in both directions at the middle latitude; on a ring without them.
/// `above`: room that a card needs over it.
Map lay_out(const models::Network& network, const Box& area, ImVec2 card, float above);

/// Cards in rows, wherever the sites lie, for areas in which a map has no room. Those that don't fit are left out: only
/// the first ones have a card.
Map lay_out_in_rows(const models::Network& network, const Box& area, ImVec2 card);

/// Faint lines of latitude and longitude with their numbers.
void draw_graticule(const Map& map, const Painter& paint);

/// The part of the way between two cards that lies outside both.
struct Way {
    ImVec2 from, to;
    ImVec2 at(double share) const {
        const auto s = static_cast<float>(share);
        return {from.x + (to.x - from.x) * s, from.y + (to.y - from.y) * s};
    }
};
/// `aside`: pixels to the right of the straight line, so that two directions don't cover each other.
Way way_between(const Box& from, const Box& to, float aside);

}  // namespace entrepot::viz

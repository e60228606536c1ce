#pragma once

#include "viz/views/map.hpp"

/// A warehouse at a glance.
namespace entrepot::viz {

/// How much a card says: its name alone, in a line; some numbers; or all.
enum class Detail { name, little, all };

ImVec2 card_size(Detail detail, float scale);

struct CardLook {
    Detail detail = Detail::all;
    bool followed = false, focused = false;
    std::vector<const Happening*> troubles;  ///< that hold there now
};

void draw_card(const Frame& frame, const Painter& paint, const Box& box, models::SiteId site, const CardLook& look);

/// All that is known of the site, in words.
void site_tooltip(const Frame& frame, models::SiteId site);

}  // namespace entrepot::viz

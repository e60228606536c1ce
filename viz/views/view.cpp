#include "viz/views/view.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace entrepot::viz {

Painter Frame::painter() const { return {ImGui::GetWindowDrawList(), theme, fonts, scale}; }

Canvas canvas(const char* id, float height) {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const ImVec2 size{std::max(16.0F, room.x), std::max(16.0F, height > 0 ? height : room.y)};
    Canvas c;
    c.from = ImGui::GetCursorScreenPos();
    c.to = {c.from.x + size.x, c.from.y + size.y};
    c.clicked = ImGui::InvisibleButton(id, size);
    c.hovered = ImGui::IsItemHovered();
    c.focused = ImGui::IsItemFocused();
    return c;
}

std::string one_replication(const Frame& frame) {
    return fmt::format("One replication: number {}, seed {}. No interval, no proof: studies have those.",
                       frame.session.engine->replication().number, frame.session.engine->replication().seed);
}

}  // namespace entrepot::viz

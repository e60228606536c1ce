#include "viz/views/time_pane.hpp"

#include <algorithm>

namespace entrepot::viz {

double hours_of(models::Time t) { return sim::in<sim::hours>(t.time_since_epoch()); }

void TimePane::begin(const char* name, const Frame& frame, ImVec2 from, ImVec2 room, float head) {
    ImGui::SetCursorScreenPos({from.x, from.y + head});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::BeginChild(name, {room.x, std::max(30.0F, room.y - head)}, false,
                      ImGuiWindowFlags_AlwaysVerticalScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    const ImVec2 window = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    origin_ = ImGui::GetCursorScreenPos();
    size_ = {frame.axis.right - from.x, size.y};
    seen_ = {window.x, window.y, window.x + size.x, window.y + size.y};
}

void TimePane::listen(float height) {
    ImGui::InvisibleButton("time", {size_.x, std::max(height, size_.y - 1)});
    hovered_ = ImGui::IsItemHovered();
}

void TimePane::move(Frame& frame) {
    const ImGuiIO& io = ImGui::GetIO();
    const double last = hours_of(frame.look->end);
    const bool over_labels = io.MousePos.x < frame.axis.left;
    if (hovered_ && io.MouseWheel != 0) {
        if (over_labels || io.KeyShift) {
            ImGui::SetScrollY(ImGui::GetScrollY() - io.MouseWheel * 60 * frame.scale);
        } else {
            frame.axis.zoom(io.MouseWheel > 0 ? 0.8 : 1.25, io.MousePos.x, last);
        }
    }
    if (hovered_ && ImGui::IsMouseDragging(ImGuiMouseButton_Right, 2)) frame.axis.pan(-io.MouseDelta.x, last);
    if (ImGui::IsItemActivated()) dragging_ = !over_labels;
    if (dragging_ && io.MouseDown[0]) {
        const double hour = std::clamp(frame.axis.hour(io.MousePos.x), 0.0, last);
        const bool moved = io.MouseDelta.x != 0 || ImGui::IsItemActivated();
        if (moved) frame.session.engine->go_to(sim::kStart + sim::from_real<sim::hours>(hour));
    }
    if (!io.MouseDown[0]) dragging_ = false;
}

void TimePane::end() { ImGui::EndChild(); }

void draw_time_cursor(const Frame& frame, const Painter& paint, float top, float bottom) {
    const float x = frame.axis.x(hours_of(frame.look->now));
    if (x < frame.axis.left - 1 || x > frame.axis.right) return;
    paint.line({x, top}, {x, bottom}, frame.theme.ink, 1.5F);
}

}  // namespace entrepot::viz

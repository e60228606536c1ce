#include "viz/app/ground.hpp"

#include <algorithm>

namespace entrepot::viz {

/// From top to bottom in strips in which the same panes lie side by side.
void draw_around(std::vector<ImVec4> panes, ImU32 colour) {
    const ImGuiViewport& screen = *ImGui::GetMainViewport();
    const ImVec2 from = screen.Pos, to{from.x + screen.Size.x, from.y + screen.Size.y};
    std::ranges::sort(panes, {}, &ImVec4::x);
    std::vector<float> cuts{from.y, to.y};
    for (const ImVec4& pane : panes) cuts.insert(cuts.end(), {pane.y, pane.w});
    std::ranges::sort(cuts);
    ImDrawList& list = *ImGui::GetBackgroundDrawList();
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const float top = cuts[i], bottom = cuts[i + 1];
        if (bottom <= top) continue;
        float x = from.x;
        for (const ImVec4& pane : panes) {
            if (pane.y > top || pane.w < bottom) continue;
            if (pane.x > x) list.AddRectFilled({x, top}, {pane.x, bottom}, colour);
            x = pane.z;
        }
        if (to.x > x) list.AddRectFilled({x, top}, {to.x, bottom}, colour);
    }
}

}  // namespace entrepot::viz

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <imgui_internal.h>

#include "viz/app/app.hpp"

/// Where the views stand: one or two beside each other, and the time line below them.
namespace entrepot::viz {

namespace {

constexpr float kRoomForTwo = 1100, kSplitter = 6;
/// In less height the time line is one of the views; a pane of less has its hint in a tooltip, so that a view has room
/// for what explains it.
constexpr float kRoomForTimeline = 330, kRoomForHints = 460;

}  // namespace

void App::splitter(const char* id, bool upright, float length, float& share, float whole, bool backwards) {
    const float thick = kSplitter * scale();
    ImGui::InvisibleButton(id, upright ? ImVec2{thick, length} : ImVec2{length, thick});
    if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
        ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
        const ImVec2 a = ImGui::GetItemRectMin(), b = ImGui::GetItemRectMax();
        ImGui::GetWindowDrawList()->AddRectFilled(a, b, faded(theme_.accent, 0.5F));
    }
    if (!ImGui::IsItemActive()) return;
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    share = std::clamp(share + (upright ? moved.x : moved.y) / whole * (backwards ? -1.0F : 1.0F), 0.15F, 0.85F);
}

void App::draw_panes(Frame& frame) {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float thick = kSplitter * scale(), gap = ImGui::GetStyle().ItemSpacing.y;
    View* below = nullptr;
    for (const auto& v : views_) {
        if (v->pane() == Pane::below && v->fits(session_)) below = v.get();
    }
    flat_ = !alone_ && room.y < kRoomForTimeline * scale();
    if (flat_) below = nullptr;
    const bool only_below = alone_ && view(settings_.left) == below && below;
    const bool with_below = below && !alone_;
    const float foot = only_below ? room.y : with_below ? std::max(110 * scale(), room.y * settings_.below) : 0;
    const float head = room.y - foot - (with_below ? thick + 2 * gap : 0);
    if (!only_below) {
        two_ = !alone_ && room.x > kRoomForTwo * scale() && view(settings_.right) && settings_.right != settings_.left;
        const float left = two_ ? room.x * settings_.split : room.x;
        draw_pane(frame, "left", settings_.left, {left, head});
        if (two_) {
            ImGui::SameLine(0, 0);
            splitter("upright", true, head, settings_.split, room.x, false);
            ImGui::SameLine(0, 0);
            draw_pane(frame, "right", settings_.right, {room.x - left - thick, head});
        }
    }
    if (with_below) splitter("across", false, room.x, settings_.below, room.y, true);
    if (below && foot > 0) {
        ImGui::BeginChild("below", {room.x, foot}, true, ImGuiWindowFlags_NoScrollWithMouse);
        stops_.push_back({"below", ImGui::GetCurrentWindow()});
        below->draw(frame);
        end_pane();
    }
}

void App::end_pane() {
    ImGui::EndChild();
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    drawn_panes_.emplace_back(from.x, from.y, to.x, to.y);
}

void App::draw_pane(Frame& frame, const char* id, std::string& shown, ImVec2 size) {
    ImGui::BeginChild(id, size, true, ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoScrollbar);
    stops_.push_back({id, ImGui::GetCurrentWindow()});
    View* current = view(shown);
    const auto stands_here = [&](const View& v) { return v.fits(session_) && (v.pane() == Pane::main || flat_); };
    if (!current || !stands_here(*current)) {
        for (const auto& v : views_) {
            if (stands_here(*v)) {
                current = v.get();
                break;
            }
        }
    }
    if (!current) {
        ImGui::TextWrapped("Nothing is open. Name a scenario (.toml) or a study (.h5) on the command line.");
        end_pane();
        return;
    }
    if (!alone_) {
        int nth = 0;
        for (const auto& v : views_) {
            if (!stands_here(*v)) continue;
            const bool chosen = v.get() == current;
            const float wide = ImGui::CalcTextSize(v->title().data()).x + 2 * ImGui::GetStyle().FramePadding.x;
            if (nth++ > 0) ImGui::SameLine(0, ImGui::GetStyle().ItemSpacing.x / 2);
            if (ImGui::GetContentRegionAvail().x < wide) ImGui::NewLine();
            if (chosen) ImGui::PushStyleColor(ImGuiCol_Button, ImGui::GetStyleColorVec4(ImGuiCol_Header));
            if (ImGui::Button(std::string(v->title()).c_str())) shown = v->name();
            if (chosen) ImGui::PopStyleColor();
            if (ImGui::IsItemHovered()) {
                ImGui::BeginTooltip();
                ImGui::PushTextWrapPos(360 * scale());
                ImGui::Text("%s (%d)", std::string(v->title()).c_str(), nth);
                ImGui::TextUnformatted(v->hint().data(), v->hint().data() + v->hint().size());
                ImGui::PopTextWrapPos();
                ImGui::EndTooltip();
            }
        }
    }
    if (settings_.hints && !alone_ && size.y > kRoomForHints * scale()) {
        ImGui::PushFont(fonts_.small);
        ImGui::PushStyleColor(ImGuiCol_Text, theme_.muted);
        ImGui::TextWrapped("%s", std::string(current->hint()).c_str());
        ImGui::PopStyleColor();
        ImGui::PopFont();
    }
    current->draw(frame);
    end_pane();
    if (!selection_.show.empty()) show_beside(shown);
}

/// What is pressed in one pane comes into sight in the other, or in the same where there is no other.
void App::show_beside(std::string& pressed_in) {
    const std::string show = std::exchange(selection_.show, "");
    if (settings_.left == show || (two_ && settings_.right == show)) return;
    std::string& other = &pressed_in == &settings_.left ? settings_.right : settings_.left;
    (two_ ? other : pressed_in) = show;
}

}  // namespace entrepot::viz

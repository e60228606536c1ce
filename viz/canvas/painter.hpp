#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "viz/canvas/theme.hpp"

/// Words and shapes on a draw list, in the window's scale.
namespace entrepot::viz {

enum class Align { left, centre, right };

class Painter {
public:
    Painter(ImDrawList* on, const Theme& colours, const Fonts& letters, float factor)
        : list(on), theme(colours), fonts(letters), scale(factor) {}

    /// A length given at scale 1.
    float px(float length) const { return length * scale; }
    static float width(std::string_view text, const ImFont* font);
    /// As much of the text as fits, with an ellipsis.
    static std::string fitted(std::string_view text, float width, const ImFont* font);

    /// The first of the texts that fits, or as much of the last as does.
    static std::string first_fitting(std::initializer_list<std::string> texts, float width, const ImFont* font);

    /// Text whose upper edge is there; returns its width.
    float text(ImVec2 at, ImU32 colour, std::string_view text, const ImFont* font = nullptr,
               Align align = Align::left) const;
    void box(ImVec2 from, ImVec2 to, ImU32 fill, float rounding = 0) const;
    void frame(ImVec2 from, ImVec2 to, ImU32 colour, float rounding = 0, float width = 1) const;
    void line(ImVec2 from, ImVec2 to, ImU32 colour, float width = 1) const;
    void dashed(ImVec2 from, ImVec2 to, ImU32 colour, float dash = 4) const;
    /// A triangle that points along the way.
    void arrow(ImVec2 at, ImVec2 way, ImU32 colour, float size) const;

    ImDrawList* list;
    const Theme& theme;
    const Fonts& fonts;
    float scale;
};

/// A number as the views show it: "1,204".
std::string count_text(double value);
/// With three digits at most: "1.2 k", "13.4 M".
std::string short_text(double value);

}  // namespace entrepot::viz

#include "viz/canvas/drawing.hpp"

#include <algorithm>
#include <cmath>

namespace entrepot::viz {

namespace {

namespace charts = results::charts;

/// A grey of the report on paper, as the theme has it.
ImU32 grey(const Theme& theme, int lightness) {
    if (lightness < 70) return theme.ink;
    if (lightness < 120) return theme.muted;
    if (lightness < 190) return theme.faint;
    return theme.grid;
}

struct Canvas {
    const Painter& paint;
    ImVec2 origin;

    ImVec2 at(const charts::Point& p) const {
        return {origin.x + static_cast<float>(p.x) * paint.scale, origin.y + static_cast<float>(p.y) * paint.scale};
    }
    ImU32 colour(const charts::Colour& c) const {
        const auto alpha = static_cast<float>(std::clamp(c.opacity, 0.0, 1.0));
        const auto [low, high] = std::minmax({c.red, c.green, c.blue});
        const bool is_grey = high - low < 24;
        if (!is_grey) return IM_COL32(c.red, c.green, c.blue, static_cast<int>(alpha * 255));
        if (high > 250) return faded(paint.theme.panel, alpha);  // the paper
        return faded(grey(paint.theme, high), alpha);
    }
    float width(double w) const { return static_cast<float>(w) * paint.scale; }

    void operator()(const charts::Line& l) const {
        if (l.dashed) return paint.dashed(at(l.from), at(l.to), colour(l.colour), 3);
        paint.list->AddLine(at(l.from), at(l.to), colour(l.colour), width(l.width));
    }
    void operator()(const charts::Polyline& p) const {
        std::vector<ImVec2> points;
        for (const charts::Point& point : p.points) points.push_back(at(point));
        paint.list->AddPolyline(points.data(), static_cast<int>(points.size()), colour(p.colour), 0, width(p.width));
    }
    /// Bands of line charts are not convex: they are cut into upright pieces between their two sides.
    void operator()(const charts::Polygon& p) const {
        std::vector<ImVec2> points;
        for (const charts::Point& point : p.points) points.push_back(at(point));
        const std::size_t n = points.size(), half = n / 2;
        const ImU32 fill = colour(p.fill);
        const bool band = n >= 6 && n % 2 == 0 && std::abs(points[0].x - points[n - 1].x) < 0.5F &&
                          std::abs(points[half - 1].x - points[half].x) < 0.5F;
        if (!band) return paint.list->AddConvexPolyFilled(points.data(), static_cast<int>(n), fill);
        const ImDrawListFlags flags = paint.list->Flags;
        paint.list->Flags &= ~ImDrawListFlags_AntiAliasedFill;  // else the seams show
        for (std::size_t i = 0; i + 1 < half; ++i) {
            paint.list->AddQuadFilled(points[i], points[i + 1], points[n - 2 - i], points[n - 1 - i], fill);
        }
        paint.list->Flags = flags;
    }
    void operator()(const charts::Rect& r) const {
        const ImVec2 from = at(r.corner);
        paint.list->AddRectFilled(from, {from.x + width(r.width), from.y + width(r.height)}, colour(r.fill));
    }
    void operator()(const charts::Circle& c) const {
        if (c.fill.opacity > 0) paint.list->AddCircleFilled(at(c.centre), width(c.radius), colour(c.fill));
        if (c.outline.opacity > 0)
            paint.list->AddCircle(at(c.centre), width(c.radius), colour(c.outline), 0, width(1.5));
    }
    void operator()(const charts::Text& t) const {
        const Fonts& f = paint.fonts;
        ImFont* font = t.bold ? f.bold : f.small;
        const float size = width(t.size);
        const ImVec2 extent = font->CalcTextSizeA(size, 1e9F, 0, t.text.data(), t.text.data() + t.text.size());
        ImVec2 place = at(t.at);
        if (t.anchor == charts::Anchor::middle) place.x -= extent.x / 2;
        if (t.anchor == charts::Anchor::end) place.x -= extent.x;
        constexpr float kAscent = 0.93F;  // of DejaVu Sans, in sizes
        place.y -= size * kAscent * 0.86F;
        paint.list->AddText(font, size, {std::round(place.x), std::round(place.y)}, colour(t.colour), t.text.data(),
                            t.text.data() + t.text.size());
    }
};

}  // namespace

void draw(const charts::Drawing& drawing, const Painter& paint, ImVec2 at) {
    const Canvas canvas{paint, at};
    for (const charts::Primitive& primitive : drawing.primitives) std::visit(canvas, primitive);
}

}  // namespace entrepot::viz

#include "viz/canvas/painter.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "results/text/digits.hpp"

namespace entrepot::viz {

namespace {

constexpr std::string_view kEllipsis = "\u2026";

ImFont* any(const ImFont* font, const Fonts& fonts) { return font ? const_cast<ImFont*>(font) : fonts.body; }

}  // namespace

float Painter::width(std::string_view text, const ImFont* font) {
    return font->CalcTextSizeA(font->FontSize, 1e9F, 0, text.data(), text.data() + text.size()).x;
}

std::string Painter::fitted(std::string_view text, float most, const ImFont* font) {
    if (width(text, font) <= most) return std::string(text);
    std::string kept(text);
    while (!kept.empty()) {
        do {
            const bool continues = (static_cast<unsigned char>(kept.back()) & 0xC0) == 0x80;
            kept.pop_back();
            if (!continues) break;
        } while (!kept.empty());
        while (!kept.empty() && kept.back() == ' ') kept.pop_back();
        if (width(kept + std::string(kEllipsis), font) <= most) return kept + std::string(kEllipsis);
    }
    return "";
}

std::string Painter::first_fitting(std::initializer_list<std::string> texts, float most, const ImFont* font) {
    for (const std::string& text : texts) {
        if (width(text, font) <= most) return text;
    }
    return fitted(*(texts.end() - 1), most, font);
}

float Painter::text(ImVec2 at, ImU32 colour, std::string_view words, const ImFont* font, Align align) const {
    ImFont* used = any(font, fonts);
    const float wide = width(words, used);
    if (align == Align::centre) at.x -= wide / 2;
    if (align == Align::right) at.x -= wide;
    at = {std::round(at.x), std::round(at.y)};
    list->AddText(used, used->FontSize, at, colour, words.data(), words.data() + words.size());
    return wide;
}

void Painter::box(ImVec2 from, ImVec2 to, ImU32 fill, float rounding) const {
    list->AddRectFilled(from, to, fill, rounding * scale);
}

void Painter::frame(ImVec2 from, ImVec2 to, ImU32 colour, float rounding, float width) const {
    list->AddRect(from, to, colour, rounding * scale, 0, width * scale);
}

void Painter::line(ImVec2 from, ImVec2 to, ImU32 colour, float width) const {
    list->AddLine(from, to, colour, width * scale);
}

void Painter::dashed(ImVec2 from, ImVec2 to, ImU32 colour, float dash) const {
    const float dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy), step = dash * scale;
    for (float at = 0; at < length; at += 2 * step) {
        const float end = std::min(length, at + step);
        list->AddLine({from.x + dx * at / length, from.y + dy * at / length},
                      {from.x + dx * end / length, from.y + dy * end / length}, colour, scale);
    }
}

void Painter::arrow(ImVec2 at, ImVec2 way, ImU32 colour, float size) const {
    const float length = std::max(1e-6F, std::hypot(way.x, way.y)), s = size * scale;
    const ImVec2 ahead{way.x / length, way.y / length}, side{-ahead.y, ahead.x};
    list->AddTriangleFilled({at.x + ahead.x * s, at.y + ahead.y * s},
                            {at.x - ahead.x * s + side.x * s * 0.8F, at.y - ahead.y * s + side.y * s * 0.8F},
                            {at.x - ahead.x * s - side.x * s * 0.8F, at.y - ahead.y * s - side.y * s * 0.8F}, colour);
}

std::string count_text(double value) { return results::fixed_text(value, 0); }

std::string short_text(double value) {
    const double size = std::abs(value);
    if (size >= 999'500) return results::number_text(value / 1e6, 3) + " M";
    if (size >= 9'995) return results::number_text(value / 1e3, 3) + " k";
    return results::number_text(value, size >= 100 ? 4 : 3);
}

}  // namespace entrepot::viz

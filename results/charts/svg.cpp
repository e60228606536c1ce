#include "results/charts/svg.hpp"

#include <cmath>

#include <fmt/format.h>

namespace entrepot::results::charts {

namespace {

/// A length with at most two decimals. A canvas has no place for what isn't a number.
std::string length(double value) {
    if (!std::isfinite(value)) return "0";
    std::string text = fmt::format("{:.2f}", value);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string paint(const char* what, const Colour& c) {
    if (c.opacity <= 0) return fmt::format(" {}=\"none\"", what);
    const std::string colour = fmt::format(" {}=\"#{:02x}{:02x}{:02x}\"", what, c.red, c.green, c.blue);
    return c.opacity < 1 ? colour + fmt::format(" {}-opacity=\"{}\"", what, length(c.opacity)) : colour;
}

std::string list(const std::vector<Point>& points) {
    std::string text;
    for (const Point& p : points) text += (text.empty() ? "" : " ") + length(p.x) + "," + length(p.y);
    return text;
}

struct Writer {
    std::string operator()(const Line& l) const {
        return fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"{} stroke-width=\"{}\"{}/>", length(l.from.x),
                           length(l.from.y), length(l.to.x), length(l.to.y), paint("stroke", l.colour), length(l.width),
                           l.dashed ? " stroke-dasharray=\"3 3\"" : "");
    }
    std::string operator()(const Polyline& p) const {
        return fmt::format("<polyline points=\"{}\" fill=\"none\"{} stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
                           list(p.points), paint("stroke", p.colour), length(p.width));
    }
    std::string operator()(const Polygon& p) const {
        return fmt::format("<polygon points=\"{}\"{}/>", list(p.points), paint("fill", p.fill));
    }
    std::string operator()(const Rect& r) const {
        return fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>", length(r.corner.x),
                           length(r.corner.y), length(r.width), length(r.height), paint("fill", r.fill));
    }
    std::string operator()(const Circle& c) const {
        return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}{} stroke-width=\"1.5\"/>", length(c.centre.x),
                           length(c.centre.y), length(c.radius), paint("fill", c.fill), paint("stroke", c.outline));
    }
    std::string operator()(const Text& t) const {
        const char* anchor = t.anchor == Anchor::start    ? ""
                             : t.anchor == Anchor::middle ? " text-anchor=\"middle\""
                                                          : " text-anchor=\"end\"";
        return fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{}{}>{}</text>", length(t.at.x), length(t.at.y),
                           length(t.size), anchor, t.bold ? " font-weight=\"bold\"" : "", paint("fill", t.colour),
                           escape(t.text));
    }
};

/// Length of the well-formed UTF-8 sequence that starts here; 0 when there is none, or XML forbids the character.
std::size_t sequence(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = byte(0);
    if (first < 0x80) return first >= 0x20 || first == '\n' || first == '\t' ? 1 : 0;
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    const bool overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
    const bool outside = (first == 0xF4 && byte(1) > 0x8F) || (first == 0xED && byte(1) > 0x9F) ||
                         (first == 0xEF && byte(1) == 0xBF && byte(2) >= 0xBE);
    return overlong || outside ? 0 : size;
}

}  // namespace

std::string escape(std::string_view text) {
    std::string escaped;
    while (!text.empty()) {
        const std::size_t size = sequence(text);
        if (size == 0) {
            escaped += "\uFFFD";
        } else if (text[0] == '&') {
            escaped += "&amp;";
        } else if (text[0] == '<') {
            escaped += "&lt;";
        } else if (text[0] == '>') {
            escaped += "&gt;";
        } else if (text[0] == '"') {
            escaped += "&quot;";
        } else if (text[0] == '\'') {
            escaped += "&#39;";
        } else {
            escaped += text.substr(0, size);
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return escaped;
}

std::string to_svg(const Drawing& drawing) {
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" "
        "font-family=\"system-ui, sans-serif\">\n<title>{2}</title>\n<desc>{3}</desc>\n",
        length(drawing.width), length(drawing.height), escape(drawing.title), escape(drawing.description));
    for (const Primitive& primitive : drawing.primitives) svg += std::visit(Writer{}, primitive) + "\n";
    return svg + "</svg>\n";
}

}  // namespace entrepot::results::charts

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// What a laid-out chart consists of: a list of primitives on a canvas, back to front. Knows of no output format; a
/// canvas draws the list: a file's, or a window's. Lengths are in pixels, the origin is the upper left corner.
namespace entrepot::results::charts {

struct Point {
    double x = 0, y = 0;
};

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
    double opacity = 1;
    bool operator==(const Colour&) const = default;
};

struct Line {
    Point from, to;
    Colour colour;
    double width = 1;
    bool dashed = false;
};

struct Polyline {
    std::vector<Point> points;
    Colour colour;
    double width = 1;
};

struct Polygon {
    std::vector<Point> points;
    Colour fill;
};

struct Rect {
    Point corner;  ///< the upper left one
    double width = 0, height = 0;
    Colour fill;
};

struct Circle {
    Point centre;
    double radius = 0;
    Colour fill, outline;
};

enum class Anchor { start, middle, end };

struct Text {
    Point at;          ///< the anchor on the base line
    std::string text;  ///< UTF-8
    double size = 11;
    Anchor anchor = Anchor::start;
    Colour colour;
    bool bold = false;
};

using Primitive = std::variant<Line, Polyline, Polygon, Rect, Circle, Text>;

struct Drawing {
    double width = 0, height = 0;
    std::string title, description;  ///< for readers who don't see it
    std::vector<Primitive> primitives;

    void add(Primitive primitive) { primitives.push_back(std::move(primitive)); }
};

}  // namespace entrepot::results::charts

#include "results/charts/marks.hpp"

#include <cmath>

#include "results/charts/palette.hpp"

namespace entrepot::results::charts {

Colour tone_colour(Tone tone) {
    switch (tone) {
        case Tone::good:
            return kBlue;
        case Tone::bad:
            return kVermilion;
        case Tone::other:
            return kPurple;
        case Tone::unclear:
            return kGrey;
    }
    return kGrey;
}

void add_symbol(Drawing& drawing, Tone tone, Point centre) {
    constexpr double r = 5;
    const auto [x, y] = centre;
    const Colour colour = tone_colour(tone);
    switch (tone) {
        case Tone::good:
            drawing.add(Polygon{{{x - r, y - r}, {x + r + 1, y}, {x - r, y + r}}, colour});
            break;
        case Tone::bad:
            drawing.add(Polygon{{{x + r, y - r}, {x - r - 1, y}, {x + r, y + r}}, colour});
            break;
        case Tone::other:
            drawing.add(Rect{{x - r + 0.5, y - r + 0.5}, 2 * r - 1, 2 * r - 1, colour});
            break;
        case Tone::unclear:
            drawing.add(Circle{centre, r - 1, {255, 255, 255}, colour});
            break;
    }
}

void add_whisker(Drawing& drawing, double from, double to, double y, Colour colour) {
    drawing.add(Line{{from, y}, {to, y}, colour, 1.6});
    drawing.add(Line{{from, y - 4}, {from, y + 4}, colour, 1.6});
    drawing.add(Line{{to, y - 4}, {to, y + 4}, colour, 1.6});
}

namespace {

/// An arrow head with its tip on the axis' end, for what lies beyond.
void add_arrow(Drawing& drawing, double tip, double direction, double y, Colour colour) {
    drawing.add(Polygon{{{tip - 7 * direction, y - 4.5}, {tip, y}, {tip - 7 * direction, y + 4.5}}, colour});
}

/// One end of an interval.
void add_end(Drawing& drawing, double value, const Scale& x, double y, Colour colour) {
    if (value > x.high) return add_arrow(drawing, x.to, 1, y, colour);
    if (value < x.low) return add_arrow(drawing, x.from, -1, y, colour);
    drawing.add(Line{{x(value), y - 4}, {x(value), y + 4}, colour, 1.6});
}

}  // namespace

void add_estimate(Drawing& drawing, const Estimate& estimate, const Scale& x, double y) {
    if (!estimate.has_value || !std::isfinite(estimate.value)) return;
    const Colour colour = tone_colour(estimate.tone);
    if (estimate.has_interval) {
        drawing.add(Line{{x(estimate.low), y}, {x(estimate.high), y}, colour, 1.6});
        add_end(drawing, estimate.low, x, y, colour);
        add_end(drawing, estimate.high, x, y, colour);
    }
    if (estimate.value > x.high) return add_arrow(drawing, x.to, 1, y, colour);
    if (estimate.value < x.low) return add_arrow(drawing, x.from, -1, y, colour);
    add_symbol(drawing, estimate.tone, {x(estimate.value), y});
}

}  // namespace entrepot::results::charts

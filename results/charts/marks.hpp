#pragma once

#include "results/charts/chart.hpp"

namespace entrepot::results::charts {

Colour tone_colour(Tone tone);

/// An estimate's symbol, centred there: a triangle to the right for good, to the left for bad, a square for other, an
/// open circle for unclear.
void add_symbol(Drawing& drawing, Tone tone, Point centre);

/// A symbol with its whiskers on the row at y. Ends beyond the axis are arrow heads.
void add_estimate(Drawing& drawing, const Estimate& estimate, const Scale& x, double y);

/// A line with caps between two places on the row at y.
void add_whisker(Drawing& drawing, double from, double to, double y, Colour colour);

}  // namespace entrepot::results::charts

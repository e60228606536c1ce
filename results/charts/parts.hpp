#pragma once

#include <span>
#include <string>
#include <vector>

#include "results/charts/axis.hpp"
#include "results/charts/drawing.hpp"

/// What several charts are put together from.
namespace entrepot::results::charts {

inline constexpr double kTextSize = 11, kSmallSize = 10, kTitleSize = 13, kMargin = 8;
/// Below this width, names stand above what they name, not beside it.
inline constexpr double kNarrow = 480;

/// The inside of the axes.
struct Box {
    double left = 0, top = 0, right = 0, bottom = 0;

    double width() const { return right - left; }
    double height() const { return bottom - top; }
};

/// The smallest range that holds all finite values; {0, 1} if there are none.
class Range {
public:
    void take(double value);
    void take(std::span<const double> values);
    double low() const { return empty_ ? 0 : low_; }
    double high() const { return empty_ ? 1 : high_; }

private:
    double low_ = 0, high_ = 0;
    bool empty_ = true;
};

/// Writes the chart's title in the upper left corner; returns the y below it.
double add_title(Drawing& drawing, const std::string& title);

struct LegendEntry {
    std::string name;
    Colour colour;
};

/// Names of the series with a swatch each, in as many lines as it takes; returns the y below them.
double add_legend(Drawing& drawing, std::span<const LegendEntry> entries, double left, double top, double right);

inline constexpr double kLineOfNumbers = 12;  ///< height of a second line below an axis
inline constexpr double kTitleGap = 12;       ///< from the title of a bottom axis to the first number's place

/// Vertical grid lines and the numbers under them, after the axis' title if it has one; a number that would touch the
/// text before it is left out. With notes, each stands below its number.
void add_bottom_axis(Drawing& drawing, const Box& box, const Ticks& ticks, const Scale& x,
                     const std::string& title = "", const std::vector<std::string>& notes = {});

/// Horizontal grid lines and the numbers to the left of them.
void add_left_axis(Drawing& drawing, const Box& box, const Ticks& ticks, const Scale& y);

/// Width [px] of the widest label.
double widest(std::span<const std::string> labels, double size);

}  // namespace entrepot::results::charts

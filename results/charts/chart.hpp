#pragma once

#include <functional>
#include <string>
#include <vector>

#include "results/charts/axis.hpp"
#include "results/charts/drawing.hpp"

/// The charts there are, as plain data, and their layout. To add one: its data here, its `layout` in a file of its own.
/// A value that is not finite is a gap.
namespace entrepot::results::charts {

struct Size {
    double width = 720, height = 260;
};

// Lines.

struct Series {
    std::string name;
    Colour colour;
    std::vector<double> values;     ///< one for each step of x
    std::vector<double> low, high;  ///< the band around them; empty: none
};

/// A part of the x axis with a name.
struct Span {
    std::string name;
    double from = 0, to = 0;
    bool shaded = true;
};

struct LineChart {
    std::string title, description;
    Measure measure;
    std::string x_title;
    double first_x = 0;                           ///< x of the first values; they are 1 apart
    std::function<std::string(double x)> x_note;  ///< what stands below a number of x, such as its date; may be empty
    std::vector<Series> series;
    std::vector<Span> spans;
    bool from_zero = false;  ///< the axis begins at 0, whatever the values
};

Drawing layout(const LineChart& chart, Size size = {});

/// Line charts of the same series over the same x, in a grid, with one legend.
struct SmallMultiples {
    std::string title, description;
    std::vector<LineChart> panels;
    int columns = 2;
};

/// The height follows from the number of panels.
Drawing layout(const SmallMultiples& chart, double width = 720);

// Intervals.

/// What an estimate with its interval says. Sets colour and symbol.
enum class Tone { good, bad, other, unclear };

struct Estimate {
    bool has_value = false, has_interval = false;
    double value = 0, low = 0, high = 0;
    Tone tone = Tone::unclear;
};

/// Estimates on rows, one panel for each column, around a line at zero. Right of zero is better.
struct IntervalChart {
    struct Row {
        std::string name;
        std::vector<Estimate> estimates;  ///< by column
        std::string note;                 ///< written at the right end when there is one column
    };
    std::string title, description;
    Measure measure{Quantity::share};
    std::vector<std::string> columns;
    std::vector<Row> rows;
    double limit = 1;  ///< the axis ends there; what lies beyond is drawn as an arrow
};

Drawing layout(const IntervalChart& chart, double width = 720);

// Waterfall.

/// Steps that add up, with totals between them, as rows.
struct Waterfall {
    enum class Kind { step, total };
    struct Bar {
        std::string name;
        Kind kind = Kind::step;
        Estimate amount;      ///< of a total: where it stands, not what it adds
        bool marked = false;  ///< drawn in another colour, named by `mark_name`
        std::string note;     ///< the amount in words
    };
    std::string title, description;
    Measure measure{Quantity::money};
    std::vector<Bar> bars;
    std::string mark_name;
};

Drawing layout(const Waterfall& chart, double width = 720);

}  // namespace entrepot::results::charts

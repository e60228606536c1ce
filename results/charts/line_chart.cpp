#include <algorithm>
#include <cmath>

#include "results/charts/chart.hpp"
#include "results/charts/palette.hpp"
#include "results/charts/parts.hpp"
#include "results/charts/text.hpp"

namespace entrepot::results::charts {

namespace {

std::size_t steps_of(const LineChart& chart) {
    std::size_t steps = 0;
    for (const Series& series : chart.series) steps = std::max(steps, series.values.size());
    return steps;
}

/// Calls `draw` for each run of steps without a gap, with its first step and the one after its last.
template <class Draw>
void runs(std::size_t steps, auto&& present, Draw&& draw) {
    for (std::size_t first = 0; first < steps;) {
        std::size_t end = first;
        while (end < steps && present(end)) ++end;
        if (end > first) draw(first, end);
        first = end + 1;
    }
}

void add_band(Drawing& drawing, const Series& series, double first_x, const Scale& x, const Scale& y) {
    const std::size_t steps = std::min(series.low.size(), series.high.size());
    const auto present = [&](std::size_t i) { return std::isfinite(series.low[i]) && std::isfinite(series.high[i]); };
    runs(steps, present, [&](std::size_t first, std::size_t end) {
        Polygon band{{}, faded(series.colour, 0.16)};
        for (std::size_t i = first; i < end; ++i)
            band.points.push_back({x(first_x + static_cast<double>(i)), y(series.high[i])});
        for (std::size_t i = end; i-- > first;)
            band.points.push_back({x(first_x + static_cast<double>(i)), y(series.low[i])});
        drawing.add(std::move(band));
    });
}

void add_curve(Drawing& drawing, const Series& series, double first_x, const Scale& x, const Scale& y) {
    const auto present = [&](std::size_t i) { return std::isfinite(series.values[i]); };
    runs(series.values.size(), present, [&](std::size_t first, std::size_t end) {
        Polyline curve{{}, series.colour, 1.8};
        for (std::size_t i = first; i < end; ++i)
            curve.points.push_back({x(first_x + static_cast<double>(i)), y(series.values[i])});
        if (curve.points.size() > 1) {
            drawing.add(std::move(curve));
        } else {
            drawing.add(Circle{curve.points[0], 2, series.colour, kNone});
        }
    });
}

void add_spans(Drawing& drawing, const LineChart& chart, const Box& box, const Scale& x) {
    constexpr double kLeastWidth = 24;
    double taken = box.left;
    for (const Span& span : chart.spans) {
        const double from = x(span.from), to = x(span.to);
        if (to <= from) continue;
        if (span.shaded) drawing.add(Rect{{from, box.top}, to - from, box.height(), faded(kOrange, 0.13)});
        const double room = to - std::max(from, taken) - 4;
        if (room < kLeastWidth) continue;
        const std::string name = fit_text(span.name, room, kSmallSize);
        drawing.add(Text{{(std::max(from, taken) + to) / 2, box.top - 4}, name, kSmallSize, Anchor::middle, kMuted});
        taken = to;
    }
}

/// Ticks of the y axis: about one in 35 pixels, with zero where it is near or asked for.
Ticks value_ticks(const LineChart& chart, double height) {
    Range range;
    for (const Series& series : chart.series) {
        range.take(series.values);
        range.take(series.low);
        range.take(series.high);
    }
    double low = range.low(), high = range.high();
    if (chart.from_zero || (low > 0 && low < 0.3 * high)) low = std::min(low, 0.0);
    return nice_ticks(low, high, std::max(2, static_cast<int>(height / 35)), chart.measure);
}

std::string with_unit(const LineChart& chart) {
    return chart.measure.unit.empty() ? chart.title : chart.title + " [" + chart.measure.unit + "]";
}

constexpr double kSpanLine = 16, kNumbers = 18;

double numbers_height(const LineChart& chart) { return kNumbers + (chart.x_note ? kLineOfNumbers : 0); }

/// Height that is left for the plot itself.
double plot_height(const LineChart& chart, double outer, double title_size) {
    return outer - title_size - 8 - (chart.spans.empty() ? 0 : kSpanLine) - numbers_height(chart);
}

/// Room to the left of the axes that a chart needs.
double left_room(const LineChart& chart, double outer, double title_size) {
    const Ticks ticks = value_ticks(chart, plot_height(chart, outer, title_size));
    return std::max(widest(ticks.labels, kSmallSize) + 8, text_width(chart.x_title, kSmallSize) + kTitleGap + 1);
}

/// One chart within an outer box: title, spans, axes, bands, lines.
void add_panel(Drawing& drawing, const LineChart& chart, const Box& outer, double left, double title_size) {
    const std::string title = fit_text(with_unit(chart), outer.width(), title_size, true);
    drawing.add(Text{{outer.left, outer.top + title_size}, title, title_size, Anchor::start, kInk, true});
    const double height = plot_height(chart, outer.height(), title_size), bottom = outer.bottom - numbers_height(chart);
    const Box box{outer.left + left, bottom - height, outer.right - 4, bottom};

    const Ticks y_ticks = value_ticks(chart, height);
    const double last_x = chart.first_x + std::max(1.0, static_cast<double>(steps_of(chart)) - 1);
    const Ticks x_ticks = nice_ticks(chart.first_x, last_x, static_cast<int>(box.width() / 60), {.whole = true});
    const Scale x{chart.first_x, last_x, box.left, box.right};
    const Scale y{y_ticks.low(), y_ticks.high(), box.bottom, box.top};
    add_spans(drawing, chart, box, x);
    add_left_axis(drawing, box, y_ticks, y);
    std::vector<std::string> notes;
    for (const double value : x_ticks.values) notes.push_back(chart.x_note ? chart.x_note(value) : "");
    add_bottom_axis(drawing, box, x_ticks, x, chart.x_title, notes);
    for (const Series& series : chart.series) add_band(drawing, series, chart.first_x, x, y);
    for (const Series& series : chart.series) add_curve(drawing, series, chart.first_x, x, y);
}

std::vector<LegendEntry> legend(const LineChart& chart) {
    std::vector<LegendEntry> entries;
    for (const Series& series : chart.series) entries.push_back({series.name, series.colour});
    return entries;
}

}  // namespace

Drawing layout(const LineChart& chart, Size size) {
    Drawing drawing{size.width, size.height, chart.title, chart.description, {}};
    const double top = add_legend(drawing, legend(chart), kMargin, kMargin, size.width - kMargin);
    const Box outer{kMargin, top, size.width - kMargin, size.height - kMargin};
    add_panel(drawing, chart, outer, left_room(chart, outer.height(), kTitleSize), kTitleSize);
    return drawing;
}

Drawing layout(const SmallMultiples& chart, double width) {
    constexpr double kPanelHeight = 184, kBetween = 18, kPanelTitle = kTextSize + 1;
    Drawing drawing{width, 0, chart.title, chart.description, {}};
    double top = add_title(drawing, chart.title);
    if (!chart.panels.empty()) top = add_legend(drawing, legend(chart.panels.front()), kMargin, top, width - kMargin);
    top += 4;
    const int columns = width < kNarrow ? 1 : std::max(1, chart.columns);
    const double panel_width = (width - 2 * kMargin - kBetween * (columns - 1)) / columns;
    double room = 0;  // the same for all, so that days stand below days
    for (const LineChart& panel : chart.panels) room = std::max(room, left_room(panel, kPanelHeight, kPanelTitle));
    for (std::size_t i = 0; i < chart.panels.size(); ++i) {
        const auto column = static_cast<double>(i % static_cast<std::size_t>(columns));
        const auto row = static_cast<double>(i / static_cast<std::size_t>(columns));
        const double left = kMargin + column * (panel_width + kBetween), y = top + row * (kPanelHeight + kBetween);
        add_panel(drawing, chart.panels[i], {left, y, left + panel_width, y + kPanelHeight}, room, kPanelTitle);
        drawing.height = y + kPanelHeight + kMargin;
    }
    drawing.height = std::max(drawing.height, top + kMargin);
    return drawing;
}

}  // namespace entrepot::results::charts

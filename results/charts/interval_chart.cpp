#include <algorithm>
#include <cmath>

#include "results/charts/chart.hpp"
#include "results/charts/marks.hpp"
#include "results/charts/palette.hpp"
#include "results/charts/parts.hpp"
#include "results/charts/text.hpp"

namespace entrepot::results::charts {

namespace {

constexpr double kBetweenIntervals = 38, kNameLine = 15, kNoteLine = 13;

/// Places on the canvas that all rows share.
struct Frame {
    bool stacked = false;  ///< names and notes above the rows, each on a line of its own
    double names_width = 0, notes_width = 0, panel_width = 0, top = 0, bottom = 0, row = 24;
    double above = 0;  ///< of a row, for what is stacked

    double middle(std::size_t i) const { return top + row * (static_cast<double>(i) + 0.5) + 2 + above / 2; }
    double caption(std::size_t i) const { return stacked ? top + row * static_cast<double>(i) + 15 : middle(i) + 4; }
    double note(std::size_t i) const { return caption(i) + (stacked ? kNoteLine : 0); }
    Box panel(std::size_t column) const {
        const double left = kMargin + (stacked ? 4 : names_width + 14) +
                            static_cast<double>(column) * (panel_width + kBetweenIntervals);
        return {left, top, left + panel_width, bottom};
    }
};

Frame frame_of(const IntervalChart& chart, double width, double top) {
    Frame frame;
    const auto columns = static_cast<double>(std::max<std::size_t>(1, chart.columns.size()));
    for (const auto& row : chart.rows) {
        frame.names_width = std::max(frame.names_width, text_width(row.name, kTextSize));
        if (chart.columns.size() == 1)
            frame.notes_width = std::max(frame.notes_width, text_width(row.note, kSmallSize));
    }
    frame.stacked = width < kNarrow;
    if (frame.stacked) {
        frame.above = kNameLine + (frame.notes_width > 0 ? kNoteLine : 0);
        frame.row += frame.above;
        frame.names_width = width - 2 * kMargin - 8;
        frame.notes_width = std::min(frame.notes_width, frame.names_width);
    } else {
        frame.names_width = std::min(frame.names_width, 0.32 * width);
        frame.notes_width = std::min(frame.notes_width, 0.34 * width);
    }
    const double beside = frame.stacked ? 0 : frame.names_width + 10;
    const double notes = !frame.stacked && frame.notes_width > 0 ? frame.notes_width + 14 : 10;
    frame.panel_width = (width - 2 * kMargin - 4 - beside - notes - kBetweenIntervals * (columns - 1)) / columns;
    frame.top = top;
    frame.bottom = top + frame.row * static_cast<double>(chart.rows.size()) + 4;
    return frame;
}

/// The part of the axis to show: all intervals and zero, cut at the limit, and a margin for symbols and captions.
Range shown_range(const IntervalChart& chart) {
    Range range;
    range.take(0);
    for (const auto& row : chart.rows) {
        for (const Estimate& e : row.estimates) {
            if (!e.has_value) continue;
            range.take(std::clamp(e.has_interval ? e.low : e.value, -chart.limit, chart.limit));
            range.take(std::clamp(e.has_interval ? e.high : e.value, -chart.limit, chart.limit));
        }
    }
    const double margin = std::max(0.15 * (range.high() - range.low()), 0.02 * chart.limit);
    const double low = range.low(), high = range.high();
    range.take(std::max(low - margin, -chart.limit));
    range.take(std::min(high + margin, chart.limit));
    return range;
}

void add_column_head(Drawing& drawing, const IntervalChart& chart, std::size_t column, const Box& box, const Scale& x) {
    const double y = box.top - 22, zero = x(0);
    if (chart.columns.size() > 1) {
        const std::string name = fit_text(chart.columns[column], box.width(), kTextSize, true);
        drawing.add(Text{{box.left, y}, name, kTextSize, Anchor::start, kInk, true});
    }
    const auto caption = [&](const char* text, double room, double at, Anchor anchor) {
        if (room < text_width(text, kSmallSize) + 10) return;
        drawing.add(Text{{at, box.top - 6}, text, kSmallSize, anchor, kMuted});
    };
    caption("worse", zero - box.left, zero - 8, Anchor::end);
    caption("better", box.right - zero, zero + 8, Anchor::start);
    drawing.add(Line{{zero, box.top - 12}, {zero, box.bottom}, kAxis, 1.2});
}

}  // namespace

Drawing layout(const IntervalChart& chart, double width) {
    constexpr double kHead = 22, kFoot = 26;
    Drawing drawing{width, 0, chart.title, chart.description, {}};
    const double top = add_title(drawing, chart.title) + kHead + (chart.columns.size() > 1 ? 18 : 0);
    const Frame frame = frame_of(chart, width, top);
    const Range range = shown_range(chart);
    const Ticks ticks =
        nice_ticks(range.low(), range.high(), std::max(2, static_cast<int>(frame.panel_width / 60)), chart.measure);
    drawing.height = frame.bottom + kFoot;
    for (std::size_t row = 0; row < chart.rows.size(); row += 2) {
        drawing.add(Rect{{kMargin, top + frame.row * static_cast<double>(row) + 2},
                         width - 2 * kMargin,
                         frame.row,
                         faded(kGrid, 0.35)});
    }
    for (std::size_t column = 0; column < chart.columns.size(); ++column) {
        const Box box = frame.panel(column);
        const Scale x{range.low(), range.high(), box.left, box.right};
        add_bottom_axis(drawing, box, ticks, x);
        add_column_head(drawing, chart, column, box, x);
        for (std::size_t row = 0; row < chart.rows.size(); ++row) {
            if (column >= chart.rows[row].estimates.size()) continue;
            add_estimate(drawing, chart.rows[row].estimates[column], x, frame.middle(row));
        }
    }
    for (std::size_t row = 0; row < chart.rows.size(); ++row) {
        const double y = frame.caption(row);
        const std::string name = fit_text(chart.rows[row].name, frame.names_width, kTextSize);
        drawing.add(Text{{kMargin + 4, y}, name, kTextSize, Anchor::start, kInk});
        if (frame.notes_width <= 0 || chart.rows[row].note.empty()) continue;
        const std::string note = fit_text(chart.rows[row].note, frame.notes_width, kSmallSize);
        const double x = frame.stacked ? kMargin + 4 : width - kMargin - 4;
        drawing.add(Text{{x, frame.note(row)}, note, kSmallSize, frame.stacked ? Anchor::start : Anchor::end, kMuted});
    }
    return drawing;
}

}  // namespace entrepot::results::charts

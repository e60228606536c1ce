#include <algorithm>
#include <cmath>

#include "results/charts/chart.hpp"
#include "results/charts/marks.hpp"
#include "results/charts/palette.hpp"
#include "results/charts/parts.hpp"
#include "results/charts/text.hpp"

namespace entrepot::results::charts {

namespace {

constexpr double kBar = 16, kNameLine = 15, kNoteLine = 13;
constexpr Colour kTotal{70, 76, 84};

/// Where a bar begins and ends, and its interval, in the measure's units.
struct Extent {
    double from = 0, to = 0, low = 0, high = 0;
};

double finite(double value) { return std::isfinite(value) ? value : 0; }

std::vector<Extent> extents(const Waterfall& chart) {
    std::vector<Extent> all;
    double at = 0;
    for (const Waterfall::Bar& bar : chart.bars) {
        const double from = bar.kind == Waterfall::Kind::total ? 0 : at;
        const double to = from + (bar.amount.has_value ? finite(bar.amount.value) : 0);
        const bool whisker = bar.amount.has_value && bar.amount.has_interval;
        all.push_back(
            {from, to, whisker ? from + finite(bar.amount.low) : to, whisker ? from + finite(bar.amount.high) : to});
        at = to;
    }
    return all;
}

Colour bar_colour(const Waterfall::Bar& bar, const Extent& extent) {
    if (bar.kind == Waterfall::Kind::total) return kTotal;
    if (bar.marked) return kOrange;
    return extent.to >= extent.from ? kBlue : kVermilion;
}

/// The colours that some bar has, by name.
std::vector<LegendEntry> legend(const Waterfall& chart, const std::vector<Extent>& all) {
    const auto add = [&](std::vector<LegendEntry>& entries, const std::string& name, const Colour& colour) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (bar_colour(chart.bars[i], all[i]) != colour) continue;
            entries.push_back({name, colour});
            return;
        }
    };
    std::vector<LegendEntry> entries;
    add(entries, "adds", kBlue);
    add(entries, "takes away", kVermilion);
    if (!chart.mark_name.empty()) add(entries, chart.mark_name, kOrange);
    add(entries, "total", kTotal);
    return entries;
}

}  // namespace

Drawing layout(const Waterfall& chart, double width) {
    constexpr double kFoot = 26;
    Drawing drawing{width, 0, chart.title, chart.description, {}};
    const std::vector<Extent> all = extents(chart);
    const double top =
        add_legend(drawing, legend(chart, all), kMargin, add_title(drawing, chart.title), width - kMargin) + 6;
    double names = 0, notes = 0;
    for (const Waterfall::Bar& bar : chart.bars) {
        names = std::max(names, text_width(bar.name, kTextSize, bar.kind == Waterfall::Kind::total));
        notes = std::max(notes, text_width(bar.note, kSmallSize, bar.kind == Waterfall::Kind::total));
    }
    const bool stacked = width < kNarrow;  // names and notes stand above the bars, each on a line of its own
    const double above = stacked ? kNameLine + kNoteLine : 0, row = 26 + above;
    notes = stacked ? width - 2 * kMargin : std::min(notes, 0.34 * width);
    names = stacked ? notes : std::min(names, 0.32 * width);
    const Box box{kMargin + (stacked ? 4 : names + 14), top, width - kMargin - (stacked ? 4 : notes + 14),
                  top + row * static_cast<double>(chart.bars.size())};

    Range range;
    range.take(0);
    for (const Extent& e : all) range.take(std::vector{e.from, e.to, e.low, e.high});
    const Ticks ticks =
        nice_ticks(range.low(), range.high(), std::max(2, static_cast<int>(box.width() / 75)), chart.measure);
    const Scale x{ticks.low(), ticks.high(), box.left, box.right};
    add_bottom_axis(drawing, box, ticks, x);
    drawing.add(Line{{x(0), box.top}, {x(0), box.bottom}, kAxis, 1.2});

    for (std::size_t i = 0; i < all.size(); ++i) {
        const Waterfall::Bar& bar = chart.bars[i];
        const bool total = bar.kind == Waterfall::Kind::total;
        const double begin = top + row * static_cast<double>(i), y = begin + (row + above) / 2;
        const double caption = stacked ? begin + 12 : y + 4, from = x(all[i].from), to = x(all[i].to);
        drawing.add(Rect{
            {std::min(from, to), y - kBar / 2}, std::max(1.0, std::abs(to - from)), kBar, bar_colour(bar, all[i])});
        if (bar.amount.has_value && bar.amount.has_interval)
            add_whisker(drawing, x(all[i].low), x(all[i].high), y, kInk);
        if (i + 1 < all.size() && !stacked) drawing.add(Line{{to, y + kBar / 2}, {to, y + row - kBar / 2}, kAxis, 1});
        drawing.add(Text{
            {kMargin, caption}, fit_text(bar.name, names, kTextSize, total), kTextSize, Anchor::start, kInk, total});
        drawing.add(Text{{stacked ? kMargin : width - kMargin, stacked ? caption + kNoteLine : caption},
                         fit_text(bar.note, notes, kSmallSize, total),
                         kSmallSize,
                         stacked ? Anchor::start : Anchor::end,
                         kInk,
                         total});
    }
    drawing.height = box.bottom + kFoot;
    return drawing;
}

}  // namespace entrepot::results::charts

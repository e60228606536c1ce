#include "results/charts/parts.hpp"

#include <algorithm>
#include <cmath>

#include "results/charts/palette.hpp"
#include "results/charts/text.hpp"

namespace entrepot::results::charts {

void Range::take(double value) {
    if (!std::isfinite(value)) return;
    low_ = empty_ ? value : std::min(low_, value);
    high_ = empty_ ? value : std::max(high_, value);
    empty_ = false;
}

void Range::take(std::span<const double> values) {
    for (const double value : values) take(value);
}

double add_title(Drawing& drawing, const std::string& title) {
    if (title.empty()) return kMargin;
    const std::string shown = fit_text(title, drawing.width - 2 * kMargin, kTitleSize, true);
    drawing.add(Text{{kMargin, kMargin + kTitleSize}, shown, kTitleSize, Anchor::start, kInk, true});
    return kMargin + kTitleSize + 10;
}

double add_legend(Drawing& drawing, std::span<const LegendEntry> entries, double left, double top, double right) {
    constexpr double kSwatch = 18, kGap = 5, kBetween = 18, kLine = 17;
    if (entries.empty()) return top;
    double x = left, y = top;
    for (const LegendEntry& entry : entries) {
        const std::string name = fit_text(entry.name, right - left - kSwatch - kGap, kTextSize);
        const double width = kSwatch + kGap + text_width(name, kTextSize);
        if (x > left && x + width > right) {
            x = left;
            y += kLine;
        }
        drawing.add(Line{{x, y + 6}, {x + kSwatch, y + 6}, entry.colour, 3});
        drawing.add(Text{{x + kSwatch + kGap, y + 10}, name, kTextSize, Anchor::start, kInk});
        x += width + kBetween;
    }
    return y + kLine + 3;
}

void add_bottom_axis(Drawing& drawing, const Box& box, const Ticks& ticks, const Scale& x, const std::string& title,
                     const std::vector<std::string>& notes) {
    constexpr double kDown = 14, kGap = 6;
    double taken = 0, taken_below = 0;
    if (!title.empty()) {
        taken = box.left - kTitleGap;
        drawing.add(Text{{taken, box.bottom + kDown}, title, kSmallSize, Anchor::end, kMuted});
    }
    const auto write = [&](const std::string& text, double at, double down, double& until) {
        const double half = text_width(text, kSmallSize) / 2;
        if (text.empty() || at - half < until + kGap || at + half > drawing.width) return;
        drawing.add(Text{{at, box.bottom + down}, text, kSmallSize, Anchor::middle, kMuted});
        until = at + half;
    };
    for (std::size_t i = 0; i < ticks.values.size(); ++i) {
        if (ticks.values[i] < x.low || ticks.values[i] > x.high) continue;
        const double at = x(ticks.values[i]);
        drawing.add(Line{{at, box.top}, {at, box.bottom}, kGrid, 1});
        write(ticks.labels[i], at, kDown, taken);
        if (i < notes.size()) write(notes[i], at, kDown + kLineOfNumbers, taken_below);
    }
}

void add_left_axis(Drawing& drawing, const Box& box, const Ticks& ticks, const Scale& y) {
    for (std::size_t i = 0; i < ticks.values.size(); ++i) {
        const double at = y(ticks.values[i]);
        drawing.add(Line{{box.left, at}, {box.right, at}, ticks.values[i] == 0 ? kAxis : kGrid, 1});
        drawing.add(Text{{box.left - 6, at + 3.5}, ticks.labels[i], kSmallSize, Anchor::end, kMuted});
    }
}

double widest(std::span<const std::string> labels, double size) {
    double width = 0;
    for (const std::string& label : labels) width = std::max(width, text_width(label, size));
    return width;
}

}  // namespace entrepot::results::charts

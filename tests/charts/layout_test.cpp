#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "results/charts/chart.hpp"
#include "results/charts/palette.hpp"
#include "results/charts/parts.hpp"
#include "results/charts/text.hpp"

namespace entrepot::results::charts {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

struct Extent {
    double left, top, right, bottom;
};

Extent around(const std::vector<Point>& points) {
    Extent e{1e300, 1e300, -1e300, -1e300};
    for (const auto& [x, y] : points) {
        EXPECT_TRUE(std::isfinite(x) && std::isfinite(y));
        e = {std::min(e.left, x), std::min(e.top, y), std::max(e.right, x), std::max(e.bottom, y)};
    }
    return e;
}

struct Bounds {
    Extent operator()(const Line& l) const { return around({l.from, l.to}); }
    Extent operator()(const Polyline& p) const { return around(p.points); }
    Extent operator()(const Polygon& p) const { return around(p.points); }
    Extent operator()(const Rect& r) const { return around({r.corner, {r.corner.x + r.width, r.corner.y + r.height}}); }
    Extent operator()(const Circle& c) const {
        return around({{c.centre.x - c.radius, c.centre.y - c.radius}, {c.centre.x + c.radius, c.centre.y + c.radius}});
    }
    Extent operator()(const Text& t) const { return (*this)(text_box(t)); }
};

void expect_inside(const Drawing& drawing) {
    EXPECT_GT(drawing.height, 0);
    for (const Primitive& primitive : drawing.primitives) {
        const Extent e = std::visit(Bounds{}, primitive);
        const auto* text = std::get_if<Text>(&primitive);
        const std::string what = text ? text->text : "primitive " + std::to_string(primitive.index());
        EXPECT_GE(e.left, 0) << what;
        EXPECT_GE(e.top, 0) << what;
        EXPECT_LE(e.right, drawing.width) << what;
        EXPECT_LE(e.bottom, drawing.height) << what;
    }
}

void expect_no_overlaps(const Drawing& drawing) {
    std::vector<const Text*> texts;
    for (const Primitive& primitive : drawing.primitives) {
        if (const auto* text = std::get_if<Text>(&primitive)) texts.push_back(text);
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const Extent a = Bounds{}(*texts[i]);
        for (std::size_t j = 0; j < i; ++j) {
            const Extent b = Bounds{}(*texts[j]);
            const bool apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            EXPECT_TRUE(apart) << '"' << texts[i]->text << "\" covers \"" << texts[j]->text << '"';
        }
    }
}

/// No text on a bar, nor on a legend's swatch.
void expect_texts_off_marks(const Drawing& drawing) {
    for (const Primitive& mark : drawing.primitives) {
        const auto* line = std::get_if<Line>(&mark);
        if (!std::holds_alternative<Rect>(mark) && !(line && line->width == 3)) continue;
        const Extent a = std::visit(Bounds{}, mark);
        for (const Primitive& primitive : drawing.primitives) {
            const auto* text = std::get_if<Text>(&primitive);
            if (!text) continue;
            const Extent b = Bounds{}(*text);
            const bool apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            EXPECT_TRUE(apart) << '"' << text->text << "\" stands on a mark";
        }
    }
}

void expect_clean(const Drawing& drawing) {
    expect_inside(drawing);
    expect_no_overlaps(drawing);
}

const std::string kLong =
    "An uncommonly long name, which nobody wanted to shorten, of a warehouse in the far north-east";

LineChart line_chart(double level, double swing, std::size_t series, const std::string& name = "S") {
    LineChart chart{.title = "Open lines", .x_title = "day", .first_x = 30};
    for (std::size_t s = 0; s < series; ++s) {
        Series one{name + std::to_string(s), series_colour(s), {}, {}, {}};
        for (int day = 0; day < 120; ++day) {
            const double value = level + swing * std::sin(0.1 * day + static_cast<double>(s));
            one.values.push_back(value);
            one.low.push_back(value - 0.2 * std::abs(swing));
            one.high.push_back(value + 0.3 * std::abs(swing));
        }
        chart.series.push_back(one);
    }
    chart.spans = {
        {"before", 30, 60, false}, {"spike", 60, 64, true}, {"a phase with a rather long name", 64, 150, false}};
    return chart;
}

// Layouts.

TEST(LineChartLayout, IsCleanWhateverTheValues) {
    for (const double level : {0.0, 1.0, -5e6, 3e9, 1e-4}) {
        for (const double swing : {0.0, 0.5, 2e6}) {
            for (const Quantity quantity : {Quantity::number, Quantity::share, Quantity::money}) {
                LineChart chart = line_chart(level, swing, 3);
                chart.measure = {.quantity = quantity, .unit = "lines", .currency = "EUR"};
                SCOPED_TRACE(std::to_string(level) + " +- " + std::to_string(swing));
                expect_clean(layout(chart));
            }
        }
    }
}

TEST(LineChartLayout, IsCleanWithTenLongNames) { expect_clean(layout(line_chart(100, 20, 10, kLong), {720, 520})); }

TEST(LineChartLayout, IsCleanOnLittleRoom) {
    for (const double width : {140.0, 180.0, 260.0}) {
        LineChart chart = line_chart(-2e6, 8e5, 2);
        chart.measure = {.quantity = Quantity::money, .currency = "EUR"};
        chart.first_x = 10000;
        SCOPED_TRACE(width);
        expect_clean(layout(chart, {width, 160}));
    }
}

TEST(LineChartLayout, IsCleanWithoutData) {
    expect_clean(layout(LineChart{.title = "nothing"}));
    LineChart gaps{.title = "only gaps"};
    gaps.series.push_back({"S0", kBlue, {kNaN, kNaN}, {kNaN, kNaN}, {kNaN, kNaN}});
    expect_clean(layout(gaps));
}

TEST(LineChartLayout, WritesDatesBelowDays) {
    LineChart chart = line_chart(100, 20, 2);
    chart.first_x = 0;
    chart.x_note = [](double x) { return x == 20 ? std::string("25 Apr") : "day of " + std::to_string(x); };
    for (const double width : {180.0, 420.0, 720.0}) expect_clean(layout(chart, {width, 200}));
    const Drawing drawing = layout(chart);
    const Text *day = nullptr, *date = nullptr;
    for (const Primitive& p : drawing.primitives) {
        const auto* text = std::get_if<Text>(&p);
        if (text && text->text == "20" && text->anchor == Anchor::middle) day = text;
        if (text && text->text == "25 Apr") date = text;
    }
    ASSERT_TRUE(day && date);
    EXPECT_EQ(day->at.x, date->at.x);
    EXPECT_LT(day->at.y, date->at.y);
}

TEST(LineChartLayout, LeavesGapsWhereValuesAreMissing) {
    LineChart chart{.title = "gap"};
    chart.series.push_back({"S0", kBlue, {1, 2, 3, kNaN, 5, 6}, {}, {}});
    int lines = 0;
    for (const Primitive& p : layout(chart).primitives) lines += std::holds_alternative<Polyline>(p);
    EXPECT_EQ(lines, 2);
}

TEST(SmallMultiplesLayout, IsClean) {
    for (const double width : {340.0, 420.0, 720.0, 1200.0}) {
        SmallMultiples chart{.title = kLong,
                             .panels = {line_chart(1e6, 3e5, 4), line_chart(0.5, 0.4, 4), line_chart(0, 0, 4)}};
        SCOPED_TRACE(width);
        expect_clean(layout(chart, width));
    }
}

IntervalChart interval_chart(std::size_t columns, double reach) {
    IntervalChart chart{.title = "KPIs"};
    for (std::size_t c = 0; c < columns; ++c) chart.columns.push_back(kLong + std::to_string(c));
    for (int r = 0; r < 6; ++r) {
        IntervalChart::Row row{r == 2 ? kLong : "KPI " + std::to_string(r), {}, "+1.3 pt (+0.9 pt to +1.7 pt)"};
        for (std::size_t c = 0; c < columns; ++c) {
            const double value = reach * (r - 2.5) / 3;
            row.estimates.push_back(
                {r != 4, r != 5, value, value - 0.2 * reach, value + 0.2 * reach, static_cast<Tone>(r % 4)});
        }
        chart.rows.push_back(row);
    }
    return chart;
}

TEST(IntervalChartLayout, IsClean) {
    for (const std::size_t columns : {0u, 1u, 2u, 3u}) {
        for (const double reach : {0.0, 0.001, 0.3, 40.0}) {
            SCOPED_TRACE(std::to_string(columns) + " columns, reach " + std::to_string(reach));
            for (const double width : {420.0, 720.0}) expect_clean(layout(interval_chart(columns, reach), width));
            if (columns < 2) expect_clean(layout(interval_chart(columns, reach), 340));
        }
    }
}

/// On a phone, where a note stands below its name.
TEST(NarrowLayouts, CutNoUsualNameOrNote) {
    const std::string name = "Exception cycle time, slowest tenth", note = "+15.1 pt  (+14.4 pt to +15.8 pt)";
    IntervalChart intervals{.columns = {"S1"}};
    intervals.rows = {{name, {{true, true, 0.2, 0.1, 0.3, Tone::good}}, note}};
    Waterfall steps;
    steps.bars.push_back({name, Waterfall::Kind::step, {true, true, 3, 2, 4, Tone::other}, false, note});
    for (const Drawing& drawing : {layout(intervals, 340), layout(steps, 340)}) {
        expect_clean(drawing);
        std::string words;
        for (const Primitive& p : drawing.primitives) {
            if (const auto* text = std::get_if<Text>(&p)) words += text->text + "\n";
        }
        EXPECT_NE(words.find(name + "\n"), std::string::npos) << words;
        EXPECT_NE(words.find(note + "\n"), std::string::npos) << words;
    }
}

TEST(IntervalChartLayout, PutsBetterToTheRight) {
    IntervalChart chart{.columns = {"S1"}};
    chart.rows = {{"good", {{true, false, 0.2, 0, 0, Tone::good}}, ""},
                  {"bad", {{true, false, -0.2, 0, 0, Tone::bad}}, ""}};
    double zero = 0, good = 0, bad = 0;
    for (const Primitive& p : layout(chart).primitives) {
        if (const auto* line = std::get_if<Line>(&p); line && line->colour == kAxis) zero = line->from.x;
        if (const auto* mark = std::get_if<Polygon>(&p)) (mark->fill == kBlue ? good : bad) = mark->points[1].x;
    }
    EXPECT_LT(bad, zero);
    EXPECT_LT(zero, good);
}

Waterfall waterfall(double unit) {
    Waterfall chart{.title = "Benefits", .mark_name = "labour"};
    using Kind = Waterfall::Kind;
    for (const double step : {3.0, -5.0, 4.0}) {
        const Estimate amount{true, true, step * unit, (step - 1) * unit, (step + 1) * unit, Tone::other};
        chart.bars.push_back(
            {step < 0 ? kLong : "step", Kind::step, amount, step == 4.0, "$1.2 M  ($0.9 M to $1.5 M)"});
    }
    chart.bars.push_back({"total", Kind::total, {true, false, 2 * unit}, false, kLong});
    return chart;
}

TEST(WaterfallLayout, IsClean) {
    for (const double unit : {0.0, 1.0, -7e5, 2e9}) {
        SCOPED_TRACE(unit);
        for (const double width : {320.0, 340.0, 720.0}) expect_clean(layout(waterfall(unit), width));
    }
    expect_clean(layout(Waterfall{}));
}

/// Numbers that a study may come to, with names of any length: no text touches another, a bar, or a legend's swatch.
TEST(WaterfallLayout, NothingCollidesWhateverTheStudy) {
    std::mt19937_64 random(20261129);
    const auto below = [&](std::size_t n) { return random() % n; };
    const std::string words = "labour, all that a generic case counts and more of what somebody named at length; Größe";
    const auto some_words = [&] { return words.substr(0, below(words.size() - 2)); };
    for (int study = 0; study < 400; ++study) {
        Waterfall chart{.title = some_words(), .bars = {}, .mark_name = some_words()};
        chart.measure.currency = below(2) ? "USD" : "EUR";
        const double unit = std::pow(10, static_cast<double>(below(10)));
        for (std::size_t bar = 0, bars = below(12); bar < bars; ++bar) {
            const double value = unit * (static_cast<double>(below(2001)) - 1000),
                         half = unit * static_cast<double>(below(900));
            chart.bars.push_back({some_words(),
                                  below(4) ? Waterfall::Kind::step : Waterfall::Kind::total,
                                  {below(9) > 0, below(3) > 0, value, value - half, value + half, Tone::other},
                                  below(3) == 0,
                                  "$1,234 k [" + some_words() + "]"});
        }
        for (const double width : {320.0, 480.0, 720.0, 1000.0}) {
            const Drawing drawing = layout(chart, width);
            SCOPED_TRACE(std::to_string(study) + " at " + std::to_string(width));
            expect_clean(drawing);
            expect_texts_off_marks(drawing);
            if (HasFailure()) return;
        }
    }
}

/// The legend names the colours that there are, and no others.
TEST(WaterfallLayout, TheLegendNamesWhatThereIs) {
    Waterfall chart{.title = "gains only", .bars = {}, .mark_name = "labour"};
    chart.bars.push_back({"step", Waterfall::Kind::step, {true, false, 5}, false, "$5"});
    std::vector<std::string> texts;
    for (const Primitive& p : layout(chart).primitives) {
        if (const auto* text = std::get_if<Text>(&p)) texts.push_back(text->text);
    }
    const auto says = [&](const char* word) { return std::find(texts.begin(), texts.end(), word) != texts.end(); };
    EXPECT_TRUE(says("adds"));
    for (const char* word : {"takes away", "labour", "total"}) EXPECT_FALSE(says(word)) << word;
}

TEST(WaterfallLayout, EveryStepBeginsWhereTheLastOneEnded) {
    std::vector<Rect> bars;
    for (const Primitive& p : layout(waterfall(1e6)).primitives) {
        if (const auto* bar = std::get_if<Rect>(&p)) bars.push_back(*bar);
    }
    ASSERT_EQ(bars.size(), 4u);
    EXPECT_NEAR(bars[0].corner.x + bars[0].width, bars[1].corner.x + bars[1].width, 0.01);  // up, then down
    EXPECT_NEAR(bars[1].corner.x, bars[2].corner.x, 0.01);                                  // then up from there
    EXPECT_NEAR(bars[3].corner.x + bars[3].width, bars[2].corner.x + bars[2].width, 0.01);  // the total is their sum
}

// Ticks.

TEST(Ticks, CoverTheRangeInEqualAscendingSteps) {
    const std::vector<double> ends{-3e9, -812.5, -1, -0.013, 0, 2e-5, 0.3, 1, 7, 99.9, 12345, 4e7};
    for (const double low : ends) {
        for (const double high : ends) {
            if (low >= high) continue;
            const Ticks ticks = nice_ticks(low, high, 6, {});
            ASSERT_GE(ticks.values.size(), 2u);
            EXPECT_LE(ticks.values.size(), 9u);
            EXPECT_EQ(ticks.values.size(), ticks.labels.size());
            const double step = ticks.values[1] - ticks.values[0];
            EXPECT_GT(step, 0);
            for (std::size_t i = 1; i < ticks.values.size(); ++i) {
                EXPECT_NEAR(ticks.values[i] - ticks.values[i - 1], step, 1e-6 * step);
                EXPECT_NE(ticks.labels[i], ticks.labels[i - 1]);
            }
            EXPECT_LE(ticks.low(), low + 1e-6 * step);
            EXPECT_GE(ticks.high(), high - 1e-6 * step);
        }
    }
}

TEST(Ticks, SpeakTheLanguageOfTheMeasure) {
    EXPECT_EQ(nice_ticks(0, 2e6, 4, {.quantity = Quantity::money}).labels,
              (std::vector<std::string>{"$0", "$0.5 M", "$1.0 M", "$1.5 M", "$2.0 M"}));
    EXPECT_EQ(nice_ticks(-20e3, 20e3, 2, {.quantity = Quantity::money, .currency = "EUR"}).labels,
              (std::vector<std::string>{"-EUR 20 k", "EUR 0", "EUR 20 k"}));
    EXPECT_EQ(nice_ticks(0.9, 1, 2, {.quantity = Quantity::share}).labels,
              (std::vector<std::string>{"90 %", "95 %", "100 %"}));
    EXPECT_EQ(nice_ticks(0, 5000, 2, {}).labels, (std::vector<std::string>{"0", "5,000"}));
    EXPECT_EQ(nice_ticks(0, 3, 9, {.whole = true}).labels, (std::vector<std::string>{"0", "1", "2", "3"}));
}

TEST(Ticks, SurviveRangesThatAreNone) {
    for (const double low : {0.0, 5.0, -1e12, kNaN, std::numeric_limits<double>::infinity()}) {
        const Ticks ticks = nice_ticks(low, low, 5, {});
        ASSERT_GE(ticks.values.size(), 2u);
        for (const double value : ticks.values) EXPECT_TRUE(std::isfinite(value));
    }
}

// Text.

/// Widths that the faces on readers' machines have [px at size 11], DejaVu Sans and its bold among the widest: a layout
/// that measured less would let words run into each other there.
TEST(TextWidth, IsEnoughInTheFacesThatReadersHave) {
    EXPECT_GE(text_width("labour, all that a generic case counts", 11), 204.62);
    EXPECT_GE(text_width("takes away", 11), 62.41);
    EXPECT_GE(text_width("Benefit a year", 11, true), 87.50);
    EXPECT_GE(text_width("$1.23 M [1.10, 1.30]", 11, true), 125.76);
    EXPECT_LT(text_width("labour, all that a generic case counts", 11), 1.05 * 204.62);
}

/// Advances at size 1000, measured in a browser: a layout must hold in the widest face that a machine may have.
TEST(TextWidth, IsAtLeastThatOfTheWidestUsualFaces) {
    const std::string text = "Exception cycle time, slowest tenth Order promise accuracy $1.2 M (95 % interval)";
    for (const double dejavu : {41694.0, 36558.0}) EXPECT_GE(text_width(text, 1000), dejavu);  // DejaVu, Liberation
    EXPECT_GE(text_width(text, 1000, true), 46807);                                            // DejaVu Sans Bold
    EXPECT_GE(text_width("\u2026\u2212\u00D6\u0429", 1000), 1000 + 838 + 788 + 1094);
}

TEST(FitText, NeverExceedsTheRoomAndKeepsShortTexts) {
    EXPECT_EQ(fit_text("short", 100, 11), "short");
    for (const double room : {20.0, 50.0, 100.0, 200.0}) {
        const std::string fitted = fit_text("Größtes Lager der Region Südost, \u5009\u5eab", room, 11);
        EXPECT_LE(text_width(fitted, 11), room);
        EXPECT_TRUE(fitted.ends_with("\u2026"));
    }
}

}  // namespace
}  // namespace entrepot::results::charts

#include "viz/timeline/levels.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "viz/timeline/scale.hpp"
#include "viz/timeline/tracks.hpp"

namespace entrepot::viz {

namespace {

Summary by_hand(const std::vector<float>& samples, std::size_t first, std::size_t end) {
    Summary all;
    for (std::size_t i = first; i < std::min(end, samples.size()); ++i) all.take(samples[i]);
    return all;
}

void expect_same(const Summary& a, const Summary& b) {
    EXPECT_EQ(a.count, b.count);
    EXPECT_NEAR(a.sum, b.sum, 1e-6 * (1 + std::abs(b.sum)));
    EXPECT_EQ(a.low, b.low);
    EXPECT_EQ(a.high, b.high);
}

TEST(Levels, AnyStretchIsTheSumOfItsSamples) {
    std::mt19937 draw(7);
    Levels levels;
    std::vector<float> samples;
    for (std::size_t n = 0; n < 700; ++n) {
        const float sample = draw() % 9 == 0 ? std::nanf("") : static_cast<float>(draw() % 1000) - 400;
        samples.push_back(sample);
        levels.add(sample);
        for (int tries = 0; tries < 8; ++tries) {
            const std::size_t first = draw() % (n + 1), end = first + draw() % (n + 3);
            expect_same(levels.over(first, end), by_hand(samples, first, end));
        }
        expect_same(levels.over(0, n + 1), by_hand(samples, 0, n + 1));
    }
}

TEST(Levels, ASampleThatIsReplacedIsReplacedAtEveryScale) {
    std::mt19937 draw(8);
    Levels levels;
    std::vector<float> samples;
    for (int n = 0; n < 333; ++n) samples.push_back(static_cast<float>(draw() % 100)), levels.add(samples.back());
    for (int n = 0; n < 200; ++n) {
        const std::size_t at = draw() % samples.size();
        samples[at] = static_cast<float>(draw() % 500) - 250;
        levels.set(at, samples[at]);
        const std::size_t first = draw() % samples.size(), end = first + draw() % samples.size();
        expect_same(levels.over(first, end), by_hand(samples, first, end));
    }
}

TEST(Levels, NothingIsNothing) {
    Levels levels;
    EXPECT_TRUE(levels.over(0, 10).empty());
    levels.add(3);
    EXPECT_TRUE(levels.over(1, 10).empty());
    EXPECT_TRUE(levels.over(1, 0).empty());
    EXPECT_EQ(levels.over(0, 10).sum, 3);
}

HourOfAll hour_of(std::size_t hour, float filled, float wanted, float open) {
    HourOfAll told{.lane = 0, .hour = hour, .places = std::vector<Hour>(2)};
    for (Hour& place : told.places) place.fill(0);
    told.places[0][static_cast<std::size_t>(Counted::units_filled)] = filled;
    told.places[0][static_cast<std::size_t>(Counted::units_wanted)] = wanted;
    told.places[0][static_cast<std::size_t>(Counted::open_lines)] = open;
    return told;
}

const Measure& measure(std::string_view id) { return *std::ranges::find(kMeasures, id, &Measure::id); }

TEST(Tracks, ARatioIsThatOfTheSumsAndAStateItsMean) {
    Tracks tracks(2);
    tracks.take({hour_of(0, 1, 2, 10), hour_of(1, 0, 0, 20), hour_of(2, 3, 8, 60)});
    std::vector<Tracks::Bin> bins(2);
    tracks.bins(0, 0, measure("fill"), 0, 3, bins);
    EXPECT_FLOAT_EQ(bins[0].value, 0.4F);  // 4 of 10, not the mean of shares
    EXPECT_TRUE(bins[1].empty);
    tracks.bins(0, 0, measure("fill"), 1, 1, bins);
    EXPECT_TRUE(bins[0].empty) << "nothing was wanted";
    tracks.bins(0, 0, measure("open_lines"), 0, 3, bins);
    EXPECT_FLOAT_EQ(bins[0].value, 30);
    EXPECT_FLOAT_EQ(bins[0].low, 10);
    EXPECT_FLOAT_EQ(bins[0].high, 60);
}

TEST(Tracks, ARatioMayBeThatOfTheWeekUpToItsBin) {
    Tracks tracks(2);
    tracks.take({hour_of(0, 1, 2, 10), hour_of(1, 0, 1, 20), hour_of(2, 0, 0, 60)});
    std::vector<Tracks::Bin> bins(4);
    tracks.bins(0, 0, measure("fill"), 0, 1, bins, kWeekHours);
    EXPECT_FLOAT_EQ(bins[1].value, 1.0F / 3) << "not 0, as the hour alone";
    EXPECT_FLOAT_EQ(bins[2].value, 1.0F / 3) << "an hour in which nothing was wanted is no gap";
    EXPECT_TRUE(bins[3].empty) << "what has not been simulated is";
    tracks.bins(0, 0, measure("fill"), 1, 1, bins, 2);
    EXPECT_FLOAT_EQ(bins[1].value, 0) << "the window has moved on";
    tracks.bins(0, 0, measure("open_lines"), 1, 1, bins, kWeekHours);
    EXPECT_FLOAT_EQ(bins[0].value, 20) << "a state is that of its bin";
}

TEST(Tracks, AForkBeginsWithAGap) {
    Tracks tracks(2);
    HourOfAll late = hour_of(5, 1, 1, 7);
    late.lane = 3;
    tracks.take({late});
    EXPECT_EQ(tracks.hours(3), 6U);
    EXPECT_EQ(tracks.hours(0), 0U);
    std::vector<Tracks::Bin> bins(6);
    tracks.bins(3, 0, measure("open_lines"), 0, 1, bins);
    EXPECT_TRUE(bins[4].empty);
    EXPECT_FLOAT_EQ(bins[5].value, 7);
}

TEST(TimeAxis, WhatIsUnderThePointerStaysThere) {
    TimeAxis axis{0, 8000, 200, 1400};
    const double hour = axis.hour(500);
    axis.zoom(0.25, 500, 8000);
    EXPECT_NEAR(axis.hour(500), hour, 0.01);
    EXPECT_NEAR(axis.to - axis.from, 2000, 0.01);
    axis.zoom(100, 500, 8000);
    EXPECT_EQ(axis.from, 0);
    EXPECT_EQ(axis.to, 8000);
    axis.zoom(1e-9, 700, 8000);
    EXPECT_GE(axis.to - axis.from, 5.9);
}

TEST(TimeAxis, StaysWithinTheHorizon) {
    TimeAxis axis{100, 200, 0, 100};
    axis.pan(-1e6F, 8000);
    EXPECT_EQ(axis.from, 0);
    EXPECT_EQ(axis.to, 100);
    axis.pan(1e6F, 8000);
    EXPECT_EQ(axis.to, 8000);
    axis.follow(50, 8000);
    EXPECT_LE(axis.from, 50);
    EXPECT_GE(axis.to, 50);
}

TEST(TimeAxis, BinsDivideDaysOrAreDays) {
    for (const double hours_per_pixel : {0.01, 0.4, 1.0, 3.0, 7.3, 20.0, 100.0}) {
        const std::size_t hours = bin_hours(hours_per_pixel, 2);
        EXPECT_GE(static_cast<double>(hours), 2 * hours_per_pixel);
        EXPECT_TRUE(24 % hours == 0 || hours % 24 == 0) << hours;
    }
}

TEST(TimeAxis, TicksKeepTheirDistance) {
    for (const double shown : {6.0, 24.0, 500.0, 8760.0}) {
        const TimeAxis axis{40, 40 + shown, 0, 900};
        const TimeTicks all = ticks(axis, 70);
        for (std::size_t i = 1; i < all.at.size(); ++i) EXPECT_GE(axis.x(all.at[i]) - axis.x(all.at[i - 1]), 69.9F);
        EXPECT_FALSE(all.at.empty());
    }
}

}  // namespace

}  // namespace entrepot::viz

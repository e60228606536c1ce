#include "viz/app/benchmark.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <numeric>

#include <fmt/format.h>

#include "models/network/calendar.hpp"
#include "viz/app/app.hpp"
#include "viz/platform/picture.hpp"
#include "viz/views/bands.hpp"

namespace entrepot::viz {

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point began) {
    return std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

double quantile(std::vector<double> values, double p) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))];
}

/// Peak memory of this program [MB], as Linux tells it.
double peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    }
    return 0;
}

/// A year of 6 sites and 20 series in each hour, drawn at once in a window of 1600 pixels: reading the sums, and the
/// draw list.
std::vector<double> time_bands() {
    constexpr std::size_t kSites = 6, kSeries = 20, kHours = 8760;
    Tracks tracks(kSites);
    std::uint32_t draw = 1;
    for (std::size_t hour = 0; hour < kHours; ++hour) {
        HourOfAll told{.lane = 0, .hour = hour, .places = std::vector<Hour>(kSites)};
        for (Hour& place : told.places) {
            for (float& value : place) value = static_cast<float>((draw = draw * 1664525 + 1013904223) >> 22);
        }
        tracks.take({told});
    }
    Session session;
    session.tracks = std::move(tracks);
    Look look;
    look.lanes.push_back({});
    Selection selection;
    TimeAxis axis{0, kHours, 236, 1586};
    const Theme theme = dark_theme();
    const Fonts fonts;
    const Frame frame{session, &look, selection, axis, theme, fonts, 1};
    std::vector<Band> list;
    for (std::size_t site = 0; site < kSites; ++site) {
        for (std::size_t m = 0; m < kSeries; ++m) {
            list.push_back({&kMeasures[m], 0, site, static_cast<float>(list.size()) * 22, 22});
        }
    }
    Bands bands;
    ImDrawList drawn(ImGui::GetDrawListSharedData());  // kept from frame to frame, as a window's is
    std::vector<double> times;
    for (int i = 0; i < 60; ++i) {
        axis.from = i, axis.to = kHours - 60 + i;  // on the move: nothing can be kept
        drawn._ResetForNewFrame();
        drawn.PushClipRectFullScreen();
        drawn.PushTextureID(ImGui::GetIO().Fonts->TexID);
        const Painter paint(&drawn, theme, fonts, 1);
        const auto began = Clock::now();
        bands.compute(frame, list, 0, 1e6F);
        bands.draw(frame, paint);
        times.push_back(milliseconds_since(began));
    }
    return times;
}

/// Frames while all strategies run at a speed, and how fast they then were.
void run_at(App& app, int width, int height, double speed, const std::string& words) {
    constexpr int kFrames = 200;
    Engine& engine = *app.session().engine;
    engine.go_to(sim::kStart + sim::days{20});  // orders have begun
    engine.settle();
    engine.set_speed(speed);
    engine.run(true);
    const models::Time from = engine.look()->now;
    const auto began = Clock::now();
    app.letters_lost();
    const std::vector<double> frames = time_frames(app, width, height, kFrames);
    const double seconds = milliseconds_since(began) / 1000;
    engine.run(false);
    engine.settle();
    const double days = sim::in<sim::days>(engine.look()->now - from);
    fmt::print(
        "{}x{}, {} strategies running {}: {:.1f} frames a second ({:.1f} ms, 95 % within {:.1f}), {:.1f} days a "
        "second\n",
        width, height, engine.look()->lanes.size(), words, 1000 / quantile(frames, 0.5), quantile(frames, 0.5),
        quantile(frames, 0.95), days / seconds);
    std::fflush(stdout);
}

/// How long it takes until a moment is shown [ms].
double jump(Engine& engine, models::Time moment) {
    const auto asked = Clock::now();
    engine.go_to(moment);
    engine.settle();
    return milliseconds_since(asked);
}

}  // namespace

int run_benchmark(App& app, int width, int height) {
    if (!app.session().ready()) return 3;
    Engine& engine = *app.session().engine;
    app.prepare();
    const std::vector<double> bands = time_bands();
    fmt::print("time line, 1 year x 6 sites x 20 series: {:.2f} ms a frame, 95 % within {:.2f}\n", quantile(bands, 0.5),
               quantile(bands, 0.95));

    std::fflush(stdout);
    run_at(app, width, height, 10, "at 10 days a second");
    run_at(app, width, height, 0, "as fast as they can");
    app.show("case");
    run_at(app, width, height, 10, "at 10 days a second, a case open");

    engine.go_to(engine.look()->end);
    engine.settle();
    std::vector<double> jumps, days_back;
    const double last = sim::in<sim::days>(engine.look()->end.time_since_epoch());
    for (int i = 1; i <= 20; ++i) {
        const double day = last * static_cast<double>((i * 7) % 20) / 20 + 1.3;
        const models::Time moment = sim::kStart + sim::from_real<sim::days>(day);
        jumps.push_back(jump(engine, moment));
        days_back.push_back(jump(engine, moment - sim::days{1}));
    }
    fmt::print(
        "to any moment of {:.0f} days: {:.0f} ms, at most {:.0f}; a day back: {:.0f} ms, at most {:.0f}; worlds kept: "
        "{} MB; peak memory {:.0f} MB\n",
        last, quantile(jumps, 0.5), quantile(jumps, 1), quantile(days_back, 0.5), quantile(days_back, 1),
        engine.look()->kept_bytes >> 20, peak_memory());
    return 0;
}

}  // namespace entrepot::viz

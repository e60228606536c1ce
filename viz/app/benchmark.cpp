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

}  // namespace

int run_benchmark(App& app, int width, int height) {
    if (!app.session().ready()) return 3;
    Engine& engine = *app.session().engine;
    app.prepare();
    const std::vector<double> bands = time_bands();
    fmt::print("time line, 1 year x 6 sites x 20 series: {:.2f} ms a frame, 95 % within {:.2f}\n", quantile(bands, 0.5),
               quantile(bands, 0.95));

    std::fflush(stdout);
    engine.set_speed(0);
    engine.run(true);
    const models::Time from = engine.look()->now;
    const auto began = Clock::now();
    constexpr int kFrames = 200;
    app.letters_lost();
    const std::vector<double> frames = time_frames(app, width, height, kFrames);
    const double seconds = milliseconds_since(began) / 1000;
    const double days = sim::in<sim::days>(engine.look()->now - from);
    fmt::print(
        "{}x{}, {} strategies running as fast as they can: {:.1f} frames a second ({:.1f} ms, 95 % within {:.1f}), "
        "{:.1f} days a second\n",
        width, height, engine.look()->lanes.size(), 1000 / quantile(frames, 0.5), quantile(frames, 0.5),
        quantile(frames, 0.95), days / seconds);

    std::fflush(stdout);
    engine.run(false);
    engine.go_to(engine.look()->end);
    engine.settle();
    std::vector<double> jumps;
    const double last = sim::in<sim::days>(engine.look()->end.time_since_epoch());
    for (int i = 1; i <= 20; ++i) {
        const double day = last * static_cast<double>((i * 7) % 20) / 20 + 0.3;
        const auto asked = Clock::now();
        engine.go_to(sim::kStart + sim::from_real<sim::days>(day));
        engine.settle();
        jumps.push_back(milliseconds_since(asked));
    }
    fmt::print("to any moment of {:.0f} days: {:.0f} ms, at most {:.0f}; worlds kept: {} MB; peak memory {:.0f} MB\n",
               last, quantile(jumps, 0.5), quantile(jumps, 1), engine.look()->kept_bytes >> 20, peak_memory());
    return 0;
}

}  // namespace entrepot::viz

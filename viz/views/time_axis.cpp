#include "viz/views/time_axis.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace entrepot::viz {

namespace {

constexpr float kDates = 20, kRow = 17, kTick = 74;

/// Happenings that overlap stand in rows below each other; the row of each.
std::vector<int> rows_of(const std::vector<Happening>& all) {
    std::vector<double> ends;
    std::vector<int> rows;
    for (const Happening& h : all) {
        const auto free = std::ranges::find_if(ends, [&](double end) { return end <= h.from; });
        rows.push_back(static_cast<int>(free - ends.begin()));
        if (free == ends.end()) ends.push_back(0);
        ends[static_cast<std::size_t>(rows.back())] = h.end;
    }
    return rows;
}

int row_count(const std::vector<Happening>& all) {
    const std::vector<int> rows = rows_of(all);
    return rows.empty() ? 0 : 1 + *std::ranges::max_element(rows);
}

ImU32 colour_of(const Happening& h, const Theme& theme) {
    switch (h.kind) {
        case Happening::Kind::phase:
            return theme.edge;
        case Happening::Kind::demand:
            return faded(theme.accent, 0.7F);
        case Happening::Kind::disturbance:
            return theme.warn;
    }
    return theme.edge;
}

}  // namespace

float time_axis_height(const Frame& frame) {
    return (kDates + kRow * static_cast<float>(row_count(frame.session.happenings))) * frame.scale;
}

std::string tick_text(const Frame& frame, double hour, double step) {
    const int day = static_cast<int>(std::floor(hour / 24));
    const int day_of_window = frame.clock().days().of(day);
    const std::string date = frame.clock().days().short_date(day_of_window);
    const std::string text = date.empty() ? fmt::format("day {}", day_of_window) : date;
    const int of_day = static_cast<int>(hour - 24.0 * day);
    return step >= 24 || of_day == 0 ? text : fmt::format("{:02}:00", of_day);
}

float dates_height(const Frame& frame) { return kDates * frame.scale; }

void draw_dates(const Frame& frame, const Painter& paint, float top) {
    const Theme& t = frame.theme;
    const TimeAxis& axis = frame.axis;
    const TimeTicks all = ticks(axis, static_cast<double>(paint.px(kTick)));
    for (const double hour : all.at) {
        const float x = axis.x(hour);
        paint.line({x, top + paint.px(14)}, {x, top + paint.px(kDates)}, t.faint);
        if (x + paint.px(kTick * 0.7F) > axis.right) continue;
        paint.text({x + paint.px(3), top + paint.px(2)}, t.muted, tick_text(frame, hour, all.step), paint.fonts.small);
    }
}

void draw_time_axis(const Frame& frame, const Painter& paint, float top) {
    const Theme& t = frame.theme;
    const TimeAxis& axis = frame.axis;
    draw_dates(frame, paint, top);
    const std::vector<int> rows = rows_of(frame.session.happenings);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Happening& h = frame.session.happenings[i];
        const float y = top + paint.px(kDates + kRow * static_cast<float>(rows[i]));
        const float left = std::max(axis.left, axis.x(h.from)),
                    right = std::min(axis.right, std::max(axis.x(h.end), axis.x(h.from) + paint.px(3)));
        if (right <= left) continue;
        const ImU32 colour = colour_of(h, t);
        paint.box({left, y + 1}, {right - 1, y + paint.px(kRow) - 2},
                  faded(colour, h.kind == Happening::Kind::phase ? 0.55F : 0.32F), 2);
        paint.box({left, y + 1}, {left + paint.px(2), y + paint.px(kRow) - 2}, colour);
        const std::string sign = h.kind == Happening::Kind::disturbance ? "\u25b2 " : "";
        float room = axis.right;  // a name may go beyond its span as far as nothing else stands there
        for (std::size_t j = 0; j < rows.size(); ++j) {
            const Happening& other = frame.session.happenings[j];
            if (rows[j] == rows[i] && other.from > h.from) room = std::min(room, axis.x(other.from));
        }
        const std::string name =
            Painter::fitted(sign + h.name, std::max(right, room) - left - paint.px(7), paint.fonts.small);
        if (name.size() > 3 || !sign.empty()) paint.text({left + paint.px(5), y}, t.ink, name, paint.fonts.small);
        const bool over = mouse.x >= left && mouse.x < right && mouse.y >= y && mouse.y < y + paint.px(kRow);
        if (over && ImGui::IsWindowHovered()) {
            ImGui::SetTooltip("%s\n%s to %s", h.text.c_str(), tick_text(frame, h.from, 24).c_str(),
                              tick_text(frame, h.end - 24, 24).c_str());
        }
    }
}

void draw_time_ground(const Frame& frame, const Painter& paint, float top, float bottom) {
    const Theme& t = frame.theme;
    const TimeAxis& axis = frame.axis;
    const auto span = [&](double from, double to, ImU32 colour) {
        const float left = std::max(axis.left, axis.x(from)), right = std::min(axis.right, axis.x(to));
        if (right > left) paint.box({left, top}, {right, bottom}, colour);
    };
    for (const Happening& h : frame.session.happenings) {
        if (h.kind != Happening::Kind::phase) span(h.from, h.end, t.shade);
    }
    const models::Calendar& calendar = frame.network().calendar;
    span(0, 24.0 * calendar.warmup_days, faded(t.ground, 0.6F));
    span(24.0 * (calendar.warmup_days + calendar.measure_days), 24.0 * calendar.total_days(), faded(t.ground, 0.6F));
    for (const double hour : ticks(axis, static_cast<double>(paint.px(kTick))).at) {
        paint.line({axis.x(hour), top}, {axis.x(hour), bottom}, t.grid);
    }
    const double reached = sim::in<sim::hours>(frame.look->reached.time_since_epoch());
    const float x = std::max(axis.left, axis.x(reached));
    if (x < axis.right) {
        for (float at = x + paint.px(8); at < axis.right; at += paint.px(16)) {
            paint.line({at, top}, {at, bottom}, faded(t.grid, 0.5F));
        }
    }
}

}  // namespace entrepot::viz

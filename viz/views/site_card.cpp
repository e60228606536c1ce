#include "viz/views/site_card.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "results/text/digits.hpp"

namespace entrepot::viz {

namespace {

constexpr float kPad = 8;

std::string title_of(const Frame& frame, models::SiteId site) {
    const auto& parts = frame.session.loaded->scenario.sites;
    const std::string& name = frame.network().sites[site].name;
    for (const auto& [key, part] : parts) {
        if (key == name) return part.caption.title;
    }
    return "";
}

/// Purchase lines by the day on which they will come: the site is at the left, a month ahead at the right.
void draw_inbound(const Painter& paint, const Inbound& inbound, ImVec2 from, ImVec2 to) {
    const Theme& t = paint.theme;
    const float y = to.y - paint.px(3), step = (to.x - from.x) / static_cast<float>(kInboundDays);
    paint.line({from.x, y}, {to.x, y}, t.edge);
    paint.arrow({from.x + paint.px(1), y}, {-1, 0}, t.edge, 4);
    std::int32_t most = 1;
    for (std::size_t d = 0; d + 1 < kInboundDays; ++d) most = std::max(most, inbound.lines[d]);
    for (std::size_t d = 0; d + 1 < kInboundDays; ++d) {
        if (inbound.lines[d] == 0) continue;
        const float height = (y - from.y) * std::sqrt(static_cast<float>(inbound.lines[d]) / static_cast<float>(most));
        const float late = height * static_cast<float>(inbound.late[d]) / static_cast<float>(inbound.lines[d]);
        const float x = from.x + (static_cast<float>(d) + 0.5F) * step, half = std::max(1.0F, step * 0.35F);
        paint.box({x - half, y - height}, {x + half, y}, t.muted);
        if (late > 0) paint.box({x - half, y - height}, {x + half, y - height + late}, t.warn);
    }
}

/// A bar of open lines, of which the late ones are marked.
void draw_backlog(const Painter& paint, const SiteScene& s, ImVec2 from, ImVec2 to) {
    const Theme& t = paint.theme;
    // A full bar is two days' lines of six people: what a site can have open and still be well.
    const float open = static_cast<float>(s.open_lines), late = static_cast<float>(s.past_due);
    const float share = open > 0 ? late / open : 0;
    paint.box(from, to, t.grid, 2);
    if (share > 0) paint.box(from, {from.x + std::max(paint.px(2), (to.x - from.x) * share), to.y}, t.bad, 2);
}

void row(const Painter& paint, ImVec2 at, float right, const std::string& words, ImU32 colour) {
    paint.text(at, colour, Painter::fitted(words, right - at.x, paint.fonts.small), paint.fonts.small);
}

}  // namespace

ImVec2 card_size(Detail detail, float scale) {
    switch (detail) {
        case Detail::name:
            return {120 * scale, 22 * scale};
        case Detail::little:
            return {132 * scale, 60 * scale};
        case Detail::all:
            break;
    }
    return {216 * scale, 135 * scale};
}

void draw_card(const Frame& frame, const Painter& paint, const Box& box, models::SiteId site, const CardLook& look) {
    const Theme& t = frame.theme;
    const SiteScene& s = frame.lane().scene.sites[site.index()];
    const float left = box.from.x + paint.px(kPad + 4), right = box.to.x - paint.px(kPad);
    paint.box(box.from, box.to, t.raised, 4);
    paint.box(box.from, {box.from.x + paint.px(5), box.to.y}, cover_colour(t, s.cover()), 2);
    paint.frame(box.from, box.to, look.followed ? t.accent : t.edge, 4, look.followed ? 2 : 1);
    if (look.focused) paint.frame({box.from.x - 3, box.from.y - 3}, {box.to.x + 3, box.to.y + 3}, t.accent, 5, 1);

    float y = box.from.y + paint.px(look.detail == Detail::name ? 1 : 5);
    const std::string cover = fmt::format("{:.0f} d", s.cover());
    const float chip = Painter::width(cover, paint.fonts.bold);
    paint.text({right, y}, t.ink, cover, paint.fonts.bold, Align::right);
    const bool marked = look.detail == Detail::name && !look.troubles.empty();
    const std::string full = (marked ? "\u25b2 " : "") + frame.network().sites[site].name;
    const float name = paint.text(
        {left, y}, t.ink, Painter::fitted(full, right - chip - paint.px(6) - left, paint.fonts.bold), paint.fonts.bold);
    if (look.detail == Detail::name) return;
    if (look.detail == Detail::all) {
        row(paint, {left + name + paint.px(6), y + paint.px(2)}, right - chip - paint.px(6), title_of(frame, site),
            t.muted);
    }
    y += paint.px(22);
    const float line = paint.px(17);
    const float backlog = paint.px(50);  // of its bar
    const bool little = look.detail == Detail::little;
    const std::string past_due = count_text(s.past_due), open = count_text(s.open_lines);
    const std::string late =
        Painter::first_fitting({fmt::format("{} late of {} lines", past_due, open),
                                fmt::format("{} late of {}", past_due, open), fmt::format("{} late", past_due)},
                               right - left - (little ? 0 : backlog), paint.fonts.small);
    if (little) {
        row(paint, {left, y}, right, late, s.past_due > 0 ? t.bad : t.muted);
        row(paint, {left, y + line}, right,
            fmt::format("{} out{}", s.items_out, s.on_overtime > 0 ? fmt::format(", {} overtime", s.on_overtime) : ""),
            t.muted);
    } else {
        const std::string season = s.seasonal_daily > 0 ? fmt::format("season {:.0f} d, ", s.seasonal_cover()) : "";
        row(paint, {left, y}, right,
            fmt::format("{}{} out", season, results::counted(static_cast<std::size_t>(s.items_out), "item")), t.muted);
        y += line;
        row(paint, {left, y}, right, late, s.past_due > 0 ? t.ink : t.muted);
        draw_backlog(paint, s, {right - paint.px(44), y + paint.px(5)}, {right, y + paint.px(11)});
        y += line;
        const std::string over = s.on_overtime > 0 ? fmt::format(" + {} overtime", s.on_overtime) : "";
        const std::string dock = count_text(s.dock), staged = count_text(s.staged);
        row(paint, {left, y}, right,
            Painter::first_fitting({fmt::format("{} pick{}, dock {}, out {}", s.on_duty, over, dock, staged),
                                    fmt::format("{}+{} pick, dock {}, out {}", s.on_duty, s.on_overtime, dock, staged)},
                                   right - left, paint.fonts.small),
            s.on_overtime > 0 ? t.warn : t.muted);
        y += line;
        paint.arrow({left + paint.px(4), y + paint.px(8)}, {1, 0}, s.on_the_road > 0 ? t.good : t.faint, 4);
        row(paint, {left + paint.px(13), y}, right,
            fmt::format("{} on the road to customers", count_text(s.on_the_road)), t.muted);
        y += line + paint.px(2);
        draw_inbound(paint, s.inbound, {left, y}, {right, box.to.y - paint.px(5)});
    }
    float x = box.from.x;
    for (const Happening* trouble : look.troubles) {
        const std::string words =
            Painter::fitted("\u25b2 " + trouble->name, box.to.x - x - paint.px(10), paint.fonts.small);
        if (words.empty()) break;  // the tooltip has all
        const float wide = Painter::width(words, paint.fonts.small) + paint.px(10);
        const ImVec2 from{x, box.from.y - paint.px(19)};
        paint.box(from, {x + wide, from.y + paint.px(17)}, t.warn, 3);
        paint.text({from.x + paint.px(5), from.y + paint.px(1)}, t.ground, words, paint.fonts.small);
        x += wide + paint.px(4);
    }
}

void site_tooltip(const Frame& frame, models::SiteId site) {
    const SiteScene& s = frame.lane().scene.sites[site.index()];
    const auto say = [](const std::string& text) { ImGui::TextUnformatted(text.c_str()); };
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(460 * frame.scale);
    ImGui::PushFont(frame.fonts.bold);
    say(fmt::format("{} {}", frame.network().sites[site].name, title_of(frame, site)));
    ImGui::PopFont();
    say(fmt::format("{} units on hand, {:.1f} days of usual demand; the record says {}",
                    count_text(static_cast<double>(s.on_hand)), s.cover(),
                    count_text(static_cast<double>(s.on_record))));
    say(fmt::format("{} items with demand are out of stock; {} have nothing free on the record", s.items_out,
                    s.items_short_on_record));
    say(fmt::format("{} order lines open: {} past due, {} wait for stock, {} for a picker", count_text(s.open_lines),
                    count_text(s.past_due), count_text(s.waiting_stock), count_text(s.released + s.in_wave)));
    say(fmt::format("{} pickers on duty, {} on overtime, {} picking; {} loads at the dock, {} being unloaded",
                    s.on_duty, s.on_overtime, s.picking, s.dock, s.receiving));
    say(fmt::format("{} shipments wait for a carrier, {} are on the road", count_text(s.staged),
                    count_text(s.on_the_road)));
    say(fmt::format("{} purchase lines to come, {} of them late, {} units", count_text(s.inbound.all_lines),
                    count_text(s.inbound.all_late), count_text(static_cast<double>(s.inbound.units))));
    for (const Happening& h : frame.session.happenings) {
        const double hour = sim::in<sim::hours>(frame.look->now.time_since_epoch());
        if (h.kind == Happening::Kind::disturbance && h.site == static_cast<int>(site.index()) && h.holds(hour))
            say(h.text);
    }
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

}  // namespace entrepot::viz

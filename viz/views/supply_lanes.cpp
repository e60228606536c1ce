#include "viz/views/supply_lanes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace entrepot::viz {

namespace {

constexpr float kChipHeight = 20;
constexpr std::size_t kDaysOfMark = 3;

struct Segment {
    std::string name;
    std::int32_t lines = 0, late = 0;
    Box chip;
};

std::vector<Segment> segments_of(const Frame& frame) {
    const Segments all(frame.network());
    std::vector<Segment> segments;
    for (const std::string& name : all.names) segments.push_back({.name = name, .chip = {}});
    for (const PurchaseLane& lane : frame.lane().scene.flows.purchases) {
        if (frame.selection.site >= 0 && frame.selection.site != lane.site) continue;
        segments[lane.segment].lines += lane.all_lines;
        segments[lane.segment].late += lane.all_late;
    }
    return segments;
}

/// Where the way from a segment's chip enters a card.
Way way_of(const Box& chip, const Box& card) {
    const Way way = way_between({chip.from, {chip.to.x, chip.to.y}}, card, 0);
    return {{chip.centre().x, chip.to.y}, way.to};
}

void draw_goods(const Frame& frame, const Painter& paint, const PurchaseLane& lane, const Way& way, bool strong) {
    const Theme& t = frame.theme;
    const float reach = std::max(1.0F, std::hypot(way.to.x - way.from.x, way.to.y - way.from.y));
    for (std::size_t day = 0; day + 1 < kDaysAhead; day += kDaysOfMark) {
        std::int32_t lines = 0, late = 0;
        for (std::size_t d = day; d < std::min(day + kDaysOfMark, kDaysAhead - 1); ++d) {
            lines += lane.lines[d];
            late += lane.late[d];
        }
        if (lines == 0) continue;
        const float left = (static_cast<float>(day) + 0.5F * kDaysOfMark) / static_cast<float>(kDaysAhead);
        const float size = 1.6F + std::min(3.0F, std::log2(1 + static_cast<float>(lines)) * 0.5F);
        const ImVec2 at = way.at(static_cast<double>(1 - left) * 0.98);
        if (reach * left < paint.px(3)) continue;
        const ImU32 colour = 2 * late > lines ? t.warn : t.muted;
        paint.list->AddCircleFilled(at, paint.px(size), faded(colour, strong ? 1 : 0.75F), 10);
    }
}

}  // namespace

float supply_height(const Frame& frame) {
    return frame.network().suppliers.empty() ? 0 : (kChipHeight + 8) * frame.scale;
}

void draw_supply_lanes(const Frame& frame, const Painter& paint, const Map& map, const Box& row) {
    if (frame.network().suppliers.empty()) return;
    const Theme& t = frame.theme;
    std::vector<Segment> segments = segments_of(frame);
    const float step = (row.to.x - row.from.x) / static_cast<float>(segments.size());
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        Segment& s = segments[i];
        const std::string all =
            s.late > 0 ? fmt::format("{}: {} lines, {} late", s.name, count_text(s.lines), count_text(s.late))
                       : fmt::format("{}: {} lines", s.name, count_text(s.lines));
        texts.push_back(Painter::fitted(all, step - paint.px(24), paint.fonts.small));
        const float wide = Painter::width(texts.back(), paint.fonts.small) + paint.px(12);
        const float middle = row.from.x + step * (static_cast<float>(i) + 0.5F);
        s.chip = {{middle - wide / 2, row.from.y}, {middle + wide / 2, row.from.y + paint.px(kChipHeight)}};
    }
    const bool followed = frame.selection.site >= 0;
    for (const PurchaseLane& lane : frame.lane().scene.flows.purchases) {
        if (followed && frame.selection.site != lane.site) continue;
        const Way way = way_of(segments[lane.segment].chip, map.cards[lane.site]);
        paint.line(way.from, way.to, faded(t.faint, followed ? 0.7F : 0.28F), 1);
        draw_goods(frame, paint, lane, way, followed);
    }
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Segment& s = segments[i];
        paint.box(s.chip.from, s.chip.to, t.raised, 3);
        paint.frame(s.chip.from, s.chip.to, s.late > 0 ? t.warn : t.edge, 3);
        paint.text({s.chip.from.x + paint.px(6), s.chip.from.y + paint.px(2)}, t.ink, texts[i], paint.fonts.small);
        const bool over =
            mouse.x >= s.chip.from.x && mouse.x < s.chip.to.x && mouse.y >= s.chip.from.y && mouse.y < s.chip.to.y;
        if (!over || !ImGui::IsWindowHovered()) continue;
        std::string by_site;
        for (const PurchaseLane& lane : frame.lane().scene.flows.purchases) {
            if (lane.segment != i) continue;
            by_site += fmt::format("\n{}: {} lines, {} late, {} units",
                                   frame.network().sites[models::SiteId{lane.site}].name, count_text(lane.all_lines),
                                   count_text(lane.all_late), count_text(static_cast<double>(lane.units)));
        }
        ImGui::SetTooltip("Purchase lines from suppliers of the segment %s%s", s.name.c_str(), by_site.c_str());
    }
}

}  // namespace entrepot::viz

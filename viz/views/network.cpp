#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "viz/views/map.hpp"
#include "viz/views/registry.hpp"
#include "viz/views/site_card.hpp"
#include "viz/views/supply_lanes.hpp"

namespace entrepot::viz {

namespace {

/// The warehouses on a map: stock cover by colour, what is late, who works, and what moves between them.
class NetworkView final : public View {
public:
    std::string_view name() const override { return "network"; }
    std::string_view title() const override { return "Network"; }
    std::string_view hint() const override {
        return "Each card is a warehouse where it lies: its colour says for how many days the stock lasts. Dots are "
               "purchase lines on their way, triangles trucks between warehouses. Click a card to follow the warehouse "
               "in all views.";
    }
    void draw(Frame& frame) override;

private:
    void draw_head(const Frame& frame) const;
    void draw_foot(const Frame& frame, const Painter& paint, const Box& area) const;
    void draw_trucks(const Frame& frame, const Painter& paint, const Map& map) const;
    void draw_cards(Frame& frame, const Painter& paint, const Map& map, Detail detail) const;
};

double hour_of(const Frame& frame) { return sim::in<sim::hours>(frame.look->now.time_since_epoch()); }

constexpr float kAbove = 20;  ///< of a card with a disturbance: its name stands there

/// Where the cards are, and what they say: as much as there is room for without one on another.
struct Laid {
    Map map;
    Detail detail = Detail::name;
    bool in_rows = false;
};

Laid lay_out_cards(const Frame& frame, const Box& area) {
    const bool disturbed = std::ranges::any_of(frame.session.happenings, [](const Happening& h) {
        return h.kind == Happening::Kind::disturbance && h.site >= 0;
    });
    for (const Detail detail : {Detail::all, Detail::little, Detail::name}) {
        const float above = disturbed && detail != Detail::name ? kAbove * frame.scale : 0;
        Map map = lay_out(frame.network(), {{area.from.x, area.from.y + above}, area.to},
                          card_size(detail, frame.scale), above);
        if (!map.crowded()) return {std::move(map), detail, false};
    }
    return {lay_out_in_rows(frame.network(), area, card_size(Detail::name, frame.scale)), Detail::name, true};
}

void NetworkView::draw(Frame& frame) {
    draw_head(frame);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const bool low = room.y < 200 * frame.scale;  // then the warehouses have the room to themselves
    const float foot = frame.scale * (low ? 24.0F : room.x > 860 * frame.scale ? 46.0F : 64.0F);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const Box area{from, {from.x + std::max(room.x, 60.0F), from.y + std::max(60.0F, room.y - foot)}};
    const Painter paint = frame.painter();
    const float rim = paint.px(low ? 2 : 8), supply = low ? 0 : supply_height(frame);
    const Laid laid =
        lay_out_cards(frame, {{area.from.x + rim, area.from.y + rim + supply}, {area.to.x - rim, area.to.y - rim}});
    const auto& [map, detail, in_rows] = laid;
    paint.list->PushClipRect(area.from, area.to, true);
    draw_graticule(map, paint);
    if (!low && !in_rows)
        draw_supply_lanes(frame, paint, map,
                          {{area.from.x + rim, area.from.y + paint.px(2)}, {area.to.x - rim, area.from.y + supply}});
    if (!in_rows) draw_trucks(frame, paint, map);
    draw_cards(frame, paint, map, detail);
    paint.list->PopClipRect();
    draw_foot(frame, paint, {{area.from.x, area.to.y}, {area.to.x, area.to.y + foot}});
    ImGui::SetCursorScreenPos({area.from.x, area.to.y});
    ImGui::Dummy({area.to.x - area.from.x, foot - 1});
}

void NetworkView::draw_head(const Frame& frame) const {
    const LaneLook& lane = frame.lane();
    ImGui::PushFont(frame.fonts.bold);
    ImGui::TextUnformatted(fmt::format("{} {}", lane.strategy, lane.title).c_str());
    ImGui::PopFont();
    std::string elsewhere;
    for (const Happening& h : frame.session.happenings) {
        const bool here = h.kind != Happening::Kind::phase && h.site < 0 && h.holds(hour_of(frame));
        if (here) elsewhere += (elsewhere.empty() ? "" : "   ") + std::string("\u25b2 ") + h.text;
    }
    if (elsewhere.empty()) return;
    ImGui::SameLine();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x;
    const Painter paint = frame.painter();
    paint.text({at.x + paint.px(8), at.y + paint.px(2)}, frame.theme.warn,
               Painter::fitted(elsewhere, room - paint.px(8), frame.fonts.small), frame.fonts.small);
    ImGui::NewLine();
}

void NetworkView::draw_trucks(const Frame& frame, const Painter& paint, const Map& map) const {
    const Theme& t = frame.theme;
    const auto& trucks = frame.lane().scene.trucks;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    for (const TruckScene& truck : trucks) {
        const Way way = way_between(map.cards[truck.from], map.cards[truck.to], paint.px(5));
        paint.line(way.from, way.to, faded(t.muted, 0.35F), 1.5F);
    }
    for (const TruckScene& truck : trucks) {
        const Way way = way_between(map.cards[truck.from], map.cards[truck.to], paint.px(5));
        const ImVec2 at = way.at(truck.way);
        const float size = 4 + std::min(5.0F, std::log2(1 + static_cast<float>(truck.lines)) * 0.8F);
        paint.arrow(at, {way.to.x - way.from.x, way.to.y - way.from.y}, truck.urgent ? t.bad : t.accent, size);
        if (std::hypot(mouse.x - at.x, mouse.y - at.y) > paint.px(9) || !ImGui::IsWindowHovered()) continue;
        ImGui::SetTooltip("%s", fmt::format("{} to {}{}: {} lines, {} units, arrives {}",
                                            frame.network().sites[models::SiteId{truck.from}].name,
                                            frame.network().sites[models::SiteId{truck.to}].name,
                                            truck.urgent ? ", a dedicated truck" : "", truck.lines, truck.units,
                                            frame.clock().short_moment(truck.arrives))
                                    .c_str());
    }
}

void NetworkView::draw_cards(Frame& frame, const Painter& paint, const Map& map, Detail detail) const {
    if (map.cards.size() < frame.network().sites.size()) {
        paint.text({map.area.to.x, map.area.to.y - paint.px(14)}, frame.theme.muted,
                   fmt::format("+ {} more", frame.network().sites.size() - map.cards.size()), paint.fonts.small,
                   Align::right);
    }
    for (std::size_t i = 0; i < map.cards.size(); ++i) {
        const Box& box = map.cards[i];
        const models::SiteId site{i};
        const ImVec2 place = map.places[i];
        const bool outside = place.x < box.from.x || place.x > box.to.x || place.y < box.from.y || place.y > box.to.y;
        if (outside) paint.line(place, box.centre(), faded(frame.theme.muted, 0.6F), 1);
        if (outside) paint.list->AddCircleFilled(place, paint.px(3), frame.theme.muted);
        ImGui::SetCursorScreenPos(box.from);
        ImGui::PushID(static_cast<int>(i));
        const bool clicked = ImGui::InvisibleButton("site", {box.to.x - box.from.x, box.to.y - box.from.y});
        CardLook look{.detail = detail,
                      .followed = frame.selection.site == static_cast<int>(i),
                      .focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible};
        for (const Happening& h : frame.session.happenings) {
            const bool here = h.kind == Happening::Kind::disturbance && h.site == static_cast<int>(i);
            if (here && h.holds(hour_of(frame))) look.troubles.push_back(&h);
        }
        draw_card(frame, paint, box, site, look);
        if (ImGui::IsItemHovered()) site_tooltip(frame, site);
        if (clicked) frame.selection.site = look.followed ? -1 : static_cast<int>(i);
        ImGui::PopID();
    }
}

/// Headquarters in numbers, and what the colours mean.
void NetworkView::draw_foot(const Frame& frame, const Painter& paint, const Box& area) const {
    const Theme& t = frame.theme;
    const Scene& s = frame.lane().scene;
    const auto desk = [](const char* who, const DeskScene& d) {
        return fmt::format("{} {} of {} busy, {} waiting", who, d.busy, d.staff, count_text(d.waiting()));
    };
    const auto short_desk = [](const char* who, const DeskScene& d) {
        return fmt::format("{} {}/{}, {} wait", who, d.busy, d.staff, count_text(d.waiting()));
    };
    const std::string approvals = count_text(s.approvals), purchases = count_text(s.purchases_open),
                      overdue = count_text(s.purchases_overdue), transfers = count_text(s.transfers_open);
    const std::string hq =
        fmt::format("Headquarters: {}   {}   {} approvals   {} purchase lines open, {} overdue   {} transfers",
                    desk("planners", s.desk(models::Role::planner)),
                    desk("agents", s.desk(models::Role::service_agent)), approvals, purchases, overdue, transfers);
    const std::string shorter = fmt::format("HQ: {}   {}   {} approvals   {} purchases, {} overdue   {} transfers",
                                            short_desk("planners", s.desk(models::Role::planner)),
                                            short_desk("agents", s.desk(models::Role::service_agent)), approvals,
                                            purchases, overdue, transfers);
    const std::string shortest =
        fmt::format("HQ: {}   {}   {} purchases, {} overdue", short_desk("pl.", s.desk(models::Role::planner)),
                    short_desk("ag.", s.desk(models::Role::service_agent)), purchases, overdue);
    float y = area.from.y + paint.px(4);
    paint.text(
        {area.from.x + paint.px(4), y}, t.ink,
        Painter::first_fitting({hq, shorter, shortest}, area.to.x - area.from.x - paint.px(8), paint.fonts.small),
        paint.fonts.small);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (mouse.x >= area.from.x && mouse.x < area.to.x && mouse.y >= y && mouse.y < y + paint.px(18) &&
        ImGui::IsWindowHovered()) {
        ImGui::SetTooltip("%s", hq.c_str());
    }
    y += paint.px(20);
    if (y + paint.px(14) > area.to.y) return;
    float x = area.from.x + paint.px(4);
    const auto word = [&](const std::string& text, ImU32 colour) {
        x += paint.text({x, y}, colour, text, paint.fonts.small) + paint.px(8);
    };
    word("Stock lasts", t.muted);
    for (std::size_t i = 0; i < t.cover.size(); ++i) {
        const std::string range = i == 0 ? fmt::format("< {:.0f} d", kCoverDays[0])
                                  : i == kCoverDays.size()
                                      ? fmt::format("> {:.0f} d", kCoverDays.back())
                                      : fmt::format("{:.0f}\u2013{:.0f} d", kCoverDays[i - 1], kCoverDays[i]);
        paint.box({x, y + paint.px(2)}, {x + paint.px(12), y + paint.px(14)}, t.cover[i], 2);
        x += paint.px(16);
        word(range, t.muted);
    }
    const float rest =
        Painter::width("   truck    dedicated truck    purchase lines, late", paint.fonts.small) + paint.px(80);
    if (x + rest > area.to.x) x = area.from.x + paint.px(4), y += paint.px(18);
    x += paint.px(10);
    paint.arrow({x, y + paint.px(8)}, {1, 0}, t.accent, 6);
    x += paint.px(12), word("truck", t.muted);
    paint.arrow({x + paint.px(4), y + paint.px(8)}, {1, 0}, t.bad, 6);
    x += paint.px(16), word("dedicated truck", t.muted);
    paint.list->AddCircleFilled({x + paint.px(3), y + paint.px(8)}, paint.px(3), t.muted);
    paint.box({x + paint.px(10), y + paint.px(3)}, {x + paint.px(14), y + paint.px(14)}, t.muted);
    x += paint.px(20), word("purchase lines,", t.muted);
    paint.box({x, y + paint.px(3)}, {x + paint.px(4), y + paint.px(14)}, t.warn);
    x += paint.px(10), word("late", t.muted);
}

}  // namespace

std::unique_ptr<View> make_network_view() { return std::make_unique<NetworkView>(); }

}  // namespace entrepot::viz

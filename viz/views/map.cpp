#include "viz/views/map.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

namespace entrepot::viz {

namespace {

constexpr float kGap = 10, kGapInRows = 4;

bool overlap(const Box& a, const Box& b) {
    return a.from.x < b.to.x && b.from.x < a.to.x && a.from.y < b.to.y && b.from.y < a.to.y;
}

bool have_coordinates(const models::Network& network) {
    for (const models::Site& site : network.sites) {
        const models::Site& first = *network.sites.begin();
        if (site.latitude != first.latitude || site.longitude != first.longitude) return true;
    }
    return false;
}

void place_on_ring(Map& map) {
    const std::size_t n = map.places.size();
    const ImVec2 centre = map.area.centre();
    const float a = (map.area.to.x - map.area.from.x) / 2, b = (map.area.to.y - map.area.from.y) / 2;
    for (std::size_t i = 0; i < n; ++i) {
        const double angle =
            2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n) - std::numbers::pi / 2;
        map.places[i] = n == 1 ? centre
                               : ImVec2{centre.x + a * 0.7F * static_cast<float>(std::cos(angle)),
                                        centre.y + b * 0.7F * static_cast<float>(std::sin(angle))};
    }
}

void place_by_coordinates(Map& map, const models::Network& network, ImVec2 card) {
    double west = 1e9, east = -1e9, south = 1e9, north = -1e9;
    for (const models::Site& s : network.sites) {
        west = std::min(west, s.longitude), east = std::max(east, s.longitude);
        south = std::min(south, s.latitude), north = std::max(north, s.latitude);
    }
    const double shrink = std::cos((south + north) / 2 * std::numbers::pi / 180);
    const double width = std::max(1.0, static_cast<double>(map.area.to.x - map.area.from.x - card.x));
    const double height = std::max(1.0, static_cast<double>(map.area.to.y - map.area.from.y - card.y));
    // Wide windows may pull the map apart a little: cards need the room more than shapes need the truth.
    constexpr double kPull = 1.35;
    double x = width / std::max(1e-6, (east - west) * shrink), y = height / std::max(1e-6, north - south);
    x = std::min(x, y * kPull), y = std::min(y, x * kPull);
    map.degrees_x = 1 / (x * shrink), map.degrees_y = 1 / y;
    const ImVec2 centre = map.area.centre();
    map.left = (west + east) / 2 - static_cast<double>(centre.x - map.area.from.x) * map.degrees_x;
    map.top = (south + north) / 2 + static_cast<double>(centre.y - map.area.from.y) * map.degrees_y;
    std::size_t i = 0;
    for (const models::Site& s : network.sites) {
        map.places[i++] = {map.area.from.x + static_cast<float>((s.longitude - map.left) / map.degrees_x),
                           map.area.from.y + static_cast<float>((map.top - s.latitude) / map.degrees_y)};
    }
}

void push_apart(Map& map, ImVec2 card, float above) {
    const float w = card.x + kGap, h = card.y + kGap + above;
    const auto move = [&](Box& box, float dx, float dy) {
        dx = std::clamp(dx, map.area.from.x - box.from.x,
                        std::max(map.area.from.x - box.from.x, map.area.to.x - box.to.x));
        dy = std::clamp(dy, map.area.from.y - box.from.y,
                        std::max(map.area.from.y - box.from.y, map.area.to.y - box.to.y));
        box = {{box.from.x + dx, box.from.y + dy}, {box.to.x + dx, box.to.y + dy}};
    };
    for (Box& box : map.cards) move(box, 0, 0);
    for (int round = 0; round < 60; ++round) {
        for (std::size_t i = 0; i < map.cards.size(); ++i) {
            for (std::size_t j = i + 1; j < map.cards.size(); ++j) {
                const float dx = map.cards[j].from.x - map.cards[i].from.x,
                            dy = map.cards[j].from.y - map.cards[i].from.y;
                const float over_x = w - std::abs(dx), over_y = h - std::abs(dy);
                if (over_x <= 0 || over_y <= 0) continue;
                const float sx = dx < 0 ? -1.0F : 1.0F, sy = dy < 0 ? -1.0F : 1.0F;
                const bool sideways = over_x < over_y * 1.5F;
                const float x = sideways ? over_x / 2 * sx : 0, y = sideways ? 0 : over_y / 2 * sy;
                move(map.cards[i], -x, -y);
                move(map.cards[j], x, y);
            }
        }
    }
}

/// Where the line from the box's centre to a point leaves the box.
ImVec2 edge_towards(const Box& box, ImVec2 to) {
    const ImVec2 c = box.centre();
    const float dx = to.x - c.x, dy = to.y - c.y;
    const float w = (box.to.x - box.from.x) / 2, h = (box.to.y - box.from.y) / 2;
    const float share =
        std::min(std::abs(dx) > 1e-3F ? w / std::abs(dx) : 1e9F, std::abs(dy) > 1e-3F ? h / std::abs(dy) : 1e9F);
    const float s = std::min(share, 0.5F);
    return {c.x + dx * s, c.y + dy * s};
}

/// A number of the grid, unless a card lies there.
void draw_degrees(const Map& map, const Painter& paint, ImVec2 at, const std::string& text) {
    const Box box{at, {at.x + Painter::width(text, paint.fonts.small), at.y + paint.px(16)}};
    if (box.to.x > map.area.to.x || box.to.y > map.area.to.y) return;
    if (std::ranges::any_of(map.cards, [&](const Box& card) { return overlap(card, box); })) return;
    paint.text(at, paint.theme.faint, text, paint.fonts.small);
}

}  // namespace

bool Map::crowded() const {
    constexpr float kRounding = 1;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const Box& box = cards[i];
        if (box.from.x < area.from.x - kRounding || box.to.x > area.to.x + kRounding) return true;
        if (box.from.y < area.from.y - kRounding || box.to.y > area.to.y + kRounding) return true;
        for (std::size_t j = 0; j < i; ++j) {
            if (overlap(box, cards[j])) return true;
        }
    }
    return false;
}

Map lay_out_in_rows(const models::Network& network, const Box& area, ImVec2 card) {
    Map map;
    map.area = area;
    const float w = card.x + kGapInRows, h = card.y + kGapInRows;
    const auto fit = [](float room, float each) {
        return std::max<std::size_t>(1, static_cast<std::size_t>(room / each));
    };
    const std::size_t columns = fit(area.to.x - area.from.x + kGapInRows, w);
    const std::size_t rows = fit(area.to.y - area.from.y + kGapInRows, h);
    for (std::size_t i = 0; i < std::min(network.sites.size(), columns * rows); ++i) {
        const ImVec2 from{area.from.x + static_cast<float>(i % columns) * w,
                          area.from.y + static_cast<float>(i / columns) * h};
        map.cards.push_back({from, {from.x + card.x, from.y + card.y}});
        map.places.push_back(map.cards.back().centre());
    }
    return map;
}

Map lay_out(const models::Network& network, const Box& area, ImVec2 card, float above) {
    Map map;
    map.area = area;
    map.places.resize(network.sites.size());
    map.geographic = have_coordinates(network);
    if (map.geographic) {
        place_by_coordinates(map, network, card);
    } else {
        place_on_ring(map);
    }
    for (const ImVec2& p : map.places) {
        map.cards.push_back({{p.x - card.x / 2, p.y - card.y / 2}, {p.x + card.x / 2, p.y + card.y / 2}});
    }
    push_apart(map, card, above);
    return map;
}

void draw_graticule(const Map& map, const Painter& paint) {
    const ImVec2 least{200 * paint.scale, 120 * paint.scale};
    if (!map.geographic || map.area.to.x - map.area.from.x < least.x || map.area.to.y - map.area.from.y < least.y)
        return;
    const double wanted = 90 * std::max(map.degrees_x, map.degrees_y) * static_cast<double>(paint.scale);
    double step = 1;
    for (const double s : {1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 90.0}) {
        step = s;
        if (s >= wanted) break;
    }
    const double east = map.left + static_cast<double>(map.area.to.x - map.area.from.x) * map.degrees_x;
    const double south = map.top - static_cast<double>(map.area.to.y - map.area.from.y) * map.degrees_y;
    for (double lon = std::ceil(map.left / step) * step; lon < east; lon += step) {
        const float x = map.area.from.x + static_cast<float>((lon - map.left) / map.degrees_x);
        paint.line({x, map.area.from.y}, {x, map.area.to.y}, paint.theme.grid);
        draw_degrees(map, paint, {x + paint.px(3), map.area.from.y + paint.px(1)},
                     fmt::format("{:.0f}\u00b0 {}", std::abs(lon), lon < 0 ? "W" : "E"));
    }
    for (double lat = std::floor(map.top / step) * step; lat > south; lat -= step) {
        const float y = map.area.from.y + static_cast<float>((map.top - lat) / map.degrees_y);
        paint.line({map.area.from.x, y}, {map.area.to.x, y}, paint.theme.grid);
        draw_degrees(map, paint, {map.area.from.x + paint.px(3), y + paint.px(1)},
                     fmt::format("{:.0f}\u00b0 {}", std::abs(lat), lat < 0 ? "S" : "N"));
    }
}

Way way_between(const Box& from, const Box& to, float aside) {
    const ImVec2 a = edge_towards(from, to.centre()), b = edge_towards(to, from.centre());
    const float dx = b.x - a.x, dy = b.y - a.y, length = std::max(1.0F, std::hypot(dx, dy));
    const ImVec2 side{-dy / length * aside, dx / length * aside};
    return {{a.x + side.x, a.y + side.y}, {b.x + side.x, b.y + side.y}};
}

}  // namespace entrepot::viz

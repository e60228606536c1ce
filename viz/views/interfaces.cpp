#include <algorithm>

#include <fmt/format.h>

#include "studies/explain/words.hpp"
#include "viz/live/case_words.hpp"
#include "viz/views/bands.hpp"
#include "viz/views/figures.hpp"
#include "viz/views/registry.hpp"
#include "viz/views/time_axis.hpp"
#include "viz/views/time_pane.hpp"

namespace entrepot::viz {

namespace {

constexpr float kHead = 21, kBandHeight = 20, kBandLabels = 236;

/// The health of each interface over time, and what is stuck in it now.
class InterfacesView final : public View {
public:
    std::string_view name() const override { return "interfaces"; }
    std::string_view title() const override { return "Interfaces"; }
    std::string_view hint() const override {
        return "How well messages between systems come through: of each interface that takes time or can fail, the "
               "share whose first call succeeds, what is not through, links that are down, and open circuit breakers. "
               "Click or drag to go to a moment; the wheel zooms.";
    }
    void draw(Frame& frame) override;
    std::string state() const override { return state_; }

private:
    struct Group {
        std::size_t interface = 0;
        float top = 0;
        std::vector<Band> bands;
    };
    float arrange(const Frame& frame, float top);
    void draw_head(const Frame& frame, const Painter& paint, float left, const Group& group) const;
    void draw_labels(const Frame& frame, const Painter& paint, float left, const Group& group);
    void tell_hovered(const Frame& frame) const;

    std::vector<Group> groups_;
    std::array<Bands, models::kInterfaces> bands_;  ///< each with scales of its own: postings are many, orders few
    TimePane pane_;
    std::string state_;
};

const LinkScene& links_of(const Frame& frame, std::size_t lane, std::size_t interface) {
    return frame.look->lanes[lane].scene.links[interface];
}

/// "1 of 6 links down; 14 messages are not through, since 3 h, 4 of them left to people".
std::string now_text(const LinkScene& links, models::Time now) {
    using studies::explain::count_text;
    if (!links.watched) return "nothing can happen to its messages";
    std::string text = links.down > 0     ? fmt::format("{} of {} down", links.down, count_text(links.links, "link"))
                       : links.links == 1 ? std::string("its link is up")
                                          : fmt::format("all {} links up", links.links);
    if (links.open > 0) text += fmt::format("; {} open", count_text(links.open, "breaker"));
    if (links.stuck == 0) return text + "; nothing stuck";
    text += fmt::format("; {} stuck, since {}", count_text(links.stuck, "message"), waited_text(now - links.since));
    if (links.for_people > 0) text += fmt::format("; {} left to people", links.for_people);
    return text;
}

void InterfacesView::draw(Frame& frame) {
    TimeAxis axis = frame.axis;  // the same hours, at another place
    Frame mine{frame.session, frame.look, frame.selection, axis, frame.theme, frame.fonts, frame.scale};
    const Painter paint = frame.painter();
    const ImVec2 from = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float bar = ImGui::GetStyle().ScrollbarSize;
    axis.left = from.x + std::min(paint.px(kBandLabels), room.x * 0.45F);
    axis.right = std::max(axis.left + 20, from.x + room.x - bar);
    arrange(mine, 0);
    state_ = fmt::format("interfaces {}", groups_.size());
    if (groups_.empty()) {
        return paragraph("No interface of these strategies takes time or can fail: each message is there at once.");
    }
    const float head = dates_height(mine);
    draw_dates(mine, paint, from.y);
    pane_.begin("interfaces", mine, from, room, head);
    const Painter inner = mine.painter();
    pane_.listen(arrange(mine, pane_.origin().y));
    draw_time_ground(mine, inner, pane_.top(), pane_.bottom());
    for (Group& group : groups_) {
        bands_[group.interface].compute(mine, group.bands, pane_.top(), pane_.bottom());
        bands_[group.interface].draw(mine, inner);
        draw_labels(mine, inner, from.x, group);
        draw_head(mine, inner, from.x, group);
    }
    draw_time_cursor(mine, inner, pane_.top(), pane_.bottom());
    pane_.move(mine);
    if (pane_.is_asked()) tell_hovered(mine);
    frame.axis.from = axis.from, frame.axis.to = axis.to;
    pane_.end();
}

/// Where each interface and its bands lie; returns the height of all.
float InterfacesView::arrange(const Frame& frame, float top) {
    groups_.clear();
    const std::size_t sites = frame.network().sites.size(), lanes = frame.look->lanes.size();
    float y = top;
    for (std::size_t i = 0; i < models::kInterfaces; ++i) {
        bool watched = false, breaks = false;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            watched = watched || links_of(frame, lane, i).watched;
            breaks = breaks || links_of(frame, lane, i).has_breaker;
        }
        if (!watched) continue;
        Group& group = groups_.emplace_back(Group{i, y, {}});
        y += kHead * frame.scale;
        for (const Measure& measure : kInterfaceMeasures) {
            if (measure.value == Counted::breakers_open && !breaks) continue;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                if (!links_of(frame, lane, i).watched) continue;
                group.bands.push_back({&measure, lane, place_of_interface(sites, i), y, kBandHeight * frame.scale});
                y += kBandHeight * frame.scale;
            }
        }
    }
    return y - top;
}

void InterfacesView::draw_head(const Frame& frame, const Painter& paint, float left, const Group& group) const {
    const Theme& t = frame.theme;
    const std::size_t lane = std::min(frame.selection.lane, frame.look->lanes.size() - 1);
    const LinkScene& links = links_of(frame, lane, group.interface);
    paint.box({left, group.top + paint.px(2)}, {frame.axis.right, group.top + paint.px(kHead) - 1}, t.raised);
    const std::string name = studies::explain::sentence(
        studies::explain::interface_text(static_cast<models::InterfaceName>(group.interface)));
    float x = left + paint.px(6);
    x += paint.text({x, group.top + paint.px(2)}, t.ink, name, paint.fonts.bold) + paint.px(10);
    const std::string now = fmt::format("{}: {}", frame.look->lanes[lane].strategy, now_text(links, frame.look->now));
    const bool bad = links.down > 0 || links.open > 0 || links.for_people > 0;
    paint.text({x, group.top + paint.px(4)}, bad ? t.warn : t.muted,
               Painter::fitted(now, frame.axis.right - x - paint.px(6), paint.fonts.small), paint.fonts.small);
}

void InterfacesView::draw_labels(const Frame& frame, const Painter& paint, float left, const Group& group) {
    const Theme& t = frame.theme;
    const float right = frame.axis.left - paint.px(6);
    const double now = hours_of(frame.look->now);
    const Measure* above = nullptr;
    for (const Band& band : group.bands) {
        const std::string value = Bands::value_at(frame, band, now);
        const float wide = paint.text({right, band.top + paint.px(2)}, t.ink, value, paint.fonts.small, Align::right);
        float x = left + paint.px(6);
        x += paint.text({x, band.top + paint.px(2)}, lane_colour(t, band.lane), frame.look->lanes[band.lane].strategy,
                        paint.fonts.small) +
             paint.px(6);
        if (std::exchange(above, band.measure) == band.measure) continue;
        paint.text({frame.axis.right - paint.px(3), band.top + paint.px(1)}, t.muted,
                   bands_[group.interface].most_text(*band.measure), paint.fonts.small, Align::right);
        paint.text({x, band.top + paint.px(2)}, t.muted,
                   Painter::fitted(band.measure->title, right - wide - paint.px(8) - x, paint.fonts.small),
                   paint.fonts.small);
    }
}

void InterfacesView::tell_hovered(const Frame& frame) const {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (mouse.x < frame.axis.left) return;
    const double hour = frame.axis.hour(mouse.x);
    const std::string moment = frame.clock().moment(sim::kStart + sim::from_real<sim::hours>(hour));
    for (const Group& group : groups_) {
        for (const Band& band : group.bands) {
            if (mouse.y < band.top || mouse.y >= band.top + band.height) continue;
            const char* span = band.measure->ratio() ? " over the week before"
                               : band.measure->flow  ? " over the day before"
                                                     : "";
            const auto interface = static_cast<models::InterfaceName>(group.interface);
            return ImGui::SetTooltip(
                "%s\n%s %s, %s: %s%s", moment.c_str(), frame.look->lanes[band.lane].strategy.c_str(),
                studies::explain::interface_text(interface), std::string(band.measure->title).c_str(),
                Bands::value_at(frame, band, hour).c_str(), span);
        }
    }
}

}  // namespace

std::unique_ptr<View> make_interfaces_view() { return std::make_unique<InterfacesView>(); }

}  // namespace entrepot::viz

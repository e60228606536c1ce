#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "viz/views/bands.hpp"
#include "viz/views/figures.hpp"
#include "viz/views/registry.hpp"
#include "viz/views/time_axis.hpp"
#include "viz/views/time_pane.hpp"

namespace entrepot::viz {

namespace {

constexpr float kLabels = 236, kBand = 22, kGroup = 21;

/// Bands by site over the whole horizon, one for each strategy, with a cursor that all views follow.
class TimelineView final : public View {
public:
    TimelineView() {
        for (std::size_t i = 0; i < kMeasures.size(); ++i) shown_[i] = kMeasures[i].usual;
    }
    std::string_view name() const override { return "timeline"; }
    std::string_view title() const override { return "Time line"; }
    std::string_view hint() const override {
        return "The course of each warehouse. Click or drag to go to a moment, in the past or to come; the wheel "
               "zooms, the right button moves. Bands of one measure share a scale.";
    }
    Pane pane() const override { return Pane::below; }
    void draw(Frame& frame) override;

private:
    struct Group {
        std::string name;
        std::size_t place = 0;
        float top = 0;
    };
    void draw_head(Frame& frame);
    void draw_choice();
    float arrange(const Frame& frame, float top);
    void draw_labels(const Frame& frame, const Painter& paint, float left, const ImVec4& seen) const;
    void tell_hovered(const Frame& frame) const;

    std::array<bool, kMeasures.size()> shown_{};
    bool all_ = false;
    std::vector<Group> groups_;
    std::vector<Band> list_;
    Bands bands_;
    TimePane pane_;
};

void TimelineView::draw(Frame& frame) {
    draw_head(frame);
    const Painter paint = frame.painter();
    const ImVec2 from = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    const float bar = ImGui::GetStyle().ScrollbarSize, labels = std::min(paint.px(kLabels), room.x * 0.4F);
    frame.axis.left = from.x + labels;
    frame.axis.right = std::max(frame.axis.left + 20, from.x + room.x - bar);
    const float head = time_axis_height(frame);
    draw_time_axis(frame, paint, from.y);
    pane_.begin("bands", frame, from, room, head);
    const Painter inner = frame.painter();
    pane_.listen(arrange(frame, pane_.origin().y));
    draw_time_ground(frame, inner, pane_.top(), pane_.bottom());
    bands_.compute(frame, list_, pane_.top(), pane_.bottom());
    bands_.draw(frame, inner);
    draw_labels(frame, inner, from.x, pane_.seen());
    draw_time_cursor(frame, inner, pane_.top(), pane_.bottom());
    pane_.move(frame);
    if (pane_.is_asked()) tell_hovered(frame);
    pane_.end();
    draw_time_cursor(frame, paint, from.y, from.y + head);
}

void TimelineView::draw_head(Frame& frame) {
    const double last = hours_of(frame.look->end);
    const double now = hours_of(frame.look->now);
    const auto zoom = [&](double factor) {  // about the moment shown
        frame.axis.follow(now, last);
        frame.axis.zoom(factor, frame.axis.x(now), last);
    };
    const float gap = ImGui::GetStyle().ItemSpacing.x / 2;
    if (ImGui::SmallButton("Bands")) ImGui::OpenPopup("choice");
    ImGui::SameLine(0, gap);
    if (ImGui::SmallButton("All")) frame.axis.from = 0, frame.axis.to = last;
    ImGui::SameLine(0, gap);
    if (ImGui::SmallButton("Closer")) zoom(0.5);
    ImGui::SameLine(0, gap);
    if (ImGui::SmallButton("Wider")) zoom(2);
    ImGui::SameLine();
    const std::string step = frame.look->lanes.size() > 1 ? "each strategy in its colour, one above the other" : "";
    ImGui::TextDisabled("%s", step.c_str());
    if (ImGui::BeginPopup("choice")) {
        draw_choice();
        ImGui::EndPopup();
    }
}

void TimelineView::draw_choice() {
    if (ImGui::Checkbox("all", &all_)) shown_.fill(all_);
    for (std::size_t i = 0; i < kMeasures.size(); ++i) {
        ImGui::Checkbox(std::string(kMeasures[i].title).c_str(), &shown_[i]);
    }
}

/// Where each band lies; returns the height of all.
float TimelineView::arrange(const Frame& frame, float top) {
    groups_.clear(), list_.clear();
    const std::size_t sites = frame.network().sites.size();
    float y = top;
    const auto add_group = [&](std::size_t place, const std::string& name) {
        groups_.push_back({name, place, y});
        y += kGroup * frame.scale;
        for (std::size_t m = 0; m < kMeasures.size(); ++m) {
            if (!shown_[m] || kMeasures[m].of_headquarters != (place == sites)) continue;
            for (std::size_t lane = 0; lane < frame.look->lanes.size(); ++lane) {
                list_.push_back({&kMeasures[m], lane, place, y, kBand * frame.scale});
                y += kBand * frame.scale;
            }
        }
    };
    if (frame.selection.site >= 0) {
        const auto place = static_cast<std::size_t>(frame.selection.site);
        add_group(place, frame.network().sites[models::SiteId{place}].name + ", followed");
    }
    for (std::size_t place = 0; place < sites; ++place) {
        if (static_cast<int>(place) != frame.selection.site)
            add_group(place, frame.network().sites[models::SiteId{place}].name);
    }
    add_group(sites, "Headquarters");
    return y - top;
}

void TimelineView::draw_labels(const Frame& frame, const Painter& paint, float left, const ImVec4& seen) const {
    const Theme& t = frame.theme;
    const float right = frame.axis.left - paint.px(6);
    const double now = hours_of(frame.look->now);
    for (const Group& group : groups_) {
        if (group.top > seen.w || group.top + paint.px(kGroup) < seen.y) continue;
        paint.box({left, group.top + paint.px(2)}, {frame.axis.right, group.top + paint.px(kGroup) - 1}, t.raised);
        paint.text({left + paint.px(6), group.top + paint.px(2)}, t.ink,
                   Painter::fitted(group.name, frame.axis.right - left - paint.px(12), paint.fonts.bold),
                   paint.fonts.bold);
    }
    for (const Band& band : list_) {
        if (band.top > seen.w || band.top + band.height < seen.y) continue;
        const ImU32 colour = lane_colour(t, band.lane);
        const std::string value = Bands::value_at(frame, band, now);
        const float wide = paint.text({right, band.top + paint.px(3)}, t.ink, value, paint.fonts.small, Align::right);
        float x = left + paint.px(6);
        x += paint.text({x, band.top + paint.px(3)}, colour, frame.look->lanes[band.lane].strategy, paint.fonts.small) +
             paint.px(6);
        if (band.lane > 0) continue;
        paint.text({frame.axis.right - paint.px(3), band.top + paint.px(1)}, t.muted, bands_.most_text(*band.measure),
                   paint.fonts.small, Align::right);
        const std::string title = measure_title(frame, *band.measure) + (band.measure->ratio() ? ", of 7 days" : "");
        paint.text({x, band.top + paint.px(3)}, t.muted,
                   Painter::fitted(title, right - wide - paint.px(8) - x, paint.fonts.small), paint.fonts.small);
    }
}

void TimelineView::tell_hovered(const Frame& frame) const {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (mouse.x < frame.axis.left) return;
    const double hour = frame.axis.hour(mouse.x);
    const models::Time moment = sim::kStart + sim::from_real<sim::hours>(hour);
    for (const Band& band : list_) {
        if (mouse.y < band.top || mouse.y >= band.top + band.height) continue;
        const char* span = band.measure->ratio() ? " over the week before"
                           : band.measure->flow  ? " over the day before"
                                                 : "";
        ImGui::SetTooltip("%s\n%s %s: %s%s\nThe bands reach from %s", frame.clock().moment(moment).c_str(),
                          frame.look->lanes[band.lane].strategy.c_str(), std::string(band.measure->title).c_str(),
                          Bands::value_at(frame, band, hour).c_str(), span, bands_.scale_text(*band.measure).c_str());
        return;
    }
    ImGui::SetTooltip("%s", frame.clock().moment(moment).c_str());
}

}  // namespace

std::unique_ptr<View> make_timeline_view() { return std::make_unique<TimelineView>(); }

}  // namespace entrepot::viz

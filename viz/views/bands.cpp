#include "viz/views/bands.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "results/text/digits.hpp"

namespace entrepot::viz {

namespace {

/// Rectangles of one colour, written in one go.
void add_boxes(ImDrawList& list, const std::vector<ImVec4>& boxes, ImU32 colour) {
    constexpr std::size_t kAtOnce = 4096;  // a draw command's indices have 16 bits
    for (std::size_t first = 0; first < boxes.size(); first += kAtOnce) {
        const std::size_t count = std::min(kAtOnce, boxes.size() - first);
        list.PrimReserve(static_cast<int>(6 * count), static_cast<int>(4 * count));
        for (std::size_t i = first; i < first + count; ++i) {
            list.PrimRect({boxes[i].x, boxes[i].y}, {boxes[i].z, boxes[i].w}, colour);
        }
    }
}

}  // namespace

void Bands::compute(const Frame& frame, const std::vector<Band>& bands, float top, float bottom) {
    const Tracks& tracks = frame.session.tracks;
    const double hours_per_pixel = frame.axis.hours_per_pixel();
    bin_hours_ = bin_hours(hours_per_pixel, 2.0 * static_cast<double>(frame.scale));
    first_hour_ = static_cast<std::size_t>(frame.axis.from) / bin_hours_ * bin_hours_;
    const auto count = static_cast<std::size_t>(
        std::ceil((frame.axis.to - static_cast<double>(first_hour_)) / static_cast<double>(bin_hours_)));
    ranges_.clear();
    used_ = 0;
    for (const Band& band : bands) {
        const std::size_t id = frame.look->lanes[band.lane].id;
        if (band.top + band.height < top || band.top > bottom || tracks.hours(id) == 0) continue;
        if (computed_.size() == used_) computed_.emplace_back();
        Computed& one = computed_[used_++];
        one.band = band;
        one.bins.resize(count);
        tracks.bins(id, band.place, *band.measure, first_hour_, bin_hours_, one.bins, kWeekHours);
        Range& range = ranges_[band.measure];
        if (band.measure->ratio() && range.high == 0) range = {1, 1};
        for (const Tracks::Bin& bin : one.bins) {
            if (bin.empty) continue;
            range.high = std::max(range.high, bin.value);
            if (band.measure->ratio()) range.low = std::min(range.low, bin.value);
        }
    }
    for (auto& [measure, range] : ranges_) {
        // A share's scale ends at full tenths: the lowest value must not look like none.
        if (measure->ratio()) range.low = std::max(0.0F, std::floor(range.low * 10 - 0.5F) / 10);
        if (range.high <= range.low) range.high = range.low + 1;
    }
}

std::string Bands::scale_text(const Measure& measure) const {
    const auto range = ranges_.find(&measure);
    if (range == ranges_.end()) return "";
    return fmt::format("{} to {}", value_text(measure, static_cast<double>(range->second.low)),
                       value_text(measure, static_cast<double>(range->second.high)));
}

void Bands::draw(const Frame& frame, const Painter& paint) const {
    std::vector<ImVec4> areas, heads;
    for (std::size_t i = 0; i < used_; ++i) {
        const Computed& one = computed_[i];
        const Range& range = ranges_.at(one.band.measure);
        const float bottom = one.band.top + one.band.height - 1, height = one.band.height - paint.px(3);
        areas.clear(), heads.clear();
        for (std::size_t b = 0; b < one.bins.size(); ++b) {
            const Tracks::Bin& bin = one.bins[b];
            if (bin.empty) continue;
            const double hour = static_cast<double>(first_hour_ + b * bin_hours_);
            const float left = std::max(frame.axis.left, frame.axis.x(hour));
            const float right = std::min(frame.axis.right, frame.axis.x(hour + static_cast<double>(bin_hours_)));
            if (right <= left) continue;
            const float y = bottom - height * (bin.value - range.low) / (range.high - range.low);
            areas.push_back({left, y, right, bottom});
            heads.push_back({left, std::min(y, bottom - paint.px(1)), right, std::min(y + paint.px(1.2F), bottom)});
        }
        const ImU32 colour = lane_colour(frame.theme, one.band.lane);
        paint.line({frame.axis.left, bottom}, {frame.axis.right, bottom}, frame.theme.grid);
        add_boxes(*paint.list, areas, faded(colour, 0.35F));
        add_boxes(*paint.list, heads, colour);
    }
}

std::string Bands::most_text(const Measure& measure) const {
    const auto range = ranges_.find(&measure);
    if (range == ranges_.end()) return "";
    const auto [low, high] = range->second;
    if (measure.ratio()) return fmt::format("{:.0f} to {:.0f} %", 100 * low, 100 * high);
    return "to " + value_text(measure, static_cast<double>(high));
}

std::string Bands::value_text(const Measure& measure, double value) {
    if (measure.ratio()) return results::fixed_text(100 * value, 1) + " %";
    const std::string per_day = measure.flow ? " a day" : "";
    const std::string unit = measure.unit == "d" ? " d" : "";
    return short_text(value) + unit + per_day;
}

std::string Bands::value_at(const Frame& frame, const Band& band, double hour) {
    const std::size_t id = frame.look->lanes[band.lane].id;
    const Tracks& tracks = frame.session.tracks;
    const auto end = static_cast<std::size_t>(std::max(0.0, hour));
    if (tracks.hours(id) == 0 || end == 0) return "";
    const std::size_t usual = band.measure->ratio() ? kWeekHours : band.measure->flow ? 24 : 1;
    const std::size_t span = std::min(end, usual);
    std::vector<Tracks::Bin> one(1);
    tracks.bins(id, band.place, *band.measure, end - span, span, one);
    return one.front().empty ? "\u2013" : value_text(*band.measure, static_cast<double>(one.front().value));
}

}  // namespace entrepot::viz

#include "viz/views/futures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/charts/axis.hpp"
#include "results/charts/chart.hpp"
#include "viz/canvas/drawing.hpp"
#include "viz/views/bands.hpp"
#include "viz/views/figures.hpp"

namespace entrepot::viz {

namespace {

constexpr std::size_t kDayHours = 24;

std::size_t hours_until(models::Time moment) {
    return static_cast<std::size_t>(std::max(0.0, std::floor(sim::in<sim::hours>(moment.time_since_epoch()))));
}

results::charts::Colour chart_colour(ImU32 colour) {
    return {static_cast<std::uint8_t>(colour >> IM_COL32_R_SHIFT),
            static_cast<std::uint8_t>(colour >> IM_COL32_G_SHIFT),
            static_cast<std::uint8_t>(colour >> IM_COL32_B_SHIFT)};
}

std::string value_or_dash(const Measure& measure, const std::optional<double>& value) {
    return value ? Bands::value_text(measure, *value) : "\u2013";
}

/// "+3.1 points", "-120 a day".
std::string difference_text(const Measure& measure, double difference) {
    const std::string sign = difference > 0 ? "+" : "";
    if (measure.ratio()) return fmt::format("{}{:.1f} points", sign, 100 * difference);
    return sign + Bands::value_text(measure, difference);
}

}  // namespace

std::string fork_text(const Frame& frame, const LaneLook& lane) {
    if (!lane.forked) return fmt::format("{} {}", lane.strategy, lane.title);
    const std::string with = lane.changes.empty() ? "" : fmt::format(", with {}", fmt::join(lane.changes, "; "));
    return fmt::format("{} in the world of {} since {}{}", lane.strategy, lane.from,
                       frame.clock().short_moment(*lane.forked), with);
}

void Futures::draw(const Frame& frame, std::size_t fork) {
    const auto& lanes = frame.look->lanes;
    const LaneLook& lane = lanes[fork];
    const auto found = std::ranges::find_if(lanes, [&](const LaneLook& l) { return l.id == lane.from_id; });
    if (found == lanes.end()) {
        ImGui::TextDisabled("The world of %s that it left is gone.", lane.from.c_str());
        return;
    }
    const auto before = static_cast<std::size_t>(found - lanes.begin());
    // A fork within an hour is told from the next full one on.
    const auto first = static_cast<std::size_t>(std::ceil(sim::in<sim::hours>(lane.forked->time_since_epoch())));
    const std::size_t end = hours_until(frame.look->now);
    if (frame.look->now < *lane.forked) {
        ImGui::TextDisabled("It begins only at %s.", frame.clock().short_moment(*lane.forked).c_str());
        return;
    }
    if (end <= first) {
        paragraph("Here the two futures part. Run on, or step (>, ]), to see what comes of each.");
        return;
    }
    if (frame.selection.site != followed_) {
        followed_ = frame.selection.site;
        place_ = followed_ >= 0 ? static_cast<std::size_t>(followed_) : kEverywhere;
    }
    place_ = choose_place(frame, place_, true);
    draw_table(frame, before, fork, first, end);
    draw_course(frame, before, fork, first, end);
}

void Futures::draw_table(const Frame& frame, std::size_t before, std::size_t fork, std::size_t first, std::size_t end) {
    const auto& lanes = frame.look->lanes;
    const bool hq = place_ == frame.network().sites.size();
    if (!begin_table(frame, "futures",
                     {{"Mean since the fork", 2},
                      {fmt::format("{}, went on", lanes[before].strategy), 1.2F},
                      {fmt::format("{}, fork", lanes[fork].strategy), 1.2F},
                      {"Difference", 1.2F}})) {
        return;
    }
    for (const Measure& measure : kMeasures) {
        if (measure.of_headquarters != hq) continue;
        const auto as_it_was = value_over(frame, measure, before, place_, first, end);
        const auto forked = value_over(frame, measure, fork, place_, first, end);
        if (!as_it_was && !forked) continue;
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        if (ImGui::Selectable(measure_title(frame, measure).c_str(), measure_ == &measure,
                              ImGuiSelectableFlags_SpanAllColumns)) {
            measure_ = &measure;
        }
        right_cell(frame, value_or_dash(measure, as_it_was));
        right_cell(frame, value_or_dash(measure, forked));
        const double difference = as_it_was && forked ? *forked - *as_it_was : std::nan("");
        // What looks alike on both sides is no difference that a colour should claim.
        const bool alike = value_or_dash(measure, as_it_was) == value_or_dash(measure, forked);
        right_cell(frame, std::isnan(difference) ? "\u2013" : difference_text(measure, difference),
                   alike ? frame.theme.muted : difference_colour(frame.theme, measure, difference));
    }
    ImGui::EndTable();
}

void Futures::draw_course(const Frame& frame, std::size_t before, std::size_t fork, std::size_t first,
                          std::size_t end) const {
    const auto& lanes = frame.look->lanes;
    if (measure_->of_headquarters != (place_ == frame.network().sites.size())) return;
    const std::size_t lead = std::min<std::size_t>(first, 14 * kDayHours), from = (first - lead) / kDayHours;
    const std::size_t days = end / kDayHours;
    if (days <= from + 1) return;
    const auto course = [&](std::size_t lane, std::size_t begin) {
        std::vector<double> values;
        for (std::size_t day = from; day < days; ++day) {
            const std::size_t to = (day + 1) * kDayHours;
            // As in the time line a ratio is that of the week up to then, of which a fork may share a part.
            const std::size_t back = measure_->ratio() ? std::min(kWeekHours, to) : kDayHours;
            const auto value = value_over(frame, *measure_, lane, place_, to - back, to);
            values.push_back(value && to > begin ? *value : std::nan(""));
        }
        return values;
    };
    results::charts::LineChart chart{.title = fmt::format("{}, day by day{}", measure_title(frame, *measure_),
                                                          measure_->ratio() ? " (of the week up to it)" : ""),
                                     .measure = {.unit = ""},
                                     .x_title = "day",
                                     .first_x = frame.clock().days().of(static_cast<int>(from)) * 1.0,
                                     .from_zero = !measure_->ratio()};
    if (measure_->ratio()) chart.measure.quantity = results::charts::Quantity::share;
    chart.series.push_back({lanes[before].strategy + ", went on",
                            chart_colour(lane_colour(frame.theme, before)),
                            course(before, 0),
                            {},
                            {}});
    chart.series.push_back(
        {lanes[fork].strategy + ", fork", chart_colour(lane_colour(frame.theme, fork)), course(fork, first), {}, {}});
    const auto dates = frame.clock().days();
    chart.x_note = [dates](double day) { return dates.short_date(static_cast<int>(day)); };
    const float width = room_across();
    const auto drawing = layout(chart, {static_cast<double>(width / frame.scale), 220});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    viz::draw(drawing, frame.painter(), at);
    ImGui::Dummy({width, static_cast<float>(drawing.height) * frame.scale});
}

}  // namespace entrepot::viz

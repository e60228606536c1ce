#include "viz/views/figures.hpp"

#include <algorithm>
#include <cmath>

namespace entrepot::viz {

namespace {

struct Sums {
    double value = 0, over = 0;
    std::uint32_t hours = 0;
};

Sums sums_of(const Frame& frame, const Measure& measure, std::size_t id, std::size_t place, std::size_t first,
             std::size_t end) {
    const Summary value = frame.session.tracks.of(id, place, measure.value).over(first, end);
    const Summary over = frame.session.tracks.of(id, place, measure.over).over(first, end);
    return {value.sum, over.sum, static_cast<std::uint32_t>(value.count)};
}

}  // namespace

std::optional<double> value_over(const Frame& frame, const Measure& measure, std::size_t lane, std::size_t place,
                                 std::size_t first, std::size_t end) {
    const std::size_t id = frame.look->lanes[lane].id, sites = frame.network().sites.size();
    if (end <= first || frame.session.tracks.hours(id) == 0) return std::nullopt;
    Sums sums;
    if (place == kEverywhere) {
        // Days of cover are a ratio of their own in each warehouse.
        if (measure.of_headquarters || measure.value == Counted::cover) return std::nullopt;
        for (std::size_t site = 0; site < sites; ++site) {
            const Sums one = sums_of(frame, measure, id, site, first, end);
            sums = {sums.value + one.value, sums.over + one.over, std::max(sums.hours, one.hours)};
        }
    } else {
        sums = sums_of(frame, measure, id, place, first, end);
    }
    if (sums.hours == 0) return std::nullopt;
    if (measure.ratio()) return sums.over > 0 ? std::optional(sums.value / sums.over) : std::nullopt;
    return sums.value / sums.hours * (measure.flow ? 24 : 1);
}

std::string measure_title(const Frame& frame, const Measure& measure) {
    std::string title(measure.title);
    if (measure.unit == "money") return title + " [" + frame.session.loaded->scenario.currency + "]";
    const bool said = title.find("nits") != title.npos;
    return measure.unit == "units" && !said ? title + " [units]" : title;
}

float room_across() {
    const ImGuiStyle& style = ImGui::GetStyle();
    return std::max(1.0F, ImGui::GetWindowWidth() - style.ScrollbarSize - 4 - ImGui::GetCursorPosX());
}

void paragraph(const std::string& text) {
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + room_across());
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
}

bool begin_table(const Frame& frame, const char* id, const std::vector<TableColumn>& columns) {
    constexpr float kLeast = 46;  // of a column whose share is 1
    float shares = 0;
    for (const TableColumn& column : columns) shares += column.share;
    const float width = std::max(room_across(), shares * kLeast * frame.scale);
    if (!ImGui::BeginTable(id, static_cast<int>(columns.size()), kTable, {width, 0})) return false;
    for (const TableColumn& column : columns) {
        ImGui::TableSetupColumn(column.name.c_str(), ImGuiTableColumnFlags_WidthStretch, column.share);
    }
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        ImGui::TableSetColumnIndex(static_cast<int>(i));
        const float room = ImGui::GetContentRegionAvail().x;
        const bool fits = ImGui::CalcTextSize(columns[i].name.c_str()).x <= room;
        if (!fits) ImGui::PushFont(frame.fonts.small);
        ImGui::PushTextWrapPos(0);
        ImGui::TextUnformatted(Painter::fitted(columns[i].name, 2 * room, ImGui::GetFont()).c_str());
        ImGui::PopTextWrapPos();
        if (!fits && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", columns[i].name.c_str());
        if (!fits) ImGui::PopFont();
    }
    return true;
}

void right_cell(const Frame& frame, const std::string& text) {
    ImGui::TableNextColumn();
    const float room = ImGui::GetContentRegionAvail().x;
    const bool small = ImGui::CalcTextSize(text.c_str()).x > room;
    if (small) ImGui::PushFont(frame.fonts.small);
    const float spare = room - ImGui::CalcTextSize(text.c_str()).x;
    if (spare > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + spare);
    ImGui::TextUnformatted(text.c_str());
    if (small) ImGui::PopFont();
    if (spare < 0 && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", text.c_str());
}

void left_cell(const Frame& frame, const std::string& text) {
    ImGui::TableNextColumn();
    const float room = ImGui::GetContentRegionAvail().x;
    const bool small = ImGui::CalcTextSize(text.c_str()).x > room;
    if (small) ImGui::PushFont(frame.fonts.small);
    const std::string shown = Painter::fitted(text, room, ImGui::GetFont());
    ImGui::TextUnformatted(shown.c_str());
    if (small) ImGui::PopFont();
    if (shown != text && ImGui::IsItemHovered()) ImGui::SetTooltip("%s", text.c_str());
}

void right_cell(const Frame& frame, const std::string& text, ImU32 colour) {
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    right_cell(frame, text);
    ImGui::PopStyleColor();
}

ImU32 difference_colour(const Theme& theme, const Measure& measure, double difference) {
    if (measure.better == Better::neither || difference == 0 || std::isnan(difference)) return theme.ink;
    return (difference > 0) == (measure.better == Better::higher) ? theme.good : theme.bad;
}

std::size_t choose_place(const Frame& frame, std::size_t chosen, bool everywhere) {
    const std::size_t sites = frame.network().sites.size();
    const auto choice = [&](const std::string& name, std::size_t place) {
        const std::string shown = Painter::fitted(name, 200 * frame.scale, ImGui::GetFont());
        const float wide = ImGui::CalcTextSize(shown.c_str()).x + 2 * ImGui::GetFrameHeight();
        if (room_across() < wide) ImGui::NewLine();
        ImGui::PushID(static_cast<int>(place));
        if (ImGui::RadioButton(shown.c_str(), chosen == place)) chosen = place;
        ImGui::PopID();
        ImGui::SameLine();
    };
    if (everywhere) choice("All warehouses", kEverywhere);
    for (std::size_t site = 0; site < sites; ++site) choice(frame.network().sites[models::SiteId{site}].name, site);
    choice("Headquarters", sites);
    ImGui::NewLine();
    return chosen;
}

}  // namespace entrepot::viz

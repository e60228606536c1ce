#include "viz/views/desks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "results/text/format.hpp"
#include "studies/explain/words.hpp"
#include "viz/live/case_words.hpp"
#include "viz/views/figures.hpp"

namespace entrepot::viz {

namespace {

using Where = CaseScene::Where;

constexpr std::size_t kNext = 6, kOldest = 3, kAtWork = 3, kApprovals = 12;

bool in_queue(const CaseScene& one) { return one.where == Where::urgent || one.where == Where::ordinary; }

bool is_followed(const Frame& frame, const CaseScene& one) {
    return frame.selection.site < 0 || frame.selection.site == one.site;
}

/// At cost.
std::string value_text(const Frame& frame, const CaseScene& one) {
    if (one.units <= 0 || one.item >= frame.network().items.size()) return "\u2013";
    const models::Money value = frame.network().items[models::ItemId{one.item}].unit_cost * one.units;
    return results::money_text(value.amount(), frame.session.loaded->scenario.currency);
}

/// Who come next, who have waited longest, and what people are at, of the cases of one desk.
std::vector<const CaseScene*> shown_of(const Frame& frame, models::Role role, std::size_t& waiting) {
    std::vector<const CaseScene*> queue, work;
    for (const CaseScene& one : frame.lane().scene.lists.cases) {  // the oldest first
        if (one.role != role || !is_followed(frame, one)) continue;
        if (in_queue(one)) queue.push_back(&one);
        if (one.where == Where::at_work && work.size() < kAtWork) work.push_back(&one);
    }
    waiting = queue.size();
    std::vector<const CaseScene*> oldest(queue.begin(),
                                         queue.begin() + static_cast<std::ptrdiff_t>(std::min(kOldest, queue.size())));
    std::ranges::sort(queue, {}, [](const CaseScene* one) { return std::pair(one->where, one->turn); });
    if (queue.size() > kNext + kOldest) {
        std::erase_if(queue, [&, n = std::size_t{0}](const CaseScene* one) mutable {
            return n++ >= kNext && std::ranges::count(oldest, one) == 0;
        });
    }
    queue.insert(queue.end(), work.begin(), work.end());
    return queue;
}

/// The first cell of a row, and all of the row to be pressed.
void openable(Frame& frame, const CaseScene& one, const std::string& text) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ImGui::PushID(static_cast<int>(one.number));
    if (ImGui::Selectable(text.c_str(), frame.selection.opened == one.number, ImGuiSelectableFlags_SpanAllColumns)) {
        frame.selection.open(one.number);
    }
    ImGui::PopID();
}

void subject_cells(const Frame& frame, const CaseScene& one) {
    left_cell(frame, studies::explain::kind_text(one.kind));
    left_cell(frame,
              one.item < frame.network().items.size() ? frame.network().items[models::ItemId{one.item}].name : "");
    const bool at_site = one.site < frame.network().sites.size();
    left_cell(frame, at_site ? frame.network().sites[models::SiteId{one.site}].name : "headquarters");
    right_cell(frame, one.units > 0 ? count_text(one.units) : "\u2013");
    right_cell(frame, value_text(frame, one));
}

std::string turn_text(const CaseScene& one) {
    if (one.where == Where::at_work) return "at work";
    return fmt::format("{}{}", one.where == Where::urgent ? "urgent " : "", one.turn);
}

void draw_desk(Frame& frame, models::Role role) {
    std::size_t waiting = 0;
    const std::vector<const CaseScene*> shown = shown_of(frame, role, waiting);
    if (shown.empty()) return;
    ImGui::PushFont(frame.fonts.bold);
    paragraph(fmt::format("Before {}", people_text(role)));
    ImGui::PopFont();
    const models::Time now = frame.lane().scene.now;
    if (begin_table(frame, people_text(role),
                    {{"In turn", 1.2F},
                     {"What", 1.4F},
                     {"Item", 0.9F},
                     {"Site", 0.7F},
                     {"Units", 0.7F},
                     {"Value", 0.9F},
                     {"Waiting", 1.6F},
                     {"Detected", 1.7F}})) {
        for (const CaseScene* one : shown) {
            openable(frame, *one, turn_text(*one));
            subject_cells(frame, *one);
            right_cell(frame, one->where == Where::at_work ? "" : waited_text(now - one->since));
            right_cell(frame, frame.clock().short_moment(one->raised));
        }
        ImGui::EndTable();
    }
    const auto rows = static_cast<std::size_t>(std::ranges::count_if(shown, [](auto* one) { return in_queue(*one); }));
    if (waiting > rows) {
        ImGui::TextDisabled("%s", fmt::format("shown are the next {} and the {} oldest of {}", kNext, kOldest,
                                              count_text(static_cast<double>(waiting)))
                                      .c_str());
    }
}

std::string level_name(const Scene& scene, const CaseScene& one) {
    return one.level < scene.lists.levels.size() ? scene.lists.levels[one.level] : "";
}

void draw_approvals(Frame& frame) {
    const Scene& scene = frame.lane().scene;
    std::vector<const CaseScene*> shown;
    for (const CaseScene& one : scene.lists.cases) {
        if (one.where == Where::approval && is_followed(frame, one)) shown.push_back(&one);
    }
    if (shown.empty()) return;
    ImGui::PushFont(frame.fonts.bold);
    paragraph("Before approvers");
    ImGui::PopFont();
    if (!begin_table(frame, "approvals",
                     {{"Level", 1.4F},
                      {"What", 1.4F},
                      {"Item", 0.9F},
                      {"Site", 0.7F},
                      {"Units", 0.7F},
                      {"Value", 0.9F},
                      {"Approver", 1.4F},
                      {"Waiting", 1.5F},
                      {"Turns to it", 1.7F}})) {
        return;
    }
    for (std::size_t i = 0; i < std::min(kApprovals, shown.size()); ++i) {
        const CaseScene& one = *shown[i];
        openable(frame, one, level_name(scene, one));
        subject_cells(frame, one);
        left_cell(frame, role_text(one.role));
        right_cell(frame, waited_text(scene.now - one.since));
        right_cell(frame, frame.clock().short_moment(one.until));
    }
    ImGui::EndTable();
    if (shown.size() > kApprovals) ImGui::TextDisabled("only the %zu oldest are shown", kApprovals);
}

/// Since when the case waits that has waited longest for somebody of a role.
std::string longest_wait(const Scene& scene, models::Role role) {
    models::Time since = scene.now;
    for (const CaseScene& one : scene.lists.cases) {
        if (one.role == role && in_queue(one)) since = std::min(since, one.since);
    }
    return since == scene.now ? "" : waited_text(scene.now - since);
}

void draw_people(const Frame& frame) {
    const Scene& scene = frame.lane().scene;
    if (!begin_table(frame, "desks",
                     {{"Desk", 1.9F},
                      {"People"},
                      {"At work"},
                      {"Urgent waiting", 1.4F},
                      {"Ordinary waiting", 1.4F},
                      {"Longest wait", 1.6F},
                      {"Overtime", 1.4F}})) {
        return;
    }
    for (std::size_t i = 1; i < models::kRoles; ++i) {  // the system has no desk
        const auto role = static_cast<models::Role>(i);
        const DeskScene& desk = scene.desk(role);
        if (desk.staff == 0 && desk.waiting() == 0) continue;
        ImGui::TableNextRow();
        left_cell(frame, people_text(role));
        right_cell(frame, count_text(desk.staff));
        right_cell(frame, count_text(desk.busy));
        right_cell(frame, count_text(desk.urgent), desk.urgent > 0 ? frame.theme.warn : frame.theme.ink);
        right_cell(frame, count_text(desk.ordinary));
        right_cell(frame, longest_wait(scene, role));
        right_cell(frame, desk.overtime             ? "now"
                          : desk.overtime_hours > 0 ? fmt::format("{:.1f} h today", desk.overtime_hours)
                          : desk.open               ? "no"
                                                    : "closed");
    }
    ImGui::EndTable();
}

}  // namespace

void nothing(const std::string& words, const Frame& frame) {
    const int site = frame.selection.site;
    const auto name = [&] { return frame.network().sites[models::SiteId{static_cast<std::size_t>(site)}].name; };
    const std::string text =
        site < 0 ? words : fmt::format("{} for {}", words, Painter::fitted(name(), 300, frame.fonts.body));
    ImGui::TextDisabled("%s", text.c_str());
}

void draw_desks(Frame& frame) {
    const Scene& scene = frame.lane().scene;
    std::int32_t waiting = 0;
    for (const DeskScene& desk : scene.desks) waiting += desk.waiting();
    const std::string head =
        fmt::format("Headquarters: {} cases wait for people, {} for approval{}###cases", count_text(waiting),
                    count_text(scene.approvals), frame.selection.site < 0 ? "" : ", of all warehouses");
    if (!ImGui::CollapsingHeader(head.c_str(), ImGuiTreeNodeFlags_DefaultOpen)) return;
    draw_people(frame);
    std::int32_t gathered = 0;
    bool any = false;
    for (const CaseScene& one : scene.lists.cases) {
        if (!is_followed(frame, one)) continue;
        gathered += one.where == Where::preparing;
        any = any || one.where != Where::preparing;
    }
    for (std::size_t i = 1; i < models::kRoles; ++i) draw_desk(frame, static_cast<models::Role>(i));
    draw_approvals(frame);
    if (!any) nothing("no case waits", frame);
    if (gathered > 0) ImGui::TextDisabled("facts are gathered for %d complaints", gathered);
}

}  // namespace entrepot::viz

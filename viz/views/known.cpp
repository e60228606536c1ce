#include "viz/views/known.hpp"

#include <fmt/format.h>

#include "viz/live/case_words.hpp"
#include "viz/views/figures.hpp"

namespace entrepot::viz {

namespace {

const std::string kNothing = "\u2013";

/// A row of the table: what is so, and what record and headquarters have for it.
struct Row {
    const char* what;
    std::string so, record, headquarters;
    bool record_differs = false, headquarters_differs = false;
};

std::string rate_text(double rate) { return rate < 0 ? kNothing : fmt::format("{:.1f}", rate); }

std::vector<Row> rows_of(const ItemScene& k) {
    const auto by_plan = [&](const std::string& text) { return k.planned ? text : kNothing; };
    const std::string on_order =
        k.proposed == 0 ? count_text(k.on_order)
        : k.proposed == k.on_order
            ? count_text(k.on_order) + " proposed"
            : fmt::format("{}, {} of it proposed", count_text(k.on_order), count_text(k.proposed));
    const std::string known = k.lead.receipts == 0 ? fmt::format("{:.1f}", k.lead.known)
                                                   : fmt::format("{:.1f} \u00b1 {:.1f}", k.lead.known, k.lead.spread);
    return {
        {"On hand", count_text(k.on_hand), count_text(k.recorded), kNothing, k.recorded != k.on_hand},
        {"Promised, to be picked", count_text(k.to_pick), count_text(k.allocated), kNothing, k.allocated != k.to_pick},
        {"Customers wait for", count_text(k.waiting), count_text(k.waiting), kNothing},
        {"Free", count_text(k.free()), count_text(k.free_on_record()), by_plan(count_text(k.believed)),
         k.free_on_record() != k.free(), k.planned && k.believed != k.free()},
        {"To come", count_text(k.to_come), kNothing, by_plan(on_order), false,
         k.planned && k.on_order != k.to_come + k.proposed},
        {"Demand a day", rate_text(k.wanted), rate_text(k.usual), by_plan(rate_text(k.rate)), false,
         k.planned && std::abs(k.rate - k.wanted) > 0.15 * k.wanted},
        {"Lead time [days]", fmt::format("{:.1f}", k.lead.now), fmt::format("{:.1f}", k.lead.on_record), by_plan(known),
         std::abs(k.lead.on_record - k.lead.now) > 0.15 * k.lead.now,
         k.planned && std::abs(k.lead.known - k.lead.now) > 0.15 * k.lead.now}};
}

void head(const Frame& frame, const std::string& item, const std::string& site) {
    ImGui::PushFont(frame.fonts.bold);
    paragraph(fmt::format("Known and true: {} at {}", item, site));
    ImGui::PopFont();
}

}  // namespace

void draw_known_beside_true(const Frame& frame, const ItemScene& known, const std::string& item,
                            const std::string& site) {
    head(frame, item, site);
    const models::Time now = frame.lane().scene.now;
    if (begin_table(frame, "beside", {{"", 1.6F}, {"So it is", 1.1F}, {"On record", 1.1F}, {"HQ believes", 1.5F}})) {
        for (const Row& row : rows_of(known)) {
            ImGui::TableNextRow();
            left_cell(frame, row.what);
            right_cell(frame, row.so);
            const auto cell = [&](const std::string& text, bool differs) {
                right_cell(frame, differs ? text + " *" : text, differs ? frame.theme.warn : frame.theme.ink);
            };
            cell(row.record, row.record_differs);
            cell(row.headquarters, row.headquarters_differs);
        }
        ImGui::EndTable();
    }
    const std::vector<std::string> all = differences(known, now);
    ImGui::PushStyleColor(ImGuiCol_Text, all.empty() ? frame.theme.muted : frame.theme.warn);
    for (const std::string& one : all) paragraph("* " + one);
    if (all.empty()) paragraph("What is known is so.");
    ImGui::PopStyleColor();
    ImGui::PushFont(frame.fonts.small);
    ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.muted);
    paragraph(fmt::format(
        "Levels: order at {}, up to {}; {}. Demand that is so: what customers will want in the next four weeks, in the "
        "mean; on record: what was usual on day 0. Lead time that is so: of an order placed now, in the mean, behind "
        "what its supplier has to do.",
        count_text(known.reorder_point), count_text(known.order_up_to), heard_text(known, now)));
    ImGui::PopStyleColor();
    ImGui::PopFont();
}

}  // namespace entrepot::viz

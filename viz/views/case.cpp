#include <algorithm>

#include <fmt/format.h>

#include "results/text/format.hpp"
#include "studies/explain/words.hpp"
#include "viz/live/case_words.hpp"
#include "viz/views/figures.hpp"
#include "viz/views/known.hpp"
#include "viz/views/registry.hpp"

namespace entrepot::viz {

namespace {

/// One decision from its detection to its end: its steps up to the moment shown, what led to it and what it led to,
/// and what was known beside what was true.
class CaseView final : public View {
public:
    std::string_view name() const override { return "case"; }
    std::string_view title() const override { return "Case"; }
    std::string_view hint() const override {
        return "One decision, step by step up to this moment, and what is known of its stock beside what is true. "
               "Choose it in Queues, or press o for the next one that waits and O for the one before. Click a time to "
               "go there.";
    }
    bool wants_case() const override { return true; }
    void draw(Frame& frame) override;
    std::string state() const override { return state_; }

private:
    void draw_head(Frame& frame, const OpenedCase& opened) const;
    void draw_ways_on(Frame& frame, const OpenedCase& opened) const;
    void draw_steps(const Frame& frame, const OpenedCase& opened) const;

    std::string state_;
};

void CaseView::draw(Frame& frame) {
    ImGui::BeginChild("case", {}, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NavFlattened);
    const Lists& lists = frame.lane().scene.lists;
    const auto& opened = lists.opened;
    const bool chosen = frame.selection.opened != models::kNone;
    state_.clear();
    if (lists.looked_for != frame.selection.opened) {
        ImGui::TextDisabled("looking ...");
    } else if (!opened) {
        paragraph(chosen ? fmt::format("Case {} is not raised yet at this moment.", frame.selection.opened)
                         : "There is no case yet. Go on in time, and choose one in Queues.");
        if (chosen && ImGui::Button("Show the one that waits longest")) frame.selection.opened = models::kNone;
    } else {
        draw_head(frame, *opened);
        draw_ways_on(frame, *opened);
        ImGui::Spacing();
        draw_steps(frame, *opened);
        ImGui::Spacing();
        if (opened->history.of_stock()) {
            draw_known_beside_true(frame, opened->known, frame.network().items[opened->history.item].name,
                                   frame.network().sites[opened->history.site].name);
        }
        state_ = fmt::format("case {} steps {}{}", opened->history.number, opened->history.lines.size(),
                             opened->history.over() ? " over" : "");
    }
    ImGui::EndChild();
}

void CaseView::draw_head(Frame& frame, const OpenedCase& opened) const {
    const CaseHistory& history = opened.history;
    const models::Network& network = frame.network();
    const Scene& scene = frame.lane().scene;
    ImGui::PushFont(frame.fonts.title);
    paragraph(fmt::format("Case {}: {}", history.number, about_text(history, network)));
    ImGui::PopFont();
    std::string about =
        fmt::format("Under {}, detected {}", frame.lane().strategy, frame.clock().short_moment(history.raised()));
    if (history.units() > 0) {
        const models::Money value = network.items[history.item].unit_cost * history.units();
        about += fmt::format(", worth {} at cost",
                             results::money_text(value.amount(), frame.session.loaded->scenario.currency));
    }
    if (!opened.order.empty()) about += ", about order " + opened.order;
    paragraph(about + ".");
    std::string where = "It is over.";
    if (opened.waits) {
        const std::uint8_t level = opened.waits->level;
        const std::string until =
            opened.waits->until == sim::kNever ? "" : frame.clock().short_moment(opened.waits->until);
        where = "It " +
                where_text(*opened.waits, scene.now, level < scene.lists.levels.size() ? scene.lists.levels[level] : "",
                           until) +
                ".";
    } else if (!history.over()) {
        where = "It is under way.";
    }
    ImGui::PushStyleColor(ImGuiCol_Text, history.over() ? frame.theme.muted : frame.theme.accent);
    paragraph(frame.selection.opened == models::kNone ? where + " None is chosen: this is the one that waits longest."
                                                      : where);
    ImGui::PopStyleColor();
}

/// What led to it, what it led to, and stories.
void CaseView::draw_ways_on(Frame& frame, const OpenedCase& opened) const {
    bool first = true;
    const auto way = [&](const std::string& text) {
        if (!first) ImGui::SameLine();
        if (!first && room_across() < ImGui::CalcTextSize(text.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x) {
            ImGui::NewLine();
        }
        first = false;
        return ImGui::SmallButton(text.c_str());
    };
    const auto to_case = [&](const char* words, const CaseRelative& other) {
        if (way(fmt::format("{} case {}, {}", words, other.number, studies::explain::kind_text(other.kind)))) {
            frame.selection.open(other.number);
        }
    };
    if (opened.history.because_of) to_case("Because of", *opened.history.because_of);
    constexpr std::size_t kMost = 4;
    for (std::size_t i = 0; i < std::min(kMost, opened.history.led_to.size()); ++i) {
        to_case("Led to", opened.history.led_to[i]);
    }
    const int site = static_cast<int>(opened.history.site.index());
    if (!opened.order.empty() && way("Story of the order")) {
        frame.session.storyteller->ask(frame.lane().root, opened.order, site);
        frame.selection.show = "find";
    }
    if (!opened.history.of_stock()) return;
    const std::string& item = frame.network().items[opened.history.item].name;
    if (way(fmt::format("Story of {} at {}", item, frame.network().sites[opened.history.site].name))) {
        frame.selection.item = opened.history.item.value;
        frame.selection.site = site;
        frame.session.storyteller->ask(frame.lane().root, item, site);
        frame.selection.show = "find";
    }
}

void CaseView::draw_steps(const Frame& frame, const OpenedCase& opened) const {
    if (!ImGui::BeginTable("steps", 3, kTable, {room_across(), 0})) return;
    ImGui::TableSetupColumn("When", ImGuiTableColumnFlags_WidthStretch, 1.1F);
    ImGui::TableSetupColumn("Who", ImGuiTableColumnFlags_WidthStretch, 0.9F);
    ImGui::TableSetupColumn("What", ImGuiTableColumnFlags_WidthStretch, 3.4F);
    ImGui::TableHeadersRow();
    int row = 0;
    for (const CaseStepText& step : step_texts(opened.history, frame.network())) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::PushID(row++);
        if (ImGui::Selectable(frame.clock().short_moment(step.at).c_str()))
            frame.session.engine->go_to(step.at + models::Duration{1});
        ImGui::PopID();
        left_cell(frame, step.who);
        ImGui::TableNextColumn();
        ImGui::PushStyleColor(ImGuiCol_Text, step.stopped ? frame.theme.warn : frame.theme.ink);
        ImGui::TextWrapped("%s", step.what.c_str());
        ImGui::PopStyleColor();
    }
    ImGui::EndTable();
}

}  // namespace

std::unique_ptr<View> make_case_view() { return std::make_unique<CaseView>(); }

}  // namespace entrepot::viz

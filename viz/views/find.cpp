#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "results/charts/chart.hpp"
#include "results/charts/palette.hpp"
#include "viz/canvas/drawing.hpp"
#include "viz/views/figures.hpp"
#include "viz/views/known.hpp"
#include "viz/views/registry.hpp"

namespace entrepot::viz {

namespace {

namespace charts = results::charts;

/// Any order, item, purchase line or transfer by its name: its story, and how an item stands in all three views.
class FindView final : public View {
public:
    std::string_view name() const override { return "find"; }
    std::string_view title() const override { return "Find"; }
    std::string_view hint() const override {
        return "Type the name of an item, an order, a purchase line or a transfer, or ask for the worst. The story is "
               "of the whole replication, as entrepot explain tells it. Click a time to go there.";
    }
    void draw(Frame& frame) override;

private:
    void draw_question(Frame& frame);
    void draw_item(const Frame& frame) const;
    void draw_course(const Frame& frame, const ItemCourse& course, const std::string& under);
    void draw_story(Frame& frame, const studies::explain::Story& story, const std::string& under);
    void draw_lists(Frame& frame, const Told& told);
    void ask(Frame& frame, const std::string& name);
    static std::string under(const Frame& frame, const Told& told);

    std::array<char, 96> typed_{};
    std::uint32_t followed_ = models::kNone;
};

/// The order, item, purchase line or transfer of an option of `entrepot explain`: the A0001 of "--item A0001 --site
/// SE".
std::string named_by(const std::string& option) {
    const auto first = option.find(' ') == option.npos ? 0 : option.find(' ') + 1;
    const char quote = first < option.size() && option[first] == '\'' ? '\'' : ' ';
    const auto begin = quote == '\'' ? first + 1 : first;
    return option.substr(begin, option.find(quote, begin) - begin);
}

/// Stories name options of the command line; here there are buttons.
std::string without_options(const std::string& sentence) {
    const auto option = sentence.find("; --");
    return option == sentence.npos ? sentence : sentence.substr(0, option) + ".";
}

void FindView::ask(Frame& frame, const std::string& name) {
    const std::string shown = name.substr(0, typed_.size() - 1);
    std::ranges::fill(typed_, '\0');
    std::ranges::copy(shown, typed_.begin());
    frame.session.storyteller->ask(frame.lane().root, name, frame.selection.site);
    for (const models::ItemId item : sim::ids<models::ItemId>(frame.network().items)) {
        if (frame.network().items[item].name == name) frame.selection.item = followed_ = item.value;
    }
}

void FindView::draw(Frame& frame) {
    ImGui::BeginChild("find", {}, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NavFlattened);
    draw_question(frame);
    if (frame.selection.item != followed_ && frame.selection.item < frame.network().items.size()) {  // chosen elsewhere
        ask(frame, frame.network().items[models::ItemId{frame.selection.item}].name);
    }
    if (frame.selection.item < frame.network().items.size()) draw_item(frame);
    auto told = frame.session.storyteller->told();
    if (!told->asked.empty() && told->strategy != frame.lane().root) {  // another strategy is shown by now
        frame.session.storyteller->ask(frame.lane().root, told->asked, frame.selection.site);
        told = frame.session.storyteller->told();
    }
    if (told->busy) {
        ImGui::TextDisabled(
            "%s",
            fmt::format("The replication of {} is run once more for {} ...", told->strategy, told->asked).c_str());
    } else if (!told->trouble.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
        paragraph(told->trouble);
        ImGui::PopStyleColor();
    }
    if (told->asked.empty()) {
        paragraph("Nothing is asked for yet. What went worst names items, orders and purchase lines to begin with.");
        if (ImGui::Button("List what went worst")) ask(frame, "worst");
    }
    for (const ItemCourse& course : told->courses) draw_course(frame, course, under(frame, *told));
    for (const auto& story : told->stories) draw_story(frame, story, under(frame, *told));
    draw_lists(frame, *told);
    ImGui::EndChild();
}

void FindView::draw_question(Frame& frame) {
    const ImGuiStyle& style = ImGui::GetStyle();
    const float buttons = ImGui::CalcTextSize("Tell").x + ImGui::CalcTextSize("The worst").x +
                          4 * style.FramePadding.x + 2 * style.ItemSpacing.x;
    ImGui::SetNextItemWidth(std::max(60 * frame.scale, room_across() - buttons));
    if (frame.selection.focus == name()) {
        ImGui::SetKeyboardFocusHere();
        frame.selection.focus.clear();
    }
    const bool entered =
        ImGui::InputTextWithHint("##name", "item, order, purchase line or transfer", typed_.data(), typed_.size(),
                                 ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    ImGui::SameLine();
    const bool pressed = ImGui::Button("Tell");
    if ((entered || pressed) && typed_[0] != '\0') ask(frame, typed_.data());
    ImGui::SameLine();
    if (ImGui::Button("The worst")) ask(frame, "worst");
    const LaneLook& lane = frame.lane();
    if (!lane.forked) return;
    ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
    paragraph(
        fmt::format("Stories are of worlds as they go from their start: this one is told as {} went on. Of the fork it "
                    "holds until {}.",
                    lane.root, frame.clock().short_moment(*lane.forked)));
    ImGui::PopStyleColor();
}

void FindView::draw_item(const Frame& frame) const {
    const auto& by_site = frame.lane().scene.lists.item;
    const models::Item& item = frame.network().items[models::ItemId{frame.selection.item}];
    ImGui::PushFont(frame.fonts.bold);
    ImGui::TextUnformatted(
        fmt::format("{} under {} at {}", item.name, frame.lane().strategy, frame.clock().short_moment(frame.look->now))
            .c_str());
    ImGui::PopFont();
    if (by_site.empty()) return;
    if (!begin_table(frame, "item",
                     {{"Site", 0.8F},
                      {"Shelf"},
                      {"Dock"},
                      {"Staged"},
                      {"Record"},
                      {"Promised"},
                      {"Waiting"},
                      {"HQ believes", 1.1F},
                      {"On order"},
                      {"Order at"}})) {
        return;
    }
    for (std::size_t i = 0; i < by_site.size(); ++i) {
        const ItemScene& s = by_site[i];
        ImGui::TableNextRow();
        if (frame.selection.site == static_cast<int>(i))
            ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, faded(frame.theme.accent, 0.2F));
        ImGui::TableNextColumn();
        const std::string site = Painter::fitted(frame.network().sites[models::SiteId{i}].name,
                                                 ImGui::GetContentRegionAvail().x, frame.fonts.body);
        ImGui::PushID(static_cast<int>(i));
        const bool followed = frame.selection.site == static_cast<int>(i);
        if (ImGui::Selectable(site.c_str(), followed)) frame.selection.site = followed ? -1 : static_cast<int>(i);
        ImGui::PopID();
        const auto number = [&](double value, bool differs = false) {
            const std::string text = count_text(value) + (differs ? " *" : "");
            right_cell(frame, text, differs ? frame.theme.warn : frame.theme.ink);
        };
        number(s.on_hand), number(s.at_dock), number(s.staged);
        number(s.recorded, s.recorded != s.on_hand), number(s.allocated), number(s.waiting);
        number(s.believed, s.believed != s.recorded - s.allocated - s.waiting), number(s.on_order);
        number(static_cast<double>(s.reorder_point));
    }
    ImGui::EndTable();
    ImGui::PushFont(frame.fonts.small);
    ImGui::TextDisabled("* what is known differs from what is so. Choose a site to see it beside what is true.");
    ImGui::PopFont();
    const auto site = static_cast<std::size_t>(frame.selection.site);
    if (frame.selection.site < 0 || site >= by_site.size()) return;
    draw_known_beside_true(frame, by_site[site], item.name, frame.network().sites[models::SiteId{site}].name);
}

/// "under S6", wherever something of the whole replication is told.
std::string FindView::under(const Frame& frame, const Told& told) {
    return "under " + told.strategy + (frame.lane().forked ? ", without the fork" : "");
}

void FindView::draw_course(const Frame& frame, const ItemCourse& course, const std::string& under) {
    const models::Calendar& calendar = frame.network().calendar;
    charts::LineChart chart{.title = fmt::format("{} at {} {}, day by day [units]", course.item, course.site, under),
                            .measure = {.unit = ""},
                            .x_title = "day",
                            .first_x = -static_cast<double>(calendar.warmup_days),
                            .from_zero = true};
    const auto daily = [](const std::vector<double>& quarters) {
        std::vector<double> days;
        for (std::size_t i = 0; i < quarters.size(); i += 4) days.push_back(quarters[i]);
        return days;
    };
    // Three greys that no strategy has: what is so is the darkest.
    chart.series.push_back({"headquarters believes", charts::Colour{185, 185, 185}, daily(course.believed), {}, {}});
    chart.series.push_back({"on record", charts::Colour{110, 110, 110}, daily(course.record), {}, {}});
    chart.series.push_back({"on the shelf", charts::kInk, daily(course.shelf), {}, {}});
    const double now = sim::in<sim::days>(frame.look->now.time_since_epoch()) - calendar.warmup_days;
    // What is to come is shaded: it begins at the moment that all views show.
    chart.spans.push_back({"until now", chart.first_x, now, false});
    chart.spans.push_back({"to come", now, static_cast<double>(calendar.total_days() - calendar.warmup_days), true});
    const auto days = frame.clock().days();
    chart.x_note = [days](double day) { return days.short_date(static_cast<int>(day)); };
    const float width = room_across();
    const charts::Drawing drawing = layout(chart, {static_cast<double>(width / frame.scale), 230});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    viz::draw(drawing, frame.painter(), at);
    ImGui::Dummy({width, static_cast<float>(drawing.height) * frame.scale});
    ImGui::PushFont(frame.fonts.small);
    ImGui::TextDisabled("%s: %s", course.site.c_str(), course.why.c_str());
    ImGui::PopFont();
}

void FindView::draw_story(Frame& frame, const studies::explain::Story& story, const std::string& under) {
    ImGui::PushFont(frame.fonts.title);
    paragraph(fmt::format("The {} {} {}", story.subject, story.name, under));
    ImGui::PopFont();
    for (const std::string& sentence : story.about) paragraph(without_options(sentence));
    if (!story.closing.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.accent);
        paragraph(story.closing);
        ImGui::PopStyleColor();
    }
    if (!story.steps.empty() && ImGui::BeginTable("steps", 3, kTable, {room_across(), 0})) {
        ImGui::TableSetupColumn("When", ImGuiTableColumnFlags_WidthStretch, 1.1F);
        ImGui::TableSetupColumn("Who", ImGuiTableColumnFlags_WidthStretch, 0.9F);
        ImGui::TableSetupColumn("What", ImGuiTableColumnFlags_WidthStretch, 4);
        ImGui::TableHeadersRow();
        int row = 0;
        for (const auto& step : story.steps) {
            ImGui::TableNextRow();
            ImGui::TableNextColumn();
            ImGui::PushID(row++);
            if (ImGui::Selectable(frame.clock().short_moment(step.at).c_str())) frame.session.engine->go_to(step.at);
            ImGui::PopID();
            ImGui::TableNextColumn();
            ImGui::TextWrapped("%s", step.who.c_str());
            ImGui::TableNextColumn();
            ImGui::TextWrapped("%s", step.what.c_str());
            for (const auto& sight : step.sights) {
                ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.muted);
                ImGui::TextWrapped("%s", sight.text().c_str());
                ImGui::PopStyleColor();
            }
        }
        ImGui::EndTable();
    }
    for (const std::string& option : story.see) {
        const std::string name = named_by(option);
        if (room_across() < ImGui::CalcTextSize(name.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x)
            ImGui::NewLine();
        if (ImGui::SmallButton(name.c_str())) ask(frame, name);
        ImGui::SameLine();
    }
    ImGui::NewLine();
}

void FindView::draw_lists(Frame& frame, const Told& told) {
    for (const auto& list : told.lists) {
        ImGui::PushFont(frame.fonts.bold);
        paragraph(fmt::format("{} [{}], {}", list.title, list.unit, under(frame, told)));
        ImGui::PopFont();
        int row = 0;
        ImGui::PushID(list.title.c_str());
        for (const auto& one : list.all) {
            ImGui::PushID(row++);
            if (ImGui::SmallButton("Tell")) {
                ask(frame, named_by(one.option));
            }
            ImGui::SameLine();
            ImGui::TextWrapped("%s  %s", short_text(one.amount).c_str(), one.what.c_str());
            ImGui::PopID();
        }
        ImGui::PopID();
    }
}

}  // namespace

std::unique_ptr<View> make_find_view() { return std::make_unique<FindView>(); }

}  // namespace entrepot::viz

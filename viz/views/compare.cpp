#include <algorithm>

#include <fmt/format.h>

#include "results/charts/chart.hpp"
#include "results/report/figures.hpp"
#include "viz/canvas/drawing.hpp"
#include "viz/views/bands.hpp"
#include "viz/views/registry.hpp"

namespace entrepot::viz {

namespace {

/// Strategies at the same moment side by side; of a study, what was found, with its intervals.
class CompareView final : public View {
public:
    std::string_view name() const override { return "compare"; }
    std::string_view title() const override { return "Compare"; }
    std::string_view hint() const override {
        return "The strategies at the same moment of the same demand, and how they did since the measured window "
               "began. Differences of one replication prove nothing: open a study for intervals.";
    }
    bool fits(const Session& session) const override { return session.ready() || session.study; }
    void draw(Frame& frame) override;

private:
    void draw_study(const Frame& frame);
    void draw_moment(const Frame& frame) const;
    void draw_rows(const Frame& frame, std::size_t place) const;
    int site_ = 0;
};

void CompareView::draw(Frame& frame) {
    ImGui::BeginChild("compare");
    if (frame.session.study) draw_study(frame);
    if (frame.look) draw_moment(frame);
    ImGui::EndChild();
}

void show(const Frame& frame, const results::charts::Drawing& drawing) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw(drawing, frame.painter(), at);
    ImGui::Dummy({static_cast<float>(drawing.width) * frame.scale, static_cast<float>(drawing.height) * frame.scale});
}

void CompareView::draw_study(const Frame& frame) {
    const OpenStudy& open = *frame.session.study;
    const results::Study& study = open.study;
    const std::size_t comparator = open.comparison.comparator;
    ImGui::PushFont(frame.fonts.title);
    ImGui::TextWrapped("%s",
                       fmt::format("{}: {}", study.manifest.scenario_title,
                                   results::observations_text(results::observation_count(study), study.antithetic))
                           .c_str());
    ImGui::PopFont();
    ImGui::TextWrapped("%s",
                       fmt::format("Change against {}, as a share of its value, with 95 % intervals; right of zero is "
                                   "better, grey can't be told from chance.",
                                   results::strategy_text(study, comparator))
                           .c_str());
    std::vector<std::size_t> others;
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        if (s != comparator) others.push_back(s);
    }
    const auto width = static_cast<double>((ImGui::GetContentRegionAvail().x - 4) / frame.scale);
    if (!others.empty()) show(frame, layout(results::kpi_chart(study, open.comparison, others), width));
    if (open.roi.best) {
        results::charts::Waterfall chart = results::benefit_waterfall(study, open.roi, *open.roi.best);
        chart.title = "Benefits a year of " + results::strategy_text(study, *open.roi.best);
        show(frame, layout(chart, width));
    }
    site_ = std::clamp(frame.selection.site >= 0 ? frame.selection.site : site_, 0,
                       static_cast<int>(study.dimensions.sites.size()) - 1);
    std::vector<std::size_t> shown{comparator};
    shown.insert(shown.end(), others.begin(), others.end());
    if (auto days = results::site_days(study, shown, static_cast<std::size_t>(site_))) {
        ImGui::PushFont(frame.fonts.bold);
        ImGui::TextUnformatted(fmt::format("Day by day at {}, medians and 10 to 90 % bands",
                                           study.dimensions.sites[static_cast<std::size_t>(site_)])
                                   .c_str());
        ImGui::PopFont();
        for (int i = 0; i < static_cast<int>(study.dimensions.sites.size()); ++i) {
            if (ImGui::RadioButton(study.dimensions.sites[static_cast<std::size_t>(i)].c_str(), site_ == i)) site_ = i;
            ImGui::SameLine();
        }
        ImGui::NewLine();
        show(frame, layout(*days, width));
    }
}

void CompareView::draw_moment(const Frame& frame) const {
    ImGui::PushFont(frame.fonts.bold);
    ImGui::TextUnformatted(fmt::format("At {}", frame.clock().moment(frame.look->now)).c_str());
    ImGui::PopFont();
    ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
    ImGui::TextWrapped("%s", one_replication(frame).c_str());
    ImGui::PopStyleColor();
    const std::size_t sites = frame.network().sites.size();
    if (frame.selection.site >= 0) {
        draw_rows(frame, static_cast<std::size_t>(frame.selection.site));
    } else {
        for (std::size_t place = 0; place < sites; ++place) draw_rows(frame, place);
    }
    draw_rows(frame, sites);
}

void CompareView::draw_rows(const Frame& frame, std::size_t place) const {
    const auto& lanes = frame.look->lanes;
    const bool hq = place == frame.network().sites.size();
    const std::string name = hq ? "Headquarters" : frame.network().sites[models::SiteId{place}].name;
    if (!ImGui::BeginTable(name.c_str(), static_cast<int>(1 + 2 * lanes.size()), kTable)) return;
    ImGui::TableSetupColumn(name.c_str(), ImGuiTableColumnFlags_WidthStretch, 1.8F);
    for (const LaneLook& lane : lanes)
        ImGui::TableSetupColumn((lane.strategy + " now").c_str(), ImGuiTableColumnFlags_WidthStretch, 1);
    for (const LaneLook& lane : lanes)
        ImGui::TableSetupColumn((lane.strategy + " so far").c_str(), ImGuiTableColumnFlags_WidthStretch, 1);
    ImGui::TableHeadersRow();
    const double now = sim::in<sim::hours>(frame.look->now.time_since_epoch());
    const auto begin = static_cast<std::size_t>(24 * frame.network().calendar.warmup_days);
    const auto end = static_cast<std::size_t>(now);
    for (const Measure& measure : kMeasures) {
        if (measure.of_headquarters != hq) continue;
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(std::string(measure.title).c_str());
        const auto number = [&](const std::string& text) {
            ImGui::TableNextColumn();
            const float spare = ImGui::GetContentRegionAvail().x - ImGui::CalcTextSize(text.c_str()).x;
            if (spare > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + spare);
            ImGui::TextUnformatted(text.c_str());
        };
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            number(Bands::value_at(frame, {&measure, lane, place}, now));
        }
        for (const LaneLook& lane : lanes) {
            std::vector<Tracks::Bin> one(1);
            if (end > begin && frame.session.tracks.hours(lane.id) > 0) {
                frame.session.tracks.bins(lane.id, place, measure, begin, end - begin, one);
            }
            number(one.front().empty ? "\u2013" : Bands::value_text(measure, static_cast<double>(one.front().value)));
        }
    }
    ImGui::EndTable();
}

}  // namespace

std::unique_ptr<View> make_compare_view() { return std::make_unique<CompareView>(); }

}  // namespace entrepot::viz

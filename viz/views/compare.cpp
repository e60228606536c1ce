#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/business/recommendation.hpp"
#include "results/charts/chart.hpp"
#include "results/report/figures.hpp"
#include "results/text/format.hpp"
#include "viz/canvas/drawing.hpp"
#include "viz/views/bands.hpp"
#include "viz/views/figures.hpp"
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
    void draw_kpis(const Frame& frame) const;
    void draw_site_days(const Frame& frame, const std::vector<std::size_t>& shown, double width);
    void draw_moment(const Frame& frame) const;
    void draw_rows(const Frame& frame, std::size_t place, models::Time from) const;
    int site_ = 0, followed_ = -1;
    const OpenStudy* advised_ = nullptr;  ///< of which the advice is
    std::string advice_;
};

void CompareView::draw(Frame& frame) {
    ImGui::BeginChild("compare", {}, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NavFlattened);
    if (frame.session.study) draw_study(frame);
    if (frame.look) draw_moment(frame);
    ImGui::EndChild();
}

void show(const Frame& frame, const results::charts::Drawing& drawing) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    draw(drawing, frame.painter(), at);
    ImGui::Dummy({static_cast<float>(drawing.width) * frame.scale, static_cast<float>(drawing.height) * frame.scale});
}

/// How the chart of the KPIs is to be read, and what isn't on it.
std::string chart_legend(const OpenStudy& open) {
    const results::Study& study = open.study;
    const std::size_t comparator = open.comparison.comparator;
    std::vector<std::string_view> without;
    for (const results::ComparedRow& row : open.comparison.rows) {
        const bool of_chart =
            row.kpi->headline && row.row.slice.is_total() && row.kpi->better != results::Better::neither;
        if (of_chart && !results::has_scale(row, comparator)) without.push_back(row.kpi->name);
    }
    std::string text = fmt::format(
        "Change against {}, as a share of its value, with the 95 % interval of each row; right of zero is better. "
        "Verdicts are at 5 % after Holm's correction over the rows shown: grey can't be told from chance, even where "
        "its own interval is clear of zero. A triangle points right where it is better beyond doubt, left where worse. "
        "An arrow head at the edge of a row: its interval goes on beyond.",
        results::strategy_text(study, comparator));
    if (!without.empty()) {
        text += fmt::format(" No bar, as {} has nothing of it to take a share of: {}.", study.strategies[comparator],
                            fmt::join(without, ", "));
    }
    return text;
}

/// Each headline in numbers: every strategy, and its difference to the comparator with the interval.
void CompareView::draw_kpis(const Frame& frame) const {
    const OpenStudy& open = *frame.session.study;
    const std::size_t comparator = open.comparison.comparator, count = open.study.strategies.size();
    std::vector<TableColumn> columns{{"In the measured window", 2.6F}, {open.study.strategies[comparator], 1.5F}};
    for (std::size_t s = 0; s < count; ++s) {
        if (s == comparator) continue;
        columns.push_back({open.study.strategies[s], 1.5F});
        columns.push_back({"against " + open.study.strategies[comparator], 3});
    }
    if (!begin_table(frame, "kpis", columns)) return;
    const std::string& currency = open.study.dimensions.currency;
    for (const results::ComparedRow& row : open.comparison.rows) {
        if (!row.kpi->headline || !row.row.slice.is_total()) continue;
        // Some are headlines only where the scenario has anything for them.
        const auto something = [](const results::Compared& c) { return c.value.has_estimate && c.value.estimate != 0; };
        if (std::ranges::none_of(row.strategies, something)) continue;
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::TextWrapped("%s", std::string(row.kpi->name).c_str());
        const auto value = [&](const results::Compared& one) {
            const bool there = one.value.has_estimate;
            right_cell(frame, there ? results::value_text(*row.kpi, one.value.estimate, currency) : "\u2013");
        };
        value(row.strategies[comparator]);
        for (std::size_t s = 0; s < count; ++s) {
            if (s == comparator) continue;
            const results::Compared& one = row.strategies[s];
            value(one);
            const bool better = one.verdict == results::Verdict::better, worse = one.verdict == results::Verdict::worse;
            const ImU32 colour = better ? frame.theme.good : worse ? frame.theme.bad : frame.theme.muted;
            std::string text = "\u2013";
            if (one.difference.has_estimate) {
                results::Numbers numbers;
                numbers.take(one.difference);
                const auto notation = results::Notation::kpi(*row.kpi, numbers, currency);
                text = one.difference.has_interval ? notation.difference(one.difference)
                                                   : notation.difference(one.difference.estimate);
            }
            right_cell(frame, (better ? "\u25b2 " : worse ? "\u25bc " : "") + text, colour);
        }
    }
    ImGui::EndTable();
    ImGui::PushFont(frame.fonts.small);
    ImGui::TextDisabled(
        "\u25b2 better, \u25bc worse: verdicts at 5 %% after Holm's correction; grey can't be told from chance. "
        "Brackets: 95 %% intervals of each row");
    ImGui::PopFont();
}

void CompareView::draw_study(const Frame& frame) {
    const OpenStudy& open = *frame.session.study;
    const results::Study& study = open.study;
    const std::size_t comparator = open.comparison.comparator;
    ImGui::PushFont(frame.fonts.title);
    paragraph(fmt::format("{}: {}{}", study.manifest.scenario_title,
                          results::observations_text(results::observation_count(study), study.antithetic),
                          study.ending == results::Ending::under_way ? " so far; the study goes on" : ""));
    ImGui::PopFont();
    if (advised_ != &open) {
        advised_ = &open;
        advice_ = results::recommend(study, open.roi).sentence;
    }
    if (!advice_.empty()) paragraph(advice_);
    ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.muted);
    paragraph(chart_legend(open));
    ImGui::PopStyleColor();
    std::vector<std::size_t> others;
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        if (s != comparator) others.push_back(s);
    }
    const auto width = static_cast<double>((room_across() - 4) / frame.scale);
    if (!others.empty()) {
        show(frame, layout(results::kpi_chart(study, open.comparison, others), width));
        draw_kpis(frame);
    }
    if (open.roi.best) {
        results::charts::Waterfall chart = results::benefit_waterfall(study, open.roi, *open.roi.best);
        chart.title = "Benefits a year of " + results::strategy_text(study, *open.roi.best);
        show(frame, layout(chart, width));
    }
    std::vector<std::size_t> shown{comparator};
    shown.insert(shown.end(), others.begin(), others.end());
    draw_site_days(frame, shown, width);
}

void CompareView::draw_site_days(const Frame& frame, const std::vector<std::size_t>& shown, double width) {
    const results::Study& study = frame.session.study->study;
    const auto& sites = study.dimensions.sites;
    if (frame.selection.site != followed_) {
        followed_ = frame.selection.site;
        if (followed_ >= 0) site_ = followed_;
    }
    site_ = std::clamp(site_, 0, static_cast<int>(sites.size()) - 1);
    const auto days = results::site_days(study, shown, static_cast<std::size_t>(site_));
    if (!days) return;
    ImGui::PushFont(frame.fonts.bold);
    paragraph(fmt::format("Day by day at {}, medians and 10 to 90 % bands", sites[static_cast<std::size_t>(site_)]));
    ImGui::PopFont();
    for (int i = 0; i < static_cast<int>(sites.size()); ++i) {
        const std::string& name = sites[static_cast<std::size_t>(i)];
        if (room_across() < ImGui::CalcTextSize(name.c_str()).x + 2 * ImGui::GetFrameHeight()) ImGui::NewLine();
        if (ImGui::RadioButton(name.c_str(), site_ == i)) site_ = i;
        ImGui::SameLine();
    }
    ImGui::NewLine();
    show(frame, layout(*days, width));
}

void CompareView::draw_moment(const Frame& frame) const {
    ImGui::PushFont(frame.fonts.bold);
    paragraph(fmt::format("At {}", frame.clock().moment(frame.look->now)));
    ImGui::PopFont();
    ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
    paragraph(one_replication(frame));
    ImGui::PopStyleColor();
    const models::Time from = sim::kStart + sim::days{frame.network().calendar.warmup_days};
    const auto forked = [](const LaneLook& lane) { return lane.forked.has_value(); };
    ImGui::PushFont(frame.fonts.small);
    paragraph(fmt::format(
        "Now: flows of the last day, ratios of the last 7 days. Mean: of all hours since {}, when the measured window "
        "began; of flows a day, of ratios that of their sums.{}",
        frame.clock().short_moment(from),
        std::ranges::any_of(frame.look->lanes, forked)
            ? " A fork's hours before it are those of the world that it came from: Fork tells what came since."
            : ""));
    ImGui::PopFont();
    const std::size_t sites = frame.network().sites.size();
    if (frame.selection.site >= 0) {
        draw_rows(frame, static_cast<std::size_t>(frame.selection.site), from);
    } else {
        draw_rows(frame, kEverywhere, from);
        for (std::size_t place = 0; place < sites; ++place) draw_rows(frame, place, from);
    }
    draw_rows(frame, sites, from);
}

void CompareView::draw_rows(const Frame& frame, std::size_t place, models::Time from) const {
    const auto& lanes = frame.look->lanes;
    const bool hq = place == frame.network().sites.size(), everywhere = place == kEverywhere;
    const std::string name = hq           ? "Headquarters"
                             : everywhere ? "All warehouses"
                                          : frame.network().sites[models::SiteId{place}].name;
    std::vector<TableColumn> columns{{name, 2.6F}};
    for (const LaneLook& lane : lanes) columns.push_back({lane.strategy + " now", 1.4F});
    for (const LaneLook& lane : lanes) columns.push_back({lane.strategy + " mean", 1.4F});
    if (!begin_table(frame, name.c_str(), columns)) return;
    const double now = sim::in<sim::hours>(frame.look->now.time_since_epoch());
    const auto begin = static_cast<std::size_t>(std::ceil(sim::in<sim::hours>(from.time_since_epoch())));
    const auto end = static_cast<std::size_t>(now);
    const auto text = [](const Measure& measure, const std::optional<double>& value) {
        return value ? Bands::value_text(measure, *value) : std::string("\u2013");
    };
    for (const Measure& measure : kMeasures) {
        if (measure.of_headquarters != hq || (everywhere && measure.value == Counted::cover)) continue;
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::TextWrapped("%s", measure_title(frame, measure).c_str());
        const std::size_t back = std::min(end, measure.ratio() ? kWeekHours : measure.flow ? 24 : std::size_t{1});
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            right_cell(frame, text(measure, value_over(frame, measure, lane, place, end - back, end)));
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            right_cell(frame, text(measure, value_over(frame, measure, lane, place, begin, end)));
    }
    ImGui::EndTable();
}

}  // namespace

std::unique_ptr<View> make_compare_view() { return std::make_unique<CompareView>(); }

}  // namespace entrepot::viz

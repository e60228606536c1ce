#include <algorithm>

#include "results/comparison/places.hpp"
#include "results/report/figures.hpp"
#include "results/report/findings.hpp"
#include "results/report/page.hpp"
#include "results/report/pictures.hpp"
#include "results/report/slices.hpp"
#include "results/text/days.hpp"

/// What becomes of service: the KPIs, their days, and where they are worse.
namespace entrepot::results {

using kainjow::mustache::data;
using List = std::vector<data>;

namespace {

constexpr std::size_t kMostColumns = 3;  ///< strategies in one KPI chart

}  // namespace

void ReportPage::add_setbacks() {
    const auto found = proposed_ ? setbacks(study_, roi_, *proposed_, comparison_.watching) : std::nullopt;
    page_.set("has_setbacks", found.has_value());
    if (!found) return;
    List sentences, kpis;
    for (const std::string& sentence : found->sentences) sentences.push_back(data("sentence", sentence));
    for (const KpiInfo* kpi : found->kpis) {
        data one("name", std::string(kpi->name));
        one.set("definition", about(*kpi));
        kpis.push_back(one);
    }
    page_.set("setbacks_title", found->title);
    page_.set("setbacks_tone", found->any_worse ? "bad" : "");
    page_.set("setbacks", sentences);
    page_.set("setback_kpis", kpis);
}

void ReportPage::add_scorecard() {
    List lines;
    const Comparison& shown = scorecard_ ? scorecard_->comparison : comparison_;
    page_.set("scorecard_basis", scorecard_ ? scorecard_->rests_on : replications());
    for (const ComparedRow& row : shown.rows) {
        if (!row.kpi->headline || !row.row.slice.is_total()) continue;
        const auto value = [&](std::size_t s) {
            const Interval& v = row.strategies[s].value;
            return v.has_estimate ? value_text(*row.kpi, v.estimate, currency_) : std::string("-");
        };
        const auto difference = [&](double d) { return difference_text(*row.kpi, d, currency_); };
        data line;
        line.set("name", std::string(row.kpi->name));
        line.set("about", or_nothing(about(*row.kpi)));
        line.set("before", value(shown.comparator));
        if (scorecard_) {
            const Compared& c = row.strategies[scorecard_->proposed];
            line.set("after", value(scorecard_->proposed));
            line.set("difference", c.difference.has_estimate ? difference(c.difference.estimate) : "-");
            line.set("interval", c.difference.has_interval
                                     ? difference(c.difference.low) + " to " + difference(c.difference.high)
                                     : "-");
            line.set("verdict", verdict_text(c.verdict));
            line.set("tone", tone_class(tone_of(c.verdict)));
        }
        lines.push_back(line);
    }
    page_.set("scorecard", lines);
}

void ReportPage::add_days() {
    const DailySeries days(study_);
    page_.set("has_days", days.has_fill());
    if (!days.has_fill()) return;
    const std::size_t site = days.hardest_hit_site(base_);
    const std::vector<std::size_t> shown = leading_strategies(study_, roi_, base_, kMostLines);
    page_.set("site", site_text(study_.dimensions, site));
    page_.set("days", for_all_widths(*site_days(study_, shown, site)));
    std::string lowest;
    for (const std::size_t s : shown) {
        double low = 2;
        for (const double fill : days.fill_band(s, site).median) low = fill < low ? fill : low;
        if (low <= 1) lowest += fmt::format("{} {} {:.0f} %", lowest.empty() ? "" : ",", short_name(s), 100 * low);
    }
    page_.set("lowest", lowest.empty() ? "" : "Lowest fill:" + lowest + ".");
    page_.set(
        "left_out",
        shown.size() == study_.strategies.size()
            ? ""
            : fmt::format("Of {} strategies the comparator and the {} of the highest net present value are drawn.",
                          study_.strategies.size(), shown.size() - 1));
    const Days calendar(study_.dimensions);
    page_.set("calendar", calendar.date(0).empty()
                              ? ""
                              : "Days count from " + calendar.date(0) + ", the start of the measured window.");
}

void ReportPage::add_kpi_charts() {
    List list;
    std::vector<std::size_t> all = leading_strategies(study_, roi_, base_, study_.strategies.size());
    for (std::size_t first = 1; first < all.size(); first += kMostColumns) {
        const std::vector<std::size_t> some(
            all.begin() + static_cast<long>(first),
            all.begin() + static_cast<long>(std::min(first + kMostColumns, all.size())));
        data one;
        one.set("svg", kpi_charts(study_, comparison_, some));
        list.push_back(one);
    }
    std::string unscaled;
    for (const ComparedRow& row : comparison_.rows) {
        if (!row.kpi->headline || !row.row.slice.is_total() || has_scale(row, base_)) continue;
        unscaled += (unscaled.empty() ? "" : ", ") + std::string(row.kpi->name);
    }
    page_.set("left_out_kpis",
              unscaled.empty() ? "" : fmt::format("Not drawn, because {} has none: {}.", short_name(base_), unscaled));
    page_.set("has_kpi_charts", !list.empty());
    page_.set("kpi_charts", list);
}

void ReportPage::add_slices() {
    page_.set("slices", study_.strategies.empty() ? List() : slice_tables(study_, comparison_, proposed_));
}

/// What the KPI says, where it stands for the first time on the page; nothing after that.
std::string ReportPage::about(const KpiInfo& kpi) {
    const auto which = static_cast<std::size_t>(kpi.kpi);
    if (explained_[which]) return "";
    explained_.set(which);
    return std::string(kpi.definition);
}

}  // namespace entrepot::results

#include "results/report/pictures.hpp"

#include <algorithm>
#include <stdexcept>

#include "results/charts/palette.hpp"
#include "results/charts/svg.hpp"
#include "results/comparison/places.hpp"
#include "results/report/figures.hpp"
#include "results/report/findings.hpp"
#include "results/report/report.hpp"

namespace entrepot::results {

namespace {

constexpr double kPhone = 340;  ///< [px] the narrow layouts; a phone of 360 shows them nearly in their own size

std::string in_widths(const std::string& wide, const std::string& narrow) {
    return "<div class=\"wide\">" + wide + "</div><div class=\"narrow\">" + narrow + "</div>";
}

std::string svg_of(const auto& chart, double width) { return charts::to_svg(charts::layout(chart, width)); }

/// On a background of its own: a reader's page may be dark.
std::string file_of(charts::Drawing drawing) {
    drawing.primitives.insert(drawing.primitives.begin(),
                              charts::Rect{{0, 0}, drawing.width, drawing.height, {255, 255, 255}});
    return charts::to_svg(drawing);
}

}  // namespace

std::string for_all_widths(const charts::SmallMultiples& chart) {
    return in_widths(svg_of(chart, 720), svg_of(chart, kPhone));
}

std::string for_all_widths(const charts::Waterfall& chart) {
    return in_widths(svg_of(chart, 720), svg_of(chart, kPhone));
}

std::string kpi_charts(const Study& study, const Comparison& comparison, const std::vector<std::size_t>& strategies) {
    std::string narrow;
    for (const std::size_t s : strategies) {
        charts::IntervalChart one = kpi_chart(study, comparison, {s});
        one.title = strategy_text(study, s);
        narrow += svg_of(one, kPhone);
    }
    return in_widths(svg_of(kpi_chart(study, comparison, strategies), 720), narrow);
}

const std::vector<std::string>& picture_names() {
    static const std::vector<std::string> names{"days", "kpis", "benefits"};
    return names;
}

std::string report_picture(const Study& study, const Comparison& comparison, const Roi& roi, const std::string& name) {
    const std::vector<std::size_t> leading =
        leading_strategies(study, roi, comparison.comparator, study.strategies.size());
    if (name == "days") {
        const DailySeries days(study);
        if (!days.has_fill()) throw std::invalid_argument("the study keeps no daily series");
        const std::size_t site = days.hardest_hit_site(comparison.comparator);
        const std::vector<std::size_t> shown(leading.begin(),
                                             leading.begin() + static_cast<long>(std::min(leading.size(), kMostLines)));
        charts::SmallMultiples chart = *site_days(study, shown, site);
        chart.title = site_text(study.dimensions, site) + ", the hardest-hit warehouse: means of seven days";
        return file_of(charts::layout(chart, 720));
    }
    if (!roi.best) throw std::invalid_argument("the study compares no strategies");
    if (name == "kpis") {
        charts::IntervalChart chart = kpi_chart(study, comparison, {*roi.best});
        chart.title = strategy_text(study, *roi.best) + " against " + strategy_text(study, comparison.comparator);
        return file_of(charts::layout(chart, 720));
    }
    if (name == "benefits" && !roi.strategies[*roi.best].lines.empty()) {
        charts::Waterfall chart = benefit_waterfall(study, roi, *roi.best);
        chart.title = strategy_text(study, *roi.best) + ": benefits a year";
        return file_of(charts::layout(chart, 720));
    }
    throw std::invalid_argument("there is no such picture");
}

}  // namespace entrepot::results

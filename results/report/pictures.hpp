#pragma once

#include <string>
#include <vector>

#include "results/charts/chart.hpp"
#include "results/comparison/compare.hpp"

/// Charts as SVG, for the page and for files.
namespace entrepot::results {

/// A chart for the page in two layouts, of which the page shows the one that fits: for paper and wide screens, and for
/// narrow ones, where a scaled-down drawing could not be read. HTML.
std::string for_all_widths(const charts::SmallMultiples& chart);
std::string for_all_widths(const charts::Waterfall& chart);

/// The headline KPIs of some strategies: side by side, or on narrow screens one below the other.
std::string kpi_charts(const Study& study, const Comparison& comparison, const std::vector<std::size_t>& strategies);

}  // namespace entrepot::results

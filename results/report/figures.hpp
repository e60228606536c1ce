#pragma once

#include <optional>
#include <vector>

#include "results/business/roi.hpp"
#include "results/charts/chart.hpp"
#include "results/comparison/compare.hpp"
#include "results/study.hpp"

/// The charts of a study: from what was found to the chart vocabulary.
namespace entrepot::results {

/// The benefits of a strategy, a year at full effect, step by step to the net benefit.
charts::Waterfall benefit_waterfall(const Study& study, const Roi& roi, std::size_t strategy);

/// Whether a difference can be told as a share of the comparator's value.
bool has_scale(const ComparedRow& row, std::size_t comparator);

/// The headline KPIs of some strategies against the comparator, each as a share of the comparator's value and turned so
/// that better is to the right. KPIs of which the comparator has nothing are left out.
charts::IntervalChart kpi_chart(const Study& study, const Comparison& comparison,
                                const std::vector<std::size_t>& strategies);

/// The days of the window at a site: fill, open lines, units on hand, overtime; a line and a band for each strategy.
/// None when the study keeps no such series.
std::optional<charts::SmallMultiples> site_days(const Study& study, const std::vector<std::size_t>& strategies,
                                                std::size_t site);

/// How a verdict is drawn and coloured.
charts::Tone tone_of(Verdict verdict);

/// The page's style class of a tone.
const char* tone_class(charts::Tone tone);

}  // namespace entrepot::results

#pragma once

#include <string>
#include <vector>

#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/report/governed.hpp"
#include "results/study.hpp"

namespace entrepot::results {

struct ReportOptions {
    std::vector<Governed> governance = {};  ///< by strategy; none: the page doesn't tell of it
    /// A function that is made worse by more than this share of the comparator's value, while another gains, is told.
    double most_loss = 0.05;
};

/// The study as one HTML page for those who decide: the answer in a sentence, what it is worth, what happens to
/// service, the spike at the hardest-hit warehouse, and the tables behind it. Self-contained (no script, nothing from
/// elsewhere), prints on A4, and the same study gives the same page. Well-formed XML, too.
std::string html_report(const Study& study, const Comparison& comparison, const Roi& roi,
                        const ReportOptions& options = {});

/// "days", "kpis", "benefits": the page's charts that can stand alone.
const std::vector<std::string>& picture_names();

/// One of them as an SVG file: the days at the hardest-hit warehouse, the best strategy's headline KPIs, its benefits a
/// year. Throws std::invalid_argument, with the reason, when the study has no such picture.
std::string report_picture(const Study& study, const Comparison& comparison, const Roi& roi, const std::string& name);

}  // namespace entrepot::results

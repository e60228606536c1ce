#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/report/findings.hpp"
#include "results/report/report.hpp"
#include "results/study.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

/// The values for the template, part by part.
class ReportPage {
public:
    ReportPage(const Study& study, const Comparison& comparison, const Roi& roi, const ReportOptions& options)
        : study_(study),
          comparison_(comparison),
          roi_(roi),
          options_(options),
          base_(comparison.comparator),
          currency_(study.dimensions.currency),
          proposed_(roi.best) {
        if (proposed_) scorecard_ = scorecard(study, comparison, roi, *proposed_);
    }

    kainjow::mustache::data values();

private:
    void add_names();
    void add_answer();
    void add_strategies();
    void add_setbacks();
    void add_calibration();
    void add_waterfall();
    void add_ranking();
    void add_scorecard();
    void add_shared_scorecard();
    void add_days();
    void add_kpi_charts();
    void add_slices();
    void add_governance();
    void add_footer();

    std::vector<kainjow::mustache::data> cards() const;
    std::string replications() const;
    std::string caveat() const;
    std::string about(const KpiInfo& kpi);
    std::string about_strategy(std::size_t strategy) const {
        return strategy < study_.descriptions.size() ? study_.descriptions[strategy] : "";
    }
    std::string doubt() const;

    std::string money(double amount) const { return money_text(amount, currency_); }
    std::string money_range(const Interval& interval) const {
        if (!interval.has_interval) return "no interval";
        return money(interval.low) + " to " + money(interval.high);
    }
    const std::string& short_name(std::size_t strategy) const { return study_.strategies[strategy]; }

    const Study& study_;
    const Comparison& comparison_;
    const Roi& roi_;
    const ReportOptions& options_;
    std::size_t base_;
    std::string currency_;
    std::optional<std::size_t> proposed_;
    std::optional<Scorecard> scorecard_;  ///< of the proposed strategy
    std::bitset<kKpis> explained_;        ///< KPIs whose definition stands on the page already
    kainjow::mustache::data page_;
};

/// "12 %": a share as the page has it.
inline std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

}  // namespace entrepot::results

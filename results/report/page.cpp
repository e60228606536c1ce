#include "results/report/page.hpp"

#include "results/comparison/precision.hpp"

/// What the page says of the study itself, its answer and its strategies.
namespace entrepot::results {

using kainjow::mustache::data;
using List = std::vector<data>;

data ReportPage::values() {
    add_names();
    add_answer();
    add_strategies();
    add_setbacks();
    add_calibration();
    add_waterfall();
    add_ranking();
    add_scorecard();
    add_shared_scorecard();
    add_days();
    add_kpi_charts();
    add_slices();
    add_governance();
    add_footer();
    return page_;
}

void ReportPage::add_names() {
    const bool empty = study_.strategies.empty();
    const Manifest& m = study_.manifest;
    const std::string scenario = m.scenario_name.empty() ? "Study" : m.scenario_name;
    page_.set("scenario", scenario);
    page_.set("heading", m.scenario_title.empty() ? scenario : m.scenario_title);
    page_.set("baseline", empty ? "-" : strategy_text(study_, base_));
    page_.set("baseline_short", empty ? "-" : short_name(base_));
    page_.set("proposed", proposed_ ? strategy_text(study_, *proposed_) : "-");
    page_.set("proposed_short", proposed_ ? short_name(*proposed_) : "-");
    page_.set("has_proposed", proposed_.has_value());
    page_.set("window_days", std::to_string(study_.dimensions.measured_days()));
    page_.set("replications", replications());
    page_.set("has_precision", study_.precision.has_value());
    page_.set("precision", precision_sentence(study_));
}

void ReportPage::add_answer() {
    const Answer found = answer(study_, comparison_, roi_);
    page_.set("answer", found.headline);
    page_.set("service", found.service);
    page_.set("has_cards", proposed_.has_value());
    if (!proposed_) return;
    page_.set("cards", cards());
    page_.set("caveat", caveat());
    page_.set("years", std::to_string(roi_.inputs.years));
    page_.set("discount", fmt::format("{:g} % a year", 100 * roi_.inputs.discount_rate));
    page_.set("doubt", doubt());
    page_.set("tax",
              roi_.inputs.tax_rate > 0 ? fmt::format("after {:g} % tax", 100 * roi_.inputs.tax_rate) : "before tax");
}

/// All replications behind the page: "20 replications and 20 fresh ones of S6".
std::string ReportPage::replications() const {
    const std::string own = observations_text(observation_count(study_), study_.antithetic);
    if (roi_.standing != Standing::confirmed) return own;
    return fmt::format("{} and {} of {}", own, observations_text(roi_.fresh, roi_.antithetic, true),
                       short_name(*roi_.best));
}

/// The strategies that the answer names; the others are explained where they stand in the ranking.
void ReportPage::add_strategies() {
    List strategies;
    for (const std::size_t s : {base_, proposed_.value_or(base_)}) {
        if (about_strategy(s).empty() || (s == base_ && !strategies.empty())) continue;
        data one("name", strategy_text(study_, s));
        one.set("description", about_strategy(s));
        strategies.push_back(one);
    }
    page_.set("has_strategies", !strategies.empty());
    page_.set("strategies", strategies);
}

void ReportPage::add_footer() {
    const Manifest& m = study_.manifest;
    page_.set("seed", std::to_string(m.seed));
    page_.set("digest", m.scenario_digest);
    page_.set("version", m.program_version);
    page_.set("commit", m.source_commit);
    const FinanceInputs& in = roi_.inputs;
    std::string ramp;
    for (const double share : in.ramp) ramp += (ramp.empty() ? "" : ", ") + percent(share);
    page_.set("finance", fmt::format("Finance inputs: non-capital carrying cost {:g} % of stock a year; benefits "
                                     "lowered by {}, costs raised by {} for risk; {} of freed hours count as cash; {} "
                                     "of lost margin comes back otherwise; ramp-up {}; {:g} spikes a year.",
                                     100 * (in.space_rate + in.service_rate + in.risk_rate), percent(in.benefit_risk),
                                     percent(in.cost_risk), percent(in.cashable_labour_share), percent(in.recapture),
                                     ramp.empty() ? "none" : ramp, in.spikes_per_year));
}

}  // namespace entrepot::results

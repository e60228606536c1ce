#include <algorithm>
#include <cmath>

#include "results/business/input_doubt.hpp"
#include "results/report/figures.hpp"
#include "results/report/page.hpp"
#include "results/report/pictures.hpp"
#include "results/report/slices.hpp"

/// What the best strategy is worth.
namespace entrepot::results {

using kainjow::mustache::data;
using List = std::vector<data>;

namespace {

/// Of a value that should be above zero.
const char* tone_of_interval(const Interval& interval) {
    return !interval.excludes_zero() ? "unclear" : interval.low > 0 ? "good" : "bad";
}

std::string percent_range(const Interval& interval) {
    if (!interval.has_interval) return "no interval";
    return fmt::format("95 %: {} to {}", percent(interval.low), percent(interval.high));
}

std::string probability_text(const StrategyRoi& roi) {
    if (!roi.npv.has_interval) return "-";
    if (roi.probability_positive > 0.995) return "> 99 %";
    if (roi.probability_positive < 0.005) return "< 1 %";
    return percent(roi.probability_positive);
}

std::string payback_text(const StrategyRoi& roi) {
    if (!roi.payback_years.has_estimate) return "not reached";
    const double years = roi.payback_years.estimate;
    return years <= 0 ? "at once" : fmt::format("{:.1f} years", years);
}

/// Cash flows that change their sign more than once may have several internal rates, or none.
std::string irr_text_of(const StrategyRoi& roi) {
    if (roi.irr.has_estimate) return percent(roi.irr.estimate);
    if (roi.rates.empty()) return "none";
    std::string several = "not unique (";
    for (const double rate : roi.rates) several += (rate == roi.rates.front() ? "" : ", ") + percent(rate);
    return several + ")";
}

/// A strategy without costs has no return on them.
std::string roi_text_of(const StrategyRoi& roi) { return roi.roi.has_estimate ? percent(roi.roi.estimate) : "-"; }

}  // namespace

List ReportPage::cards() const {
    const StrategyRoi& r = roi_.strategies[*proposed_];
    const std::string tone = roi_.standing == Standing::unconfirmed ? "unclear" : tone_of_interval(r.npv);
    const auto card = [&](const std::string& name, const std::string& value, const std::string& note) {
        data one;
        one.set("name", name);
        one.set("value", value);
        one.set("note", note);
        one.set("tone", tone);
        return one;
    };
    const bool sure = r.npv.has_interval;
    return {
        card("Net present value", money(r.npv.estimate), sure ? "95 %: " + money_range(r.npv) : "no interval"),
        card("Payback", payback_text(r), "IRR " + irr_text_of(r) + ", both of the mean cash flow"),
        card("Return on investment", roi_text_of(r), roi_text_of(r) == "-" ? "it costs nothing" : percent_range(r.roi)),
        card("P(NPV > 0)", probability_text(r), sure ? "over " + roi_.rests_on(*proposed_) : "needs replications")};
}

std::string ReportPage::caveat() const {
    if (comparison_.replications < 2) return "One replication has no intervals.";
    const std::string chosen = roi_.standing == Standing::unconfirmed
                                   ? "Not confirmed on fresh replications: the strategy was chosen by these numbers, "
                                     "which therefore flatter it. "
                                   : "";
    return fmt::format("{}Intervals are 95 % and show the noise of {} only, not doubt about rates, costs or the model.",
                       chosen, roi_.rests_on(*proposed_));
}

/// What doubt about the inputs does to the proposed strategy's value; nothing where no spreads are given.
std::string ReportPage::doubt() const {
    const auto doubt = doubt_about_inputs(study_, roi_, *proposed_);
    if (!doubt) return "";
    std::string drivers;
    for (std::size_t i = 0; i < std::min<std::size_t>(5, doubt->drivers.size()); ++i) {
        const Driver& d = doubt->drivers[i];
        std::string name = d.key;
        std::ranges::replace(name, '_', ' ');
        drivers += fmt::format("{}{} ({} at {}, {} at {})", i == 0 ? "" : "; ", name, money(d.npv_at_low),
                               number_text(d.low), money(d.npv_at_high), number_text(d.high));
    }
    return fmt::format(
        "Doubt about the finance inputs, each {} below to {} above its value at its outer tenths and without the noise "
        "of the simulation: net present value {} (P10 {}, P90 {}), above zero with {}. It moves most with {}.",
        percent(roi_.inputs.low_spread), percent(roi_.inputs.high_spread), money(doubt->p50), money(doubt->p10),
        money(doubt->p90), percent(doubt->probability_positive), drivers.empty() ? "none of them" : drivers);
}

void ReportPage::add_waterfall() {
    const bool shown = proposed_ && !roi_.strategies[*proposed_].lines.empty();
    page_.set("has_waterfall", shown);
    if (!shown) return;
    const StrategyRoi& r = roi_.strategies[*proposed_];
    page_.set("waterfall", for_all_widths(benefit_waterfall(study_, roi_, *proposed_)));
    page_.set("basis", roi_.basis);
    const double release = r.working_capital.has_estimate ? r.working_capital.estimate : 0;
    page_.set("release",
              fmt::format("Not in the bars, but in the net present value: {} of working capital, once: {}{}. "
                          "Investment at the start: {}, risk-adjusted.",
                          release < 0 ? "binding" : "release", money(std::abs(release)),
                          r.working_capital.has_interval ? " (net release " + money_range(r.working_capital) + ")" : "",
                          money(r.initial_cost)) +
                  (roi_.inputs.other_flows.empty() ? ""
                                                   : fmt::format(" Other cash flows, by year from the start: {}.",
                                                                 other_flows_text(roi_.inputs, currency_))));
    List flow;
    for (std::size_t year = 0; year < r.cash_flow.size(); ++year) {
        data one;
        one.set("year", year == 0 ? "start" : fmt::format("year {}", year));
        one.set("amount", money(r.cash_flow[year]));
        flow.push_back(one);
    }
    page_.set("flow", flow);
    page_.set("flow_name", short_name(*proposed_) + ", with ramp-up and working capital");
}

void ReportPage::add_ranking() {
    List ranking;
    const auto add = [&](const std::string& name, const std::string& about, const StrategyRoi& r,
                         const std::string& rests_on, bool proposed) {
        data one;
        one.set("about", or_nothing(about));
        one.set("name", name);
        one.set("npv", money(r.npv.estimate));
        one.set("interval", money_range(r.npv));
        one.set("roi", roi_text_of(r));
        one.set("irr", irr_text_of(r));
        one.set("payback", payback_text(r));
        one.set("probability", probability_text(r));
        one.set("rests_on", rests_on);
        one.set("tone", roi_.standing == Standing::unconfirmed ? "unclear" : tone_of_interval(r.npv));
        one.set("proposed_row", proposed);
        ranking.push_back(one);
    };
    for (const std::size_t s : leading_strategies(study_, roi_, base_, study_.strategies.size())) {
        if (s == base_ || s >= roi_.strategies.size() || !roi_.strategies[s].npv.has_estimate) continue;
        add(strategy_text(study_, s), s == proposed_ ? "" : about_strategy(s), roi_.strategies[s], roi_.rests_on(s),
            s == proposed_);
    }
    for (const Step& step : roi_.steps) {
        add(fmt::format("Step from {} to {}", short_name(step.from), short_name(step.to)), "", step.gain,
            observations_text(roi_.observations, roi_.antithetic), false);
    }
    page_.set("has_ranking", ranking.size() > 1);
    page_.set("ranking", ranking);
}

}  // namespace entrepot::results

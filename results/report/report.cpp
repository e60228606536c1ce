#include "results/report/report.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <cctype>
#include <stdexcept>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "results/charts/svg.hpp"
#include "results/days.hpp"
#include "results/format.hpp"
#include "results/input_doubt.hpp"
#include "results/places.hpp"
#include "results/precision.hpp"
#include "results/report/figures.hpp"
#include "results/report/findings.hpp"
#include "results/report/pictures.hpp"
#include "results/report/slices.hpp"
#include "results/report/template.hpp"

namespace entrepot::results {

namespace {

using kainjow::mustache::data;
using List = std::vector<data>;

constexpr std::size_t kMostLines = 5;  ///< strategies in one line chart
constexpr std::array<std::string_view, 7> kUnits{"%", "k", "M", "bn", "pt", "h", "years"};
constexpr std::size_t kMostColumns = 3;  ///< strategies in one KPI chart

/// The values for the template, part by part.
class Page {
public:
    Page(const Study& study, const Comparison& comparison, const Roi& roi)
        : study_(study),
          comparison_(comparison),
          roi_(roi),
          base_(comparison.comparator),
          currency_(study.dimensions.currency),
          proposed_(roi.best) {
        if (proposed_) scorecard_ = scorecard(study, comparison, roi, *proposed_);
    }

    data values() {
        add_names();
        add_answer();
        add_strategies();
        add_setbacks();
        add_waterfall();
        add_ranking();
        add_scorecard();
        add_days();
        add_kpi_charts();
        add_slices();
        add_footer();
        return page_;
    }

private:
    void add_names();
    void add_answer();
    void add_strategies();
    void add_setbacks();
    void add_waterfall();
    void add_ranking();
    void add_scorecard();
    void add_days();
    void add_kpi_charts();
    void add_slices();
    void add_footer();

    List cards() const;
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
    std::size_t base_;
    std::string currency_;
    std::optional<std::size_t> proposed_;
    std::optional<Scorecard> scorecard_;  ///< of the proposed strategy
    std::bitset<kKpis> explained_;        ///< KPIs whose definition stands on the page already
    data page_;
};

using results::tone_class;

/// Of a value that should be above zero.
const char* tone_class(const Interval& interval) {
    return !interval.excludes_zero() ? "unclear" : interval.low > 0 ? "good" : "bad";
}

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

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

void Page::add_names() {
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

void Page::add_answer() {
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
std::string Page::replications() const {
    const std::string own = observations_text(observation_count(study_), study_.antithetic);
    if (roi_.standing != Standing::confirmed) return own;
    return fmt::format("{} and {} of {}", own, observations_text(roi_.fresh, roi_.antithetic, true),
                       short_name(*roi_.best));
}

std::string Page::caveat() const {
    if (comparison_.replications < 2) return "One replication has no intervals.";
    const std::string chosen = roi_.standing == Standing::unconfirmed
                                   ? "Not confirmed on fresh replications: the strategy was chosen by these numbers, "
                                     "which therefore flatter it. "
                                   : "";
    return fmt::format("{}Intervals are 95 % and show the noise of {} only, not doubt about rates, costs or the model.",
                       chosen, roi_.rests_on(*proposed_));
}

/// What doubt about the inputs does to the proposed strategy's value; nothing where no spreads are given.
std::string Page::doubt() const {
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
        "of "
        "the simulation: net present value {} (P10 {}, P90 {}), above zero with {}. It moves most with {}.",
        percent(roi_.inputs.low_spread), percent(roi_.inputs.high_spread), money(doubt->p50), money(doubt->p10),
        money(doubt->p90), percent(doubt->probability_positive), drivers.empty() ? "none of them" : drivers);
}

List Page::cards() const {
    const StrategyRoi& r = roi_.strategies[*proposed_];
    const std::string tone = roi_.standing == Standing::unconfirmed ? "unclear" : tone_class(r.npv);
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

void Page::add_waterfall() {
    const bool shown = proposed_ && !roi_.strategies[*proposed_].lines.empty();
    page_.set("has_waterfall", shown);
    if (!shown) return;
    const StrategyRoi& r = roi_.strategies[*proposed_];
    page_.set("waterfall", for_all_widths(benefit_waterfall(study_, roi_, *proposed_)));
    page_.set("basis", roi_.basis);
    const double release = r.working_capital.has_estimate ? r.working_capital.estimate : 0;
    page_.set("release",
              fmt::format("Not in the bars, but in the net present value: {} of working capital, once: {}{}. "
                          "Investment at the start: {}, "
                          "risk-adjusted.",
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

void Page::add_ranking() {
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
        one.set("tone", roi_.standing == Standing::unconfirmed ? "unclear" : tone_class(r.npv));
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

void Page::add_scorecard() {
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

void Page::add_days() {
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

void Page::add_kpi_charts() {
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

void Page::add_slices() {
    page_.set("slices", study_.strategies.empty() ? List() : slice_tables(study_, comparison_, proposed_));
}

/// What the KPI says, where it stands for the first time on the page; nothing after that.
std::string Page::about(const KpiInfo& kpi) {
    const auto which = static_cast<std::size_t>(kpi.kpi);
    if (explained_[which]) return "";
    explained_.set(which);
    return std::string(kpi.definition);
}

/// The strategies that the answer names; the others are explained where they stand in the ranking.
void Page::add_strategies() {
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

void Page::add_setbacks() {
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

void Page::add_footer() {
    const Manifest& m = study_.manifest;
    page_.set("seed", std::to_string(m.seed));
    page_.set("digest", m.scenario_digest);
    page_.set("version", m.program_version);
    page_.set("commit", m.source_commit);
    const FinanceInputs& in = roi_.inputs;
    std::string ramp;
    for (const double share : in.ramp) ramp += (ramp.empty() ? "" : ", ") + percent(share);
    page_.set("finance", fmt::format("Finance inputs: non-capital carrying cost {:g} % of stock a year; benefits "
                                     "lowered by {}, costs raised by {} for "
                                     "risk; {} of freed hours count as cash; {} of lost margin comes back otherwise; "
                                     "ramp-up {}; {:g} spikes a year.",
                                     100 * (in.space_rate + in.service_rate + in.risk_rate), percent(in.benefit_risk),
                                     percent(in.cost_risk), percent(in.cashable_labour_share), percent(in.recapture),
                                     ramp.empty() ? "none" : ramp, in.spikes_per_year));
}

/// Ties a number to its unit, so that no line ends between them.
std::string keep_together(const std::string& text) {
    std::string tied;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view after = std::string_view(text).substr(i + 1);
        const bool unit =
            text[i] == ' ' && std::any_of(kUnits.begin(), kUnits.end(), [&](std::string_view u) {
                return after.starts_with(u) &&
                       (after.size() == u.size() || !std::isalnum(static_cast<unsigned char>(after[u.size()])));
            });
        const bool number = i > 0 && std::isdigit(static_cast<unsigned char>(text[i - 1]));
        tied += unit && number ? "\u00A0" : std::string(1, text[i]);
    }
    return tied;
}

}  // namespace

std::string html_report(const Study& study, const Comparison& comparison, const Roi& roi) {
    kainjow::mustache::mustache page(report_template());
    if (!page.is_valid()) throw std::logic_error("report.mustache.html: " + page.error_message());
    page.set_custom_escape([](const std::string& text) { return charts::escape(keep_together(text)); });
    return page.render(Page(study, comparison, roi).values());
}

}  // namespace entrepot::results

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/business/calibration.hpp"
#include "results/business/input_doubt.hpp"
#include "results/business/recommendation.hpp"
#include "results/business/roi.hpp"
#include "results/text/format.hpp"

/// The return on investment as text, JSON and CSV.
namespace entrepot::results {

namespace {

using Json = nlohmann::ordered_json;

/// All amounts of a business case in one scale, so that they add up before the eye.
Notation notation_of(const StrategyRoi& r, const std::string& currency) {
    Numbers numbers;
    for (const BenefitLine& line : r.lines) numbers.take(line.annual);
    for (const Interval& i : {r.annual_benefit, r.working_capital, r.npv}) numbers.take(i);
    for (const double cost : {r.initial_cost, r.yearly_cost}) numbers.take(cost);
    return Notation::money(numbers, currency);
}

std::string with_range(const Interval& i, const Notation& money) {
    if (!i.has_estimate) return "not available";
    return money.value(i) + (i.has_interval ? "" : " (no interval)");
}

std::string percent_list(const std::vector<double>& rates) {
    std::vector<std::string> texts;
    for (const double rate : rates) texts.push_back(percent_text(rate));
    return fmt::format("{}", fmt::join(texts, ", "));
}

/// A rate with its interval: "12.4 % [8.1, 16.9]".
std::string irr_text(const StrategyRoi& r) {
    if (r.irr.has_interval) {
        const int decimals = std::min(1, decimals_for(100 * r.irr.estimate, 3));
        return fmt::format("{} % [{}, {}]", fixed_text(100 * r.irr.estimate, decimals),
                           fixed_text(100 * r.irr.low, decimals), fixed_text(100 * r.irr.high, decimals));
    }
    if (r.irr.has_estimate) return percent_list({r.irr.estimate});
    if (r.rates.empty()) return "none";
    return fmt::format("not defined: the present value is zero at {}", percent_list(r.rates));
}

std::string payback_text(const Interval& years) {
    if (!years.has_estimate) return "not reached";
    if (!years.has_interval) return fixed_text(years.estimate, 1) + " years";
    return fmt::format("{} years [{}, {}]", fixed_text(years.estimate, 1), fixed_text(years.low, 1),
                       fixed_text(years.high, 1));
}

/// Two digits, but no certainty where there is none.
std::string probability_text(double p) {
    if (p > 0.995 && p < 1) return "P(NPV > 0) > 0.99";
    if (p < 0.005 && p > 0) return "P(NPV > 0) < 0.01";
    return "P(NPV > 0) = " + fixed_text(p, 2);
}

std::string line_text(const std::string& name, const std::string& value) {
    return fmt::format("  {:<32} {}\n", name, value);
}

/// From working capital to the internal rate: of a strategy, or of a step.
std::string figures_text(const StrategyRoi& r, const FinanceInputs& in, const Notation& money) {
    std::string text;
    if (!in.stock_charged) {
        text += line_text("Working capital released", with_range(r.working_capital, money) + " once");
    }
    text += line_text("Costs, risk-adjusted", fmt::format("{} at the start, {} a year", money.value(r.initial_cost),
                                                          money.value(r.yearly_cost)));
    text += line_text(
        fmt::format("NPV over {} years", in.years),
        with_range(r.npv, money) + (r.npv.has_interval ? ", " + probability_text(r.probability_positive) : ""));
    text += line_text(
        "", fmt::format("ROI {}, payback {} (discounted {}), IRR {}",
                        r.roi.has_estimate ? fixed_text(100 * r.roi.estimate, 0) + " %" : "not available (no costs)",
                        payback_text(r.payback_years), payback_text(r.discounted_payback_years), irr_text(r)));
    return text;
}

constexpr std::size_t kShownDrivers = 5;

/// How far doubt about the inputs moves a strategy's NPV, and by which of them.
std::string doubt_text(const InputDoubt& doubt, const FinanceInputs& in, const Notation& notation) {
    const auto money = [&](double amount) { return notation.value(amount); };
    std::string text = line_text(
        "NPV over doubt about the inputs",
        fmt::format("{} (P10 {}, P90 {}), {}; worst tenth {}", money(doubt.p50), money(doubt.p10), money(doubt.p90),
                    probability_text(doubt.probability_positive), money(doubt.worst_tenth)));
    text +=
        line_text("", fmt::format("{} draws, each input's tenth and ninetieth percentile {:.0f} % below and {:.0f} % "
                                  "above it; without simulation noise",
                                  doubt.draws, 100 * in.low_spread, 100 * in.high_spread));
    text += line_text("NPV, all inputs at once", fmt::format("{} at the worse ends, {} at the better ones",
                                                             money(doubt.worst_together), money(doubt.best_together)));
    for (std::size_t i = 0; i < std::min(kShownDrivers, doubt.drivers.size()); ++i) {
        const Driver& d = doubt.drivers[i];
        text += line_text(fmt::format("NPV by {}", d.key),
                          fmt::format("{} at {}, {} at {}", money(d.npv_at_low), number_text(d.low, 4),
                                      money(d.npv_at_high), number_text(d.high, 4)));
    }
    return text;
}

/// What the NPV would be with less stock counted the other way: shown where the two ways differ.
std::string other_stock_text(const StrategyRoi& r, const FinanceInputs& in, const Notation& money) {
    if (in.capital_rate == 0) return "";
    return line_text(in.stock_charged ? "NPV with working capital released" : "NPV with stock charged instead",
                     with_range(r.npv_other_stock, money) +
                         (in.stock_charged ? ": its value once, a year the non-capital carrying cost"
                                           : fmt::format(": nothing released, a year also {:g} % for its capital",
                                                         100 * in.capital_rate)));
}

std::string step_text(const Study& study, const Roi& roi, const Step& step) {
    const Notation money = notation_of(step.gain, study.dimensions.currency);
    const bool chose = roi.standing != Standing::no_choice && (step.to == roi.best || step.from == roi.best);
    return fmt::format("The step from {} to {}, paired in {}{}\n", study.strategies[step.from],
                       study.strategies[step.to], observations_text(roi.observations, roi.antithetic),
                       chose ? fmt::format(", which chose {} and flatter it", study.strategies[*roi.best]) : "") +
           line_text("All benefits", with_range(step.gain.annual_benefit, money) + " a year") +
           figures_text(step.gain, roi.inputs, money) + "\n";
}

}  // namespace

std::string roi_text(const Study& study, const Roi& roi) {
    const std::string& currency = study.dimensions.currency;
    std::string text;
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const StrategyRoi& r = roi.strategies[s];
        if (r.lines.empty()) continue;
        const Notation money = notation_of(r, currency);
        text += fmt::format("{} {} against {} on {} ({}; 95 % intervals, simulation noise only)\n", study.strategies[s],
                            study.titles[s], study.manifest.comparator, roi.rests_on(s), calibration_label(study));
        for (const BenefitLine& line : r.lines)
            text += line_text(line.name, with_range(line.annual, money) + " a year");
        if (!roi.inputs.other_flows.empty()) {
            text +=
                line_text("Other cash flows", other_flows_text(roi.inputs, currency) + " (by year from 0, as given)");
        }
        text += figures_text(r, roi.inputs, money) + other_stock_text(r, roi.inputs, money);
        if (const auto doubt = doubt_about_inputs(study, roi, s)) text += doubt_text(*doubt, roi.inputs, money);
        text += "\n";
    }
    for (const Step& step : roi.steps) text += step_text(study, roi, step);
    return text + roi.basis + "\n\n" + recommendation_text(study, roi);
}

// JSON.

namespace {

const char* standing_word(Standing standing) {
    switch (standing) {
        case Standing::no_choice:
            return "no choice among alternatives";
        case Standing::unconfirmed:
            return "not confirmed on fresh replications";
        case Standing::confirmed:
            return "confirmed on fresh replications";
    }
    return "";
}

Json estimate_json(const Interval& i) { return i.has_estimate ? Json(i.estimate) : Json(nullptr); }
Json range_json(const Interval& i) { return i.has_interval ? Json{i.low, i.high} : Json(nullptr); }

Json interval_json(const Interval& i) {
    Json json{{"estimate", estimate_json(i)}};
    if (i.has_interval) json["ci95"] = range_json(i);
    return json;
}

Json figures_json(const StrategyRoi& r) {
    Json lines;
    for (const BenefitLine& line : r.lines) lines[line.name] = interval_json(line.annual);
    return {{"annual_benefits", lines},
            {"annual_benefit", interval_json(r.annual_benefit)},
            {"working_capital_release", interval_json(r.working_capital)},
            {"initial_cost", r.initial_cost},
            {"yearly_cost", r.yearly_cost},
            {"cash_flow", r.cash_flow},
            {"npv", interval_json(r.npv)},
            {"roi", interval_json(r.roi)},
            {"irr", estimate_json(r.irr)},
            {"irr_ci95", range_json(r.irr)},
            {"rates_of_no_value", r.rates},
            {"payback_years", estimate_json(r.payback_years)},
            {"payback_years_ci95", range_json(r.payback_years)},
            {"discounted_payback_years", estimate_json(r.discounted_payback_years)},
            {"discounted_payback_years_ci95", range_json(r.discounted_payback_years)},
            {"probability_npv_positive", r.npv.has_interval ? Json(r.probability_positive) : Json(nullptr)}};
}

Json doubt_json(const InputDoubt& doubt) {
    Json drivers = Json::array();
    for (const Driver& d : doubt.drivers) {
        drivers.push_back({{"key", d.key},
                           {"low", d.low},
                           {"base", d.base},
                           {"high", d.high},
                           {"npv_at_low", d.npv_at_low},
                           {"npv_at_high", d.npv_at_high}});
    }
    return {{"draws", doubt.draws},
            {"npv_p10", doubt.p10},
            {"npv_p50", doubt.p50},
            {"npv_p90", doubt.p90},
            {"npv_worst_tenth", doubt.worst_tenth},
            {"probability_npv_positive", doubt.probability_positive},
            {"npv_all_worse", doubt.worst_together},
            {"npv_base", doubt.base},
            {"npv_all_better", doubt.best_together},
            {"drivers", drivers}};
}

}  // namespace

std::string roi_json(const Study& study, const Roi& roi) {
    const Recommendation advice = recommend(study, roi);
    const auto name = [&](const std::optional<std::size_t>& s) {
        return s ? Json(study.strategies[*s]) : Json(nullptr);
    };
    Json json{{"comparator", study.manifest.comparator},
              {"currency", study.dimensions.currency},
              {"label", calibration_label(study)},
              {"basis", roi.basis},
              {"recommendation",
               {{"advice", advice_text(advice.advice)},
                {"strategy", name(advice.strategy)},
                {"sentence", advice.sentence},
                {"certain", advice.certain()}}},
              {"best", name(roi.best)},
              {"standing", standing_word(roi.standing)},
              {"inputs", Json::parse(finance_to_text(roi.inputs))}};
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const StrategyRoi& r = roi.strategies[s];
        if (r.lines.empty()) continue;
        Json& own = json["strategies"][study.strategies[s]] = {{"rests_on", roi.rests_on(s)}};
        own.update(figures_json(r));
        own["npv_with_stock_counted_the_other_way"] = interval_json(r.npv_other_stock);
        if (const auto doubt = doubt_about_inputs(study, roi, s)) own["input_doubt"] = doubt_json(*doubt);
    }
    json["steps"] = Json::array();
    for (const Step& step : roi.steps) {
        Json one{{"from", study.strategies[step.from]},
                 {"to", study.strategies[step.to]},
                 {"rests_on", observations_text(roi.observations, roi.antithetic)}};
        one.update(figures_json(step.gain));
        json["steps"].push_back(std::move(one));
    }
    return json.dump(2) + "\n";
}

// CSV.

std::string roi_csv(const Study& study, const Roi& roi) {
    std::string csv = "strategy,item,per,value,value_low,value_high,rests_on\n";
    const auto number = [](bool available, double v) { return available ? fmt::format("{:.10g}", v) : std::string(); };
    const auto known = [](double v) { return Interval{.estimate = v, .has_estimate = true}; };
    const auto add_all = [&](const std::string& name, const StrategyRoi& r, const std::string& rests_on) {
        const auto add = [&](const std::string& item, const char* per, const Interval& i) {
            csv += fmt::format("{},{},{},{},{},{},{}\n", csv_field(name), csv_field(item), per,
                               number(i.has_estimate, i.estimate), number(i.has_interval, i.low),
                               number(i.has_interval, i.high), csv_field(rests_on));
        };
        for (const BenefitLine& line : r.lines) add(line.name, "year", line.annual);
        add("All benefits", "year", r.annual_benefit);
        add("Working capital released", "once", r.working_capital);
        add("Costs at the start", "once", known(r.initial_cost));
        add("Running costs", "year", known(r.yearly_cost));
        add("NPV", "horizon", r.npv);
        add("ROI", "horizon", r.roi);
        add("IRR", "year", r.irr);
        add("Payback years", "once", r.payback_years);
        add("Payback years, discounted", "once", r.discounted_payback_years);
    };
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        if (roi.strategies[s].lines.empty()) continue;
        add_all(study.strategies[s], roi.strategies[s], roi.rests_on(s));
        for (std::size_t year = 0; year < roi.inputs.other_flows.size(); ++year) {
            csv += fmt::format("{},Other cash flow of year {},once,{:.10g},,,{}\n", csv_field(study.strategies[s]),
                               year, roi.inputs.other_flows[year], csv_field(roi.rests_on(s)));
        }
    }
    for (const Step& step : roi.steps) {
        add_all(fmt::format("{} after {}", study.strategies[step.to], study.strategies[step.from]), step.gain,
                observations_text(roi.observations, roi.antithetic));
    }
    return csv;
}

}  // namespace entrepot::results

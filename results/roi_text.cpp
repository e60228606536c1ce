#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/format.hpp"
#include "results/roi.hpp"
#include "results/store.hpp"

/// The return on investment as text, JSON and CSV, and its inputs as JSON.
namespace entrepot::results {

std::string finance_to_text(const FinanceInputs& in) {
    nlohmann::ordered_json needs = nlohmann::ordered_json::array();
    for (const StrategyNeeds& n : in.needs) needs.push_back({{"software", n.software}, {"integration", n.integration}});
    const nlohmann::ordered_json json{{"space_rate", in.space_rate},
                                      {"service_rate", in.service_rate},
                                      {"risk_rate", in.risk_rate},
                                      {"discount_rate", in.discount_rate},
                                      {"years", in.years},
                                      {"tax_rate", in.tax_rate},
                                      {"spikes_per_year", in.spikes_per_year},
                                      {"subscription_per_year", in.subscription_per_year},
                                      {"implementation", in.implementation},
                                      {"integration", in.integration},
                                      {"change_management", in.change_management},
                                      {"run_cost_per_year", in.run_cost_per_year},
                                      {"ramp", in.ramp},
                                      {"cashable_labour_share", in.cashable_labour_share},
                                      {"planner_rate", in.planner_rate},
                                      {"agent_rate", in.agent_rate},
                                      {"recapture", in.recapture},
                                      {"benefit_risk", in.benefit_risk},
                                      {"cost_risk", in.cost_risk},
                                      {"other_flows", in.other_flows},
                                      {"needs", needs}};
    return json.dump(1);
}

FinanceInputs finance_from_text(const std::string& text) try {
    const nlohmann::json json = nlohmann::json::parse(text);
    FinanceInputs in;
    const auto read = [&](const char* key, auto& value) { value = json.value(key, value); };
    read("space_rate", in.space_rate);
    read("service_rate", in.service_rate);
    read("risk_rate", in.risk_rate);
    read("discount_rate", in.discount_rate);
    read("years", in.years);
    read("tax_rate", in.tax_rate);
    read("spikes_per_year", in.spikes_per_year);
    read("subscription_per_year", in.subscription_per_year);
    read("implementation", in.implementation);
    read("integration", in.integration);
    read("change_management", in.change_management);
    read("run_cost_per_year", in.run_cost_per_year);
    read("ramp", in.ramp);
    read("cashable_labour_share", in.cashable_labour_share);
    read("planner_rate", in.planner_rate);
    read("agent_rate", in.agent_rate);
    read("recapture", in.recapture);
    read("benefit_risk", in.benefit_risk);
    read("cost_risk", in.cost_risk);
    read("other_flows", in.other_flows);
    for (const auto& n : json.value("needs", nlohmann::json::array())) {
        in.needs.push_back({n.value("software", false), n.value("integration", false)});
    }
    return in;
} catch (const nlohmann::json::exception&) {
    throw StoreError("the study's finance inputs can't be read; run the study again");
}

namespace {

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

}  // namespace

std::string other_flows_text(const FinanceInputs& in, const std::string& currency) {
    Numbers numbers;
    for (const double flow : in.other_flows) numbers.take(flow);
    const Notation money = Notation::money(numbers, currency);
    std::vector<std::string> flows;
    for (const double flow : in.other_flows) flows.push_back(money.value(flow));
    return fmt::format("{}", fmt::join(flows, ", "));
}

std::string standing_text(const Study& study, const Roi& roi) {
    if (!roi.best || roi.standing == Standing::no_choice) return "";
    const std::string& currency = study.dimensions.currency;
    const std::string& name = study.strategies[*roi.best];
    const std::string in = observations_text(roi.observations, roi.antithetic);
    const std::size_t alternatives = study.strategies.size() - 1;
    const std::string chosen =
        alternatives == 1
            ? fmt::format("{} was the only alternative in {}", name, in)
            : fmt::format("{} had the highest net present value of {} alternatives in {}", name, alternatives, in);
    if (roi.standing == Standing::unconfirmed && roi.observations < 2) {
        return fmt::format("{}. Its gain is not confirmed on fresh replications: that needs at least {}.\n", chosen,
                           observations_text(2, roi.antithetic));
    }
    if (roi.standing == Standing::unconfirmed) {
        return chosen +
               ", which flatter it, because they chose it. Its gain is not confirmed on fresh replications: don't "
               "quote it before a run without --no-confirm has confirmed it.\n";
    }
    Numbers numbers;
    for (const Interval& npv : {roi.selected_npv, roi.strategies[*roi.best].npv}) numbers.take(npv);
    const Notation money = Notation::money(numbers, currency);
    return fmt::format("{}: {}. On {}, which had no part in the choice, it came to {}: that is the one to quote.\n",
                       chosen, with_range(roi.selected_npv, money), observations_text(roi.fresh, roi.antithetic, true),
                       with_range(roi.strategies[*roi.best].npv, money));
}

std::string roi_text(const Study& study, const Roi& roi) {
    const std::string& currency = study.dimensions.currency;
    std::string text;
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const StrategyRoi& r = roi.strategies[s];
        if (r.lines.empty()) continue;
        const Notation money = notation_of(r, currency);
        text += fmt::format("{} {} against {} on {} (simulated, uncalibrated; 95 % intervals, simulation noise only)\n",
                            study.strategies[s], study.titles[s], study.manifest.comparator, roi.rests_on(s));
        for (const BenefitLine& line : r.lines) {
            text += fmt::format("  {:<32} {} a year\n", line.name, with_range(line.annual, money));
        }
        text += fmt::format("  {:<32} {} once\n", "Working capital released", with_range(r.working_capital, money));
        text += fmt::format("  {:<32} {} at the start, {} a year\n", "Costs, risk-adjusted",
                            money.value(r.initial_cost), money.value(r.yearly_cost));
        if (!roi.inputs.other_flows.empty()) {
            text += fmt::format("  {:<32} {} (by year from 0, as given)\n", "Other cash flows",
                                other_flows_text(roi.inputs, currency));
        }
        text +=
            fmt::format("  {:<32} {}{}\n", fmt::format("NPV over {} years", roi.inputs.years), with_range(r.npv, money),
                        r.npv.has_interval ? ", P(NPV > 0) = " + fixed_text(r.probability_positive, 2) : "");
        text +=
            fmt::format("  {:<32} ROI {}, payback {}, IRR {}\n\n", "",
                        r.roi.has_estimate ? fixed_text(100 * r.roi.estimate, 0) + " %" : "not available (no costs)",
                        payback_text(r.payback_years), irr_text(r));
    }
    const std::string standing = standing_text(study, roi);
    return text + (standing.empty() ? "" : standing + "\n") + roi.basis + "\n";
}

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

}  // namespace

std::string roi_json(const Study& study, const Roi& roi) {
    const auto interval = [](const Interval& i) {
        nlohmann::ordered_json json{{"estimate", i.has_estimate ? nlohmann::ordered_json(i.estimate) : nullptr}};
        if (i.has_interval) json["ci95"] = {i.low, i.high};
        return json;
    };
    const auto range = [](const Interval& i) {
        return i.has_interval ? nlohmann::ordered_json{i.low, i.high} : nlohmann::ordered_json(nullptr);
    };
    nlohmann::ordered_json json{{"comparator", study.manifest.comparator},
                                {"currency", study.dimensions.currency},
                                {"label", "simulated, uncalibrated"},
                                {"basis", roi.basis},
                                {"best", roi.best ? nlohmann::ordered_json(study.strategies[*roi.best]) : nullptr},
                                {"standing", standing_word(roi.standing)},
                                {"inputs", nlohmann::ordered_json::parse(finance_to_text(roi.inputs))}};
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const StrategyRoi& r = roi.strategies[s];
        if (r.lines.empty()) continue;
        nlohmann::ordered_json lines;
        for (const BenefitLine& line : r.lines) lines[line.name] = interval(line.annual);
        json["strategies"][study.strategies[s]] = {
            {"rests_on", roi.rests_on(s)},
            {"annual_benefits", lines},
            {"annual_benefit", interval(r.annual_benefit)},
            {"working_capital_release", interval(r.working_capital)},
            {"initial_cost", r.initial_cost},
            {"yearly_cost", r.yearly_cost},
            {"cash_flow", r.cash_flow},
            {"npv", interval(r.npv)},
            {"roi", interval(r.roi)},
            {"irr", r.irr.has_estimate ? nlohmann::ordered_json(r.irr.estimate) : nullptr},
            {"irr_ci95", range(r.irr)},
            {"rates_of_no_value", r.rates},
            {"payback_years",
             r.payback_years.has_estimate ? nlohmann::ordered_json(r.payback_years.estimate) : nullptr},
            {"payback_years_ci95", range(r.payback_years)},
            {"probability_npv_positive",
             r.npv.has_interval ? nlohmann::ordered_json(r.probability_positive) : nullptr}};
    }
    return json.dump(2) + "\n";
}

std::string roi_csv(const Study& study, const Roi& roi) {
    std::string csv = "strategy,item,per,value,value_low,value_high,rests_on\n";
    const auto number = [](bool available, double v) { return available ? fmt::format("{:.10g}", v) : std::string(); };
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const StrategyRoi& r = roi.strategies[s];
        if (r.lines.empty()) continue;
        const auto add = [&](const std::string& item, const char* per, const Interval& i) {
            csv += fmt::format("{},{},{},{},{},{},{}\n", csv_field(study.strategies[s]), csv_field(item), per,
                               number(i.has_estimate, i.estimate), number(i.has_interval, i.low),
                               number(i.has_interval, i.high), csv_field(roi.rests_on(s)));
        };
        const auto known = [](double v) { return Interval{.estimate = v, .has_estimate = true}; };
        for (const BenefitLine& line : r.lines) add(line.name, "year", line.annual);
        add("All benefits", "year", r.annual_benefit);
        add("Working capital released", "once", r.working_capital);
        add("Costs at the start", "once", known(r.initial_cost));
        add("Running costs", "year", known(r.yearly_cost));
        add("NPV", "horizon", r.npv);
        add("ROI", "horizon", r.roi);
        add("IRR", "year", r.irr);
        add("Payback years", "once", r.payback_years);
        for (std::size_t year = 0; year < roi.inputs.other_flows.size(); ++year) {
            add(fmt::format("Other cash flow of year {}", year), "once", known(roi.inputs.other_flows[year]));
        }
    }
    return csv;
}

}  // namespace entrepot::results

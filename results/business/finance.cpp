#include "results/business/finance.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/store_error.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

namespace {

/// Each input once, with its name in the file: the list that writing and reading share.
template <class Inputs, class F>
void for_each_input(Inputs& in, F&& f) {
    f("space_rate", in.space_rate);
    f("service_rate", in.service_rate);
    f("risk_rate", in.risk_rate);
    f("capital_rate", in.capital_rate);
    f("stock_charged", in.stock_charged);
    f("discount_rate", in.discount_rate);
    f("years", in.years);
    f("tax_rate", in.tax_rate);
    f("days_per_year", in.days_per_year);
    f("spikes_per_year", in.spikes_per_year);
    f("window_has_spike", in.window_has_spike);
    f("subscription_per_year", in.subscription_per_year);
    f("implementation", in.implementation);
    f("integration", in.integration);
    f("change_management", in.change_management);
    f("run_cost_per_year", in.run_cost_per_year);
    f("ramp", in.ramp);
    f("cashable_labour_share", in.cashable_labour_share);
    f("planner_rate", in.planner_rate);
    f("agent_rate", in.agent_rate);
    f("recapture", in.recapture);
    f("benefit_risk", in.benefit_risk);
    f("cost_risk", in.cost_risk);
    f("low_spread", in.low_spread);
    f("high_spread", in.high_spread);
    f("other_flows", in.other_flows);
}

/// Whether they lie in the ranges of the scenario language, or follow from what does.
bool may_be_of_a_scenario(const FinanceInputs& in) {
    const auto all = [](double least, double most, const auto& values) {
        return std::ranges::all_of(values, [&](double value) { return value >= least && value <= most; });
    };
    const std::array shares{
        in.space_rate, in.service_rate, in.risk_rate, in.capital_rate, in.discount_rate,        in.tax_rate,
        in.recapture,  in.benefit_risk, in.cost_risk, in.low_spread,   in.cashable_labour_share};
    const std::array money{in.subscription_per_year, in.implementation, in.integration,
                           in.change_management,     in.planner_rate,   in.agent_rate};
    constexpr double kMostMoney = 1e15, kMostDays = 7 * 366;  // of weeks with one business day
    return all(0, 1, shares) && all(0, 1, in.ramp) && all(0, kMostMoney, money) &&
           all(-kMostMoney, kMostMoney, in.other_flows) && all(0, 1e30, std::array{in.run_cost_per_year}) &&
           all(0, 10, std::array{in.high_spread}) && all(0, 52, std::array{in.spikes_per_year}) &&
           all(1, kMostDays, std::array{in.days_per_year}) && in.years >= 1 && in.years <= 30 && in.ramp.size() <= 30 &&
           in.other_flows.size() <= 31;
}

}  // namespace

StrategyNeeds needs_of(const FinanceInputs& in, std::size_t strategy) {
    return strategy < in.needs.size() ? in.needs[strategy] : StrategyNeeds{.software = true, .integration = true};
}

StrategyNeeds needs_of_comparator(const FinanceInputs& in, std::size_t comparator) {
    return comparator < in.needs.size() ? in.needs[comparator] : StrategyNeeds{};
}

std::string finance_to_text(const FinanceInputs& in) {
    nlohmann::ordered_json json;
    for_each_input(in, [&](const char* name, const auto& value) { json[name] = value; });
    json["needs"] = nlohmann::ordered_json::array();
    for (const StrategyNeeds& n : in.needs) {
        json["needs"].push_back({{"software", n.software}, {"integration", n.integration}});
        if (n.foresight) json["needs"].back()["foresight"] = true;
    }
    return json.dump(1);
}

FinanceInputs finance_from_text(const std::string& text) try {
    const nlohmann::json json = nlohmann::json::parse(text);
    FinanceInputs in;
    for_each_input(in, [&](const char* name, auto& value) { value = json.value(name, value); });
    for (const auto& n : json.value("needs", nlohmann::json::array())) {
        in.needs.push_back({n.value("software", false), n.value("integration", false), n.value("foresight", false)});
    }
    if (!may_be_of_a_scenario(in)) {
        throw StoreError(
            "the study's finance inputs are none that a scenario can have; restore the file, or run it again");
    }
    return in;
} catch (const nlohmann::json::exception&) {
    throw StoreError("the study's finance inputs can't be read; run the study again");
}

std::string other_flows_text(const FinanceInputs& in, const std::string& currency) {
    std::vector<std::string> flows;
    Numbers numbers;
    for (const double flow : in.other_flows) numbers.take(flow);
    const Notation money = Notation::money(numbers, currency);
    for (const double flow : in.other_flows) flows.push_back(money.value(flow));
    return fmt::format("{}", fmt::join(flows, ", "));
}

}  // namespace entrepot::results

#include "results/roi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/tools/roots.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "results/format.hpp"
#include "results/kpi_registry.hpp"

namespace entrepot::results {

// ------------------------------------------------------------------------------------------------------------- finance

double net_present_value(double rate, std::span<const double> flows) {
    double value = 0, factor = 1;
    for (const double flow : flows) {
        value += flow * factor;
        factor /= 1 + rate;
    }
    return value;
}

std::optional<double> internal_rate(std::span<const double> flows) {
    const auto value = [&](double rate) { return net_present_value(rate, flows); };
    double low = -0.99, high = 10;
    if (flows.size() < 2 || value(low) * value(high) >= 0) return std::nullopt;
    std::uintmax_t steps = 200;
    const auto [a, b] =
        boost::math::tools::toms748_solve(value, low, high, boost::math::tools::eps_tolerance<double>(48), steps);
    return (a + b) / 2;
}

std::optional<double> payback_years(std::span<const double> flows) {
    double sum = 0;
    for (std::size_t year = 0; year < flows.size(); ++year) {
        const double before = sum;
        sum += flows[year];
        if (sum >= 0 && year > 0 && before < 0) return static_cast<double>(year - 1) - before / flows[year];
    }
    return flows.empty() || flows[0] < 0 ? std::nullopt : std::optional(0.0);
}

// --------------------------------------------------------------------------------------------- from windows to a year

namespace {

using Values = std::vector<double>;  ///< by replication

/// Reads KPI sums of a strategy, by replication, and makes years of them.
class Yearly {
public:
    Yearly(const Study& study, double spikes_per_year) : study_(study), spikes_per_year_(spikes_per_year) {
        for (const Phase& phase : study.dimensions.phases) (phase.calm ? calm_days_ : spike_days_) += days(phase);
        for (std::size_t r = 0; r < study.rows.size(); ++r) row_of_[{study.rows[r].kpi, study.rows[r].label}] = r;
    }

    /// The KPI's sum in a year: at the pace of the calm phases, and the surplus of the others once for each spike.
    Values annual(std::size_t strategy, Kpi kpi) const {
        if (!by_phases()) {
            Values year = sums(strategy, kpi, {});
            for (double& v : year) v *= 365.0 / study_.dimensions.measured_days();
            return year;
        }
        Values calm(study_.replication_count(), 0.0), spike = calm;
        for (const Phase& phase : study_.dimensions.phases) {
            const Values part = sums(strategy, kpi, "phase=" + phase.name);
            for (std::size_t i = 0; i < part.size(); ++i) (phase.calm ? calm : spike)[i] += part[i];
        }
        Values year(calm.size());
        for (std::size_t i = 0; i < year.size(); ++i) {
            const double a_day = calm[i] / calm_days_;
            year[i] = 365 * a_day + spikes_per_year_ * (spike[i] - a_day * spike_days_);
        }
        return year;
    }

    /// Mean over the days of the window.
    Values daily_mean(std::size_t strategy, Kpi kpi) const {
        Values mean = sums(strategy, kpi, {});
        for (double& v : mean) v /= study_.dimensions.measured_days();
        return mean;
    }

    std::string basis() const {
        if (!by_phases()) {
            return fmt::format("Effects in the {} measured days are scaled to 365 days.", study_.dimensions.measured_days());
        }
        return fmt::format("The calm days ({}) stand for the year; what the other {} days add to their pace counts once for "
                           "each of {:g} spikes a year.",
                           calm_days_, spike_days_, spikes_per_year_);
    }

private:
    static int days(const Phase& phase) { return phase.end_day - phase.first_day; }
    bool by_phases() const { return calm_days_ > 0 && spike_days_ > 0; }

    Values sums(std::size_t strategy, Kpi kpi, const std::string& label) const {
        const auto row = row_of_.find({std::string(info(kpi).id), label.empty() ? "all" : label});
        Values values;
        for (const Replication& r : study_.replications[strategy]) {
            values.push_back(row == row_of_.end() ? 0.0 : r.numerator[row->second]);
        }
        return values;
    }

    const Study& study_;
    double spikes_per_year_;
    int calm_days_ = 0, spike_days_ = 0;
    std::map<std::pair<std::string, std::string>, std::size_t> row_of_;
};

/// One benefit, by replication.
struct Line {
    std::string name;
    bool labour = false;
    Values annual;
};

Values weighted(std::initializer_list<std::pair<double, Values>> terms) {
    Values sum(terms.begin()->second.size(), 0.0);
    for (const auto& [weight, values] : terms) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weight * values[i];
    }
    return sum;
}

/// The benefits of a strategy: what the comparator's way costs more.
std::vector<Line> benefit_lines(const Yearly& year, const FinanceInputs& in, std::size_t base, std::size_t own) {
    const auto saved = [&](Kpi kpi, double weight = 1) {
        return weighted({{weight, year.annual(base, kpi)}, {-weight, year.annual(own, kpi)}});
    };
    const Values stock = weighted({{1, year.daily_mean(base, Kpi::inventory_value)},
                                   {-1, year.daily_mean(own, Kpi::inventory_value)}});
    // Expedite cost holds the extra of shipments and transfers, which are part of what those cost: count it once.
    const Values haulage = weighted({{1, saved(Kpi::freight_cost)},
                                     {1, saved(Kpi::transfer_cost)},
                                     {-1, saved(Kpi::expedite_cost)},
                                     {1, saved(Kpi::purchase_premiums)}});
    const double cash = in.cashable_labour_share;
    return {
        {"Lost sales, margin", false, saved(Kpi::lost_margin, 1 - in.recapture)},
        {"Expedites", false, saved(Kpi::expedite_cost)},
        {"Penalties", false, saved(Kpi::penalties)},
        {"Stock carrying, non-capital", false, weighted({{in.space_rate + in.service_rate + in.risk_rate, stock}})},
        {"Overtime", false, saved(Kpi::overtime_cost)},
        {"Ordinary freight and transfers", false, haulage},
        {"Manual work", true,
         weighted({{cash * in.planner_rate, saved(Kpi::planner_hours)}, {cash * in.agent_rate, saved(Kpi::agent_hours)}})},
    };
}

double ramp_in(const FinanceInputs& in, int year) {
    if (year <= 0) return 0;
    if (in.ramp.empty()) return 1;
    return in.ramp[std::min(static_cast<std::size_t>(year - 1), in.ramp.size() - 1)];
}

/// Benefits and costs of each year from 0, risk-adjusted.
struct Flows {
    std::vector<double> benefits, costs, net;
};

Flows flows_of(const FinanceInputs& in, double annual_benefit, double release, double initial, double yearly) {
    Flows flows;
    for (int year = 0; year <= in.years; ++year) {
        const double reached = ramp_in(in, year);
        const double benefit = (reached * annual_benefit + (reached - ramp_in(in, year - 1)) * release) * (1 - in.benefit_risk);
        const double cost = year == 0 ? initial : yearly;
        flows.benefits.push_back(benefit);
        flows.costs.push_back(cost);
        const double taxed = year == 0 ? 0 : in.tax_rate * (reached * annual_benefit * (1 - in.benefit_risk) - cost);
        flows.net.push_back(benefit - cost - taxed);
    }
    return flows;
}

/// Probability that the true mean is above zero, given mean and standard error; normal theory.
double probability_above_zero(const Interval& interval, std::size_t n) {
    if (!interval.has_interval) return interval.estimate > 0 ? 1 : 0;
    if (interval.standard_error <= 0) return interval.estimate > 0 ? 1 : 0;
    const boost::math::students_t t(static_cast<double>(n - 1));
    return boost::math::cdf(t, interval.estimate / interval.standard_error);
}

StrategyRoi evaluate(const Study& study, const Yearly& year, const FinanceInputs& in, std::size_t base, std::size_t own) {
    StrategyRoi roi;
    const std::size_t n = study.replication_count();
    const StrategyNeeds needs = own < in.needs.size() ? in.needs[own] : StrategyNeeds{true, true};
    roi.initial_cost = (in.change_management + (needs.software ? in.implementation : 0) +
                        (needs.integration ? in.integration : 0)) * (1 + in.cost_risk);
    roi.yearly_cost = (needs.software ? in.subscription_per_year + in.run_cost_per_year : 0) * (1 + in.cost_risk);

    Values total(n, 0.0);
    for (const Line& line : benefit_lines(year, in, base, own)) {
        roi.lines.push_back({line.name, line.labour, mean_interval(line.annual)});
        for (std::size_t i = 0; i < n; ++i) total[i] += line.annual[i];
    }
    const Values release = weighted({{1, year.daily_mean(base, Kpi::inventory_value)},
                                     {-1, year.daily_mean(own, Kpi::inventory_value)}});
    roi.annual_benefit = mean_interval(total);
    roi.working_capital = mean_interval(release);

    Values npv(n), ratio(n);
    for (std::size_t i = 0; i < n; ++i) {
        const Flows flows = flows_of(in, total[i], release[i], roi.initial_cost, roi.yearly_cost);
        npv[i] = net_present_value(in.discount_rate, flows.net);
        const double costs = net_present_value(in.discount_rate, flows.costs);
        ratio[i] = costs > 0 ? npv[i] / costs : 0;
    }
    roi.npv = mean_interval(npv);
    roi.roi = mean_interval(ratio);
    roi.probability_positive = probability_above_zero(roi.npv, n);
    roi.cash_flow = flows_of(in, roi.annual_benefit.estimate, roi.working_capital.estimate, roi.initial_cost,
                             roi.yearly_cost).net;
    roi.irr = internal_rate(roi.cash_flow);
    roi.payback_years = payback_years(roi.cash_flow);
    return roi;
}

}  // namespace

Roi return_on_investment(const Study& study) {
    Roi roi;
    roi.inputs = finance_from_text(study.manifest.finance);
    const Yearly year(study, roi.inputs.spikes_per_year);
    roi.basis = year.basis();
    const auto found = std::find(study.strategies.begin(), study.strategies.end(), study.manifest.comparator);
    const auto base = found == study.strategies.end() ? 0 : static_cast<std::size_t>(found - study.strategies.begin());
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        const bool comparable = s != base && study.replication_count() > 0;
        roi.strategies.push_back(comparable ? evaluate(study, year, roi.inputs, base, s) : StrategyRoi{});
    }
    return roi;
}

// --------------------------------------------------------------------------------------------------------------- texts

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
                                      {"needs", needs}};
    return json.dump(1);
}

FinanceInputs finance_from_text(const std::string& text) {
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    FinanceInputs in;
    if (!json.is_object()) return in;
    in.space_rate = json.value("space_rate", 0.0);
    in.service_rate = json.value("service_rate", 0.0);
    in.risk_rate = json.value("risk_rate", 0.0);
    in.discount_rate = json.value("discount_rate", 0.1);
    in.years = json.value("years", 3);
    in.tax_rate = json.value("tax_rate", 0.0);
    in.spikes_per_year = json.value("spikes_per_year", 0.0);
    in.subscription_per_year = json.value("subscription_per_year", 0.0);
    in.implementation = json.value("implementation", 0.0);
    in.integration = json.value("integration", 0.0);
    in.change_management = json.value("change_management", 0.0);
    in.run_cost_per_year = json.value("run_cost_per_year", 0.0);
    in.ramp = json.value("ramp", std::vector<double>{});
    in.cashable_labour_share = json.value("cashable_labour_share", 1.0);
    in.planner_rate = json.value("planner_rate", 0.0);
    in.agent_rate = json.value("agent_rate", 0.0);
    in.recapture = json.value("recapture", 0.0);
    in.benefit_risk = json.value("benefit_risk", 0.0);
    in.cost_risk = json.value("cost_risk", 0.0);
    for (const auto& n : json.value("needs", nlohmann::json::array())) {
        in.needs.push_back({n.value("software", false), n.value("integration", false)});
    }
    return in;
}

namespace {

std::string with_range(const Interval& i, const std::string& currency) {
    if (!i.has_estimate) return "not available";
    const std::string value = money_text(i.estimate, currency);
    if (!i.has_interval) return value + " (one replication, no interval)";
    return fmt::format("{} [{}, {}]", value, money_text(i.low, currency), money_text(i.high, currency));
}

}  // namespace

std::string roi_text(const Study& study, const Roi& roi) {
    const std::string& currency = study.dimensions.currency;
    std::string text;
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const StrategyRoi& r = roi.strategies[s];
        if (r.lines.empty()) continue;
        text += fmt::format("{} {} against {} (simulated, uncalibrated; 95 % intervals, simulation noise only)\n",
                            study.strategies[s], study.titles[s], study.manifest.comparator);
        for (const BenefitLine& line : r.lines) {
            text += fmt::format("  {:<32} {} a year\n", line.name, with_range(line.annual, currency));
        }
        text += fmt::format("  {:<32} {} once\n", "Working capital released", with_range(r.working_capital, currency));
        text += fmt::format("  {:<32} {} at the start, {} a year\n", "Costs, risk-adjusted",
                            money_text(r.initial_cost, currency), money_text(r.yearly_cost, currency));
        text += fmt::format("  {:<32} {}, P(NPV > 0) = {:.2f}\n", fmt::format("NPV over {} years", roi.inputs.years),
                            with_range(r.npv, currency), r.probability_positive);
        text += fmt::format("  {:<32} ROI {:.0f} %, payback {}, IRR {}\n\n", "", 100 * r.roi.estimate,
                            r.payback_years ? fmt::format("{:.1f} years", *r.payback_years) : "not reached",
                            r.irr ? fmt::format("{:.0f} %", 100 * *r.irr) : "none");
    }
    return text + roi.basis + "\n";
}

std::string roi_json(const Study& study, const Roi& roi) {
    const auto interval = [](const Interval& i) {
        nlohmann::ordered_json json{{"estimate", i.has_estimate ? nlohmann::ordered_json(i.estimate) : nullptr}};
        if (i.has_interval) json["ci95"] = {i.low, i.high};
        return json;
    };
    nlohmann::ordered_json json{{"comparator", study.manifest.comparator},
                                {"currency", study.dimensions.currency},
                                {"label", "simulated, uncalibrated"},
                                {"basis", roi.basis},
                                {"inputs", nlohmann::ordered_json::parse(finance_to_text(roi.inputs))}};
    for (std::size_t s = 0; s < roi.strategies.size(); ++s) {
        const StrategyRoi& r = roi.strategies[s];
        if (r.lines.empty()) continue;
        nlohmann::ordered_json lines;
        for (const BenefitLine& line : r.lines) lines[line.name] = interval(line.annual);
        json["strategies"][study.strategies[s]] = {
            {"annual_benefits", lines},
            {"annual_benefit", interval(r.annual_benefit)},
            {"working_capital_release", interval(r.working_capital)},
            {"initial_cost", r.initial_cost},
            {"yearly_cost", r.yearly_cost},
            {"cash_flow", r.cash_flow},
            {"npv", interval(r.npv)},
            {"roi", interval(r.roi)},
            {"irr", r.irr ? nlohmann::ordered_json(*r.irr) : nullptr},
            {"payback_years", r.payback_years ? nlohmann::ordered_json(*r.payback_years) : nullptr},
            {"probability_npv_positive", r.probability_positive}};
    }
    return json.dump(2) + "\n";
}

}  // namespace entrepot::results

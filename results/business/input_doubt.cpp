#include "results/business/input_doubt.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "results/business/confirmation.hpp"
#include "results/business/valuation.hpp"
#include "results/statistics/risk.hpp"
#include "sim/distributions.hpp"
#include "sim/random.hpp"

namespace entrepot::results {

namespace {

constexpr std::size_t kDraws = 1000;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Input {
    const char* key;
    double FinanceInputs::*member;  ///< null: the ramp
    double most = kInfinity;
};
constexpr Input kInputs[] = {
    {"spikes_per_year", &FinanceInputs::spikes_per_year},
    {"ramp", nullptr, 1},
    {"subscription", &FinanceInputs::subscription_per_year},
    {"run_cost", &FinanceInputs::run_cost_per_year},
    {"implementation", &FinanceInputs::implementation},
    {"integration", &FinanceInputs::integration},
    {"change_management", &FinanceInputs::change_management},
    {"cashable_labour", &FinanceInputs::cashable_labour_share, 1},
    {"planner_rate", &FinanceInputs::planner_rate},
    {"agent_rate", &FinanceInputs::agent_rate},
    {"recapture", &FinanceInputs::recapture, 1},
    {"space_rate", &FinanceInputs::space_rate, 1},
    {"service_rate", &FinanceInputs::service_rate, 1},
    {"risk_rate", &FinanceInputs::risk_rate, 1},
    {"capital_rate", &FinanceInputs::capital_rate, 1},
    {"benefit_risk", &FinanceInputs::benefit_risk, 1},
    {"cost_risk", &FinanceInputs::cost_risk, 1},
    {"discount_rate", &FinanceInputs::discount_rate, 1},
    {"tax_rate", &FinanceInputs::tax_rate, 1},
};

/// An alternative's net present value as a function of the inputs.
class Valued {
public:
    Valued(const Study& study, const FinanceInputs& inputs, std::size_t base, std::size_t own)
        : inputs_(inputs),
          days_(window_days(study, inputs)),
          savings_(study, days_, base, own),
          needs_(needs_of(inputs, own)),
          there_(needs_of_comparator(inputs, base)) {}

    const FinanceInputs& inputs() const { return inputs_; }

    double npv(const FinanceInputs& in) const {
        const std::vector<double> values =
            business_case(savings_, in, needs_, there_).net_present_values(in.discount_rate);
        return moments(values).mean;
    }

    /// Makes one of the inputs `factor` times what it is, as far as it can be that.
    void scale(FinanceInputs& in, const Input& input, double factor) const {
        double most = input.most;
        if (input.member == &FinanceInputs::spikes_per_year) most = days_.most_spikes(in.days_per_year);
        const auto scaled = [&](double value) { return std::clamp(value * factor, 0.0, std::max(most, value)); };
        if (input.member) {
            in.*input.member = scaled(in.*input.member);
        } else {
            for (double& share : in.ramp) share = scaled(share);
        }
    }

    /// The input's own value; of the ramp the mean of its years.
    static double value(const FinanceInputs& in, const Input& input) {
        if (input.member) return in.*input.member;
        return moments(in.ramp).mean;
    }

    Driver driver(const Input& input, double base) const {
        FinanceInputs low = inputs_, high = inputs_;
        scale(low, input, 1 - inputs_.low_spread);
        scale(high, input, 1 + inputs_.high_spread);
        const bool moves = value(low, input) != value(high, input);
        return {input.key,          value(inputs_, input),   value(low, input),
                value(high, input), moves ? npv(low) : base, moves ? npv(high) : base};
    }

private:
    FinanceInputs inputs_;
    WindowDays days_;
    Savings savings_;
    StrategyNeeds needs_, there_;
};

/// Each input at the end where it alone makes the NPV least, or greatest.
double together(const Valued& valued, double base, bool best) {
    const FinanceInputs& as_given = valued.inputs();
    FinanceInputs in = as_given;
    for (const Input& input : kInputs) {
        const Driver d = valued.driver(input, base);
        if (d.npv_at_low == d.npv_at_high) continue;
        const bool at_high = (d.npv_at_high > d.npv_at_low) == best;
        valued.scale(in, input, at_high ? 1 + as_given.high_spread : 1 - as_given.low_spread);
    }
    return valued.npv(in);
}

/// Draws of all inputs: half a normal distribution to each side, so that the ends are the outer tenths.
std::vector<double> drawn(const Valued& valued, std::uint32_t seed) {
    const FinanceInputs& as_given = valued.inputs();
    const double tenth = sim::normal_quantile(0.9);
    const std::uint64_t entity = sim::entity_hash("input doubt");
    const sim::Draws draws(seed, 0);
    std::vector<double> values;
    for (std::size_t b = 0; b < kDraws; ++b) {
        sim::Stream stream = draws.at(0, entity, static_cast<std::uint32_t>(b));
        FinanceInputs in = as_given;
        for (const Input& input : kInputs) {
            const double z = sim::normal_quantile(stream.uniform()) / tenth;
            valued.scale(in, input, std::max(0.0, 1 + z * (z < 0 ? as_given.low_spread : as_given.high_spread)));
        }
        values.push_back(valued.npv(in));
    }
    return values;
}

InputDoubt doubt_of(const Valued& valued, std::uint32_t seed) {
    InputDoubt doubt{.drivers = {}, .base = valued.npv(valued.inputs()), .draws = kDraws};
    for (const Input& input : kInputs) {
        Driver driver = valued.driver(input, doubt.base);
        if (driver.swing() > 1e-9 * std::abs(doubt.base)) doubt.drivers.push_back(std::move(driver));
    }
    std::ranges::stable_sort(doubt.drivers, std::greater{}, &Driver::swing);
    doubt.worst_together = together(valued, doubt.base, false);
    doubt.best_together = together(valued, doubt.base, true);

    std::vector<double> values = drawn(valued, seed);
    doubt.p10 = quantile_interval(values, 0.1).interval.estimate;
    doubt.p50 = quantile_interval(values, 0.5).interval.estimate;
    doubt.p90 = quantile_interval(values, 0.9).interval.estimate;
    const auto positive = std::ranges::count_if(values, [](double npv) { return npv > 0; });
    doubt.probability_positive = static_cast<double>(positive) / static_cast<double>(values.size());
    for (double& npv : values) npv = -npv;
    doubt.worst_tenth = -cvar_interval(values, 0.9).estimate;
    return doubt;
}

}  // namespace

double Driver::swing() const { return std::abs(npv_at_high - npv_at_low); }

std::optional<InputDoubt> doubt_about_inputs(const Study& study, const Roi& roi, std::size_t strategy) {
    const bool some = roi.inputs.low_spread > 0 || roi.inputs.high_spread > 0;
    if (!some || roi.strategies[strategy].lines.empty()) return std::nullopt;
    const bool fresh = roi.standing == Standing::confirmed && strategy == roi.best;
    const Study behind = observations(fresh ? fresh_study(study).value() : study);
    const std::size_t own = fresh ? behind.strategies.size() - 1 : strategy;
    const Valued valued(behind, finance_from_text(behind.manifest.finance), comparator_of(behind), own);
    return doubt_of(valued, study.manifest.seed);
}

}  // namespace entrepot::results

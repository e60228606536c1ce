#include "results/business/cash_flow.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/tools/roots.hpp>

namespace entrepot::results {

namespace {

/// Value of a polynomial, lowest power first; exactly 0 where it can't be told from that.
double polynomial(std::span<const double> coefficients, double x) {
    double value = 0, scale = 0;
    for (std::size_t i = coefficients.size(); i-- > 0;) {
        value = value * x + coefficients[i];
        scale = scale * std::abs(x) + std::abs(coefficients[i]);
    }
    return std::abs(value) <= 1e-13 * scale ? 0 : value;
}

/// Its zeros within (low, high), ascending: between two neighbouring zeros of the derivative it runs one way, so that
/// each such piece has one zero or none, and none is overlooked.
std::vector<double> zeros(std::span<const double> coefficients, double low, double high) {
    if (coefficients.size() < 2) return {};
    std::vector<double> derivative;
    for (std::size_t i = 1; i < coefficients.size(); ++i)
        derivative.push_back(static_cast<double>(i) * coefficients[i]);
    std::vector<double> ends = zeros(derivative, low, high);
    ends.push_back(high);
    const auto value = [&](double x) { return polynomial(coefficients, x); };
    std::vector<double> found;
    double from = low, at_from = value(low);
    for (const double to : ends) {
        const double at_to = value(to);
        if (at_from * at_to < 0) {
            std::uintmax_t steps = 200;
            const auto [a, b] = boost::math::tools::toms748_solve(value, from, to, at_from, at_to,
                                                                  boost::math::tools::eps_tolerance<double>(48), steps);
            found.push_back((a + b) / 2);
        } else if (at_to == 0 && to < high) {
            found.push_back(to);  // it touches zero there
        }
        from = to;
        at_from = at_to;
    }
    return found;
}

}  // namespace

double net_present_value(double rate, std::span<const double> flows) { return polynomial(flows, 1 / (1 + rate)); }

std::vector<double> discounted(double rate, std::span<const double> flows) {
    std::vector<double> values;
    double factor = 1;
    for (const double flow : flows) {
        values.push_back(flow * factor);
        factor /= 1 + rate;
    }
    return values;
}

std::vector<double> internal_rates(std::span<const double> flows) {
    if (std::ranges::all_of(flows, [](double flow) { return flow == 0; })) return {};
    // A polynomial of the discount factor 1 / (1 + rate).
    std::vector<double> rates = zeros(flows, 1 / (1 + 1e4), 1 / (1 - 0.99));
    std::ranges::reverse(rates);
    for (double& rate : rates) rate = 1 / rate - 1;
    return rates;
}

std::optional<double> internal_rate(std::span<const double> flows) {
    const std::vector<double> rates = internal_rates(flows);
    return rates.size() == 1 ? std::optional(rates.front()) : std::nullopt;
}

std::optional<double> payback_years(std::span<const double> flows) {
    double sum = 0, scale = 0, paid_back = 0;
    bool owing = false;
    for (std::size_t year = 0; year < flows.size(); ++year) {
        const double before = sum;
        sum += flows[year];
        scale += std::abs(flows[year]);
        // A sum that is nothing but rounding owes nothing; money is kept to a millionth.
        const bool owing_now = sum < -1e-13 * scale - 1e-6 * static_cast<double>(year + 1);
        if (owing && !owing_now) paid_back = static_cast<double>(year - 1) - before / flows[year];
        owing = owing_now;
    }
    return owing || flows.empty() ? std::nullopt : std::optional(paid_back);
}

}  // namespace entrepot::results

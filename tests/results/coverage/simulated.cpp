#include "results/coverage/simulated.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <stdexcept>

#include <fmt/format.h>

#include "results/comparison/compare.hpp"
#include "studies/run_study.hpp"

namespace entrepot::coverage {

namespace {

/// The scenario with another base stock, read once.
const scenarios::Loaded& scenario_of(int order_up_to) {
    static std::mutex mutex;
    static std::map<int, scenarios::Loaded> known;
    const std::scoped_lock lock(mutex);
    const auto found = known.find(order_up_to);
    if (found != known.end()) return found->second;
    const std::vector<std::string> changes{fmt::format("stock.W.reorder_point={}", order_up_to - 1),
                                           fmt::format("stock.W.order_up_to={}", order_up_to),
                                           fmt::format("stock.W.initial={}", order_up_to)};
    scenarios::Result result = scenarios::load(ENTREPOT_SOURCE_DIR "/tests/results/coverage/base_stock.toml", changes);
    if (!result) throw std::runtime_error(to_string(result.problems.front()));
    return known.emplace(order_up_to, std::move(*result.loaded)).first->second;
}

}  // namespace

results::Study base_stock_study(std::uint32_t seed, int order_up_to, int replications) {
    const studies::StudyOptions options{
        .strategies = {"rule"}, .replications = replications, .seed = seed, .comparator = "rule", .precision = {}};
    return studies::run_study(scenario_of(order_up_to), options, {}, {});
}

results::Study side_by_side(results::Study first, const results::Study& second) {
    first.strategies = {"first", "second"};
    first.titles = {"", ""};
    first.manifest.comparator = "first";
    first.replications.push_back(second.replications.front());
    return first;
}

double poisson5_probability(int n) {
    double term = std::exp(-5.0), sum = 0;
    for (int k = 0; k <= n; ++k) {
        sum += term;
        term *= 5.0 / (k + 1);
    }
    return sum;
}

double poisson5_mean_left(int n) {
    double sum = 0;  // E(n - D)+ is the sum of P(D <= k) below n
    for (int k = 0; k < n; ++k) sum += poisson5_probability(k);
    return sum;
}

bool finds_a_difference(std::uint32_t seed, std::uint32_t other_seed, int replications) {
    const results::Study study =
        side_by_side(base_stock_study(seed, 8, replications), base_stock_study(other_seed, 8, replications));
    const results::Comparison comparison = results::compare(study);
    return std::ranges::any_of(comparison.rows, [](const results::ComparedRow& row) {
        using results::Verdict;
        const Verdict verdict = row.strategies[1].verdict;
        return row.kpi->headline && row.row.slice.is_total() &&
               (verdict == Verdict::better || verdict == Verdict::worse || verdict == Verdict::different);
    });
}

}  // namespace entrepot::coverage

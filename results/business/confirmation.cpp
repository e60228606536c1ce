#include "results/business/confirmation.hpp"

#include <algorithm>

#include "results/business/roi.hpp"

namespace entrepot::results {

std::optional<Study> fresh_study(const Study& study) {
    if (!study.confirmation || study.confirmation->replications.size() != 2) return std::nullopt;
    const Confirmation& confirmation = *study.confirmation;
    const auto found = std::ranges::find(study.strategies, confirmation.strategy);
    if (found == study.strategies.end() || confirmation.replication_count() == 0) return std::nullopt;
    const auto chosen = static_cast<std::size_t>(found - study.strategies.begin());
    const std::size_t base = comparator_of(study);
    const auto title = [&](std::size_t s) { return s < study.titles.size() ? study.titles[s] : std::string(); };

    Study fresh{.manifest = study.manifest,
                .dimensions = study.dimensions,
                .strategies = {study.strategies[base], study.strategies[chosen]},
                .titles = {title(base), title(chosen)},
                .descriptions = {},
                .rows = study.rows,
                .series = {},
                .items = {},
                .replications = confirmation.replications,
                .antithetic = study.antithetic,
                .ending = Ending::complete,
                .precision = {},
                .confirmation = {}};
    FinanceInputs finance = finance_from_text(study.manifest.finance);
    if (chosen < finance.needs.size() && base < finance.needs.size()) {
        finance.needs = {finance.needs[base], finance.needs[chosen]};
    } else {
        finance.needs.clear();
    }
    fresh.manifest.finance = finance_to_text(finance);
    return fresh;
}

}  // namespace entrepot::results

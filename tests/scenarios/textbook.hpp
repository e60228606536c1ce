#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/record.hpp"
#include "models/simulate.hpp"
#include "scratch.hpp"

/// Small systems on the textbook's base, and what happens in them.
namespace entrepot::scenarios::testing {

using namespace models;

using Record = tests::FactRecord<LineFirstPass, LineCancelled, UnitsLent, StockOrdered, StockAtMoment, DemandAtMoment,
                                 UnitsShipped, StockRuleClose, StockCost>;

inline Network textbook(const std::string& text, const std::vector<std::string>& overrides = {}) {
    const Scratch scratch;
    const std::string base = shipped("validation/base/textbook.toml").generic_string();
    const Result result = load(scratch.write("s.toml", "base = \"" + base + "\"\n" + text), overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return build(*result.loaded, "rule");
}

/// One replication; it checks its balances of units and money every day, and dies when one is broken.
inline Record run(const Network& network, Runner runner = {}, std::uint64_t* digest = nullptr) {
    Record record;
    runner.days_between_checks = 1;
    runner.order_by_order = true;
    const auto figures = simulate(network, 5, 0, record.log, {}, runner);
    if (digest != nullptr) *digest = figures->digest;
    return record;
}

template <class Fact>
int units(const Record& record, int site) {
    int sum = 0;
    for (const auto& entry : record.all<Fact>())
        sum += entry.where == static_cast<std::uint32_t>(site) ? entry.fact.units : 0;
    return sum;
}

}  // namespace entrepot::scenarios::testing

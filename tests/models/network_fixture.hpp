#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/decisions/policies/registry.hpp"
#include "models/network/network.hpp"

namespace entrepot::tests {

/// A small network in C++, so that the models are tested without the scenario language.
struct FixtureSize {
    std::size_t sites = 2, items = 30;
    double orders_per_day = 60;  ///< of each channel and site
    int days = 60;
    int pickers = 6;                ///< of a day
    std::size_t never_ordered = 0;  ///< items more, which no order names
    bool reversed = false;          ///< the same sites, the last one first
};

models::Network small_network(const FixtureSize& size = {});

/// A strategy in C++: its terms, and what it binds the decisions to everywhere.
struct FixtureStrategy {
    models::Strategy terms;
    std::shared_ptr<const models::LevelPolicy> levels;
    models::Duration review = sim::days{1};
    std::shared_ptr<const models::PriorityPolicy> priority;
    models::PromiseRule promise = models::PromiseRule::table;
};

/// The strategies' first form, with the fixture's classes.
FixtureStrategy manual_strategy();
FixtureStrategy orchestrated_strategy();

/// Binds the network's decisions, and finishes it.
void follow(models::Network& network, const FixtureStrategy& strategy);

struct Weights {
    double tier = 0, slack = 0, penalty = 0, age = 0, horizon_days = 5, penalty_scale = 200;
};
std::shared_ptr<const models::PriorityPolicy> composite_score(const Weights& weights);

/// Gives a policy's parameters by name: one value, or one for each class.
class ParameterSetter : public models::ParameterVisitor {
public:
    explicit ParameterSetter(std::map<std::string, std::vector<double>> values) : values_(std::move(values)) {}
    void value(std::string_view key, double& member, models::ParameterUnit, models::ParameterRange,
               std::string_view) override {
        if (const auto found = values_.find(std::string(key)); found != values_.end()) member = take(found).at(0);
    }
    void by_class(std::string_view key, models::Column<models::ClassId, double>& member, models::ParameterUnit,
                  models::ParameterRange, std::string_view) override {
        const auto found = values_.find(std::string(key));
        if (found == values_.end()) return;
        member = {};
        for (const double value : take(found)) member.push_back(value);
    }
    void all_known() const {
        if (!values_.empty()) throw std::invalid_argument("no parameter " + values_.begin()->first);
    }

private:
    using Values = std::map<std::string, std::vector<double>>;
    std::vector<double> take(Values::iterator at) {
        auto values = at->second;
        values_.erase(at);
        return values;
    }
    Values values_;
};

template <class Policy>
std::shared_ptr<const Policy> with_parameters(std::unique_ptr<Policy> policy,
                                              std::map<std::string, std::vector<double>> values) {
    ParameterSetter setter(std::move(values));
    policy->describe(setter);
    setter.all_known();
    return policy;
}

}  // namespace entrepot::tests

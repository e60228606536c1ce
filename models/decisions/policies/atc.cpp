#include <algorithm>
#include <cmath>

#include "models/decisions/policies/registry.hpp"

/// By the apparent tardiness cost: what lateness costs over the work that the order takes, the less the more time is
/// left, exp(-slack / look-ahead). Lines are the work. Source: Vepsalainen and Morton (1987).
namespace entrepot::models {

namespace {

class Atc : public PriorityPolicy {
public:
    void describe(ParameterVisitor& v) override {
        v.value("look_ahead", look_ahead_, ParameterUnit::days, {.above = true},
                "slack after which an order counts 1/e of what it counts when it is due; in the source two to three "
                "times the mean work of an order, here some days of a queue");
    }
    void rank(const RankingMoment& now, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            const double left = std::max(0, slack_days(now, *orders[i]));
            ranks[i] = greatest_first(cost_over_work(now, *orders[i]) * std::exp(-left / look_ahead_), *orders[i]);
        }
    }

private:
    double look_ahead_ = 2;
};

}  // namespace

std::unique_ptr<PriorityPolicy> atc() { return std::make_unique<Atc>(); }

}  // namespace entrepot::models

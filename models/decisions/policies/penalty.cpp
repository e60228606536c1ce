#include "models/decisions/policies/registry.hpp"

/// By the penalty that can still be avoided, the greatest first; then by entry.
namespace entrepot::models {

namespace {

class ByPenalty : public PriorityPolicy {
public:
    void describe(ParameterVisitor&) override {}
    void rank(const RankingMoment& now, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            const bool avoidable = slack_days(now, *orders[i]) >= 0;
            ranks[i] = greatest_first(avoidable ? cost_of_lateness(now, *orders[i]) : 0, *orders[i]);
        }
    }
};

}  // namespace

std::unique_ptr<PriorityPolicy> penalty() { return std::make_unique<ByPenalty>(); }

}  // namespace entrepot::models

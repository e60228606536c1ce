#include "models/decisions/policies/registry.hpp"

/// By the margin of the order, the greatest first: what it cost times the mean markup of its channel, as a price list
/// has it.
namespace entrepot::models {

namespace {

class ByMargin : public PriorityPolicy {
public:
    void describe(ParameterVisitor&) override {}
    void rank(const RankingMoment& now, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            const Order& order = *orders[i];
            const auto channel = static_cast<std::size_t>(now.network->tiers[order.tier].channel);
            ranks[i] = greatest_first(order.cost.amount() * now.network->markup[channel], order);
        }
    }
};

}  // namespace

std::unique_ptr<PriorityPolicy> margin() { return std::make_unique<ByMargin>(); }

}  // namespace entrepot::models

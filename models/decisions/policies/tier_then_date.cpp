#include "models/decisions/policies/registry.hpp"

/// By the tier's rank, then by the promised day.
namespace entrepot::models {

namespace {

class TierThenDate : public PriorityPolicy {
public:
    void describe(ParameterVisitor&) override {}
    void rank(const RankingMoment& now, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            const Order& order = *orders[i];
            const auto tier = static_cast<std::uint64_t>(now.network->tiers[order.tier].rank);
            ranks[i] = (tier << 48) | (std::uint64_t{order.promised_day} << 32) | order.sequence;
        }
    }
};

}  // namespace

std::unique_ptr<PriorityPolicy> tier_then_date() { return std::make_unique<TierThenDate>(); }

}  // namespace entrepot::models

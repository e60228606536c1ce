#include "models/decisions/policies/registry.hpp"

/// In the order of entry.
namespace entrepot::models {

namespace {

class Fifo : public PriorityPolicy {
public:
    void describe(ParameterVisitor&) override {}
    bool first_come() const override { return true; }
    void rank(const RankingMoment&, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) ranks[i] = orders[i]->sequence;
    }
};

}  // namespace

std::unique_ptr<PriorityPolicy> fifo() { return std::make_unique<Fifo>(); }

}  // namespace entrepot::models

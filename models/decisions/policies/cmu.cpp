#include "models/decisions/policies/registry.hpp"

/// By the cost of lateness over the work that the order takes, the greatest first: the c-mu rule. Lines are the work;
/// what lateness costs stands for the cost of waiting. Source: Cox and Smith (1961).
namespace entrepot::models {

namespace {

class CMu : public PriorityPolicy {
public:
    void describe(ParameterVisitor&) override {}
    void rank(const RankingMoment& now, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            ranks[i] = greatest_first(cost_over_work(now, *orders[i]), *orders[i]);
        }
    }
};

}  // namespace

std::unique_ptr<PriorityPolicy> cmu() { return std::make_unique<CMu>(); }

}  // namespace entrepot::models

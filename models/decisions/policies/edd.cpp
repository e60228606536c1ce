#include "models/decisions/policies/registry.hpp"

/// By the promised day, whoever's order it is: earliest due date. Source: Jackson (1955); of all rules it has the least
/// greatest lateness on one server.
namespace entrepot::models {

namespace {

class Edd : public PriorityPolicy {
public:
    void describe(ParameterVisitor&) override {}
    void rank(const RankingMoment&, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        for (std::size_t i = 0; i < orders.size(); ++i) {
            ranks[i] = (std::uint64_t{orders[i]->promised_day} << 32) | orders[i]->sequence;
        }
    }
};

}  // namespace

std::unique_ptr<PriorityPolicy> edd() { return std::make_unique<Edd>(); }

}  // namespace entrepot::models

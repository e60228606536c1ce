#include <algorithm>

#include "models/decisions/policies/registry.hpp"

/// By a weighted score of tier, slack to the promise, penalty that can still be avoided, and age; the highest first.
namespace entrepot::models {

namespace {

class Composite : public PriorityPolicy {
public:
    void describe(ParameterVisitor& v) override {
        const ParameterRange weight{.most = 1e6};
        v.value("tier", tier_, ParameterUnit::number, weight, "weight of the tier's rank");
        v.value("slack", slack_, ParameterUnit::number, weight,
                "weight of the little time left to the promise, while it can be kept");
        v.value("penalty", penalty_, ParameterUnit::number, weight, "weight of the penalty that can still be avoided");
        v.value("age", age_, ParameterUnit::number, weight, "weight of the order's age");
        v.value("horizon", horizon_days_, ParameterUnit::days, {.above = true},
                "slack and age beyond it make no further difference; a working week, judgement");
        v.value("penalty_scale", penalty_scale_, ParameterUnit::money, {.above = true},
                "penalty that counts half of its weight; about that of a mean contract order, judgement");
    }

    bool software() const override { return true; }

    void rank(const RankingMoment& now, std::span<const Order* const> orders,
              std::span<std::uint64_t> ranks) const override {
        const double greatest = tier_ + slack_ + penalty_ + age_;
        for (std::size_t i = 0; i < orders.size(); ++i) {
            const double missing = std::max(0.0, greatest - score(now, *orders[i])) / std::max(greatest, 1e-9);
            ranks[i] = (static_cast<std::uint64_t>(missing * 1e6) << 32) | orders[i]->sequence;
        }
    }

private:
    double score(const RankingMoment& now, const Order& order) const {
        const Tier& tier = now.network->tiers[order.tier];
        const double importance = 1.0 - tier.rank / static_cast<double>(now.network->tiers.size());
        // A promise that can't be kept any more is no reason to hurry, nor is a penalty that is due already: the order
        // then stands by its tier and its age alone.
        const int slack = slack_days(now, order);
        const double urgency = slack >= 0 ? 1.0 - std::min(slack / horizon_days_, 1.0) : 0.0;
        const double at_stake = slack >= 0 ? cost_of_lateness(now, order) : 0.0;
        const double age = std::clamp((now.day - order.placed_day) / horizon_days_, 0.0, 1.0);
        return tier_ * importance + slack_ * urgency + penalty_ * at_stake / (at_stake + penalty_scale_) + age_ * age;
    }

    double tier_ = 0, slack_ = 0, penalty_ = 0, age_ = 0;
    double horizon_days_ = 5, penalty_scale_ = 200;
};

}  // namespace

std::unique_ptr<PriorityPolicy> composite() { return std::make_unique<Composite>(); }

}  // namespace entrepot::models

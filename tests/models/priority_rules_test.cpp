#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "models/decisions/policies/registry.hpp"
#include "models/network_fixture.hpp"

/// Rules of priority against what theory says of them, on instances that can be enumerated.
namespace entrepot::tests {
namespace {

using namespace models;

struct Job {
    int days = 1;  ///< of work, a line each
    double weight = 1;
    int due = 0;
    double cost = 100;
};

/// One server who always takes the order that comes first by a rule.
class OneServer {
public:
    explicit OneServer(std::vector<Job> jobs) : jobs_(std::move(jobs)), network_(small_network()) {
        network_.tiers.assign(jobs_.size(), {});
        for (std::size_t i = 0; i < jobs_.size(); ++i) {
            network_.tiers[TierId{i}].penalty_fixed = Money::of(jobs_[i].weight);
            Order order;
            order.tier = TierId{i};
            order.sequence = static_cast<std::uint32_t>(i);
            order.promised_day = static_cast<std::uint16_t>(jobs_[i].due);
            order.lines_open = static_cast<std::uint16_t>(jobs_[i].days);
            order.cost = Money::of(jobs_[i].cost);
            orders_.push_back(order);
        }
    }

    /// Jobs in the order in which they are done.
    std::vector<std::size_t> sequence(const PriorityPolicy& policy) const {
        std::vector<std::size_t> left(jobs_.size()), done;
        std::iota(left.begin(), left.end(), std::size_t{0});
        for (int day = 0; !left.empty(); day += jobs_[done.back()].days) {
            const RankingMoment moment{&network_, day, {day + 1, day + 1}};
            const auto rank_of = [&](std::size_t i) {
                const Order* const one = &orders_[i];
                std::uint64_t rank = 0;
                policy.rank(moment, {&one, 1}, {&rank, 1});
                EXPECT_LT(rank, std::uint64_t{1} << 63);
                return rank;
            };
            const auto next = std::ranges::min_element(left, {}, rank_of);
            done.push_back(*next);
            left.erase(next);
        }
        return done;
    }

    double weighted_tardiness(const std::vector<std::size_t>& sequence) const {
        double sum = 0;
        int day = 0;
        for (const std::size_t i : sequence) {
            day += jobs_[i].days;
            sum += jobs_[i].weight * std::max(0, day - jobs_[i].due);
        }
        return sum;
    }
    double weighted_tardiness(const PriorityPolicy& policy) const { return weighted_tardiness(sequence(policy)); }
    int greatest_lateness(const std::vector<std::size_t>& sequence) const {
        int greatest = -1000, day = 0;
        for (const std::size_t i : sequence) {
            day += jobs_[i].days;
            greatest = std::max(greatest, day - jobs_[i].due);
        }
        return greatest;
    }
    double weighted_waits(const std::vector<std::size_t>& sequence) const {
        double sum = 0;
        int day = 0;
        for (const std::size_t i : sequence) sum += jobs_[i].weight * (day += jobs_[i].days);
        return sum;
    }

    /// The least of something over all sequences.
    double least(const std::function<double(const std::vector<std::size_t>&)>& of) const {
        std::vector<std::size_t> sequence(jobs_.size());
        std::iota(sequence.begin(), sequence.end(), std::size_t{0});
        double least = of(sequence);
        while (std::ranges::next_permutation(sequence).found) least = std::min(least, of(sequence));
        return least;
    }

private:
    std::vector<Job> jobs_;
    Network network_;
    std::vector<Order> orders_;
};

const std::vector<Job> kJobs = {{2, 5, 4}, {3, 5, 9}, {1, 5, 2}, {4, 3, 5}, {2, 6, 9}};

/// Of all 120 sequences this one costs least; others' costs are by hand.
TEST(PriorityRules, ApparentTardinessCostFindsTheLeastWeightedTardiness) {
    const OneServer server(kJobs);
    EXPECT_EQ(server.weighted_tardiness(*atc()), 21);
    EXPECT_EQ(server.least([&](const auto& s) { return server.weighted_tardiness(s); }), 21);
    EXPECT_EQ(server.weighted_tardiness(*cmu()), 26);
    EXPECT_EQ(server.weighted_tardiness(*edd()), 29);
    EXPECT_EQ(server.weighted_tardiness(*penalty()), 51);
    EXPECT_EQ(server.weighted_tardiness(*fifo()), 53);
}

/// Jackson (1955).
TEST(PriorityRules, EarliestDueDateHasTheLeastGreatestLateness) {
    const OneServer server(kJobs);
    const double least = server.least([&](const auto& s) { return double(server.greatest_lateness(s)); });
    EXPECT_EQ(server.greatest_lateness(server.sequence(*edd())), least);
    EXPECT_GT(server.greatest_lateness(server.sequence(*fifo())), least);
}

/// Smith (1956): what all jobs wait, weighted.
TEST(PriorityRules, CostOverWorkHasTheLeastWeightedWaits) {
    const OneServer server(kJobs);
    const double least = server.least([&](const auto& s) { return server.weighted_waits(s); });
    EXPECT_EQ(server.weighted_waits(server.sequence(*cmu())), least);
    for (const auto& other : {edd(), fifo(), penalty()})
        EXPECT_GT(server.weighted_waits(server.sequence(*other)), least);
}

/// Nothing more is to be gained for an order that is late.
TEST(PriorityRules, PenaltyIsWhatCanStillBeAvoided) {
    const OneServer server({{1, 9, 0}, {1, 2, 5}, {1, 3, 5}});
    EXPECT_EQ(server.sequence(*penalty()), (std::vector<std::size_t>{2, 1, 0}));
}

/// By cost and markup: what sells dear online earns more at the same cost.
TEST(PriorityRules, MarginIsOfTheChannel) {
    Network network = small_network();
    for (Item& item : network.items) {
        item.price = {item.unit_cost * 1.25, item.unit_cost * 1.5};
    }
    finish(network);
    EXPECT_NEAR(network.markup[0], 0.25, 1e-4);
    EXPECT_NEAR(network.markup[1], 0.5, 1e-4);
    const auto rank_of = [&](std::size_t tier, double cost, std::uint32_t sequence) {
        Order order;
        order.tier = TierId{tier};
        order.cost = Money::of(cost);
        order.sequence = sequence;
        const Order* const one = &order;
        std::uint64_t rank = 0;
        margin()->rank({&network, 0, {1, 1}}, {&one, 1}, {&rank, 1});
        return rank;
    };
    ASSERT_EQ(network.tiers[TierId{2}].channel, Channel::ecommerce);
    EXPECT_LT(rank_of(0, 110, 2), rank_of(0, 100, 1));
    EXPECT_LT(rank_of(2, 60, 2), rank_of(0, 100, 1));
    EXPECT_GT(rank_of(2, 40, 2), rank_of(0, 100, 1));
    EXPECT_LT(rank_of(0, 100, 1), rank_of(0, 100, 2));
}

}  // namespace
}  // namespace entrepot::tests

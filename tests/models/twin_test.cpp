#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "models/decisions/hindsight.hpp"
#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"

/// Hindsight judges a decision by a rule. Here the world is forked where a planner overrides a recommendation, and goes
/// on once with and once without it, on the same noise: the rule is to say who was right.
namespace entrepot::tests {
namespace {

using namespace models;

struct Override {
    Time at{}, judged{};
    SiteId site;
    ItemId item;
    double gain = 0;  ///< by the rule
};

/// Planners decide on what is recommended, and take half of it as it is.
Network overriding() {
    Network network = small_network({.sites = 3, .items = 30, .days = 120});
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.replenishment = ForecastQuantile{.service = {0.8, 0.7, 0.6}, .cover_days = {3, 3, 3}};
    strategy.governance.rights.purchase = {Role::planner};
    strategy.governance.approvals.clear();
    strategy.transfers = {};
    follow(network, strategy);
    network.office.planners = 20;
    network.office.judgement.acceptance = 0.5;
    network.office.judgement.override_sigma = 0.5;
    return network;
}

std::vector<Override> overrides_of(const Network& network, std::uint32_t replication) {
    FactRecord<CaseStepped, DecisionJudged> told;
    simulate(network, 7, replication, told.log);
    std::map<std::uint32_t, Override> all;
    for (const auto& [at, where, step] : told.all<CaseStepped>()) {
        if (static_cast<CaseStep>(step.step) != CaseStep::changed) continue;
        all[step.number] = {.at = at, .site = SiteId{step.site}, .item = ItemId{step.item}};
    }
    std::vector<Override> judged;
    for (const auto& [at, where, fact] : told.all<DecisionJudged>()) {
        if (fact.who != Recommended::changed) continue;
        judged.push_back(all.at(fact.number));
        judged.back().judged = at;
        judged.back().gain = double{fact.offered} - fact.decided;
    }
    std::ranges::sort(judged, {}, &Override::at);
    return judged;
}

/// What the location costs from the decision to the end of its interval: holding at each midnight, and the margin
/// of what customers cancel.
double cost_of_twin(World world, const Override& one, bool overridden) {
    const Network& network = *world.network;
    FactRecord<LineCancelled> told;
    world.report_to(told.log);
    Headquarters& hq = world.state.headquarters;
    if (!overridden) {
        const double acceptance = std::exchange(hq.acceptance, 1);
        run_sequential(world, one.at + Duration{1});
        hq.acceptance = acceptance;
    }
    double holding = 0;
    const int last = std::min(day_of(one.judged), network.calendar.total_days());
    for (int day = day_of(one.at) + 1; day <= last; ++day) {
        run_sequential(world, start_of(day));
        holding += world.state.sites[one.site].truth[one.item].on_hand;
    }
    told.log.flush();
    double lost = 0;
    for (const auto& [at, where, line] : told.all<LineCancelled>()) {
        if (where == one.site.value && line.item == one.item.value)
            lost += static_cast<double>(line.margin_micros) * 1e-6;
    }
    return lost + holding * network.items[one.item].unit_cost.amount() * network.carrying_rate / 365;
}

TEST(Hindsight, AgreesWithTwinsOnTheSameNoise) {
    const Network network = overriding();
    int agreed = 0, compared = 0, better = 0;
    for (std::uint32_t replication = 0; replication < 2; ++replication) {
        const std::vector<Override> all = overrides_of(network, replication);
        ASSERT_GT(all.size(), 100u);
        FactRecord<> nothing;
        World world = start_world(network, 7, replication, nothing.log);
        const std::size_t step = all.size() / 60 + 1;
        for (std::size_t i = 0; i < all.size(); i += step) {
            const Override& one = all[i];
            if (one.gain == 0) continue;
            run_sequential(world, one.at);
            const double gain = cost_of_twin(world, one, false) - cost_of_twin(world, one, true);
            if (gain == 0) continue;
            ++compared;
            better += gain > 0;
            agreed += (gain > 0) == (one.gain > 0);
        }
    }
    RecordProperty("agreed", agreed);
    RecordProperty("compared", compared);
    EXPECT_GT(compared, 60);
    EXPECT_GT(better, compared / 10);  // the sample has both
    EXPECT_LT(better, compared * 9 / 10);
    EXPECT_GT(agreed, compared * 3 / 4);
}

}  // namespace
}  // namespace entrepot::tests

#include "models/records/master_data.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "models/decisions/cases.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/office.hpp"
#include "models/record.hpp"
#include "models/small_world.hpp"

/// Errors of the item master: who is misled by them, who sees them, and what guardrails are worth then.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Master = SmallWorld<CaseStepped, OrderedInWrongUnit, PurchaseLineOrdered>;

Network with_errors(const MasterData& terms) {
    Network network = quiet_network();
    for (Item& item : network.items) item.pack = 12;
    network.master_data = terms;
    network.strategy.governance.rights.purchase = {Role::system, Role::planner};
    network.strategy.governance.approvals.clear();
    network.strategy.governance.guardrails.clear();
    finish(network);
    return network;
}

constexpr MasterData kAllUnits{.errors = 1, .units = 1, .costs = 0, .classes = 0};

TEST(MasterData, IsRightUnlessTheScenarioSaysOtherwise) {
    Master world(with_errors({}));
    EXPECT_TRUE(world.hq().master.empty());
    EXPECT_EQ(as_ordered(world.hq(), ItemId{0}, 24, world.network), 24);
}

TEST(MasterData, APackIsTakenForAUnitWhereThereArePacks) {
    Network network = with_errors(kAllUnits);
    network.items[ItemId{1}].pack = 1;
    Master world(network);
    EXPECT_EQ(as_ordered(world.hq(), ItemId{0}, 24, world.network), 288);
    EXPECT_EQ(as_ordered(world.hq(), ItemId{1}, 24, world.network), 24);
}

TEST(MasterData, CostsAndClassesOnRecordAreOthers) {
    Master costs(with_errors({.errors = 1, .units = 0, .costs = 1, .classes = 0}));
    Master classes(with_errors({.errors = 1, .units = 0, .costs = 0, .classes = 1}));
    for (const ItemId item : sim::ids<ItemId>(costs.network.items)) {
        const double cost = costs.network.items[item].unit_cost.amount();
        const double known = cost_on_record(costs.hq(), item, costs.network).amount();
        EXPECT_TRUE(std::abs(known / cost - 10) < 1e-3 || std::abs(known / cost - 0.1) < 1e-3) << known / cost;
        EXPECT_NE(class_on_record(classes.hq(), item, classes.network), classes.network.items[item].velocity);
        EXPECT_EQ(cost_on_record(classes.hq(), item, classes.network), classes.network.items[item].unit_cost);
    }
}

/// Two hundred thousand items: so many have errors as the dial says, four standard deviations.
TEST(MasterData, AsManyItemsHaveErrorsAsTheDialSays) {
    Network network = with_errors({.errors = 0.02, .units = 0.5, .costs = 0.25, .classes = 0.25});
    const Item like = network.items[ItemId{0}];
    network.items = {};
    constexpr int kItems = 200'000;
    for (int i = 0; i < kItems; ++i) {
        network.items.push_back(like);
        network.items[ItemId{static_cast<std::size_t>(i)}].key = sim::entity_hash("item" + std::to_string(i));
    }
    Headquarters hq;
    draw_master_data(hq, network, sim::Draws(3, 0));
    double units = 0, costs = 0, classes = 0;
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        units += hq.master[item].wrong_unit;
        costs += hq.master[item].cost_factor != 1;
        classes += hq.master[item].velocity != like.velocity;
    }
    EXPECT_NEAR(units, 2000, 4 * std::sqrt(2000.0));
    EXPECT_NEAR(costs, 1000, 4 * std::sqrt(1000.0));
    EXPECT_NEAR(classes, 1000, 4 * std::sqrt(1000.0));
}

/// A site wants 24 units of an item whose master takes a pack for a unit: what goes out, and by whom.
struct Asked {
    Units ordered = 0;
    std::size_t wrong = 0, corrected = 0;
};

Asked ask(const std::function<void(Network&)>& change) {
    Network network = with_errors(kAllUnits);
    network.office.planners = 1;
    network.office.handling_cv = 0;
    change(network);
    finish(network);
    Master world(network);
    world.run_until(0, 10);
    world.hq().levels[world.location(0, 1)].usual_quantity = 24;
    InventoryPolicy policy;
    policy.execution = Execution::planners;
    policy.needs.prepared = true;
    Network& rules = world.network;
    rules.policies = {policy};
    rules.policy_of.assign(1, Column<ItemId, std::uint16_t>(rules.items.size(), 0));
    world.hq().forecast_news.resize(1);
    Context context = world.at_headquarters();
    on(world.hq(), SupplyRequested{key_of(SiteId{0}, ItemId{1}), 24, 0}, context);
    world.run_until(1, 0);
    Asked asked;
    for (const auto& [at, where, line] : world.all<PurchaseLineOrdered>()) asked.ordered += line.units;
    for (const auto& [at, where, step] : world.all<CaseStepped>()) {
        asked.corrected += static_cast<StepOutcome>(step.outcome) == StepOutcome::corrected;
    }
    asked.wrong = world.all<OrderedInWrongUnit>().size();
    return asked;
}

TEST(MasterData, WithoutGuardrailsThePackGoesOut) {
    const Asked asked = ask([](Network&) {});
    EXPECT_EQ(asked.ordered, 288);
    EXPECT_EQ(asked.wrong, 1u);
}

/// The guardrail sees another quantity than usual, and a person sees why.
TEST(MasterData, AGuardrailCatchesIt) {
    const auto guarded = [](double sees) {
        return ask([&](Network& network) {
            network.strategy.governance.guardrails = {{.name = "change", .most_change = 0.5}};
            network.office.judgement.sees_wrong_units = sees;
        });
    };
    EXPECT_EQ(guarded(1).ordered, 24);
    EXPECT_EQ(guarded(1).corrected, 1u);
    EXPECT_EQ(guarded(1).wrong, 0u);
    EXPECT_EQ(guarded(0).ordered, 288);  // who doesn't look twice lets it pass
    EXPECT_EQ(guarded(0).wrong, 1u);
}

TEST(MasterData, IsPutRightSomeTimeAfterItWasSeen) {
    MasterData terms = kAllUnits;
    terms.corrected_after = 48h;
    Master world(with_errors(terms));
    world.run_until(0, 10);
    Context context = world.at_headquarters();
    report_error(world.hq(), ItemId{1}, context);
    world.run_until(2, 9);
    EXPECT_TRUE(has_wrong_unit(world.hq(), ItemId{1}));
    world.run_until(2, 11);
    EXPECT_FALSE(has_wrong_unit(world.hq(), ItemId{1}));
    EXPECT_TRUE(has_wrong_unit(world.hq(), ItemId{2}));  // of which nobody has seen anything
}

/// D21: two months, half of the items wrong. Without guardrails the stock swells; with them and people who look twice
/// it doesn't.
TEST(MasterData, ErrorsFeedWhatIsReleasedUntouched) {
    struct Months {
        double bought = 0, wrong = 0;
    };
    const auto months = [](bool guarded, double errors) {
        FixtureStrategy strategy = orchestrated_strategy();
        if (!guarded) strategy.governance.guardrails.clear();
        Network network = small_network();
        follow(network, strategy);
        for (auto& stock : network.initial.on_hand) {
            for (Units& units : stock) units /= 2;
        }
        network.master_data = {.errors = errors, .units = 1, .costs = 0, .classes = 0};
        finish(network);
        FactRecord<PurchaseLineOrdered, OrderedInWrongUnit> record;
        simulate(network, 1, 0, record.log);
        Months sum;
        for (const auto& [at, where, line] : record.all<PurchaseLineOrdered>()) sum.bought += line.units;
        sum.wrong = static_cast<double>(record.all<OrderedInWrongUnit>().size());
        return sum;
    };
    const Months right = months(false, 0), ungoverned = months(false, 0.5), governed = months(true, 0.5);
    EXPECT_GT(ungoverned.wrong, 3 * governed.wrong);
    EXPECT_GT(ungoverned.bought, 1.5 * right.bought);
    EXPECT_LT(governed.bought, 1.25 * right.bought);
}

}  // namespace
}  // namespace entrepot::tests

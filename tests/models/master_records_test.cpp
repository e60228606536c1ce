#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "models/decisions/forecast_model.hpp"
#include "models/decisions/guardrails.hpp"
#include "models/decisions/ordering.hpp"
#include "models/decisions/planning.hpp"
#include "models/record.hpp"
#include "models/records/master_data.hpp"
#include "models/small_world.hpp"

/// Records that are wrong in lead times, minimums, packs and warehouses; errors that come, and the clean-up that finds
/// them.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

using Records = SmallWorld<CaseStepped, PurchaseLineOrdered, MasterAtMorning, MasterCleaned>;

/// All items have an error of one kind.
Network all_wrong(MasterData terms, std::size_t sites = 1) {
    Network network = quiet_network(sites);
    follow(network, orchestrated_strategy());
    network.strategy.transfers.proactive = false;
    for (Item& item : network.items) {
        item.pack = 12;
        item.minimum_order = 48;
    }
    network.strategy.governance.guardrails.clear();
    network.strategy.governance.approvals.clear();
    network.master_data = std::move(terms);
    finish(network);
    return network;
}

MasterData only(double MasterData::*kind, double errors = 1) {
    MasterData terms{.errors = errors, .units = 0, .costs = 0, .classes = 0};
    terms.*kind = 1;
    return terms;
}

/// G3: levels and due days go by the item's record.
TEST(MasterRecords, LeadTimesAreTwiceOrHalf) {
    Network network = all_wrong(only(&MasterData::lead_times));
    replenish(network, ClassPolicy{.service = {0.5, 0.5, 0.5}, .cover_days = {14, 20, 60}, .refresh_days = 1});
    for (auto& usual : network.usual_daily_units) usual.assign(network.items.size(), 10);
    finish(network);
    Records world(network);
    world.run_until(0, 8.5);
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const Duration right = network.suppliers[network.items[item].supplier].lead_time_on_record;
        const Duration known = lead_time_on_record(world.hq(), item, network);
        EXPECT_TRUE(known == 2 * right || known == right / 2);
        const double days = sim::in<sim::days>(known) + 7;  // reviewed each week
        EXPECT_NEAR(world.hq().levels[world.location(0, item.index())].reorder_point, 10 * days, 0.01);
    }
    const std::uint32_t line = world.purchase(1, 48);
    Context context = world.at_headquarters();
    place_purchase(world.hq(), line, context);
    EXPECT_EQ(world.hq().purchases[line].due - world.hq().purchases[line].placed,
              lead_time_on_record(world.hq(), ItemId{1}, network));
}

/// What goes out for so many units wanted, while the record has these factors.
struct Bought {
    Units recommended = 0, ordered = 0;
    bool reported = false;
};

Bought buy(float pack_factor, float minimum_factor, float wanted) {
    Network network = all_wrong(only(&MasterData::packs));
    Records world(network);
    world.run_until(0, 10);
    MasterRecord& record = world.hq().master[ItemId{1}];
    record = {.velocity = network.items[ItemId{1}].velocity};
    record.pack_factor = pack_factor;
    record.minimum_factor = minimum_factor;
    Levels& levels = world.hq().levels[world.location(0, 1)];
    levels = {.reorder_point = 1e4F, .order_up_to = 1000 + wanted, .usual_quantity = wanted};
    levels.next_refresh_day = 1000;
    Context context = world.at_headquarters();
    review_at_once(world.hq(), SiteId{0}, ItemId{1}, context);
    world.run_until(0, 12);
    Bought bought{.reported = world.hq().master[ItemId{1}].reported};
    for (const auto& [at, where, line] : world.all<PurchaseLineOrdered>()) {
        bought.ordered += line.units;
        bought.recommended += line.recommended;
    }
    return bought;
}

/// Too large ones are bought, and nobody sees why.
TEST(MasterRecords, LargePacksAndMinimumsAreBought) {
    EXPECT_EQ(buy(1, 1, 60).ordered, 60);
    EXPECT_EQ(buy(2, 1, 60).ordered, 72);
    EXPECT_EQ(buy(1, 5, 60).ordered, 240);
    EXPECT_FALSE(buy(2, 1, 60).reported);
    EXPECT_FALSE(buy(1, 5, 60).reported);
}

/// Too small ones the supplier doesn't sell: more goes out than guardrails and approvals saw, and somebody sees it.
TEST(MasterRecords, SuppliersSellWholePacksAndTheirMinimum) {
    const Bought single = buy(0, 1, 50), little = buy(1, 0.2F, 20);
    EXPECT_EQ(single.recommended, 50);
    EXPECT_EQ(single.ordered, 60);
    EXPECT_TRUE(single.reported);
    EXPECT_EQ(little.recommended, 24);
    EXPECT_EQ(little.ordered, 48);
    EXPECT_TRUE(little.reported);
    EXPECT_FALSE(buy(1, 1, 60).reported);
}

/// G2: a region's demand is planned for elsewhere from the first day on, and its own site forgets it.
TEST(MasterRecords, DemandCountsAtAnotherWarehouse) {
    Network network = all_wrong(only(&MasterData::warehouses), 3);
    for (auto& usual : network.usual_daily_units) usual.assign(network.items.size(), 10);
    finish(network);
    Records world(network);
    const auto level = [&](std::size_t site, std::size_t item) {
        return world.hq().forecasts[world.location(site, item)].level;
    };
    for (std::size_t item = 0; item < network.items.size(); ++item) {
        const MasterRecord& record = world.hq().master[ItemId{item}];
        ASSERT_NE(record.ordered_in, record.planned_at);
        EXPECT_EQ(level(record.ordered_in.index(), item), 0);
        EXPECT_EQ(level(record.planned_at.index(), item), 20);
    }
    for (int day = 0; day < 20; ++day) {
        world.run_until(day, 23);
        for (StockView& view : world.hq().view) view.demand += 10;
        world.run_until(day + 1, 8.5);
    }
    for (std::size_t item = 0; item < network.items.size(); ++item) {
        const MasterRecord& record = world.hq().master[ItemId{item}];
        for (std::size_t site = 0; site < 3; ++site) {
            const float expected = SiteId{site} == record.ordered_in ? 0 : SiteId{site} == record.planned_at ? 20 : 10;
            EXPECT_NEAR(level(site, item), expected, 1e-3);
        }
    }
}

/// A guardrail for a class strikes where the record says it is that class.
TEST(MasterRecords, GuardrailsSeeTheClassAndTheCostOnRecord) {
    Network network = all_wrong(only(&MasterData::classes));
    Records world(network);
    MasterRecord& record = world.hq().master[ItemId{0}];
    const ClassId right = network.items[ItemId{0}].velocity;
    world.network.strategy.governance.guardrails = {{.name = "fast", .velocity = right, .most_value = Money::of(1)}};
    world.hq().released.assign(1, {});
    const auto verdict = [&] {
        Context context = world.at_headquarters();
        return check_guardrails(world.hq(), {.item = ItemId{0}, .site = SiteId{0}, .units = 12, .pack = 12}, context)
            .verdict;
    };
    ASSERT_NE(record.velocity, right);
    EXPECT_EQ(verdict(), Verdict::within);
    record.velocity = right;
    EXPECT_EQ(verdict(), Verdict::routed);
    world.network.strategy.governance.guardrails[0].most_value = network.items[ItemId{0}].unit_cost * 50;
    EXPECT_EQ(verdict(), Verdict::within);
    record.cost_factor = 10;
    EXPECT_EQ(verdict(), Verdict::routed);
}

// Errors that come, and go.

/// A thousand items for two months at an error a year each: by the exponential law; four standard deviations.
TEST(NewErrors, ComeAtTheirRate) {
    constexpr int kItems = 1000, kDays = 60;
    const auto wrong_after = [&](double rate) {
        Network network = small_network({.sites = 1, .items = kItems, .orders_per_day = 1, .days = kDays});
        network.master_data = {.new_errors = rate, .units = 0, .costs = 1, .classes = 0};
        finish(network);
        FactRecord<MasterAtMorning> record;
        simulate(network, 1, 0, record.log);
        return record.all<MasterAtMorning>().empty() ? 0 : record.all<MasterAtMorning>().back().fact.wrong;
    };
    const double share = 1 - std::exp(-1.0 * (kDays - 1) / 365);
    EXPECT_NEAR(wrong_after(1), kItems * share, 4 * std::sqrt(kItems * share));
    EXPECT_EQ(wrong_after(0), 0);
}

struct Cleaned {
    int wrong = 0, looked = 0, found = 0;
    double cost = 0;
};

Cleaned clean(const CleanUp& terms, double new_errors = 0) {
    Network network = small_network({.sites = 1, .items = 100, .orders_per_day = 1, .days = 60});
    network.master_data = {.errors = 0.5, .new_errors = new_errors, .units = 0, .costs = 1, .classes = 0};
    network.strategy.clean_up = terms;
    finish(network);
    FactRecord<MasterAtMorning, MasterCleaned> record;
    simulate(network, 1, 0, record.log);
    Cleaned sum{.wrong = record.all<MasterAtMorning>().back().fact.wrong};
    for (const auto& [at, where, week] : record.all<MasterCleaned>()) {
        sum.looked += week.items;
        sum.found += week.found;
        sum.cost += static_cast<double>(week.cost_micros) * 1e-6;
    }
    return sum;
}

/// Of a hundred items with 50 errors a year each, all looked at every week, more are found than there are items.
TEST(NewErrors, ComeAgainWhereTheyWerePutRight) { EXPECT_GT(clean({.items_a_week = 100, .finds = 1}, 50).found, 300); }

/// Weeks 20, 27, ... 55: six times.
TEST(CleanUp, GoesThroughTheItemsFromItsDayOn) {
    const Cleaned none = clean({}), some = clean({.items_a_week = 10, .first_day = 20, .per_item = Money::of(15)});
    EXPECT_EQ(none.looked, 0);
    EXPECT_EQ(some.looked, 60);
    EXPECT_NEAR(some.cost, 60 * 15, 1e-6);
    EXPECT_EQ(some.wrong, none.wrong - some.found);
    EXPECT_GT(some.found, 15);
    EXPECT_EQ(clean({.items_a_week = 100, .first_day = 20}).wrong, 0);
}

TEST(CleanUp, SeesWhatItSees) {
    EXPECT_EQ(clean({.items_a_week = 100, .first_day = 50, .finds = 0}).found, 0);
    const Cleaned half = clean({.items_a_week = 100, .first_day = 55, .finds = 0.5});
    const int all = clean({.items_a_week = 100, .first_day = 55}).found;
    EXPECT_NEAR(half.found, all / 2.0, 4 * std::sqrt(all / 4.0));
}

/// What comes after it has been put right is wrong again, and it begins again when it is through.
TEST(CleanUp, NeverEnds) {
    const Cleaned busy = clean({.items_a_week = 50, .first_day = 0}, 5);
    EXPECT_GT(busy.found, 80);
    EXPECT_LT(busy.wrong, clean({}, 5).wrong / 2);
}

// What it comes to.

struct Months {
    int lines_short = 0, wrong = 0;
};

/// Four months of a network whose levels follow records; the stock is what the levels have ordered.
Months months(const MasterData& errors, const CleanUp& clean_up = {}) {
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.governance.guardrails.clear();
    strategy.transfers = {};
    strategy.replenishment = ClassPolicy{.service = {0.95, 0.95, 0.95},
                                         .cover_days = {7, 7, 7},
                                         .refresh_days = 1,
                                         .history_days = 60,
                                         .review = sim::days{1}};
    strategy.clean_up = clean_up;
    Network network = small_network({.sites = 3, .days = 120});
    follow(network, strategy);
    network.master_data = errors;
    finish(network);
    FactRecord<LineFirstPass, OrderedInWrongUnit> record;
    simulate(network, 1, 0, record.log);
    Months sum{.wrong = static_cast<int>(record.all<OrderedInWrongUnit>().size())};
    for (const auto& [at, where, line] : record.all<LineFirstPass>()) sum.lines_short += line.filled < line.ordered;
    return sum;
}

/// G2, G3: wrong records cost service.
TEST(WrongRecords, LeaveCustomersShort) {
    const int right = months({}).lines_short;
    EXPECT_GT(months(only(&MasterData::lead_times)).lines_short, 1.2 * right);
    EXPECT_GT(months(only(&MasterData::warehouses)).lines_short, 1.2 * right);
}

/// G6: who looks finds them before they are bought by.
TEST(WrongRecords, AreFoundBeforeTheyDoHarm) {
    MasterData errors = only(&MasterData::units, 0.5);
    errors.corrected_after = sim::days{200};
    const int uncared = months(errors).wrong, cared = months(errors, {.items_a_week = 30}).wrong;
    EXPECT_GT(uncared, 20);
    EXPECT_LT(cared, uncared / 2);
}

}  // namespace
}  // namespace entrepot::tests

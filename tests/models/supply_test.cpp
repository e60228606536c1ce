#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"
#include "models/small_world.hpp"
#include "sim/run_sequential.hpp"

/// Purchases and suppliers, by what a whole run tells of them: each test turns one term and sees it in the facts.
namespace entrepot::tests {
namespace {

using namespace models;

using Supplied = FactRecord<PurchaseLineOrdered, PurchaseLineReceived, CaseClosed, ExpeditePaid, DayClosed>;

/// Suppliers that always keep their word, with no limit.
Network supplied(FixtureStrategy strategy = manual_strategy()) {
    Network network = small_network();
    follow(network, strategy);
    for (Supplier& supplier : network.suppliers) {
        supplier.lead_time_cv = supplier.capacity_factor = 0;
        supplier.on_time = supplier.in_full = 1;
    }
    finish(network);
    return network;
}

void stock_times(Network& network, double factor) {
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units = static_cast<Units>(units * factor);
    }
}

void run(const Network& network, Supplied& told) { simulate(network, 7, 0, told.log); }

/// Mean lead time of what was ordered during the run, and in which part it came.
struct Receipts {
    double lead_days = 0, share = 0;
    int lines = 0;
};
Receipts receipts(const Network& network, std::optional<SupplierId> of = {}) {
    Supplied told;
    run(network, told);
    Receipts sum;
    for (const auto& [at, where, received] : told.all<PurchaseLineReceived>()) {
        if (at - sim::from_real<sim::days>(received.lead_days) < start_of(1)) continue;  // the opening pipeline
        if (of && network.items[ItemId{received.item}].supplier != *of) continue;
        sum.lead_days += received.lead_days;
        sum.share += received.received / static_cast<double>(received.ordered);
        ++sum.lines;
    }
    sum.lead_days /= sum.lines;
    sum.share /= sum.lines;
    return sum;
}

double touchless(const Network& network) {
    Supplied told;
    run(network, told);
    double untouched = 0;
    for (const auto& line : told.all<PurchaseLineOrdered>()) untouched += line.fact.touches == 0;
    return untouched / static_cast<double>(told.all<PurchaseLineOrdered>().size());
}

int cases(const Network& network, DecisionKind kind) {
    Supplied told;
    run(network, told);
    return static_cast<int>(std::ranges::count_if(told.all<CaseClosed>(), [&](const auto& closed) {
        return closed.fact.kind == static_cast<std::uint8_t>(kind);
    }));
}

// Purchases.

TEST(Purchases, AreWholePacksAboveTheMinimum) {
    Network network = supplied();
    for (Item& item : network.items) {
        item.pack = 7;
        item.minimum_order = 5000;
    }
    Supplied told;
    run(network, told);
    int least = 1 << 30;
    for (const auto& line : told.all<PurchaseLineOrdered>()) {
        EXPECT_EQ(line.fact.units % 7, 0);
        least = std::min(least, line.fact.units);
    }
    EXPECT_EQ(least, 5005);
}

TEST(Purchases, AreReviewedOnTheSuppliersWeekday) {
    Network network = supplied();
    network.suppliers[SupplierId{0}].review_weekday = 1;
    network.suppliers[SupplierId{1}].review_weekday = 3;
    Supplied told;
    run(network, told);
    int lines = 0;
    for (const auto& [at, where, closed] : told.all<CaseClosed>()) {
        if (closed.kind != static_cast<std::uint8_t>(DecisionKind::purchase)) continue;
        const int weekday = network.calendar.weekday(day_of(sim::kStart + sim::Duration{closed.raised_micros}));
        EXPECT_TRUE(weekday == 1 || weekday == 3) << weekday;
        ++lines;
    }
    EXPECT_GT(lines, 20);
}

/// The days on which purchases are proposed, for planners who look every `review`, on a weekday of their own or not.
std::vector<int> days_of_proposals(Duration review, std::optional<int> weekday) {
    Network network = supplied();
    for (Supplier& supplier : network.suppliers) supplier.review_weekday = 1;
    stock_times(network, 0.5);
    replenish(network, StaleMinMax{.safety_days = {24, 35, 75}, .cover_days = {5, 5, 5}, .review = review});
    network.policies[0].review_weekday = weekday;
    Supplied told;
    run(network, told);
    std::vector<int> days;
    for (const auto& [at, where, closed] : told.all<CaseClosed>()) {
        if (closed.kind == static_cast<std::uint8_t>(DecisionKind::purchase)) {
            days.push_back(day_of(sim::kStart + sim::Duration{closed.raised_micros}));
        }
    }
    EXPECT_GT(days.size(), 20u);
    return days;
}

TEST(Purchases, AreReviewedAfterTheInterval) {
    for (const int day : days_of_proposals(sim::days{14}, {})) EXPECT_EQ(day % 14, 1);
}

TEST(Purchases, AreReviewedOnThePlannersWeekday) {
    for (const int day : days_of_proposals(sim::days{7}, 4)) EXPECT_EQ(day % 7, 4);
}

/// Nothing is known of a usual quantity but what the levels say: ten times as much is no routine.
TEST(Purchases, TheFirstLineIsMeasuredByItsLevels) {
    for (const bool empty : {true, false}) {
        FixtureStrategy strategy = orchestrated_strategy();
        strategy.governance.approvals.clear();
        strategy.governance.guardrails = {{.most_change = 0.5}};
        strategy.transfers.proactive = false;
        Network network = quiet_network();
        follow(network, strategy);
        // 282 are the first item's reorder point, of 19 days and two standard deviations; 70 the usual quantity.
        network.initial.on_hand[SiteId{0}].assign(network.items.size(), empty ? 0 : 280);
        SmallWorld<PurchaseLineOrdered> world(std::move(network));
        for (Forecast& forecast : world.hq().forecasts) forecast.level = 10;
        world.run_until(1);
        const auto first =
            std::ranges::find(world.all<PurchaseLineOrdered>(), 0u, [](const auto& line) { return line.fact.item; });
        ASSERT_NE(first, world.all<PurchaseLineOrdered>().end());
        EXPECT_EQ(first->fact.touches, empty ? 1 : 0);
    }
}

/// With 420 units as the reorder point and 770 as the level of the first item: 370 are missing at 400, in packs of 6.
TEST(Purchases, AreOrderedFromTheReorderPointDown) {
    const auto bought = [](Units on_hand) {
        Network network = quiet_network();
        replenish(network,
                  StaleMinMax{
                      .safety_days = {24, 24, 24}, .cover_days = {35, 35, 35}, .refresh_days = 90, .history_days = 90});
        network.items[ItemId{0}].seasonal = false;
        network.suppliers[SupplierId{1}].review_weekday = 0;
        network.initial.on_hand[SiteId{0}].assign(network.items.size(), on_hand);
        SmallWorld<> world(std::move(network));
        for (Forecast& forecast : world.hq().forecasts) forecast.mean = 10;
        world.run_until(1);
        for (std::uint32_t i = 0; i < world.hq().purchases.size(); ++i) {
            if (world.hq().purchases[i].item == ItemId{0}) return world.hq().purchases[i].ordered;
        }
        return 0;
    };
    EXPECT_EQ(bought(421), 0);
    EXPECT_EQ(bought(420), 354);
    EXPECT_EQ(bought(400), 372);
}

/// A lead time's demand of each item is on its way on day 0, in lots.
TEST(Start, ALeadTimesDemandIsUnderWay) {
    const Network network = supplied();
    Supplied told;
    const World world = start_world(network, 7, 0, told.log);
    const Headquarters& hq = world.state.headquarters;
    std::vector<double> coming(hq.view.size(), 0);
    for (std::uint32_t i = 0; i < hq.purchases.size(); ++i) {
        const PurchaseLine& line = hq.purchases[i];
        coming[hq.location(line.site, line.item).index()] += line.ordered;
        EXPECT_LE(line.arrives, start_of(18 + 4));
    }
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const LocationId location = hq.location(site, item);
            const double lead = sim::in<sim::days>(network.suppliers[network.items[item].supplier].lead_time_mean);
            EXPECT_NEAR(coming[location.index()], lead * network.usual_daily_units[site][item], 1);
            EXPECT_EQ(hq.view[location].on_order, coming[location.index()]);
        }
    }
}

/// Reviewed daily over lead times of one to three weeks, what is under way would be ordered again each day.
TEST(Purchases, CountWhatIsOnOrder) {
    Network network = supplied(orchestrated_strategy());
    stock_times(network, 0.25);
    Supplied told;
    run(network, told);
    double ordered = 0, demanded = 0;
    for (const auto& line : told.all<PurchaseLineOrdered>()) ordered += line.fact.units;
    for (const auto& day : told.all<DayClosed>()) demanded += day.fact.units_ordered;
    EXPECT_GT(ordered, 0.5 * demanded);
    EXPECT_LT(ordered, 2 * demanded);
}

TEST(Purchases, GoOutUntouchedWithinEachGuardrail) {
    FixtureStrategy wide = orchestrated_strategy();
    wide.governance.approvals.clear();
    wide.governance.guardrails.clear();
    EXPECT_EQ(touchless(supplied(wide)), 1);
    FixtureStrategy no_value = wide, no_confidence = wide, no_change = wide;
    no_value.governance.guardrails = {{.most_value = Money{}}};
    no_confidence.governance.guardrails = {{.least_confidence = 1.01}};
    no_change.governance.guardrails = {{.most_change = -1}};
    for (const FixtureStrategy& narrow : {no_value, no_confidence, no_change})
        EXPECT_EQ(touchless(supplied(narrow)), 0);
}

/// A line ten times as large as usual is blocked on the first day, and is no more usual on the fifth.
TEST(Purchases, BlockedOnesTeachNothing) {
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.governance.approvals.clear();
    strategy.governance.guardrails = {{.action = GuardrailAction::block, .most_change = 0.5}};
    strategy.transfers.proactive = false;
    Network network = quiet_network();
    follow(network, strategy);
    network.initial.on_hand[SiteId{0}].assign(network.items.size(), 0);
    SmallWorld<PurchaseLineOrdered, CaseStepped> world(std::move(network));
    for (int day = 0; day < 5; ++day) {
        world.run_until(day, 7);
        for (Forecast& forecast : world.hq().forecasts) forecast = {.level = 10, .variance = 10};
        for (std::size_t i = 0; i < world.hq().surge.size(); ++i) world.hq().surge[i] = {1, 1};
    }
    world.run_until(5);
    const auto of_the_first = [](const auto& told) { return told.fact.item == 0; };
    const auto blocked = [&](const auto& told) {
        return of_the_first(told) && told.fact.outcome == static_cast<std::uint8_t>(StepOutcome::blocked);
    };
    EXPECT_EQ(std::ranges::count_if(world.all<CaseStepped>(), blocked), 5);
    EXPECT_TRUE(std::ranges::none_of(world.all<PurchaseLineOrdered>(), of_the_first));
}

// Suppliers.

TEST(Suppliers, DeliverShortByTheirShare) {
    Network network = supplied();
    EXPECT_EQ(receipts(network).share, 1);
    for (Supplier& supplier : network.suppliers) supplier.in_full = 0;
    EXPECT_NEAR(receipts(network).share, 0.65, 0.1);  // 40 to 90 %
}

TEST(Suppliers, DeliverShortWithinTheirBounds) {
    Network network = supplied();
    for (Supplier& supplier : network.suppliers) {
        supplier.in_full = 0;
        supplier.short_least = 0.2;
        supplier.short_most = 0.3;
    }
    EXPECT_NEAR(receipts(network).share, 0.25, 0.03);
}

/// Half of all lead times would be shorter; the least one is drawn.
TEST(Suppliers, NoneIsFasterThanItsLeast) {
    Network network = supplied();
    for (Supplier& supplier : network.suppliers) supplier.lead_time_cv = 2;
    Supplied told;
    run(network, told);
    double least = 1e9;
    for (const auto& [at, where, received] : told.all<PurchaseLineReceived>()) {
        if (at - sim::from_real<sim::days>(received.lead_days) < start_of(1)) continue;
        if (network.items[ItemId{received.item}].supplier == SupplierId{0})
            least = std::min(least, double{received.lead_days});
    }
    EXPECT_GE(least, 0.6 * 7);
    EXPECT_LT(least, 0.6 * 7 + 4);  // nights and weekends
}

TEST(Suppliers, DelayWhatIsNotOnTime) {
    Network late = supplied();
    for (Supplier& supplier : late.suppliers) {
        supplier.on_time = 0;
        supplier.delay_mean = sim::days{6};
    }
    EXPECT_GT(receipts(late).lead_days, receipts(supplied()).lead_days + 3);
}

/// A supplier that makes a third of the usual demand falls behind, and more so with each order.
TEST(Suppliers, ALargeOrderWaitsForCapacity) {
    Network scarce = supplied();
    stock_times(scarce, 0.5);
    Network ample = scarce;
    for (Supplier& supplier : scarce.suppliers) supplier.capacity_factor = 0.33;
    finish(scarce);
    EXPECT_LT(receipts(scarce).lines, receipts(ample).lines / 2);
}

/// 20 hours instead of five minutes, of the supplier whose trucks come a week after the day of its review.
TEST(Suppliers, AnOrderByMailReachesThemLater) {
    Network mail = supplied();
    for (Supplier& supplier : mail.suppliers) supplier.order_lag = sim::hours{20};
    const SupplierId near{0};
    EXPECT_GT(receipts(mail, near).lead_days, receipts(supplied(), near).lead_days + 0.4);
}

/// All lines are a week late. Where there is stock for a month nobody minds.
TEST(Suppliers, ALateLineIsChasedWhereStockRunsOut) {
    Network network = supplied();
    for (Supplier& supplier : network.suppliers) supplier.lead_time_on_record -= sim::days{5};
    replenish(network, StaleMinMax{.safety_days = {60, 60, 60}, .cover_days = {35, 60, 150}});
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            network.initial.on_hand[site][item] = static_cast<Units>(60 * network.usual_daily_units[site][item]);
        }
    }
    EXPECT_GT(receipts(network).lines, 20);
    EXPECT_EQ(cases(network, DecisionKind::supplier_exception), 0);
    stock_times(network, 0.05);
    EXPECT_GT(cases(network, DecisionKind::supplier_exception), 10);
}

TEST(Suppliers, ALateLineIsChasedOnce) {
    SmallWorld<> world(quiet_network());
    world.run_until(1, 20);
    const std::uint32_t line = world.purchase(1, 6);
    PurchaseLine& purchase = world.hq().purchases[line];
    world.hq().view[world.location(0, 1)].net = -1;
    Context context = world.at_headquarters();
    for (int times = 0; times < 2; ++times) on(world.hq(), ReceiptOverdue{line, purchase.serial}, context);
    EXPECT_TRUE(purchase.late);
    EXPECT_EQ(world.hq().desk(Role::planner).waiting(), 1u);
}

TEST(Suppliers, AnExpeditedLineComesSoonerForAPremium) {
    struct Outcome {
        double lead_days = 0, premium = 0;
    };
    const auto outcome = [](double lead_factor, double premium) {
        Network network = supplied();
        stock_times(network, 0.05);
        for (Supplier& supplier : network.suppliers) {
            supplier.lead_time_mean += sim::days{20};  // the record knows nothing of it
            supplier.expedite_lead_factor = lead_factor;
            supplier.expedite_premium = premium;
        }
        Supplied told;
        run(network, told);
        Outcome sum;
        for (const auto& paid : told.all<ExpeditePaid>()) {
            if (paid.fact.kind == static_cast<std::uint8_t>(ExpediteKind::purchase)) {
                sum.premium += Money{paid.fact.extra_micros}.amount();
            }
        }
        int late = 0;
        for (const auto& received : told.all<PurchaseLineReceived>()) {
            if (!received.fact.late) continue;
            sum.lead_days += received.fact.lead_days;
            ++late;
        }
        EXPECT_GT(late, 10);
        sum.lead_days /= late;
        return sum;
    };
    const Outcome fast = outcome(0.1, 0.15), slow = outcome(0.95, 0.15), free = outcome(0.1, 0);
    EXPECT_GT(slow.lead_days, fast.lead_days + 2);
    EXPECT_GT(fast.premium, 0);
    EXPECT_EQ(free.premium, 0);
}

/// Goods take twice as long as the record says.
TEST(Suppliers, TeachTheirLeadTimes) {
    Network network = supplied(orchestrated_strategy());
    stock_times(network, 0.5);
    for (Supplier& supplier : network.suppliers) supplier.lead_time_mean = 2 * supplier.lead_time_on_record;
    Supplied told;
    World world = start_world(network, 7, 0, told.log);
    const double before = world.state.headquarters.lead_times[SupplierId{0}].mean;
    run_sequential(world, start_of(60));
    EXPECT_EQ(before, 7);
    EXPECT_GT(world.state.headquarters.lead_times[SupplierId{0}].mean, 11);
}

}  // namespace
}  // namespace entrepot::tests

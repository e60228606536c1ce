#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"

/// Strategies that behave differently meet the same world, purpose by purpose: what was drawn is looked at where a
/// thing that both have met shows nothing but its draw. A draw that is addressed by a slot, or by "the next number",
/// belongs to different things under different strategies, and differs.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

constexpr std::uint32_t kItems = 40, kFirstMissing = 32;

/// An order, by the site and what headquarters calls it there; a lane and a day.
using OrderName = std::pair<std::uint32_t, std::uint32_t>;
using LaneDay = std::tuple<std::uint32_t, std::uint32_t, int>;

/// What a strategy met.
struct Met {
    FactRecord<OrderPlaced, LineFirstPass, LineCancelled, StockAdjusted> facts;
    std::map<std::pair<int, std::uint32_t>, std::array<std::int32_t, 4>> present;  ///< by day and site
    std::map<std::tuple<std::uint64_t, std::uint32_t, int, int>, int> transit;     ///< of order, carrier and day: days
    struct Escalation {
        Time at;
        bool missing;  ///< of an item that nobody ever has
    };
    std::map<OrderName, Escalation> escalated;
    std::map<OrderName, Duration> searched, handled;
    std::map<LaneDay, PurchaseLine> purchases;  ///< the first of a day, as it was placed
};

/// Watches a run event by event.
struct Watch {
    World& world;
    Met& met;
    struct UnderWay {
        std::uint32_t carrier;
        int day;
    };
    std::map<std::pair<sim::EntityId, std::uint32_t>, UnderWay> under_way{};  ///< by site and slot of the shipment
    std::map<std::uint32_t, std::pair<OrderName, Time>> at_the_desk{};        ///< by slot of the case

    void handled(const sim::Event& event, const sim::Pending&, std::uint32_t, std::uint32_t) {
        Messages::visit(event, [&]<class Message>(const Message& message) {
            if constexpr (requires { look(event, message); }) look(event, message);
        });
    }

private:
    SiteState& site_of_event(const sim::Event& event) { return world.state.sites[SiteId{event.to()}]; }

    /// Perhaps the case has just placed the line that it is about.
    void note_placed(std::uint32_t place, Time at) {
        const Headquarters& hq = world.state.headquarters;
        const Case& done = hq.cases[place];
        if (done.kind == DecisionKind::purchase) note_placed(hq.purchases[done.subject], at);
    }
    void note_placed(const PurchaseLine& line, Time at) {
        if (line.open && line.placed == at && at > Time{}) {
            met.purchases.try_emplace({line.item.value, line.site.value, day_of(at)}, line);
        }
    }

    void look(const sim::Event& event, const DayStarts& message) {
        met.present[{message.day, event.to()}] = site_of_event(event).present;
    }
    void look(const sim::Event& event, const CarrierDeparts& message) {
        const SiteState& site = site_of_event(event);
        for (std::uint32_t slot = 0; slot < site.shipments.size(); ++slot) {
            if (site.shipments[slot].departed) {
                under_way.try_emplace({event.to(), slot}, UnderWay{message.carrier, day_of(event.at)});
            }
        }
    }
    void look(const sim::Event& event, const ShipmentDelivered& message) {
        SiteState& site = site_of_event(event);
        const auto left = under_way.extract({event.to(), message.shipment}).mapped();
        const Order& order = site.orders[site.shipments[message.shipment].order];
        met.transit[{order.key, order.coordinate, static_cast<int>(left.carrier), left.day}] =
            day_of(event.at) - left.day;
        site.shipments[message.shipment].departed = false;  // the place is free: nobody else reads it
    }
    void look(const sim::Event& event, const OrderEscalated& message) {
        met.escalated[{message.key.site(), message.order}] = {event.at, message.key.item() >= kFirstMissing};
    }
    void look(const sim::Event& event, const CaseReady& message) {
        const Case& one = world.state.headquarters.cases[message.place];
        const OrderName order{one.about.site(), one.escalated.order};
        met.searched[order] = event.at - one.raised;
        at_the_desk[message.place] = {order, event.at};
    }
    void look(const sim::Event& event, const OfficeOpens&) {
        const Headquarters& hq = world.state.headquarters;
        for (std::uint32_t line = 0; line < hq.purchases.size(); ++line) note_placed(hq.purchases[line], event.at);
    }
    void look(const sim::Event& event, const ApproverTurns& message) { note_placed(message.place, event.at); }
    void look(const sim::Event& event, const DeskDone& message) {
        note_placed(message.place, event.at);
        const auto agent = at_the_desk.extract(message.place);
        if (!agent.empty()) met.handled[agent.mapped().first] = event.at - agent.mapped().second;
    }
};

/// Every day is a business day, agents are there at all hours, suppliers have no limit, and both strategies order
/// often, so that they often do on the same day. Nobody ever has the last items: their lines are short under each.
FixtureStrategy manual_often() {
    FixtureStrategy strategy = manual_strategy();
    strategy.replenishment = StaleMinMax{
        .safety_days = {24, 35, 75}, .cover_days = {1, 1, 1}, .staleness_sigma = 0.4, .review = sim::days{1}};
    return strategy;
}
FixtureStrategy orchestrated_often() {
    FixtureStrategy strategy = orchestrated_strategy();
    strategy.replenishment = ForecastQuantile{.service = {0.98, 0.95, 0.9}, .cover_days = {1, 1, 1}};
    return strategy;
}
Network network_for(FixtureStrategy strategy) {
    Network network = small_network({.items = kItems, .days = 120});
    Supplier never = network.suppliers[SupplierId{0}];
    never.name = "never";
    never.key = sim::entity_hash(never.name);
    never.lead_time_mean = sim::days{1000};
    network.suppliers.push_back(never);
    for (std::uint32_t item = kFirstMissing; item < kItems; ++item) {
        network.items[ItemId{item}].supplier = SupplierId{network.suppliers.size() - 1};
    }
    network.calendar.working_days = 7;
    Office& office = network.office;
    office.service_agents = 500;
    office.start_hour = office.forecast_hour = 0;
    office.productive_hours = office.opening_hours = 24;
    for (Supplier& supplier : network.suppliers) {
        supplier.capacity_factor = 0;
        supplier.lead_time_cv = 1;
        supplier.on_time = supplier.in_full = 0.6;
    }
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        network.sites[site].absence = 0.3;
        network.sites[site].miscount_per_item_day = 0;
        for (std::uint32_t item = kFirstMissing; item < kItems; ++item) {
            network.usual_daily_units[site][ItemId{item}] = 0;
            network.initial.on_hand[site][ItemId{item}] = 0;
        }
        for (std::uint32_t item = 0; item < kFirstMissing; ++item) network.initial.on_hand[site][ItemId{item}] /= 3;
    }
    for (Carrier& carrier : network.carriers) carrier.on_time = 0.7;
    follow(network, strategy);
    return network;
}

void run(const Network& network, Met& met) {
    World world = start_world(network, 5, 1, met.facts.log);
    run_sequential(world, start_of(network.calendar.total_days()), Watch{world, met});
    met.facts.log.flush();
}

/// The two strategies in the same world.
struct Draws : testing::Test {
    static Met& of_manual() { return met(0); }
    static Met& of_orchestrated() { return met(1); }

private:
    static Met& met(std::size_t which) {
        static std::array<Met, 2> both;
        static const bool done = [] {
            run(network_for(manual_often()), both[0]);
            run(network_for(orchestrated_often()), both[1]);
            return true;
        }();
        (void)done;
        return both[which];
    }
};

/// What both have met, one after the other; how many there were.
template <class Map, class Compare>
std::size_t both_met(const Map& a, const Map& b, Compare compare) {
    std::size_t count = 0;
    for (const auto& [key, value] : a) {
        const auto other = b.find(key);
        if (other == b.end()) continue;
        compare(value, other->second);
        ++count;
    }
    return count;
}

TEST_F(Draws, TheTwoStrategiesBehaveDifferently) {
    const auto ignore = [](int, int) {};
    const std::size_t alike = both_met(of_manual().transit, of_orchestrated().transit, ignore);
    EXPECT_LT(alike + 1'000, of_manual().transit.size()) << "orders that leave on the same day by the same carrier";
    EXPECT_NE(of_orchestrated().purchases.size(), of_manual().purchases.size());
    EXPECT_NE(of_orchestrated().escalated.size(), of_manual().escalated.size());
}

TEST_F(Draws, OfDemandAreTheSame) {
    const auto orders = [](const Met& met) {
        std::vector<std::tuple<Time, sim::EntityId, int, int, std::int64_t>> list;
        for (const auto& [at, where, fact] : met.facts.all<OrderPlaced>()) {
            list.emplace_back(at, where, fact.lines, fact.tier, fact.value_micros);
        }
        return list;
    };
    EXPECT_GT(orders(of_manual()).size(), 10'000u);
    EXPECT_EQ(orders(of_manual()), orders(of_orchestrated()));
}

TEST_F(Draws, OfAbsenceAreTheSame) {
    EXPECT_EQ(of_manual().present.size(), 240u);
    EXPECT_EQ(of_manual().present, of_orchestrated().present);
}

TEST_F(Draws, OfPatienceAreTheSame) {
    const auto lost = [](const Met& met) {
        std::vector<std::tuple<Time, sim::EntityId, std::uint32_t, int, int, int, int>> list;
        for (const auto& [at, where, fact] : met.facts.all<LineCancelled>()) {
            if (fact.item < kFirstMissing) continue;
            list.emplace_back(at, where, fact.item, fact.units, fact.tier, fact.because, fact.placed_day);
        }
        std::ranges::sort(list);
        return list;
    };
    const auto manual = lost(of_manual());
    const auto waited = std::ranges::count_if(
        manual, [](const auto& line) { return std::get<5>(line) == static_cast<int>(LostBecause::patience_ended); });
    EXPECT_GT(waited, 500);
    EXPECT_GT(static_cast<std::ptrdiff_t>(manual.size()) - waited, 500);
    EXPECT_EQ(manual, lost(of_orchestrated()));
}

/// An order with an item that nobody has is short, and escalated or not, under both; another one is perhaps short under
/// one of them.
TEST_F(Draws, OfEscalationAreTheSame) {
    const auto within = [](const Met& some, const Met& all) {
        int missing = 0;
        for (const auto& [order, escalation] : some.escalated) {
            if (!escalation.missing) continue;
            ++missing;
            const auto other = all.escalated.find(order);
            ASSERT_NE(other, all.escalated.end());
            EXPECT_EQ(other->second.at, escalation.at);
        }
        EXPECT_GT(missing, 200);
    };
    within(of_manual(), of_orchestrated());
    within(of_orchestrated(), of_manual());
}

/// Of the time that an agent searches for facts, whose median the strategies set, and of that at the desk.
TEST_F(Draws, OfAnAgentsWorkAreTheSameForAnOrder) {
    const double manual = sim::in<sim::hours>(manual_strategy().workflow.escalation_search_median);
    const double other = sim::in<sim::hours>(orchestrated_strategy().workflow.escalation_search_median);
    ASSERT_NE(manual, other);
    const auto same_search = [&](Duration a, Duration b) {
        EXPECT_NEAR(sim::in<sim::hours>(a) / manual, sim::in<sim::hours>(b) / other, 1e-6);
    };
    EXPECT_GT(both_met(of_manual().searched, of_orchestrated().searched, same_search), 200u);
    const auto same_work = [](Duration a, Duration b) { EXPECT_EQ(a, b); };
    EXPECT_GT(both_met(of_manual().handled, of_orchestrated().handled, same_work), 200u);
}

TEST_F(Draws, OfTransitAreTheSameForAnOrderThatLeavesOnTheSameDayByTheSameCarrier) {
    const auto same = [](int a, int b) { EXPECT_EQ(a, b); };
    EXPECT_GT(both_met(of_manual().transit, of_orchestrated().transit, same), 1'000u);
}

/// Trucks come within the dock's hours: a lead time is stretched by less than a day.
TEST_F(Draws, OfLeadTimesAndShortDeliveriesAreTheSameForALaneAndADay) {
    const auto same = [](const PurchaseLine& a, const PurchaseLine& b) {
        const Duration more = (a.arrives - a.placed) - (b.arrives - b.placed);
        EXPECT_LT(std::chrono::abs(more), 24h) << a.item.value;
        EXPECT_EQ(a.not_coming == 0, b.not_coming == 0);
        const double rounding = 0.5 / a.ordered + 0.5 / b.ordered + 1e-9;
        EXPECT_NEAR(double(a.not_coming) / a.ordered, double(b.not_coming) / b.ordered, rounding);
    };
    EXPECT_GT(both_met(of_manual().purchases, of_orchestrated().purchases, same), 20u);
}

/// What is lost depends on what is there; what turns up does not.
TEST(DrawsOfMiscounts, AreTheSame) {
    const auto finds = [](FixtureStrategy strategy) {
        Network network = network_for(std::move(strategy));
        for (Site& site : network.sites) site.miscount_per_item_day = 0.1;
        Met met;
        run(network, met);
        std::vector<std::tuple<Time, sim::EntityId, std::uint32_t, Units>> list;
        for (const auto& [at, where, fact] : met.facts.all<StockAdjusted>()) {
            if (fact.found_by_count == 0 && fact.units > 0) list.emplace_back(at, where, fact.item, fact.units);
        }
        return list;
    };
    const auto manual = finds(manual_often());
    EXPECT_GT(manual.size(), 300u);
    EXPECT_EQ(manual, finds(orchestrated_often()));
}

}  // namespace
}  // namespace entrepot::tests

#include <functional>

#include <gtest/gtest.h>

#include "models/network_fixture.hpp"
#include "models/record.hpp"
#include "models/simulate.hpp"

/// What an operations manager would expect of people and rights, in two warehouses over two months: each mechanism on
/// and off, all else alike. Seeded, so that each either holds or does not.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

struct Months {
    double lines = 0, filled = 0;  ///< at the first attempt
    double orders = 0, on_time_in_full = 0;
    double hours = 0, decided = 0;   ///< from a signal to the purchase
    double bought = 0;               ///< units
    double heeded = 0, ignored = 0;  ///< alerts
    double fill() const { return filled / lines; }
    double otif() const { return on_time_in_full / orders; }
    double latency() const { return hours / decided; }
};

/// Two months of planners by hand, with a fourth of the stock and what a test changes.
Months months(const std::function<void(Network&)>& change, const FixtureStrategy& strategy = manual_strategy()) {
    Network network = small_network({.orders_per_day = 95, .pickers = 4});
    follow(network, strategy);
    for (auto& stock : network.initial.on_hand) {
        for (Units& units : stock) units /= 4;
    }
    change(network);
    finish(network);
    FactRecord<LineFirstPass, OrderClosed, CaseClosed, CaseStepped, PurchaseLineOrdered> record;
    simulate(network, 11, 0, record.log);
    Months sum;
    for (const auto& [at, where, line] : record.all<LineFirstPass>()) {
        ++sum.lines;
        sum.filled += line.filled == line.ordered;
    }
    for (const auto& [at, where, order] : record.all<OrderClosed>()) {
        if (order.promised_day >= network.calendar.total_days()) continue;
        ++sum.orders;
        sum.on_time_in_full += order.in_full && !order.censored && order.delivered_day <= order.promised_day;
    }
    for (const auto& [at, where, one] : record.all<CaseClosed>()) {
        if (static_cast<DecisionKind>(one.kind) != DecisionKind::purchase || one.executed == 0) continue;
        ++sum.decided;
        sum.hours += one.signal_hours + sim::in<sim::hours>(at - (sim::kStart + sim::Duration{one.raised_micros}));
    }
    for (const auto& [at, where, step] : record.all<CaseStepped>()) {
        if (static_cast<DecisionKind>(step.kind) != DecisionKind::alert) continue;
        sum.ignored += static_cast<StepOutcome>(step.outcome) == StepOutcome::ignored;
        sum.heeded += static_cast<CaseStep>(step.step) == CaseStep::handled;
    }
    sum.heeded -= sum.ignored;
    for (const auto& [at, where, line] : record.all<PurchaseLineOrdered>()) sum.bought += line.units;
    return sum;
}

void as_it_is(Network&) {}

/// D3: who looks once a week hears late of what events tell at once.
TEST(Directions, EventsDecideSoonerThanTheWeeklyReview) {
    const Months weekly = months(as_it_is);
    const Months events = months([](Network& network) {
        for (InventoryPolicy& policy : network.policies) policy.debounce = 4h;
    });
    EXPECT_LT(events.latency(), 0.5 * weekly.latency());
    EXPECT_GE(events.fill(), weekly.fill());
}

/// D13: too few planners serve worse, and what people do then softens it.
TEST(Directions, OverloadBendsAndDoesNotBreak) {
    const auto with = [](int planners, bool bends) {
        return months([&](Network& network) {
            Office& office = network.office;
            office.planners = planners;
            office.minutes_per_line = 150;
            if (!bends) return;
            office.discipline = Discipline::cover;
            office.overload = {.from = 3, .overtime = 2h, .haste = 0.2};
            office.batch = 10;
            office.batch_setup = 0.5;
        });
    };
    const double enough = with(6, false).fill(), few = with(1, false).fill(), bent = with(1, true).fill();
    EXPECT_LT(few, enough - 0.05);
    EXPECT_GT(bent, few + 0.5 * (enough - few));
    EXPECT_LE(bent, enough + 0.01);
}

/// D15: who shouts is served at the others' expense: four times the complaints lift nobody but those who complain.
TEST(Directions, MoreEscalationsServeNotMore) {
    const auto with = [](double share) {
        return months([&](Network& network) {
            for (Tier& tier : network.tiers) tier.escalation_probability = share;
            network.office.picker_minutes_per_escalation = 6;
            network.office.service_agents = 10;
            network.strategy.transfers.urgent_on_escalation = false;
        });
    };
    EXPECT_LE(with(0.6).otif(), with(0.15).otif());
}

/// D19: each line that is keyed in by hand may go wrong.
TEST(Directions, KeyingErrorsCostService) {
    const Months wrong = months([](Network& network) { network.office.judgement.keying_errors = 0.3; });
    EXPECT_LT(wrong.fill(), months(as_it_is).fill());
}

/// D20: what planners add off the system is stock that nobody has asked for.
TEST(Directions, PaddingBuysMore) {
    const Months padded = months([](Network& network) { network.office.judgement.padding = 0.3; });
    EXPECT_GT(padded.bought, 1.02 * months(as_it_is).bought);
}

/// D22: what nobody has the right to decide goes from desk to desk.
TEST(Directions, DecisionsWithoutAnOwnerWait) {
    const auto with = [](std::vector<Role> rights) {
        return months([&](Network& network) {
            network.office.minutes_per_bounce = 60;
            network.strategy.governance.rights.purchase = rights;
        });
    };
    EXPECT_GT(with({}).latency(), with({Role::planner}).latency() + 1);
}

/// E8: of many alerts most are false, and people stop looking.
TEST(Directions, TooManyAlertsAreIgnored) {
    const auto with = [](double cover_days) {
        return months([&](Network& network) {
            network.strategy.alerts = {.cover_below = cover_days, .horizon_days = 5};
            network.office.judgement.attention_loss = 0.03;
            network.office.judgement.attention_gain = 0.03;
        });
    };
    const Months few = with(3), many = with(60);
    EXPECT_GT(few.heeded, 20);
    EXPECT_GT(many.heeded + many.ignored, 2 * (few.heeded + few.ignored));
    EXPECT_GT(many.ignored / (many.heeded + many.ignored), 2 * few.ignored / (few.heeded + few.ignored));
}

}  // namespace
}  // namespace entrepot::tests

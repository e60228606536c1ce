#include "models/decisions/judgement.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "models/decisions/cases.hpp"
#include "models/decisions/office.hpp"
#include "models/purposes.hpp"
#include "models/small_world.hpp"

/// What people make of what lies before them, and what they do when there is too much of it.
namespace entrepot::tests {
namespace {

using namespace models;
using namespace std::chrono_literals;

struct People : SmallWorld<CaseStepped, CaseClosed, PurchaseLineOrdered, OfficeDay> {
    using SmallWorld::SmallWorld;

    void ask(int lines, Units units, bool prepared = false) {
        for (int i = 0; i < lines; ++i) {
            Context context = at_headquarters();
            const std::uint32_t line = purchase(static_cast<std::size_t>(i % 5), units);
            hq().purchases[line].prepared = prepared;
            ask_people(hq(),
                       raise_case(hq(), case_of_purchase(hq(), DecisionKind::purchase, line, context.now()), context),
                       context);
        }
    }
    int told(CaseStep wanted, StepOutcome outcome) {
        return static_cast<int>(std::ranges::count_if(all<CaseStepped>(), [&](const auto& told) {
            return told.fact.step == static_cast<std::uint8_t>(wanted) &&
                   told.fact.outcome == static_cast<std::uint8_t>(outcome);
        }));
    }
};

/// Many planners, no approvals: each line is decided on the day on which it is asked for.
Network staffed(int planners = 200) {
    Network network = quiet_network();
    for (Item& item : network.items) item.pack = 1;
    network.office.planners = planners;
    network.strategy.governance.approvals.clear();
    finish(network);
    return network;
}

TEST(Recommendations, AreTakenAsOftenAsTheyAreTrusted) {
    Network network = staffed();
    network.office.judgement.acceptance = 0.75;
    People people(std::move(network));
    people.run_until(0, 9);
    people.ask(1000, 100, true);
    people.run_until(5);
    int changed = 0, larger = 0;
    double logarithms = 0;
    for (const auto& [at, where, line] : people.all<PurchaseLineOrdered>()) {
        changed += line.units != 100;
        larger += line.units > 100;
        logarithms += std::pow(std::log(line.units / 100.0), 2);
    }
    ASSERT_EQ(people.all<PurchaseLineOrdered>().size(), 1000u);
    EXPECT_NEAR(changed, 246, 40);  // a quarter, of which some are rounded to the same units
    EXPECT_NEAR(larger, changed / 2.0, 30);
    EXPECT_NEAR(std::sqrt(logarithms / changed), 0.25, 0.03);
}

TEST(Recommendations, AreChangedByWhoMay) {
    Network network = staffed();
    network.office.judgement.acceptance = 0;
    network.strategy.governance.rights.override_recommendation = {Role::finance};
    People people(std::move(network));
    people.run_until(0, 9);
    people.ask(50, 100, true);
    people.run_until(2);
    for (const auto& [at, where, line] : people.all<PurchaseLineOrdered>()) EXPECT_EQ(line.units, 100);
    EXPECT_EQ(people.told(CaseStep::changed, StepOutcome::refused), 50);
    for (const auto& [at, where, closed] : people.all<CaseClosed>()) {
        EXPECT_EQ(closed.recommended, static_cast<std::uint8_t>(Recommended::refused));
    }
}

/// Everybody wants another quantity; in packs of 100 most of them come to the one pack that was recommended.
TEST(Judgement, ThatComesToTheSamePacksIsAcceptance) {
    Network network = staffed();
    for (Item& item : network.items) item.pack = 100;
    network.office.judgement.acceptance = 0;
    People people(std::move(network));
    people.run_until(0, 9);
    people.ask(200, 100, true);
    people.run_until(2);
    int as_it_was = 0, accepted = 0;
    for (const auto& [at, where, line] : people.all<PurchaseLineOrdered>()) as_it_was += line.units == 100;
    for (const auto& [at, where, closed] : people.all<CaseClosed>()) {
        accepted += closed.recommended == static_cast<std::uint8_t>(Recommended::accepted);
    }
    EXPECT_EQ(accepted, as_it_was);
    EXPECT_GT(accepted, 100);
    EXPECT_LT(accepted, 200);  // some come to two packs
}

/// A line of 100 at ten each is changed: by value, and by what is usual, more than the system might is told; of another
/// class's or kind's limit nothing is.
TEST(Recommendations, MayGoBeyondGuardrails) {
    const auto beyond = [](Guardrail guardrail, bool other_class = false) {
        Network network = staffed();
        for (Item& item : network.items) item.unit_cost = Money::of(10);
        if (other_class) guardrail.velocity = ClassId{network.classes.size()};
        network.strategy.governance.guardrails = {guardrail};
        network.office.judgement.acceptance = 0;
        finish(network);
        People people(std::move(network));
        people.run_until(0, 9);
        for (Levels& levels : people.hq().levels) levels.usual_quantity = 100;
        people.ask(200, 100, true);
        people.run_until(5);
        int farther = 0, larger = 0;
        for (const auto& [at, where, line] : people.all<PurchaseLineOrdered>()) {
            larger += line.units > 100;
            farther += line.units > 120 || line.units < 80;
        }
        EXPECT_GT(larger, 50);
        EXPECT_GT(farther, 50);
        return std::array{people.told(CaseStep::checked, StepOutcome::beyond), larger, farther};
    };
    const auto by_value = beyond({.most_value = Money::of(1000)});
    EXPECT_EQ(by_value[0], by_value[1]);
    const auto by_change = beyond({.most_change = 0.2});
    EXPECT_EQ(by_change[0], by_change[2]);
    EXPECT_EQ(beyond({.most_value = Money::of(1)}, true)[0], 0);
    EXPECT_EQ(beyond({.decision = DecisionKind::transfer, .most_value = Money::of(1)})[0], 0);
    EXPECT_EQ(beyond({.least_confidence = 1})[0], 0);  // no quantity is
}

/// Who knows that demand will be twice what the levels were made for orders what is missing to twice the level.
TEST(Recommendations, AreChangedForTheBetterByWhoKnows) {
    Network network = staffed();
    network.office.judgement.acceptance = 0;
    network.office.judgement.override_insight = 1;
    network.outlook.assign(20, Column<SiteId, std::vector<float>>(1, std::vector<float>(5, 20.0F)));
    People people(std::move(network));
    people.run_until(0, 9);
    for (Levels& levels : people.hq().levels) levels = {.reorder_point = 900, .order_up_to = 1100, .daily_rate = 10};
    people.ask(5, 100, true);
    people.run_until(2);
    ASSERT_EQ(people.all<PurchaseLineOrdered>().size(), 5u);
    for (const auto& [at, where, line] : people.all<PurchaseLineOrdered>()) EXPECT_EQ(line.units, 2200 - 1000);
    EXPECT_EQ(people.told(CaseStep::changed, StepOutcome::informed), 5);
}

/// Trust is a Markov chain: one step up with probability p, else one down, kept within its bounds. Of 11 levels the
/// k-th has a share in proportion to (p / (1 - p))^k.
TEST(Trust, IsAMarkovChain) {
    const Judgement judgement{
        .acceptance_least = 0.4, .acceptance_most = 0.9, .acceptance_gain = 0.05, .acceptance_loss = 0.05};
    People people(staffed());
    people.hq().acceptance = 0.4;
    constexpr double p = 0.55;
    double sum = 0, weights = 0, mean = 0;
    for (int k = 0; k <= 10; ++k) {
        const double weight = std::pow(p / (1 - p), k);
        weights += weight;
        mean += weight * (0.4 + 0.05 * k);
    }
    sim::Stream draws = people.at_headquarters().draws().at(purpose::acceptance, 1, 1);
    constexpr int kSteps = 100'000;
    for (int i = 0; i < kSteps; ++i) {
        learn(people.hq().acceptance, draws.uniform() >= p, of_recommendations(judgement));
        sum += people.hq().acceptance;
    }
    EXPECT_NEAR(sum / kSteps, mean / weights, 0.01);
}

TEST(Keying, GoesWrongAsOftenAsSaid) {
    Network network = staffed();
    network.office.judgement.keying_errors = 0.1;
    People people(std::move(network));
    people.run_until(0, 9);
    people.ask(1000, 100);
    people.ask(100, 100, true);  // nothing is keyed in
    people.run_until(5);
    int wrong = 0;
    for (const auto& [at, where, line] : people.all<PurchaseLineOrdered>()) wrong += line.units != 100;
    EXPECT_EQ(people.told(CaseStep::changed, StepOutcome::mistaken), wrong);
    int mistaken = 0;
    for (const auto& [at, where, closed] : people.all<CaseClosed>()) mistaken += closed.mistaken;
    EXPECT_EQ(mistaken, wrong);
    EXPECT_NEAR(wrong, 100, 30);
}

/// Ten of a hundred more at the reorder point, and as many more ordered.
TEST(Padding, AddsToWhatIsWorkedByHand) {
    const auto ordered = [](double padding, Units on_hand) {
        FixtureStrategy strategy = manual_strategy();
        strategy.governance.approvals.clear();
        Network network = quiet_network();
        follow(network, strategy);
        network.office.judgement.padding = padding;
        for (Item& item : network.items) item.pack = item.minimum_order = 1;
        network.initial.on_hand[SiteId{0}].assign(network.items.size(), on_hand);
        People people(std::move(network));
        for (Forecast& forecast : people.hq().forecasts) forecast.mean = 10;
        people.run_until(7);
        const auto& lines = people.all<PurchaseLineOrdered>();
        const auto first = std::ranges::find(lines, 0u, [](const auto& line) { return line.fact.item; });
        return first == lines.end() ? 0 : first->fact.units;
    };
    // 24 days of safety and the lead time are the reorder point, 35 days more the level; see where it begins.
    Units at = 600;
    while (at > 0 && ordered(0, at) == 0) --at;
    EXPECT_GT(at, 100);
    const Units quantity = ordered(0, at);
    EXPECT_EQ(ordered(0, at + 1), 0);
    EXPECT_GT(ordered(0.1, at + 1), 0);
    EXPECT_EQ(ordered(0.1, static_cast<Units>(at * 1.1) + 2), 0);
    EXPECT_NEAR(ordered(0.1, at), quantity + at / 10.0, 1.5);
}

// Too much to do.

double hours_of_lines(const Overload& overload, int batch = 1, double setup = 0) {
    Network network = staffed(2);
    network.office.handling_cv = 0;
    network.office.overload = overload;
    network.office.batch = batch;
    network.office.batch_setup = setup;
    People people(std::move(network));
    people.run_until(0, 7);
    people.ask(100, 100);
    people.run_until(1);
    return people.all<OfficeDay>()[0].fact.busy;
}

/// A hundred lines of five minutes are 8.33 hours.
TEST(Overload, HasteLeavesOutMinutes) {
    EXPECT_NEAR(hours_of_lines({}), 100 * 5 / 60.0, 1e-3);
    // Of two people, more than 40 cases wait before each of the first 60, with which haste saves a fifth.
    EXPECT_NEAR(hours_of_lines({.from = 20, .haste = 0.2}), (40 + 60 * 0.8) * 5 / 60.0, 0.05);
}

/// With ten lines in a sitting, a setup of half the minutes is shared by ten; the last nine lines share it with fewer.
TEST(Overload, LinesOfOneSittingShareItsSetup) {
    double minutes = 0;
    for (int waiting = 99; waiting >= 0; --waiting) minutes += 5 * (1 - 0.5 * (1 - 1.0 / std::min(10, waiting + 1)));
    EXPECT_NEAR(hours_of_lines({.from = 0}, 10, 0.5), minutes / 60, 0.05);
}

TEST(Overload, PeopleStayLonger) {
    const auto ordered = [](Duration overtime) {
        Network network = staffed(1);
        network.office.handling_cv = 0;
        network.office.overload.overtime = overtime;
        network.office.overload.overtime_pay = 1.5;
        network.office.planner_cost_per_hour = Money::of(40);
        People people(std::move(network));
        people.run_until(0, 7);
        people.ask(200, 100);
        people.run_until(1);
        const auto& days = people.all<OfficeDay>();
        const auto of_planners = std::ranges::find(days, static_cast<std::uint8_t>(Role::planner),
                                                   [](const auto& told) { return told.fact.role; });
        const OfficeDay& day = of_planners->fact;
        EXPECT_NEAR(day.overtime, sim::in<sim::hours>(overtime), 0.01);
        EXPECT_NEAR(static_cast<double>(day.overtime_cost_micros) * 1e-6, 60 * sim::in<sim::hours>(overtime), 1);
        return people.all<PurchaseLineOrdered>().size();
    };
    const std::size_t usual = ordered(0h);
    EXPECT_NEAR(static_cast<double>(usual), 6.8 * 12, 1);
    EXPECT_EQ(ordered(2h), usual + 24);
}

/// What has waited too long is left to the next review: it is no longer on order.
TEST(Overload, OldLinesAreLeftToTheNextReview) {
    Network network = staffed(1);
    network.office.overload = {.from = 1, .skip_after = 20h};
    People people(std::move(network));
    people.run_until(0, 7);
    people.ask(300, 100);
    people.run_until(2);
    const int skipped = people.told(CaseStep::skipped, StepOutcome::none);
    const auto ordered = static_cast<int>(people.all<PurchaseLineOrdered>().size());
    EXPECT_GT(skipped, 150);
    EXPECT_LE(people.hq().desk(Role::planner).waiting(), 2u);
    Units on_order = 0;
    for (std::size_t item = 0; item < 5; ++item) on_order += people.hq().view[people.location(0, item)].on_order;
    EXPECT_EQ(on_order, 100 * (300 - skipped));
    EXPECT_GE(skipped + ordered, 298);
}

TEST(Discipline, TakesWhatIsWorthMostOrLastsShortestFirst) {
    for (const Discipline discipline : {Discipline::arrival, Discipline::value, Discipline::cover}) {
        Network network = staffed(1);
        network.office.discipline = discipline;
        for (std::size_t i = 0; i < 5; ++i) network.items[ItemId{i}].unit_cost = Money::of(1 + static_cast<double>(i));
        People people(std::move(network));
        people.run_until(0, 20);  // levels of the day are set
        const std::array rates{10.0F, 30.0F, 20.0F, 50.0F, 40.0F};
        for (std::size_t i = 0; i < 5; ++i) people.hq().levels[people.location(0, i)].daily_rate = rates[i];
        people.ask(5, 100);
        people.run_until(2);
        std::vector<std::uint32_t> items;
        for (const auto& [at, where, line] : people.all<PurchaseLineOrdered>()) items.push_back(line.item);
        const std::vector<std::uint32_t> expected = discipline == Discipline::arrival ? std::vector{0u, 1u, 2u, 3u, 4u}
                                                    : discipline == Discipline::value ? std::vector{4u, 3u, 2u, 1u, 0u}
                                                                                      : std::vector{3u, 4u, 1u, 2u, 0u};
        EXPECT_EQ(items, expected);
    }
}

}  // namespace
}  // namespace entrepot::tests

#include <algorithm>
#include <array>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"
#include "viz/live/case_words.hpp"
#include "viz/shown.hpp"

/// Cases as the window shows them: their steps, where they wait, and what was known beside what was true.
namespace entrepot::viz {

namespace {

using models::CaseStep;
using models::Role;
using models::start_of;
using models::StepOutcome;
using testing::ElementsAre;
using testing::HasSubstr;
using Kind = models::DecisionKind;

models::Network tiny(const std::string& strategy) {
    return scenarios::build(scenarios::load(shipped("tiny.toml")).loaded.value(), strategy);
}

/// Facts that a test makes up.
class MadeUp {
public:
    void step(int hour, std::uint32_t number, Kind kind, CaseStep step, Role role, int units,
              StepOutcome outcome = StepOutcome::none, std::uint32_t because_of = models::kNone) {
        add(hour, models::CaseStepped{0, number, because_of, 1, units, 0, 0, static_cast<std::uint8_t>(kind),
                                      static_cast<std::uint8_t>(step), static_cast<std::uint8_t>(role),
                                      static_cast<std::uint8_t>(outcome)});
    }
    void strikes(int hour, std::uint32_t number, std::uint16_t guardrail, bool struck) {
        add(hour, models::GuardrailMet{0, number, guardrail, 0, struck});
    }
    std::span<const models::Fact> all() const { return facts_; }

private:
    template <class Fact>
    void add(int hour, const Fact& told) {
        models::FactLog log(
            [&](std::span<const models::Fact> one) { facts_.insert(facts_.end(), one.begin(), one.end()); });
        log.tell(sim::kStart + sim::hours{hour}, 0, told);
        log.flush();
    }
    std::vector<models::Fact> facts_;
};

MadeUp a_purchase() {
    using enum CaseStep;
    MadeUp told;
    told.step(8, 0, Kind::escalation, detected, Role::system, 5);
    told.step(9, 1, Kind::purchase, detected, Role::system, 48, StepOutcome::none, 0);
    told.step(9, 1, Kind::purchase, recommended, Role::system, 48);
    told.strikes(9, 1, 0, false);
    told.strikes(9, 1, 1, true);
    told.step(9, 1, Kind::purchase, checked, Role::system, 48, StepOutcome::stopped);
    told.step(9, 1, Kind::purchase, queued, Role::planner, 48);
    told.step(12, 1, Kind::purchase, begun, Role::planner, 48);
    told.step(13, 1, Kind::purchase, handled, Role::planner, 48);
    told.step(13, 1, Kind::purchase, changed, Role::planner, 60, StepOutcome::informed);
    told.step(13, 1, Kind::purchase, asked, Role::finance, 60, StepOutcome::delegated);
    told.step(40, 1, Kind::purchase, approved, Role::finance, 60);
    told.step(40, 1, Kind::purchase, released, Role::system, 60);
    told.step(40, 1, Kind::purchase, executed, Role::system, 60);
    told.step(40, 1, Kind::purchase, closed, Role::system, 60);
    return told;
}

std::vector<std::string> words(const CaseHistory& history, const models::Network& network) {
    std::vector<std::string> all;
    for (const CaseStepText& step : step_texts(history, network)) all.push_back(step.who + ": " + step.what);
    return all;
}

TEST(CaseBook, TellsACaseInWordsUpToAnyMoment) {
    models::Network network = tiny("S6");
    network.strategy.governance.guardrails.resize(2);
    network.strategy.governance.guardrails[1].name = "value";
    CaseBook book;
    book.read(a_purchase().all());
    book.name_from(network);
    const auto at = [](int hour, bool with = true) { return Until{sim::kStart + sim::hours{hour}, with}; };
    EXPECT_FALSE(book.history(1, at(8)));
    EXPECT_FALSE(book.history(1, at(9, false))) << "not before that moment is over";
    EXPECT_FALSE(book.history(7, at(99)));
    const CaseHistory early = book.history(1, at(12)).value();
    EXPECT_THAT(words(early, network),
                ElementsAre("system: the stock asks for a purchase",
                            "system: recommends 48 units, by policy " + network.policies[0].name,
                            "system: guardrail value stops it: people are to decide",
                            "system: it is put before planners", "planner: takes it up, after 3 h 00 min"));
    EXPECT_FALSE(early.over());
    EXPECT_FALSE(book.last_asked(1, at(12)));
    const CaseHistory whole = book.history(1, at(40)).value();
    EXPECT_TRUE(whole.over());
    EXPECT_EQ(whole.units(), 60);
    const std::vector<std::string> all = words(whole, network);
    EXPECT_THAT(std::vector(all.begin() + 5, all.end()),
                ElementsAre("planner: has dealt with it, after 1 h 00 min",
                            "planner: makes 60 of 48, and knows what demand will be",
                            "system: the approver is away: finance is asked to agree", "finance: agrees, after 1 d 3 h",
                            "system: nothing stands in its way any more", "system: the order is with the supplier",
                            "system: it is over, 1 d 7 h after it was detected"));
    EXPECT_EQ(book.last_asked(1, at(40)), sim::kStart + sim::hours{13});
    EXPECT_THAT(about_text(whole, network), HasSubstr("purchase of 60 of "));
    // What led to it, and what that led to: only what was raised by then.
    ASSERT_TRUE(whole.because_of);
    EXPECT_EQ(whole.because_of->number, 0U);
    EXPECT_EQ(whole.because_of->kind, Kind::escalation);
    EXPECT_TRUE(book.history(0, at(8)).value().led_to.empty());
    ASSERT_EQ(book.history(0, at(9)).value().led_to.size(), 1U);
    EXPECT_EQ(book.history(0, at(9)).value().led_to[0].number, 1U);
}

TEST(CaseBook, AForkHasWhatWasBeforeIt) {
    models::Network network = tiny("S6");
    network.strategy.governance.guardrails.resize(2);
    network.strategy.governance.guardrails[1].name = "value";
    CaseBook book;
    book.read(a_purchase().all());
    book.name_from(network);
    const Until end{sim::kStart + sim::days{9}};
    CaseBook fork = book.inherited({sim::kStart + sim::hours{12}, true});
    EXPECT_EQ(fork.history(1, end)->lines.size(), book.history(1, {sim::kStart + sim::hours{12}, true})->lines.size());
    EXPECT_EQ(book.inherited({sim::kStart + sim::hours{8}, true}).cases(), 1U);
    // It goes its own way under another strategy, and the guardrail before has the name that it had.
    network.strategy.governance.guardrails[1].name = "other";
    MadeUp on;
    on.step(14, 1, Kind::purchase, CaseStep::closed, Role::system, 48, StepOutcome::dropped);
    fork.read(on.all());
    fork.name_from(network);
    const std::vector<std::string> all = words(fork.history(1, end).value(), network);
    EXPECT_EQ(all[2], "system: guardrail value stops it: people are to decide");
    EXPECT_EQ(all.back(), "system: it is over, and nothing was done, 5 h 00 min after it was detected");
}

/// Looked up in a run that nobody looks at.
CaseBook unwatched_book(const std::string& strategy, models::Time until) {
    const auto loaded = scenarios::load(shipped("tiny.toml")).loaded.value();
    const models::Network network = scenarios::build(loaded, strategy);
    CaseBook book;
    models::FactLog log([&](std::span<const models::Fact> facts) { book.read(facts); });
    log.follow_messages();
    models::World world = models::start_world(network, static_cast<std::uint32_t>(loaded.scenario.study.seed), 0, log);
    sim::run_sequential(world, until);
    log.flush();
    book.name_from(network);
    return book;
}

std::vector<std::string> opened(Engine& engine, std::uint32_t number, std::size_t lane = 0) {
    engine.want({.one_case = true, .opened = number});
    engine.settle();
    const auto look = engine.look();
    const auto& found = look->lanes[lane].scene.lists.opened;
    return found ? words(found->history, engine.network()) : std::vector<std::string>{};
}

TEST(Case, IsTheSameAfterGoingBack) {
    for (const std::string strategy : {"S0", "S6"}) {
        Shown shown(shipped("tiny.toml"), {.strategies = {strategy}});
        Engine& engine = shown.engine();
        const models::Time noon = start_of(16) + sim::hours{12};
        const CaseBook book = unwatched_book(strategy, noon);
        ASSERT_GT(book.cases(), 20U);
        engine.go_to(start_of(24));
        engine.settle();
        engine.go_to(noon);
        engine.settle();
        for (std::uint32_t number = 0; number < book.cases();
             number += 1 + static_cast<std::uint32_t>(book.cases() / 25)) {
            EXPECT_EQ(opened(engine, number), words(book.history(number, {noon, false}).value(), engine.network()));
        }
        EXPECT_TRUE(opened(engine, static_cast<std::uint32_t>(book.cases())).empty()) << "it is still to come";
    }
}

TEST(Case, OfAForkIsThatOfTheWorldItLeft) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S6"}});
    Engine& engine = shown.engine();
    engine.go_to(start_of(20));
    engine.settle();
    engine.go_to(start_of(16));
    engine.settle();
    engine.fork(0, {.strategy = "S6"});
    engine.settle();
    ASSERT_EQ(engine.look()->lanes.size(), 2U);
    engine.go_to(start_of(18));
    engine.settle();
    for (std::uint32_t number = 0; number < 200; number += 7) {
        EXPECT_EQ(opened(engine, number, 0), opened(engine, number, 1)) << number;
    }
}

TEST(Desks, ListTheirCasesInTurn) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S0"}});
    Engine& engine = shown.engine();
    int waiting = 0;
    for (int day = 15; day < 22; ++day) {
        engine.want({.lists = true});
        engine.go_to(start_of(day) + sim::hours{7});
        engine.settle();
        const Scene scene = engine.look()->lanes.front().scene;
        std::map<std::pair<Role, CaseScene::Where>, std::vector<int>> turns;
        for (const CaseScene& one : scene.lists.cases) {
            if (one.turn > 0) turns[{one.role, one.where}].push_back(one.turn);
            EXPECT_LE(one.raised, one.since);
            EXPECT_LE(one.since, scene.now);
        }
        for (auto& [desk, of] : turns) {
            std::ranges::sort(of);
            for (std::size_t i = 0; i < of.size(); ++i) EXPECT_EQ(of[i], static_cast<int>(i) + 1);
            const DeskScene& counted = scene.desk(desk.first);
            EXPECT_EQ(static_cast<int>(of.size()),
                      desk.second == CaseScene::Where::urgent ? counted.urgent : counted.ordinary);
            waiting += static_cast<int>(of.size());
        }
    }
    EXPECT_GT(waiting, 0);
}

TEST(Known, SaysWhatDiffersInPlainWords) {
    ItemScene k{.on_hand = 80, .recorded = 95, .unposted = -3, .believed = 120, .on_order = 260};
    const models::Time now = start_of(9);
    k.allocated = k.to_pick = 20, k.heard = now - sim::hours{14};
    k.planned = true;
    k.to_come = 150, k.proposed = 60;
    k.rate = 9, k.wanted = 12;
    k.lead = {.known = 10, .spread = 2, .receipts = 7, .on_record = 9, .now = 20};
    k.next_due = now, k.next_arrives = now + sim::days{4};
    EXPECT_THAT(differences(k, now),
                ElementsAre("The record has 95 on hand, the shelf 80; a change of \u22123 is on its way to it.",
                            "Headquarters believes 120 free, there are 60: 60 too many; heard 14 h 00 min ago.",
                            "Headquarters counts on 200 to come, of which 150 will.",
                            "The next purchase line comes 4 d 0 h later than it was told.",
                            "The levels stand on 9.0 a day, customers want 12.0: 25 % too low.",
                            "The supplier is reckoned with 10.0 days, and takes 20.0: 50 % too short."));
    k.recorded = k.on_hand, k.believed = k.free(), k.on_order = 210, k.next_arrives = now;
    k.rate = 12, k.lead.known = 20;
    EXPECT_TRUE(differences(k, now).empty());
    k.believed = 1, k.rate = 99, k.planned = false;
    EXPECT_TRUE(differences(k, now).empty()) << "who plans nothing believes nothing";
}

TEST(Known, IsWhatTheWorldHas) {
    const models::Network network = tiny("S6");
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network, 1, 0, log);
    sim::run_sequential(world, start_of(18) + sim::hours{11});
    int apart = 0, to_pick = 0;
    for (const models::SiteState& site : world.state.sites) {
        for (const auto item : sim::ids<models::ItemId>(network.items)) {
            const ItemScene k = look_at_location(world, site.id, item);
            const auto location = world.state.headquarters.location(site.id, item);
            EXPECT_EQ(k.on_hand, site.truth[item].on_hand);
            EXPECT_EQ(k.recorded, site.record[item].on_hand);
            EXPECT_EQ(k.believed, world.state.headquarters.view[location].net);
            EXPECT_EQ(k.rate, world.state.headquarters.levels[location].daily_rate);
            EXPECT_EQ(k.wanted, network.outlook[18 / 7][site.id][item.index()]);
            apart += k.believed != k.free();
            to_pick += k.to_pick;
        }
    }
    EXPECT_GT(apart, 0);
    EXPECT_GT(to_pick, 0);
}

/// Goes on until some cases wait, and shows the queues alone.
void until_cases_wait(Shown& shown) {
    shown.app->show("queues");
    shown.app->alone(true);
    for (int day = 15; day < 30; ++day) {
        shown.engine().go_to(start_of(day) + sim::hours{7});
        shown.settled();
        const auto look = shown.engine().look();
        if (std::ranges::count_if(look->lanes[0].scene.lists.cases, [](const auto& one) { return one.turn > 0; }) > 2) {
            return;
        }
    }
    FAIL() << "nothing ever waits";
}

TEST(Queues, AClickOpensACase) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S0"}});
    until_cases_wait(shown);
    for (float y = 240; y < 900 && shown.app->selection().opened == models::kNone; y += 7) shown.click({60, y});
    ASSERT_NE(shown.app->selection().opened, models::kNone);
    EXPECT_EQ(shown.app->settings().left, "case");
    shown.settled();
    EXPECT_THAT(shown.app->status(), HasSubstr("opened=case " + std::to_string(shown.app->selection().opened) + " "));
}

TEST(Queues, KeysOpenTheNextCaseAndTheOneBefore) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S0"}});
    until_cases_wait(shown);
    shown.type("o");
    shown.settled();
    const std::uint32_t first = shown.app->selection().opened;
    ASSERT_NE(first, models::kNone);
    EXPECT_EQ(shown.app->settings().left, "case");
    shown.type("o");
    shown.settled();
    EXPECT_NE(shown.app->selection().opened, first);
    shown.type("O");
    shown.settled();
    EXPECT_EQ(shown.app->selection().opened, first);
    const auto look = shown.engine().look();
    ASSERT_TRUE(look->lanes[0].scene.lists.opened);
    EXPECT_EQ(look->lanes[0].scene.lists.opened->history.number, first);
    // Before it was raised it isn't there, and the view says so.
    shown.engine().go_to(sim::kStart);
    EXPECT_GT(shown.settled(), 300);
    EXPECT_THAT(shown.app->status(), HasSubstr("opened=\n"));
}

TEST(Queues, WhatIsPressedInOnePaneIsShownInTheOther) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S0", "S6"}});
    shown.engine().go_to(start_of(20) + sim::hours{7});
    shown.settled();
    ASSERT_EQ(shown.app->settings().left, "network");
    ASSERT_EQ(shown.app->settings().right, "queues");
    shown.type("o");
    shown.settled();
    EXPECT_EQ(shown.app->settings().left, "case");
    EXPECT_EQ(shown.app->settings().right, "queues");
    shown.app->settings().left = "queues", shown.app->settings().right = "find";
    shown.type("o");
    shown.settled();
    EXPECT_EQ(shown.app->settings().left, "queues");
    EXPECT_EQ(shown.app->settings().right, "case");
    // Another strategy's cases have numbers of their own.
    shown.type("s");
    shown.settled();
    EXPECT_EQ(shown.app->selection().opened, models::kNone);
}

}  // namespace

}  // namespace entrepot::viz

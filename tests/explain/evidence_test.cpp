#include <map>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "studies/evidence/bottlenecks.hpp"
#include "studies/evidence/object_watch.hpp"
#include "studies/evidence/ocel.hpp"

/// What is written down of decisions agrees with what stories tell of the same things.
namespace entrepot::tests {
namespace {

using namespace studies::evidence;
using studies::explain::PurchaseCourse;
using studies::explain::Supply;
using studies::explain::TransferCourse;
using studies::explain::Watcher;

struct LogAndStories {
    models::Network network;
    std::unique_ptr<Supply> supply;
    std::unique_ptr<ObjectWatch> watch;
    std::map<std::string, std::map<EventType, std::vector<models::Time>>> events;  ///< by the id of what they are about

    const ObjectLog& log() const { return watch->log(); }
};

/// The network must stay where the watchers look at it.
std::unique_ptr<LogAndStories> seen(const std::string& file, const std::string& strategy, bool all_orders = false) {
    const auto scenario = loaded(file);
    auto run = std::make_unique<LogAndStories>(LogAndStories{network_of(scenario, strategy), nullptr, nullptr, {}});
    run->supply = std::make_unique<Supply>(run->network);
    run->watch = std::make_unique<ObjectWatch>(run->network, ObjectWatch::All{.orders = all_orders});
    Watcher* watchers[] = {run->supply.get(), run->watch.get()};
    rerun(run->network, {scenario.scenario.study.seed}, watchers, true);
    for (const ObjectLog::Event& event : run->log().events()) {
        for (const Relation& to : run->log().relations(event)) {
            if (to.qualifier != Qualifier::about && to.qualifier != Qualifier::order) continue;
            run->events[run->log().objects()[to.object].id][event.type].push_back(event.at);
        }
    }
    return run;
}

class LogOfTiny : public testing::TestWithParam<const char*> {};

TEST_P(LogOfTiny, HasThePurchaseLinesOfTheStories) {
    const auto run = seen("tiny.toml", GetParam());
    std::set<std::string> told;
    for (const ObjectLog::Object& object : run->log().objects()) {
        if (object.type != ObjectType::purchase_order) continue;
        const PurchaseCourse* course = run->supply->find_purchase(object.id);
        ASSERT_NE(course, nullptr) << object.id;
        told.insert(object.id);
        auto& mine = run->events.at(object.id);
        const auto at = [&](EventType type) { return mine[type].empty() ? sim::kNever : mine[type].back(); };
        if (!course->under_way) {
            ASSERT_EQ(at(EventType::purchase_placed), course->placed) << object.id;
        }
        ASSERT_EQ(at(EventType::purchase_delivered), course->arrived) << object.id;
        ASSERT_EQ(at(EventType::purchase_put_away), course->put_away) << object.id;
        ASSERT_EQ(at(EventType::purchase_received), course->known) << object.id;
    }
    for (const PurchaseCourse& course : run->supply->purchases()) {
        EXPECT_TRUE(course.under_way || told.contains(run->supply->name(course))) << run->supply->name(course);
    }
    EXPECT_GT(told.size(), 50u);
}

TEST_P(LogOfTiny, HasTheTransfersOfTheStories) {
    const auto run = seen("tiny.toml", GetParam());
    std::set<std::string> told;
    for (const ObjectLog::Object& object : run->log().objects()) {
        if (object.type != ObjectType::transfer) continue;
        const TransferCourse* course = run->supply->find_transfer(object.id);
        ASSERT_NE(course, nullptr) << object.id;
        told.insert(object.id);
        auto& mine = run->events.at(object.id);
        const auto at = [&](EventType type) { return mine[type].empty() ? sim::kNever : mine[type].back(); };
        ASSERT_EQ(at(EventType::transfer_ordered), course->proposed) << object.id;
        ASSERT_EQ(at(EventType::transfer_shipped), course->left) << object.id;
        ASSERT_EQ(at(EventType::transfer_arrived), course->arrived) << object.id;
        ASSERT_EQ(at(EventType::transfer_put_away), course->put_away) << object.id;
        ASSERT_EQ(run->log().values(object)[0].bits, course->wanted);
    }
    for (const TransferCourse& course : run->supply->transfers()) {
        if (course.mode == models::TransferMode::lent) continue;
        EXPECT_TRUE(told.contains(run->supply->name(course))) << run->supply->name(course);
    }
    EXPECT_GT(told.size(), 20u);
}

/// Each order that is escalated, and with the request all; told from its entry to its end, and delivered as it was
/// shipped.
TEST_P(LogOfTiny, FollowsOrdersFromEntryToEnd) {
    const auto few = seen("tiny.toml", GetParam()), all = seen("tiny.toml", GetParam(), true);
    int shipped = 0;
    for (LogAndStories* run : {few.get(), all.get()}) {
        for (const ObjectLog::Object& object : run->log().objects()) {
            if (object.type != ObjectType::order) continue;
            auto& mine = run->events.at(object.id);
            ASSERT_EQ(mine[EventType::order_placed].size(), 1u) << object.id;
            ASSERT_EQ(mine[EventType::order_closed].size(), 1u) << object.id;
            ASSERT_LE(mine[EventType::order_escalated].size(), 1u) << object.id;
            if (run == few.get()) {
                ASSERT_EQ(mine[EventType::order_escalated].size(), 1u) << object.id;
            }
            ASSERT_GE(mine[EventType::order_shipped].size(), mine[EventType::order_delivered].size()) << object.id;
            const models::Time closed = mine[EventType::order_closed].front();
            ASSERT_LE(mine[EventType::order_placed].front(), closed) << object.id;
            if (closed < models::start_of(run->network.calendar.total_days())) {
                ASSERT_EQ(mine[EventType::order_shipped].size(), mine[EventType::order_delivered].size()) << object.id;
            }
            for (std::size_t i = 0; i < mine[EventType::order_delivered].size(); ++i) {
                ASSERT_LT(mine[EventType::order_shipped][i], mine[EventType::order_delivered][i]) << object.id;
                ++shipped;
            }
        }
    }
    EXPECT_GT(shipped, 500);
    EXPECT_GT(all->events.size(), few->events.size() + 500);
}

INSTANTIATE_TEST_SUITE_P(Strategies, LogOfTiny, testing::Values("S0", "S6"),
                         [](const auto& given) { return std::string(given.param); });

/// Counts offers, and those that were taken.
class Offers : public Watcher {
public:
    void see(const studies::explain::Seen& seen) override {
        for (const models::SubstituteOffered& offer : seen.told<models::SubstituteOffered>()) {
            ++made;
            taken += offer.taken;
        }
    }
    int made = 0, taken = 0;
};

/// Each is of an item in place of another one, to an order.
TEST(LogOfOrders, HasTheSubstitutesThatWereOffered) {
    const auto scenario = loaded("../tests/effects/systems.toml");
    const models::Network network = network_of(scenario, "linked");
    ObjectWatch watch(network, {});
    Offers offers;
    Watcher* watchers[] = {&watch, &offers};
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    const ObjectLog& log = watch.log();
    int made = 0, taken = 0;
    for (const ObjectLog::Event& event : log.events()) {
        if (event.type != EventType::substitute_offered) continue;
        ++made;
        taken += log.values(event)[1].bits != 0;
        std::map<Qualifier, ObjectType> to;
        for (const Relation& relation : log.relations(event)) {
            to[relation.qualifier] = log.objects()[relation.object].type;
        }
        EXPECT_EQ(to.at(Qualifier::order), ObjectType::order);
        EXPECT_EQ(to.at(Qualifier::item), ObjectType::item);
        EXPECT_EQ(to.at(Qualifier::in_place_of), ObjectType::item);
    }
    EXPECT_GT(taken, 5);
    EXPECT_LT(taken, made);
    EXPECT_EQ(made, offers.made);
    EXPECT_EQ(taken, offers.taken);
}

/// A notice is about its order; an override about the one that gets stock, and from those that lose it.
TEST(LogOfOrders, RelatesNoticesAndOverridesToTheirOrders) {
    const auto scenario = loaded(
        "tiny.toml", {"strategy.S0.workflow={ takes_allocated = true, escalation_search_median = '1 min' }",
                      "strategy.S0.waves.starts=['18:00']", "strategy.S0.notices.at_risk='2 d'",
                      "strategy.S0.rights.promise_change=['service_agent']", "tier.T1.escalation_probability=1"});
    const models::Network network = network_of(scenario, "S0");
    ObjectWatch watch(network, {});
    Watcher* watchers[] = {&watch};
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    const ObjectLog& log = watch.log();
    std::map<ObjectPlace, models::Units> moved;
    for (const ObjectLog::Event& event : log.events()) {
        if (event.type != EventType::stock_reallocated) continue;
        for (const Relation& to : log.relations(event)) {
            if (to.qualifier == Qualifier::decision) {
                moved[to.object] += static_cast<models::Units>(log.values(event)[0].bits);
            }
        }
    }
    int notices = 0, overrides = 0;
    for (ObjectPlace place = 0; place < log.objects().size(); ++place) {
        const ObjectLog::Object& object = log.objects()[place];
        if (object.type != ObjectType::decision) continue;
        const std::string kind = log.text(log.values(object)[0]);
        if (kind != "promise change" && kind != "allocation override") continue;
        int about = 0, from = 0;
        for (const ObjectLog::Link& link : log.links(place)) {
            const bool order = log.objects()[link.target.object].type == ObjectType::order;
            about += order && link.target.qualifier == Qualifier::about;
            from += order && link.target.qualifier == Qualifier::from;
        }
        EXPECT_EQ(about, 1) << object.id;
        notices += kind == "promise change";
        overrides += kind == "allocation override";
        EXPECT_EQ(from > 0, moved.contains(place)) << object.id;
    }
    EXPECT_GT(notices, 10);
    EXPECT_GT(overrides, 10);
    EXPECT_GT(moved.size(), 5u);
}

constexpr models::Time after(std::int64_t micros) { return models::Time{models::Duration{micros}}; }

TEST(ObjectLog, GivesNoTwoObjectsOneName) {
    ObjectLog log;
    const ObjectPlace first = log.add(ObjectType::site, "site:A", {log.text("A")});
    const ObjectPlace second = log.add(ObjectType::site, "site:A", {log.text("B")});
    EXPECT_EQ(log.objects()[first].id, "site:A");
    EXPECT_EQ(log.objects()[second].id, "site:A~");
    EXPECT_EQ(log.text("A"), log.text("A"));
}

/// Times are written to the millisecond: what changes twice in one has its last value there.
TEST(ObjectLog, HasOneValueAtATime) {
    ObjectLog log;
    const ObjectPlace other = log.add(ObjectType::line, "other", {Value::of(std::int64_t{1})});
    const ObjectPlace line = log.add(ObjectType::line, "line", {Value::of(std::int64_t{1})});
    log.change(line, 0, after(5'000), Value::of(std::int64_t{5}));
    log.change(line, 0, after(1'000), Value::of(std::int64_t{2}));
    log.change(line, 0, after(1'999), Value::of(std::int64_t{3}));
    log.change(other, 0, after(1'999), Value::of(std::int64_t{4}));
    log.finish();
    const auto changes = log.changes(line);
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].value.bits, 3);
    EXPECT_EQ(changes[1].value.bits, 5);
    EXPECT_EQ(log.changes(other).size(), 1u);
}

TEST(ObjectLog, TellsEventsByTime) {
    ObjectLog log;
    const ObjectPlace order = log.add(ObjectType::site, "site", {log.text("site")});
    for (const int at : {3, 1, 2}) {
        log.tell(EventType::order_placed, after(at), {Value::of(std::int64_t{at})}, {{order, Qualifier::site}});
    }
    log.finish();
    for (int at = 1; at <= 3; ++at) {
        EXPECT_EQ(log.values(log.events()[static_cast<std::size_t>(at - 1)])[0].bits, at);
    }
}

/// From one stream of activities: what is summed up is what the rows of the log come to.
TEST(BottleneckPage, SumsUpTheRowsOfTheLog) {
    const auto scenario = loaded("tiny.toml");
    const models::Network network = network_of(scenario, "S0");
    std::map<std::uint32_t, models::DecisionKind> measured;
    std::map<models::DecisionKind, std::vector<double>> waited;
    std::map<models::DecisionKind, int> handled, needless, in_vain;
    std::set<std::uint32_t> touched;
    CaseLog log([&](const Activity& activity) {
        const std::string name = activity.name;
        const int day = models::day_of(activity.start) - network.calendar.warmup_days;
        if (name == "detected" && day >= 0 && day < network.calendar.measure_days) {
            measured[activity.number] = activity.kind;
        }
        if (!measured.contains(activity.number)) return;
        if (name == "waiting") waited[activity.kind].push_back(sim::in<sim::hours>(activity.end - activity.start));
        if (name == "handling" && touched.insert(activity.number).second) ++handled[activity.kind];
        if (name != "closed" || activity.outcome != models::StepOutcome::dropped) return;
        ++(touched.contains(activity.number) ? in_vain : needless)[activity.kind];
    });
    BottleneckWatch watch(network);
    Watcher* watchers[] = {&log, &watch};
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    std::size_t cases = 0;
    for (auto [kind, of] : watch.found().kinds) {
        cases += of.detected;
        std::ranges::sort(waited[kind]);
        EXPECT_EQ(of.stages[1].clock, waited[kind]);
        EXPECT_EQ(of.stages[2].count(), static_cast<std::size_t>(handled[kind]));
        EXPECT_EQ(of.needless, static_cast<std::size_t>(needless[kind]));
        EXPECT_EQ(of.in_vain, static_cast<std::size_t>(in_vain[kind]));
        EXPECT_EQ(of.detected, of.executed + of.needless + of.in_vain + of.barred + of.left + of.ignored + of.open);
        for (const Touchless& one : of.values) EXPECT_EQ(one.untouched, 0u);  // S0 does nothing by itself
        for (std::size_t i = 0; i < of.stages.size(); ++i) {
            EXPECT_LE(of.stages[i].office_mean(), of.stages[i].mean() + 1e-9);
        }
        const auto& escalations = watch.found().kinds.at(models::DecisionKind::escalation);
        EXPECT_LT(escalations.stages[1].office_mean(), escalations.stages[1].mean() / 2);  // they wait overnight
    }
    EXPECT_EQ(cases, measured.size());
    EXPECT_GT(needless[models::DecisionKind::transfer], 0);
    ASSERT_EQ(watch.found().slowest.size(), 10u);
    EXPECT_TRUE(std::ranges::is_sorted(watch.found().slowest, std::ranges::greater{}, &SlowCase::span));
}

TEST(BottleneckPage, CountsWhatNobodyTouches) {
    const auto scenario = loaded("tiny.toml");
    const models::Network network = network_of(scenario, "S6");
    std::set<std::uint32_t> touched;
    std::size_t untouched = 0;
    CaseLog log([&](const Activity& activity) {
        const std::string name = activity.name;
        if (name == "handling" || name == "approval") touched.insert(activity.number);
    });
    BottleneckWatch watch(network);
    Watcher* watchers[] = {&log, &watch};
    rerun(network, {scenario.scenario.study.seed}, watchers, true);
    const auto& bought = watch.found().kinds.at(models::DecisionKind::purchase);
    for (const Touchless& one : bought.values) untouched += one.untouched;
    EXPECT_GT(untouched, 10u);
    EXPECT_LT(untouched, bought.executed);
    EXPECT_EQ(untouched, bought.executed - bought.stages[2].count());  // nothing waits for an approval in it
}

TEST(ValueClass, BeginsAtItsBound) {
    EXPECT_EQ(value_class(0), 0u);
    EXPECT_EQ(value_class(99.99), 0u);
    EXPECT_EQ(value_class(100), 1u);
    EXPECT_EQ(value_class(1e5), 4u);
}

TEST(Stamps, SayTheClockAndTheZone) {
    models::Calendar calendar{.start_date = "2026-02-27", .warmup_days = 1, .measure_days = 5};
    const models::Time t = models::at_minute(2, 61) + models::Duration{4'056'999};
    EXPECT_EQ(Stamps::of_clock(calendar).text(t), studies::Clock(calendar).iso(t));
    EXPECT_EQ(Stamps::of_clock(calendar).text(t), "2026-03-01T01:01:04.056");
    EXPECT_EQ(Stamps::dated(calendar).text(t), "2026-03-01T01:01:04.056Z");
    calendar.start_date.clear();
    EXPECT_EQ(Stamps::of_clock(calendar).text(t), "day 1T01:01:04.056");
    EXPECT_EQ(Stamps::dated(calendar).text(t), "2000-01-03T01:01:04.056Z");
}

TEST(OcelJson, QuotesWhatJsonQuotes) {
    ObjectLog log;
    log.add(ObjectType::site, "a\"b\\c\n\x01", {log.text("\xC3\xA4")});
    log.finish();
    std::string text;
    const models::Calendar calendar{.start_date = "2026-02-27", .measure_days = 5};
    write_json(log, Stamps::dated(calendar), [&](std::string_view piece) { text += piece; });
    EXPECT_THAT(text, testing::HasSubstr(R"("id":"a\"b\\c\u000a\u0001")"));
    EXPECT_THAT(text, testing::HasSubstr("\"value\":\"\xC3\xA4\""));
}

}  // namespace
}  // namespace entrepot::tests

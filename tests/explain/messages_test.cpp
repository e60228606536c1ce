#include <map>
#include <set>

#include <gtest/gtest.h>

#include "explain/told.hpp"
#include "results/kpis/accumulator.hpp"
#include "studies/describe_study.hpp"
#include "studies/evidence/object_watch.hpp"

/// Messages of a log of decisions agree with the KPIs of the same replication.
namespace entrepot::tests {
namespace {

using namespace studies::evidence;
using studies::explain::Seen;
using studies::explain::Watcher;

/// The KPIs of what is seen.
class Counting : public Watcher {
public:
    explicit Counting(const results::Dimensions& dimensions) : kpis_(dimensions) {}
    void see(const Seen& seen) override { kpis_.read(seen.facts); }
    void end(const models::World&, std::span<const models::Fact> facts) override { kpis_.read(facts); }
    results::Replication finish() { return kpis_.finish(); }

private:
    results::KpiAccumulator kpis_;
};

struct Logged {
    models::Network network;
    results::Dimensions dimensions;
    std::unique_ptr<ObjectWatch> watch;
    results::Replication result;

    const ObjectLog& log() const { return watch->log(); }
    std::string interface_of(ObjectPlace place) const { return text(place, 0); }
    std::string text(ObjectPlace place, std::size_t attribute) const {
        return log().text(log().values(log().objects()[place])[attribute]);
    }
    /// As the last change has left it.
    std::int64_t last(ObjectPlace place, std::uint8_t attribute) const {
        std::int64_t value = log().values(log().objects()[place])[attribute].bits;
        for (const ObjectLog::Change& change : log().changes(place)) {
            if (change.attribute == attribute) value = change.value.bits;
        }
        return value;
    }
    ObjectPlace to(const ObjectLog::Event& event, Qualifier qualifier) const {
        for (const Relation& relation : log().relations(event)) {
            if (relation.qualifier == qualifier) return relation.object;
        }
        return kNoObject;
    }
    /// Numerator and denominator of a KPI of an interface in the whole window.
    std::pair<double, double> kpi(results::Kpi which, const std::string& interface) const {
        const auto rows = results::kpi_rows(dimensions);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool same = rows[i].kpi == results::info(which).id && rows[i].slice.phase < 0;
            if (same && rows[i].label == "interface=" + interface) return {result.numerator[i], result.denominator[i]};
        }
        return {-1, -1};
    }
};

/// Links that fail, wait, lose and double.
std::unique_ptr<Logged> logged(const std::string& strategy, bool all = true) {
    const auto scenario = loaded("../tests/effects/systems.toml", {"calendar.warmup='0 d'", "calendar.cooldown='0 d'"});
    auto run = std::make_unique<Logged>(Logged{network_of(scenario, strategy), {}, nullptr, {}});
    run->dimensions = studies::dimensions_of(run->network, scenario.scenario);
    run->watch = std::make_unique<ObjectWatch>(run->network, ObjectWatch::All{.messages = all});
    Counting counting(run->dimensions);
    Watcher* watchers[] = {run->watch.get(), &counting};
    rerun(run->network, {scenario.scenario.study.seed}, watchers, true);
    run->result = counting.finish();
    return run;
}

class LoggedMessages : public testing::TestWithParam<const char*> {};

TEST_P(LoggedMessages, AgreeWithTheKpisOfTheirReplication) {
    for (const bool all : {true, false}) {
        const auto run = logged(GetParam(), all);
        std::map<std::string, double> given_up, lost, twice;
        for (const ObjectLog::Event& event : run->log().events()) {
            const ObjectPlace message = run->to(event, Qualifier::message);
            if (message == kNoObject) continue;
            const std::string interface = run->interface_of(message);
            given_up[interface] += event.type == EventType::message_dead || event.type == EventType::message_lost;
            lost[interface] += event.type == EventType::message_lost;
            twice[interface] += event.type == EventType::message_duplicated;
        }
        std::map<std::string, double> objects_given_up, objects_lost, objects_twice;
        for (ObjectPlace place = 0; place < run->log().objects().size(); ++place) {
            if (run->log().objects()[place].type != ObjectType::message) continue;
            const std::string interface = run->interface_of(place);
            objects_given_up[interface] += static_cast<double>(run->last(place, attribute::kMessageGivenUp));
            objects_lost[interface] += static_cast<double>(run->last(place, attribute::kMessageLost));
            objects_twice[interface] += static_cast<double>(run->last(place, attribute::kMessageDuplicate));
        }
        EXPECT_EQ(objects_given_up, given_up);
        EXPECT_EQ(objects_lost, lost);
        EXPECT_EQ(objects_twice, twice);
        constexpr double kMany = 10'000;
        double some = 0;
        for (const char* interface : models::kInterfaceNames) {
            EXPECT_NEAR(run->kpi(results::Kpi::dead_letters, interface).first, kMany * given_up[interface], 1e-3);
            EXPECT_NEAR(run->kpi(results::Kpi::lost_messages, interface).first, kMany * lost[interface], 1e-3);
            EXPECT_NEAR(run->kpi(results::Kpi::duplicate_effects, interface).first, kMany * twice[interface], 1e-3);
            some += lost[interface] + twice[interface];
        }
        EXPECT_GT(some, 10);
    }
}

/// Each begins once, and what it comes to is told in an order that can be.
TEST_P(LoggedMessages, HaveAWayFromTheirBeginningToTheirEnd) {
    const auto run = logged(GetParam());
    std::map<ObjectPlace, std::vector<EventType>> ways;
    for (const ObjectLog::Event& event : run->log().events()) {
        const ObjectPlace message = run->to(event, Qualifier::message);
        if (message == kNoObject) continue;
        ASSERT_NE(run->to(event, Qualifier::over), kNoObject);
        ways[message].push_back(event.type);
    }
    using enum EventType;
    std::set<EventType> seen;
    for (const auto& [message, way] : ways) {
        const bool begins = way[0] == message_sent || way[0] == message_held_up || way[0] == message_repaired;
        ASSERT_TRUE(begins) << run->log().objects()[message].id;
        ASSERT_LE(std::ranges::count(way, message_sent), 1);
        ASSERT_LE(std::ranges::count(way, message_applied), 1);
        ASSERT_LE(std::ranges::count(way, message_retried), std::ranges::count(way, message_failed));
        const bool applied = std::ranges::count(way, message_applied) > 0;
        const std::string state = run->log().text(Value{run->last(message, attribute::kMessageState)});
        ASSERT_EQ(state == "applied", applied) << run->log().objects()[message].id;
        seen.insert(way.begin(), way.end());
    }
    EXPECT_GT(ways.size(), 300u);
    EXPECT_TRUE(seen.contains(message_failed) && seen.contains(message_retried) && seen.contains(message_repaired));
}

INSTANTIATE_TEST_SUITE_P(Strategies, LoggedMessages, testing::Values("linked", "middled"),
                         [](const auto& given) { return std::string(given.param); });

/// What carried a purchase line or a transfer is about it, and none that came through at once is about nothing.
TEST(LogOfMessages, IsAboutWhatTheyCarry) {
    const auto run = logged("linked", false);
    std::map<std::string, int> about;
    for (ObjectPlace place = 0; place < run->log().objects().size(); ++place) {
        if (run->log().objects()[place].type != ObjectType::message) continue;
        for (const ObjectLog::Link& link : run->log().links(place)) {
            if (link.target.qualifier != Qualifier::about) continue;
            const ObjectType type = run->log().objects()[link.target.object].type;
            const std::string interface = run->interface_of(place);
            const bool of_purchase = interface == "purchase_order" || interface == "confirmation" || interface == "asn";
            EXPECT_TRUE(!of_purchase || type == ObjectType::purchase_order) << interface;
            EXPECT_TRUE(interface != "transfer_order" || type == ObjectType::transfer);
            ++about[interface];
        }
    }
    EXPECT_GT(about["purchase_order"], 10);
    EXPECT_GT(about["confirmation"], 5);
    EXPECT_GT(about["transfer_order"], 0);
    // What is carried out twice is found at reconciliation, or as the supplier tells of it.
    int found = 0, twice = 0;
    for (const ObjectLog::Event& event : run->log().events()) {
        const ObjectPlace message = run->to(event, Qualifier::message);
        if (message == kNoObject || run->interface_of(message) != "purchase_order") continue;
        found += event.type == EventType::message_reconciled;
        twice += event.type == EventType::message_duplicated;
    }
    EXPECT_GT(found, 0);
    EXPECT_LE(found, twice);
}

}  // namespace
}  // namespace entrepot::tests

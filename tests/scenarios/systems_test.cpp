#include <algorithm>

#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// What scenarios say of systems that fail: how it reaches the network, and what is refused.
namespace entrepot::scenarios::testing {
namespace {

using models::InterfaceName;
using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;

TEST(Systems, ShippedOnesCanFailAsTheirTermsSay) {
    const auto loaded = load(shipped("tiny.toml"), {});
    ASSERT_TRUE(loaded);
    const models::Integration legacy = build(*loaded.loaded, "S0").strategy.integration;
    const models::Integration modern = build(*loaded.loaded, "S6").strategy.integration;
    for (const InterfaceName each : {InterfaceName::posting, InterfaceName::release, InterfaceName::extract}) {
        EXPECT_EQ(legacy.of(each).retries, 2);
        EXPECT_FALSE(legacy.of(each).dead_letters);
        EXPECT_EQ(modern.of(each).retries, 5);
        EXPECT_TRUE(modern.of(each).idempotent && modern.of(each).dead_letters && modern.of(each).breaker);
        EXPECT_TRUE(legacy.watches(each) && modern.watches(each));
    }
    EXPECT_EQ(legacy.of(InterfaceName::purchase_order).every, 2h);
    EXPECT_EQ(modern.of(InterfaceName::purchase_order).every, 0h);
    const models::Network s6 = build(*loaded.loaded, "S6");
    ASSERT_EQ(s6.policies.size(), 1u);
    EXPECT_NE(s6.policies[0].fallback, nullptr);
    EXPECT_EQ(s6.policies[0].fallback_needs.history_days, 90);
}

/// All of them at once, each with its place.
TEST(Systems, WrongOnesAreToldTogether) {
    const std::vector<std::string> told = Scratch().over_tiny(R"(
[strategy.S6.replenishment]
fallback = "S6"
[strategy.S1.replenishment]
fallback = "S0"
[integration.legacy.link.again]
interfaces = ["posting"]
retries = 3
[integration.modern.link.half]
interfaces = ["forecast"]
uptime = { distribution = "exponential", mean = "1 d" }
[integration.own]
pump = "1 min"
release_interval = "1 h"
[integration.own.link.beats]
interfaces = ["release"]
every = "1 h"
batch = "02:00"
failure = 1
[integration.own.link.shop]
interfaces = ["gateway"]
every = "1 h"
latency_median = "1 h"
[integration.own.link.none]
failure = 0.5
jitter = 0.5
[disturbance.nowhere]
kind = "outage"
interface = "posting"
site = "Nord"
day = "2 d"
[disturbance.late]
kind = "outage"
interface = "forecast"
site = "North"
day = "60 d"
factor = 2
[disturbance.hours]
kind = "absence"
site = "North"
day = "2 d"
duration = "3 d"
lasts = "3 h"
after = "days"
[disturbance.days]
kind = "site_closed"
site = "North"
day = "1 d"
after = "hours"
factor = 2
[disturbance.follows]
kind = "supplier_stop"
supplier = "near#1"
site = "North"
day = "1 d"
after = "nothing"
[disturbance.again]
kind = "site_slow"
site = "North"
day = "1 d"
factor = 0
between = { distribution = "constant", mean = "10 min" }
length = { distribution = "constant", mean = "10 min" }
duration = "4 d"
[disturbance.once]
kind = "carrier_peak"
carrier = "ltl"
day = "1 d"
between = { distribution = "constant", mean = "10 d" }
[disturbance.spell]
kind = "supplier_spell"
supplier = "near#1"
day = "1 d"
[supplier_segment.near]
good_spell = { distribution = "constant", mean = "10 d" }
)");
    for (const char* part : {
             "strategy.S6.replenishment.fallback: got \"S6\", whose policy is forecast_quantile",
             "strategy.S1.replenishment.fallback: got \"S0\" for class_service",
             "integration.legacy.link.again.interfaces: got posting a second time",
             "integration.legacy.link.again.retries: got no first_wait beside it",
             "integration.modern.link.half.uptime: got no downtime beside it",
             "integration.own.link.beats.every: got beside batch",
             "integration.own.link.beats.interfaces: got release with batch, every or latency_median",
             "integration.own.link.beats.failure: got 1",
             "integration.own.link.shop.latency_median: got of a gateway, want every, or batch",
             "integration.own.link.none.interfaces",
             "integration.own.link.none.jitter: got no retries beside it",
             "disturbance.nowhere.site: got \"Nord\"",
             "disturbance.late.site: got \"North\", want nothing",
             "disturbance.late.day: got day 60",
             "disturbance.late.factor: got 2",
             "disturbance.hours.duration: got beside lasts, want one of them",
             "disturbance.hours.after: got \"days\", which follows hours itself",
             "disturbance.days.after: got \"hours\", which follows days itself",
             "disturbance.days.factor: got 2, want nothing",
             "disturbance.follows.after: got \"nothing\", want the name of a disturbance",
             "disturbance.follows.site: got \"North\", want nothing",
             "disturbance.again.factor: got 0, want 0.01 or more, or the kind site_closed",
             "disturbance.again.between: got once an hour",
             "disturbance.again.duration: got beside length",
             "disturbance.once.between: got no length beside it",
             "disturbance.once.carrier: got a carrier whose peak is as any day",
             "disturbance.spell.supplier: got a supplier whose bad spells are as its good ones",
             "supplier_segment.near.good_spell: got no bad_spell beside it",
         }) {
        EXPECT_THAT(told, Contains(HasSubstr(part)));
    }
}

/// Held orders want somebody who clears them, and tiers that are there.
TEST(Systems, WrongHoldsAreTold) {
    const std::vector<std::string> told = Scratch().over_tiny(R"(
[office]
finance = 0
[hold.credit]
share = "150 %"
tiers = ["T9"]
[hold.data]
reason = "date"
share = "1 %"
)");
    for (const char* part : {
             "hold.credit.share: got",
             "hold.credit.tiers: got \"T9\"",
             "hold.data.reason: got \"date\"",
         }) {
        EXPECT_THAT(told, Contains(HasSubstr(part)));
    }
    EXPECT_THAT(Scratch().over_tiny("[office]\nfinance = 0\n[hold.credit]\nshare = 0.1\n"),
                Contains(HasSubstr("orders to clear that nobody has: office.finance is 0")));
}

TEST(Systems, HalfSaidReturnsAreTold) {
    const std::vector<std::string> told = Scratch().over_tiny(R"(
[tier.E.returns]
share = "5 %"
[tier.T1.returns]
time = { distribution = "constant", mean = "1 d" }
)");
    EXPECT_THAT(told, Contains(HasSubstr("tier.E.returns.share: got no time beside it, want time, too")));
    EXPECT_THAT(told, Contains(HasSubstr("tier.T1.returns.time: got no share beside it, want share, too")));
}

TEST(Systems, AGatewayReachesTheNetwork) {
    const auto gateways = [](const std::string& text) {
        Scratch scratch;
        const auto loaded =
            load(scratch.write("shop.toml", "base = \"" + shipped("tiny.toml").string() + "\"\n" + text), {});
        EXPECT_TRUE(loaded);
        return build(*loaded.loaded, "S0").strategy;
    };
    EXPECT_TRUE(gateways("[strategy.S0.gateway]\nreserve = 3\n").has_gateway());
    const models::Strategy polled =
        gateways("[integration.legacy.link.shop]\ninterfaces = [\"gateway\"]\nevery = \"30 min\"\n");
    EXPECT_TRUE(polled.has_gateway());
    EXPECT_EQ(polled.integration.of(InterfaceName::gateway).every, 30min);
    EXPECT_EQ(polled.gateway.reserve, 0);
}

TEST(Systems, AnOutageReachesTheNetwork) {
    const auto loaded = load(shipped("seasonal_spike.toml"), {});
    ASSERT_TRUE(loaded);
    const models::Network network = build(*loaded.loaded, "S1");
    const auto found = std::ranges::find(network.disturbances, "no_orders", &models::Disturbance::name);
    ASSERT_NE(found, network.disturbances.end());
    EXPECT_EQ(models::start_of(found->first_day) + found->starts, sim::kStart + sim::days{90 + 60} + 8h);
    EXPECT_EQ(found->lasts, 30h);
    EXPECT_EQ(network.suppliers[found->supplier].name, "dom_fast#1");
    EXPECT_FALSE(found->everywhere);
}

/// What is refused says what was meant, and nothing that follows from the slip alone.
TEST(Systems, SlipsInDisturbancesAreToldAsWhatTheyAre) {
    const auto problems = [](const std::string& keys) { return Scratch().over_tiny("[disturbance.one]\n" + keys); };
    const std::string rest = "interface = \"posting\"\nday = \"3 d\"\n";
    EXPECT_THAT(problems("kind = \"outag\"\nlasts = \"5 h\"\n" + rest),
                ::testing::ElementsAre(HasSubstr("did you mean outage?")));
    EXPECT_THAT(problems("kind = \"outage\"\nduration = \"5 h\"\n" + rest),
                ::testing::ElementsAre(HasSubstr("hours and minutes are said by lasts")));
    EXPECT_THAT(problems("kind = \"outage\"\nduration = \"2 d\"\n" + rest), ::testing::IsEmpty());
    EXPECT_THAT(Scratch().over_tiny("[channel_shift.online]\nday = \"3 d\"\nduration = \"45 s\"\npoints = \"10 %\"\n"),
                ::testing::IsEmpty());
}

TEST(Systems, OnlySuppliersNewsAreKeyedByHand) {
    EXPECT_THAT(
        Scratch().over_tiny("[integration.own]\npump = \"1 min\"\n[integration.own.link.one]\ninterfaces = [\"asn\", "
                            "\"posting\"]\nkeyed = true\n"),
        ::testing::ElementsAre(
            HasSubstr("link.one.keyed: got it of posting, want confirmation, asn and transfer_order alone")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing

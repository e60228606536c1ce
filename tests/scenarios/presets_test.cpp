#include <gtest/gtest.h>

#include "models/simulate.hpp"
#include "scenarios/build.hpp"
#include "scratch.hpp"

/// The shipped presets of systems: what each of them is better in than the one before, in the same operation.
namespace entrepot::scenarios::testing {
namespace {

using models::Network;

struct Linked {
    double messages = 0, at_once = 0, hours = 0, down = 0;  ///< of all links
    double wrong = 0, on_record = 0;                        ///< units
    double twice = 0;
    double success() const { return at_once / messages; }
    double available() const { return 1 - down / hours; }
    double error() const { return wrong / on_record; }
};

/// Eight replications of six weeks.
Linked with(const std::string& preset) {
    const std::vector<std::string> change = {"strategy.S1.integration='" + preset + "'"};
    const Result result = load(shipped("tiny.toml"), change);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    const Network network = build(*result.loaded, "S1");
    Linked sum;
    models::FactLog log{[&](std::span<const models::Fact> facts) {
        for (const models::Fact& fact : facts) {
            fact.visit([&]<class F>(const F& f) {
                if constexpr (std::is_same_v<F, models::LinkDay>) {
                    sum.messages += f.at_once + f.by_retry + f.given_up;
                    sum.at_once += f.at_once;
                    sum.hours += 24;
                    sum.down += f.hours_down;
                    sum.twice += f.twice;
                } else if constexpr (std::is_same_v<F, models::RecordAtClose>) {
                    sum.wrong += static_cast<double>(f.wrong_units);
                    sum.on_record += static_cast<double>(f.units);
                }
            });
        }
    }};
    for (std::uint32_t replication = 0; replication < 8; ++replication) {
        models::simulate(network, 20261123, replication, log);
    }
    return sum;
}

/// A14: a cloud ERP is up more often than links point to point, its calls fail less, its record is nearer to the shelf,
/// and nothing has its effect twice; a middleware is no worse in any of these.
TEST(Presets, OfACloudErpAreBetterThanLegacyAndNoBetterThanMiddleware) {
    const Linked legacy = with("legacy"), cloud = with("cloud"), modern = with("modern");
    EXPECT_GT(cloud.available(), legacy.available() + 0.004);
    EXPECT_GE(modern.available(), cloud.available() - 1e-4);
    EXPECT_GT(cloud.success(), legacy.success() + 0.004);
    EXPECT_GE(modern.success(), cloud.success() - 1e-3);
    EXPECT_LT(cloud.error(), legacy.error() / 3);
    EXPECT_EQ(cloud.twice, 0);
    EXPECT_EQ(modern.twice, 0);
}

}  // namespace
}  // namespace entrepot::scenarios::testing

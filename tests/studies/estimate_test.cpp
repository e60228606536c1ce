#include "studies/estimate.hpp"

#include <gmock/gmock.h>

#include "models/simulate.hpp"
#include "program.hpp"
#include "scenarios/load.hpp"

/// What is told before a run holds in it. Times hang on the machine: they are measured by hand.
namespace entrepot::tests {
namespace {

using namespace studies;

scenarios::Loaded loaded(const std::string& file, const std::vector<std::string>& changes) {
    scenarios::Result result = scenarios::load(std::string(ENTREPOT_SOURCE_DIR) + "/scenarios/" + file, changes);
    for (const scenarios::Problem& problem : result.problems) throw std::runtime_error(to_string(problem));
    return std::move(*result.loaded);
}

const std::vector<std::string> kMonth{"calendar.warmup='7 d'", "calendar.measure='21 d'", "calendar.cooldown='0 d'"};

std::vector<std::string> month_and(std::vector<std::string> more) {
    more.insert(more.end(), kMonth.begin(), kMonth.end());
    return more;
}

struct Case {
    std::string file;
    std::vector<std::string> changes;
};

/// Order lines are what most of the time goes by: those that are expected are those that come, but for the draws. One
/// day's noise is the scenario's; a factor of 1.25 either way is far beyond what a month's mean has.
TEST(Estimate, CountsTheLinesThatWillBeOrdered) {
    const std::vector<Case> cases{
        {"tiny.toml", {}},
        {"six_warehouses.toml", kMonth},
        {"six_warehouses.toml", month_and({"items.count=20000"})},
        {"seasonal_spike.toml", {"demand.b2b.orders='500 orders/d'", "demand.ecommerce.orders='500 orders/d'"}},
        {"six_stocks.toml", {}},
        {"history_replay.toml", {}},
        {"history_spike.toml", {}},
        {"validation/baskets.toml", {}},
        {"validation/bursty.toml", {}},
    };
    for (const Case& one : cases) {
        const scenarios::Loaded scenario = loaded(one.file, one.changes);
        const models::Network network =
            scenarios::build(scenario, scenarios::strategy_names(scenario.scenario).front());
        models::FactLog log([](std::span<const models::Fact>) {});
        const auto figures = models::simulate(network, 1, 0, log);
        ASSERT_TRUE(figures);
        const double lines = static_cast<double>(figures->order_lines), expected = workload_of(network).lines;
        EXPECT_GT(expected, lines / 1.25) << one.file;
        EXPECT_LT(expected, lines * 1.25) << one.file;
    }
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kUsualMemory = false;
#elif defined(__has_feature)
constexpr bool kUsualMemory = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool kUsualMemory = true;
#endif

/// "...; at most 51 MB." of what a run says at its end [bytes].
double most_bytes(const std::string& told) {
    const std::size_t at = told.find("at most ");
    return at == told.npos ? 0 : std::stod(told.substr(at + 8)) * (1 << 20);
}

/// A program's greatest memory counts from that of the process that began it: a shell between them has none to speak
/// of.
Outcome in_a_small_process(std::vector<std::string> arguments) {
    const std::vector<std::string> shell{"-c", "\"$@\"; exit $?", "shell", ENTREPOT_PROGRAM};
    arguments.insert(arguments.begin(), shell.begin(), shell.end());
    return run_program("/bin/sh", arguments);
}

/// The memory that a run is expected to take is what it takes, within the factor of 2 that the documentation states.
TEST(Estimate, TellsTheMemoryThatARunTakes) {
    if (!kUsualMemory) GTEST_SKIP() << "sanitizers take memory of their own";
    const std::vector<Case> cases{
        {"tiny.toml", {}}, {"six_warehouses.toml", kMonth}, {"six_warehouses.toml", month_and({"items.count=20000"})}};
    for (const Case& one : cases) {
        const scenarios::Loaded scenario = loaded(one.file, one.changes);
        for (const std::size_t threads : {1U, 2U}) {
            const StudyOptions options{.strategies = {"S0"}, .replications = 2, .threads = threads, .comparator = "S0"};
            const Estimate estimate = estimate_of(scenario, scenarios::build(scenario, "S0"), options, 2);
            EXPECT_EQ(estimate.at_a_time, threads);
            const Scratch scratch;
            std::vector<std::string> run{
                "run", "scenarios/" + one.file, "--strategies", "S0", "-n", "2", "-j", std::to_string(threads),
                "-o",  scratch.path("x.h5")};
            for (const std::string& change : one.changes) run.insert(run.end(), {"--set", change});
            const Outcome outcome = in_a_small_process(run);
            ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
            const double most = most_bytes(outcome.out);
            EXPECT_GT(estimate.bytes(), most / 2) << one.file << " " << threads;
            EXPECT_LT(estimate.bytes(), most * 2) << one.file << " " << threads;
        }
    }
}

/// Each term of the formula grows with what it counts.
TEST(Estimate, GrowsWithWhatThereIsToDo) {
    const auto of = [](const std::vector<std::string>& changes, StudyOptions options = {}) {
        const scenarios::Loaded scenario = loaded("tiny.toml", changes);
        options.strategies = {"S0", "S6"};
        return estimate_of(scenario, scenarios::build(scenario, "S0"), options, 4);
    };
    const Estimate tiny = of({});
    EXPECT_GT(tiny.replication_seconds[1], tiny.replication_seconds[0]);  // more messages
    const Estimate items = of({"items.count=3000"}), orders = of({"demand.b2b.orders='6000 orders/d'"});
    EXPECT_GT(items.replication_bytes, tiny.replication_bytes);
    EXPECT_GT(items.fixed_bytes, tiny.fixed_bytes);
    EXPECT_GT(items.replication_seconds[0], tiny.replication_seconds[0]);
    EXPECT_GT(orders.replication_bytes, tiny.replication_bytes);
    EXPECT_GT(orders.replication_seconds[0], 10 * tiny.replication_seconds[0]);
    // Of 8 replications of two strategies 4 run at a time on 4 threads, and a core of two does half of them.
    const Estimate four = of({}, {.replications = 8, .threads = 4});
    EXPECT_EQ(four.at_a_time, 4U);
    EXPECT_DOUBLE_EQ(four.bytes(), four.fixed_bytes + four.kept_bytes + 4 * four.replication_bytes);
    const Estimate one = of({}, {.replications = 8, .threads = 1});
    EXPECT_NEAR(one.wall_seconds, 4 * four.wall_seconds, 1e-9);
    EXPECT_NEAR(one.wall_seconds, 8 * (one.replication_seconds[0] + one.replication_seconds[1]), 1e-9);
    // What is kept of replications counts, too: a third as much for the series as for the table.
    const Estimate many = of({}, {.replications = 1000, .threads = 1});
    const Estimate plain = of({}, {.replications = 1000, .threads = 1, .series = false});
    EXPECT_GT(plain.kept_bytes, tiny.kept_bytes + 1000);
    EXPECT_GT(many.kept_bytes - plain.kept_bytes, 0.25 * (plain.kept_bytes - tiny.kept_bytes));
}

TEST(Estimate, KnowsWhatBuildingTakesBeforeItIsBuilt) {
    const scenarios::Loaded large = loaded("six_warehouses.toml", {"items.count=500000", "calendar.measure='3650 d'"});
    EXPECT_GT(bytes_to_build(large, 1), 3e6 * 4 * 520);  // a number for each week, item and warehouse
    const scenarios::Loaded tiny = loaded("tiny.toml", {});
    EXPECT_LT(bytes_to_build(tiny, 3), 50e6);
}

}  // namespace
}  // namespace entrepot::tests

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <iostream>
#include <optional>

#include <boost/program_options.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "invariants/random_scenarios/mutate.hpp"
#include "invariants/random_scenarios/tables.hpp"
#include "invariants/small_study.hpp"
#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "results/kpis/accumulator.hpp"
#include "results/kpis/registry.hpp"
#include "scenarios/scratch.hpp"
#include "sim/run_sequential.hpp"
#include "studies/describe_study.hpp"

/// Scenarios at random from one seed: each is refused with its problems, or runs to its end with all ledgers balanced
/// on every day, every KPI a number and every share in [0, 1], and has the same trajectory under another runner, one in
/// ten under two.
namespace entrepot::tests {
namespace {

constexpr char kAbout[] =
    "usage: random_scenarios [OPTIONS]\n\n"
    "Changes values and whole tables of shipped scenarios at random and runs them with all checks on.\n\n"
    "  random_scenarios --count 5000 --seed 7\n"
    "  random_scenarios --seed 7 --only 1234 --show    # the scenario that a failure names\n";

constexpr std::chrono::seconds kLongest{3};  ///< for one scenario; mostly it takes some milliseconds

volatile std::sig_atomic_t current = 0, current_seed = 0;

void tell_current(int) {
    char text[128];
    const int size = std::snprintf(text, sizeof text, "random_scenarios: --seed %d --only %d broke an invariant\n",
                                   static_cast<int>(current_seed), static_cast<int>(current));
    [[maybe_unused]] const auto written = write(STDERR_FILENO, text, static_cast<std::size_t>(size));
    std::signal(SIGABRT, SIG_DFL);
    std::raise(SIGABRT);
}

/// A shipped scenario, small enough to run in a blink, as canonical text.
struct Original {
    std::string name, text;
};

std::vector<Original> originals() {
    namespace fs = std::filesystem;
    std::vector<std::string> names{"tiny.toml", "tiny.toml", "six_stocks.toml"};  // most of all there is in the first
    for (const auto& entry : fs::directory_iterator(fs::path(ENTREPOT_SOURCE_DIR) / "scenarios/validation")) {
        if (entry.path().extension() == ".toml") names.push_back("validation/" + entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    std::vector<Original> all;
    for (const std::string& name : names) all.push_back({name, load_shipped(name).text});
    return all;
}

/// Short horizons and few items, whatever the original has.
std::vector<std::string> limits(const scenarios::Scenario& scenario, sim::Stream& draws) {
    std::vector<std::string> changes{fmt::format("calendar.warmup={} d", static_cast<int>(draws.uniform() * 15)),
                                     fmt::format("calendar.measure={} d", 1 + static_cast<int>(draws.uniform() * 30)),
                                     fmt::format("calendar.cooldown={} d", static_cast<int>(draws.uniform() * 8))};
    if (scenario.items.count > 40) changes.push_back("items.count=40");
    return changes;
}

struct Outcome {
    bool ran = false;
    std::string failure;
};

std::string first_bad_number(const results::Replication& replication, const std::vector<results::Row>& rows) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const double part = replication.numerator[row], whole = replication.denominator[row];
        if (!std::isfinite(part) || !std::isfinite(whole)) {
            return rows[row].kpi + " " + rows[row].label + " is no number";
        }
        if (!results::may_be(*results::find_kpi(rows[row].kpi), part, whole)) {
            return rows[row].kpi + " " + rows[row].label + " is no share";
        }
    }
    return {};
}

std::optional<std::uint64_t> digest_of(const models::Network& network, const models::Runner& runner,
                                       const models::FactLog::Reader& reader) {
    models::FactLog log(reader);
    std::stop_source stop;
    const auto started = std::chrono::steady_clock::now();
    log = models::FactLog([&](std::span<const models::Fact> facts) {
        if (std::chrono::steady_clock::now() - started > kLongest) stop.request_stop();
        reader(facts);
    });
    const auto figures = models::simulate(network, 1, 0, log, stop.get_token(), runner);
    return figures ? std::optional(figures->digest) : std::nullopt;
}

/// That of the reference loop.
std::uint64_t digest_in_sequence(const models::Network& network) {
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network, 1, 0, log);
    run_sequential(world, models::start_of(network.calendar.total_days()));
    models::end_horizon(world);
    return world.digest().value();
}

Outcome try_one(const scenarios::Loaded& loaded, const std::string& strategy, bool in_windows) {
    Outcome outcome{.ran = true, .failure = {}};
    const models::Network network = scenarios::build(loaded, strategy);
    const results::Dimensions dimensions = studies::dimensions_of(network, loaded.scenario);
    results::KpiAccumulator kpis(dimensions);
    const auto digest =
        digest_of(network, {.days_between_checks = 1}, [&](std::span<const models::Fact> facts) { kpis.read(facts); });
    if (!digest) return {.ran = false, .failure = {}};
    outcome.failure = first_bad_number(kpis.finish(), results::kpi_rows(dimensions));
    if (digest_in_sequence(network) != digest) outcome.failure = "has another trajectory in sequence";
    if (!in_windows || models::Distribution::lookahead(network) <= models::Duration::zero()) return outcome;
    const auto again = digest_of(network, {.windows = true, .threads = 2}, [](std::span<const models::Fact>) {});
    if (again != digest) outcome.failure = "has another trajectory in windows";
    return outcome;
}

int run(int count, std::uint32_t seed, std::optional<int> only, bool show) {
    const std::vector<Original> from = originals();
    const scenarios::testing::Scratch scratch;
    int ran = 0, left = 0, refused = 0, failed = 0;
    current_seed = static_cast<int>(seed);
    std::signal(SIGABRT, tell_current);
    for (int i = only.value_or(0); i < (only ? *only + 1 : count); ++i) {
        current = i;
        auto draws = sim::Draws(seed, 0).at(1, 0, static_cast<std::uint32_t>(i));
        const Original& original = from[static_cast<std::size_t>(draws.uniform() * static_cast<double>(from.size()))];
        // A third keeps its tables, a third its values, a third neither.
        const double kind = draws.uniform();
        const std::string other = kind < 1.0 / 3 ? original.text : with_other_tables(original.text, draws);
        const std::string text = kind < 2.0 / 3 && kind >= 1.0 / 3 ? other : mutated(other, draws);
        if (show) fmt::print("# from {}\n{}\n", original.name, text);
        const auto file = scratch.write("random.toml", text);
        auto result = scenarios::load(file);
        if (result) result = scenarios::load(file, limits(result.loaded->scenario, draws));
        if (!result) {
            if (result.problems.empty()) fmt::print("{}: refused without a reason\n", i);
            if (show) fmt::print("{}\n", to_string(result.problems.front()));
            failed += result.problems.empty();
            ++refused;
            continue;
        }
        const auto names = scenarios::strategy_names(result.loaded->scenario);
        const std::string& strategy =
            names[static_cast<std::size_t>(draws.uniform() * static_cast<double>(names.size()))];
        const Outcome outcome = try_one(*result.loaded, strategy, only || i % 10 == 0);
        ++(outcome.ran ? ran : left);
        if (outcome.failure.empty()) continue;
        ++failed;
        fmt::print("--seed {} --only {} (from {}, {}): {}\n", seed, i, original.name, strategy, outcome.failure);
    }
    fmt::print("{} scenarios ran; {} were left for they take long; {} were refused; {} failed\n", ran, left, refused,
               failed);
    const bool told_something = only || ran > count / 5;
    if (!told_something) fmt::print("too few ran to mean anything\n");
    return failed == 0 && told_something ? 0 : 1;
}

}  // namespace
}  // namespace entrepot::tests

int main(int argc, char** argv) {
    namespace po = boost::program_options;
    try {
        po::options_description options("options");
        auto add = options.add_options();
        add("help,h", "explain this program");
        add("count", po::value<int>()->default_value(300), "scenarios");
        add("seed", po::value<std::uint32_t>()->default_value(1), "of all that is random");
        add("only", po::value<int>(), "this one, under both runners");
        add("show", "print the scenarios");
        po::variables_map values;
        po::store(po::parse_command_line(argc, argv, options), values);
        if (values.count("help")) {
            std::cout << entrepot::tests::kAbout << "\n" << options;
            return 0;
        }
        std::optional<int> only;
        if (values.count("only")) only = values["only"].as<int>();
        return entrepot::tests::run(values["count"].as<int>(), values["seed"].as<std::uint32_t>(), only,
                                    values.count("show") > 0);
    } catch (const std::exception& error) {
        std::cerr << "random_scenarios: " << error.what() << "\n";
        return 2;
    }
}

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "models/simulate.hpp"
#include "results/file/contained.hpp"
#include "scenarios/load.hpp"
#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"
#include "studies/program.hpp"

/// Whatever compiler made the program, and however it optimised: the study of a scenario is the same bytes, and so are
/// the worlds in it. What they are stands in tiny.bytes; every build has to meet it, so that builds agree with each
/// other.
namespace entrepot::tests {
namespace {

/// A line for each dataset of the study's file, but for those that name the program.
std::string study_lines(const std::string& file) {
    std::string lines;
    for (const auto& [path, stored] : results::read_contained(file).contents) {
        if (path == "manifest/program_version" || path == "manifest/source_commit") continue;
        lines += fmt::format("{} {} {} {}\n", path, stored.type, fmt::join(stored.shape, "x"),
                             results::sha256(stored.bytes));
    }
    return lines;
}

/// The world of a strategy in the middle of its time and at the end.
std::string world_lines(const scenarios::Loaded& loaded, const std::string& strategy) {
    const models::Network network = scenarios::build(loaded, strategy);
    models::FactLog log([](std::span<const models::Fact>) {});
    models::World world = models::start_world(network, 1, 0, log);
    std::string lines;
    for (const int day : {20, network.calendar.total_days()}) {
        run_sequential(world, models::start_of(day));
        std::ostringstream snapshot;
        save(world, "the same", snapshot);
        lines += fmt::format("{} day {}: trajectory {:016x} state {:016x} snapshot {}\n", strategy, day,
                             world.digest().value(), sim::hash_of(world), results::sha256(snapshot.str()));
    }
    return lines;
}

TEST(SameBytes, OfTheTinyStudyByEveryCompiler) {
    const Scratch scratch;
    const std::string file = scratch.path("study.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-o", file, "--items", "A0001,B0001", "--quiet"}).exit_code, 0);
    std::string now = study_lines(file);
    const scenarios::Result result = scenarios::load(ENTREPOT_SOURCE_DIR "/scenarios/tiny.toml");
    for (const std::string strategy : {"S0", "S1", "S6"}) now += world_lines(*result.loaded, strategy);

    const std::string golden = ENTREPOT_SOURCE_DIR "/tests/studies/tiny.bytes";
    if (std::getenv("ENTREPOT_UPDATE")) std::ofstream(golden) << now;
    EXPECT_EQ(now, bytes_of(golden)) << "if a change of the results is meant, run again with ENTREPOT_UPDATE=1";
}

}  // namespace
}  // namespace entrepot::tests

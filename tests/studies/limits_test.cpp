#include "studies/cli/limits.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>

#include <gmock/gmock.h>

#include "program.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/progress_bar.hpp"

/// What doesn't fit the machine is told before it starts.
namespace entrepot::tests {
namespace {

using namespace studies;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Sets variables of the environment for its own lifetime.
class Environment {
public:
    Environment(std::initializer_list<std::pair<const char*, const char*>> values) : values_(values) {
        for (const auto& [name, value] : values_) setenv(name, value, 1);
    }
    ~Environment() {
        for (const auto& [name, value] : values_) unsetenv(name);
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

private:
    std::vector<std::pair<const char*, const char*>> values_;
};

void write(const std::string& file, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file) << text;
}

TEST(MemoryLimit, IsTheLeastOfThoseOfTheMachine) {
    const Scratch scratch;
    const std::string root = scratch.path("");
    const MemoryLimit machine = memory_limit(root);
    EXPECT_GT(machine.bytes, 1e8);
    write(root + "/proc/self/cgroup", "0::/user/run\n");
    write(root + "/sys/fs/cgroup/user/run/memory.max", "max\n");
    EXPECT_EQ(memory_limit(root).bytes, machine.bytes);
    write(root + "/sys/fs/cgroup/user/memory.max", "60000000\n");  // the group around it
    EXPECT_EQ(memory_limit(root).bytes, 6e7);
    EXPECT_EQ(memory_limit(root).whose, "this control group may take");
    // Version 1, where the path begins outside of what a container sees.
    write(root + "/proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/docker/abc\n0::/\n");
    EXPECT_EQ(memory_limit(root).bytes, machine.bytes);
    write(root + "/sys/fs/cgroup/memory/memory.limit_in_bytes", "50000000\n");
    EXPECT_EQ(memory_limit(root).bytes, 5e7);
    write(root + "/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");  // none
    EXPECT_EQ(memory_limit(root).bytes, machine.bytes);
    {
        const Environment job{{"SLURM_MEM_PER_NODE", "40"}};
        EXPECT_EQ(memory_limit(root).bytes, 40.0 * (1 << 20));
        EXPECT_EQ(memory_limit(root).whose, "Slurm gave this job");
    }
    {
        const Environment job{{"SLURM_MEM_PER_CPU", "10"}, {"SLURM_CPUS_ON_NODE", "3"}};
        EXPECT_EQ(memory_limit(root).bytes, 30.0 * (1 << 20));
    }
    const Environment all{{"SLURM_MEM_PER_NODE", "0"}};  // all that the node has
    EXPECT_EQ(memory_limit(root).bytes, machine.bytes);
}

TEST(Run, RefusesWhatNeedsMoreMemoryThanThereIs) {
    const Environment job{{"SLURM_MEM_PER_NODE", "12"}};
    const Scratch scratch;
    const std::string file = scratch.path("x.h5");
    const Outcome refused = entrepot({"run", kTiny, "-o", file});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("of memory, and Slurm gave this job 12 MB"), HasSubstr("items.count"),
                                   HasSubstr("calendar.measure"), HasSubstr("insist by --anyway")));
    EXPECT_FALSE(std::filesystem::exists(file));
    const Outcome insisted = entrepot({"run", kTiny, "-n", "1", "--strategies", "S0", "--anyway", "-o", file});
    EXPECT_EQ(insisted.exit_code, 0) << insisted.err;
    const Outcome validated = entrepot({"validate", kTiny});
    EXPECT_EQ(validated.exit_code, 0);
    EXPECT_THAT(validated.out, HasSubstr("12 MB"));
}

TEST(Run, SaysHowManyThreadsWouldFit) {
    using cli::want_room;
    Estimate estimate{
        .fixed_bytes = 1e9, .replication_bytes = 2e9, .at_a_time = 8, .replication_seconds = {1.0}, .wall_seconds = 1};
    const auto told = [&](double bytes, bool anyway = false) {
        try {
            want_room(estimate, {bytes, "this machine has"}, anyway);
        } catch (const cli::UsageError& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_THAT(told(17e9), IsEmpty());
    EXPECT_THAT(told(16e9), AllOf(HasSubstr("about 16 GB of memory, 1.9 GB for each of 8 replications at a time"),
                                  HasSubstr("this machine has 14.9 GB"), HasSubstr("--threads 7")));
    EXPECT_THAT(told(2e9), AllOf(Not(HasSubstr("--threads")), HasSubstr("not even one thread")));
    EXPECT_THAT(told(2e9, true), IsEmpty());
    estimate.kept_bytes = 100e9;
    EXPECT_THAT(told(20e9), AllOf(HasSubstr("kept of so many replications would take about 93 GB"), HasSubstr("(-n)"),
                                  HasSubstr("--time-limit"), Not(HasSubstr("--threads"))));
}

TEST(Run, NotesWhatWillTakeLongerThanItsLimitOrADay) {
    using cli::time_note;
    StudyOptions options{.strategies = {"S0"}, .replications = 100, .threads = 2};
    const auto note = [&](double seconds, std::optional<double> limit) {
        return time_note({.fixed_bytes = 0,
                          .replication_bytes = 0,
                          .at_a_time = 2,
                          .replication_seconds = {1.0},
                          .wall_seconds = seconds},
                         options, limit);
    };
    EXPECT_THAT(note(80'000, {}), IsEmpty());
    EXPECT_THAT(note(300'000, {}), AllOf(HasSubstr("the 100 runs will take about 3 d 11 h on 2 threads"),
                                         HasSubstr("--resume"), HasSubstr("--time-limit")));
    EXPECT_THAT(note(500, 600.0), IsEmpty());
    EXPECT_THAT(note(1200, 300.0), HasSubstr("the time limit will end it after about 25 of them"));
    options.precision.emplace();  // nobody knows how many
    EXPECT_THAT(note(300'000, {}), IsEmpty());
}

TEST(Validate, TellsWhatARunTakes) {
    const Outcome tiny = entrepot({"validate", kTiny});
    EXPECT_EQ(tiny.exit_code, 0) << tiny.err;
    EXPECT_THAT(tiny.out, ::testing::ContainsRegex("takes about [0-9.]+ MB and 0\\.[0-9]+ s.*of CPU; the 20 of "
                                                   "`entrepot run`, on [0-9]+ threads?, about [0-9.]+ MB and "));
    // What can't even be built is told all the same.
    const Environment job{{"SLURM_MEM_PER_NODE", "2000"}};
    const Outcome large = entrepot({"validate", "scenarios/six_warehouses.toml", "--set", "items.count=600000", "--set",
                                    "calendar.measure='3000 d'"});
    EXPECT_EQ(large.exit_code, 0) << large.err;
    EXPECT_THAT(large.out, HasSubstr("too large for this machine: to build its network takes about"));
}

TEST(ProgressBar, BeginsWithWhatIsExpected) {
    using namespace studies::cli;
    const auto text = [](const Extent& extent) { return rest_text(extent, rest_of(extent, 0)); };
    EXPECT_EQ(text({.total = 120, .most_seconds = {}, .expected = 240.0}), "0 of 120, about 4 min 00 s left");
    EXPECT_EQ(text({.total = 120, .most_seconds = 60.0, .expected = 240.0}), "0 of 30, 60 s left");
    EXPECT_EQ(text({.total = 120, .known = false, .most_seconds = {}, .expected = 240.0}), "0 so far");
}

}  // namespace
}  // namespace entrepot::tests

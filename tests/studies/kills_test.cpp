#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "results/file/store.hpp"
#include "studies/disturbed_disk.hpp"

/// A run that is killed, at whatever moment, leaves a study that can be read, and --resume ends with the bytes of a run
/// that nobody disturbed. ENTREPOT_KILLS says how many kills of each kind to try: 50, or a thousand at night.
namespace entrepot::tests {
namespace {

constexpr int kKilled = 128 + SIGKILL;

int wanted_kills() {
    const char* said = std::getenv("ENTREPOT_KILLS");
    return said ? std::max(1, std::atoi(said)) : 50;
}

class Kills : public testing::Test {
protected:
    /// Runs again and again, until there were so many kills: each run goes on after a killed one, and begins anew after
    /// one that came to its end.
    void expect_no_trace(const std::function<Outcome(int kill)>& run) {
        const std::string whole = undisturbed();
        for (int kills = 0; kills < wanted_kills();) {
            const Outcome outcome = run(kills);
            if (outcome.exit_code != kKilled) {
                ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
                begin_anew(whole);
                continue;
            }
            ++kills;
            ASSERT_NO_FATAL_FAILURE(look(kills));
        }
        ASSERT_EQ(entrepot(command()).exit_code, 0);
        begin_anew(whole);
    }
    std::vector<std::string> command() const { return command(file_); }

    std::mt19937 random_{15};
    Scratch scratch_;

private:
    static std::vector<std::string> command(const std::string& file) {
        return {"run", kTiny, "-o", file, "--quiet", "-n", "30", "--confirm", "12", "--threads", "2", "--resume"};
    }
    std::string undisturbed() const {
        const std::string file = scratch_.path("undisturbed.h5");
        EXPECT_EQ(entrepot(command(file)).exit_code, 0);
        return bytes_of(file);
    }
    /// What a kill has left.
    void look(int kills) {
        if (!std::filesystem::exists(file_)) {
            ASSERT_EQ(finished_, 0u) << "lost by kill " << kills;
            return;
        }
        const std::size_t finished = results::load_study(file_).replication_count();
        ASSERT_GE(finished, finished_) << "lost by kill " << kills;
        finished_ = finished;
    }
    void begin_anew(const std::string& whole) {
        EXPECT_TRUE(bytes_of(file_) == whole);
        EXPECT_FALSE(std::filesystem::exists(file_ + ".unfinished"));
        EXPECT_FALSE(std::filesystem::exists(file_ + ".lock"));
        std::filesystem::remove(file_);
        finished_ = 0;
    }

    std::string file_ = scratch_.path("study.h5");
    std::size_t finished_ = 0;
};

TEST_F(Kills, AtAnyMomentLeaveNoTrace) {
    expect_no_trace(
        [this](int) { return entrepot(command(), std::uniform_int_distribution(5, 700)(random_), SIGKILL); });
}

/// At the first or second such call: of the save after the first replication of the run, or of the last one.
TEST_F(Kills, InsideEachCallOfASaveLeaveNoTrace) {
    constexpr std::array kPlaces{"write {} before",      "write {} within",        "write {} after",
                                 "fsync {} before",      "fsync {} after",         "rename {} before",
                                 "rename {} after",      "open {} after",          "ftruncate {} after",
                                 "open_folder {} after", "fsync_folder {} before", "fsync_folder {} after"};
    expect_no_trace([&, this](int kill) {
        const char* place = kPlaces[static_cast<std::size_t>(kill) % kPlaces.size()];
        const int nth = std::uniform_int_distribution(1, 2)(random_);
        return entrepot_on_disturbed_disk("kill " + fmt::format(fmt::runtime(place), nth), scratch_.path("."),
                                          command());
    });
}

}  // namespace
}  // namespace entrepot::tests

#include <chrono>

#include <gmock/gmock.h>

#include "results/file/store.hpp"
#include "studies/program.hpp"

/// A study that was stopped goes on, and ends with the bytes of one that was not; kills at any moment are tried in
/// kills_test.cpp.
namespace entrepot::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using Words = std::vector<std::string>;

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

class Resume : public testing::Test {
protected:
    /// The file of an undisturbed run.
    std::string undisturbed(const Words& options) const {
        const std::string file = scratch_.path("undisturbed.h5");
        EXPECT_EQ(entrepot(with({"run", kTiny, "-o", file, "--quiet", "--force"}, options)).exit_code, 0);
        return bytes_of(file);
    }
    Words command(const Words& options) const { return with({"run", kTiny, "-o", file_, "--quiet"}, options); }

    Scratch scratch_;
    std::string file_ = scratch_.path("study.h5");
};

TEST_F(Resume, WithAPrecisionToo) {
    const Words options{"--precision", "4 %", "--precision-of", "line_fill", "--most", "60", "--no-confirm"};
    const std::string whole = undisturbed(options);
    for (const int ms : {150, 300, 450}) entrepot(command(with(options, {"--resume"})), ms, SIGKILL);
    EXPECT_EQ(entrepot(command(with(options, {"--resume"}))).exit_code, 0);
    EXPECT_TRUE(bytes_of(file_) == whole);
}

TEST_F(Resume, MoreReplicationsContinueAFinishedStudy) {
    const std::string whole = undisturbed({"-n", "9"});
    ASSERT_EQ(entrepot(command({"-n", "5"})).exit_code, 0);
    EXPECT_EQ(entrepot(command({"-n", "9"})).exit_code, 4);
    EXPECT_EQ(entrepot(command({"-n", "9", "--resume"})).exit_code, 0);
    EXPECT_TRUE(bytes_of(file_) == whole);
    const Outcome again = entrepot(command({"-n", "9", "--resume"}));
    EXPECT_EQ(again.exit_code, 0);
    EXPECT_TRUE(bytes_of(file_) == whole);
}

TEST_F(Resume, AnotherStudyIsRefusedWithAllThatDiffers) {
    ASSERT_EQ(entrepot(command({"-n", "3", "--no-confirm"})).exit_code, 0);
    const std::string before = bytes_of(file_);
    const Outcome other = entrepot(command({"-n", "2", "--resume", "--seed", "5", "--strategies", "S0,S6", "--set",
                                            "site.North.pickers=9", "--no-series", "--no-confirm"}));
    EXPECT_EQ(other.exit_code, 3);
    EXPECT_THAT(other.err, AllOf(HasSubstr("seed: was "), HasSubstr("strategies: was S0, S1, S6, is S0, S6"),
                                 HasSubstr("site.North.pickers"), HasSubstr("daily series"),
                                 HasSubstr("replications: there are 3")));
    EXPECT_EQ(bytes_of(file_), before);
}

/// What a run with --force has finished beside the old study is gone on with; a new one says that it is replaced.
TEST_F(Resume, TakesWhatWasBesideAnOlderStudy) {
    ASSERT_EQ(entrepot(command({"-n", "2", "--seed", "1", "--no-confirm"})).exit_code, 0);
    const Words options{"-n", "400", "--seed", "2", "--no-confirm", "--force"};
    entrepot(command(options), 900, SIGTERM);
    const std::string partial = scratch_.path("study.partial.h5");
    const std::size_t finished = results::load_study(partial).replication_count();
    ASSERT_GT(finished, 0u);
    const Outcome on = entrepot(command(with(options, {"--resume"})), 900, SIGTERM);
    EXPECT_THAT(on.err, HasSubstr("goes on after the " + std::to_string(finished)));
    EXPECT_GT(results::load_study(partial).replication_count(), finished);
    EXPECT_EQ(results::load_study(file_).replication_count(), 2u);
    const Outcome anew = entrepot(command({"-n", "2", "--seed", "3", "--no-confirm", "--force"}));
    EXPECT_EQ(anew.exit_code, 0);
    EXPECT_THAT(anew.err, HasSubstr("study.partial.h5 of an earlier run is replaced"));
}

TEST_F(Resume, TheFirstReplicationIsSavedAtOnce) {
    entrepot(command({"-n", "50000", "--threads", "1", "--no-confirm"}), 600, SIGKILL);
    EXPECT_GT(results::load_study(file_).replication_count(), 0u);
}

/// A day of three million lines takes seconds.
TEST(HeavyDay, AStopAndATimeLimitAreHeededWithinAHeavyDay) {
    const Scratch scratch;
    const auto heavy = [&](std::vector<std::string> more) {
        std::vector<std::string> all{"run",
                                     kTiny,
                                     "-n",
                                     "2",
                                     "-j",
                                     "1",
                                     "-o",
                                     scratch.path("x.h5"),
                                     "--force",
                                     "--no-confirm",
                                     "--quiet",
                                     "--set",
                                     "demand.b2b.orders=100000 orders/d",
                                     "--set",
                                     "demand.b2b.lines=30 lines/order"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    };
    using Clock = std::chrono::steady_clock;
    Clock::time_point began = Clock::now();
    EXPECT_EQ(entrepot(heavy({}), 1500, SIGTERM).exit_code, 130);
    EXPECT_LT(Clock::now() - began, std::chrono::milliseconds(1500 + 1000));
    began = Clock::now();
    const Outcome late = entrepot(heavy({"--time-limit", "1.5 s"}));
    EXPECT_EQ(late.exit_code, 3);
    EXPECT_THAT(late.err, HasSubstr("before the first replication was whole"));
    EXPECT_LT(Clock::now() - began, std::chrono::milliseconds(1500 + 1000));
}

/// Each of the signals by which people and schedulers want an end.
TEST_F(Resume, SignalsSaveAndEnd) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU}) {
        const Outcome stopped = entrepot(command({"-n", "50000", "--no-confirm", "--force"}), 700, signal);
        EXPECT_EQ(stopped.exit_code, 130) << signal;
        EXPECT_THAT(stopped.err, HasSubstr("--resume")) << signal;
        EXPECT_GT(results::load_study(file_).replication_count(), 0u) << signal;
        std::filesystem::remove(file_);
    }
}

}  // namespace
}  // namespace entrepot::tests

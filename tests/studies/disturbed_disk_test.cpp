#include "studies/disturbed_disk.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "results/file/store.hpp"

/// A disk that fails for a while, or for good, while a study runs.
namespace entrepot::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kRuns[] = "20";

class DisturbedDisk : public testing::Test {
protected:
    Outcome run(const std::string& disturbance, const std::string& threads) const {
        return entrepot_on_disturbed_disk(
            disturbance, elsewhere_,
            {"run", kTiny, "-n", kRuns, "--no-confirm", "--quiet", "--threads", threads, "-o", file_});
    }
    static std::string undisturbed() {
        static const std::string bytes = [] {
            const Scratch scratch;
            const std::string file = scratch.path("whole.h5");
            EXPECT_EQ(entrepot({"run", kTiny, "-n", kRuns, "--no-confirm", "--quiet", "-o", file}).exit_code, 0);
            return bytes_of(file);
        }();
        return bytes;
    }

    Scratch scratch_;
    std::string file_ = scratch_.path("study.h5"), elsewhere_ = [this] {
        const std::string folder = scratch_.path("elsewhere");
        std::filesystem::create_directory(folder);
        return folder;
    }();
};

TEST_F(DisturbedDisk, WithoutLocksOrWithShortWritesIsNoReasonToFail) {
    for (const char* disturbance : {"fail fcntl 1 1000000", "short"}) {
        const Outcome outcome = run(disturbance, "2");
        EXPECT_EQ(outcome.exit_code, 0) << disturbance << outcome.err;
        EXPECT_EQ(outcome.err.find("run goes on"), std::string::npos) << disturbance;
        EXPECT_TRUE(bytes_of(file_) == undisturbed()) << disturbance;
        std::filesystem::remove(file_);
    }
}

/// A system call of a save, and how often it is called before the run begins, when the place is tried.
struct Call {
    const char* name;
    int before = 0;
};

class FailingCall : public DisturbedDisk, public testing::WithParamInterface<Call> {
protected:
    /// Runs with calls `from` to `to` of the run's saves failing.
    Outcome fail(int from, int to, const std::string& threads) const {
        const int before = GetParam().before;
        return run(fmt::format("fail {} {} {}", GetParam().name, before + from, before + to), threads);
    }
};

// All that a save calls, but for the lock (above), and for what takes away or closes: a failure of that changes nothing
// that is on the disk.
INSTANTIATE_TEST_SUITE_P(Of, FailingCall,
                         testing::Values(Call{"open", 1}, Call{"fstat", 1}, Call{"lstat", 1}, Call{"ftruncate"},
                                         Call{"write"}, Call{"fsync"}, Call{"rename"}, Call{"open_folder"},
                                         Call{"fsync_folder"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(FailingCall, ForAWhileEndsNoRun) {
    for (const char* threads : {"1", "2", "8"}) {
        const Outcome outcome = fail(1, 1, threads);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_THAT(outcome.err,
                    AllOf(HasSubstr("No space left on device; the run goes on"), Not(HasSubstr("internal error"))));
        EXPECT_TRUE(bytes_of(file_) == undisturbed()) << threads << " threads";
        std::filesystem::remove(file_);
    }
}

TEST_P(FailingCall, ForGoodLeavesTheLastSaveAndTheStudyElsewhere) {
    for (const char* threads : {"1", "2", "8"}) {
        const Outcome outcome = fail(2, 1'000'000, threads);
        EXPECT_EQ(outcome.exit_code, 4) << outcome.err;
        EXPECT_GT(results::load_study(file_).replication_count(), 0u);
        ASSERT_FALSE(std::filesystem::is_empty(elsewhere_));
        const std::filesystem::path saved = std::filesystem::directory_iterator(elsewhere_)->path();
        EXPECT_THAT(outcome.err, HasSubstr(saved.string() + " instead"));
        EXPECT_TRUE(bytes_of(saved.string()) == undisturbed());
        std::filesystem::remove(saved);
        std::filesystem::remove(file_);
    }
}

}  // namespace
}  // namespace entrepot::tests

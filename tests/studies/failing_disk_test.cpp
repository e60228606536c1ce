#include <filesystem>

#include <gmock/gmock.h>

#include "results/file/store.hpp"
#include "studies/program.hpp"

/// A disk that fails for a while, or for good, while a study runs. tests/studies/failing_disk lets the calls fail.
namespace entrepot::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kRuns[] = "60";

class FailingDisk : public testing::TestWithParam<const char*> {
protected:
    /// Runs with calls `from` to `to` failing.
    Outcome run(int from, int to, const std::string& threads) const {
        return run_program("/usr/bin/env", {"LD_PRELOAD=" ENTREPOT_FAILING_DISK,
                                            "ENTREPOT_TEST_FAIL=" + std::string(GetParam()) + " " +
                                                std::to_string(from) + " " + std::to_string(to),
                                            "TMPDIR=" + elsewhere_, ENTREPOT_PROGRAM, "run", kTiny, "-n", kRuns,
                                            "--no-confirm", "--quiet", "--threads", threads, "-o", file_});
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

// The place is tried once before the run: that call of open is the first.
INSTANTIATE_TEST_SUITE_P(Of, FailingDisk, testing::Values("open", "ftruncate", "write", "fsync", "rename"));

TEST_P(FailingDisk, ForAWhileEndsNoRun) {
    const int first = std::string(GetParam()) == "open" ? 2 : 1;
    for (const char* threads : {"1", "2", "8"}) {
        const Outcome outcome = run(first, first, threads);
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_THAT(outcome.err,
                    AllOf(HasSubstr("No space left on device; the run goes on"), Not(HasSubstr("internal error"))));
        EXPECT_TRUE(bytes_of(file_) == undisturbed()) << threads << " threads";
        std::filesystem::remove(file_);
    }
}

TEST_P(FailingDisk, ForGoodLeavesTheLastSaveAndTheStudyElsewhere) {
    const int second = std::string(GetParam()) == "open" ? 3 : 2;
    const Outcome outcome = run(second, 1'000'000, "2");
    EXPECT_EQ(outcome.exit_code, 4) << outcome.err;
    EXPECT_GT(results::load_study(file_).replication_count(), 0u);
    ASSERT_FALSE(std::filesystem::is_empty(elsewhere_));
    const std::filesystem::path saved = std::filesystem::directory_iterator(elsewhere_)->path();
    EXPECT_THAT(outcome.err, HasSubstr(saved.string() + " instead"));
    EXPECT_TRUE(bytes_of(saved.string()) == undisturbed());
}

}  // namespace
}  // namespace entrepot::tests

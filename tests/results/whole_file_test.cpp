#include "results/file/whole_file.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "results/file/lock.hpp"
#include "results/scratch_folder.hpp"
#include "results/stored_study.hpp"
#include "results/study_fixture.hpp"

namespace entrepot::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(PlaceForFile, IsToldBeforeTheRun) {
    const ScratchFolder folder;
    const auto complaint = [](const fs::path& file) { return error_of([&] { results::want_place_for_file(file); }); };
    EXPECT_NO_THROW(results::want_place_for_file(folder / "new.h5"));
    EXPECT_TRUE(fs::is_empty(folder.path()));
    write_bytes(folder / "old.h5", "precious");
    EXPECT_NO_THROW(results::want_place_for_file(folder / "old.h5"));
    EXPECT_EQ(bytes_of(folder / "old.h5"), "precious");
    EXPECT_THAT(complaint(folder.path()), HasSubstr("is a folder"));
    EXPECT_THAT(complaint(folder / "no/study.h5"), HasSubstr("there is no folder"));
    EXPECT_THAT(complaint("/proc/study.h5"), HasSubstr("can't be written"));
    EXPECT_THAT(complaint("/dev/null"), HasSubstr("is a device or a pipe"));
    fs::create_symlink(folder / "old.h5", folder / "link.h5");
    EXPECT_THAT(complaint(folder / "link.h5"), HasSubstr("is a link"));
}

TEST(WholeFile, IsWrittenOverWhatWasThereAndLeavesNothingBeside) {
    const ScratchFolder folder;
    write_bytes(folder / "x", "a longer text");
    write_bytes(folder / "x.unfinished", "left by a run that was killed");
    results::write_whole(folder / "x", "short");
    EXPECT_EQ(bytes_of(folder / "x"), "short");
    EXPECT_FALSE(fs::exists(folder / "x.unfinished"));
}

TEST(WholeFile, IsMadeOfItsPiecesOrIsAsItWas) {
    const ScratchFolder folder;
    write_bytes(folder / "x", "what was there");
    const auto breaks_off = [](const results::Pieces& pieces) {
        pieces("half of it");
        throw std::runtime_error("nothing more to say");
    };
    EXPECT_THROW(results::write_whole(folder / "x", breaks_off), std::runtime_error);
    EXPECT_EQ(bytes_of(folder / "x"), "what was there");
    EXPECT_FALSE(fs::exists(folder / "x.unfinished"));
    results::write_whole(folder / "x", [](const results::Pieces& pieces) {
        for (const char* piece : {"a", "b", "", "c"}) pieces(piece);
    });
    EXPECT_EQ(bytes_of(folder / "x"), "abc");
}

/// Whoever writes the same file at the same time is refused, and what comes to stand there is whole.
TEST(WholeFile, ManyWritersLeaveOneOfTheirTexts) {
    const ScratchFolder folder;
    const auto text_of = [](int writer) { return std::string(200'000, static_cast<char>('a' + writer)); };
    std::atomic<int> refused = 0;
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 8; ++writer) {
            writers.emplace_back([&, writer] {
                for (int i = 0; i < 20; ++i) {
                    try {
                        results::write_whole(folder / "x", text_of(writer));
                    } catch (const results::StoreError&) {
                        ++refused;
                    }
                    const std::string seen = bytes_of(folder / "x");
                    EXPECT_TRUE(seen.empty() || seen == text_of(seen[0] - 'a')) << "torn";
                }
            });
        }
    }
    EXPECT_LT(refused, 160);
    EXPECT_EQ(bytes_of(folder / "x").size(), 200'000u);
}

TEST(FileLock, SaysWhoHoldsItAndEndsWithItsHolder) {
    const ScratchFolder folder;
    const fs::path file = folder / "study.h5";
    {
        const results::FileLock first(file);
        const std::string told = error_of([&] { const results::FileLock second(file); });
        EXPECT_THAT(told, HasSubstr("process " + std::to_string(getpid()) + " on "));
        EXPECT_NO_THROW(results::FileLock(folder / "other.h5"));
    }
    EXPECT_TRUE(fs::is_empty(folder.path()));
    write_bytes(folder / "study.h5.lock", "process 1 on a machine that was switched off");
    EXPECT_NO_THROW(results::FileLock{file});
}

/// The process that reads a study for somebody outlives him for a moment, and holds nothing of his. Without that, one
/// kill in three or so leaves the lock for as long as a dataset takes.
TEST(FileLock, EndsWithAHolderWhoIsKilledWhileAStudyIsReadForHim) {
    const ScratchFolder folder;
    const fs::path file = folder / "study.h5";
    results::save_study(file, numbered_study(300));
    for (int kill = 0; kill < 10; ++kill) {
        const pid_t holder = ::fork();
        ASSERT_GE(holder, 0);
        if (holder == 0) {
            try {
                const results::FileLock lock(file);
                for (;;) results::load_study(file);
            } catch (...) {
                ::_exit(EXIT_FAILURE);  // and not on with this test
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(150 + 7 * kill));
        ::kill(holder, SIGKILL);
        ::waitpid(holder, nullptr, 0);
        EXPECT_NO_THROW(results::FileLock{file}) << kill;
    }
}

}  // namespace
}  // namespace entrepot::tests

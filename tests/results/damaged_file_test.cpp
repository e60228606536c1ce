#include <chrono>
#include <functional>
#include <thread>

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "results/file/contents.hpp"
#include "results/scratch_folder.hpp"
#include "results/stored_study.hpp"
#include "results/study_fixture.hpp"

/// What goes wrong with files: cut off, damaged, edited, on a full disk, or with a program that is killed.
namespace entrepot::tests {
namespace {

using results::load_study;
using results::save_study;
using results::StoreError;
using results::Study;
using testing::HasSubstr;
namespace fs = std::filesystem;

TEST(LoadStudy, SaysWhatIsWrongWithAFile) {
    const ScratchFolder folder;
    EXPECT_THAT(error_of([&] { load_study(folder / "none.h5"); }), HasSubstr("none.h5: no such file"));
    EXPECT_THAT(error_of([&] { load_study(folder.path()); }), HasSubstr("is not a file"));
    write_bytes(folder / "text.h5", "kpi,value\n");
    EXPECT_THAT(error_of([&] { load_study(folder / "text.h5"); }), HasSubstr("is not an HDF5 file"));
    write_bytes(folder / "empty.h5", "");
    EXPECT_THAT(error_of([&] { load_study(folder / "empty.h5"); }), HasSubstr("is not an HDF5 file"));
}

TEST(LoadStudy, RefusesOtherFormatsAndOtherHdf5Files) {
    const ScratchFolder folder;
    {
        const results::hdf5::File file(
            H5Fcreate((folder / "other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    }
    EXPECT_THAT(error_of([&] { load_study(folder / "other.h5"); }), HasSubstr("not a complete study"));
    {
        const results::hdf5::File file(
            H5Fcreate((folder / "later.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
        const auto group = results::hdf5::create_group(file, "manifest");
        const std::int32_t version = 99;
        results::hdf5::write<std::int32_t>(group, "format_version", {1}, std::span(&version, 1));
    }
    EXPECT_THAT(error_of([&] { load_study(folder / "later.h5"); }),
                HasSubstr("format 99, this program reads formats 1 to 3"));
}

TEST(LoadStudy, RefusesAFileCutOffAnywhere) {
    const ScratchFolder folder;
    save_study(folder / "study.h5", numbered_study(2));
    const std::string whole = bytes_of(folder / "study.h5");
    for (std::size_t share = 0; share < 40; ++share) {
        write_bytes(folder / "cut.h5", whole.substr(0, whole.size() * share / 40));
        EXPECT_THAT(error_of([&] { load_study(folder / "cut.h5"); }), HasSubstr("cut.h5: is")) << share;
    }
}

/// A byte changed anywhere: refused, or the very same study. Every byte of the first half kilobyte, where HDF5 keeps
/// what everything hangs on, and some 500 of the rest, each with one bit or with all of them.
TEST(LoadStudy, RefusesAChangedByteOrReadsTheSame) {
    const ScratchFolder folder;
    Study study = numbered_study(2);
    study.confirmation = {.strategy = "S6", .first = 2, .replications = {study.replications[0], study.replications[2]}};
    for (auto& runs : study.confirmation->replications) {
        for (auto& run : runs) run.series.clear();
    }
    save_study(folder / "whole.h5", study);
    const std::string whole = bytes_of(folder / "whole.h5");
    int refused = 0, same = 0;
    for (std::size_t at = 0; at < whole.size(); at += at < 500 ? 1 : 1 + whole.size() / 500) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ (at % 3 == 0 ? 0xFF : 1 << at % 8));
        write_bytes(folder / "damaged.h5", damaged);
        try {
            expect_equal(load_study(folder / "damaged.h5"), study);
            ASSERT_FALSE(testing::Test::HasFailure()) << "byte " << at;
            ++same;
        } catch (const StoreError& error) {
            ASSERT_THAT(error.what(), HasSubstr("damaged.h5: is")) << at;
            ++refused;
        }
    }
    EXPECT_GT(refused, 10 * same);  // only gaps between HDF5's blocks don't matter
    RecordProperty("refused", refused);
    RecordProperty("same", same);
}

/// HDF5 1.10 frees what it never had when the names of a group lie in a heap that is damaged: they must not.
TEST(SaveStudy, KeepsNamesInTheHeadersOfGroups) {
    const ScratchFolder folder;
    save_study(folder / "study.h5", numbered_study(2));
    edit(folder / "study.h5", [](hid_t file) {
        for (const char* name : {"/", "/manifest", "/dimensions", "/kpi", "/run", "/series"}) {
            H5G_info_t group;
            ASSERT_GE(H5Gget_info_by_name(file, name, &group, H5P_DEFAULT), 0);
            EXPECT_EQ(group.storage_type, H5G_STORAGE_TYPE_COMPACT) << name << ", " << group.nlinks;
        }
    });
}

/// What other programs can do to a file without breaking it.
TEST(LoadStudy, RefusesAnEditedFileAndSaysWhere) {
    const ScratchFolder folder;
    using results::hdf5::Dataset;
    const std::int32_t one = 1;
    const std::vector<std::pair<std::string, std::function<void(hid_t)>>> edits{
        {"kpi/numerator was changed",
         [](hid_t file) {
             const Dataset set(H5Dopen2(file, "kpi/numerator", H5P_DEFAULT));
             std::vector<double> values(3 * 2 * numbered_study(0).rows.size());
             ASSERT_GE(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
             values.back() *= 10;
             ASSERT_GE(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
         }},
        {"manifest/strategies was changed",
         [](hid_t file) {
             drop(file, "manifest/strategies");
             const results::hdf5::Group group(H5Gopen2(file, "manifest", H5P_DEFAULT));
             results::hdf5::write_texts(group, "strategies", std::vector<std::string>{"S6", "S1", "S0"});
         }},
        {"series/open_lines is missing", [](hid_t file) { drop(file, "series/open_lines"); }},
        {"note was added",
         [&](hid_t file) { results::hdf5::write<std::int32_t>(file, "note", {1}, std::span(&one, 1)); }},
        {"kpi/digest was added",
         [](hid_t file) { ASSERT_GE(H5Lmove(file, "run/digest", file, "kpi/digest", H5P_DEFAULT, H5P_DEFAULT), 0); }},
        {"manifest/format_version was changed", [](hid_t file) { set_format(file, 2); }},
        {"checksums is missing", [](hid_t file) { drop(file, results::kSeal); }},
        {"run/events was given an attribute",
         [](hid_t file) {
             const Dataset set(H5Dopen2(file, "run/events", H5P_DEFAULT));
             const results::hdf5::Space space(H5Screate(H5S_SCALAR));
             ASSERT_GE(H5Aclose(H5Acreate2(set, "unit", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT)), 0);
         }},
        {"is an HDF5 file but not a complete study",
         [](hid_t file) { ASSERT_GE(H5Lcreate_soft("/kpi", file, "also", H5P_DEFAULT, H5P_DEFAULT), 0); }},
    };
    for (const auto& [said, change] : edits) {
        save_study(folder / "study.h5", numbered_study(2));
        edit(folder / "study.h5", change);
        EXPECT_THAT(error_of([&] { load_study(folder / "study.h5"); }), HasSubstr(said));
    }
}

TEST(Seal, IsMadeOfSha256) {
    EXPECT_EQ(results::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(results::sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/// A full disk, played by a limit on the size of files in a child process.
TEST(SaveStudy, KeepsTheOldStudyWhenTheDiskIsFull) {
    const ScratchFolder folder;
    save_study(folder / "study.h5", numbered_study(1));
    const std::string before = bytes_of(folder / "study.h5");
    const auto size = static_cast<rlim_t>(before.size());
    for (const rlim_t limit : {size / 4, size / 2, size, 2 * size}) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit small{limit, limit};
            ::setrlimit(RLIMIT_FSIZE, &small);
            const std::string error = error_of([&] { save_study(folder / "study.h5", numbered_study(20)); });
            ::_exit(error.find("can't be written") != std::string::npos ? 0 : 1);
        }
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << limit;
        EXPECT_EQ(bytes_of(folder / "study.h5"), before);
        EXPECT_FALSE(fs::exists(folder / "study.h5.unfinished"));
    }
}

/// A writer that saves after each replication is killed at 25 moments; whatever the moment, the file is a study.
TEST(SaveStudy, LosesNothingWhenItIsKilled) {
    const ScratchFolder folder;
    const fs::path file = folder / "study.h5";
    const Study whole = numbered_study(30);
    for (int trial = 0; trial < 25; ++trial) {
        fs::remove(file);
        const pid_t child = ::fork();
        if (child == 0) {
            Study study = whole;
            for (std::size_t finished = 1;; finished = finished % 30 + 1) {
                for (std::size_t s = 0; s < 3; ++s) {
                    study.replications[s].assign(whole.replications[s].begin(),
                                                 whole.replications[s].begin() + static_cast<std::ptrdiff_t>(finished));
                }
                save_study(file, study);
            }
        }
        while (!fs::exists(file)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        std::this_thread::sleep_for(std::chrono::microseconds(1700 * trial));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const Study found = load_study(file);
        ASSERT_GE(found.replication_count(), 1u);
        const std::size_t last = found.replication_count() - 1;
        EXPECT_EQ(found.replications[2][last].numerator, whole.replications[2][last].numerator);
        EXPECT_EQ(found.replications[0][last].series, whole.replications[0][last].series);
    }
}

}  // namespace
}  // namespace entrepot::tests

#include "results/store.hpp"

#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "results/contents.hpp"
#include "results/hdf5.hpp"
#include "results/scratch_folder.hpp"
#include "results/study_fixture.hpp"

namespace entrepot::tests {
namespace {

using results::load_study;
using results::save_study;
using results::StoreError;
using results::Study;
using testing::HasSubstr;
namespace fs = std::filesystem;

template <class F>
std::string error_of(F&& act) {
    try {
        act();
    } catch (const StoreError& error) {
        return error.what();
    }
    return "no error";
}

void expect_equal(const Study& a, const Study& b) {
    EXPECT_EQ(a.manifest.program_version, b.manifest.program_version);
    EXPECT_EQ(a.manifest.source_commit, b.manifest.source_commit);
    EXPECT_EQ(a.manifest.scenario_name, b.manifest.scenario_name);
    EXPECT_EQ(a.manifest.scenario_text, b.manifest.scenario_text);
    EXPECT_EQ(a.manifest.scenario_digest, b.manifest.scenario_digest);
    EXPECT_EQ(a.manifest.seed, b.manifest.seed);
    EXPECT_EQ(a.manifest.comparator, b.manifest.comparator);
    EXPECT_EQ(a.manifest.finance, b.manifest.finance);
    EXPECT_EQ(a.dimensions.sites, b.dimensions.sites);
    EXPECT_EQ(a.dimensions.tiers, b.dimensions.tiers);
    EXPECT_EQ(a.dimensions.classes, b.dimensions.classes);
    EXPECT_EQ(a.dimensions.item_cost, b.dimensions.item_cost);
    EXPECT_EQ(a.dimensions.first_day, b.dimensions.first_day);
    EXPECT_EQ(a.dimensions.end_day, b.dimensions.end_day);
    EXPECT_EQ(a.dimensions.total_days, b.dimensions.total_days);
    EXPECT_EQ(a.dimensions.currency, b.dimensions.currency);
    EXPECT_EQ(a.dimensions.start_date, b.dimensions.start_date);
    ASSERT_EQ(a.dimensions.phases.size(), b.dimensions.phases.size());
    for (std::size_t p = 0; p < a.dimensions.phases.size(); ++p) {
        EXPECT_EQ(a.dimensions.phases[p].name, b.dimensions.phases[p].name);
        EXPECT_EQ(a.dimensions.phases[p].first_day, b.dimensions.phases[p].first_day);
        EXPECT_EQ(a.dimensions.phases[p].end_day, b.dimensions.phases[p].end_day);
        EXPECT_EQ(a.dimensions.phases[p].calm, b.dimensions.phases[p].calm);
    }
    EXPECT_EQ(a.strategies, b.strategies);
    EXPECT_EQ(a.titles, b.titles);
    EXPECT_EQ(a.descriptions, b.descriptions);
    EXPECT_EQ(a.manifest.scenario_title, b.manifest.scenario_title);
    EXPECT_EQ(a.dimensions.site_captions, b.dimensions.site_captions);
    EXPECT_EQ(a.dimensions.tier_captions, b.dimensions.tier_captions);
    EXPECT_EQ(a.series, b.series);
    ASSERT_EQ(a.rows.size(), b.rows.size());
    for (std::size_t r = 0; r < a.rows.size(); ++r) {
        EXPECT_EQ(a.rows[r].kpi, b.rows[r].kpi);
        EXPECT_EQ(a.rows[r].label, b.rows[r].label);
        EXPECT_EQ(a.rows[r].slice, b.rows[r].slice);
    }
    ASSERT_EQ(a.replications.size(), b.replications.size());
    for (std::size_t s = 0; s < a.replications.size(); ++s) {
        ASSERT_EQ(a.replications[s].size(), b.replications[s].size());
        for (std::size_t r = 0; r < a.replications[s].size(); ++r) {
            const auto &x = a.replications[s][r], &y = b.replications[s][r];
            EXPECT_EQ(x.numerator, y.numerator);
            EXPECT_EQ(x.denominator, y.denominator);
            EXPECT_EQ(x.series, y.series);
            EXPECT_EQ(x.digest, y.digest);
            EXPECT_EQ(x.events, y.events);
            EXPECT_EQ(x.order_lines, y.order_lines);
        }
    }
}

TEST(Store, ReadsBackWhatItWrote) {
    const ScratchFolder folder;
    const Study study = numbered_study(4);
    save_study(folder / "study.h5", study);
    expect_equal(load_study(folder / "study.h5"), study);
    EXPECT_FALSE(fs::exists(folder / "study.h5.unfinished"));
}

TEST(Store, KeepsWhatPeopleCallThings) {
    const ScratchFolder folder;
    Study study = numbered_study(2);
    study.manifest.scenario_title = "Zwei Läger";
    study.descriptions = {"as it is", "", "another way"};
    study.dimensions.site_captions.resize(study.dimensions.sites.size());
    study.dimensions.site_captions.back() = {"Südost", "hardest hit"};
    study.dimensions.tier_captions.resize(study.dimensions.tiers.size(), {"", "who they are"});
    save_study(folder / "study.h5", study);
    expect_equal(load_study(folder / "study.h5"), study);
}

TEST(Store, KeepsThePrecisionTheEndingAndTheFreshReplications) {
    const ScratchFolder folder;
    Study study = numbered_study(4);
    const Study more = numbered_study(7);
    study.antithetic = true;
    study.ending = results::Ending::capped;
    study.precision = {.relative = 0.02, .least = 12, .most = 50, .of = {"line_fill", "difference:otif"}};
    study.confirmation = {.strategy = "S6", .first = 4, .replications = {{}, {}}};
    for (std::size_t r = 4; r < 7; ++r) {
        study.confirmation->replications[0].push_back(more.replications[0][r]);
        study.confirmation->replications[1].push_back(more.replications[2][r]);
    }
    save_study(folder / "study.h5", study);
    const Study back = load_study(folder / "study.h5");
    expect_equal(back, study);
    EXPECT_TRUE(back.antithetic);
    EXPECT_EQ(back.ending, results::Ending::capped);
    ASSERT_TRUE(back.precision.has_value());
    EXPECT_EQ(back.precision->relative, 0.02);
    EXPECT_EQ(back.precision->least, 12u);
    EXPECT_EQ(back.precision->most, 50u);
    EXPECT_EQ(back.precision->of, study.precision->of);
    ASSERT_TRUE(back.confirmation.has_value());
    EXPECT_EQ(back.confirmation->strategy, "S6");
    EXPECT_EQ(back.confirmation->first, 4u);
    ASSERT_EQ(back.confirmation->replication_count(), 3u);
    EXPECT_EQ(back.confirmation->replications[1][2].numerator, more.replications[2][6].numerator);
    EXPECT_EQ(back.confirmation->replications[0][1].digest, more.replications[0][5].digest);
}

/// Opens a study's file as another program would, and changes it.
void edit(const fs::path& path, const std::function<void(hid_t)>& change) {
    const results::hdf5::File file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
    ASSERT_GE(static_cast<hid_t>(file), 0);
    change(file);
}

void drop(hid_t file, const char* name) { ASSERT_GE(H5Ldelete(file, name, H5P_DEFAULT), 0) << name; }

void set_format(hid_t file, std::int32_t version) {
    drop(file, "manifest/format_version");
    const results::hdf5::Group group(H5Gopen2(file, "manifest", H5P_DEFAULT));
    results::hdf5::write<std::int32_t>(group, "format_version", {1}, std::span(&version, 1));
}

/// A file of the first format: without the checksums, the ending, the pairs, a precision and fresh replications; and
/// one of the second, without the checksums alone.
TEST(Store, ReadsTheOldFormats) {
    const ScratchFolder folder;
    const Study study = numbered_study(2);
    for (const int version : {1, 2}) {
        save_study(folder / "old.h5", study);
        edit(folder / "old.h5", [&](hid_t file) {
            set_format(file, version);
            drop(file, results::kSeal);
            if (version == 2) return;
            drop(file, "manifest/ending");
            drop(file, "manifest/antithetic");
        });
        const Study back = load_study(folder / "old.h5");
        expect_equal(back, study);
        EXPECT_EQ(back.ending, results::Ending::complete);
        EXPECT_FALSE(back.confirmation || back.precision || back.antithetic);
        EXPECT_FALSE(back.checked);
    }
    save_study(folder / "new.h5", study);
    EXPECT_TRUE(load_study(folder / "new.h5").checked);
}

TEST(Store, KeepsAStudyWithoutReplicationsOrPhases) {
    const ScratchFolder folder;
    results::Dimensions plain = small_dimensions();
    plain.phases.clear();
    const Study study = numbered_study(0, plain);
    save_study(folder / "study.h5", study);
    expect_equal(load_study(folder / "study.h5"), study);
}

TEST(Store, EqualStudiesAreEqualBytes) {
    const ScratchFolder folder;
    save_study(folder / "a.h5", numbered_study(3));
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // past HDF5's time stamps, which are whole seconds
    save_study(folder / "other.h5", numbered_study(3));
    EXPECT_EQ(bytes_of(folder / "a.h5"), bytes_of(folder / "other.h5"));
    save_study(folder / "other.h5", numbered_study(4));
    EXPECT_NE(bytes_of(folder / "a.h5"), bytes_of(folder / "other.h5"));
}

TEST(Store, BytesDontTellHowOftenItWasSavedOnTheWay) {
    const ScratchFolder folder;
    for (const std::size_t finished : {1u, 2u, 3u}) save_study(folder / "grown.h5", numbered_study(finished));
    save_study(folder / "whole.h5", numbered_study(3));
    EXPECT_EQ(bytes_of(folder / "grown.h5"), bytes_of(folder / "whole.h5"));
}

/// A Python that has h5py; the distribution's own may hide behind another one. Empty when there is none.
std::string python_with_h5py() {
    for (const std::string python : {"python3", "/usr/bin/python3"}) {
        if (std::system((python + " -c 'import h5py' > /dev/null 2>&1").c_str()) == 0) return python;
    }
    return "";
}

/// What a command prints; a failure when it ends with an error.
std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return out;
}

/// Read with h5py alone, by the names of FORMAT.md.
TEST(Store, IsReadableWithoutThisProgram) {
    const std::string python = python_with_h5py();
    if (python.empty()) GTEST_SKIP() << "no python3 with h5py here";
    const ScratchFolder folder;
    const Study study = numbered_study(3);
    save_study(folder / "study.h5", study);
    write_bytes(folder / "read.py", R"(
import h5py, json, sys
f = h5py.File(sys.argv[1], "r")
text = lambda a: [s.decode() for s in a]
rows = list(zip(text(f["kpi/row_kpi"][:]), text(f["kpi/row_slice"][:])))
row = rows.index(("otif", "site=West,phase=spike"))
print(json.dumps({
  "version": int(f["manifest/format_version"][0]),
  "scenario": f["manifest/scenario_text"][0].decode(),
  "seed": int(f["manifest/seed"][0]),
  "strategies": text(f["manifest/strategies"][:]),
  "sites": text(f["dimensions/sites"][:]),
  "rows": len(rows), "row": row, "index": f["kpi/row_index"][row].tolist(),
  "shape": f["kpi/numerator"].shape,
  "numerator": f["kpi/numerator"][2, 1, row], "denominator": f["kpi/denominator"][2, 1, row],
  "digest": int(f["run/digest"][2, 1]),
  "open_lines": float(f["series/open_lines"][1, 2, 1, 5]),
}))
)");
    const std::string out =
        output_of(python + " " + (folder / "read.py").string() + " " + (folder / "study.h5").string());
    const auto read = nlohmann::json::parse(out);
    const auto row = read["row"].get<std::size_t>();
    EXPECT_EQ(read["version"], results::kFormatVersion);
    EXPECT_EQ(read["scenario"], study.manifest.scenario_text);
    EXPECT_EQ(read["seed"], study.manifest.seed);
    EXPECT_EQ(read["strategies"], study.strategies);
    EXPECT_EQ(read["sites"], study.dimensions.sites);
    EXPECT_EQ(read["rows"], study.rows.size());
    EXPECT_EQ(read["index"], (std::vector{1, -1, -1, 1}));
    EXPECT_EQ(read["shape"], (std::vector<std::size_t>{3, 3, study.rows.size()}));
    EXPECT_EQ(read["numerator"], study.replications[2][1].numerator[row]);
    EXPECT_EQ(read["denominator"], study.replications[2][1].denominator[row]);
    EXPECT_EQ(read["digest"], study.replications[2][1].digest);
    const auto names = results::series_names();
    const auto which = static_cast<std::size_t>(std::find(names.begin(), names.end(), "open_lines") - names.begin());
    EXPECT_EQ(read["open_lines"], study.replications[1][2].series[(which * 3 + 1) * 12 + 5]);
}

/// The series' indices count from the warm-up, days from the measured window: the file says both.
TEST(Store, SaysTheDayOfEachIndex) {
    const std::string python = python_with_h5py();
    if (python.empty()) GTEST_SKIP() << "no python3 with h5py here";
    const ScratchFolder folder;
    const Study study = numbered_study(2);
    save_study(folder / "study.h5", study);
    write_bytes(folder / "days.py",
                "import h5py\nf = h5py.File('study.h5')\nday = f['dimensions/day'][:]\n"
                "print(len(day), day[0], day[f['dimensions/first_day'][0]], day[-1])\n");
    const std::string out = output_of("cd " + folder.path().string() + " && " + python + " days.py");
    const results::Dimensions& d = study.dimensions;
    ASSERT_GT(d.first_day, 0);
    EXPECT_EQ(out, std::to_string(d.total_days) + " " + std::to_string(-d.first_day) + " 0 " +
                       std::to_string(d.total_days - d.first_day - 1) + "\n");
}

/// What the page's example of that number prints of a study.
std::string output_of_example(int number, const ScratchFolder& folder, const std::string& python) {
    const std::string page = bytes_of(ENTREPOT_SOURCE_DIR "/results/FORMAT.md"), mark = "```python\n";
    std::size_t begin = 0;
    for (int i = 0; i <= number; ++i) begin = page.find(mark, begin) + mark.size();
    EXPECT_LT(begin, page.size());
    write_bytes(folder / "example.py", page.substr(begin, page.find("```", begin) - begin));
    return output_of("cd " + folder.path().string() + " && " + python + " example.py");
}

TEST(Store, TheExamplesInItsDocumentationRun) {
    const std::string python = python_with_h5py();
    if (python.empty()) GTEST_SKIP() << "no python3 with h5py here";
    const ScratchFolder folder;
    save_study(folder / "study.h5", numbered_study(2));
    EXPECT_THAT(output_of_example(0, folder, python), testing::AllOf(HasSubstr("'S0': "), HasSubstr("'S6': ")));
    EXPECT_EQ(output_of_example(1, folder, python), "as it was written\n");
    edit(folder / "study.h5", [](hid_t file) { drop(file, "run/events"); });
    EXPECT_EQ(output_of_example(1, folder, python), "changed: run/events\n");
}

// --------------------------------------------------------------------------------------------------------- what goes
// wrong

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

TEST(CheckWritable, TellsBeforeTheRun) {
    const ScratchFolder folder;
    EXPECT_NO_THROW(results::check_writable(folder / "new.h5", false));
    EXPECT_FALSE(fs::exists(folder / "new.h5"));
    write_bytes(folder / "old.h5", "precious");
    EXPECT_THAT(error_of([&] { results::check_writable(folder / "old.h5", false); }), HasSubstr("exists already"));
    EXPECT_NO_THROW(results::check_writable(folder / "old.h5", true));
    EXPECT_EQ(bytes_of(folder / "old.h5"), "precious");
    EXPECT_THAT(error_of([&] { results::check_writable(folder.path(), true); }), HasSubstr("is a folder"));
    EXPECT_THAT(error_of([&] { results::check_writable(folder / "no/study.h5", false); }),
                HasSubstr("there is no folder"));
    EXPECT_THAT(error_of([&] { results::check_writable("/proc/study.h5", false); }), HasSubstr("can't be written"));
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

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "results/python.hpp"
#include "results/scratch_folder.hpp"
#include "results/stored_study.hpp"
#include "results/study_fixture.hpp"

/// The study's file as other programs read it, by results/file/FORMAT.md.
namespace entrepot::tests {
namespace {

using results::load_study;
using results::save_study;
using results::StoreError;
using results::Study;
using testing::HasSubstr;
namespace fs = std::filesystem;

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

}  // namespace
}  // namespace entrepot::tests

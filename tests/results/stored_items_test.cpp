#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "results/kpis/item_days.hpp"
#include "results/python.hpp"
#include "results/scratch_folder.hpp"
#include "results/stored_study.hpp"
#include "results/study_fixture.hpp"

/// The daily series of chosen items in a study's file.
namespace entrepot::tests {
namespace {

using results::load_study;
using results::save_study;
using results::Study;
using testing::HasSubstr;

/// A study of numbers that follow from their place, with the days of both items, the second one first.
Study study_with_items(std::size_t replications) {
    Study study = numbered_study(replications);
    study.items = {.names = {"bolt", "Schraube ä"}, .index = {1, 0}, .series = results::item_series_texts()};
    const std::size_t values = study.items.series.size() * 2 * 2 * 12;
    for (std::size_t s = 0; s < study.replications.size(); ++s) {
        for (std::size_t r = 0; r < replications; ++r) {
            for (std::size_t i = 0; i < values; ++i) {
                study.replications[s][r].item_days.push_back(static_cast<std::int32_t>(s * 100'000 + r * 10'000 + i));
            }
        }
    }
    return study;
}

TEST(StoredItems, AreReadBackAsTheyWereWritten) {
    const ScratchFolder folder;
    for (const std::size_t replications : {0, 1, 3}) {
        const Study study = study_with_items(replications);
        save_study(folder / "study.h5", study);
        expect_equal(load_study(folder / "study.h5"), study);
    }
    Study alone = study_with_items(2);  // without the network's
    alone.series.clear();
    for (auto& runs : alone.replications) {
        for (auto& run : runs) run.series.clear();
    }
    save_study(folder / "alone.h5", alone);
    expect_equal(load_study(folder / "alone.h5"), alone);
}

TEST(StoredItems, LeaveNoTraceWhereNoneWereChosen) {
    const ScratchFolder folder;
    save_study(folder / "study.h5", numbered_study(2));
    edit(folder / "study.h5", [](hid_t file) { EXPECT_EQ(H5Lexists(file, "items", H5P_DEFAULT), 0); });
    EXPECT_TRUE(load_study(folder / "study.h5").items.empty());
}

TEST(StoredItems, AreUnderTheSeal) {
    const ScratchFolder folder;
    save_study(folder / "study.h5", study_with_items(2));
    edit(folder / "study.h5", [](hid_t file) { drop(file, "items/units_on_hand"); });
    EXPECT_THAT(error_of([&] { load_study(folder / "study.h5"); }), HasSubstr("items/units_on_hand is missing"));
}

/// Their shape follows from the study: another one is none.
TEST(StoredItems, AreRefusedInAnotherShape) {
    const ScratchFolder folder;
    Study study = study_with_items(2);
    study.items.index = {1, 2};  // there are two items
    save_study(folder / "study.h5", study);
    EXPECT_THAT(error_of([&] { load_study(folder / "study.h5"); }), HasSubstr("not a complete study"));
    study.items.index = {1};
    save_study(folder / "study.h5", study);
    EXPECT_THAT(error_of([&] { load_study(folder / "study.h5"); }), HasSubstr("not a complete study"));
}

TEST(StoredItems, AreReadableWithoutThisProgram) {
    const std::string python = python_with_h5py();
    if (python.empty()) GTEST_SKIP() << "no python3 with h5py here";
    const ScratchFolder folder;
    const Study study = study_with_items(3);
    save_study(folder / "study.h5", study);
    write_bytes(folder / "read.py", R"(
import h5py, json, sys
f = h5py.File(sys.argv[1], "r")
text = lambda name: f[name].asstr()[:].tolist()
item = text("items/item_names").index("Schraube ä")
waiting = f["items/units_waiting"]
print(json.dumps({
  "names": text("items/names"), "units": text("items/units"), "descriptions": text("items/descriptions"),
  "index": f["items/item_index"][:].tolist(), "type": waiting.dtype.str, "shape": waiting.shape,
  "chunk": waiting.chunks, "value": int(waiting[2, 1, item, 1, 5]),
}))
)");
    const auto read = nlohmann::json::parse(
        output_of(python + " " + (folder / "read.py").string() + " " + (folder / "study.h5").string()));
    const auto& series = study.items.series;
    ASSERT_EQ(read["names"].size(), series.size());
    for (std::size_t i = 0; i < series.size(); ++i) {
        EXPECT_EQ(read["names"][i], series[i].name);
        EXPECT_EQ(read["units"][i], series[i].unit);
        EXPECT_EQ(read["descriptions"][i], series[i].description);
    }
    EXPECT_EQ(read["index"], (std::vector{1, 0}));
    EXPECT_EQ(read["type"], "<i4");
    EXPECT_EQ(read["shape"], (std::vector{3, 3, 2, 2, 12}));
    EXPECT_EQ(read["chunk"], (std::vector{1, 1, 2, 2, 12}));
    EXPECT_EQ(read["value"], study.replications[2][1].item_days[((results::kItemWaiting * 2 + 1) * 2 + 1) * 12 + 5]);
}

/// The third example of FORMAT.md.
TEST(StoredItems, TheExampleInTheDocumentationRuns) {
    const std::string python = python_with_h5py();
    if (python.empty()) GTEST_SKIP() << "no python3 with h5py here";
    const ScratchFolder folder;
    Study study = study_with_items(2);
    study.items.names[0] = "A0001";
    save_study(folder / "study.h5", study);
    EXPECT_THAT(output_of_example(2, folder, python), HasSubstr("A0001 at East under S0:"));
}

}  // namespace
}  // namespace entrepot::tests

#include <cmath>
#include <functional>
#include <limits>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "results/business/finance.hpp"
#include "results/file/contents.hpp"
#include "results/scratch_folder.hpp"
#include "results/stored_study.hpp"
#include "results/study_fixture.hpp"

/// Studies that somebody made up, with the checksums made right: refused in the program's words, or read.
namespace entrepot::tests {
namespace {

using results::load_study;
using results::save_study;
using results::hdf5::Dataset;
using results::hdf5::Properties;
using results::hdf5::Space;
using testing::HasSubstr;

/// Changes a file and seals it anew, as its own maker would.
void make_up(const std::filesystem::path& path, const std::function<void(hid_t)>& change) {
    edit(path, [&](hid_t file) {
        drop(file, results::kSeal);
        change(file);
        results::seal(file);
    });
}

template <class T>
void replace(hid_t file, const char* name, std::vector<T> values) {
    drop(file, name);
    results::hdf5::write<T>(file, name, {results::hdf5::size_of(values)}, values);
}

/// Puts one value in the place of a dataset's first.
template <class T>
void spoil(hid_t file, const char* name, T value) {
    const Dataset set(H5Dopen2(file, name, H5P_DEFAULT));
    std::size_t count = 1;
    for (const hsize_t n : results::hdf5::shape_of(set)) count *= n;
    std::vector<T> values(count);
    ASSERT_GE(H5Dread(set, results::hdf5::native<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0) << name;
    values.front() = value;
    ASSERT_GE(H5Dwrite(set, results::hdf5::native<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0) << name;
}

TEST(MadeUpStudy, IsRefusedForWhatNoStudyHolds) {
    const ScratchFolder folder;
    constexpr double kInfinity = std::numeric_limits<double>::infinity(), kNoNumber = std::nan("");
    const std::vector<std::pair<std::string, std::function<void(hid_t)>>> edits{
        {"kpi/numerator", [](hid_t file) { spoil(file, "kpi/numerator", kNoNumber); }},
        {"kpi/numerator", [](hid_t file) { spoil(file, "kpi/denominator", -kInfinity); }},
        {"series", [](hid_t file) { spoil(file, "series/open_lines", std::nanf("")); }},
        {"dimensions/item_cost", [](hid_t file) { spoil(file, "dimensions/item_cost", kInfinity); }},
        {"dimensions/phase_first_day", [](hid_t file) { spoil(file, "dimensions/phase_end_day", 100'000); }},
        {"dimensions/phase_first_day", [](hid_t file) { spoil(file, "dimensions/phase_first_day", -1); }},
        {"dimensions/first_day", [](hid_t file) { spoil(file, "dimensions/end_day", 100'000); }},
        {"dimensions/first_day", [](hid_t file) { spoil(file, "dimensions/first_day", -5); }},
        {"kpi/row_index", [](hid_t file) { spoil(file, "kpi/row_index", 77); }},
        {"kpi/row_index", [](hid_t file) { spoil(file, "kpi/row_index", -2); }},
        {"not a complete study", [](hid_t file) { spoil(file, "dimensions/total_days", -1); }},
        {"not a complete study", [](hid_t file) { spoil(file, "dimensions/total_days", 2'000'000'000); }},
        {"manifest/strategies",
         [](hid_t file) {
             drop(file, "manifest/strategies");
             results::hdf5::write_texts(file, "manifest/strategies", std::vector<std::string>{"S0", "\x1b[2J", "S6"});
         }},
        {"want each name once",
         [](hid_t file) {
             drop(file, "manifest/strategies");
             results::hdf5::write_texts(file, "manifest/strategies", std::vector<std::string>{"S0", "S0", "S6"});
         }},
        {"hidden signs",
         [](hid_t file) {
             drop(file, "manifest/titles");
             results::hdf5::write_texts(file, "manifest/titles", std::vector<std::string>{"a", "\xE2\x80\xAE", "c"});
         }},
        {"each KPI of each place once",
         [](hid_t file) {
             replace<std::int32_t>(file, "kpi/row_index",
                                   std::vector<std::int32_t>(4 * numbered_study(0).rows.size(), -1));
         }},
        {"not a complete study", [](hid_t file) { spoil(file, "manifest/antithetic", 7); }},
        {"not a complete study",
         [](hid_t file) {  // no strategies, so that as many replications as can be written take no bytes
             for (const char* name : {"run/digest", "run/events", "run/order_lines"}) {
                 drop(file, name);
                 results::hdf5::write<std::uint64_t>(file, name, {0, hsize_t{1} << 40}, {});
             }
             for (const char* name : {"manifest/strategies", "manifest/titles"}) {
                 drop(file, name);
                 results::hdf5::write_texts(file, name, {});
             }
         }},
    };
    for (const auto& [said, change] : edits) {
        save_study(folder / "study.h5", numbered_study(2));
        make_up(folder / "study.h5", change);
        EXPECT_THAT(error_of([&] { load_study(folder / "study.h5"); }), HasSubstr(said));
    }
    save_study(folder / "study.h5", numbered_study(2));
    make_up(folder / "study.h5", [](hid_t) {});
    EXPECT_EQ(error_of([&] { load_study(folder / "study.h5"); }), "no error");
}

/// A year count of a thousand million would draw a chart for ever.
TEST(MadeUpStudy, HasAFinanceThatAScenarioCanHave) {
    for (const char* text : {R"({"years": 1000000000})", R"({"years": 0})", R"({"days_per_year": 0})",
                             R"({"discount_rate": 1e308})", R"({"other_flows": [1e300]})", R"({"ramp": [-1]})"}) {
        EXPECT_THAT(error_of([&] { results::finance_from_text(text); }), HasSubstr("none that a scenario can have"))
            << text;
    }
    EXPECT_THAT(error_of([] { results::finance_from_text("no JSON"); }), HasSubstr("can't be read"));
    EXPECT_EQ(error_of([] { results::finance_from_text(results::finance_to_text({})); }), "no error");
}

/// A dataset of the numerators' size that is made in another way than studies are.
void remake(hid_t file, const std::function<void(const Properties&)>& how) {
    drop(file, "kpi/numerator");
    const hsize_t shape[] = {3, 2, numbered_study(0).rows.size()};
    const Space space(H5Screate_simple(3, shape, nullptr));
    const Properties properties(H5Pcreate(H5P_DATASET_CREATE));
    how(properties);
    const Dataset set(H5Dcreate2(file, "kpi/numerator", H5T_IEEE_F64LE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
}

TEST(MadeUpStudy, ReachesNoOtherFile) {
    const ScratchFolder folder;
    save_study(folder / "other.h5", numbered_study(2));
    write_bytes(folder / "secret", std::string(1'000'000, 'x'));
    const std::string other = folder / "other.h5", secret = folder / "secret";
    const std::vector<std::function<void(hid_t)>> edits{
        [](hid_t file) {
            drop(file, "kpi/numerator");
            ASSERT_GE(H5Lcreate_soft("/kpi/denominator", file, "kpi/numerator", H5P_DEFAULT, H5P_DEFAULT), 0);
        },
        [&](hid_t file) {
            drop(file, "kpi/numerator");
            ASSERT_GE(
                H5Lcreate_external(other.c_str(), "/kpi/numerator", file, "kpi/numerator", H5P_DEFAULT, H5P_DEFAULT),
                0);
        },
        [&](hid_t file) {
            ASSERT_GE(H5Lcreate_external(other.c_str(), "/checksums", file, "checksums", H5P_DEFAULT, H5P_DEFAULT), 0);
        },
        [&](hid_t file) {
            remake(file, [&](const Properties& properties) {
                ASSERT_GE(H5Pset_external(properties, secret.c_str(), 0, H5F_UNLIMITED), 0);
            });
        },
        [&](hid_t file) {
            remake(file, [&](const Properties& properties) {
                const hsize_t shape[] = {3, 2, numbered_study(0).rows.size()};
                const Space all(H5Screate_simple(3, shape, nullptr));
                ASSERT_GE(H5Pset_virtual(properties, all, other.c_str(), "/kpi/numerator", all), 0);
            });
        },
        [](hid_t file) {
            remake(file, [](const Properties& properties) {
                const hsize_t chunk[] = {1, 1, 1};
                ASSERT_GE(H5Pset_chunk(properties, 3, chunk), 0);
                ASSERT_GE(H5Pset_fletcher32(properties), 0);
            });
        },
    };
    for (std::size_t i = 0; i < edits.size(); ++i) {
        save_study(folder / "study.h5", numbered_study(2));
        edit(folder / "study.h5", [&](hid_t file) {
            drop(file, results::kSeal);
            edits[i](file);
        });
        EXPECT_THAT(error_of([&] { load_study(folder / "study.h5"); }), HasSubstr("not a complete study")) << i;
    }
    ASSERT_EQ(::mkfifo((folder / "pipe.h5").c_str(), 0600), 0);
    EXPECT_THAT(error_of([&] { load_study(folder / "pipe.h5"); }), HasSubstr("is not a file"));
    EXPECT_THAT(error_of([&] { load_study("/dev/zero"); }), HasSubstr("is not a file"));
}

/// Zeros that pack a thousandfold: more than any study of that size comes to.
TEST(MadeUpStudy, MayNotBeTooMuchWhenUnpacked) {
    const ScratchFolder folder;
    save_study(folder / "study.h5", numbered_study(2));
    edit(folder / "study.h5", [](hid_t file) {
        drop(file, results::kSeal);
        const hsize_t shape[] = {700, 1'000'000}, chunk[] = {1, 1'000'000};
        const Space space(H5Screate_simple(2, shape, nullptr));
        const Properties properties(H5Pcreate(H5P_DATASET_CREATE));
        ASSERT_GE(H5Pset_chunk(properties, 2, chunk), 0);
        ASSERT_GE(H5Pset_deflate(properties, 9), 0);
        const Dataset set(H5Dcreate2(file, "zeros", H5T_STD_I32LE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
        const std::vector<std::int32_t> row(1'000'000);
        const hsize_t count[] = {1, 1'000'000}, first[] = {0, 0};
        const Space one(H5Screate_simple(2, count, nullptr));
        ASSERT_GE(H5Sselect_hyperslab(space, H5S_SELECT_SET, first, nullptr, count, nullptr), 0);
        ASSERT_GE(H5Dwrite(set, H5T_NATIVE_INT32, one, space, H5P_DEFAULT, row.data()), 0);
        ASSERT_GE(H5Dflush(set), 0);
        hsize_t size = 0;
        ASSERT_GE(H5Dget_chunk_storage_size(set, first, &size), 0);
        std::string packed(size, '\0');  // the others are the same
        std::uint32_t filters = 0;
        ASSERT_GE(H5Dread_chunk(set, H5P_DEFAULT, first, &filters, packed.data()), 0);
        for (hsize_t i = 1; i < 700; ++i) {
            const hsize_t start[] = {i, 0};
            ASSERT_GE(H5Dwrite_chunk(set, H5P_DEFAULT, filters, start, packed.size(), packed.data()), 0);
        }
    });
    ASSERT_LT(std::filesystem::file_size(folder / "study.h5"), 4'000'000u);
    EXPECT_THAT(error_of([&] { load_study(folder / "study.h5"); }), HasSubstr("not a complete study"));
}

}  // namespace
}  // namespace entrepot::tests

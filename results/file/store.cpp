#include "results/file/store.hpp"

#include <array>
#include <fstream>
#include <new>
#include <string_view>

#include <fmt/format.h>

#include "results/file/contained.hpp"
#include "results/file/contents.hpp"
#include "results/file/hdf5.hpp"
#include "results/file/plausible.hpp"
#include "results/file/reading.hpp"
#include "results/file/whole_file.hpp"
#include "results/file/writing.hpp"

namespace entrepot::results {

namespace {

namespace fs = std::filesystem;
using hdf5::Failure;

/// HDF5's own report of errors is off while one of these lives: our messages say it better.
class Quiet {
public:
    Quiet() {
        // What a damaged file leaves open, HDF5 would complain of when the program ends. All else is closed by then.
        [[maybe_unused]] static const herr_t unattended = H5dont_atexit();
        H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    }
    ~Quiet() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

private:
    H5E_auto2_t function_ = nullptr;
    void* data_ = nullptr;
};

}  // namespace

bool begins_as_study(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) return false;  // a pipe would be waited for
    constexpr std::string_view kSignature = "\x89HDF\r\n\x1a\n";
    std::array<char, kSignature.size()> begin{};
    std::ifstream(file, std::ios::binary).read(begin.data(), begin.size());
    return std::string_view(begin.data(), begin.size()) == kSignature;
}

void save_study(const fs::path& file, const Study& study) {
    write_whole(file, [&] {
        const Quiet quiet;
        try {
            return image_of(study);
        } catch (const Failure&) {
            throw StoreError(fmt::format("{}: HDF5 can't make the file; is there memory left?", file.string()));
        }
    }());
}

Study load_study(const fs::path& file) {
    const Quiet quiet;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) throw StoreError(fmt::format("{}: no such file", file.string()));
    if (!fs::is_regular_file(file, ignored)) throw StoreError(fmt::format("{}: is not a file", file.string()));
    if (!begins_as_study(file)) {
        throw StoreError(
            fmt::format("{}: is not an HDF5 file, or is cut off; want the file of `entrepot run -o`", file.string()));
    }
    try {
        return study_of(read_contained(file), file);
    } catch (const Damaged& damaged) {
        throw StoreError(
            fmt::format("{}: is damaged or was edited: {} since the study was written; restore the file, or run the "
                        "study again",
                        file.string(), damaged.what));
    } catch (const Impossible& impossible) {
        throw StoreError(fmt::format("{}: is damaged or was made up: {}; restore the file, or run the study again",
                                     file.string(), impossible.what));
    } catch (const Failure&) {
    } catch (const std::out_of_range&) {
    } catch (const std::length_error&) {
    } catch (const std::bad_alloc&) {
    }
    throw StoreError(fmt::format("{}: is an HDF5 file but not a complete study, or is damaged", file.string()));
}

}  // namespace entrepot::results

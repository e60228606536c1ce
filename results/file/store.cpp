#include "results/file/store.hpp"

#include <cerrno>
#include <new>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "results/file/contents.hpp"
#include "results/file/hdf5.hpp"
#include "results/file/reading.hpp"
#include "results/file/writing.hpp"

namespace entrepot::results {

namespace {

namespace fs = std::filesystem;
using hdf5::Failure;

/// The file that is being written; moved to its place when it is complete.
fs::path unfinished(const fs::path& file) { return fs::path(file.string() + ".unfinished"); }

/// Waits until a file, or a folder's list of names, is on the disk.
void flush_to_disk(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    if (descriptor < 0) throw Failure{};
    const bool flushed = ::fsync(descriptor) == 0 || errno == EINVAL;  // some file systems don't flush folders
    ::close(descriptor);
    if (!flushed) throw Failure{};
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

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

void check_writable(const fs::path& file, bool force) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
        throw StoreError(fmt::format("{}: is a folder; name a file in it", file.string()));
    }
    if (fs::exists(file, ignored) && !force) {
        throw StoreError(fmt::format("{}: exists already; name another file or say --force", file.string()));
    }
    const fs::path folder = folder_of(file);
    if (!fs::is_directory(folder, ignored)) {
        throw StoreError(fmt::format("{}: there is no folder {}; make it first", file.string(), folder.string()));
    }
    const fs::path trial = unfinished(file);
    const int descriptor = ::open(trial.c_str(), O_WRONLY | O_CREAT, 0666);
    if (descriptor < 0) throw StoreError(fmt::format("{}: can't be written in that folder", file.string()));
    ::close(descriptor);
    fs::remove(trial, ignored);
}

void save_study(const fs::path& file, const Study& study) {
    const Quiet quiet;
    const fs::path trial = unfinished(file);
    try {
        write_study(trial, study);
        flush_to_disk(trial);
    } catch (const Failure&) {
        std::error_code ignored;
        fs::remove(trial, ignored);
        throw StoreError(fmt::format("{}: can't be written; is the disk full?", file.string()));
    }
    std::error_code error;
    fs::rename(trial, file, error);
    if (error) throw StoreError(fmt::format("{}: {}", file.string(), error.message()));
    try {
        flush_to_disk(folder_of(file));
    } catch (const Failure&) {
        throw StoreError(fmt::format("{}: the folder can't be flushed to its disk", file.string()));
    }
}

Study load_study(const fs::path& file) {
    const Quiet quiet;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) throw StoreError(fmt::format("{}: no such file", file.string()));
    if (!fs::is_regular_file(file, ignored)) throw StoreError(fmt::format("{}: is not a file", file.string()));
    if (H5Fis_hdf5(file.c_str()) <= 0) {
        throw StoreError(
            fmt::format("{}: is not an HDF5 file, or is cut off; want the file of `entrepot run -o`", file.string()));
    }
    try {
        const hdf5::File handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
        return study_of(read_contents(handle), file);
    } catch (const Damaged& damaged) {
        throw StoreError(
            fmt::format("{}: is damaged or was edited: {} since the study was written; restore the file, or run the "
                        "study again",
                        file.string(), damaged.what));
    } catch (const Failure&) {
    } catch (const std::out_of_range&) {
    } catch (const std::length_error&) {
    } catch (const std::bad_alloc&) {
    }
    throw StoreError(fmt::format("{}: is an HDF5 file but not a complete study, or is damaged", file.string()));
}

}  // namespace entrepot::results

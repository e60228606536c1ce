#include "results/file/whole_file.hpp"

#include <cstdio>
#include <cstring>
#include <string>

#include <fmt/format.h>

#include "results/file/descriptor.hpp"

namespace entrepot::results {

namespace fs = std::filesystem;

namespace {

/// The file that is being written; moved to its place when it is complete.
fs::path unfinished(const fs::path& file) { return fs::path(file.string() + ".unfinished"); }
fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

[[noreturn]] void fail(const fs::path& file, int error) {
    throw StoreError(fmt::format("{}: can't be written: {}", file.string(), std::strerror(error)));
}

/// The file beside, for this program alone: a lock on it ends with who holds it. File systems without locks do without.
Descriptor own_trial(const fs::path& file) {
    const fs::path trial = unfinished(file);
    for (;;) {
        Descriptor descriptor(::open(trial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666));
        if (descriptor < 0) fail(file, errno);
        if (!take_lock(descriptor)) {
            throw StoreError(fmt::format("{}: another program is writing it; name another file", file.string()));
        }
        // Who held the lock before may have moved the file to its place, where nothing may touch it any more.
        const int error = error_of_place(descriptor, trial);
        if (error == 0) return descriptor;
        if (error != ENOENT) fail(file, error);
    }
}

/// Zero, or the system's reason.
int write_on(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

/// Waits until the bytes of a file, or a folder's list of names, are on the disk. Some file systems don't flush
/// folders.
int flush(int descriptor) { return ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno; }

}  // namespace

void want_place_for_file(const fs::path& file) {
    std::error_code ignored;
    const fs::file_status there = fs::symlink_status(file, ignored);
    if (fs::is_directory(there)) throw StoreError(fmt::format("{}: is a folder; name a file in it", file.string()));
    if (fs::exists(there) && !fs::is_regular_file(there)) {
        throw StoreError(fmt::format("{}: is {}; want the name of an ordinary file", file.string(),
                                     fs::is_symlink(there) ? "a link" : "a device or a pipe"));
    }
    const fs::path folder = folder_of(file);
    if (!fs::is_directory(folder, ignored)) {
        throw StoreError(fmt::format("{}: there is no folder {}; make it first", file.string(), folder.string()));
    }
    const Descriptor trial = own_trial(file);
    ::unlink(unfinished(file).c_str());
}

void write_whole(const fs::path& file, std::string_view bytes) {
    write_whole(file, [&](const Pieces& pieces) { pieces(bytes); });
}

void write_whole(const fs::path& file, const std::function<void(const Pieces&)>& write) {
    const fs::path trial = unfinished(file);
    const Descriptor descriptor = own_trial(file);  // its lock lasts until the file is in its place
    int error = ::ftruncate(descriptor, 0) != 0 ? errno : 0;
    try {
        write([&](std::string_view piece) {
            if (error == 0) error = write_on(descriptor, piece);
            if (error != 0) fail(file, error);
        });
        if (error == 0) error = flush(descriptor);
        if (error == 0 && ::rename(trial.c_str(), file.c_str()) != 0) error = errno;
        if (error != 0) fail(file, error);
    } catch (...) {
        ::unlink(trial.c_str());
        throw;
    }
    const Descriptor folder(::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    error = folder < 0 ? errno : flush(folder);
    if (error != 0) {
        throw StoreError(
            fmt::format("{}: its folder can't be flushed to the disk: {}", file.string(), std::strerror(error)));
    }
}

}  // namespace entrepot::results

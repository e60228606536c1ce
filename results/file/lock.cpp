#include "results/file/lock.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <string>
#include <thread>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "results/store_error.hpp"

namespace entrepot::results {

namespace {

/// "process 4711 on node7, since 2026-05-12 13:05:02"
std::string holder() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
    const std::time_t now = std::time(nullptr);
    return fmt::format("process {} on {}, since {:%Y-%m-%d %H:%M:%S}", ::getpid(), host.data(), fmt::localtime(now));
}

std::string read_holder(int descriptor) {
    std::array<char, 400> text{};
    const ssize_t length = ::pread(descriptor, text.data(), text.size(), 0);
    std::string holder(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    for (char& c : holder) {
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
    }
    return holder.empty() ? "another program" : holder;
}

/// A process that reads a study for a holder who was killed keeps the lock for a moment longer, until it dies, too.
bool take_lock_in_a_moment(int descriptor) {
    for (int waits = 0; waits < 10; ++waits) {
        if (take_lock(descriptor)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return take_lock(descriptor);
}

Descriptor locked(const std::filesystem::path& lock, const std::filesystem::path& file) {
    for (;;) {
        Descriptor mine(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666));
        if (mine < 0) throw StoreError(fmt::format("{}: can't be made: {}", lock.string(), std::strerror(errno)));
        if (!take_lock_in_a_moment(mine)) {
            throw StoreError(fmt::format("{}: {} works on it; wait for its end, or name another file", file.string(),
                                         read_holder(mine)));
        }
        const int error = error_of_place(mine, lock);
        if (error == ENOENT) continue;  // who held it before has just taken it away
        if (error != 0) throw StoreError(fmt::format("{}: can't be made: {}", lock.string(), std::strerror(error)));
        const std::string me = holder();
        [[maybe_unused]] const bool told = ::ftruncate(mine, 0) == 0 && ::pwrite(mine, me.data(), me.size(), 0) > 0;
        return mine;
    }
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& file)
    : lock_(file.string() + ".lock"), descriptor_(locked(lock_, file)) {}

FileLock::~FileLock() { ::unlink(lock_.c_str()); }

}  // namespace entrepot::results

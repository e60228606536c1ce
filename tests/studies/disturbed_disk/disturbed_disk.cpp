#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/// Loaded before the C library (LD_PRELOAD), it disturbs the system calls that save a file `study.h5`: those on
/// `study.h5.unfinished`, and on the folder when the file is in its place. ENTREPOT_TEST_DISK says how:
///
///     fail write 2 4           the second to the fourth call of write fail as on a full disk
///     kill write 2 within      the program is killed at the second one: before it, within it or after it. Within a
///                              write half of the bytes are written, as where a kill meets the kernel
///     short                    writes are interrupted by signals, or write a few bytes only
namespace {

constexpr char kUnfinished[] = "/study.h5.unfinished";

bool ends_as_a_save(const char* path) {
    const std::size_t length = std::strlen(path), wanted = std::strlen(kUnfinished);
    return length >= wanted && std::strcmp(path + length - wanted, kUnfinished) == 0;
}

bool holds_a_study(const char* folder) {
    char path[4200];
    std::snprintf(path, sizeof path, "%s/study.h5", folder);
    return access(path, F_OK) == 0;
}

/// Whether the path of an open file, or nothing, is such.
bool is(bool (*such)(const char*), int descriptor) {
    char name[64], path[4096];
    std::snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(name, path, sizeof path - 1);
    if (length < 0) return false;
    path[length] = '\0';
    return such(path);
}

enum class Moment { before, within, after, never };

struct Disturbance {
    char how[8] = "", call[16] = "", rest[16] = "";
    int from = 0;

    Disturbance() {
        const char* said = std::getenv("ENTREPOT_TEST_DISK");
        if (said) std::sscanf(said, "%7s %15s %d %15s", how, call, &from, rest);
    }
    bool is(const char* what) const { return std::strcmp(how, what) == 0; }
};

const Disturbance& disturbance() {
    static const Disturbance one;
    return one;
}

/// One call of a save. Saves are written by one thread at a time: the counts need no lock.
class Call {
public:
    Call(const char* name, bool of_a_save) {
        const Disturbance& now = disturbance();
        if (!of_a_save || std::strcmp(now.call, name) != 0) return;
        static int calls = 0;
        ++calls;
        fails = now.is("fail") && calls >= now.from && calls <= std::atoi(now.rest);
        if (fails) errno = ENOSPC;
        if (!now.is("kill") || calls != now.from) return;
        killed_ = now.rest[0] == 'b' ? Moment::before : now.rest[0] == 'w' ? Moment::within : Moment::after;
        reach(Moment::before);
    }
    ~Call() { reach(Moment::after); }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    /// SIGKILL is not heeded at once where another thread takes it.
    void reach(Moment moment) const {
        if (moment != killed_) return;
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    bool is_killed_within() const { return killed_ == Moment::within; }

    bool fails = false;

private:
    Moment killed_ = Moment::never;
};

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const int mode = (flags & O_CREAT) != 0 ? va_arg(rest, int) : 0;
    va_end(rest);
    const bool folder = (flags & O_DIRECTORY) != 0;
    const Call call(folder ? "open_folder" : "open", folder ? holds_a_study(path) : ends_as_a_save(path));
    return call.fails ? -1 : next<int(const char*, int, ...)>("open")(path, flags, mode);
}

int fcntl(int descriptor, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void* const argument = va_arg(rest, void*);
    va_end(rest);
    const Call call("fcntl", command == F_OFD_SETLK && is(ends_as_a_save, descriptor));
    return call.fails ? -1 : next<int(int, int, ...)>("fcntl")(descriptor, command, argument);
}

int fstat(int descriptor, struct stat* found) noexcept {
    const Call call("fstat", is(ends_as_a_save, descriptor));
    return call.fails ? -1 : next<int(int, struct stat*)>("fstat")(descriptor, found);
}

int lstat(const char* path, struct stat* found) noexcept {
    const Call call("lstat", ends_as_a_save(path));
    return call.fails ? -1 : next<int(const char*, struct stat*)>("lstat")(path, found);
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
    const auto write = next<ssize_t(int, const void*, size_t)>("write");
    const bool of_a_save = is(ends_as_a_save, descriptor);
    const Call call("write", of_a_save);
    if (call.fails) return -1;
    if (of_a_save && disturbance().is("short")) {
        static bool interrupted = false;
        interrupted = !interrupted;
        if (!interrupted) return write(descriptor, bytes, std::min(size, size_t{5000}));
        errno = EINTR;
        return -1;
    }
    if (!call.is_killed_within()) return write(descriptor, bytes, size);
    const ssize_t half = write(descriptor, bytes, size / 2);
    call.reach(Moment::within);
    return half;
}

int ftruncate(int descriptor, off_t size) noexcept {
    const Call call("ftruncate", is(ends_as_a_save, descriptor));
    return call.fails ? -1 : next<int(int, off_t)>("ftruncate")(descriptor, size);
}

int fsync(int descriptor) {
    const bool folder = is(holds_a_study, descriptor);
    const Call call(folder ? "fsync_folder" : "fsync", folder || is(ends_as_a_save, descriptor));
    return call.fails ? -1 : next<int(int)>("fsync")(descriptor);
}

int rename(const char* from, const char* to) noexcept {
    const Call call("rename", ends_as_a_save(from));
    return call.fails ? -1 : next<int(const char*, const char*)>("rename")(from, to);
}

}  // extern "C"

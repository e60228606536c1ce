#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

/// Loaded before the C library (LD_PRELOAD), it lets system calls on a file `study.h5.unfinished` fail as a full disk
/// does. ENTREPOT_TEST_FAIL="write 2 4" says which: the second to the fourth call of write.
namespace {

bool ends_as_a_save(const char* path) {
    const char* ending = "/study.h5.unfinished";
    const std::size_t length = std::strlen(path), wanted = std::strlen(ending);
    return length >= wanted && std::strcmp(path + length - wanted, ending) == 0;
}

bool is_a_save(int descriptor) {
    char name[64], path[4096];
    std::snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(name, path, sizeof path - 1);
    if (length < 0) return false;
    path[length] = '\0';
    return ends_as_a_save(path);
}

/// Saves are written by one thread at a time: the count needs no lock.
bool fails(const char* call) {
    static int calls = 0;
    char which[16];
    int from = 0, to = 0;
    const char* said = std::getenv("ENTREPOT_TEST_FAIL");
    if (said == nullptr || std::sscanf(said, "%15s %d %d", which, &from, &to) != 3 || std::strcmp(which, call) != 0)
        return false;
    ++calls;
    if (calls < from || calls > to) return false;
    errno = ENOSPC;
    return true;
}

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
    if (ends_as_a_save(path) && fails("open")) return -1;
    return next<int(const char*, int, ...)>("open")(path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, size_t size) {
    if (is_a_save(descriptor) && fails("write")) return -1;
    return next<ssize_t(int, const void*, size_t)>("write")(descriptor, bytes, size);
}

int ftruncate(int descriptor, off_t size) {
    if (is_a_save(descriptor) && fails("ftruncate")) return -1;
    return next<int(int, off_t)>("ftruncate")(descriptor, size);
}

int fsync(int descriptor) {
    if (is_a_save(descriptor) && fails("fsync")) return -1;
    return next<int(int)>("fsync")(descriptor);
}

int rename(const char* from, const char* to) {
    if (ends_as_a_save(from) && fails("rename")) return -1;
    return next<int(const char*, const char*)>("rename")(from, to);
}

}  // extern "C"

#pragma once

#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/// The little of POSIX files that HDF5 and the standard library don't offer.
namespace entrepot::results {

/// A file descriptor that closes itself. What its closing could tell, a flush has told before.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    operator int() const { return number_; }

private:
    int number_;
};

/// Zero where the descriptor's file is the one that stands at the path, ENOENT where it is not, or the system's reason
/// why that can't be seen.
inline int error_of_place(int descriptor, const std::filesystem::path& path) {
    struct stat mine {
    }, there{};
    if (::fstat(descriptor, &mine) != 0 || ::lstat(path.c_str(), &there) != 0) return errno;
    return mine.st_dev == there.st_dev && mine.st_ino == there.st_ino ? 0 : ENOENT;
}

/// Takes the file's lock, which ends with its holder; false where another program has it. True where there are none.
inline bool take_lock(int descriptor) {
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    return ::fcntl(descriptor, F_OFD_SETLK, &whole) == 0 || (errno != EAGAIN && errno != EACCES);
}

}  // namespace entrepot::results

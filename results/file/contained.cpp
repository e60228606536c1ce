#include "results/file/contained.hpp"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "results/file/descriptor.hpp"
#include "results/store_error.hpp"

namespace entrepot::results {

namespace {

namespace fs = std::filesystem;
using hdf5::Failure;

constexpr std::uint64_t kMega = 1'000'000;

/// What a file may come to, and what reading it may take. Studies shrink by a factor of ten or so in the file, and by
/// some hundreds where nothing happened.
struct Allowance {
    std::uint64_t bytes, memory, seconds;

    explicit Allowance(std::uint64_t file_size)
        : bytes(256 * kMega + 300 * file_size), memory(2 * bytes + 256 * kMega), seconds(20 + bytes / (100 * kMega)) {}
};

// The reading process: it writes what it finds to a pipe, each part after its tag.

enum class Tag : char { dataset = 'd', damaged = 'x', end = 'e' };

class Sender {
public:
    explicit Sender(int pipe) : pipe_(pipe) {}

    void tag(Tag tag) { put(&tag, 1); }
    void number(std::uint64_t value) { put(&value, sizeof value); }
    void text(std::string_view text) {
        number(text.size());
        put(text.data(), text.size());
    }
    void dataset(const std::string& path, const Stored& stored) {
        tag(Tag::dataset);
        text(path);
        text(stored.type);
        number(stored.shape.size());
        for (const hsize_t n : stored.shape) number(n);
        text(stored.bytes);
    }

private:
    void put(const void* bytes, std::size_t count) {
        const char* next = static_cast<const char*>(bytes);
        while (count > 0) {
            const ssize_t written = ::write(pipe_, next, count);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) throw Failure{};
            next += written;
            count -= static_cast<std::size_t>(written);
        }
    }

    int pipe_;
};

/// Address space that the process has already: its limit counts that, too.
[[maybe_unused]] std::uint64_t address_space() {
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void limit(const Allowance& allowance) {
    const auto set = [](auto what, rlim_t most) {
        const rlimit limit{most, most};
        ::setrlimit(what, &limit);
    };
    set(RLIMIT_CORE, 0);
    set(RLIMIT_FSIZE, 0);
    set(RLIMIT_CPU, allowance.seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    set(RLIMIT_AS, address_space() + allowance.memory);  // sanitizers have taken all of it
#endif
}

void send_contents(const fs::path& file, Sender& sender) {
    try {
        const hdf5::File handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
        const bool sealed =
            walk_contents(handle, [&](const std::string& path, const Stored& stored) { sender.dataset(path, stored); });
        sender.tag(Tag::end);
        sender.number(sealed);
    } catch (const Damaged& damaged) {
        sender.tag(Tag::damaged);
        sender.text(damaged.what);
    }
}

/// What the waiting process has open is none of the reader's: a lock would outlive its holder, who may be killed.
void close_all_but(int pipe) {
    const auto first = static_cast<unsigned>(STDERR_FILENO) + 1, kept = static_cast<unsigned>(pipe);
    if (kept > first) ::close_range(first, kept - 1, 0);
    ::close_range(kept + 1, ~0U, 0);
}

/// Never returns. Who waits sees by what is missing how it ended.
[[noreturn]] void read_for(const fs::path& file, const Allowance& allowance, int pipe) {
    for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU, SIGINT, SIGTERM, SIGPIPE}) {
        ::signal(signal, SIG_DFL);
    }
    close_all_but(pipe);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);  // what a crash says is of no use
    limit(allowance);
    try {
        Sender sender(pipe);
        send_contents(file, sender);
    } catch (...) {
        ::_exit(EXIT_FAILURE);
    }
    ::_exit(EXIT_SUCCESS);
}

// The process that waits.

class Receiver {
public:
    Receiver(int pipe, std::uint64_t most) : pipe_(pipe), left_(most) {}

    Tag tag() {
        Tag tag{};
        get(&tag, 1);
        return tag;
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        get(&value, sizeof value);
        return value;
    }
    std::string text() {
        std::string text(within(number()), '\0');
        get(text.data(), text.size());
        return text;
    }
    Stored dataset() {
        constexpr std::uint64_t kMostDimensions = 32;  // of HDF5
        Stored stored;
        stored.type = text();
        const std::uint64_t dimensions = number();
        if (dimensions > kMostDimensions) throw Failure{};
        for (std::uint64_t i = 0; i < dimensions; ++i) stored.shape.push_back(number());
        stored.bytes = text();
        return stored;
    }

private:
    std::size_t within(std::uint64_t count) const {
        if (count > left_) throw Failure{};
        return static_cast<std::size_t>(count);
    }
    void get(void* bytes, std::size_t count) {
        left_ -= within(count);
        char* next = static_cast<char*>(bytes);
        while (count > 0) {
            const ssize_t got = ::read(pipe_, next, count);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) throw Failure{};
            next += got;
            count -= static_cast<std::size_t>(got);
        }
    }

    int pipe_;
    std::uint64_t left_;
};

Sealed receive(int pipe, const Allowance& allowance) {
    Receiver receiver(pipe, allowance.bytes);
    Sealed file;
    for (;;) {
        switch (receiver.tag()) {
            case Tag::dataset: {
                std::string path = receiver.text();
                file.contents.insert_or_assign(std::move(path), receiver.dataset());
                break;
            }
            case Tag::damaged:
                throw Damaged{receiver.text()};
            case Tag::end:
                file.sealed = receiver.number() != 0;
                return file;
            default:
                throw Failure{};
        }
    }
}

/// Waits for a process, whichever way this scope is left.
class Child {
public:
    explicit Child(pid_t id) : id_(id) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        ::kill(id_, SIGKILL);  // it has told all, or is wanted no more
        while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

private:
    pid_t id_;
};

}  // namespace

Sealed read_contained(const fs::path& file) {
    std::error_code error;
    const std::uint64_t size = fs::file_size(file, error);
    if (error) throw Failure{};
    const Allowance allowance(size);
    int ends[2] = {-1, -1};
    const auto no_process = [&] {
        return StoreError(fmt::format("{}: can't be read: there can be no further process", file.string()));
    };
    if (::pipe2(ends, O_CLOEXEC) != 0) throw no_process();
    const Descriptor reading(ends[0]);
    ::fcntl(ends[0], F_SETPIPE_SZ, 1 << 20);  // fewer turns; without it, it is slower
    std::optional<Descriptor> writing(std::in_place, ends[1]);
    const pid_t id = ::fork();
    if (id < 0) throw no_process();
    if (id == 0) read_for(file, allowance, ends[1]);
    const Child child(id);
    writing.reset();
    return receive(reading, allowance);
}

}  // namespace entrepot::results

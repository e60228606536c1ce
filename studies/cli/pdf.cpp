#include "studies/cli/pdf.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "studies/cli/commands.hpp"

namespace entrepot::studies::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kPatience{120};

/// A folder of our own for the page, and for the home that the browser fills with its files.
class Scratch {
public:
    Scratch() {
        std::string pattern = (fs::temp_directory_path() / "entrepot-pdf-XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw OutputError(pattern + ": can't be made");
        folder_ = pattern;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    fs::path path(const char* name) const { return folder_ / name; }

private:
    fs::path folder_;
};

/// Starts a program, silent and in a process group of its own; nothing when there is no such program.
std::optional<pid_t> start(const std::vector<std::string>& words, const fs::path& home) {
    std::vector<char*> arguments, environment;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    std::string own_home = "HOME=" + home.string();
    for (char** entry = environ; *entry; ++entry) {
        if (!std::string_view(*entry).starts_with("HOME=")) environment.push_back(*entry);
    }
    environment.push_back(own_home.data());
    environment.push_back(nullptr);

    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    pid_t child = 0;
    const int error = posix_spawnp(&child, arguments[0], &files, &attributes, arguments.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    return error == 0 ? std::optional(child) : std::nullopt;
}

void wait_for(pid_t child) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (waitpid(child, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > until) {
            kill(-child, SIGKILL);
            waitpid(child, nullptr, 0);
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
}

/// What the browser printed. It ends with success also where it printed nothing: only the file tells.
std::optional<std::string> printed_pdf(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(stream), {});
    return bytes.starts_with("%PDF-") ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace

std::string pdf_of(const std::string& html, const fs::path& file) {
    const std::string instead = fmt::format("write {} and print it from a browser, whose printers have \"Save as PDF\"",
                                            fs::path(file).replace_extension(".html").string());
    const Scratch scratch;
    const fs::path page = scratch.path("page.html"), printed = scratch.path("page.pdf");
    std::ofstream(page, std::ios::binary) << html;
    std::optional<pid_t> browser;
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
        browser = start({name, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                         "--user-data-dir=" + scratch.path("profile").string(), "--print-to-pdf=" + printed.string(),
                         "file://" + page.string()},
                        scratch.path(""));
        if (browser) break;
    }
    if (!browser)
        throw OutputError(fmt::format("{}: there is no Chromium here to print it: {}", file.string(), instead));
    wait_for(*browser);
    auto bytes = printed_pdf(printed);
    if (!bytes) throw OutputError(fmt::format("{}: Chromium printed nothing: {}", file.string(), instead));
    return std::move(*bytes);
}

}  // namespace entrepot::studies::cli

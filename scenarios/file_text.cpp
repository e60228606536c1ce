#include "scenarios/file_text.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

std::string too_large(std::size_t most) {
    constexpr std::size_t kMebi = std::size_t{1} << 20, kGibi = std::size_t{1} << 30;
    if (most % kGibi == 0) return fmt::format("a file of more than {} GiB", most / kGibi);
    if (most % kMebi == 0) return fmt::format("a file of more than {} MiB", most / kMebi);
    return fmt::format("more than the {} bytes that are left of what all files together may have", most);
}

}  // namespace

std::string unreadable(const fs::path& file, std::size_t most) {
    std::error_code error;
    const fs::file_status status = fs::status(file, error);
    if (!fs::exists(status)) return "no such file";
    if (fs::is_directory(status)) return "a directory";
    if (!fs::is_regular_file(status)) return "no ordinary file";
    if (fs::file_size(file, error) > most || error) return too_large(most);
    if (!std::ifstream(file, std::ios::binary)) return "a file without permission to read";
    return {};
}

std::string read_text_file(const fs::path& file, std::size_t most, std::string& bytes) {
    const std::string wrong = unreadable(file, most);
    if (!wrong.empty()) return wrong;
    std::error_code error;
    const auto told = static_cast<std::size_t>(fs::file_size(file, error));
    bytes.resize(told + 1);        // one more shows the end
    if (told == 0) bytes.clear();  // what the system makes up while it is read, such as its log, may not end
    std::ifstream in(file, std::ios::binary);
    std::size_t size = 0;
    while (in.read(bytes.data() + size, static_cast<std::streamsize>(bytes.size() - size)), in.gcount() > 0) {
        size += static_cast<std::size_t>(in.gcount());
        if (size > most) return too_large(most);
        if (size == bytes.size()) bytes.resize(size + std::min<std::size_t>(size, std::size_t{1} << 20));
    }
    bytes.resize(size);
    return in.bad() ? "a file that can't be read" : "";
}

}  // namespace entrepot::scenarios

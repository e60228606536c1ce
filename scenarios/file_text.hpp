#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace entrepot::scenarios {

/// Why a file can't be read as a text of at most so many bytes, with its article, or nothing: "no such file". Devices
/// and pipes have no end, and are none.
std::string unreadable(const std::filesystem::path& file, std::size_t most);

/// The bytes of a file, and what is wrong with it, or nothing. No more than `most` are read, whatever the file says of
/// its size.
std::string read_text_file(const std::filesystem::path& file, std::size_t most, std::string& bytes);

}  // namespace entrepot::scenarios

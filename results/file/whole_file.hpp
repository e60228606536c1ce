#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "results/store_error.hpp"

/// Files that are there whole, or as they were before. Everything that the program leaves behind is written so.
namespace entrepot::results {

/// StoreError where no file can come to stand there: the folder is missing or can't be written in, or the path is
/// something else than an ordinary file, such as a folder, a device, a pipe or a link.
void want_place_for_file(const std::filesystem::path& file);

/// Writes the bytes beside the file, as `<name>.unfinished`, flushes them to the disk and moves them there in one step:
/// at any moment the path holds the new file or what was there before, whatever kills the program.
/// StoreError with the system's reason where that fails, or where another program is writing the same file.
void write_whole(const std::filesystem::path& file, std::string_view bytes);

/// The same of bytes that come piece by piece: what writes is handed where each piece goes. What it throws leaves the
/// path as it was.
using Pieces = std::function<void(std::string_view)>;
void write_whole(const std::filesystem::path& file, const std::function<void(const Pieces&)>& write);

}  // namespace entrepot::results

#pragma once

#include <filesystem>
#include <string>

namespace entrepot::studies::cli {

/// A page as the PDF that the Chromium of this machine prints. `file` is what it is for: OutputError, with what to do
/// instead, where there is none or it fails.
std::string pdf_of(const std::string& html, const std::filesystem::path& file);

}  // namespace entrepot::studies::cli

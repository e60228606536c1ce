#pragma once

#include <filesystem>
#include <string>

namespace entrepot::studies::cli {

/// Prints a page into a PDF with the Chromium of this machine, over what is there. OutputError, with what to do
/// instead, where there is none or it fails.
void write_pdf(const std::filesystem::path& file, const std::string& html);

}  // namespace entrepot::studies::cli

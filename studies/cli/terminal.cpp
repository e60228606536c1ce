#include "studies/cli/terminal.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>

#include <sys/ioctl.h>
#include <unistd.h>

#include "results/text/table.hpp"

namespace entrepot::studies::cli {

namespace {

constexpr std::size_t kLeast = 20, kMost = 10'000;  ///< columns that make sense

std::size_t sensible(std::size_t columns) { return columns >= kLeast && columns <= kMost ? columns : 0; }

std::size_t columns_of_environment() {
    const char* text = std::getenv("COLUMNS");
    if (!text) return 0;
    std::size_t columns = 0;
    const char* end = text + std::strlen(text);
    const auto [stop, error] = std::from_chars(text, end, columns);
    return error == std::errc{} && stop == end ? sensible(columns) : 0;
}

}  // namespace

std::size_t terminal_columns(int descriptor) {
    winsize size{};
    return isatty(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? sensible(size.ws_col) : 0;
}

TextWidth text_width() {
    std::size_t columns = columns_of_environment();
    if (columns == 0) columns = terminal_columns(STDOUT_FILENO);
    if (columns == 0) columns = terminal_columns(STDERR_FILENO);
    return columns > 0 ? TextWidth{columns, columns} : TextWidth{kTableWidthOfFiles, 0};
}

std::string fitted(const std::string& text, std::size_t hanging) {
    return results::wrapped(text, text_width().words, hanging);
}

bool use_colour(int descriptor, bool forbidden) {
    const char* no_color = std::getenv("NO_COLOR");
    return !forbidden && (!no_color || !*no_color) && isatty(descriptor);
}

}  // namespace entrepot::studies::cli

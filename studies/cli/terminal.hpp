#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>

#include <fmt/format.h>

/// What the place is like where the texts go: its width, and whether it shows colours; and what is said beside results.
namespace entrepot::studies::cli {

/// Columns that tables and words have; 0 = no limit.
struct TextWidth {
    std::size_t table = 0, words = 0;
};

inline constexpr std::size_t kTableWidthOfFiles = 100;

/// COLUMNS where it is set; else the width of the terminal behind the standard output, or of the one behind the
/// standard error (as in `entrepot compare study.h5 | less`). In a file or a pipe words stand on lines of any length,
/// for other programs to break, and tables have 100 columns.
TextWidth text_width();

/// The words of a text, broken where the terminal ends.
std::string fitted(const std::string& text, std::size_t hanging = 0);

/// Columns of the terminal behind a descriptor; 0 where there is none.
std::size_t terminal_columns(int descriptor);

/// Colour is for a terminal, and not when NO_COLOR is set.
bool use_colour(int descriptor, bool forbidden);

/// Says something beside the result, on the standard error: progress, notes. That it can't be written, because the disk
/// under a log is full or who read it is gone, ends nothing; fmt::print would throw.
template <class... Values>
void tell(fmt::format_string<Values...> format, Values&&... values) {
    std::fputs(fmt::format(format, std::forward<Values>(values)...).c_str(), stderr);
}

}  // namespace entrepot::studies::cli

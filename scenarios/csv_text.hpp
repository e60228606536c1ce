#pragma once

#include <string>

/// From the bytes of a data file to its text.
namespace entrepot::scenarios {

struct DataText {
    std::string text;      ///< UTF-8, without the mark that some programs put before it
    std::string encoding;  ///< where it was another one: "UTF-16"
    std::string wrong;     ///< what the file is instead of text, or nothing
    int line = 0;          ///< where, or 0
};

/// Reads UTF-8 and UTF-16, with a byte order mark or without. Other encodings can't be told from each other, and are
/// wrong.
DataText decoded(std::string bytes);

/// The character between the fields: the one of comma, semicolon, tab and bar of which the first line has most, or what
/// a line "sep=;" before it says; that line is taken off.
char take_separator(std::string& text);

/// As the program tells it: "semicolons".
std::string name_of_separator(char separator);

}  // namespace entrepot::scenarios

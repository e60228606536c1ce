#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Text that fits a terminal: a table that is turned where its rows would be too long, and prose broken between words.
/// Widths are columns of the terminal, not bytes; 0 = no limit.
namespace entrepot::results {

struct Cell {
    std::vector<std::string> parts;  ///< what stands in it, side by side
    const char* colour = "";         ///< a terminal's escape sequence; empty: none
};

struct Table {
    struct Row {
        std::string name;
        std::vector<Cell> cells;  ///< by column
    };
    std::string corner;                ///< what the rows are: "KPI"
    std::vector<std::string> columns;  ///< their heads
    std::vector<Row> rows;
};

/// A line for each row where all of them fit. Otherwise the table is turned: a block for each row with a line for each
/// column, and where that is too long, too, names and parts stand below each other.
std::string table_text(const Table& table, std::size_t width);

/// Columns that a UTF-8 text takes: two for wide letters, none for marks that stand on another letter.
std::size_t columns_of(std::string_view text);

/// Lines of at most that width, broken between words, the later ones indented as the first is, and `hanging` more. A
/// word that is too long by itself is broken where it must.
std::string wrapped(std::string_view text, std::size_t width, std::size_t hanging = 0);

/// The beginning of a text that fits, with an ellipsis where it is cut.
std::string cut(std::string_view text, std::size_t width);

}  // namespace entrepot::results

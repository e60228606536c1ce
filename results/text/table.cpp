#include "results/text/table.hpp"

#include <algorithm>
#include <array>

namespace entrepot::results {

namespace {

// Letters.

struct Letter {
    char32_t code = 0;
    std::size_t bytes = 1;
};

/// The letter at the beginning; a byte that begins none is one by itself.
Letter first_letter(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    const std::size_t bytes = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (bytes == 1 || bytes > text.size()) return {first, 1};
    char32_t code = first & (0xFFu >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {first, 1};
        code = code << 6 | (byte(i) & 0x3F);
    }
    return {code, bytes};
}

struct Block {
    char32_t first, last;
};

/// Source: Unicode Standard Annex 11, East Asian Width: W and F, by blocks.
constexpr std::array<Block, 11> kWide{{{0x1100, 0x115F},
                                       {0x2E80, 0x303E},
                                       {0x3041, 0xA4CF},
                                       {0xA960, 0xA97F},
                                       {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},
                                       {0xFE30, 0xFE6F},
                                       {0xFF00, 0xFF60},
                                       {0xFFE0, 0xFFE6},
                                       {0x1F300, 0x1FAFF},
                                       {0x20000, 0x3FFFD}}};
/// Marks on other letters, joiners and selectors.
constexpr std::array<Block, 6> kNoWidth{
    {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE2F}}};

bool in(const auto& blocks, char32_t code) {
    return std::ranges::any_of(blocks, [&](const Block& b) { return b.first <= code && code <= b.last; });
}

std::size_t width_of(char32_t code) {
    if (code < 0x300) return code >= 0x20 && code != 0x7F ? 1 : 0;
    return in(kNoWidth, code) ? 0 : in(kWide, code) ? 2 : 1;
}

/// Bytes of the longest beginning that fits; one letter at least.
std::size_t fitting(std::string_view text, std::size_t width) {
    std::size_t bytes = 0, taken = 0;
    while (bytes < text.size()) {
        const Letter letter = first_letter(text.substr(bytes));
        taken += width_of(letter.code);
        if (taken > width && bytes > 0) break;
        bytes += letter.bytes;
    }
    return bytes;
}

// Prose.

/// Words with the spaces before them. An interval in its brackets stays whole, and a percentage.
std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    bool bracket = false;
    for (std::size_t i = 1; i <= line.size(); ++i) {
        bracket = (bracket || line[i - 1] == '[') && line[i - 1] != ']';
        const bool percent = i + 1 < line.size() && line[i + 1] == '%';
        const bool ends = i == line.size() || (line[i] == ' ' && line[i - 1] != ' ' && !bracket && !percent);
        if (!ends) continue;
        words.push_back(line.substr(begin, i - begin));
        begin = i;
    }
    return words;
}

std::string_view without_spaces(std::string_view word) {
    return word.substr(std::min(word.find_first_not_of(' '), word.size()));
}

std::string wrapped_line(std::string_view line, std::size_t width, std::size_t hanging) {
    const std::size_t own = std::min(line.find_first_not_of(' '), line.size());
    const std::string indent(std::min(own + hanging, width / 2), ' ');
    std::string text;
    std::size_t at = 0;
    for (std::string_view word : words_of(line)) {
        if (at > 0 && at + columns_of(word) > width) {
            text += '\n' + indent;
            at = indent.size();
            word = without_spaces(word);
        }
        while (at + columns_of(word) > width) {
            std::size_t bytes = fitting(word, width - at);
            const std::size_t space = word.rfind(' ', bytes);  // within a long bracket
            if (space != word.npos && word.find_first_not_of(' ') < space) bytes = space;
            text += std::string(word.substr(0, bytes)) + '\n' + indent;
            word = without_spaces(word.substr(bytes));
            at = indent.size();
        }
        text += word;
        at += columns_of(word);
    }
    return text;
}

// Tables.

constexpr std::size_t kBetween = 2;

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t own = columns_of(text);
    return text + std::string(width > own ? width - own : 0, ' ');
}

std::string joined(const Cell& cell) {
    std::string text;
    for (const std::string& part : cell.parts) text += (text.empty() ? "" : std::string(kBetween, ' ')) + part;
    return text;
}

std::string coloured(const std::string& text, const Cell& cell) {
    return *cell.colour && !text.empty() ? cell.colour + text + "\x1b[0m" : text;
}

std::string without_trailing_spaces(std::string line) {
    line.erase(std::min(line.find_last_not_of(' ') + 1, line.size()));
    return line;
}

/// Columns of one kind: each as wide as the widest of its texts.
class Widths {
public:
    void take(std::size_t column, const std::string& text) {
        if (column >= widths_.size()) widths_.resize(column + 1, 0);
        widths_[column] = std::max(widths_[column], columns_of(text));
    }
    std::size_t of(std::size_t column) const { return column < widths_.size() ? widths_[column] : 0; }
    std::size_t all() const {
        std::size_t sum = widths_.empty() ? 0 : kBetween * (widths_.size() - 1);
        for (const std::size_t w : widths_) sum += w;
        return sum;
    }

private:
    std::vector<std::size_t> widths_;
};

Widths upright_widths(const Table& table) {
    Widths widths;
    widths.take(0, table.corner);
    for (std::size_t c = 0; c < table.columns.size(); ++c) widths.take(c + 1, table.columns[c]);
    for (const Table::Row& row : table.rows) {
        widths.take(0, row.name);
        for (std::size_t c = 0; c < row.cells.size(); ++c) widths.take(c + 1, joined(row.cells[c]));
    }
    return widths;
}

std::string upright(const Table& table, const Widths& widths) {
    const std::string gap(kBetween, ' ');
    std::string head = padded(table.corner, widths.of(0));
    for (std::size_t c = 0; c < table.columns.size(); ++c) head += gap + padded(table.columns[c], widths.of(c + 1));
    std::string text = without_trailing_spaces(head) + '\n' + std::string(widths.all(), '-') + '\n';
    for (const Table::Row& row : table.rows) {
        std::string line = padded(row.name, widths.of(0));
        for (std::size_t c = 0; c < row.cells.size(); ++c)
            line += gap + coloured(padded(joined(row.cells[c]), widths.of(c + 1)), row.cells[c]);
        text += without_trailing_spaces(line) + '\n';
    }
    return text;
}

/// Of the lines of all blocks: the columns' names, then the parts of their cells.
Widths turned_widths(const Table& table) {
    Widths widths;
    for (const std::string& column : table.columns) widths.take(0, column);
    for (const Table::Row& row : table.rows) {
        for (const Cell& cell : row.cells) {
            for (std::size_t p = 0; p < cell.parts.size(); ++p) widths.take(p + 1, cell.parts[p]);
        }
    }
    return widths;
}

constexpr std::size_t kIndent = 2;

/// A line of a block: the column's name and the parts of the cell in columns.
std::string turned_line(const std::string& name, const Cell& cell, const Widths& widths) {
    std::string parts;
    for (std::size_t p = 0; p < cell.parts.size(); ++p)
        parts += (p > 0 ? std::string(kBetween, ' ') : "") + padded(cell.parts[p], widths.of(p + 1));
    return std::string(kIndent, ' ') + padded(name, widths.of(0)) + std::string(kBetween, ' ') +
           coloured(without_trailing_spaces(parts), cell) + '\n';
}

/// The same below each other: the name, then as many parts in a line as fit.
std::string stacked(const std::string& name, const Cell& cell, std::size_t width) {
    const std::string gap(kBetween, ' '), indent(2 * kIndent, ' ');
    std::string text = wrapped(std::string(kIndent, ' ') + name, width, kIndent) + '\n', line;
    const auto close = [&] {
        if (!line.empty()) text += coloured(wrapped(indent + line, width, kIndent), cell) + '\n';
    };
    for (const std::string& part : cell.parts) {
        const std::string longer = line.empty() ? part : line + gap + part;
        if (!line.empty() && indent.size() + columns_of(longer) > width) {
            close();
            line = part;
        } else {
            line = longer;
        }
    }
    close();
    return text;
}

std::string turned(const Table& table, std::size_t width) {
    const Widths widths = turned_widths(table);
    const bool in_lines = kIndent + widths.all() <= width;
    std::string text;
    for (const Table::Row& row : table.rows) {
        text += wrapped(row.name, width, kIndent) + '\n';
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const std::string& name = table.columns[c];
            text += in_lines ? turned_line(name, row.cells[c], widths) : stacked(name, row.cells[c], width);
        }
        text += '\n';
    }
    if (!table.rows.empty()) text.pop_back();
    return text;
}

}  // namespace

std::string table_text(const Table& table, std::size_t width) {
    const Widths widths = upright_widths(table);
    return width == 0 || widths.all() <= width ? upright(table, widths) : turned(table, width);
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Letter letter = first_letter(text);
        columns += width_of(letter.code);
        text.remove_prefix(letter.bytes);
    }
    return columns;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t hanging) {
    if (width == 0) return std::string(text);
    std::string result;
    while (true) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result += wrapped_line(text.substr(0, end), width, hanging);
        if (end == text.size()) return result;
        result += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string cut(std::string_view text, std::size_t width) {
    if (columns_of(text) <= width) return std::string(text);
    if (width == 0) return "";
    return width == 1 ? "\u2026" : std::string(text.substr(0, fitting(text, width - 1))) + "\u2026";
}

}  // namespace entrepot::results

#include "scenarios/csv_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/printable.hpp"

namespace entrepot::scenarios {

namespace {

enum class Order { little, big };

/// Text of Western letters has a zero in every other byte of UTF-16.
std::optional<Order> byte_order(const std::string& bytes) {
    if (bytes.starts_with("\xFF\xFE")) return Order::little;
    if (bytes.starts_with("\xFE\xFF")) return Order::big;
    const std::size_t sample = std::min<std::size_t>(bytes.size(), 4096) / 2;
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < 2 * sample; ++i) zeros[i % 2] += bytes[i] == 0;
    if (sample > 1 && zeros[1] > sample * 2 / 5 && zeros[0] < sample / 20 + 1) return Order::little;
    if (sample > 1 && zeros[0] > sample * 2 / 5 && zeros[1] < sample / 20 + 1) return Order::big;
    return std::nullopt;
}

void append_utf8(std::string& text, std::uint32_t code) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | code >> 6);
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | code >> 12);
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | code >> 18);
        put(0x80 | (code >> 12 & 0x3F));
        put(0x80 | (code >> 6 & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

/// A half of a pair that stands alone becomes what is no UTF-8.
std::string from_utf16(const std::string& bytes, Order order) {
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<std::uint32_t>(order == Order::little ? first | second << 8 : second | first << 8);
    };
    std::string text;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        std::uint32_t code = unit(i);
        if (i == 0 && code == 0xFEFF) continue;
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size()) {
            const std::uint32_t low = unit(i + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        append_utf8(text, code);
    }
    return text;
}

/// Length of the character that starts at `i`, or 0 for what is none.
std::size_t character(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const std::size_t size = byte(i) < 0x80                       ? 1
                             : byte(i) >= 0xC2 && byte(i) < 0xE0  ? 2
                             : byte(i) >= 0xE0 && byte(i) < 0xF0  ? 3
                             : byte(i) >= 0xF0 && byte(i) <= 0xF4 ? 4
                                                                  : 0;
    if (i + size > text.size()) return 0;
    if (byte(i) == 0xED && byte(i + 1) >= 0xA0) return 0;  // half of a pair of UTF-16
    for (std::size_t k = i + 1; k < i + size; ++k) {
        if ((byte(k) & 0xC0) != 0x80) return 0;
    }
    return size;
}

/// Finds what is no UTF-8, or no text.
void check_characters(DataText& data) {
    data.line = 1;
    for (std::size_t i = 0; i < data.text.size();) {
        const std::size_t size = character(data.text, i);
        if (size == 0) {
            data.wrong = data.encoding.empty() ? "a letter that is not in UTF-8 (Windows-1252 or Latin-1?)"
                                               : "half a letter of UTF-16";
            return;
        }
        if (data.text[i] == 0) {
            data.wrong = "a zero byte, as in no text";
            return;
        }
        const bool break_of_its_own = data.text[i] == '\r' && (i + 1 == data.text.size() || data.text[i + 1] != '\n');
        const bool plain = size == 1 && (data.text[i] >= ' ' || std::string_view("\t\r\n").find(data.text[i]) < 3);
        if ((!plain || data.text[i] == '\x7F') && sim::first_hidden(std::string_view(data.text).substr(i, size))) {
            data.wrong = "the control character " + sim::printable(std::string_view(data.text).substr(i, size));
            return;
        }
        data.line += data.text[i] == '\n' || break_of_its_own;
        i += size;
    }
    data.line = 0;
}

}  // namespace

DataText decoded(std::string bytes) {
    DataText data;
    const bool utf32 = bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) ||
                       bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4));
    if (utf32) {
        data.wrong = "UTF-32";
    } else if (bytes.starts_with("PK\x03\x04")) {
        data.wrong = "a workbook or an archive";
    } else if (const auto order = byte_order(bytes)) {
        data.encoding = "UTF-16";
        data.text = from_utf16(bytes, *order);
        if (bytes.size() % 2 == 1) data.wrong = "UTF-16 with half a letter at its end";
    } else {
        data.text = std::move(bytes);
        if (data.text.starts_with("\xEF\xBB\xBF")) data.text.erase(0, 3);
    }
    if (data.wrong.empty()) check_characters(data);
    return data;
}

char take_separator(std::string& text) {
    constexpr std::string_view kSeparators = ",;\t|";
    const auto starts = [&](std::string_view word) {
        return text.size() > word.size() + 1 && text.starts_with(word) &&
               (text[word.size() + 1] == '\r' || text[word.size() + 1] == '\n');
    };
    if (starts("sep=") && kSeparators.find(text[4]) != std::string_view::npos) {
        const char separator = text[4];
        text.replace(0, 5, 5, ' ');  // so that lines keep their numbers
        return separator;
    }
    std::array<std::size_t, kSeparators.size()> found{};
    bool quoted = false, begun = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (!quoted && begun && (c == '\n' || c == '\r')) break;
        begun = begun || (c != '\n' && c != '\r' && c != ' ');
        const std::size_t which = kSeparators.find(c);
        if (!quoted && which != std::string_view::npos) ++found[which];
    }
    return kSeparators[static_cast<std::size_t>(std::max_element(found.begin(), found.end()) - found.begin())];
}

std::string name_of_separator(char separator) {
    return separator == ';' ? "semicolons" : separator == '\t' ? "tabs" : separator == '|' ? "bars" : "commas";
}

}  // namespace entrepot::scenarios

#include "sim/printable.hpp"

#include <cstdint>

namespace entrepot::sim {

namespace {

/// A character of UTF-8, and how many bytes it has; of what is none, one byte.
struct Character {
    std::uint32_t code = 0;
    std::size_t size = 1;
    bool good = true;
};

Character character_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t first = byte(at);
    if (first < 0x80) return {first, 1, true};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return {first, 1, false};
    std::uint32_t code = first & (0x7Fu >> size);
    for (std::size_t i = at + 1; i < at + size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {first, 1, false};
        code = code << 6 | (byte(i) & 0x3F);
    }
    constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    if (code < kLeast[size] || code > 0x10FFFF || surrogate) return {first, 1, false};
    return {code, size, true};
}

bool is_hidden(const Character& c) {
    const auto within = [&](std::uint32_t first, std::uint32_t last) { return c.code >= first && c.code <= last; };
    return !c.good || c.code < 0x20 || within(0x7F, 0x9F) || c.code == 0x61C || c.code == 0x200E || c.code == 0x200F ||
           within(0x2028, 0x202E) || within(0x2066, 0x2069) || c.code == 0xFEFF;
}

/// "\\x1b" of a byte, "\\u202e" of what is more.
std::string code_of(std::uint32_t code) {
    const bool byte = code < 0x100;
    std::string text = byte ? "\\x" : "\\u";
    for (int shift = byte ? 4 : 12; shift >= 0; shift -= 4) text += "0123456789abcdef"[code >> shift & 0xF];
    return text;
}

}  // namespace

Hidden first_hidden(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Character c = character_at(text, at);
        if (is_hidden(c)) return {at, c.size};
        at += c.size;
    }
    return {text.size(), 0};
}

std::string printable(std::string_view text) {
    std::string shown;
    while (const Hidden hidden = first_hidden(text)) {
        const Character c = character_at(text, hidden.at);
        shown += text.substr(0, hidden.at);
        shown += code_of(c.code);
        text.remove_prefix(hidden.at + hidden.size);
    }
    return shown.append(text);
}

}  // namespace entrepot::sim

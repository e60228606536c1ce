#include "damage.hpp"

#include <iterator>

namespace entrepot::fuzz {

std::string Damage::damaged(std::string text) {
    const int times = 1 + static_cast<int>(below(4));
    for (int i = 0; i < times && !text.empty(); ++i) once(text);
    return text;
}

Damage::Line Damage::line(const std::string& text) {
    const std::size_t at = below(text.size());
    const std::size_t start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const std::size_t end = text.find('\n', at);
    return {start, (end == std::string::npos ? text.size() : end + 1) - start};
}

/// The value of an assignment, by something that is likely wrong.
void Damage::replace_value(std::string& text) {
    static const char* const kValues[] = {
        "-1",         "0",         "1e308",    "nan",        "inf",      "\"\"",        "[]",
        "{}",         "true",      "\"14 d\"", "\"-3 h\"",   "\"$1\"",   "\"1e400 d\"", "99999999999999999999",
        "4294967296", "\"none\"",  "[[1]]",    "2026-01-05", "07:30:00", "\"\\u0000\"", "\"x#1\"",
        "1000000",    "\"100 %\"", "\"\xff\""};
    const auto [start, size] = line(text);
    const std::size_t equals = text.find('=', start);
    if (equals == std::string::npos || equals >= start + size) return;
    text.replace(equals + 1, start + size - equals - 1, std::string(" ") + kValues[below(std::size(kValues))] + "\n");
}

void Damage::once(std::string& text) {
    const auto [start, size] = line(text);
    switch (below(8)) {
        case 0:
            text.erase(start, size);
            break;
        case 1:
            text.insert(below(text.size()), text.substr(start, size));
            break;
        case 2:
            text[below(text.size())] = static_cast<char>(below(256));
            break;
        case 3:
            text.resize(below(text.size()));
            break;
        case 4:
            text.erase(below(text.size()), 1 + below(20));
            break;
        default:
            replace_value(text);
    }
}

}  // namespace entrepot::fuzz

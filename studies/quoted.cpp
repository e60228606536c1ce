#include "studies/quoted.hpp"

#include <fmt/format.h>

namespace entrepot::studies {

std::string quoted(const std::string& text) {
    constexpr std::size_t kLongest = 80, kShown = 60;
    if (text.size() <= kLongest) return "'" + text + "'";
    std::size_t cut = kShown;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
        --cut;  // no letter of UTF-8 is cut in two
    return fmt::format("'{}...' ({} letters)", text.substr(0, cut), text.size());
}

}  // namespace entrepot::studies

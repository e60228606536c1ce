#include "results/charts/text.hpp"

#include <array>
#include <cstdint>

namespace entrepot::results::charts {

namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr double kSpare = 1.04, kBold = 1.07;

/// Advance widths of the printable ASCII characters, thousandths of the size. Source: Adobe's metrics of Helvetica.
constexpr std::array<std::uint16_t, 95> kAdvance{
    278, 278, 355, 556,  556, 889, 667, 191, 333, 333,
    389, 584, 278, 333,  278, 278, 556, 556, 556,  //  !"#$%&'()*+,-./012
    556, 556, 556, 556,  556, 556, 556, 278, 278, 584,
    584, 584, 556, 1015, 667, 667, 722, 722, 667,  // 3456789:;<=>?@ABCDE
    611, 778, 722, 278,  500, 667, 556, 833, 722, 778,
    667, 778, 722, 667,  611, 722, 667, 944, 667,  // FGHIJKLMNOPQRSTUVWX
    667, 611, 278, 278,  278, 469, 556, 333, 556, 556,
    500, 556, 556, 278,  556, 556, 222, 222, 500,  // YZ[\]^_`abcdefghijk
    222, 833, 556, 556,  556, 556, 333, 500, 278, 556,
    500, 722, 500, 500,  500, 334, 260, 334, 584,  // lmnopqrstuvwxyz{|}~
};
constexpr int kOtherAdvance = 640;  ///< accented letters and signs
constexpr int kIdeographAdvance = 1000;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

int advance(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte >= 32 && byte < 127) return kAdvance[byte - 32u];
    return byte >= 0xE3 ? kIdeographAdvance : kOtherAdvance;
}

}  // namespace

double text_width(std::string_view text, double size, bool bold) {
    int sum = 0;
    for (const char c : text) sum += continues(c) ? 0 : advance(c);
    return sum * size / 1000 * kSpare * (bold ? kBold : 1);
}

std::string fit_text(std::string_view text, double width, double size, bool bold) {
    if (text_width(text, size, bold) <= width) return std::string(text);
    std::string kept(text);
    while (!kept.empty()) {
        while (!kept.empty() && continues(kept.back())) kept.pop_back();
        if (!kept.empty()) kept.pop_back();
        if (!kept.empty() && kept.back() == ' ') continue;
        const std::string candidate = kept + std::string(kEllipsis);
        if (text_width(candidate, size, bold) <= width) return candidate;
    }
    return std::string(kEllipsis);
}

Rect text_box(const Text& text) {
    const double width = text_width(text.text, text.size, text.bold);
    const double left = text.anchor == Anchor::start    ? text.at.x
                        : text.anchor == Anchor::middle ? text.at.x - width / 2
                                                        : text.at.x - width;
    constexpr double kAscent = 0.76, kHeight = 0.98;
    return {{left, text.at.y - kAscent * text.size}, width, kHeight * text.size, {}};
}

}  // namespace entrepot::results::charts

#include "results/charts/text.hpp"

#include <array>
#include <cstdint>

namespace entrepot::results::charts {

namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr double kSpare = 1.02, kBold = 1.13;

/// Advance widths of the printable ASCII characters, thousandths of the size: for each the wider of two faces, measured
/// in a browser, that mark the range of what machines have as their sans-serif: DejaVu Sans, as wide as Verdana, and
/// Liberation Sans, as wide as Arial and Helvetica.
constexpr std::array<std::uint16_t, 95> kAdvance{
    318, 401, 460, 838,  637, 951, 780, 275, 391, 391,
    500, 838, 318, 361,  318, 337, 637, 637, 637,  //  !"#$%&'()*+,-./012
    637, 637, 637, 637,  637, 637, 637, 337, 337, 838,
    838, 838, 557, 1016, 685, 687, 723, 771, 667,  // 3456789:;<=>?@ABCDE
    611, 778, 752, 295,  500, 667, 558, 863, 749, 788,
    667, 788, 723, 667,  611, 732, 685, 989, 686,  // FGHIJKLMNOPQRSTUVWX
    667, 686, 391, 337,  391, 838, 557, 500, 613, 635,
    550, 635, 616, 353,  635, 634, 278, 278, 580,  // YZ[\]^_`abcdefghijk
    278, 975, 634, 612,  635, 635, 412, 521, 393, 634,
    592, 818, 592, 592,  525, 637, 337, 637, 838,  // lmnopqrstuvwxyz{|}~
};
constexpr int kOtherAdvance = 840;  ///< accented letters and signs
constexpr int kWideAdvance = 1100;  ///< from the letters of Cyrillic on
constexpr int kIdeographAdvance = 1000;

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

int advance(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte >= 32 && byte < 127) return kAdvance[byte - 32u];
    return byte >= 0xE0 ? kIdeographAdvance : byte >= 0xD0 ? kWideAdvance : kOtherAdvance;
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

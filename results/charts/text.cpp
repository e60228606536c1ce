#include "results/charts/text.hpp"

#include <array>
#include <cstdint>

namespace entrepot::results::charts {

namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr double kSpare = 1.01, kBold = 1.135;

/// Advance widths of the printable ASCII characters, thousandths of the size: the wider of Helvetica's and DejaVu
/// Sans', which has Verdana's proportions. A page takes whichever of such faces its reader has, and is right in all.
// clang-format off
constexpr std::array<std::uint16_t, 95> kAdvance{
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337,  //  !"#$%&'()*+,-./
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 556,  // 0123456789:;<=>?
    1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 500, 667, 557, 863, 748, 787,  // @ABCDEFGHIJKLMNO
    667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 337, 390, 838, 556,  // PQRSTUVWXYZ[\]^_
    500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612,  // `abcdefghijklmno
    635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,  // pqrstuvwxyz{|}~
};
// clang-format on
constexpr int kOtherAdvance = 700;  ///< accented letters and signs
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

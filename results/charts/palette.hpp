#pragma once

#include <array>
#include <cstddef>

#include "results/charts/drawing.hpp"

/// Colours that people who see colours differently can tell apart. Source: Okabe and Ito (2008).
namespace entrepot::results::charts {

inline constexpr Colour kBlue{0, 114, 178}, kOrange{230, 159, 0}, kGreen{0, 158, 115}, kPurple{204, 121, 167},
    kVermilion{213, 94, 0}, kSky{86, 180, 233}, kYellow{240, 228, 66};

inline constexpr Colour kInk{34, 34, 34}, kMuted{95, 99, 104}, kGrey{140, 145, 150}, kGrid{226, 229, 232},
    kAxis{130, 135, 140}, kNone{0, 0, 0, 0};

/// The n-th colour of series that mean different things of the same kind; they come again after seven.
inline Colour series_colour(std::size_t n) {
    constexpr std::array colours{kBlue, kOrange, kGreen, kPurple, kSky, kVermilion, kYellow};
    return colours[n % colours.size()];
}

inline Colour faded(Colour colour, double opacity) {
    colour.opacity = opacity;
    return colour;
}

}  // namespace entrepot::results::charts

#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

/// How long messages take, counted in bins: eight to a doubling, so that no bin is wider than an eighth of what it
/// begins with. The first takes what is shorter than 66 ms, the last one what is longer than 100 days.
namespace entrepot::models {

inline constexpr int kDelayBinsShift = 16;  ///< the second bin begins with 2^16 microseconds
inline constexpr std::size_t kDelayBins = 8 * 27 + 1;

/// The bin of so many microseconds.
constexpr std::size_t delay_bin(std::int64_t micros) {
    constexpr std::int64_t kLeast = std::int64_t{1} << kDelayBinsShift;
    if (micros < kLeast) return 0;
    const auto value = static_cast<std::uint64_t>(micros);
    const int exponent = static_cast<int>(std::bit_width(value)) - 1;
    const std::size_t eighth = (value >> (exponent - 3)) & 7;
    return std::min(1 + 8 * static_cast<std::size_t>(exponent - kDelayBinsShift) + eighth, kDelayBins - 1);
}

/// What a bin begins with, in minutes: 0 of the first.
constexpr double delay_bin_begins(std::size_t bin) {
    constexpr double kMicrosAMinute = 60e6;
    if (bin == 0) return 0;
    const std::uint64_t octave = std::uint64_t{1} << (kDelayBinsShift + (bin - 1) / 8);
    return static_cast<double>(octave + octave / 8 * ((bin - 1) % 8)) / kMicrosAMinute;
}

}  // namespace entrepot::models

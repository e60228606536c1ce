#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace entrepot::results {

/// Counts of positive values in buckets of equal ratio, eight to a doubling: quantiles within 5 % of the value, in
/// fixed memory, and their exact sum. Covers 0.01 to 10 000 of any unit, or a million times another least value; what
/// lies outside falls into the first or last bucket.
class LogHistogram {
public:
    explicit LogHistogram(double least = 0.01) : least_(least) {}

    void add(double value) {
        ++counts_[std::min(bucket_of(std::max(value, least_) / least_), kBuckets - 1)];
        ++count_;
        sum_ += value;
    }

    LogHistogram& operator+=(const LogHistogram& other) {
        for (std::size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
        count_ += other.count_;
        sum_ += other.sum_;
        return *this;
    }

    std::uint64_t count() const { return count_; }
    double sum() const { return sum_; }

    /// The value that a share p of the values does not exceed; 0 when there are none.
    double quantile(double p) const {
        const auto rank = static_cast<std::uint64_t>(std::ceil(p * static_cast<double>(count_)));
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) {
            below += counts_[i];
            if (counts_[i] > 0 && below >= rank) {
                return least_ * std::exp2((static_cast<double>(i) + 0.5) / kPerDoubling);
            }
        }
        return 0;
    }

    /// The same, with the values of a bucket spread evenly in it: within 1 % where many were counted.
    double interpolated_quantile(double p) const {
        const double rank = p * static_cast<double>(count_);
        double below = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) {
            const auto here = static_cast<double>(counts_[i]);
            if (here > 0 && below + here >= rank) {
                return least_ * std::exp2((static_cast<double>(i) + (rank - below) / here) / kPerDoubling);
            }
            below += here;
        }
        return 0;
    }

private:
    /// Whole eighths of the logarithm to base 2 of a ratio from 1: from the number's own exponent and mantissa, which
    /// is some times as fast as the library's logarithm.
    static std::size_t bucket_of(double ratio) {
        constexpr std::array<double, 9> kFrom{1,
                                              1.0905077326652577,
                                              1.189207115002721,
                                              1.2968395546510096,
                                              1.4142135623730951,
                                              1.5422108254079407,
                                              1.681792830507429,
                                              1.8340080864093424,
                                              2};
        const auto bits = std::bit_cast<std::uint64_t>(ratio);
        const auto mantissa = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
        // An eighth of a doubling is between 0.72 and 1.33 eighths of the mantissa's way from 1 to 2.
        auto eighth = static_cast<std::size_t>((bits >> 49) & 7);
        eighth += mantissa >= kFrom[eighth + 1];
        return 8 * ((bits >> 52) - 1023) + eighth;
    }

    static constexpr double kPerDoubling = 8;
    static constexpr std::size_t kBuckets = 160;  // 0.01 * 2^20 is 10 486
    double least_;
    std::array<std::uint32_t, kBuckets> counts_{};
    std::uint64_t count_ = 0;
    double sum_ = 0;
};

}  // namespace entrepot::results

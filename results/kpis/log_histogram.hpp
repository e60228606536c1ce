#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace entrepot::results {

/// Counts of positive values in buckets of equal ratio, eight to a doubling: quantiles within 5 % of the value, in
/// fixed memory. Covers 0.01 to 10 000 of any unit, or a million times another least value; what lies outside falls
/// into the first or last bucket.
class LogHistogram {
public:
    explicit LogHistogram(double least = 0.01) : least_(least) {}

    void add(double value) {
        const double bucket = std::floor(kPerDoubling * std::log2(std::max(value, least_) / least_));
        ++counts_[std::min(static_cast<std::size_t>(bucket), kBuckets - 1)];
        ++count_;
    }

    LogHistogram& operator+=(const LogHistogram& other) {
        for (std::size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
        count_ += other.count_;
        return *this;
    }

    std::uint64_t count() const { return count_; }

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
    static constexpr double kPerDoubling = 8;
    static constexpr std::size_t kBuckets = 160;  // 0.01 * 2^20 is 10 486
    double least_;
    std::array<std::uint32_t, kBuckets> counts_{};
    std::uint64_t count_ = 0;
};

}  // namespace entrepot::results

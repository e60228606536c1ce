#include "viz/timeline/levels.hpp"

#include <algorithm>
#include <cmath>

namespace entrepot::viz {

void Summary::take(float sample) {
    if (!std::isfinite(sample)) return;
    sum += sample;
    low = std::min(low, sample);
    high = std::max(high, sample);
    ++count;
}

void Summary::take(const Summary& other) {
    sum += other.sum;
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    count += other.count;
}

void Levels::add(float sample) {
    samples_.push_back(sample);
    std::size_t index = samples_.size() - 1;
    for (std::size_t level = 0; level < sums_.size() || index > 0; ++level) {
        index >>= 1;
        if (level == sums_.size()) {  // the first time that there are so many: what was there begins it
            sums_.emplace_back(1);
            renew(level, 0);
            continue;
        }
        if (index == sums_[level].size()) sums_[level].emplace_back();
        sums_[level][index].take(sample);
    }
}

void Levels::set(std::size_t index, float sample) {
    samples_[index] = sample;
    for (std::size_t level = 0; level < sums_.size(); ++level) renew(level, index >>= 1);
}

void Levels::renew(std::size_t level, std::size_t index) {
    Summary& sum = sums_[level][index];
    sum = {};
    for (std::size_t half = 2 * index; half < 2 * index + 2; ++half) {
        if (level == 0 && half < samples_.size()) sum.take(samples_[half]);
        if (level > 0 && half < sums_[level - 1].size()) sum.take(sums_[level - 1][half]);
    }
}

Summary Levels::over(std::size_t first, std::size_t end) const {
    Summary all;
    end = std::min(end, samples_.size());
    if (first >= end) return all;
    if (first & 1) all.take(samples_[first++]);
    if (first < end && (end & 1)) all.take(samples_[--end]);
    // From here on in pairs, then in pairs of pairs: what is odd at either end is taken at its own level.
    for (std::size_t level = 0; first < end; ++level) {
        first >>= 1;
        end >>= 1;
        if (level == sums_.size()) break;
        if (first < end && (first & 1)) all.take(sums_[level][first++]);
        if (first < end && (end & 1)) all.take(sums_[level][--end]);
    }
    return all;
}

}  // namespace entrepot::viz

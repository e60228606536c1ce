#pragma once

#include <cstddef>
#include <limits>
#include <vector>

/// A series at every scale: however many samples a pixel stands for, it is drawn from a few sums.
namespace entrepot::viz {

/// What a stretch of samples comes to. A sample that is not finite is a gap: it counts for nothing.
struct Summary {
    double sum = 0;
    float low = std::numeric_limits<float>::infinity(), high = -std::numeric_limits<float>::infinity();
    std::size_t count = 0;

    bool empty() const { return count == 0; }
    double mean() const { return sum / static_cast<double>(count); }
    void take(float sample);
    void take(const Summary& other);
};

/// Samples at equal steps, with sums of 2, 4, 8, ... of them. Adding costs two sums on average, and a look at any
/// stretch at most two a level.
class Levels {
public:
    void add(float sample);
    /// Replaces a sample that is there.
    void set(std::size_t index, float sample);
    std::size_t size() const { return samples_.size(); }
    float operator[](std::size_t index) const { return samples_[index]; }

    /// The samples [first, end), cut to those that are there.
    Summary over(std::size_t first, std::size_t end) const;

private:
    void renew(std::size_t level, std::size_t index);

    std::vector<float> samples_;
    /// sums_[k][i] is of the samples [i, i + 1) * 2^(k + 1); the last of a level may be of fewer.
    std::vector<std::vector<Summary>> sums_;
};

}  // namespace entrepot::viz

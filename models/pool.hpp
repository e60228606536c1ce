#pragma once

#include <cstdint>
#include <vector>

namespace entrepot::models {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Records that come and go, in one block of memory: an index stays valid until its record is released, and released
/// places are used again, the last one first. No allocation once the pool has reached its greatest size.
template <class T>
class Pool {
public:
    std::uint32_t take() {
        if (free_.empty()) {
            records_.emplace_back();
            return static_cast<std::uint32_t>(records_.size() - 1);
        }
        const std::uint32_t index = free_.back();
        free_.pop_back();
        return index;
    }
    void release(std::uint32_t index) { free_.push_back(index); }

    T& operator[](std::uint32_t index) { return records_[index]; }
    const T& operator[](std::uint32_t index) const { return records_[index]; }

    std::size_t size() const { return records_.size(); }
    std::size_t in_use() const { return records_.size() - free_.size(); }

    template <class Archive>
    void fields(Archive& archive) {
        archive(records_, free_);
    }

private:
    std::vector<T> records_;
    std::vector<std::uint32_t> free_;
};

/// First in, first out, in a block that is used again once it has been emptied.
template <class T>
class Queue {
public:
    bool empty() const { return head_ == values_.size(); }
    std::size_t size() const { return values_.size() - head_; }
    void push(const T& value) { values_.push_back(value); }
    T pop() {
        T value = values_[head_++];
        if (head_ == values_.size()) {
            values_.clear();
            head_ = 0;
        } else if (head_ > 1024 && head_ * 2 > values_.size()) {
            values_.erase(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(head_));
            head_ = 0;
        }
        return value;
    }
    auto begin() const { return values_.begin() + static_cast<std::ptrdiff_t>(head_); }
    auto end() const { return values_.end(); }

    template <class Archive>
    void fields(Archive& archive) {
        archive(values_, head_);
    }

private:
    std::vector<T> values_;
    std::size_t head_ = 0;
};

}  // namespace entrepot::models

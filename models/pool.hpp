#pragma once

#include <cstdint>
#include <vector>

#include "sim/check.hpp"
#include "sim/id.hpp"

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

    [[gnu::always_inline]] T& operator[](std::uint32_t index) { return records_[index]; }
    [[gnu::always_inline]] const T& operator[](std::uint32_t index) const { return records_[index]; }

    std::size_t size() const { return records_.size(); }
    std::size_t in_use() const { return records_.size() - free_.size(); }

    /// Calls `f(index)` for each that is in use, by place.
    template <class F>
    void for_each(F f) const {
        std::vector<bool> used(records_.size(), true);
        for (const std::uint32_t index : free_) used[index] = false;
        for (std::uint32_t index = 0; index < used.size(); ++index) {
            if (used[index]) f(index);
        }
    }

    template <class Archive>
    void fields(Archive& archive) {
        archive(records_, free_);
    }
    /// Whether what is free is there, and no record twice.
    bool holds() const {
        std::vector<bool> seen(records_.size(), false);
        for (const std::uint32_t index : free_) {
            if (index >= seen.size() || seen[index]) return false;
            seen[index] = true;
        }
        return true;
    }

private:
    sim::Table<T> records_;
    std::vector<std::uint32_t> free_;
};

/// Counts the steps of a walk along a list of a pool's records: one that goes in circles is a broken invariant.
class ListWalk {
public:
    template <class T>
    explicit ListWalk(const Pool<T>& pool) : left_(pool.size()) {}
    void step() { SIM_CHECK(left_-- > 0, "a list goes in circles"); }

private:
    std::size_t left_;
};

/// First in, first out, in a block that is used again once it has been emptied.
template <class T>
class Queue {
public:
    bool empty() const { return head_ == values_.size(); }
    std::size_t size() const { return values_.size() - head_; }
    void push(const T& value) { values_.push_back(value); }
    T pop() {
        SIM_CHECK(!empty(), "a queue has nothing to give");
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
    bool holds() const { return head_ <= values_.size(); }

private:
    std::vector<T> values_;
    std::size_t head_ = 0;
};

}  // namespace entrepot::models

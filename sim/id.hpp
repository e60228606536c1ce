#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/check.hpp"

namespace entrepot::sim {

/// The place of a thing in its column: `Id<struct ItemTag>` can't be passed where a site is wanted.
template <class Tag, class Value = std::uint32_t>
struct Id {
    Value value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::size_t v) : value(static_cast<Value>(v)) {}
    constexpr std::size_t index() const { return value; }
    constexpr auto operator<=>(const Id&) const = default;
};

/// A vector that looks at each index, in release builds, too. What lies in a state, or is found by what lies in one, is
/// kept in these, in columns and in pools: an index may come from a snapshot that somebody made up.
template <class T>
class Table : public std::vector<T> {
public:
    using std::vector<T>::vector;

    // A call costs more than what they do, and compilers that have much else to inline make one of it.
    [[gnu::always_inline]] decltype(auto) operator[](std::size_t index) {
        check(index);
        return std::vector<T>::operator[](index);
    }
    [[gnu::always_inline]] decltype(auto) operator[](std::size_t index) const {
        check(index);
        return std::vector<T>::operator[](index);
    }

private:
    [[gnu::always_inline]] void check(std::size_t index) const {
        SIM_CHECK(index < this->size(), "an index beyond its table");
    }
};

/// A table whose index is an `Id` of the right kind.
template <class IdType, class T>
class Column {
public:
    Column() = default;
    explicit Column(std::size_t n, const T& value = T{}) : values_(n, value) {}
    Column(std::initializer_list<T> values) : values_(values) {}

    [[gnu::always_inline]] decltype(auto) operator[](IdType id) { return values_[id.index()]; }
    [[gnu::always_inline]] decltype(auto) operator[](IdType id) const { return values_[id.index()]; }

    std::size_t size() const { return values_.size(); }
    bool empty() const { return values_.empty(); }
    void assign(std::size_t n, const T& value) { values_.assign(n, value); }
    void reserve(std::size_t n) { values_.reserve(n); }
    IdType push_back(T value) {
        values_.push_back(std::move(value));
        return IdType{values_.size() - 1};
    }

    auto begin() { return values_.begin(); }
    auto end() { return values_.end(); }
    auto begin() const { return values_.begin(); }
    auto end() const { return values_.end(); }
    const std::vector<T>& values() const { return values_; }

    bool operator==(const Column&) const = default;

    template <class Archive>
    void fields(Archive& archive) {
        archive.table(values_);
    }

private:
    Table<T> values_;
};

/// All ids of a column of n entries, in order: `for (ItemId item : ids<ItemId>(n))`.
template <class IdType>
class IdRange {
public:
    class Iterator {
    public:
        explicit constexpr Iterator(std::size_t at) : at_(at) {}
        constexpr IdType operator*() const { return IdType{at_}; }
        constexpr Iterator& operator++() {
            ++at_;
            return *this;
        }
        constexpr bool operator==(const Iterator&) const = default;

    private:
        std::size_t at_;
    };
    explicit constexpr IdRange(std::size_t n) : n_(n) {}
    constexpr Iterator begin() const { return Iterator{0}; }
    constexpr Iterator end() const { return Iterator{n_}; }

private:
    std::size_t n_;
};

template <class IdType>
constexpr IdRange<IdType> ids(std::size_t n) {
    return IdRange<IdType>{n};
}

template <class IdType, class T>
IdRange<IdType> ids(const Column<IdType, T>& column) {
    return IdRange<IdType>{column.size()};
}

}  // namespace entrepot::sim

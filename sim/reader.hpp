#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/archive.hpp"
#include "sim/event.hpp"
#include "sim/id.hpp"
#include "sim/parts.hpp"
#include "sim/time.hpp"

/// Reads a state that anybody may have written. What the reader refuses needs no thought elsewhere: lengths that the
/// bytes don't hold, tables of another length than the network's, truth values that are neither, kinds that don't
/// exist, numbers that are none, moments and amounts beyond all bounds. Where an index leads is looked at when it is
/// used, by the table (`Table`, `Column`, the models' `Pool`).
namespace entrepot::sim {

/// A file that can't be read as what it should be.
struct ArchiveError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

namespace limits {

/// Some of these can be added up, and none is ever reached: 268 million units, 72 thousand million of the currency, six
/// thousand years.
inline constexpr std::int64_t kMostOfInt = std::int64_t{1} << 28, kMostOfLong = std::int64_t{1} << 56;
inline constexpr std::int64_t kMostMicros = 200'000'000'000'000'000;
inline constexpr double kMostOfReal = 1e15;

/// Whether a plain value can be one of a state's. An enumeration says which is its last one: `last_of(Kind)`; a type
/// with more to say has a member `holds()`, or a friend `sane_class` in place of what is said of its parts.
template <class Plain>
bool sane(const Plain& value);

struct Sanity {
    bool all = true;
    template <class... Part>
    void operator()(const Part&... parts) {
        ((all = all && sane(parts)), ...);
    }
};

template <class Tag, class Value>
bool sane_class(const Id<Tag, Value>&) {
    return true;
}
inline bool sane_class(const Event&) { return true; }  // as `load` looks at them by themselves
inline bool sane_class(const Time& time) {
    return time == kNever || std::abs(time.time_since_epoch().count()) <= kMostMicros;
}
inline bool sane_class(const Duration& span) { return span.count() >= -kMostMicros && span.count() <= kMostMicros; }
template <class T, std::size_t n>
bool sane_class(const std::array<T, n>& values) {
    for (const T& value : values) {
        if (!sane(value)) return false;
    }
    return true;
}
template <class Plain>
bool sane_class(const Plain& value) {
    Sanity sanity;
    if constexpr (requires { const_cast<Plain&>(value).fields(sanity); }) {
        const_cast<Plain&>(value).fields(sanity);  // which only looks
    } else {
        for_each_part(value, sanity);
    }
    if constexpr (requires { value.holds(); }) sanity.all = sanity.all && value.holds();
    return sanity.all;
}

template <class Plain>
bool sane(const Plain& value) {
    if constexpr (std::is_same_v<Plain, bool>) {
        unsigned char byte = 0;
        std::memcpy(&byte, &value, 1);
        return byte <= 1;
    } else if constexpr (std::is_enum_v<Plain>) {
        return value <= last_of(value);
    } else if constexpr (std::is_floating_point_v<Plain>) {
        return std::abs(value) <= static_cast<Plain>(kMostOfReal);  // which no NaN is
    } else if constexpr (std::is_signed_v<Plain> && sizeof(Plain) >= 4) {
        constexpr std::int64_t most = sizeof(Plain) == 4 ? kMostOfInt : kMostOfLong;
        return value >= -most && value <= most;
    } else if constexpr (std::is_arithmetic_v<Plain>) {
        return true;
    } else {
        return sane_class(value);
    }
}

}  // namespace limits

class Reader : public Archive<Reader> {
public:
    /// The bytes must outlive the reader.
    explicit Reader(std::string_view bytes) : left_(bytes) {}

    std::size_t left() const { return left_.size(); }

    template <class Plain>
    void plain(Plain& value) {
        block(&value, 1);
    }
    template <class Plain>
    void block(Plain* values, std::size_t count) {
        const std::size_t bytes = count * sizeof(Plain);
        if (bytes > left_.size()) throw ArchiveError("the file ends too early");
        if (count > 0) std::memcpy(static_cast<void*>(values), left_.data(), bytes);
        left_.remove_prefix(bytes);
        for (std::size_t i = 0; i < count; ++i) {
            if (!limits::sane(values[i])) refuse();
        }
    }
    template <class Part>
    void resize(std::vector<Part>& parts, std::uint64_t size) const {
        constexpr std::size_t least = std::is_trivially_copyable_v<Part> ? sizeof(Part) : sizeof size;
        if (size > left_.size() / least) refuse();
        parts.resize(size);
    }
    template <class Part>
    void table(std::vector<Part>& parts) {
        std::uint64_t size = 0;
        Reader(left_).plain(size);
        if (size != parts.size()) refuse();
        (*this)(parts);
    }
    template <class Part>
    void whole(const Part& part) const {
        if constexpr (requires { part.holds(); }) {
            if (!part.holds()) refuse();
        }
    }

    /// What must be this value.
    template <class Value>
    void same(const Value& value) {
        Value its = value;
        (*this)(its);
        if (!(its == value)) throw ArchiveError("the snapshot is of another replication, or of another seed");
    }

    [[noreturn]] static void refuse() { throw ArchiveError("the snapshot is damaged, or was made up"); }

private:
    std::string_view left_;
};

}  // namespace entrepot::sim

#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <type_traits>
#include <vector>

#include "sim/digest.hpp"
#include "sim/id.hpp"
#include "sim/packed.hpp"

/// One description of what a state holds serves to write it, to read it and to hash it. Plain values whose bytes all
/// belong to a field, and containers of them, need none; a type with containers inside lists its parts:
///
///     template <class Archive>
///     void fields(Archive& archive) { archive(orders, lines, open_lines); }
namespace entrepot::sim {

/// Walks through values and hands each plain one to `Self::plain`; those of a vector all at once to `Self::block`, and
/// what has come to its end to `Self::whole`, where there is one.
template <class Self>
class Archive {
public:
    template <class... Part>
    void operator()(Part&... parts) {
        (walk(parts), ...);
    }

    /// A vector of which the network says how long it is: one that is read has its length already.
    template <class Part>
    void table(std::vector<Part>& parts) {
        walk(parts);
    }

private:
    Self& self() { return static_cast<Self&>(*this); }

    template <class Part>
    void walk(Part& part) {
        if constexpr (requires { part.fields(self()); }) {
            part.fields(self());
            if constexpr (requires { self().whole(part); }) self().whole(part);
        } else {
            static_assert(Packed<Part>, "give it a Filler, or let it list its fields");
            self().plain(part);
        }
    }
    template <class Part>
    void walk(Table<Part>& parts) {
        walk(static_cast<std::vector<Part>&>(parts));
    }
    template <class Part>
    void walk(std::vector<Part>& parts) {
        std::uint64_t size = parts.size();
        self().plain(size);
        self().resize(parts, size);
        if constexpr (std::is_trivially_copyable_v<Part> && requires { self().block(parts.data(), parts.size()); }) {
            self().block(parts.data(), parts.size());
        } else {
            for (Part& part : parts) walk(part);
        }
    }
    template <class Part, std::size_t n>
        requires(!std::is_trivially_copyable_v<Part>)
    void walk(std::array<Part, n>& parts) {
        for (Part& part : parts) walk(part);
    }
};

class Writer : public Archive<Writer> {
public:
    explicit Writer(std::ostream& stream) : stream_(stream) {}

    template <class Plain>
    void plain(const Plain& value) {
        static_assert(Packed<Plain>);
        stream_.write(reinterpret_cast<const char*>(&value), sizeof value);
    }
    template <class Part>
    static void resize(std::vector<Part>&, std::uint64_t) {}

private:
    std::ostream& stream_;
};

/// Equal values have equal hashes, in whatever way they came about.
class Hasher : public Archive<Hasher> {
public:
    template <class Plain>
    void plain(const Plain& value) {
        static_assert(Packed<Plain>);
        std::uint64_t words[(sizeof value + 7) / 8] = {};
        std::memcpy(words, &value, sizeof value);
        for (const std::uint64_t word : words) value_ = mix(value_ ^ word, 0x9E3779B97F4A7C15ull) + sizeof value;
    }
    template <class Part>
    static void resize(std::vector<Part>&, std::uint64_t) {}

    std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 0x243F6A8885A308D3ull;
};

}  // namespace entrepot::sim

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

/// Plain values whose bytes all mean something. What a compiler leaves between fields differs from run to run, and
/// equal states are to have equal fingerprints and snapshots, whatever compiler made the program.
namespace entrepot::sim {

/// Bytes that a type would otherwise have without a name: always zero.
template <std::size_t bytes>
struct Filler {
    std::array<std::uint8_t, bytes> zero{};
    bool operator==(const Filler&) const = default;
};

namespace detail {

template <std::size_t size>
constexpr bool all_known(const std::array<unsigned char, size>& bytes) {
    unsigned sum = 0;
    for (const unsigned char byte : bytes) sum += byte;  // of a byte that no field has: not a constant expression
    return sum + 1 > 0;
}

}  // namespace detail

/// Every byte belongs to a field.
template <class T>
concept Packed = std::is_trivially_copyable_v<T> && requires {
    typename std::bool_constant<detail::all_known(std::bit_cast<std::array<unsigned char, sizeof(T)>>(T{}))>;
};

}  // namespace entrepot::sim

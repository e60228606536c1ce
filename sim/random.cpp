#include "sim/random.hpp"

#include <bit>
#include <utility>

#include "sim/vector.hpp"

namespace entrepot::sim {

std::uint64_t entity_hash(std::string_view business_key) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : business_key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    hash ^= hash >> 32;  // FNV's high bits are weak for short keys
    hash *= 0xD6E8FEB86659FD93ull;
    return hash ^ (hash >> 32);
}

namespace {

/// The first two uniforms of each place `i`, whose entity and coordinate `at` tells.
template <class At>
[[gnu::always_inline]] inline Draws::Block first_two(std::uint64_t key, bool antithetic, Purpose purpose, At at) {
    // Philox4x32-10 (Salmon et al., SC'11) with the addresses side by side; a test holds it against Random123's. Each
    // word stands in 64 bits, as the products need it, so that nothing is widened or narrowed between the rounds.
    constexpr std::uint64_t kWord = 0xFFFFFFFF;
    // Nobody changes the multipliers, but of constants the compiler makes a dozen shifts and sums.
    static const volatile std::uint32_t kMultiplierOfA = 0xD2511F53, kMultiplierOfC = 0xCD9E8D57;
    const std::uint64_t times_a = kMultiplierOfA, times_c = kMultiplierOfC;
    // The upper 52 bits are the fraction of a number in [1, 2); half a unit in the last place is added.
    const auto uniform = [](std::uint64_t low, std::uint64_t high) {
        const std::uint64_t fraction = ((high << 32) | low) >> 12;
        return (std::bit_cast<double>(fraction | 0x3FF0000000000000) - 1) + 0x1p-53;
    };
    Draws::Block block;
    for (std::uint32_t i = 0; i < Draws::kBlock; ++i) {
        const auto [entity, coordinate] = at(i);
        std::uint64_t a = coordinate, b = std::uint64_t{purpose} << 24, c = entity & kWord, d = entity >> 32;
        auto key0 = static_cast<std::uint32_t>(key), key1 = static_cast<std::uint32_t>(key >> 32);
        for (int round = 0; round < 10; ++round) {
            const std::uint64_t p = times_a * a, q = times_c * c;
            a = (q >> 32) ^ ((b & kWord) ^ key0);
            c = (p >> 32) ^ ((d & kWord) ^ key1);
            b = q;
            d = p;
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
        block.first[i] = uniform(c, d);
        block.second[i] = uniform(a, b);
    }
    if (antithetic) {
        for (double& u : block.first) u = 1 - u;
        for (double& u : block.second) u = 1 - u;
    }
    return block;
}

}  // namespace

ENTREPOT_VECTOR_CLONES
Draws::Block Draws::block(Purpose purpose, std::uint64_t entity, std::uint32_t from) const {
    return first_two(key_, antithetic_, purpose, [=](std::uint32_t i) { return std::pair(entity, from + i); });
}

ENTREPOT_VECTOR_CLONES
Draws::Block Draws::block(Purpose purpose, const std::array<std::uint64_t, kBlock>& entities,
                          std::uint32_t coordinate) const {
    return first_two(key_, antithetic_, purpose, [&](std::uint32_t i) { return std::pair(entities[i], coordinate); });
}

}  // namespace entrepot::sim

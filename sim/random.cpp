#include "sim/random.hpp"

#include <bit>

#include "sim/vector.hpp"

namespace entrepot::sim {

std::uint64_t entity_hash(std::string_view business_key) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : business_key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    hash ^= hash >> 32;  // FNV's high bits are weak for short keys
    hash *= 0xD6E8FEB86659FD93ull;
    return hash ^ (hash >> 32);
}

ENTREPOT_VECTOR_CLONES
Draws::Block Draws::block(Purpose purpose, std::uint64_t entity, std::uint32_t from) const {
    // Philox4x32-10 (Salmon et al., SC'11) with the addresses side by side; a test holds it against Random123's.
    using Words = std::array<std::uint32_t, kBlock>;
    Words a, b, c, d;
    for (std::uint32_t i = 0; i < kBlock; ++i) a[i] = from + i;
    b.fill(std::uint32_t{purpose} << 24);
    c.fill(static_cast<std::uint32_t>(entity));
    d.fill(static_cast<std::uint32_t>(entity >> 32));
    auto key0 = static_cast<std::uint32_t>(key_), key1 = static_cast<std::uint32_t>(key_ >> 32);
    for (int round = 0; round < 10; ++round) {
        for (std::size_t i = 0; i < kBlock; ++i) {
            const std::uint64_t p = std::uint64_t{0xD2511F53} * a[i], q = std::uint64_t{0xCD9E8D57} * c[i];
            a[i] = static_cast<std::uint32_t>(q >> 32) ^ b[i] ^ key0;
            c[i] = static_cast<std::uint32_t>(p >> 32) ^ d[i] ^ key1;
            b[i] = static_cast<std::uint32_t>(q);
            d[i] = static_cast<std::uint32_t>(p);
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
    // The upper 52 bits are the fraction of a number in [1, 2); half a unit in the last place is added.
    const auto uniform = [](std::uint32_t low, std::uint32_t high) {
        const std::uint64_t fraction = (std::uint64_t{high} << 20) | (low >> 12);
        return (std::bit_cast<double>(fraction | 0x3FF0000000000000) - 1) + 0x1p-53;
    };
    Block block;
    for (std::size_t i = 0; i < kBlock; ++i) {
        block.first[i] = uniform(c[i], d[i]);
        block.second[i] = uniform(a[i], b[i]);
    }
    if (antithetic_) {
        for (double& u : block.first) u = 1 - u;
        for (double& u : block.second) u = 1 - u;
    }
    return block;
}

}  // namespace entrepot::sim

#include "sim/random.hpp"

namespace entrepot::sim {

std::uint64_t entity_hash(std::string_view business_key) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : business_key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    hash ^= hash >> 32;  // FNV's high bits are weak for short keys
    hash *= 0xD6E8FEB86659FD93ull;
    return hash ^ (hash >> 32);
}

}  // namespace entrepot::sim

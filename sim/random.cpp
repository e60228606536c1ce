#include "sim/random.hpp"

#include <Random123/philox.h>

namespace entrepot::sim {

std::uint64_t entity_hash(std::string_view business_key) {
    std::uint64_t hash = 0xCBF29CE484222325ull;
    for (const char c : business_key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    hash ^= hash >> 32;  // FNV's high bits are weak for short keys
    hash *= 0xD6E8FEB86659FD93ull;
    return hash ^ (hash >> 32);
}

Stream::Stream(std::uint64_t key, Purpose purpose, std::uint64_t entity, std::uint32_t coordinate, bool antithetic)
    : key_(key),
      entity_(entity),
      coordinate_(coordinate),
      purpose_and_block_(std::uint32_t{purpose} << 24),
      antithetic_(antithetic) {}

Stream::result_type Stream::operator()() {
    if (left_ == 0) {
        const r123::Philox4x32::ctr_type counter{{coordinate_, purpose_and_block_, static_cast<std::uint32_t>(entity_),
                                                  static_cast<std::uint32_t>(entity_ >> 32)}};
        const r123::Philox4x32::key_type key{
            {static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)}};
        const auto block = r123::Philox4x32{}(counter, key);
        words_[0] = block[0] | (std::uint64_t{block[1]} << 32);
        words_[1] = block[2] | (std::uint64_t{block[3]} << 32);
        ++purpose_and_block_;
        left_ = 2;
    }
    return words_[--left_];
}

}  // namespace entrepot::sim

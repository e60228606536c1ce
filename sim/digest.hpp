#pragma once

#include <cstdint>
#include <cstring>

#include "sim/event.hpp"

namespace entrepot::sim {

/// Running 64-bit fingerprint of a sequence of words. Not cryptographic: it finds lost determinism, not forgery.
class Digest {
public:
    void add(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x9E3779B97F4A7C15ull;
        value_ ^= value_ >> 32;
    }
    void add(const Event& event) {
        std::uint64_t words[4];
        std::memcpy(words, &event, sizeof words);
        // Two chains of half the length: the multiplications overlap.
        const std::uint64_t a = (words[0] ^ 0xD6E8FEB86659FD93ull) * (words[1] | 1);
        const std::uint64_t b = (words[2] ^ 0xA0761D6478BD642Full) * (words[3] | 1);
        add(a ^ (b >> 29) ^ (b << 35) ^ words[2]);
    }
    std::uint64_t value() const { return value_; }
    bool operator==(const Digest&) const = default;

private:
    std::uint64_t value_ = 0x243F6A8885A308D3ull;
};

}  // namespace entrepot::sim

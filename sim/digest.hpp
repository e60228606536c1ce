#pragma once

#include <cstdint>

#include "sim/event.hpp"

namespace entrepot::sim {

/// Mixes two words into one, each bit depending on all of both (the folded product of Wang Yi's wyhash).
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Fingerprint of a trajectory: the sum of one fingerprint for each event handled. A sum doesn't depend on the order of
/// its terms, so partitions keep their own and add them up. The order in which an entity handled its events shows in
/// the terms: each holds how many messages the entity had sent before. Not cryptographic: it finds lost determinism,
/// not forgery.
class Digest {
public:
    void add(const Event& event, std::uint32_t sent_before) {
        const std::array<std::uint64_t, 4> words = event.words();
        const std::uint64_t when = mix(words[0] ^ 0xD6E8FEB86659FD93ull, words[1] ^ 0xA0761D6478BD642Full);
        const std::uint64_t what = mix(words[2] ^ 0xE7037ED1A0B428DBull, words[3] ^ 0x8EBC6AF09C88C6E3ull);
        sum_ += mix(when ^ sent_before, what ^ 0x589965CC75374CC3ull);
    }
    Digest& operator+=(const Digest& other) {
        sum_ += other.sum_;
        return *this;
    }
    std::uint64_t value() const { return sum_; }
    bool operator==(const Digest&) const = default;

    template <class Archive>
    void fields(Archive& archive) {
        archive(sum_);
    }

private:
    std::uint64_t sum_ = 0;
};

}  // namespace entrepot::sim

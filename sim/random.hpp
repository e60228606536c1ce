#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

// Philox needs none of the processor's intrinsics, whose headers are half of what a file of ours would read.
#ifndef R123_USE_SSE
#define R123_USE_SSE 0
#define R123_USE_X86INTRIN_H 0
#endif
#include <Random123/philox.h>

namespace entrepot::sim {

/// 64-bit hash of an entity's business key ("SKU0042|SE"), stable across platforms and versions (FNV-1a, then mixed).
std::uint64_t entity_hash(std::string_view business_key);

/// What a draw is for: two purposes of one entity at one coordinate are independent. The model keeps the list.
using Purpose = std::uint8_t;

/// The numbers at one address: a sequence of independent 64-bit words, a Boost.Random uniform random bit generator.
/// Reading more or fewer of them shifts nothing elsewhere. Philox4x32-10 (Salmon et al., SC'11) by Random123.
class Stream {
public:
    using result_type = std::uint64_t;

    Stream(std::uint64_t key, Purpose purpose, std::uint64_t entity, std::uint32_t coordinate, bool antithetic)
        : key_(key),
          entity_(entity),
          coordinate_(coordinate),
          purpose_and_block_(std::uint32_t{purpose} << 24),
          antithetic_(antithetic) {}

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    /// The next 64 random bits.
    result_type operator()() {
        if (left_ == 0) {
            fill();
            left_ = 2;
        }
        return words_[--left_];
    }

    /// Uniform on (0,1), never 0 or 1, with 52 bits, so that 1-u is exact (antithetic draws need it).
    double uniform() {
        const double u = uniform_of((*this)());
        return antithetic_ ? 1.0 - u : u;
    }
    static double uniform_of(std::uint64_t bits) { return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52; }

private:
    void fill() {
        const r123::Philox4x32::ctr_type counter{{coordinate_, purpose_and_block_, static_cast<std::uint32_t>(entity_),
                                                  static_cast<std::uint32_t>(entity_ >> 32)}};
        const r123::Philox4x32::key_type key{
            {static_cast<std::uint32_t>(key_), static_cast<std::uint32_t>(key_ >> 32)}};
        const auto block = r123::Philox4x32{}(counter, key);
        words_[0] = block[0] | (std::uint64_t{block[1]} << 32);
        words_[1] = block[2] | (std::uint64_t{block[3]} << 32);
        ++purpose_and_block_;
    }

    std::uint64_t key_;
    std::uint64_t entity_;
    std::uint32_t coordinate_;
    std::uint32_t purpose_and_block_;
    std::uint64_t words_[2];
    unsigned left_ = 0;
    bool antithetic_;
};

/// All draws of one replication. `at()` names a draw by a model coordinate (a calendar day, an order's ordinal), never
/// by "the next number": whatever a strategy does, the same address gives the same numbers (common random numbers).
class Draws {
public:
    Draws(std::uint32_t study_seed, std::uint32_t replication, bool antithetic = false)
        : key_((std::uint64_t{replication} << 32) | study_seed), antithetic_(antithetic) {}

    Stream at(Purpose purpose, std::uint64_t entity, std::uint32_t coordinate) const {
        return {key_, purpose, entity, coordinate, antithetic_};
    }

    /// The first two uniforms at several addresses, coordinates from `from` on, as `at()` gives them one by one. The
    /// processor works on all at once, so that each costs a third or less.
    static constexpr std::size_t kBlock = 16;
    struct Block {
        std::array<double, kBlock> first, second;
    };
    Block block(Purpose purpose, std::uint64_t entity, std::uint32_t from) const;
    /// The same of several entities at one coordinate.
    Block block(Purpose purpose, const std::array<std::uint64_t, kBlock>& entities, std::uint32_t coordinate) const;

    bool operator==(const Draws&) const = default;
    template <class Archive>
    void fields(Archive& archive) {
        archive(key_, antithetic_);
    }

private:
    std::uint64_t key_;
    bool antithetic_;
};

}  // namespace entrepot::sim

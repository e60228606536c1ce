#include "studies/live/difference.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "sim/archive.hpp"

/// Both worlds are walked as lists of blocks: a vector's values, or one value. The n-th block of one is told from the
/// n-th of the other. Where a vector has grown, that is told from zeros.
namespace entrepot::studies {

namespace {

using Byte = unsigned char;
using Block = std::span<const Byte>;

constexpr std::size_t kWord = 8, kLine = 8 * kWord;

/// What decides how a world goes on; the network, who hears of facts, and the address of draws stay as they are.
template <class Archive, class World>
void walk_world(Archive& archive, World& world) {
    auto& all = world.partitions.front();  // uncut, as recordings have it
    archive(world.now, world.sent, all.now, all.events, all.digest, all.pending, world.state);
}

/// The blocks of a world, which must stay where it is as long as they are used.
class Blocks : public sim::Archive<Blocks> {
public:
    explicit Blocks(const models::World& world) {
        walk_world(*this, const_cast<models::World&>(world));  // which only looks
    }
    template <class Plain>
    void plain(const Plain& value) {
        const auto* bytes = reinterpret_cast<const Byte*>(&value);
        single.insert(single.end(), bytes, bytes + sizeof value);
    }
    template <class Plain>
    void block(const Plain* values, std::size_t count) {
        vectors.emplace_back(reinterpret_cast<const Byte*>(values), count * sizeof(Plain));
    }
    template <class Part>
    static void resize(std::vector<Part>&, std::uint64_t) {}

    Block vector(std::size_t nth) const { return nth < vectors.size() ? vectors[nth] : Block{}; }

    std::vector<Byte> single;  ///< values, and sizes of vectors, one after the other
    std::vector<Block> vectors;
};

/// A line of eight words of a block, filled up with zeros at its end.
std::array<std::uint64_t, 8> line_of(Block block, std::size_t at) {
    std::array<std::uint64_t, 8> words{};
    if (at < block.size()) std::memcpy(words.data(), block.data() + at, std::min(kLine, block.size() - at));
    return words;
}

/// The bytes of a word that aren't 0, a bit for each.
unsigned bytes_set(std::uint64_t word) {
    constexpr std::uint64_t kLow = 0x7F7F7F7F7F7F7F7F;
    const std::uint64_t highest_bits = (((word & kLow) + kLow) | word) & ~kLow;
    return static_cast<unsigned>((highest_bits >> 7) * 0x0102040810204080 >> 56);
}

/// Writes into memory that was used before: new pages cost more than what is written to them.
class Encoder {
public:
    explicit Encoder(std::vector<Byte>& room) : room_(room) {}

    void add(Block from, Block to) {
        for (std::size_t at = 0; at < to.size(); at += kLine) add_line(line_of(from, at), line_of(to, at));
    }
    std::vector<Byte> code() const { return {room_.begin(), room_.begin() + static_cast<std::ptrdiff_t>(used_)}; }

private:
    /// Which words differ; of each of them, which bytes do, and these.
    void add_line(const std::array<std::uint64_t, 8>& from, const std::array<std::uint64_t, 8>& to) {
        constexpr std::size_t kMost = 1 + 8 * (1 + kWord);
        if (room_.size() < used_ + kMost) room_.resize(2 * room_.size() + kMost);
        Byte* out = room_.data() + used_;
        Byte* const words = out++;
        unsigned differ = 0;
        for (unsigned i = 0; i < 8; ++i) {
            const std::uint64_t difference = from[i] ^ to[i];
            if (difference == 0) continue;
            differ |= 1U << i;
            unsigned bytes = bytes_set(difference);
            *out++ = static_cast<Byte>(bytes);
            for (; bytes != 0; bytes &= bytes - 1) {
                *out++ = static_cast<Byte>(difference >> (8 * std::countr_zero(bytes)));
            }
        }
        *words = static_cast<Byte>(differ);
        used_ = static_cast<std::size_t>(out - room_.data());
    }

    std::vector<Byte>& room_;
    std::size_t used_ = 0;
};

class Decoder {
public:
    explicit Decoder(const std::vector<Byte>& code) : in_(code.data()) {}

    void block(Block from, std::span<Byte> to) {
        for (std::size_t at = 0; at < to.size(); at += kLine) {
            std::array<std::uint64_t, 8> line = line_of(from, at);
            for (unsigned words = *in_++; words != 0; words &= words - 1) {
                std::uint64_t differs = 0;
                for (unsigned bytes = *in_++; bytes != 0; bytes &= bytes - 1) {
                    differs |= std::uint64_t{*in_++} << (8 * std::countr_zero(bytes));
                }
                line[static_cast<std::size_t>(std::countr_zero(words))] ^= differs;
            }
            std::memcpy(to.data() + at, line.data(), std::min(kLine, to.size() - at));
        }
    }

private:
    const Byte* in_;
};

/// Walks through a world as `Blocks` does, and makes it what the code says.
class Restorer : public sim::Archive<Restorer> {
public:
    Restorer(const Blocks& from, Decoder& decoder, std::size_t singles)
        : from_(from), decoder_(decoder), single_(singles) {
        decoder_.block(from_.single, single_);
    }
    template <class Plain>
    void plain(Plain& value) {
        std::memcpy(&value, single_.data() + next_single_, sizeof value);
        next_single_ += sizeof value;
    }
    template <class Plain>
    void block(Plain* values, std::size_t count) {
        decoder_.block(from_.vector(next_vector_++), {reinterpret_cast<Byte*>(values), count * sizeof(Plain)});
    }
    template <class Part>
    static void resize(std::vector<Part>& parts, std::uint64_t size) {
        parts.resize(size);
    }

private:
    const Blocks& from_;
    Decoder& decoder_;
    std::vector<Byte> single_;
    std::size_t next_single_ = 0, next_vector_ = 0;
};

/// Adds up the bytes of a state's parts.
class Sizer : public sim::Archive<Sizer> {
public:
    template <class Plain>
    void plain(const Plain&) {
        bytes += sizeof(Plain);
    }
    template <class Plain>
    void block(const Plain*, std::size_t count) {
        bytes += count * sizeof(Plain);
    }
    template <class Part>
    static void resize(std::vector<Part>&, std::uint64_t) {}

    std::size_t bytes = 0;
};

}  // namespace

std::size_t bytes_of(const models::World& world) {
    Sizer sizer;
    walk_world(sizer, const_cast<models::World&>(world));  // which only looks
    return sizer.bytes + sizeof world;
}

Difference::Difference(const models::World& from, const models::World& to, std::vector<unsigned char>& room) {
    const Blocks before(from), after(to);
    singles_ = after.single.size();
    Encoder encoder(room);
    encoder.add(before.single, after.single);
    for (std::size_t i = 0; i < after.vectors.size(); ++i) encoder.add(before.vector(i), after.vectors[i]);
    code_ = encoder.code();
}

void Difference::apply(const models::World& from, models::World& world) const {
    const Blocks before(from);
    Decoder decoder(code_);
    Restorer restorer(before, decoder, singles_);
    walk_world(restorer, world);
}

}  // namespace entrepot::studies

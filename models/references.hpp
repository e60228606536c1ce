#pragma once

#include <cstdint>

/// How messages name what they are about, in a word each.
namespace entrepot::models {

/// How stock goes from one site to another.
enum class TransferMode : std::uint8_t {
    scheduled,  ///< by the next scheduled truck
    urgent,     ///< by a dedicated truck
    lent,       ///< at once, by the pool's own transit
};
constexpr TransferMode last_of(TransferMode) { return TransferMode::lent; }

/// An item at a site, in 32 bits: up to a million items at up to 4096 sites.
struct StockKey {
    static constexpr std::uint32_t kNoItem = 0xFFFFF;
    std::uint32_t packed = 0;

    std::uint32_t item() const { return packed & 0xFFFFF; }
    std::uint32_t site() const { return packed >> 20; }
};

/// What goods carry: where they come from, and which order of headquarters they belong to, if any.
struct GoodsReference {
    enum Kind : std::uint32_t {
        direct,    ///< of a supplier, or of before day 0, without an order of headquarters
        second,    ///< of a policy's second source
        site,      ///< of another site that supplies this one
        purchase,  ///< a purchase line of headquarters
        transfer,  ///< a transfer of headquarters
        returned,  ///< by a customer, to be sold again
        to_scrap,  ///< the same, damaged
    };
    static constexpr std::uint32_t kNoIndex = (1u << 28) - 1, kEntered = 1u << 31;
    std::uint32_t packed = 0;

    static GoodsReference of(Kind kind, std::uint32_t index = kNoIndex) { return {kind | ((index & kNoIndex) << 3)}; }
    Kind kind() const { return static_cast<Kind>(packed & 7); }
    std::uint32_t index() const { return (packed >> 3) & kNoIndex; }  ///< of the purchase line or the transfer
    /// The record has the goods already, ahead of the shelf.
    bool entered() const { return (packed & kEntered) != 0; }
    GoodsReference as_entered() const { return {packed | kEntered}; }
    bool of_headquarters() const { return index() != kNoIndex; }
    bool from_customer() const { return kind() == returned || kind() == to_scrap; }
    bool from_site() const { return kind() == site || kind() == transfer; }
};
static_assert(sizeof(GoodsReference) == 4);

}  // namespace entrepot::models

#include "sim/packed.hpp"

#include <gtest/gtest.h>

#include "sim/archive.hpp"
#include "sim/event.hpp"

namespace entrepot::sim {
namespace {

struct WithHole {
    std::uint32_t a = 0;
    std::uint16_t b = 0;
};
struct Filled {
    std::uint32_t a = 0;
    std::uint16_t b = 0;
    Filler<2> rest{};
};
struct HoleInside {
    bool a = false;
    double b = 0;
};
struct Nested {
    std::array<Filled, 3> filled{};
    float c = 0;
};
struct NestedHole {
    std::array<WithHole, 2> all{};
};
struct Empty {};

static_assert(!Packed<WithHole> && !Packed<HoleInside> && !Packed<NestedHole>);
static_assert(Packed<Filled> && Packed<Nested> && Packed<double> && Packed<bool> && Packed<Time>);
static_assert(FitsInEvent<Filled> && FitsInEvent<Empty> && !FitsInEvent<WithHole>);

/// What lay in the memory before has no part in a fingerprint.
TEST(Packed, EqualValuesInDirtyMemoryHaveEqualFingerprints) {
    const auto print = [](unsigned char dirt) {
        alignas(Nested) unsigned char memory[sizeof(Nested)];
        std::fill(std::begin(memory), std::end(memory), dirt);
        auto* value = new (memory) Nested;
        value->c = 1;
        Hasher hasher;
        hasher(*value);
        return hasher.value();
    };
    EXPECT_EQ(print(0x00), print(0xFF));
}

}  // namespace
}  // namespace entrepot::sim

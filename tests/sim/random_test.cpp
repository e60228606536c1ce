#include "sim/random.hpp"

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <Random123/philox.h>
#include <boost/random/gamma_distribution.hpp>
#include <gtest/gtest.h>

namespace entrepot::sim {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words philox(Words counter, std::array<std::uint32_t, 2> key) {
    const auto block = r123::Philox4x32{}({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
    return {block[0], block[1], block[2], block[3]};
}

// The known answers that come with Random123 (tests/kat_vectors, ten rounds).
TEST(Random, PhiloxGivesItsKnownAnswers) {
    constexpr std::uint32_t f = 0xffffffff;
    EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox({f, f, f, f}, {f, f}), (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, AStreamReadsPhiloxAtItsAddress) {
    const std::uint64_t entity = 0x0370734413198a2e;
    Stream stream = Draws(0xa4093822, 0x299f31d0).at(0x85, entity, 0x243f6a88);
    for (std::uint32_t block = 0; block < 3; ++block) {
        const Words w = philox({0x243f6a88, 0x85000000 | block, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0});
        EXPECT_EQ(stream(), w[2] | std::uint64_t{w[3]} << 32);
        EXPECT_EQ(stream(), w[0] | std::uint64_t{w[1]} << 32);
    }
    // The words of the known answers themselves.
    Stream zeros = Draws(0, 0).at(0, 0, 0);
    EXPECT_EQ(zeros(), 0x9b00dbd8bc57ac4cu);
    EXPECT_EQ(zeros(), 0xe169c58d6627e8d5u);
}

TEST(Random, ABlockHoldsTheFirstUniformsOfItsAddresses) {
    for (const bool antithetic : {false, true}) {
        const Draws draws(0xa4093822, 0x299f31d0, antithetic);
        for (const std::uint32_t from : {0u, 17u, 0xfffffff8u}) {  // the last one begins anew at 0
            const Draws::Block block = draws.block(0x85, 0x0370734413198a2e, from);
            for (std::uint32_t i = 0; i < Draws::kBlock; ++i) {
                Stream stream = draws.at(0x85, 0x0370734413198a2e, from + i);
                EXPECT_EQ(block.first[i], stream.uniform());
                EXPECT_EQ(block.second[i], stream.uniform());
            }
        }
    }
}

TEST(Random, ABlockOfEntitiesHoldsTheFirstUniformsOfEach) {
    for (const bool antithetic : {false, true}) {
        const Draws draws(0xa4093822, 0x299f31d0, antithetic);
        std::array<std::uint64_t, Draws::kBlock> entities{};
        for (std::size_t i = 0; i < entities.size(); ++i) entities[i] = 0x9e3779b97f4a7c15ull * (i + 1);
        const Draws::Block block = draws.block(0x85, entities, 17);
        for (std::size_t i = 0; i < entities.size(); ++i) {
            Stream stream = draws.at(0x85, entities[i], 17);
            EXPECT_EQ(block.first[i], stream.uniform());
            EXPECT_EQ(block.second[i], stream.uniform());
        }
    }
}

TEST(Random, UniformsAreInsideTheIntervalAndHaveAnExactComplement) {
    const Draws plain(42, 3), mirrored(42, 3, true);
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        Stream a = plain.at(1, 99, i), b = mirrored.at(1, 99, i);
        const double u = a.uniform(), v = b.uniform();
        ASSERT_GT(u, 0.0);
        ASSERT_LT(u, 1.0);
        ASSERT_EQ(u + v, 1.0);
        ASSERT_EQ(std::ldexp(u, 53), std::floor(std::ldexp(u, 53)));
    }
    // The extreme words: the grid's ends, half a step from 0 and 1.
    const double low = 0.5 * 0x1p-52, high = (static_cast<double>(~0ull >> 12) + 0.5) * 0x1p-52;
    EXPECT_GT(low, 0.0);
    EXPECT_LT(high, 1.0);
    EXPECT_EQ(1.0 - high, low);
}

TEST(Random, ADrawDoesNotDependOnOtherDraws) {
    const Draws draws(7, 0);
    const auto first = [&](std::uint64_t entity, std::uint32_t day) { return draws.at(2, entity, day)(); };
    const std::uint64_t expected = first(5, 100);
    for (std::uint32_t day = 0; day < 100; ++day) {
        Stream other = draws.at(2, 5, day);
        for (std::uint32_t i = 0; i < day; ++i) other();
    }
    EXPECT_EQ(first(5, 100), expected);
    // Every part of the address counts.
    EXPECT_NE(first(6, 100), expected);
    EXPECT_NE(first(5, 101), expected);
    EXPECT_NE(draws.at(3, 5, 100)(), expected);
    EXPECT_NE(Draws(8, 0).at(2, 5, 100)(), expected);
    EXPECT_NE(Draws(7, 1).at(2, 5, 100)(), expected);
}

TEST(Random, NeighbouringAddressesAreUncorrelated) {
    // 60 000 pairs: |r| sqrt(n) > 4 happens by chance with probability 6e-5, for each of three directions.
    const Draws draws(11, 0), next_replication(11, 1);
    double day = 0, entity = 0, replication = 0;
    constexpr int kPairs = 60'000;
    for (std::uint32_t i = 0; i < kPairs; ++i) {
        const double u = draws.at(0, 1, i).uniform() - 0.5;
        day += u * (draws.at(0, 1, i + 1).uniform() - 0.5);
        entity += u * (draws.at(0, 2, i).uniform() - 0.5);
        replication += u * (next_replication.at(0, 1, i).uniform() - 0.5);
    }
    const double limit = 4 * std::sqrt(static_cast<double>(kPairs)) / 12;
    EXPECT_LT(std::abs(day), limit);
    EXPECT_LT(std::abs(entity), limit);
    EXPECT_LT(std::abs(replication), limit);
}

TEST(Random, AStreamDrivesABoostDistribution) {
    // Mean of 40 000 gamma(3, 2) variates: 6, standard error 0.0173; 4 of them are exceeded with probability 6e-5.
    boost::random::gamma_distribution<double> gamma(3, 2);
    double sum = 0;
    for (std::uint32_t i = 0; i < 40'000; ++i) {
        Stream stream = Draws(5, 0).at(1, 1, i);
        sum += gamma(stream);
    }
    EXPECT_NEAR(sum / 40'000, 6.0, 4 * std::sqrt(12.0 / 40'000));
}

TEST(Random, EntityHashesOfManyKeysDiffer) {
    std::set<std::uint64_t> hashes;
    for (int sku = 0; sku < 20'000; ++sku) {
        for (const char* site : {"|SE", "|DE", "|PL"}) hashes.insert(entity_hash("SKU" + std::to_string(sku) + site));
    }
    EXPECT_EQ(hashes.size(), 60'000u);  // a collision by chance: 1e-10
    EXPECT_NE(entity_hash("A|B"), entity_hash("AB|"));
}

}  // namespace
}  // namespace entrepot::sim

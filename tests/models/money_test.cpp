#include <limits>

#include <gtest/gtest.h>

#include "models/units.hpp"

namespace entrepot::models {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

TEST(Money, SumsAreExactUpToTheLastMicro) {
    Money sum{kMost - 1};
    sum += Money{1};
    EXPECT_EQ(sum.micros, kMost);
    EXPECT_THROW(sum += Money{1}, MoneyOverflow);
    Money least{-kMost};
    least -= Money{1};
    EXPECT_EQ(least.micros, std::numeric_limits<std::int64_t>::min());
    EXPECT_THROW(least -= Money{1}, MoneyOverflow);
    EXPECT_THROW(-least, MoneyOverflow);
    EXPECT_THROW(Money{kMost} + Money{1}, MoneyOverflow);
    EXPECT_THROW(Money{-kMost} - Money{2}, MoneyOverflow);
}

TEST(Money, APriceOfMillionsTimesMillionsOfUnitsNeverWraps) {
    const Money price = Money::of(5e6);  // rupiah or dong
    EXPECT_EQ((price * Units{1'000'000}).amount(), 5e12);
    EXPECT_THROW(price * Units{2'000'000}, MoneyOverflow);  // 1e13 > 9.2e12
    EXPECT_THROW(price * 2e6, MoneyOverflow);
    EXPECT_THROW(price * -2e6, MoneyOverflow);
}

TEST(Money, NoAmountBeyondItsRangeIsRead) {
    EXPECT_EQ(Money::of(9.2e12).amount(), 9.2e12);
    EXPECT_THROW(Money::of(9.3e12), MoneyOverflow);
    EXPECT_THROW(Money::of(std::numeric_limits<double>::quiet_NaN()), MoneyOverflow);
    EXPECT_THROW(Money::of(std::numeric_limits<double>::infinity()), MoneyOverflow);
}

TEST(Money, TheErrorSaysWhatOverflowed) {
    try {
        Money::of(5e6) * Units{2'000'000};
        FAIL();
    } catch (const MoneyOverflow& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("a price times its units exceeds")) << error.what();
    }
}

}  // namespace
}  // namespace entrepot::models

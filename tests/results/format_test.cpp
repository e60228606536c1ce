#include "results/text/format.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/text/days.hpp"

/// Numbers and days as people write them.
namespace entrepot::tests {
namespace {

using namespace results;
using testing::HasSubstr;

Interval around(double estimate, double half) {
    return {.estimate = estimate,
            .low = estimate - half,
            .high = estimate + half,
            .has_estimate = true,
            .has_interval = true};
}

Notation money_for(std::initializer_list<Interval> amounts) {
    Numbers numbers;
    for (const Interval& amount : amounts) numbers.take(amount);
    return Notation::money(numbers, "USD");
}

TEST(Format, WritesNumbersAsPeopleDo) {
    EXPECT_EQ(money_text(1234567, "USD"), "$1.23 M");
    EXPECT_EQ(money_text(-430000, "USD"), "-$430 k");
    EXPECT_EQ(money_text(12345, "EUR"), "EUR 12.3 k");
    EXPECT_EQ(money_text(1550, "USD"), "$1,550");
    EXPECT_EQ(money_text(999.6e6, "USD"), "$1.00 bn");
    EXPECT_EQ(value_text(info(Kpi::line_fill), 0.93842, "USD"), "93.8 %");
    EXPECT_EQ(value_text(info(Kpi::turns), 5.9, "USD"), "5.90 a year");
    EXPECT_EQ(value_text(info(Kpi::inventory_value), 45e6, "USD"), "$45.0 M");
    EXPECT_EQ(value_text(info(Kpi::backlog), 12345.6, "USD"), "12,346 lines");
    EXPECT_EQ(difference_text(info(Kpi::line_fill), 0.013, "USD"), "+1.3 pt");
    EXPECT_EQ(difference_text(info(Kpi::penalties), -430000, "USD"), "-$430 k");
}

TEST(Format, HasNoPowersOfTenAndThousandsApart) {
    EXPECT_EQ(percent_text(13.9), "1,390 %");
    EXPECT_EQ(percent_text(0.01), "1 %");
    EXPECT_EQ(percent_text(0.125), "12.5 %");
    EXPECT_EQ(percent_text(0.0005), "0.05 %");
    EXPECT_EQ(number_text(1234567, 6), "1,234,567");
    EXPECT_EQ(number_text(0.866633, 6), "0.866633");
    EXPECT_EQ(number_text(4), "4");
    EXPECT_EQ(fixed_text(1.2e-8, 2), "0.00");
    EXPECT_EQ(number_text(0.00123), "0.00123");
    EXPECT_EQ(fixed_text(-1234.5, 1), "-1,234.5");
    EXPECT_EQ(about_text(1387), "1,400");
    EXPECT_EQ(about_text(35), "35");
    EXPECT_EQ(about_text(2.13e6), "2.1 M");
    EXPECT_EQ(counted(1, "run"), "1 run");
    EXPECT_EQ(counted(12000, "run"), "12,000 runs");
    EXPECT_EQ(duration_text(185), "3 min 05 s");
    EXPECT_EQ(duration_text(3 * 86400 + 4 * 3600), "3 d 4 h");
}

TEST(Format, HasNoMinusBeforeAZero) {
    EXPECT_EQ(fixed_text(-0.001, 2), "0.00");
    EXPECT_EQ(fixed_text(-0.0, 1), "0.0");
    EXPECT_EQ(number_text(-0.0), "0");
    EXPECT_EQ(money_text(-0.0, "USD"), "$0");
    EXPECT_EQ(difference_text(info(Kpi::line_fill), -0.0, "USD"), "0.0 pt");
    const Notation money = money_for({around(1.2e6, 2e5)});
    EXPECT_EQ(money.value(-12.0), "$0.00 M");
    EXPECT_EQ(money.difference(-12.0), "$0.00 M");
}

TEST(Notation, HasOneScaleForWhatIsReadTogether) {
    const Notation money = money_for({around(1'230'000, 120'000), around(45'000, 1000), around(-360, 20'000)});
    EXPECT_EQ(money.value(around(1'230'000, 120'000)), "$1,230 k [1,110, 1,350]");
    EXPECT_EQ(money.value(around(45'000, 1000)), "$45 k [44, 46]");
    EXPECT_EQ(money.difference(around(-360, 20'000)), "$0 k [-20, +20]");
    // The interval has the estimate's scale and decimals, though its ends would have others by themselves.
    EXPECT_EQ(money_text(around(950'000, 100'000), "USD"), "$950 k [850, 1,050]");
    Numbers numbers;
    for (const Interval& share : {around(0.938, 0.004), around(0.0004, 0.003)}) numbers.take(share);
    const Notation share = Notation::kpi(info(Kpi::line_fill), numbers, "USD");
    EXPECT_EQ(share.value(around(0.938, 0.004)), "93.8 % [93.4, 94.2]");
    EXPECT_EQ(share.difference(around(0.0004, 0.003)), "0.0 pt [-0.3, +0.3]");
}

/// Numbers of all ordinary sizes: digits in groups of three, no minus before a zero, nothing else.
TEST(Notation, IsReadableWhateverTheNumbers) {
    std::mt19937_64 random(20261129);
    std::uniform_real_distribution<double> power(-4, 11), sign(-1, 1);
    const std::string number = "[-+]?[$]?[0-9]{1,3}(,[0-9]{3})*(\\.[0-9]+)?( bn| M| k)?";
    const std::string end = "[-+]?[0-9]{1,3}(,[0-9]{3})*(\\.[0-9]+)?";
    for (int i = 0; i < 300; ++i) {
        Numbers numbers;
        std::vector<Interval> amounts;
        for (int k = 0; k < 3; ++k) {
            amounts.push_back(
                around(std::copysign(std::pow(10, power(random)), sign(random)), std::pow(10, power(random))));
            numbers.take(amounts.back());
        }
        const Notation money = Notation::money(numbers, "USD");
        for (const Interval& amount : amounts) {
            for (const std::string& text : {money.value(amount), money.difference(amount)}) {
                EXPECT_TRUE(std::regex_match(text, std::regex(number + " \\[" + end + ", " + end + "\\]"))) << text;
                EXPECT_FALSE(std::regex_search(text, std::regex("[-+][$]?0(\\.0+)?[^0-9.,]"))) << text;
            }
        }
    }
}

TEST(Format, SaysWhatIsNoNumber) {
    for (const double none : {std::nan(""), std::numeric_limits<double>::infinity()}) {
        EXPECT_EQ(fixed_text(none, 1), "not available");
        EXPECT_EQ(number_text(none), "not available");
        EXPECT_THAT(money_text(none, "USD"), HasSubstr("not available"));
    }
}

TEST(Days, CountFromTheMeasuredWindowAndHaveDates) {
    const Days days("2026-01-05", 90);
    EXPECT_EQ(days.of(0), -90);
    EXPECT_EQ(days.of(90), 0);
    EXPECT_EQ(days.text(-90), "day -90 (Mon 2026-01-05)");
    EXPECT_EQ(days.text(0), "day 0 (Sun 2026-04-05)");
    EXPECT_EQ(days.text(52), "day 52 (Wed 2026-05-27)");
    EXPECT_EQ(days.short_date(52), "27 May");
    int day = 0;
    EXPECT_TRUE(days.read("2026-05-27", day));
    EXPECT_EQ(day, 52);
    EXPECT_FALSE(days.read("2026-02-30", day));
    EXPECT_FALSE(days.read("40 d", day));
    EXPECT_EQ(Days("", 3).text(-1), "day -1");
    EXPECT_EQ(Days("", 3).date(-1), "");
    EXPECT_FALSE(Days("", 3).read("2026-05-27", day));
}

}  // namespace
}  // namespace entrepot::tests

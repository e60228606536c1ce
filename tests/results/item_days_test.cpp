#include "results/kpis/item_days.hpp"

#include <gmock/gmock.h>

#include "results/replication.hpp"

/// The daily series of chosen items, told fact by fact.
namespace entrepot::tests {
namespace {

using namespace results;

models::LineFirstPass line(std::uint32_t item, int ordered, int filled, std::uint16_t day) {
    return {.item = item,
            .ordered = ordered,
            .filled = filled,
            .tier = 0,
            .velocity = 0,
            .placed_day = day,
            .order_ends = 1,
            .order_filled = 0};
}

/// The value of one series in what `take` gave: two sites, 12 days.
std::int32_t value(const std::vector<std::int32_t>& values, std::size_t items, ItemSeries series, std::size_t item,
                   std::size_t site, std::size_t day) {
    return values.at(((series * items + item) * 2 + site) * 12 + day);
}

TEST(ItemDays, CountOrdersForTheDayOnWhichTheyWerePlaced) {
    const std::vector<std::int32_t> chosen{1};
    ItemDays days(small_dimensions(), chosen);
    models::FactLog log([&](std::span<const models::Fact> facts) { days.read(facts); });
    log.tell(at_noon(5), kWest, line(1, 7, 4, 3));
    log.tell(at_noon(3), kWest, line(1, 2, 2, 3));
    log.tell(at_noon(3), kEast, line(1, 1, 0, 3));
    log.tell(at_noon(3), kWest, line(0, 50, 50, 3));  // not chosen
    log.tell(at_noon(6), kWest,
             models::LineCancelled{
                 .item = 1, .units = 3, .tier = 0, .velocity = 0, .because = 0, .placed_day = 3, .margin_micros = 0});
    log.tell(at_noon(6), kWest,
             models::LineCancelled{
                 .item = 0, .units = 9, .tier = 0, .velocity = 0, .because = 0, .placed_day = 3, .margin_micros = 0});
    log.flush();
    const auto values = days.take();
    EXPECT_EQ(value(values, 1, kItemOrdered, 0, kWest, 3), 9);
    EXPECT_EQ(value(values, 1, kItemFilledFirst, 0, kWest, 3), 6);
    EXPECT_EQ(value(values, 1, kItemCancelled, 0, kWest, 3), 3);
    EXPECT_EQ(value(values, 1, kItemOrdered, 0, kEast, 3), 1);
    std::int64_t all = 0;
    for (const std::int32_t units : values) all += units;
    EXPECT_EQ(all, 9 + 6 + 3 + 1);
}

TEST(ItemDays, TakeTheDifferencesOfWhatIsCountedSinceTheStart) {
    const std::vector<std::int32_t> chosen{1, 0};
    ItemDays days(small_dimensions(), chosen);
    days.close(1, kEast, 0, {.shipped = 5, .sent = 1, .received = 20, .adjusted = -2, .on_hand = 30});
    days.close(1, kEast, 1,
               {.shipped = 8,
                .sent = 1,
                .received = 20,
                .adjusted = 1,
                .on_hand = 40,
                .at_docks = 7,
                .on_record = 41,
                .waiting = 6,
                .on_order = 60});
    days.close(0, kWest, 1, {.shipped = 100});
    const auto values = days.take();
    const auto east = [&](ItemSeries series, std::size_t day) { return value(values, 2, series, 1, kEast, day); };
    EXPECT_EQ(east(kItemShipped, 0), 5);
    EXPECT_EQ(east(kItemShipped, 1), 3);
    EXPECT_EQ(east(kItemSent, 0), 1);
    EXPECT_EQ(east(kItemSent, 1), 0);
    EXPECT_EQ(east(kItemReceived, 0), 20);
    EXPECT_EQ(east(kItemReceived, 1), 0);
    EXPECT_EQ(east(kItemAdjusted, 0), -2);
    EXPECT_EQ(east(kItemAdjusted, 1), 3);
    EXPECT_EQ(east(kItemOnHand, 0), 30);
    EXPECT_EQ(east(kItemOnHand, 1), 40);
    EXPECT_EQ(east(kItemAtDocks, 1), 7);
    EXPECT_EQ(east(kItemOnRecord, 1), 41);
    EXPECT_EQ(east(kItemWaiting, 1), 6);
    EXPECT_EQ(east(kItemOnOrder, 1), 60);
    EXPECT_EQ(value(values, 2, kItemShipped, 0, kWest, 1), 100);
}

TEST(ItemDays, HaveNamesUnitsAndMeanings) {
    const auto texts = item_series_texts();
    ASSERT_EQ(texts.size(), kItemSeriesCount);
    EXPECT_EQ(texts[kItemOrdered].name, "units_ordered");
    EXPECT_EQ(texts[kItemOnOrder].name, "units_on_order");
    for (const SeriesText& text : texts) {
        EXPECT_EQ(text.unit, "units");
        EXPECT_FALSE(text.description.empty()) << text.name;
    }
}

}  // namespace
}  // namespace entrepot::tests

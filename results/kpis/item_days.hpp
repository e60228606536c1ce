#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/facts.hpp"
#include "results/study.hpp"

namespace entrepot::results {

/// Daily series of a chosen item at a site, all in units: what happened on a day, then how things stood at its close.
enum ItemSeries : std::size_t {
    kItemOrdered,
    kItemFilledFirst,
    kItemCancelled,
    kItemShipped,
    kItemSent,
    kItemReceived,
    kItemAdjusted,
    kItemOnHand,
    kItemAtDocks,
    kItemOnRecord,
    kItemWaiting,
    kItemOnOrder,
    kItemSeriesCount
};

/// What they are called and mean, in that order.
std::vector<SeriesText> item_series_texts();

/// An item at a site at the close of a day, units. What moved is counted since the start.
struct ItemClose {
    std::int32_t shipped = 0, sent = 0, received = 0, adjusted = 0;
    std::int32_t on_hand = 0, at_docks = 0, on_record = 0, waiting = 0, on_order = 0;
};

/// The daily series of the chosen items in one replication: from the facts of orders, which must come order by order,
/// and from what is looked up at the close of each day.
class ItemDays {
public:
    /// `items`: their indices among all items, each once.
    ItemDays(const Dimensions& dimensions, std::span<const std::int32_t> items);

    /// Takes in the next facts.
    void read(std::span<const models::Fact> facts);
    /// Takes in an item, by its place among the chosen ones, at the close of a day since day 0; days in their order.
    void close(std::size_t chosen, std::size_t site, int day, const ItemClose& now);

    /// All of them, as a study has them: [series][item][site][day]. Nothing is left.
    std::vector<std::int32_t> take() { return std::move(values_); }

private:
    std::int32_t& at(ItemSeries which, std::size_t chosen, std::size_t site, int day) {
        return values_[((which * items_ + chosen) * sites_ + site) * days_ + static_cast<std::size_t>(day)];
    }

    std::size_t items_, sites_, days_;
    std::vector<std::int32_t> chosen_;  ///< by item: its place among the chosen ones, or -1
    std::vector<ItemClose> last_;       ///< [chosen item][site] at the close of the day before
    std::vector<std::int32_t> values_;
};

}  // namespace entrepot::results

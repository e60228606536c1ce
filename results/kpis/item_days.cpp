#include "results/kpis/item_days.hpp"

#include "sim/check.hpp"

namespace entrepot::results {

std::vector<SeriesText> item_series_texts() {
    constexpr char kUnits[] = "units";
    return {
        {"units_ordered", kUnits, "ordered on the day, by customers and by other sites"},
        {"units_filled_first", kUnits, "of them filled at the first attempt, whenever it was"},
        {"units_cancelled", kUnits, "of them cancelled, whenever it was"},
        {"units_shipped", kUnits, "left for customers on the day, whenever they were ordered"},
        {"units_sent", kUnits, "left for other sites on the day"},
        {"units_received", kUnits, "came on the day, of suppliers and of other sites"},
        {"units_adjusted", kUnits, "turned up on the day, or with a minus got lost, unseen, or were damaged"},
        {"units_on_hand", kUnits, "on the shelf at the close of the day"},
        {"units_at_docks", kUnits,
         "received and not yet put away, or picked and not yet gone, at the close of the day"},
        {"units_on_record", kUnits, "on the shelf at the close of the day, as the ERP believes"},
        {"units_waiting", kUnits, "that customers and other sites wait for at the close of the day: backorders"},
        {"units_on_order", kUnits,
         "on order at the close of the day, on the account of whoever orders: proposals, purchases and transfers"},
    };
}

ItemDays::ItemDays(const Dimensions& d, std::span<const std::int32_t> items)
    : items_(items.size()),
      sites_(d.sites.size()),
      days_(static_cast<std::size_t>(d.total_days)),
      chosen_(d.item_cost.size(), -1),
      last_(items_ * sites_),
      values_(kItemSeriesCount * items_ * sites_ * days_, 0) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        std::int32_t& place = chosen_.at(static_cast<std::size_t>(items[i]));
        SIM_CHECK(place < 0, "an item was chosen twice");
        place = static_cast<std::int32_t>(i);
    }
}

void ItemDays::read(std::span<const models::Fact> facts) {
    for (const models::Fact& fact : facts) {
        if (fact.kind() == models::FactList::kind_of<models::LineFirstPass>()) {
            const auto& line = fact.as<models::LineFirstPass>();
            if (chosen_[line.item] < 0) continue;
            const auto item = static_cast<std::size_t>(chosen_[line.item]);
            at(kItemOrdered, item, fact.where, line.placed_day) += line.ordered;
            at(kItemFilledFirst, item, fact.where, line.placed_day) += line.filled;
        } else if (fact.kind() == models::FactList::kind_of<models::LineCancelled>()) {
            const auto& line = fact.as<models::LineCancelled>();
            if (chosen_[line.item] < 0) continue;
            const auto item = static_cast<std::size_t>(chosen_[line.item]);
            at(kItemCancelled, item, fact.where, line.placed_day) += line.units;
        }
    }
}

void ItemDays::close(std::size_t item, std::size_t site, int day, const ItemClose& now) {
    ItemClose& last = last_[item * sites_ + site];
    at(kItemShipped, item, site, day) = now.shipped - last.shipped;
    at(kItemSent, item, site, day) = now.sent - last.sent;
    at(kItemReceived, item, site, day) = now.received - last.received;
    at(kItemAdjusted, item, site, day) = now.adjusted - last.adjusted;
    at(kItemOnHand, item, site, day) = now.on_hand;
    at(kItemAtDocks, item, site, day) = now.at_docks;
    at(kItemOnRecord, item, site, day) = now.on_record;
    at(kItemWaiting, item, site, day) = now.waiting;
    at(kItemOnOrder, item, site, day) = now.on_order;
    last = now;
}

}  // namespace entrepot::results

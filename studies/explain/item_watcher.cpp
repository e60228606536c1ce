#include "studies/explain/item_watcher.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "models/decisions/planning.hpp"
#include "models/network/calendar.hpp"
#include "models/records/supply_account.hpp"

namespace entrepot::studies::explain {

using models::day_of;
using models::GoodsReference;
using models::ItemId;
using models::SiteId;

ItemWatcher::ItemWatcher(const models::Network& network, const Supply& supply, SiteId site, ItemId item)
    : network_(network),
      supply_(supply),
      names_(network),
      clock_(network.calendar),
      site_(site),
      item_(item),
      location_(models::location_of(site, item, network.sites.size())) {
    demand_of_day_.assign(static_cast<std::size_t>(network.calendar.total_days()), 0);
}

void ItemWatcher::begin(const models::World& world) {
    const auto& shelf = state(world).truth[item_];
    last_on_hand_ = shelf.on_hand;
    if (last_on_hand_ == 0) {
        spells_.push_back(
            {.from = sim::kStart, .to = sim::kStart, .begin = sight_of(world, site_, item_), .ended_by = {}});
    }
}

void ItemWatcher::see(const Seen& seen) {
    if (seen.event.to() == models::entity_of(site_)) {
        look_at_site(seen);
    } else if (seen.event.to() == models::headquarters_of(network_)) {
        look_at_headquarters(seen);
    }
    look_at_position(seen.world, seen.at());
}

void ItemWatcher::look_at_site(const Seen& seen) {
    look_at_counts(seen);
    look_at_damage(seen);
    look_at_demand(seen);
    look_at_goods(seen);
    look_at_shelf(seen);
    const models::StockRecord& record = state(seen.world).record[item_];
    if (!spells_.empty() && !spells_.back().ended && spells_.back().thought_full == sim::kNever &&
        record.on_hand - record.allocated <= 0 && seen.at() > spells_.back().from) {
        spells_.back().thought_full = seen.at();
    }
    if (record.waiting > 0 && last_waiting_ == 0) {
        const bool dry = !spells_.empty() && !spells_.back().ended;
        const bool again = dry && std::exchange(waited_in_spell_, true);
        steps_.push_back(
            {seen.at(), "order desk", again ? "again a customer waits for it" : "the first customer waits for it", {}});
    }
    if (record.waiting == 0 && (spells_.empty() || spells_.back().ended)) waited_in_spell_ = false;
    last_waiting_ = record.waiting;
}

/// What is ordered is counted on the record at the moment of its entry, until headquarters is told.
void ItemWatcher::look_at_demand(const Seen& seen) {
    const models::Units demand = state(seen.world).record[item_].demand;
    if (demand > last_demand_) {
        const models::Units units = demand - last_demand_;
        demand_of_day_[static_cast<std::size_t>(day_of(seen.at()))] += units;
        if (!spells_.empty() && !spells_.back().ended) spells_.back().wanted += units;
    }
    last_demand_ = demand;
    if (spells_.empty() || spells_.back().ended) return;
    for (const models::LineCancelled& cancelled : seen.told<models::LineCancelled>()) {
        if (cancelled.item == item_.value) spells_.back().cancelled += cancelled.units;
    }
}

void ItemWatcher::look_at_counts(const Seen& seen) {
    for (const models::StockAdjusted& adjusted : seen.told<models::StockAdjusted>()) {
        if (adjusted.item != item_.value) continue;
        const std::string units = units_text(std::abs(adjusted.units));
        const bool counted = adjusted.found_by_count != 0;
        steps_.push_back(
            {seen.at(),
             counted ? "count" : "warehouse",
             counted ? fmt::format("finds {} {} than the record has", units, adjusted.units > 0 ? "more" : "fewer")
                     : fmt::format("{} {} unseen", units, adjusted.units > 0 ? "turn up" : "get lost"),
             {sight_of(seen.world, site_, item_)}});
    }
}

void ItemWatcher::look_at_damage(const Seen& seen) {
    for (const models::StockDamaged& damaged : seen.told<models::StockDamaged>()) {
        if (damaged.item != item_.value) continue;
        steps_.push_back({seen.at(),
                          "warehouse",
                          fmt::format("{} are damaged {}{}", units_text(damaged.units),
                                      damaged.handled != 0 ? "as they are put away" : "on the shelf",
                                      damaged.seen != 0 ? "" : ", unseen"),
                          {sight_of(seen.world, site_, item_)}});
    }
}

/// Goods that come to the shelf, and whose they are.
void ItemWatcher::look_at_goods(const Seen& seen) {
    const auto put = put_away_by(seen, network_);
    if (!put || put->item != item_.value) return;
    const GoodsReference& goods = put->reference;
    brought_by_ = goods.from_customer() ? "what a customer has sent back"
                  : goods.from_site()   ? "goods of another site"
                                        : "goods of a supplier";
    brought_purchase_ = brought_transfer_ = -1;
    if (goods.kind() == GoodsReference::transfer) {
        if (const TransferCourse* transfer = supply_.transfer_at(goods.index())) {
            brought_transfer_ = transfer - supply_.transfers().data();
            brought_by_ = supply_.name(*transfer);
        }
    } else if (goods.of_headquarters()) {
        if (const PurchaseCourse* purchase = supply_.purchase_at(goods.index())) {
            brought_purchase_ = purchase - supply_.purchases().data();
            brought_by_ = supply_.name(*purchase);
        }
    }
}

void ItemWatcher::look_at_shelf(const Seen& seen) {
    const models::StockRecord& record = state(seen.world).record[item_];
    const models::Units on_hand = state(seen.world).truth[item_].on_hand;
    const bool dry = !spells_.empty() && !spells_.back().ended;
    if (on_hand == 0 && !dry) {
        DrySpell spell{.from = seen.at(), .to = seen.at(), .begin = sight_of(seen.world, site_, item_), .ended_by = {}};
        spell.wanted_today = demand_of_day_[static_cast<std::size_t>(day_of(seen.at()))];
        waited_in_spell_ = record.waiting > 0;
        if (record.on_hand - record.allocated <= 0) spell.thought_full = seen.at();
        spells_.push_back(spell);
        steps_.push_back({seen.at(), "warehouse", "the shelf is empty", {spell.begin}});
        brought_by_.clear();
        brought_purchase_ = brought_transfer_ = -1;
    } else if (on_hand > 0 && dry && (record.waiting == 0 || on_hand - record.allocated >= record.waiting)) {
        // Enough lies there, whenever the record will hear of it and promise it.
        end_spell(seen);
    } else if (on_hand == 0 && last_on_hand_ > 0) {
        steps_.push_back({seen.at(), "warehouse", "the shelf is empty again", {sight_of(seen.world, site_, item_)}});
    }
    last_on_hand_ = on_hand;
}

void ItemWatcher::end_spell(const Seen& seen) {
    DrySpell& spell = spells_.back();
    spell.ended = true;
    spell.to = seen.at();
    spell.ended_by = brought_by_.empty() ? "a find" : brought_by_;
    spell.purchase = brought_purchase_;
    spell.transfer = brought_transfer_;
    steps_.push_back({seen.at(),
                      "warehouse",
                      fmt::format("has stock again for all who waited, after {}, by {}",
                                  span_text(spell.to - spell.from), spell.ended_by),
                      {sight_of(seen.world, site_, item_)}});
}

void ItemWatcher::look_at_headquarters(const Seen& seen) {
    const models::Headquarters& hq = seen.world.state.headquarters;
    if (!seen.message<models::OfficeOpens>()) return;
    const models::Levels& levels = hq.levels[location_];
    if (levels.next_refresh_day == next_refresh_) return;
    next_refresh_ = levels.next_refresh_day;
    computed_.push_back({seen.at(), levels, hq.forecasts[location_], hq.lead_times[network_.items[item_].supplier]});
}

/// The inventory position as whoever orders sees it, against the reorder point of the moment.
void ItemWatcher::look_at_position(const models::World& world, Time now) {
    const models::InventoryPolicy* policy = network_.policy(site_, item_);
    if (policy == nullptr || !policy->planned()) return;
    const models::Headquarters& hq = world.state.headquarters;
    const models::Units position = hq.view[location_].net + hq.view[location_].on_order;
    const float reorder_point = hq.levels[location_].reorder_point;
    const bool below = static_cast<float>(position) <= reorder_point;
    if (below && !below_) crossings_.push_back({now, position, reorder_point});
    below_ = below;
}

void ItemWatcher::end(const models::World& world, std::span<const models::Fact>) {
    ended_ = world.now;
    if (!spells_.empty() && !spells_.back().ended) spells_.back().to = ended_;
}

const DrySpell* ItemWatcher::spell_of(int day) const {
    const DrySpell* next = nullptr;
    for (const DrySpell& spell : spells_) {
        const bool covers = spell.from < models::start_of(day + 1) && spell.to > models::start_of(day);
        if (!covers) continue;
        if (next == nullptr || spell.to - spell.from > next->to - next->from) next = &spell;
    }
    return next;
}

const DrySpell* ItemWatcher::longest_spell() const {
    const DrySpell* longest = nullptr;
    const Time first = models::start_of(network_.calendar.warmup_days);
    const Time last = models::start_of(network_.calendar.warmup_days + network_.calendar.measure_days);
    for (const DrySpell& spell : spells_) {
        if (spell.to <= first || spell.from >= last) continue;
        if (longest == nullptr || spell.to - spell.from > longest->to - longest->from) longest = &spell;
    }
    return longest;
}

}  // namespace entrepot::studies::explain

#pragma once

#include "models/model.hpp"

/// What stock costs by the scenario's terms (StockTerms), in the ledger and as facts: the KPI inventory_cost.
namespace entrepot::models {

/// A cost of a location's stock, in the ledger of who has it.
inline void charge(Ledger& ledger, SiteId site, ItemId item, double amount, Context& context) {
    if (amount == 0) return;
    ledger.post(Account::stock_costs, Account::payables, Money::of(amount));
    context.tell(StockCost{amount, context.network().items[item].velocity.value, 0, site.value});
}

/// Of units that a customer of the tier cancelled.
inline void charge_lost_units(SiteState& site, ItemId item, const Tier& tier, Units units, Context& context) {
    const StockTerms* terms = context.network().terms(site.id, item);
    charge(site.ledger, site.id, item, (tier.per_lost_unit + (terms ? terms->per_lost_unit : 0)) * units, context);
}

/// Of units that a customer of the tier begins to wait for.
inline void charge_short_units(SiteState& site, ItemId item, const Tier& tier, Units units, Context& context) {
    if (tier.per_short_unit != 0) charge(site.ledger, site.id, item, tier.per_short_unit * units, context);
}

/// Units are wanted for a location: told and charged, whoever looked at its position. `per_unit` where the source has a
/// price of its own.
inline void note_order(Ledger& ledger, const StockOrdered& order, std::optional<double> per_unit, Context& context) {
    context.tell(order);
    const SiteId site{order.site};
    const ItemId item{order.item};
    const StockTerms* terms = context.network().terms(site, item);
    const double price = per_unit.value_or(terms ? terms->per_unit : 0);
    charge(ledger, site, item, (terms ? terms->per_order : 0) + price * order.units, context);
}

/// Brings the integral of the waiting units up to now; to be called before they change.
inline void count_waiting(StockRecord& record, Time now) {
    if (record.waiting != 0) {
        const auto since = static_cast<double>((now - record.waiting_changed).count());
        record.waiting_unit_days += static_cast<float>(record.waiting * since * kDayOfMicro);
    }
    record.waiting_changed = now;
}

inline void count_waiting(TierWaiting& tier, Time now) {
    tier.unit_days += static_cast<float>(tier.units * static_cast<double>((now - tier.changed).count()) * kDayOfMicro);
    tier.changed = now;
}

}  // namespace entrepot::models

#include "models/goods/returns.hpp"

#include <algorithm>

#include "models/goods/receiving.hpp"
#include "models/goods/warehouse.hpp"
#include "models/purposes.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

void ready_returns(SiteState& site, const Network& network) {
    if (network.takes_returns() && site.returned.empty()) site.returned.assign(network.items.size(), {});
}

void plan_return(SiteState& site, const Line& line, Units units, Context& context) {
    const Network& network = context.network();
    const Order& order = site.orders[line.order];
    const ReturnTerms& terms = network.tiers[order.tier].returns;
    if (terms.share <= 0 || !terms.time) return;
    // All parts of a line share its draws: it is kept or sent back as a whole.
    const std::uint64_t key = order.key ^ (network.items[ItemId{line.item}].key + line.number);
    auto draw = context.draws().at(purpose::returned, key, order.coordinate);
    if (draw.uniform() >= terms.share) return;
    const Duration away = std::max(Duration{1}, models::draw(*terms.time, draw.uniform()));
    const bool sells_again = draw.uniform() < terms.restocked;
    context.after(away, ReturnArrives{line.item, units, order.tier.value, sells_again});
}

/// The customer has his money back as soon as the goods are there.
void on(SiteState& site, const ReturnArrives& message, Context& context) {
    const Network& network = context.network();
    const Item& item = network.items[ItemId{message.item}];
    const Tier& tier = network.tiers[TierId{message.tier}];
    ReturnedStock& stock = site.returned[ItemId{message.item}];
    stock.came += message.units;
    stock.at_dock += message.units;
    const Money refund = item.price[static_cast<std::size_t>(tier.channel)] * message.units;
    site.ledger.post(Account::refunds, Account::receivables, refund);
    if (tier.returns.handling.micros > 0) site.ledger.post(Account::returns, Account::payables, tier.returns.handling);
    context.tell(
        UnitsReturned{refund.micros, message.units, message.tier, item.velocity.value, tier.returns.handling.micros});
    const auto kind = message.sells_again ? GoodsReference::returned : GoodsReference::to_scrap;
    bring_to_dock(site, {message.item, message.units, GoodsReference::of(kind)}, context);
}

void put_back(SiteState& site, const GoodsPutAway& goods, Context& context) {
    const ItemId id{goods.item};
    const Item& item = context.network().items[id];
    const Money cost = item.unit_cost * goods.units;
    const bool restocked = goods.reference.kind() == GoodsReference::returned;
    ReturnedStock& stock = site.returned[id];
    stock.at_dock -= goods.units;
    (restocked ? stock.restocked : stock.scrapped) += goods.units;
    context.tell(ReturnInspected{cost.micros, goods.units, item.velocity.value, restocked});
    if (!restocked) return;  // its cost stays where its sale has put it
    move_stock(site, id, goods.units, context.now());
    site.ledger.post(Account::inventory, Account::cost_of_sales, cost);
    post(site, {goods.item, goods.units, 0}, context);
}

}  // namespace entrepot::models

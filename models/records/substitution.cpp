#include "models/records/substitution.hpp"

#include "models/purposes.hpp"
#include "models/records/order_lines.hpp"
#include "models/records/shop.hpp"

namespace entrepot::models {

namespace {

/// Units of another item that could be offered to an order: nobody else waits for them.
Units there_to_offer(const SiteState& site, TierId tier, ItemId item, bool by_view, const Network& network) {
    if (by_view) return shown_to(site, tier, item, network);
    return site.record[item].waiting > 0 ? 0 : available_to(site, tier, item, network);
}

bool is_offered(const Substitution& terms, TierId tier, ClassId velocity) {
    return (terms.tiers.empty() || terms.tiers[tier.index()]) &&
           (terms.classes.empty() || terms.classes[velocity.index()]);
}

}  // namespace

std::optional<SubstituteAnswer> substitute_for(const SiteState& site, const Order& order, const LineRequest& request,
                                               std::uint16_t number, bool by_view, const Context& context) {
    const Network& network = context.network();
    if (!network.offers_substitutes() || order.internal) return {};
    if (!is_offered(network.strategy.substitution, order.tier, network.items[request.item].velocity)) return {};
    std::optional<SubstituteAnswer> best;
    Units most = request.units - 1;  // all of the line, or nothing: a customer doesn't mix two kinds
    for (const ItemId other : network.substitutes_of[request.item]) {
        const Units there = there_to_offer(site, order.tier, other, by_view, network);
        if (there <= most) continue;
        most = there;
        best = {other};
    }
    if (!best) return {};
    const double u = context.draws().at(purpose::substitute, line_key(order.key, number), order.coordinate).uniform();
    best->taken = u < network.tiers[order.tier].accepts_substitute;
    return best;
}

bool moves_to_substitute(SiteState& site, std::uint32_t index, bool by_view, Context& context) {
    Line& line = site.lines[index];
    Order& order = site.orders[line.order];
    const ItemId asked{line.item};
    const auto answer = substitute_for(site, order, {asked, line.ordered}, line.number, by_view, context);
    if (!answer) return false;
    const Network& network = context.network();
    context.tell(SubstituteOffered{line.order, asked.value, answer->item.value, line.ordered, order.placed_day,
                                   order.tier.value, network.items[answer->item].velocity.value, answer->taken});
    if (!answer->taken) return false;
    line.item = answer->item.value;
    order.cost += (network.items[answer->item].unit_cost - network.items[asked].unit_cost) * line.ordered;
    return true;
}

}  // namespace entrepot::models

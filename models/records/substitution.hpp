#pragma once

#include <optional>

#include "models/records/order_desk.hpp"

/// Where a line finds too little of an item, the order desk may offer its customer another one of the item's group: of
/// which the record, or the web shop where he buys by its view, has all that he ordered. What either of them doesn't
/// know misleads the offer as it does any other.
namespace entrepot::models {

/// The answer to an offer.
struct SubstituteAnswer {
    ItemId item;
    bool taken = false;
};

/// What is offered in place of a line's item, and whether its customer takes it; nothing where nobody offers anything,
/// or nothing is there that would do. Changes nothing: the promise asks, too, before any line is entered.
std::optional<SubstituteAnswer> substitute_for(const SiteState& site, const Order& order, const LineRequest& request,
                                               std::uint16_t number, bool by_view, const Context& context);

/// Offers it; the line is the substitute's from then on, if it is taken, which is what it returns.
bool moves_to_substitute(SiteState& site, std::uint32_t line, bool by_view, Context& context);

}  // namespace entrepot::models

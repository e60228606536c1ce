#pragma once

#include "models/model.hpp"

/// Lateral transshipment: a site whose stock is short of a customer's line asks its pool, through headquarters, and the
/// site with the most stock lends. A unit that is asked for counts as on order at the borrower, so that the lender's
/// rule replaces it and the borrower's doesn't.
namespace entrepot::models {

/// The pool that helps out with the line, or null.
const StockPool* pool_for(const SiteState& site, const Line& line, const Network& network);

/// Asks the pool for units that the line waits for.
void ask_pool(SiteState& site, std::uint32_t line, std::uint32_t line_number, Units units, Context& context);

/// Picked units go to the site of the pool that asked for them.
void send_loan(SiteState& site, std::uint32_t outgoing, Context& context);

}  // namespace entrepot::models

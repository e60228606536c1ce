#pragma once

#include "models/model.hpp"

/// Which stock moves between sites: one mechanism (records/transfer_orders.hpp) with three ways of deciding.
/// Headquarters rebalances before the scheduled trucks leave; a planner answers an escalation; a pool lends what a line
/// is short of.
namespace entrepot::models {

/// Proposes to move stock from sites with more than enough to sites that will run short; scheduled trucks.
void rebalance(Headquarters& hq, int day, Context& context);

/// The same of one item.
void rebalance_item(Headquarters& hq, ItemId item, Context& context);

/// A planner answers an escalation: a dedicated truck from the site with the longest cover, if one can spare the units.
/// Returns the proposed transfer, or kNone.
std::uint32_t propose_urgent_transfer(Headquarters& hq, const Case& escalated, Context& context);

/// Whether other sites may help out with what the line is short of.
bool may_borrow(const SiteState& site, const Line& line, const Network& network);

/// Asks headquarters for what lines are short of, on behalf of their customers.
void ask_for_loans(SiteState& site, Context& context);

}  // namespace entrepot::models

#pragma once

#include "models/model.hpp"

/// Customers send goods back: they come to the dock of the site that shipped them, are unloaded and looked at as
/// receipts are, and go back to the shelf or to scrap.
namespace entrepot::models {

/// Room to count them, where customers of some tier send goods back; what there is already stays.
void ready_returns(SiteState& site, const Network& network);

/// Units of a line have left for a customer, who may send them back.
void plan_return(SiteState& site, const Line& line, Units units, Context& context);

/// They have been looked at.
void put_back(SiteState& site, const GoodsPutAway& goods, Context& context);

}  // namespace entrepot::models

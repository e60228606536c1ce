#pragma once

#include "models/model.hpp"

/// Sites of a crew pool lend each other pickers for the rest of a shift; headquarters says who goes where.
namespace entrepot::models {

/// A shift begins, with so many person-hours of picking ahead: a site that is short of hands asks headquarters, one
/// that has too many offers some.
void report_hands(SiteState& site, std::size_t shift, double picking_ahead, Context& context);

}  // namespace entrepot::models

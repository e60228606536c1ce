#pragma once

#include "models/model.hpp"

/// Breaches of which people, or the system, are told between reviews, and what came of it.
namespace entrepot::models {

/// Headquarters has heard of a location: where the stock won't last, or is drawn too fast, somebody is told.
void watch_stock(Headquarters& hq, SiteId site, ItemId item, Units net_before, Context& context);

/// A receipt is late.
void alert_of_late_receipt(Headquarters& hq, StockKey about, Context& context);

/// Somebody has looked at an alert: he acts on it, or has seen too many false ones.
void settle_alert(Headquarters& hq, std::uint32_t place, Context& context);

/// Alerts whose horizon is over were right or false, and people learn from them.
void judge_alerts(Headquarters& hq, int day, Context& context);

}  // namespace entrepot::models

#pragma once

#include <string>
#include <vector>

#include "models/disturbances/disturbances.hpp"
#include "studies/clock.hpp"
#include "studies/explain/story.hpp"

/// What the scenario's disturbances did while something was under way. What failed between systems is told where its
/// messages are.
namespace entrepot::studies::explain {

/// Steps of what happened in a stretch of time at a site and to its carriers, by the disturbance's name; `channel`:
/// to those alone that carry its orders, and the fast ones.
std::vector<Step> disturbances_at(const models::Network& network, const models::Happenings& happenings,
                                  models::SiteId site, std::optional<models::Channel> channel, const models::Span& span,
                                  const Clock& clock);

/// The same of a supplier.
std::vector<Step> disturbances_of(const models::Network& network, const models::Happenings& happenings,
                                  models::SupplierId supplier, const models::Span& span, const Clock& clock);

/// "flood (the site is closed until Tue 2026-05-12 00:00)"; several are listed, each once.
std::string disturbances_text(const std::vector<Step>& steps);

}  // namespace entrepot::studies::explain

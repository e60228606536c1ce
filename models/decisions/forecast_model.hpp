#pragma once

#include "models/decisions/policies/level_policy.hpp"
#include "models/model.hpp"

/// What the forecasting service tells of a location: what the recorded demand says, with what it has been told of and
/// with its bias; or, where that is assumed, the demand to come itself, with an error. Its errors are measured here,
/// too, those of every policy's levels alike.
namespace entrepot::models {

/// Units a day by which announced changes move a location's demand in [from, to), as far as they are known on `today`.
struct KnownChange {
    float day = 0, week = 0;  ///< of a day; of the seven days that end with it
};
float announced_rate(const Network& network, SiteId site, ItemId item, int from, int to, int today);
KnownChange announced_change(const Network& network, SiteId site, ItemId item, int day, int today);
/// The same, at no cost where nothing is announced.
inline KnownChange known_change(const Network& network, SiteId site, ItemId item, int day, int today) {
    return network.announced[site].empty() ? KnownChange{} : announced_change(network, site, item, day, today);
}

/// Forecast over what would be right, by what is assumed of the model.
double model_error(const Network& network, SiteId site, ItemId item, int day, const sim::Draws& draws);

/// Expected units a day of a location in [from, to), whatever is announced.
double expected_rate(const Network& network, SiteId site, ItemId item, int from, int to);

/// The service's word on a location's rate in the days from `day` on: it goes over the estimate that `view` has.
void ask_service(LocationView& view, const Network& network, SiteId site, ItemId item, int day,
                 const sim::Draws& draws);

/// Every four weeks: what levels expected of the last four is held against what came. Nothing is judged of the first.
void check_forecasts(Headquarters& hq, int day, Context& context);

}  // namespace entrepot::models

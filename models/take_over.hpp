#pragma once

#include <string>
#include <vector>

#include "models/model.hpp"

/// A running world goes on under another network: another strategy, or values that were changed. What there is and what
/// comes from outside must be the same: items, sites, customers, suppliers, carriers, calendar, demand, by number and
/// by key. What is decided, by whom and with which systems may differ.
///
/// All physical truth goes on, with all orders, purchases, transfers, records and accounts; what headquarters believes
/// and what waits on people's desks stays. Of the events that wait, those stay that are under way (goods, news, work
/// that was begun); those that were planned by a rule which differs are planned anew by the new rule. What doesn't
/// differ is not touched: under an equal network the world goes on exactly as it would have.
namespace entrepot::models {

/// What of the new network a world that runs under `world.network` can't go on with: one line each; empty if nothing.
std::vector<std::string> what_speaks_against(const World& world, const Network& to);

/// The world as it goes on under the new network, against which nothing speaks; what is told at this very moment goes
/// to the log, and so does what comes after.
World take_over(const World& world, const Network& to, FactLog& log);

}  // namespace entrepot::models

#pragma once

#include <vector>

#include "scenarios/load.hpp"
#include "sim/random.hpp"

/// The steps of building a network, in their order. Each adds one part and uses those before it.
namespace entrepot::scenarios {

/// What the made-up attributes of a scenario are drawn for. Their addresses name the item or site, so that adding an
/// item changes no other.
namespace purpose {
inline constexpr sim::Purpose item_attributes = 200;  ///< entity item
inline constexpr sim::Purpose supplier_record = 201;  ///< entity supplier
inline constexpr sim::Purpose opening_stock = 202;    ///< entity item and site
inline constexpr sim::Purpose promoted = 203;         ///< entity item, coordinate promotion
inline constexpr sim::Purpose substitutes = 204;      ///< entity item
}  // namespace purpose

/// Day-independent demand: how popular each item is, how large each region.
struct Popularity {
    std::vector<double> item;  ///< shares of the units, sum 1
    std::vector<double> site;  ///< shares of the units, sum 1
};

/// Position of a name in a list, or `list.size()`.
template <class T>
std::size_t position(const NamedList<T>& list, std::string_view name) {
    std::size_t i = 0;
    while (i < list.size() && list[i].name != name) ++i;
    return i;
}

/// Names of the suppliers that the segments make: dom_fast#1, dom_fast#2, ...
std::vector<std::string> supplier_names(const Scenario& scenario);

/// Names of the made-up items: A0001, A0002, ..., B0001, ...
std::vector<std::string> made_up_names(const Scenario& scenario);

sim::Draws attribute_draws(const Scenario& scenario);

void add_suppliers(const Scenario& scenario, models::Network& network);
/// Items by velocity class, with their attributes; returns each one's share of the demand.
std::vector<double> add_items(const Loaded& loaded, models::Network& network);
/// Groups of items that do for each other, and whom a strategy offers them.
void add_substitutes(const Loaded& loaded, const SubstitutionPart& offers, models::Network& network);
void add_sites(const Scenario& scenario, models::Network& network);
void add_carriers(const Loaded& loaded, models::Network& network);
void add_transfer_terms(const Scenario& scenario, models::Network& network);

/// E-commerce's share of the units on a measured day, by the described demand and what moves.
double ecommerce_share(const Scenario& scenario, double day);

/// Streams of the described demand with spike, bursts and promotions, and usual_daily_units.
void add_described_demand(const Scenario& scenario, const Popularity& popularity, models::Network& network);
/// The recording as replay or streams, and usual_daily_units.
void add_recorded_demand(const Loaded& loaded, models::Network& network);

/// What the channels' shares of the recorded units become.
std::string channels_note(const Loaded& loaded, const models::Calendar& calendar);
models::Calendar calendar_of(const Scenario& scenario);

/// The streams whose orders come one after the other.
void add_streams(const Scenario& scenario, const Popularity& popularity, models::Network& network);

/// Inventory policies by location, and the tier of the sites that order from other sites.
void add_replenishment(const Scenario& scenario, const StrategyPart& strategy, models::Network& network);
void add_office(const Scenario& scenario, models::Network& network);
void add_systems(const StrategyPart& strategy, models::Network& network);
void add_forecast(const StrategyPart& strategy, models::Network& network);
void add_allocation(const Scenario& scenario, const AllocationPart& part, models::Network& network);
void add_clean_up(const StrategyPart& strategy, models::Network& network);
void add_governance(const Scenario& scenario, const StrategyPart& strategy, models::Network& network);
void add_priorities(const StrategyPart& strategy, models::Network& network);
/// Whether some location lies in the scope.
bool binds_something(const Scope& scope, const models::Network& network);

/// Opening stock from usual_daily_units.
void add_stock(const Scenario& scenario, models::Network& network);

/// Mean orders of a channel on a business day, by site: 1/5 of a week's.
std::vector<double> daily_orders(const Loaded& loaded, models::Channel channel);

/// Minimum order of an item [units]: so many days of its demand at a mean site, whole packs.
models::Units minimum_order(double days, double daily_units_per_site, models::Units pack);

models::HourProfile hour_profile(const ChannelPart& channel);
/// Weights of the weekdays, sum 1.
std::array<double, 7> weekday_shares(const ChannelPart& channel);
sim::Discrete tier_mix(const Scenario& scenario, models::Channel channel);

}  // namespace entrepot::scenarios

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/network/calendar.hpp"
#include "models/network/carriers.hpp"
#include "models/network/customers.hpp"
#include "models/network/demand.hpp"
#include "models/network/disturbance.hpp"
#include "models/network/ids.hpp"
#include "models/network/items.hpp"
#include "models/network/people.hpp"
#include "models/network/sites.hpp"
#include "models/network/stock_rules.hpp"
#include "models/network/strategy.hpp"
#include "models/network/suppliers.hpp"
#include "models/network/systems.hpp"

/// What never changes during a run: the distribution network as the scenario describes it. Built once from a scenario,
/// shared read-only by all threads and replications.
namespace entrepot::models {

struct InitialStock {
    Column<SiteId, Column<ItemId, Units>> on_hand;
};

struct Network {
    std::string name;
    std::string currency;
    Calendar calendar;
    std::vector<Phase> phases;
    std::vector<Moment> moments;
    Column<ClassId, VelocityClass> classes;
    Column<ItemId, Item> items;
    Column<TierId, Tier> tiers;
    Column<SiteId, Site> sites;
    Column<SupplierId, Supplier> suppliers;
    Column<CarrierId, Carrier> carriers;
    Column<StreamId, DemandStream> streams;
    std::vector<ReplayedDemand> replay;  ///< sorted by first_day, region, item
    std::vector<ReplayChannel> replay_channels;
    DemandNoise noise;
    TransferPolicyTerms transfer_terms;
    std::vector<Disturbance> disturbances;
    Office office;
    InitialStock initial;
    std::vector<StockRule> rules;
    Column<SiteId, Column<ItemId, std::uint16_t>> rule_of;  ///< empty, or an index of rules, or kNoRule
    std::vector<StockPool> pools;
    static constexpr std::uint16_t kNoRule = 0xFFFF;
    const StockRule* rule(SiteId site, ItemId item) const {
        const std::uint16_t index = rule_of.empty() ? kNoRule : rule_of[site][item];
        return index == kNoRule ? nullptr : &rules[index];
    }
    /// Expected units a day before any spike, promotion or history: what the planners knew on day 0.
    Column<SiteId, Column<ItemId, double>> usual_daily_units;
    /// Strategies are variants of one network: each shares all of the above.
    Strategy strategy;

    // Tables that follow from the above; `finish()` computes them.
    Column<SiteId, std::vector<StreamId>> streams_of;  ///< of each region
    Column<StreamId, sim::Discrete> line_units;        ///< units of a line, minus one
    std::vector<sim::Discrete> replay_line_units;      ///< the same, by replay channel
    /// Expected units a day over the 28 days from the start of each week of the horizon: [week][site][item]. Empty
    /// where no demand is expected at all, as streams whose orders come one after the other have no expectation.
    std::vector<Column<SiteId, std::vector<float>>> outlook;
    Column<SupplierId, Money> supplier_capacity;  ///< a day, at cost; 0 = no limit
    Column<SiteId, std::uint16_t> pool_of;        ///< an index of pools, or kNoRule; empty without pools
    bool watches_demand = false;                  ///< some stock rule forecasts
    bool rules_join_sites = false;                ///< some stock rule orders from a site, or sites lend to each other
};

/// Whether the sites replenish themselves, and headquarters only passes on what they order.
inline bool follows_stock_rules(const Network& network) {
    return std::holds_alternative<StockRules>(network.strategy.replenishment);
}

/// Whether a site sends anything to another one.
inline bool sites_deal(const Network& network) { return !follows_stock_rules(network) || network.rules_join_sites; }

/// Computes the tables that follow from the rest; the last step of building a network.
void finish(Network& network);

}  // namespace entrepot::models

#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "models/network/calendar.hpp"
#include "models/network/carriers.hpp"
#include "models/network/customers.hpp"
#include "models/network/demand.hpp"
#include "models/network/disturbance.hpp"
#include "models/network/forecast.hpp"
#include "models/network/ids.hpp"
#include "models/network/inventory.hpp"
#include "models/network/items.hpp"
#include "models/network/master_data.hpp"
#include "models/network/people.hpp"
#include "models/network/sites.hpp"
#include "models/network/strategy.hpp"
#include "models/network/suppliers.hpp"
#include "models/network/systems.hpp"

/// What never changes during a run: the distribution network as the scenario describes it. Built once from a scenario,
/// shared read-only by all threads and replications.
namespace entrepot::models {

class PriorityPolicy;

struct InitialStock {
    Column<SiteId, Column<ItemId, Units>> on_hand;
    // Goods under way, and what forecasts begin with.
    double pipeline_lot_days = 30;  ///< days of demand that one lot brings at most
    int pipeline_hour = 9;          ///< of the day on which it comes
    double demand_dispersion = 3;   ///< variance of a day's demand over its mean
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
    std::vector<OrderHold> holds;
    Column<SiteId, Site> sites;
    Column<SupplierId, Supplier> suppliers;
    Column<CarrierId, Carrier> carriers;
    Column<StreamId, DemandStream> streams;
    std::vector<ReplayedDemand> replay;  ///< sorted by first_day, region, item
    std::vector<ReplayChannel> replay_channels;
    DemandNoise noise;
    TransferTerms transfer_terms;
    std::vector<Disturbance> disturbances;
    Office office;
    MasterData master_data;
    double carrying_rate = 0.24;  ///< of stock's value a year, capital with it: what decisions are judged by
    InitialStock initial;
    std::vector<StockTerms> stock_terms;
    std::vector<StockPool> pools;
    std::vector<CrewPool> crew_pools;
    std::vector<InventoryPolicy> policies;
    /// [site][item]: an index of the list beside it, or kNobody; both are empty where the list is.
    Column<SiteId, Column<ItemId, std::uint16_t>> stock_terms_of, policy_of;
    static constexpr std::uint16_t kNobody = 0xFFFF;
    const StockTerms* terms(SiteId site, ItemId item) const {
        const std::uint16_t index = stock_terms_of.empty() ? kNobody : stock_terms_of[site][item];
        return index == kNobody ? nullptr : &stock_terms[index];
    }
    /// Whether anybody does something about what carriers tell of shipments that will be late.
    bool tells_delays() const {
        return strategy.notices.at_risk_days > 0 &&
               std::ranges::any_of(carriers, [](const Carrier& carrier) { return carrier.tells_delays.has_value(); });
    }
    bool takes_returns() const {
        return std::ranges::any_of(tiers, [](const Tier& tier) { return tier.returns.share > 0; });
    }
    /// How the strategy replenishes a location; null where nobody does.
    [[gnu::always_inline]] const InventoryPolicy* policy(SiteId site, ItemId item) const {
        const std::uint16_t index = policy_of.empty() ? kNobody : policy_of[site][item];
        return index == kNobody ? nullptr : &policies[index];
    }
    /// The same where somebody does.
    const InventoryPolicy& replenished_by(SiteId site, ItemId item) const {
        const InventoryPolicy* found = policy(site, item);
        SIM_CHECK(found != nullptr, "a location is replenished that nobody replenishes");
        return *found;
    }
    Column<SiteId, std::shared_ptr<const PriorityPolicy>> priority_of;  ///< the strategy's, by site
    Column<TierId, PromiseRule> promise_of;                             ///< the strategy's, by tier
    /// Expected units a day before any spike, promotion or history: what the planners knew on day 0.
    Column<SiteId, Column<ItemId, double>> usual_daily_units;
    /// Changes of demand that are announced to forecasting services, as far as they are.
    Column<SiteId, std::vector<ExpectedUnits>> announced;
    /// Strategies are variants of one network: each shares all of the above.
    Strategy strategy;

    // Tables that follow from the above; `finish()` computes them.
    Column<SiteId, std::vector<StreamId>> streams_of;  ///< of each region
    Column<StreamId, sim::Discrete> line_units;        ///< units of a line, minus one
    std::vector<sim::Discrete> replay_line_units;      ///< the same, by replay channel
    /// Expected units a day over the 28 days from the start of each week of the horizon: [week][site][item]. Empty
    /// where no demand is expected at all, as streams whose orders come one after the other have no expectation.
    std::vector<Column<SiteId, std::vector<float>>> outlook;
    /// The demand of each region, stream by stream, where the strategy's forecast knows it; else empty.
    Column<SiteId, std::vector<ExpectedUnits>> expected;
    Column<ClassId, double> forecast_sigma;               ///< of its error's logarithm, where it errs as assumed
    Column<SupplierId, Money> supplier_capacity;          ///< a day, at cost; 0 = no limit
    Column<SiteId, std::vector<std::uint16_t>> pools_of;  ///< indices of the pools of which a site may borrow
    Column<SiteId, std::uint16_t> crew_pool_of;           ///< an index of the list, or kNobody
    Column<TierId, sim::Discrete> account_sizes;         ///< who of a tier's accounts orders; empty where all are alike
    Column<ItemId, std::vector<ItemId>> substitutes_of;  ///< others of an item's group; empty where nothing has one
    bool offers_substitutes() const {
        return strategy.substitution.offers != Substitution::Offers::none && !substitutes_of.empty();
    }
    std::array<double, 2> markup{};        ///< by channel: mean margin over cost, as of the price list
    std::vector<CountRound> count_rounds;  ///< of the classes whose records are counted
    bool plans = false;                    ///< headquarters computes levels for some location
    bool watches_records = false;          ///< headquarters hears of every change of a record
    bool watches_demand = false;           ///< some site forecasts by itself
    bool sites_deal = false;               ///< goods may go from one site to another
};

/// Computes the tables that follow from the rest; the last step of building a network.
void finish(Network& network);

}  // namespace entrepot::models

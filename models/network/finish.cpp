#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "models/network/demand.hpp"
#include "models/network/network.hpp"
#include "sim/check.hpp"

/// The tables of a network that follow from the rest of it.
namespace entrepot::models {

namespace {

constexpr int kOutlookDays = 28;

/// Mean orders a day of a stream under one item mix, over the outlook from `first`; 0 where it doesn't hold.
double orders_a_day(const DemandStream& stream, std::size_t mix, int first) {
    const int end = std::min(first + kOutlookDays, static_cast<int>(stream.orders_by_day.size()));
    double orders = 0;
    for (int day = first; day < end; ++day) {
        const auto d = static_cast<std::size_t>(day);
        if ((stream.mix_of_day.empty() ? 0 : stream.mix_of_day[d]) == mix) orders += stream.orders_by_day[d];
    }
    return end > first ? orders / (end - first) : 0;
}

Column<SiteId, std::vector<float>> outlook_from(const Network& network, int first) {
    Column<SiteId, std::vector<float>> units(network.sites.size(), std::vector<float>(network.items.size(), 0.0f));
    for (const DemandStream& stream : network.streams) {
        for (std::size_t mix = 0; mix < stream.item_mix.size(); ++mix) {
            const double lines = orders_a_day(stream, mix, first) * stream.lines_mean;
            if (lines <= 0) continue;
            for (std::uint32_t item = 0; item < network.items.size(); ++item) {
                units[stream.region][item] +=
                    static_cast<float>(lines * stream.units_mean * stream.item_mix[mix].probability(item));
            }
        }
    }
    for (const ReplayedDemand& span : network.replay) {
        SIM_CHECK(span.days <= ReplayedDemand::kMostDays, "a day's orders are looked for in the spans of a month");
        const int overlap =
            std::min(first + kOutlookDays, span.first_day + span.days) - std::max(first, span.first_day);
        if (overlap <= 0) continue;
        const int days = std::max(1, std::min(kOutlookDays, network.calendar.total_days() - first));
        units[span.region][span.item.index()] +=
            static_cast<float>(static_cast<double>(span.units) * overlap / span.days / days);
    }
    return units;
}

/// Regions mostly want the same items: equal mixes become one.
void share_equal_mixes(Network& network) {
    std::vector<sim::Discrete> known;
    for (DemandStream& stream : network.streams) {
        for (sim::Discrete& mix : stream.item_mix) {
            const bool shared = std::ranges::any_of(known, [&](const sim::Discrete& k) { return mix.share(k); });
            if (!shared) known.push_back(mix);
        }
    }
    for (auto& region : network.announced) {
        for (ExpectedUnits& change : region) {
            for (const sim::Discrete& mix : known) {
                if (change.items.share(mix)) break;
            }
        }
    }
}

/// Expected units of a stream under each of its item mixes, by day.
void add_expected(const DemandStream& stream, const Calendar& calendar, std::vector<ExpectedUnits>& region) {
    const auto days = static_cast<std::size_t>(calendar.total_days());
    if (stream.orders_by_day.size() < days) return;  // orders that come one after the other
    for (std::size_t mix = 0; mix < stream.item_mix.size(); ++mix) {
        ExpectedUnits units{stream.item_mix[mix], std::vector<double>(days + 1, 0), 0};
        for (std::size_t day = 0; day < days; ++day) {
            const bool holds = (stream.mix_of_day.empty() ? 0 : stream.mix_of_day[day]) == mix;
            const double orders = holds ? stream.orders_by_day[day] : 0;
            units.until[day + 1] = units.until[day] + orders * stream.lines_mean * stream.units_mean;
        }
        if (units.until.back() > 0) region.push_back(std::move(units));
    }
}

/// What the strategy's forecast is assumed to know, and how far it is off.
void assume_forecast(Network& network) {
    const ForecastModel& model = network.strategy.forecast;
    network.expected.assign(network.sites.size(), {});
    network.forecast_sigma.assign(network.classes.size(), 0);
    if (!model.knows_demand()) return;
    for (const DemandStream& stream : network.streams) {
        add_expected(stream, network.calendar, network.expected[stream.region]);
    }
    if (model.from != ForecastModel::From::assumed) return;
    for (const ClassId velocity : sim::ids<ClassId>(network.classes)) {
        network.forecast_sigma[velocity] = sigma_of_error(model.wmape[velocity], model.bias);
    }
}

/// Who has to hear of whom.
void join(Network& network) {
    const auto any = [&](auto holds) { return std::ranges::any_of(network.policies, holds); };
    const Transfers& transfers = network.strategy.transfers;
    const bool moves = transfers.proactive || transfers.urgent_on_escalation || !network.pools.empty();
    network.plans = any([](const InventoryPolicy& policy) { return policy.levels != nullptr; });
    network.watches_records = network.plans || moves;
    network.watches_demand = any([](const InventoryPolicy& policy) { return policy.forecast.has_value(); });
    network.sites_deal = moves || !network.crew_pools.empty() ||
                         any([](const InventoryPolicy& policy) { return policy.source.has_value(); });
}

/// How the orders of each tier fall on its accounts, the largest first.
/// Of all items alike.
std::array<double, 2> markup_of(const Network& network) {
    Money cost;
    std::array<Money, 2> prices{};
    for (const ItemId id : sim::ids<ItemId>(network.items)) {
        const Item& item = network.items[id];
        cost += item.unit_cost;
        for (std::size_t channel = 0; channel < prices.size(); ++channel) prices[channel] += item.price[channel];
    }
    std::array<double, 2> markup{};
    for (std::size_t channel = 0; channel < prices.size() && cost.micros > 0; ++channel) {
        markup[channel] = std::max(0.0, prices[channel].amount() / cost.amount() - 1);
    }
    return markup;
}

Column<TierId, sim::Discrete> account_sizes(const Network& network) {
    Column<TierId, sim::Discrete> sizes;
    for (const Tier& tier : network.tiers) {
        sizes.push_back({});
        if (tier.accounts == 0 || tier.account_concentration == 0) continue;
        std::vector<double> weights;
        for (int k = 1; k <= tier.accounts; ++k) weights.push_back(std::pow(k, -tier.account_concentration));
        sizes[TierId{sizes.size() - 1}] = sim::Discrete(weights);
    }
    return sizes;
}

/// The others of each item's group.
Column<ItemId, std::vector<ItemId>> substitutes_of(const Network& network) {
    std::map<std::uint32_t, std::vector<ItemId>> groups;
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        if (network.items[item].substitutes != 0) groups[network.items[item].substitutes].push_back(item);
    }
    Column<ItemId, std::vector<ItemId>> others;
    if (groups.empty()) return others;
    others.assign(network.items.size(), {});
    for (const auto& [number, group] : groups) {
        for (const ItemId item : group) {
            std::ranges::copy_if(group, std::back_inserter(others[item]), [&](ItemId one) { return one != item; });
        }
    }
    return others;
}

/// Each item is counted once in its class's interval; the days are spread over the items.
std::vector<CountRound> count_rounds(const Network& network) {
    std::vector<CountRound> rounds;
    for (const ClassId velocity : sim::ids<ClassId>(network.classes)) {
        const auto interval = static_cast<std::size_t>(network.classes[velocity].cycle_count_interval / sim::days{1});
        if (interval == 0) continue;
        CountRound round{std::vector<std::vector<ItemId>>(interval)};
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            if (network.items[item].velocity != velocity) continue;
            round.items[(interval - network.items[item].key % interval) % interval].push_back(item);
        }
        rounds.push_back(std::move(round));
    }
    return rounds;
}

}  // namespace

namespace {

/// An interface takes time or can fail by its terms, or fails as a disturbance says so.
void watch_interfaces(Network& network) {
    Integration& systems = network.strategy.integration;
    for (std::size_t i = 0; i < kInterfaces; ++i) {
        systems.watched[i] = systems.interfaces[i].can_fail() || systems.interfaces[i].takes_time();
    }
    for (const Disturbance& d : network.disturbances) {
        if (d.of_link()) systems.watched[static_cast<std::size_t>(d.interface)] = true;
    }
    const auto is_used = [&](InterfaceName interface, bool used) {
        if (!used) systems.watched[static_cast<std::size_t>(interface)] = false;
    };
    const auto any_supplier = [&](auto tells) { return std::ranges::any_of(network.suppliers, tells); };
    is_used(InterfaceName::confirmation, any_supplier([](const Supplier& supplier) { return supplier.confirms > 0; }));
    is_used(InterfaceName::asn, any_supplier([](const Supplier& supplier) { return supplier.announces > 0; }));
    is_used(InterfaceName::priority, !network.strategy.waves.at_once);
    is_used(InterfaceName::notice, network.strategy.notices.at_risk_days > 0);
    is_used(InterfaceName::tracking, network.tells_delays());
}

}  // namespace

void finish(Network& network) {
    watch_interfaces(network);
    network.count_rounds = count_rounds(network);
    if (network.announced.empty()) network.announced.assign(network.sites.size(), {});
    network.account_sizes = account_sizes(network);
    network.markup = markup_of(network);
    network.substitutes_of = substitutes_of(network);
    share_equal_mixes(network);
    network.line_units.assign(0, {});
    network.streams_of.assign(network.sites.size(), {});
    for (const StreamId id : sim::ids<StreamId>(network.streams)) {
        DemandStream& stream = network.streams[id];
        stream.most_rate = stream.most_rate_factor();
        if (!stream.baskets.empty()) {
            std::vector<double> weights;
            for (const Basket& basket : stream.baskets) weights.push_back(basket.probability);
            stream.basket_mix = sim::Discrete(weights);
        }
        std::vector<StreamId>& neighbours = network.streams_of[stream.region];
        stream.place = static_cast<std::uint32_t>(neighbours.size());
        neighbours.push_back(id);
        network.line_units.push_back(line_units(stream.units_mean, stream.units_cv2));
    }
    network.replay_line_units.clear();
    for (const ReplayChannel& channel : network.replay_channels) {
        network.replay_line_units.push_back(line_units(channel.units_mean, channel.units_cv2));
    }
    network.pools_of.assign(network.sites.size(), {});
    for (std::size_t pool = 0; pool < network.pools.size(); ++pool) {
        for (const SiteId site : network.pools[pool].sites) {
            network.pools_of[site].push_back(static_cast<std::uint16_t>(pool));
        }
    }
    network.crew_pool_of.assign(network.sites.size(), Network::kNobody);
    for (std::size_t pool = 0; pool < network.crew_pools.size(); ++pool) {
        for (const SiteId site : network.crew_pools[pool].sites) {
            network.crew_pool_of[site] = static_cast<std::uint16_t>(pool);
        }
    }
    join(network);
    network.supplier_capacity.assign(network.suppliers.size(), {});
    for (const ItemId id : sim::ids<ItemId>(network.items)) {
        const Item& item = network.items[id];
        const double factor = network.suppliers[item.supplier].capacity_factor;
        for (const auto& site : network.usual_daily_units) {
            network.supplier_capacity[item.supplier] += item.unit_cost * (site[id] * factor);
        }
    }
    assume_forecast(network);
    network.outlook.clear();
    for (int day = 0; day < network.calendar.total_days(); day += 7) {
        network.outlook.push_back(outlook_from(network, day));
    }
    const auto expects = [](const std::vector<float>& site) {
        return std::ranges::any_of(site, [](float units) { return units > 0; });
    };
    const auto any = [&](const auto& week) { return std::ranges::any_of(week, expects); };
    if (std::ranges::none_of(network.outlook, any)) network.outlook.clear();
}

}  // namespace entrepot::models

#include "scenarios/build.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <numeric>

#include <fmt/format.h>

#include "scenarios/kind.hpp"
#include "sim/check.hpp"

namespace entrepot::scenarios {

using models::Network;
using sim::entity_hash;

namespace {

void add_calendar(const Scenario& scenario, Network& network) {
    const CalendarPart& part = scenario.calendar;
    network.calendar = calendar_of(scenario);
    for (const auto& [name, phase] : scenario.phases) {
        network.phases.push_back({name, part.warmup_days + static_cast<int>(phase.first_day),
                                  part.warmup_days + static_cast<int>(phase.end_day)});
    }
    for (const auto& [name, moment] : scenario.moments) {
        const models::Duration start = sim::days{part.warmup_days};
        network.moments.push_back({name, start + moment.at, start + moment.since, moment.low});
    }
}

void add_customers(const Scenario& scenario, Network& network) {
    for (const auto& [name, part] : scenario.tiers) {
        network.tiers.push_back(part.tier);
        network.tiers[models::TierId{network.tiers.size() - 1}].name = name;
    }
    for (const auto& [name, part] : scenario.holds) {
        models::OrderHold hold = part.hold;
        hold.name = name;
        hold.key = entity_hash("hold." + name);
        if (!part.tiers.empty()) {
            for (const auto& tier : scenario.tiers) hold.tiers.push_back(std::ranges::count(part.tiers, tier.name) > 0);
        }
        network.holds.push_back(std::move(hold));
    }
}

void add_disturbances(const Scenario& scenario, Network& network) {
    const std::vector<std::string> suppliers = supplier_names(scenario);
    for (const auto& [name, part] : scenario.disturbances) {
        models::Disturbance d;
        d.kind = static_cast<models::Disturbance::Kind>(part.kind);
        d.name = name;
        d.first_day = scenario.calendar.warmup_days + part.day;
        d.days = part.days;
        const auto supplier = std::find(suppliers.begin(), suppliers.end(), part.supplier);
        if (supplier != suppliers.end())
            d.supplier = models::SupplierId{static_cast<std::size_t>(supplier - suppliers.begin())};
        const std::size_t carrier = position(scenario.carriers, part.carrier);
        if (carrier < scenario.carriers.size()) d.carrier = models::CarrierId{carrier};
        const std::size_t site = position(scenario.sites, part.site);
        if (site < scenario.sites.size()) d.site = models::SiteId{site};
        d.factor = part.factor;
        d.interface = static_cast<models::InterfaceName>(part.interface);
        d.starts = sim::minutes{part.start_minute};
        d.lasts = part.lasts;
        d.everywhere = part.site.empty() && part.supplier.empty();
        d.key = entity_hash("disturbance." + name);
        d.probability = part.probability;
        d.between = part.between;
        d.length = part.length;
        if (!part.after.empty()) {
            d.first_day = part.day;
            d.after = static_cast<std::uint16_t>(position(scenario.disturbances, part.after));
        }
        network.disturbances.push_back(d);
    }
}

/// Great-circle distance, haversine, mean earth radius.
double miles_between(const models::Site& a, const models::Site& b) {
    constexpr double kEarthRadius = 3958.8, kRadians = std::numbers::pi / 180;
    const double dlat = (b.latitude - a.latitude) * kRadians, dlon = (b.longitude - a.longitude) * kRadians;
    const double h = std::pow(std::sin(dlat / 2), 2) + std::cos(a.latitude * kRadians) *
                                                           std::cos(b.latitude * kRadians) *
                                                           std::pow(std::sin(dlon / 2), 2);
    return 2 * kEarthRadius * std::asin(std::sqrt(std::min(1.0, h)));
}

/// Lead time of a lane that the scenario gives, or nothing; the reverse direction counts where only it is given.
const Lane* given_lane(const Scenario& scenario, const std::string& from, const std::string& to) {
    const Lane* reverse = nullptr;
    for (const auto& [name, lane] : scenario.transfers.lanes) {
        if (lane.from == from && lane.to == to) return &lane;
        if (lane.from == to && lane.to == from) reverse = &lane;
    }
    return reverse;
}

}  // namespace

models::Calendar calendar_of(const Scenario& scenario) {
    const CalendarPart& part = scenario.calendar;
    models::Calendar calendar;
    calendar.start_date = format(part.first_date(), date(), "");
    const std::chrono::weekday first{std::chrono::sys_days{std::chrono::days{static_cast<int>(part.first_date())}}};
    calendar.first_weekday = static_cast<int>(first.iso_encoding()) - 1;
    calendar.warmup_days = part.warmup_days;
    calendar.measure_days = part.measure_days;
    calendar.cooldown_days = part.cooldown_days;
    calendar.working_days = part.working_days;
    return calendar;
}

sim::Draws attribute_draws(const Scenario& scenario) { return {scenario.items.seed, 0}; }

std::vector<std::string> supplier_names(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& [segment, part] : scenario.segments) {
        for (int i = 1; i <= part.count; ++i) names.push_back(fmt::format("{}#{}", segment, i));
    }
    return names;
}

void add_suppliers(const Scenario& scenario, Network& network) {
    const Suppliers& common = scenario.suppliers;
    const sim::Draws draws = attribute_draws(scenario);
    int weekday = 0;
    for (const auto& [segment, part] : scenario.segments) {
        for (int i = 1; i <= part.count; ++i) {
            models::Supplier supplier = part.terms;
            supplier.name = fmt::format("{}#{}", segment, i);
            supplier.key = entity_hash(supplier.name);
            supplier.segment = segment;
            supplier.review_weekday = weekday++ % 5;
            auto draw = draws.at(purpose::supplier_record, supplier.key, 0);
            const double error = std::exp(common.record_sigma * sim::normal_quantile(draw.uniform()));
            const bool biased = draw.uniform() < common.record_biased_share;
            const double factor = biased ? 1 + common.record_bias : error;
            supplier.lead_time_on_record =
                models::Duration{std::llround(static_cast<double>(supplier.lead_time_mean.count()) * factor)};
            const double channel = draw.uniform();
            supplier.order_lag = channel < common.confirm_api                        ? common.lag_api
                                 : channel < common.confirm_api + common.confirm_edi ? common.lag_edi
                                                                                     : common.lag_email;
            network.suppliers.push_back(supplier);
        }
    }
}

void add_sites(const Scenario& scenario, Network& network) {
    for (const auto& [name, part] : scenario.sites) {
        models::Site site = part.site;
        site.name = name;
        site.key = entity_hash(name);
        if (!part.shifts.empty()) site.shifts.clear();
        for (const auto& shift : part.shifts) site.shifts.push_back(shift.value);
        network.sites.push_back(site);
    }
}

void add_crew_pools(const Scenario& scenario, Network& network) {
    for (const auto& [name, part] : scenario.crew_pools) {
        models::CrewPool pool = part.pool;
        pool.name = name;
        for (const models::SiteId site : sim::ids<models::SiteId>(network.sites)) {
            const bool member = part.sites.empty() || std::ranges::count(part.sites, network.sites[site].name) > 0;
            if (member) pool.sites.push_back(site);
        }
        network.crew_pools.push_back(std::move(pool));
    }
}

void add_carriers(const Loaded& loaded, Network& network) {
    const Scenario& scenario = loaded.scenario;
    const std::vector<double> b2b = daily_orders(loaded, models::Channel::b2b);
    const std::vector<double> ecommerce = daily_orders(loaded, models::Channel::ecommerce);
    for (const auto& [name, part] : scenario.carriers) {
        models::Carrier carrier = part.carrier;
        carrier.name = name;
        carrier.key = entity_hash(name);
        for (std::size_t s = 0; s < scenario.sites.size(); ++s) {
            const double mean = carrier.expedite                          ? b2b[s] + ecommerce[s]
                                : carrier.channel == models::Channel::b2b ? b2b[s]
                                                                          : ecommerce[s];
            carrier.daily_capacity.push_back(std::ceil(mean * part.capacity));
        }
        network.carriers.push_back(carrier);
    }
}

void add_transfer_terms(const Scenario& scenario, Network& network) {
    const TransferPart& part = scenario.transfers;
    models::TransferTerms& terms = network.transfer_terms;
    terms = part.terms;
    for (const int weekday : part.truck_weekdays) terms.truck_weekdays[static_cast<std::size_t>(weekday)] = true;
    const std::size_t n = network.sites.size();
    terms.lead_days.assign(n, models::Column<models::SiteId, double>(n, 0));
    for (const models::SiteId from : sim::ids<models::SiteId>(n)) {
        for (const models::SiteId to : sim::ids<models::SiteId>(n)) {
            if (from == to) continue;
            const double miles = part.road_factor * miles_between(network.sites[from], network.sites[to]);
            double lead = std::clamp(std::ceil(miles / part.miles_per_day + part.loading_days), part.least_days,
                                     std::max(part.least_days, part.most_days));
            const Lane* lane = given_lane(scenario, network.sites[from].name, network.sites[to].name);
            if (lane != nullptr) lead = lane->lead_days;
            terms.lead_days[from][to] = lead;
        }
    }
}

std::vector<std::string> strategy_names(const Scenario& scenario) {
    std::vector<std::string> names;
    for (const auto& strategy : scenario.strategies) names.push_back(strategy.name);
    return names;
}

Network build(const Loaded& loaded, std::string_view strategy) {
    const Scenario& scenario = loaded.scenario;
    const std::size_t chosen = position(scenario.strategies, strategy);
    SIM_CHECK(chosen < scenario.strategies.size(), "build() wants the name of one of the scenario's strategies");
    Network network;
    network.name = scenario.name;
    network.currency = scenario.currency;
    const StrategyPart& bound = scenario.strategies[chosen].value;
    network.strategy = bound.terms;
    network.strategy.name = strategy;
    std::ranges::sort(network.strategy.waves.start_minutes);
    add_office(scenario, network);
    network.master_data = scenario.master_data;
    const Finance& finance = scenario.finance;
    network.carrying_rate = finance.capital_rate + finance.space_rate + finance.service_rate + finance.risk_rate;
    network.noise = scenario.demand.noise;
    for (const auto& [name, part] : scenario.classes) network.classes.push_back({name, part.cycle_count_interval});
    add_calendar(scenario, network);
    add_customers(scenario, network);
    add_suppliers(scenario, network);
    add_sites(scenario, network);
    add_crew_pools(scenario, network);
    Popularity popularity{add_items(loaded, network), {}};
    add_substitutes(loaded, bound.substitution, network);
    for (const auto& site : scenario.sites) popularity.site.push_back(site.value.share);
    add_carriers(loaded, network);
    add_transfer_terms(scenario, network);
    if (loaded.recording) {
        add_recorded_demand(loaded, network);
    } else {
        add_described_demand(scenario, popularity, network);
    }
    add_streams(scenario, popularity, network);
    add_stock(scenario, network);
    add_replenishment(scenario, bound, network);
    add_priorities(bound, network);
    add_allocation(scenario, bound.allocation, network);
    add_systems(bound, network);
    add_forecast(bound, network);
    add_clean_up(bound, network);
    add_governance(scenario, bound, network);
    add_disturbances(scenario, network);
    models::finish(network);
    return network;
}

}  // namespace entrepot::scenarios

#include "models/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "models/conservation.hpp"
#include "models/decisions/stock_rules.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"
#include "models/site_day.hpp"
#include "sim/run_in_turns.hpp"
#include "sim/run_sequential.hpp"

namespace entrepot::models {

namespace {

SiteState initial_site(const Network& network, SiteId id, bool order_by_order) {
    const std::size_t items = network.items.size();
    SiteState site;
    site.id = id;
    site.serves_from_shelf = network.sites[id].handling == Handling::at_once &&
                             posts_at_once(network.strategy.integration) && !order_by_order;
    site.served.resize(network.tiers.size() * network.classes.size());
    site.truth.assign(items, {});
    site.record.assign(items, {});
    site.waiting_by_tier.assign(network.tiers.size(), {});
    const auto days = static_cast<std::size_t>(network.calendar.total_days()) + 1;
    if (network.watches_demand) site.seen.assign(items, {});
    site.due.resize(days);
    site.open_lines_due.resize(days);
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const StockRule* rule = network.rule(id, item);
        const Units units = rule && rule->initial ? *rule->initial : network.initial.on_hand[id][item];
        site.record[item].looks_at = looks_at(rule, network);
        site.record[item].on_hand = site.truth[item].on_hand = site.truth[item].moved.opening = units;
        if (units == 0) site.truth[item].empty_since = sim::kStart;
        site.ledger.post(Account::inventory, Account::opening, network.items[item].unit_cost * units);
    }
    return site;
}

Headquarters initial_headquarters(const Network& network) {
    Headquarters hq;
    hq.items = network.items.size();
    hq.sites = network.sites.size();
    const std::size_t locations = hq.items * hq.sites;
    hq.view.assign(locations, {});
    hq.levels.assign(locations, {});
    hq.transfers_under_way.assign(locations, 0);
    hq.forecasts.assign(locations, {});
    hq.surge.assign(hq.sites, {1.0, 1.0});
    hq.last_week.resize(7 * locations);
    hq.items_of.assign(network.suppliers.size(), {});
    hq.supplier_busy_until.assign(network.suppliers.size(), sim::kStart);
    hq.plants.assign(network.suppliers.size(), {});
    hq.planners.staff = network.office.planners;
    hq.agents.staff = network.office.service_agents;
    for (const Supplier& supplier : network.suppliers) {
        constexpr int kPriorReceipts = 5;  // the master's lead time counts as so many receipts
        const double mean = sim::in<sim::days>(supplier.lead_time_on_record);
        const double sd = mean * supplier.lead_time_cv;
        hq.lead_times.push_back({mean, sd * sd, kPriorReceipts});
    }
    for (const ItemId item : sim::ids<ItemId>(network.items)) hq.items_of[network.items[item].supplier].push_back(item);
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const LocationId location = hq.location(site, item);
            const double usual = network.usual_daily_units[site][item];
            const StockRule* rule = network.rule(site, item);
            hq.view[location].net = rule && rule->initial ? *rule->initial : network.initial.on_hand[site][item];
            const auto level = static_cast<float>(usual);
            for (std::size_t day = 0; day < 7; ++day) hq.last_week[day * locations + location.index()] = level;
            hq.forecasts[location] = {
                .mean = level, .spread = 3 * level, .level = level, .variance = 3 * level, .week = 7 * level};
        }
    }
    return hq;
}

/// Goods that are under way on day 0: a lead time's demand in lots of at most a month's, evenly spread from a random
/// moment on. The same for every strategy.
void start_pipeline(World& world, sim::Context<Distribution>& context) {
    constexpr double kLotDays = 30;
    constexpr std::uint32_t kDayZero = 0xFFFFFFFF;  // a coordinate of its own
    const Network& network = *world.network;
    Headquarters& hq = world.state.headquarters;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId id : sim::ids<ItemId>(network.items)) {
            const Item& item = network.items[id];
            const double lead = sim::in<sim::days>(network.suppliers[item.supplier].lead_time_mean);
            const double usual = network.usual_daily_units[site][id];
            const double lots = std::ceil(lead / kLotDays);
            const auto units = static_cast<Units>(std::lround(usual * lead / lots));
            if (units == 0) continue;
            const double offset =
                world.draws.at(purpose::lead_time, item.key ^ network.sites[site].key, kDayZero).uniform();
            for (int lot = 0; lot < static_cast<int>(lots); ++lot) {
                const auto index = static_cast<std::uint32_t>(hq.purchases.size());
                const int due = static_cast<int>((lot + offset) * lead / lots) + 1;
                const Time arrives = at_hour(business_day_from(network.calendar, due), 9);
                hq.purchases.push_back(PurchaseLine{.item = id,
                                                    .site = site,
                                                    .ordered = units,
                                                    .delivered_units = units,
                                                    .placed = arrives - sim::from_real<sim::days>(lead),
                                                    .due = arrives,
                                                    .arrives = arrives});
                hq.view[hq.location(site, id)].on_order += units;
                context.at(arrives, SupplierDelivers{index, 0});
            }
        }
    }
}

}  // namespace

World start_world(const Network& network, std::uint32_t seed, std::uint32_t replication, FactLog& log, bool antithetic,
                  bool order_by_order) {
    State state;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        state.sites.push_back(initial_site(network, site, order_by_order));
    }
    state.headquarters = initial_headquarters(network);
    World world(network, log, std::move(state), sim::Draws(seed, replication, antithetic), network.sites.size() + 1);
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        Context(world, entity_of(site)).at(sim::kStart, DayStarts{0});
    }
    Context context(world, headquarters_of(network));
    if (!follows_stock_rules(network)) start_pipeline(world, context);
    context.at(sim::kStart, ForecastsUpdate{0});
    return world;
}

sim::WindowFigures run_windows(World& world, FactLog& log, Time until, sim::Threads& threads) {
    world.cut(0);
    world.report_to(log);
    if (threads.workers() == 1) return run_windowed(world, until, threads);
    // Each partition tells its facts to a log of its own.
    std::vector<std::vector<Fact>> told(world.partitions.size());
    std::vector<FactLog> logs;
    logs.reserve(told.size());
    for (std::size_t p = 0; p < told.size(); ++p) {
        logs.emplace_back(
            [&mine = told[p]](std::span<const Fact> facts) { mine.insert(mine.end(), facts.begin(), facts.end()); });
        world.partitions[p].facts = &logs[p];
    }
    const sim::WindowFigures figures = run_windowed(world, until, threads);
    for (std::size_t p = 0; p < told.size(); ++p) {
        logs[p].flush();
        log.hand_on(told[p]);
    }
    world.report_to(log);
    return figures;
}

/// The horizon is over, and with it the last day. What would happen at this very instant belongs to no day.
void end_horizon(World& world) {
    for (SiteState& site : world.state.sites) {
        Context context(world, entity_of(site.id));
        end_moments(site, context);
        end_orders(site, context);
        close_last_day(site, context);
    }
}

/// Where news takes a while between the entities, each can go on by itself for as long: then the next event is mostly
/// the entity's own, and comes without a search. A turn looks at all who send to the entity: not too many.
bool turns_pay(const Network& network) {
    constexpr Duration kLong = std::chrono::minutes{15};
    constexpr std::size_t kFewSites = 32;
    return Distribution::lookahead(network) >= kLong && (!sites_deal(network) || network.sites.size() <= kFewSites);
}

int usual_days_between_checks() {
    constexpr int kUsual = 7;
    const char* said = std::getenv("ENTREPOT_DAYS_BETWEEN_CHECKS");
    const int days = said == nullptr ? kUsual : std::atoi(said);
    return days >= 1 ? days : kUsual;
}

std::optional<RunFigures> simulate(const Network& network, std::uint32_t seed, std::uint32_t replication, FactLog& log,
                                   std::stop_token stop, const Runner& runner) {
    World world = start_world(network, seed, replication, log, runner.antithetic, runner.order_by_order);
    std::optional<sim::Threads> threads;
    std::optional<sim::Turns<Distribution>> turns;
    if (runner.windows) {
        threads.emplace(runner.threads);
    } else if (turns_pay(network)) {
        turns.emplace(world);
    }
    const auto run = [&](Time until) {
        if (threads) {
            run_windows(world, log, until, *threads);
        } else if (turns) {
            turns->run(until);
        } else {
            run_sequential(world, until);
        }
    };
    // Whoever compares the sites at midnight hears of a day from all of them before the next one.
    const int stretch = threads || turns ? 1 : runner.days_between_checks;
    const int days = network.calendar.total_days();
    for (int day = 0, checked = 0; day < days;) {
        day = std::min(day + stretch, days);
        run(start_of(day));
        if (stop.stop_requested()) return std::nullopt;
        if (day - checked < runner.days_between_checks) continue;
        check_conservation(world);
        checked = day;
    }
    end_horizon(world);
    check_conservation(world);
    log.flush();
    std::uint64_t lines = 0;
    for (const SiteState& site : world.state.sites) lines += site.lines_entered;
    return RunFigures{world.events(), world.digest().value(), lines};
}

}  // namespace entrepot::models

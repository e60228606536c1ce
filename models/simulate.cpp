#include "models/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "models/conservation.hpp"
#include "models/decisions/cases.hpp"
#include "models/decisions/ordering.hpp"
#include "models/decisions/taking.hpp"
#include "models/goods/returns.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/demand_record.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/master_data.hpp"
#include "models/records/moments.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/reserves.hpp"
#include "models/records/shelf_orders.hpp"
#include "models/records/shop.hpp"
#include "models/records/supply_account.hpp"
#include "models/site_day.hpp"
#include "sim/run_in_turns.hpp"
#include "sim/run_sequential.hpp"

namespace entrepot::models {

namespace {

Units opening_stock(const Network& network, SiteId site, ItemId item) {
    const StockTerms* terms = network.terms(site, item);
    return terms && terms->initial ? *terms->initial : network.initial.on_hand[site][item];
}

SiteState initial_site(const Network& network, SiteId id, bool order_by_order) {
    const std::size_t items = network.items.size();
    SiteState site;
    site.id = id;
    site.serves_from_shelf = may_serve_from_shelf(network, id) && !order_by_order;
    site.served.resize(network.tiers.size() * network.classes.size());
    site.truth.assign(items, {});
    site.record.assign(items, {});
    site.touched.resize(items);
    site.waiting_by_tier.assign(network.tiers.size(), {});
    const auto days = static_cast<std::size_t>(network.calendar.total_days()) + 1;
    if (site.serves_from_shelf) site.delivered.orders.assign(network.tiers.size() * days, 0);
    if (network.watches_demand) site.seen.assign(items, {});
    if (network.plans) site.levels.assign(items, {});
    site.due.resize(days);
    site.open_lines_due.resize(days);
    ready_links(site, network);
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const Units units = opening_stock(network, id, item);
        site.record[item].looks_at = looks_at(network.policy(id, item), network);
        site.record[item].on_hand = site.truth[item].on_hand = site.truth[item].moved.opening = units;
        if (units == 0) site.truth[item].empty_since = sim::kStart;
        site.ledger.post(Account::inventory, Account::opening, network.items[item].unit_cost * units);
    }
    ready_reserves(site, network);
    ready_shop(site, network);
    ready_returns(site, network);
    return site;
}

Headquarters initial_headquarters(const Network& network) {
    Headquarters hq;
    hq.items = network.items.size();
    hq.sites = network.sites.size();
    const std::size_t locations = hq.items * hq.sites;
    hq.view.assign(locations, {});
    hq.told.assign(hq.sites, sim::kStart);
    hq.levels.assign(locations, {});
    hq.transfers_under_way.assign(locations, 0);
    hq.cases_about.assign(locations, 0);
    hq.forecasts.assign(locations, {});
    hq.surge.assign(network.policies.size() * hq.sites, {1.0, 1.0});
    hq.last_week.resize(7 * locations);
    keep_other_days(hq, network, 0);
    hq.demand_taken.assign(locations, 0);
    if (network.plans) hq.forecasts_noted.assign(locations, {});
    hq.items_of.assign(network.suppliers.size(), {});
    hq.plants.assign(network.suppliers.size(), {});
    for (std::size_t role = 0; role < kRoles; ++role) {
        staff(hq.desks[role], static_cast<Role>(role), network.office);
    }
    if (!network.crew_pools.empty()) hq.hands.assign(hq.sites, {});
    hq.hands_due.resize(network.crew_pools.size());
    hq.acceptance = network.office.judgement.acceptance;
    hq.attention = network.office.judgement.attention;
    if (network.strategy.alerts.any()) hq.alerted.assign(locations, -1);
    ready_links(hq, network);
    hq.forecast_news.resize(network.policies.size());
    hq.released.assign(network.strategy.governance.guardrails.size(), {});
    for (const Supplier& supplier : network.suppliers) {
        const double mean = sim::in<sim::days>(supplier.lead_time_on_record);
        const double sd = mean * network.office.lead_time_cv_on_record;
        hq.lead_times.push_back({mean, sd * sd, network.office.receipts_known});
    }
    for (const ItemId item : sim::ids<ItemId>(network.items)) hq.items_of[network.items[item].supplier].push_back(item);
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const LocationId location = hq.location(site, item);
            const double usual = network.usual_daily_units[site][item];
            hq.view[location].net = opening_stock(network, site, item);
            const auto level = static_cast<float>(usual);
            for (std::size_t day = 0; day < 7; ++day) hq.last_week[day * locations + location.index()] = level;
            const auto variance = static_cast<float>(network.initial.demand_dispersion) * level;
            hq.forecasts[location] = {
                .mean = level, .spread = variance, .level = level, .variance = variance, .week = 7 * level};
        }
    }
    return hq;
}

/// A purchase line that was placed before day 0.
struct TruckUnderWay {
    SiteId site;
    ItemId item;
    Units units = 0;
    Time arrives{}, placed{};
};

void expect_truck(World& world, const TruckUnderWay& truck, Context& context) {
    const Network& network = *world.network;
    Headquarters& hq = world.state.headquarters;
    const PurchaseLine line{
        .item = truck.item, .ordered = truck.units, .site = truck.site, .placed = truck.placed, .due = truck.arrives};
    const std::uint32_t index = open_purchase(hq, line, network);
    hq.purchases[index].standing = OnRecord::shared;
    if (account_at_site(network, truck.site, truck.item)) {
        expect(world.state.sites[truck.site], truck.item, truck.units);
    }
    truck_is_due(hq, index, truck.units, 0, truck.arrives, context);
}

/// Goods that are under way on day 0: a lead time's demand in lots of some days' at most, evenly spread from a random
/// moment on. The same for every strategy.
void start_pipeline(World& world, Context& context) {
    constexpr std::uint32_t kDayZero = 0xFFFFFFFF;  // a coordinate of its own
    const Network& network = *world.network;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId id : sim::ids<ItemId>(network.items)) {
            const Item& item = network.items[id];
            const double lead = sim::in<sim::days>(network.suppliers[item.supplier].lead_time_mean);
            const double usual = network.usual_daily_units[site][id];
            const double lots = std::ceil(lead / network.initial.pipeline_lot_days);
            const auto units = static_cast<Units>(std::lround(usual * lead / lots));
            const StockTerms* terms = network.terms(site, id);
            if (units == 0 || (terms && terms->initial)) continue;  // who says what is there says what is on order
            const double offset =
                world.draws.at(purpose::lead_time, item.key ^ network.sites[site].key, kDayZero).uniform();
            for (int lot = 0; lot < static_cast<int>(lots); ++lot) {
                const int due = static_cast<int>((lot + offset) * lead / lots) + 1;
                const Time arrives = at_hour(business_day_from(network.calendar, due), network.initial.pipeline_hour);
                expect_truck(world, {site, id, units, arrives, arrives - sim::from_real<sim::days>(lead)}, context);
            }
        }
    }
}

/// What the scenario says is on order on day 0, where headquarters accounts for it; sites do so themselves.
void expect_scheduled(World& world, Context& context) {
    const Network& network = *world.network;
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const StockTerms* terms = network.terms(site, item);
            if (terms == nullptr || account_at_site(network, site, item)) continue;
            for (const ScheduledReceipt& receipt : terms->scheduled) {
                expect_truck(world, {site, item, receipt.units, sim::kStart + receipt.at, sim::kStart}, context);
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
    const sim::Draws draws(seed, replication, antithetic);
    const Happenings happenings = draw_happenings(network, draws);
    for (SiteState& site : state.sites) site.happenings = happenings;
    state.headquarters.happenings = happenings;
    World world(network, log, std::move(state), draws, network.sites.size() + 1);
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        Context(world, entity_of(site)).at(sim::kStart, DayStarts{0});
    }
    Context context(world, headquarters_of(network));
    start_master_data(world.state.headquarters, context);
    start_clean_up(context);
    start_pipeline(world, context);
    expect_scheduled(world, context);
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
        logs.back().follow_messages(log.follows_messages());
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

void end_horizon(World& world) {
    for (SiteState& site : world.state.sites) {
        Context context(world, entity_of(site.id));
        end_moments(site, context);
        end_orders(site, context);
        close_last_day(site, context);
        end_links(site, context);
    }
    Context context(world, headquarters_of(*world.network));
    end_links(world.state.headquarters, context);
    end_cases(world.state.headquarters, context);
}

/// Where news takes a while between the entities, each can go on by itself for as long: then the next event is mostly
/// the entity's own, and comes without a search. A turn looks at all who send to the entity: not too many.
bool turns_pay(const Network& network) {
    constexpr Duration kLong = std::chrono::minutes{15};
    constexpr std::size_t kFewSites = 32;
    return Distribution::lookahead(network) >= kLong && (!network.sites_deal || network.sites.size() <= kFewSites);
}

int usual_days_between_checks() {
    constexpr int kUsual = 7;
    const char* said = std::getenv("ENTREPOT_DAYS_BETWEEN_CHECKS");
    const int days = said == nullptr ? kUsual : std::atoi(said);
    return days >= 1 ? days : kUsual;
}

namespace {

std::optional<RunFigures> run_to_the_end(const Network& network, std::uint32_t seed, std::uint32_t replication,
                                         FactLog& log, const std::stop_token& stop, const Runner& runner) {
    World world = start_world(network, seed, replication, log, runner.antithetic, runner.order_by_order);
    world.state.headquarters.not_overridden = runner.not_overridden;
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
    // Whoever compares the sites at midnight hears of a day from all of them before the next one; and who looks at the
    // close of a day sees no later one.
    const int stretch = threads || turns || runner.at_close ? 1 : runner.days_between_checks;
    const int days = network.calendar.total_days();
    for (int day = 0, checked = 0; day < days;) {
        day = std::min(day + stretch, days);
        run(start_of(day));
        if (stop.stop_requested()) return std::nullopt;
        if (runner.at_close) runner.at_close(day - 1, world);
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

}  // namespace

std::optional<RunFigures> simulate(const Network& network, std::uint32_t seed, std::uint32_t replication, FactLog& log,
                                   std::stop_token stop, const Runner& runner) {
    log.heed(stop);
    try {
        return run_to_the_end(network, seed, replication, log, stop, runner);
    } catch (const FactLog::Stopped&) {
        return std::nullopt;
    }
}

}  // namespace entrepot::models

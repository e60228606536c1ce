#include "studies/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "results/kpis/item_days.hpp"
#include "results/kpis/rows.hpp"
#include "studies/describe_study.hpp"

namespace entrepot::studies {

namespace {

// Measured with GCC 12 at -O2 on a shared server; docs/command-line.md says on what, and how far they err.

// Memory [bytes].
constexpr double kProgram = 20e6;
constexpr double kNetworkLocation = 40;    ///< of a network, each item at each site, and
constexpr double kOutlookWeek = 4;         ///< each week of its outlook
constexpr double kReplication = 1e6;       ///< events, facts and sums, however small it is
constexpr double kWorldLocation = 500;     ///< shelf, record, view, forecast, and what is on its way there
constexpr double kLineOfADay = 1000;       ///< lines stay open for days, with their orders, picks and shipments
constexpr double kLineAtOnceOfADay = 100;  ///< the same of lines that are handed over at once, or wait for stock
constexpr double kRow = 64;                ///< of a replication's KPI table, with what comparing and saving take
constexpr double kDayOfSeries = 9;         ///< the same of a place's day

// CPU time [s].
constexpr double kStart = 0.001;                 ///< of a replication
constexpr double kLine = 1.1e-6;                 ///< entered, picked, shipped, and posted at night
constexpr double kLineOfEvents = 0.3e-6;         ///< more, where each posting is a message of its own
constexpr double kLineAtOnce = 0.2e-6;           ///< handed over at once
constexpr double kOrderOfSite = 1e-6;            ///< with what it brings
constexpr double kLocationDay = 0.08e-6;         ///< counted, forecast, and looked at by planners
constexpr double kLocationDayOfEvents = 0.1e-6;  ///< more, where they hear of it by the minute
constexpr double kDayKept = 0.1e-6;              ///< of a series and place: counted and saved

/// Mean of what a stream's rate is multiplied by, over the days of the run.
double mean_rate_factor(const models::DemandStream& stream, double days) {
    double factor = 1;
    if (stream.bursty) {
        const double low = sim::in<sim::days>(stream.bursty->mean_low),
                     high = sim::in<sim::days>(stream.bursty->mean_high);
        factor = (stream.bursty->low * low + stream.bursty->high * high) / (low + high);
    }
    for (const models::RateStep& step : stream.steps) {
        const double from = sim::in<sim::days>(step.from), to = std::min(days, sim::in<sim::days>(step.to));
        factor += std::max(0.0, to - from) / days * (step.factor - 1);
    }
    return factor;
}

double orders_of(const models::DemandStream& stream, double days) {
    if (!stream.interarrival_time) {
        return std::accumulate(stream.orders_by_day.begin(), stream.orders_by_day.end(), 0.0);
    }
    const double between = models::mean_of(*stream.interarrival_time) / 86'400e6;
    const double open = std::max(0.0, days - sim::in<sim::days>(stream.first));
    return between > 0 ? open / between * mean_rate_factor(stream, days) : 0;
}

double lines_of_an_order(const models::DemandStream& stream) {
    if (stream.baskets.empty()) return std::max(1.0, stream.lines_mean);
    double lines = 0, all = 0;
    for (const models::Basket& basket : stream.baskets) {
        lines += basket.probability * static_cast<double>(basket.lines.size());
        all += basket.probability;
    }
    return lines / all;
}

/// Where recorded units are replayed: each day's are cut into lines of the channel's usual size, and a rest.
double lines_of(const models::ReplayedDemand& span, const std::vector<models::ReplayChannel>& channels) {
    double lines = 0;
    for (const models::ReplayChannel& channel : channels) {
        const auto open = std::ranges::count_if(channel.weekday_weights, [](double weight) { return weight > 0; });
        const double days = std::max(1.0, span.days * static_cast<double>(open) / 7);
        const double a_day = span.units * channel.share_of_units / days;
        lines += days * std::min(a_day, a_day / channel.units_mean + 0.5 * std::min(1.0, a_day));
    }
    return lines;
}

double count(std::size_t n) { return static_cast<double>(n); }

/// So many days of places a replication's series have.
double days_of_series(const Workload& work, std::size_t sites, const StudyOptions& options) {
    return options.series ? double{results::kSeriesCount} * count(sites + 1) * work.days : 0;
}

/// CPU of one replication [s].
double seconds_of(const Workload& work, const models::Integration& systems, double days_kept) {
    const double by_people = work.lines - work.lines_served_at_once, location_days = work.locations * work.days;
    const double events = kLineOfEvents * by_people + kLocationDayOfEvents * location_days;
    return kStart + kLine * by_people + kLineAtOnce * work.lines_served_at_once + kOrderOfSite * work.orders_of_sites +
           kLocationDay * location_days + (systems.batch_minute ? 0 : events) + kDayKept * days_kept;
}

/// Lines and units that customers order at a site.
struct Ordered {
    double lines = 0, units = 0;
};

/// Orders by which a site replenishes itself: one at each review, or as its lines use up a lot.
double orders_of_site(const models::Network& network, models::SiteId site, const Ordered& ordered, double days) {
    double orders = 0;
    const double items = count(network.items.size());
    for (const models::ItemId item : sim::ids<models::ItemId>(network.items)) {
        const models::InventoryPolicy* policy = network.policy(site, item);
        if (policy == nullptr || policy->execution != models::Execution::site || !policy->orders()) continue;
        const double review = sim::in<sim::days>(policy->review);
        const double gap = policy->order_up_to - policy->reorder_point.value_or(0);
        const double lot = std::max(1.0, policy->quantity > 0 ? policy->quantity : gap);
        orders += review > 0 ? days / review : std::min(ordered.lines, ordered.units / lot) / items;
    }
    return orders;
}

double network_bytes(double locations, double days) {
    return locations * (kNetworkLocation + kOutlookWeek * std::ceil(days / 7));
}

}  // namespace

Workload workload_of(const models::Network& network) {
    Workload work{.locations = count(network.items.size()) * count(network.sites.size()),
                  .days = network.calendar.total_days() * 1.0};
    sim::Column<models::SiteId, Ordered> ordered(network.sites.size());
    for (const models::DemandStream& stream : network.streams) {
        const double lines = orders_of(stream, work.days) * lines_of_an_order(stream);
        ordered[stream.region].lines += lines;
        ordered[stream.region].units += lines * (stream.units ? models::mean_of(*stream.units) : stream.units_mean);
    }
    for (const models::ReplayedDemand& span : network.replay) {
        ordered[span.region].lines += lines_of(span, network.replay_channels);
        ordered[span.region].units += span.units;
    }
    for (const models::SiteId site : sim::ids<models::SiteId>(network.sites)) {
        const double lines = ordered[site].lines;
        work.lines += lines;
        if (network.sites[site].handling == models::Handling::at_once) work.lines_served_at_once += lines;
        work.orders_of_sites += orders_of_site(network, site, ordered[site], work.days);
    }
    return work;
}

Estimate estimate_of(const scenarios::Loaded& loaded, const models::Network& network, const StudyOptions& options,
                     std::size_t cores) {
    const Workload work = workload_of(network);
    const results::Dimensions dimensions = dimensions_of(network, loaded.scenario);
    const double strategies = count(options.strategies.size());
    const auto replications = static_cast<std::size_t>(options.replications);
    const std::size_t runs = runs_of(options, replications);
    Estimate estimate;
    estimate.at_a_time = std::min(options.threads, runs);
    const double item_days = sizeof(std::int32_t) * double{results::kItemSeriesCount} *
                             count(options.items.index.size()) * count(network.sites.size()) * work.days;
    const double days_kept = days_of_series(work, network.sites.size(), options);
    const double kept = kRow * count(results::kpi_rows(dimensions).size()) + item_days + kDayOfSeries * days_kept;
    estimate.fixed_bytes = kProgram + strategies * network_bytes(work.locations, work.days);
    estimate.kept_bytes = count(runs) * kept;
    const double by_people = work.lines - work.lines_served_at_once;
    estimate.replication_bytes = kReplication + kWorldLocation * work.locations +
                                 (kLineOfADay * by_people + kLineAtOnceOfADay * work.lines_served_at_once) / work.days +
                                 2 * kept;
    double seconds = 0;
    for (const std::string& name : options.strategies) {
        for (const auto& [key, strategy] : loaded.scenario.strategies) {
            if (key == name)
                estimate.replication_seconds.push_back(seconds_of(work, strategy.systems.terms, days_kept));
        }
        seconds += estimate.replication_seconds.back();
    }
    const double workers = count(std::max<std::size_t>(1, std::min(estimate.at_a_time, cores)));
    estimate.wall_seconds = seconds / strategies * std::ceil(count(runs) / workers);
    return estimate;
}

double bytes_to_build(const scenarios::Loaded& loaded, std::size_t strategies) {
    const std::size_t items = loaded.recording         ? loaded.recording->items.size()
                              : !loaded.listed.empty() ? loaded.listed.size()
                                                       : static_cast<std::size_t>(loaded.scenario.items.count);
    const scenarios::CalendarPart& calendar = loaded.scenario.calendar;
    const double days = calendar.warmup_days + calendar.measure_days + calendar.cooldown_days;
    return kProgram + count(strategies) * network_bytes(count(items) * count(loaded.scenario.sites.size()), days);
}

}  // namespace entrepot::studies

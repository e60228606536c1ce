#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::Channel;
using models::DemandStream;
using models::ItemId;
using models::Network;
using models::SiteId;

namespace {

const ChannelPart& part_of(const Scenario& scenario, Channel channel) {
    return channel == Channel::b2b ? scenario.demand.b2b : scenario.demand.ecommerce;
}

double units_share(const Scenario& scenario, Channel channel) {
    const double ecommerce = scenario.demand.history->ecommerce_share;
    return channel == Channel::b2b ? 1 - ecommerce : ecommerce;
}

void add_replay(const Loaded& loaded, Network& network) {
    const Scenario& scenario = loaded.scenario;
    const Recording& recording = *loaded.recording;
    for (const Recording::Cell& cell : recording.cells) {
        if (cell.period * recording.period_days >= network.calendar.total_days()) continue;
        network.replay.push_back({SiteId{cell.site}, ItemId{cell.item}, cell.period * recording.period_days,
                                  recording.period_days, cell.units});
    }
    for (const Channel channel : {Channel::b2b, Channel::ecommerce}) {
        const ChannelPart& part = part_of(scenario, channel);
        const double share = units_share(scenario, channel);
        if (share <= 0) continue;
        network.replay_channels.push_back({channel, share, part.lines_per_order, part.units_per_line, part.units_cv2,
                                           hour_profile(part), weekday_shares(part), tier_mix(scenario, channel)});
    }
}

/// Orders at the recording's rates: one mix of items for each period; a period's mean units are the file's.
DemandStream rates(const Loaded& loaded, const Network& network, SiteId region, Channel channel) {
    const Scenario& scenario = loaded.scenario;
    const Recording& recording = *loaded.recording;
    const ChannelPart& part = part_of(scenario, channel);
    DemandStream stream;
    stream.name = network.sites[region].name + (channel == Channel::b2b ? ".b2b" : ".ecommerce") + ".history";
    stream.key = sim::entity_hash(stream.name);
    stream.region = region;
    stream.channel = channel;
    stream.hours = hour_profile(part);
    stream.lines_mean = part.lines_per_order;
    stream.units_mean = part.units_per_line;
    stream.units_cv2 = part.units_cv2;
    stream.tier_mix = tier_mix(scenario, channel);
    stream.orders_by_day.assign(static_cast<std::size_t>(network.calendar.total_days()), 0);
    stream.mix_of_day.assign(stream.orders_by_day.size(), 0);
    const std::array<double, 7> shares = weekday_shares(part);
    for (int period = 0; period < recording.periods && period * recording.period_days < network.calendar.total_days();
         ++period) {
        std::vector<double> units(network.items.size(), 0);
        for (const Recording::Cell& cell : recording.cells) {
            if (cell.period == period && cell.site == region.index()) units[cell.item] += cell.units;
        }
        const double sum = std::accumulate(units.begin(), units.end(), 0.0);
        if (sum <= 0) continue;
        const int first = period * recording.period_days;
        const int end = std::min(first + recording.period_days, network.calendar.total_days());
        double weights = 0;
        for (int day = first; day < first + recording.period_days; ++day) {
            weights += shares[static_cast<std::size_t>(network.calendar.weekday(day))];
        }
        // A weekend in a daily file has no B2B weight of its own: its units then come evenly.
        const double orders = sum * units_share(scenario, channel) / (part.lines_per_order * part.units_per_line);
        for (int day = first; day < end; ++day) {
            const double weight = shares[static_cast<std::size_t>(network.calendar.weekday(day))];
            const auto d = static_cast<std::size_t>(day);
            stream.orders_by_day[d] = orders * (weights > 0 ? weight / weights : 1.0 / recording.period_days);
            stream.mix_of_day[d] = static_cast<std::uint16_t>(stream.item_mix.size());
        }
        stream.item_mix.emplace_back(units);
    }
    return stream;
}

/// What the planners knew on day 0: the mean of the first four weeks.
void add_usual_units(const Recording& recording, Network& network) {
    const int known = std::min(recording.periods, std::max(1, 28 / recording.period_days));
    network.usual_daily_units.assign(network.sites.size(), models::Column<ItemId, double>(network.items.size(), 0));
    for (const Recording::Cell& cell : recording.cells) {
        if (cell.period < known) {
            network.usual_daily_units[SiteId{cell.site}][ItemId{cell.item}] +=
                cell.units / static_cast<double>(known * recording.period_days);
        }
    }
}

}  // namespace

std::vector<double> daily_orders(const Loaded& loaded, Channel channel) {
    const Scenario& scenario = loaded.scenario;
    const ChannelPart& part = part_of(scenario, channel);
    std::vector<double> orders;
    if (!loaded.recording) {
        for (const auto& site : scenario.sites) orders.push_back(part.orders * site.value.share);
        return orders;
    }
    const Recording& recording = *loaded.recording;
    orders.assign(scenario.sites.size(), 0);
    for (const Recording::Cell& cell : recording.cells) orders[cell.site] += cell.units;
    const double weeks = recording.periods * recording.period_days / 7.0;
    for (double& mean : orders) {
        mean *= units_share(scenario, channel) / (5 * weeks * part.lines_per_order * part.units_per_line);
    }
    return orders;
}

void add_recorded_demand(const Loaded& loaded, Network& network) {
    if (loaded.scenario.demand.history->mode == 0) {
        add_replay(loaded, network);
    } else {
        for (const SiteId region : sim::ids<SiteId>(network.sites)) {
            for (const Channel channel : {Channel::b2b, Channel::ecommerce}) {
                if (units_share(loaded.scenario, channel) <= 0) continue;
                DemandStream stream = rates(loaded, network, region, channel);
                if (!stream.item_mix.empty()) network.streams.push_back(std::move(stream));
            }
        }
    }
    add_usual_units(*loaded.recording, network);
}

}  // namespace entrepot::scenarios

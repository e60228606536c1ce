#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "models/network/demand.hpp"
#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::Channel;
using models::DemandStream;
using models::ItemId;
using models::Network;
using models::SiteId;

namespace {

/// A period of the record as days of the run.
struct Span {
    int first_day, days;
};
Span span_of(const Recording& recording, int period) { return {recording.day(period), recording.days(period)}; }

/// Units of the run by who orders on the days for which they are recorded.
struct UnitsByDays {
    double b2b = 0, ecommerce = 0;  ///< of days on which only that channel orders
    double either = 0;              ///< of all others
    double sum() const { return b2b + ecommerce + either; }
};

UnitsByDays units_by_days(const Loaded& loaded, const models::Calendar& calendar,
                          const std::vector<models::ReplayChannel>& channels) {
    UnitsByDays units;
    for (const Recording::Cell& cell : loaded.recording->cells) {
        const Span span = span_of(*loaded.recording, cell.period);
        if (span.first_day < 0 || span.first_day >= calendar.total_days()) continue;
        const double share = models::share_of_span(channels, 0, calendar, span.first_day, span.days);
        const double other = models::share_of_span(channels, 1, calendar, span.first_day, span.days);
        (other <= 0 ? units.b2b : share <= 0 ? units.ecommerce : units.either) += cell.units;
    }
    return units;
}

/// The channels that the history sells by. Where the record has days on which only one of them orders, such as a daily
/// record's weekends, the shares of the other days make up for it.
std::vector<models::ReplayChannel> replay_channels(const Loaded& loaded, const models::Calendar& calendar) {
    const Scenario& scenario = loaded.scenario;
    const double ecommerce = scenario.demand.history->ecommerce_share;
    std::vector<models::ReplayChannel> channels;
    for (const Channel channel : {Channel::b2b, Channel::ecommerce}) {
        const ChannelPart& part = scenario.demand.of(channel);
        const double share = channel == Channel::b2b ? 1 - ecommerce : ecommerce;
        if (share <= 0) continue;
        channels.push_back({channel, share, part.lines_per_order, part.units_per_line, part.units_cv2,
                            hour_profile(part), weekday_shares(part), tier_mix(scenario, channel)});
    }
    if (channels.size() < 2) return channels;
    const UnitsByDays units = units_by_days(loaded, calendar, channels);
    if (units.either > 0) {
        const double left = (ecommerce * units.sum() - units.ecommerce) / units.either;
        channels[1].share_of_units = std::clamp(left, 0.0, 1.0);
        channels[0].share_of_units = 1 - channels[1].share_of_units;
    }
    return channels;
}

void add_replay(const Loaded& loaded, Network& network) {
    const Recording& recording = *loaded.recording;
    for (const Recording::Cell& cell : recording.cells) {
        const Span span = span_of(recording, cell.period);
        if (span.first_day < 0 || span.first_day >= network.calendar.total_days()) continue;
        network.replay.push_back({SiteId{cell.site}, ItemId{cell.item}, span.first_day, span.days, cell.units});
    }
    network.replay_channels = replay_channels(loaded, network.calendar);
}

/// Orders at the recording's rates: one mix of items for each period; a period's mean units are the file's.
DemandStream rates(const Loaded& loaded, const Network& network, SiteId region,
                   const std::vector<models::ReplayChannel>& channels, std::size_t which) {
    const Recording& recording = *loaded.recording;
    const models::ReplayChannel& channel = channels[which];
    DemandStream stream;
    stream.name = network.sites[region].name + (channel.channel == Channel::b2b ? ".b2b" : ".ecommerce") + ".history";
    stream.key = sim::entity_hash(stream.name);
    stream.region = region;
    stream.channel = channel.channel;
    stream.hours = channel.hours;
    stream.lines_mean = channel.lines_mean;
    stream.units_mean = channel.units_mean;
    stream.units_cv2 = channel.units_cv2;
    stream.tier_mix = channel.tier_mix;
    const int total = network.calendar.total_days();
    stream.orders_by_day.assign(static_cast<std::size_t>(total), 0);
    stream.mix_of_day.assign(stream.orders_by_day.size(), 0);
    std::vector<std::vector<double>> units(static_cast<std::size_t>(recording.periods()));
    for (const Recording::Cell& cell : recording.cells) {
        if (cell.site != region.index()) continue;
        auto& of_period = units[static_cast<std::size_t>(cell.period)];
        of_period.resize(network.items.size(), 0);
        of_period[cell.item] += cell.units;
    }
    for (int period = recording.run_from; period < recording.periods(); ++period) {
        const auto& of_period = units[static_cast<std::size_t>(period)];
        const auto [first, days] = span_of(recording, period);
        if (first >= total || of_period.empty()) continue;
        const double sum = std::accumulate(of_period.begin(), of_period.end(), 0.0);
        const double share = models::share_of_span(channels, which, network.calendar, first, days);
        const auto weight = [&](int day) {
            return channel.weekday_weights[static_cast<std::size_t>(network.calendar.weekday(day))];
        };
        double weights = 0;
        for (int day = first; day < first + days; ++day) weights += weight(day);
        const double orders = sum * share / (channel.lines_mean * channel.units_mean);
        for (int day = first; day < std::min(first + days, total); ++day) {
            const auto d = static_cast<std::size_t>(day);
            stream.orders_by_day[d] = orders * (weights > 0 ? weight(day) / weights : 1.0 / days);
            stream.mix_of_day[d] = static_cast<std::uint16_t>(stream.item_mix.size());
        }
        stream.item_mix.emplace_back(of_period);
    }
    return stream;
}

/// The recent pace as it was known on day 0.
void add_usual_units(const Recording& recording, Network& network) {
    constexpr int kRecentDays = 91;
    int from = recording.known - 1;
    const auto days = [&](int period) {
        return recording.known_days() - recording.starts[static_cast<std::size_t>(period)];
    };
    while (from > 0 && days(from - 1) <= kRecentDays) --from;
    network.usual_daily_units.assign(network.sites.size(), models::Column<ItemId, double>(network.items.size(), 0));
    for (const Recording::Cell& cell : recording.cells) {
        if (cell.period < from || cell.period >= recording.known) continue;
        network.usual_daily_units[SiteId{cell.site}][ItemId{cell.item}] += cell.units / static_cast<double>(days(from));
    }
}

}  // namespace

std::vector<double> daily_orders(const Loaded& loaded, Channel channel) {
    const Scenario& scenario = loaded.scenario;
    const ChannelPart& part = scenario.demand.of(channel);
    std::vector<double> orders;
    if (!loaded.recording) {
        for (const auto& site : scenario.sites) orders.push_back(part.orders * site.value.share);
        return orders;
    }
    const Recording& recording = *loaded.recording;
    const double ecommerce = scenario.demand.history->ecommerce_share;
    orders.assign(scenario.sites.size(), 0);
    for (const Recording::Cell& cell : recording.cells) {
        if (cell.period < recording.known) orders[cell.site] += cell.units;
    }
    // Of a site without known demand as much is expected as of the others.
    const double mean = std::accumulate(orders.begin(), orders.end(), 0.0) /
                        static_cast<double>(std::ranges::count_if(orders, [](double units) { return units > 0; }));
    std::ranges::replace(orders, 0.0, mean);
    const double share = channel == Channel::b2b ? 1 - ecommerce : ecommerce;
    const double weeks = recording.known_days() / 7.0;
    for (double& units : orders) units *= share / (5 * weeks * part.lines_per_order * part.units_per_line);
    return orders;
}

std::string channels_note(const Loaded& loaded, const models::Calendar& calendar) {
    const double asked = loaded.scenario.demand.history->ecommerce_share;
    std::string text =
        fmt::format("{:.4g} % of the units are e-commerce, each channel's on the days on which it orders", 100 * asked);
    const std::vector<models::ReplayChannel> channels = replay_channels(loaded, calendar);
    if (channels.size() < 2) return text;
    const UnitsByDays units = units_by_days(loaded, calendar, channels);
    if (units.sum() <= 0) return text;
    const double share = (units.ecommerce + channels[1].share_of_units * units.either) / units.sum();
    if (std::abs(share - asked) < 5e-5) return text;
    const bool more = share > asked;
    return fmt::format(
        "{:.4g} % of the units are e-commerce, not {:.4g} %: so many are recorded on days on which only {} orders, by "
        "the weekdays of demand.b2b and demand.ecommerce",
        100 * share, 100 * asked, more ? "e-commerce" : "B2B");
}

void add_recorded_demand(const Loaded& loaded, Network& network) {
    if (loaded.scenario.demand.history->mode == 0) {
        add_replay(loaded, network);
    } else {
        const std::vector<models::ReplayChannel> channels = replay_channels(loaded, network.calendar);
        for (const SiteId region : sim::ids<SiteId>(network.sites)) {
            for (std::size_t which = 0; which < channels.size(); ++which) {
                DemandStream stream = rates(loaded, network, region, channels, which);
                if (!stream.item_mix.empty()) network.streams.push_back(std::move(stream));
            }
        }
    }
    add_usual_units(*loaded.recording, network);
}

}  // namespace entrepot::scenarios

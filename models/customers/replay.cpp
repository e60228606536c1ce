#include <algorithm>
#include <cmath>
#include <span>

#include "models/customers/demand.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"

namespace entrepot::models {

namespace {

/// A channel's part of a span's units. What is no whole unit goes to one channel or the other at random, so that the
/// shares are right in the mean and nearly so in every replication.
Units channel_part(const ReplayedDemand& span, std::size_t channel, const Network& network, double u) {
    double begin = 0, end = 0;  // shares of the channels before this one, and with it
    for (std::size_t c = 0; c <= channel; ++c) {
        begin = end;
        end += share_of_span(network.replay_channels, c, network.calendar, span.first_day, span.days);
    }
    const auto upto = [&](double share) {
        return share > 1 - 1e-9 ? span.units : std::min(span.units, static_cast<Units>(span.units * share + u));
    };
    return upto(end) - upto(begin);
}

/// Spreads a channel's units of a span over its days: the day's part by the weights of the days that are left, so that
/// the parts sum to the whole.
Units day_part(const ReplayedDemand& span, Units left, int day, const std::array<double, 7>& weights,
               const Calendar& calendar, sim::Stream draw) {
    const auto weight = [&](int d) { return weights[static_cast<std::size_t>(calendar.weekday(d))]; };
    double weight_left = 0;
    for (int d = span.first_day; d < span.first_day + span.days; ++d) weight_left += weight(d);
    for (int d = span.first_day; d <= day; ++d) {
        // Binomial part by one normal draw, rounded: exact in sum, near enough in spread.
        const double p = weight_left > 0 ? std::min(1.0, weight(d) / weight_left) : 1;
        const double mean = left * p, sd = std::sqrt(left * p * (1 - p));
        const double drawn = std::round(mean + sd * sim::normal_quantile(draw.uniform()));
        // Nothing may be left for days on which nobody orders.
        const bool last = weight_left - weight(d) <= 1e-9 * weight(d);
        const Units part = last ? left : std::clamp(static_cast<Units>(drawn), 0, left);
        if (d == day) return part;
        left -= part;
        weight_left -= weight(d);
    }
    return 0;
}

/// Cuts what a channel's customers order of a span on a day into lines.
void cut_lines(SiteState& site, const ReplayedDemand& span, std::size_t channel, int day, Context& context) {
    const Network& network = context.network();
    const std::uint64_t key = network.items[span.item].key ^ network.sites[site.id].key;
    const auto first = static_cast<std::uint32_t>(span.first_day);
    const Units units =
        channel_part(span, channel, network, context.draws().at(purpose::replay_split, key, first).uniform());
    Units left = day_part(span, units, day, network.replay_channels[channel].weekday_weights, network.calendar,
                          context.draws().at(purpose::replay_split, key + 1 + channel, first));
    auto draw = context.draws().at(purpose::basket, key + channel, static_cast<std::uint32_t>(day));
    while (left > 0) {
        const Units drawn = static_cast<Units>(network.replay_line_units[channel](draw.uniform())) + 1;
        site.replay_lines.push_back({span.item, std::min(left, drawn)});
        left -= site.replay_lines.back().units;
    }
}

/// Shuffles the day's lines of a channel, from `first` on, and packs them into orders.
void pack_orders(SiteState& site, std::size_t first, std::size_t channel, int day, Context& context) {
    const Network& network = context.network();
    const ReplayChannel& terms = network.replay_channels[channel];
    const std::span lines = std::span(site.replay_lines).subspan(first);
    auto draw =
        context.draws().at(purpose::order_time, network.sites[site.id].key + channel, static_cast<std::uint32_t>(day));
    for (std::size_t i = lines.size(); i > 1; --i) {
        std::swap(lines[i - 1], lines[static_cast<std::size_t>(draw.uniform() * static_cast<double>(i))]);
    }
    for (std::size_t packed = 0; packed < lines.size();) {
        const auto wanted = static_cast<std::size_t>(sim::geometric(draw.uniform(), terms.lines_mean));
        const std::size_t count = std::min(wanted, lines.size() - packed);
        const Time at = start_of(day) + time_of_day(terms.hours, draw.uniform());
        context.at(at, ReplayedOrderArrives{static_cast<std::uint32_t>(site.replay_orders.size())});
        site.replay_orders.push_back({static_cast<std::uint32_t>(first + packed), static_cast<std::uint32_t>(count),
                                      static_cast<std::uint32_t>(channel)});
        packed += count;
    }
}

}  // namespace

void draw_replay(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    site.replay_lines.clear();
    site.replay_orders.clear();
    const auto begins = [](const ReplayedDemand& span, int d) { return span.first_day < d; };
    const auto from =
        std::lower_bound(network.replay.begin(), network.replay.end(), day - ReplayedDemand::kMostDays, begins);
    const auto to = std::lower_bound(from, network.replay.end(), day + 1, begins);
    for (std::size_t channel = 0; channel < network.replay_channels.size(); ++channel) {
        const std::size_t first = site.replay_lines.size();
        for (auto span = from; span != to; ++span) {
            if (span->region == site.id && day < span->first_day + span->days) {
                cut_lines(site, *span, channel, day, context);
            }
        }
        pack_orders(site, first, channel, day, context);
    }
    SIM_CHECK(site.replay_orders.size() < kMostOrders, "a region has more than a million replayed orders on a day");
}

void on(SiteState& site, const ReplayedOrderArrives& message, Context& context) {
    const Network& network = context.network();
    const SiteState::ReplayedOrder& order = site.replay_orders[message.order];
    const auto coordinate = (static_cast<std::uint32_t>(day_of(context.now())) << kOrdinalBits) | message.order;
    const std::uint64_t key = network.sites[site.id].key;
    const TierId tier{network.replay_channels.at(order.channel)
                          .tier_mix(context.draws().at(purpose::basket, key, coordinate).uniform())};
    SIM_CHECK(std::size_t{order.first_line} + order.lines <= site.replay_lines.size(), "an order's lines are lost");
    const std::span lines = std::span(site.replay_lines).subspan(order.first_line, order.lines);
    enter_order(site, {key, coordinate, tier, order.lines}, lines, context);
}

}  // namespace entrepot::models

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <span>

#include "models/customers/demand.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"

namespace entrepot::models {

namespace {

constexpr std::uint32_t kOrdinalBits = 20;  // a million orders a day and stream, 4096 days
constexpr int kMostOrders = 1 << kOrdinalBits;

/// Factor of a day's demand that all items of a region share; mean 1.
double day_factor(const Network& network, const SiteState& site, int day, const sim::Draws& draws) {
    const DemandNoise& noise = network.noise;
    if (noise.sigma <= 0) return 1;
    const auto coordinate = static_cast<std::uint32_t>(day);
    const double everywhere = sim::normal_quantile(draws.at(purpose::day_noise, 0, coordinate).uniform());
    const double here =
        sim::normal_quantile(draws.at(purpose::day_noise, network.sites[site.id].key, coordinate).uniform());
    const double z =
        std::sqrt(noise.regional_correlation) * everywhere + std::sqrt(1 - noise.regional_correlation) * here;
    return std::exp(noise.sigma * z - noise.sigma * noise.sigma / 2);
}

/// Moment of a day by its hour profile, from one uniform.
Duration time_of_day(const HourProfile& hours, double u) {
    std::size_t hour = 0;
    while (hour < 23 && u >= hours[hour]) u -= hours[hour++];
    const double part = hours[hour] > 0 ? std::min(u / hours[hour], 0.999999) : 0;
    return sim::from_real<sim::hours>(static_cast<double>(hour) + part);
}

void draw_stream(StreamId id, int day, double factor, Context& context) {
    const DemandStream& stream = context.network().streams[id];
    const double mean = stream.orders_by_day[static_cast<std::size_t>(day)] * factor;
    if (mean <= 0) return;
    const auto coordinate = static_cast<std::uint32_t>(day);
    const int orders = sim::poisson(context.draws().at(purpose::order_count, stream.key, coordinate).uniform(), mean);
    SIM_CHECK(orders < kMostOrders, "a stream has more than a million orders on a day");
    for (int i = 0; i < orders; ++i) {
        const std::uint32_t address = (coordinate << kOrdinalBits) | static_cast<std::uint32_t>(i);
        const double u = context.draws().at(purpose::order_time, stream.key, address).uniform();
        context.at(start_of(day) + time_of_day(stream.hours, u), OrderArrives{address, id.value});
    }
}

// ------------------------------------------------------------------------------------------ orders one after the other

/// The stream's rate at the moment over its mean rate.
double rate_factor(const DemandStream& stream, bool high, Time now) {
    double factor = 1;
    if (stream.cycle) {
        const double turns = static_cast<double>((now.time_since_epoch() + stream.cycle->shift).count()) /
                             static_cast<double>(stream.cycle->period.count());
        factor *= 1 + stream.cycle->amplitude * std::sin(2 * std::numbers::pi * turns);
    }
    for (const RateStep& step : stream.steps) {
        const Duration since = now.time_since_epoch();
        if (since >= step.from && since < step.to) factor *= step.factor;
    }
    if (stream.bursty) factor *= high ? stream.bursty->high : stream.bursty->low;
    return factor;
}

/// One of a mix, for certain where there is but one. u is uniform again afterwards.
std::uint32_t pick(const sim::Discrete& mix, double& u) { return mix.size() > 1 ? mix.split(u) : 0; }

/// What the next orders of a stream ask for, by their uniforms.
void know_ahead(StreamState& state, const DemandStream& stream, std::span<double, StreamState::kAhead> u) {
    const auto choose = [u](const sim::Discrete& mix, auto& chosen) {
        using Id = typename std::decay_t<decltype(chosen)>::value_type;
        if (mix.size() <= 1) return;
        for (std::size_t i = 0; i < u.size(); ++i) chosen[i] = Id{mix.split(u[i])};
    };
    choose(stream.tier_mix, state.tiers);
    choose(stream.item_mix.front(), state.items);
    std::visit(
        [&](const auto& law) {
            for (std::size_t i = 0; i < u.size(); ++i) state.units[i] = drawn_units(law, u[i]);
        },
        *stream.units);
}

/// Draws the waits and contents of the next orders of a stream, from an ordinal on that is a multiple of kAhead.
void draw_ahead(StreamState& state, const DemandStream& stream, std::uint32_t ordinal, const sim::Draws& draws) {
    sim::Draws::Block block = draws.block(purpose::order_time, stream.key, ordinal);
    if (const auto* exponential = std::get_if<ExponentialTime>(&*stream.between)) {
        sim::exponential(block.first, static_cast<double>(exponential->mean.count()), state.waits);
    } else {
        for (std::size_t i = 0; i < StreamState::kAhead; ++i) state.waits[i] = draw(*stream.between, block.first[i]);
    }
    if (stream.most_rate != 1) {
        for (Duration& wait : state.waits) {
            wait = Duration{static_cast<std::int64_t>(static_cast<double>(wait.count()) / stream.most_rate)};
        }
    }
    if (stream.known_ahead()) {
        know_ahead(state, stream, block.second);
    } else {
        state.contents = block.second;
    }
}

/// The time between an order and the one before it.
Duration wait_for(StreamState& state, const DemandStream& stream, std::uint32_t ordinal, const sim::Draws& draws) {
    if (ordinal % StreamState::kAhead == 0) draw_ahead(state, stream, ordinal, draws);
    return state.waits[ordinal % StreamState::kAhead];
}

void schedule_switch(const SiteState& site, StreamId id, std::uint32_t ordinal, Context& context) {
    const DemandStream& stream = context.network().streams[id];
    const Duration mean = site.streams[stream.place].high ? stream.bursty->mean_high : stream.bursty->mean_low;
    const double u = context.draws().at(purpose::rate, stream.key, ~ordinal).uniform();
    context.after(draw(ExponentialTime{mean}, u), StreamSwitches{ordinal, id.value});
}

/// Whether a channel's customers order on some day of the span.
bool orders_in(const ReplayChannel& channel, const Calendar& calendar, int first_day, int days) {
    for (int day = first_day; day < first_day + days; ++day) {
        if (channel.weekday_weights[static_cast<std::size_t>(calendar.weekday(day))] > 0) return true;
    }
    return false;
}

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

/// The day's orders of a recorded demand.
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

/// The uniform behind the units of a stream's next order, where they are correlated: the normal variates of successive
/// orders are an autoregression of the first order in its steady state (a Gaussian copula). Source: Cario and Nelson
/// (1996), Autoregressive to anything.
double swelling(SiteState& site, StreamId id, std::uint32_t ordinal, Context& context) {
    const DemandStream& stream = context.network().streams[id];
    const double news = sim::normal_quantile(context.draws().at(purpose::swell, stream.key, ordinal).uniform());
    double& z = site.streams[stream.place].swell;
    const double phi = stream.correlation;
    z = ordinal == 0 ? news : phi * z + std::sqrt(1 - phi * phi) * news;
    return std::clamp(sim::normal_probability(z), 1e-16, 1 - 1e-16);
}

/// An order whose lines have units of a law of their own. A line of no units is none, and an order of no lines neither.
/// `u` says what the order is; an order of several lines takes more draws, one for each.
void enter_with_law(SiteState& site, StreamId id, std::uint32_t coordinate, double u, Context& context) {
    const DemandStream& stream = context.network().streams[id];
    const TierId tier{pick(stream.tier_mix, u)};
    const auto line_of = [&](double& from) {
        const ItemId item{pick(stream.item_mix.front(), from)};
        const double units = stream.correlation != 0 ? swelling(site, id, coordinate, context) : from;
        return LineRequest{item, draw(*stream.units, units)};
    };
    if (stream.lines_mean <= 1) {  // correlated units, else it would be known ahead
        const LineRequest line = line_of(u);
        if (line.units > 0) enter_order(site, {stream.key, coordinate, tier, 1}, {&line, 1}, context);
        return;
    }
    const int count = sim::geometric(u, stream.lines_mean);
    auto draws = context.draws().at(purpose::basket, stream.key, coordinate);
    std::vector<LineRequest>& lines = site.basket;
    lines.clear();
    for (int i = 0; i < count; ++i) {
        double v = draws.uniform();
        const LineRequest line = line_of(v);
        if (line.units > 0) lines.push_back(line);
    }
    if (lines.empty()) return;
    enter_order(site, {stream.key, coordinate, tier, static_cast<std::uint32_t>(lines.size())}, lines, context);
}

/// The stream's next order is there, unless its rate is low just now.
void enter_next(SiteState& site, StreamId id, const DemandStream& stream, std::uint32_t ordinal, Context& context) {
    const StreamState& state = site.streams[stream.place];
    if (stream.changes_rate()) {
        const double now = rate_factor(stream, state.high, context.now());
        const double u = context.draws().at(purpose::rate, stream.key, ordinal).uniform();
        if (u * stream.most_rate >= now) return;
    }
    const std::size_t i = ordinal % StreamState::kAhead;
    if (!stream.known_ahead()) return enter_with_law(site, id, ordinal, state.contents[i], context);
    const LineRequest line{state.items[i], state.units[i]};
    if (line.units <= 0) return;  // an order of no units is none
    enter_order(site, {stream.key, ordinal, state.tiers[i], 1}, {&line, 1}, context);
}

}  // namespace

void draw_orders(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const double factor = day_factor(network, site, day, context.draws());
    for (const StreamId id : network.streams_of[site.id]) {
        if (!network.streams[id].between) draw_stream(id, day, factor, context);
    }
    if (!network.replay.empty()) draw_replay(site, day, context);
}

void start_streams(SiteState& site, Context& context) {
    const Network& network = context.network();
    for (const StreamId id : network.streams_of[site.id]) {
        const DemandStream& stream = network.streams[id];
        if (!stream.between) continue;
        if (site.streams.empty()) site.streams.resize(network.streams_of[site.id].size());
        if (stream.bursty) {
            const double high = sim::in<sim::days>(stream.bursty->mean_high);
            const double u = context.draws().at(purpose::rate, stream.key, ~0u).uniform();
            site.streams[stream.place].high = u * (high + sim::in<sim::days>(stream.bursty->mean_low)) < high;
            schedule_switch(site, id, 1, context);
        }
        const Duration wait = wait_for(site.streams[stream.place], stream, 0, context.draws());
        context.at(sim::kStart + stream.first + wait, StreamArrives{0, id.value});
    }
}

void on(SiteState& site, const StreamSwitches& message, Context& context) {
    const StreamId id{message.stream};
    const DemandStream& stream = context.network().streams[id];
    site.streams[stream.place].high = !site.streams[stream.place].high;
    schedule_switch(site, id, message.ordinal + 1, context);
}

void on(SiteState& site, const StreamArrives& message, Context& context) {
    const StreamId id{message.stream};
    const DemandStream& stream = context.network().streams[id];
    StreamState& state = site.streams[stream.place];
    std::uint32_t ordinal = message.ordinal;
    Time next{};
    do {
        enter_next(site, id, stream, ordinal, context);
        next = context.now() + wait_for(state, stream, ++ordinal, context.draws());
    } while (context.goes_on(next, StreamArrives{ordinal, id.value}));
}

void on(SiteState& site, const OrderArrives& message, Context& context) {
    const Network& network = context.network();
    const StreamId id{message.stream};
    const DemandStream& stream = network.streams[id];
    auto draw = context.draws().at(purpose::basket, stream.key, message.coordinate);
    const TierId tier{stream.tier_mix(draw.uniform())};
    const int count = sim::geometric(draw.uniform(), stream.lines_mean);
    const std::size_t day = message.coordinate >> kOrdinalBits;
    const sim::Discrete& items = stream.item_mix[stream.mix_of_day.empty() ? 0 : stream.mix_of_day[day]];
    std::vector<LineRequest>& lines = site.basket;
    lines.clear();
    for (int i = 0; i < count; ++i) {
        const ItemId item{items(draw.uniform())};
        lines.push_back({item, static_cast<Units>(network.line_units[id](draw.uniform())) + 1});
    }
    enter_order(site, {stream.key, message.coordinate, tier, static_cast<std::uint32_t>(count)}, lines, context);
}

void on(SiteState& site, const ReplayedOrderArrives& message, Context& context) {
    const Network& network = context.network();
    const SiteState::ReplayedOrder& order = site.replay_orders[message.order];
    const auto coordinate = (static_cast<std::uint32_t>(day_of(context.now())) << kOrdinalBits) | message.order;
    const std::uint64_t key = network.sites[site.id].key;
    const TierId tier{network.replay_channels[order.channel].tier_mix(
        context.draws().at(purpose::basket, key, coordinate).uniform())};
    const std::span lines = std::span(site.replay_lines).subspan(order.first_line, order.lines);
    enter_order(site, {key, coordinate, tier, order.lines}, lines, context);
}

double share_of_span(const std::vector<ReplayChannel>& channels, std::size_t channel, const Calendar& calendar,
                     int first_day, int days) {
    double all = 0, ordering = 0;
    bool any = false;
    for (const ReplayChannel& c : channels) {
        const bool orders = orders_in(c, calendar, first_day, days);
        all += c.share_of_units;
        any |= orders;
        if (orders) ordering += c.share_of_units;
    }
    if (!any) return channels[channel].share_of_units / all;
    if (!orders_in(channels[channel], calendar, first_day, days)) return 0;
    return ordering > 0 ? channels[channel].share_of_units / ordering : 1;
}

namespace {

/// Probabilities of 0, 1, 2, ... units beyond the first, but for the last 1e-9; fewer where that takes too many.
std::vector<double> extra_units(double mean, double cv2) {
    const double extra = mean - 1, variance = cv2 * mean * mean;
    const bool negative_binomial = variance > extra;
    const double size = negative_binomial ? extra * extra / (variance - extra) : 0;
    const double q = negative_binomial ? 1 - extra / variance : 0;
    const double log_of_none = negative_binomial ? size * std::log1p(-q) : -extra;
    std::vector<double> probabilities;
    double sum = 0, p = std::exp(log_of_none);
    int k = 0;
    if (log_of_none < -600) {  // begin where a double can tell it from 0
        k = static_cast<int>(std::max(0.0, extra - 12 * std::sqrt(std::max(variance, extra))));
        const double ways =
            negative_binomial ? std::lgamma(size + k) - std::lgamma(size) + k * std::log(q) : k * std::log(extra);
        p = std::exp(log_of_none + ways - std::lgamma(k + 1.0));
        probabilities.assign(static_cast<std::size_t>(k), 0);
    }
    for (; sum < 1 - 1e-9 && k < kMostLineUnits; ++k) {
        probabilities.push_back(p);
        sum += p;
        p *= negative_binomial ? q * (size + k) / (k + 1) : extra / (k + 1);
    }
    if (sum < 1 - 1e-6) probabilities.clear();
    return probabilities;
}

}  // namespace

sim::Discrete line_units(double mean, double cv2) {
    if (mean <= 1) return sim::Discrete(std::array{1.0});
    const std::vector<double> probabilities = extra_units(mean, cv2);
    SIM_CHECK(!probabilities.empty(), "the units of a line are too many to tabulate");
    return sim::Discrete(probabilities);
}

bool line_units_fit(double mean, double cv2) { return mean <= 1 || !extra_units(mean, cv2).empty(); }

double DemandStream::most_rate_factor() const {
    double most = cycle ? 1 + std::abs(cycle->amplitude) : 1;
    double highest = 1;
    for (const RateStep& begin : steps) {  // the rate is greatest at the start of a step, where others may go on
        double together = 1;
        for (const RateStep& step : steps) {
            if (step.from <= begin.from && begin.from < step.to) together *= std::max(1.0, step.factor);
        }
        highest = std::max(highest, together);
    }
    most *= highest;
    return bursty ? most * std::max(bursty->low, bursty->high) : most;
}

}  // namespace entrepot::models

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/customers/demand.hpp"
#include "models/customers/draws_ahead.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"

namespace entrepot::models {

// Orders that come one after the other.

namespace {

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

void schedule_switch(const SiteState& site, StreamId id, std::uint32_t ordinal, Context& context) {
    const DemandStream& stream = context.network().streams[id];
    const Duration mean = site.streams[stream.place].high ? stream.bursty->mean_high : stream.bursty->mean_low;
    const double u = context.draws().at(purpose::rate, stream.key, ~ordinal).uniform();
    context.after(draw(ExponentialTime{mean}, u), StreamSwitches{ordinal, id.value});
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

/// An order with the lines of one of the stream's baskets.
void enter_basket(SiteState& site, const DemandStream& stream, std::uint32_t ordinal, double u, Context& context) {
    const TierId tier{pick(stream.tier_mix, u)};
    const Basket& basket = stream.baskets[pick(stream.basket_mix, u)];
    std::vector<LineRequest>& lines = site.basket;
    lines.clear();
    for (const Basket::Line& line : basket.lines) lines.push_back({line.item, line.units});
    enter_order(site, {stream.key, ordinal, tier, static_cast<std::uint32_t>(lines.size())}, lines, context);
}

/// An order whose lines have units of a distribution of their own. A line of no units is none, and an order of no lines
/// neither. `u` says what the order is; an order of several lines takes more draws, one for each.
void enter_with_law(SiteState& site, StreamId id, std::uint32_t coordinate, double u, Context& context) {
    const DemandStream& stream = context.network().streams[id];
    const TierId tier{pick(stream.tier_mix, u)};
    const auto drawn_line = [&](double& from) {
        const ItemId item{pick(stream.item_mix.front(), from)};
        const double units = stream.correlation != 0 ? swelling(site, id, coordinate, context) : from;
        return LineRequest{item, draw(*stream.units, units)};
    };
    if (stream.lines_mean <= 1) {  // correlated units, else it would be known ahead
        const LineRequest line = drawn_line(u);
        if (line.units > 0) enter_order(site, {stream.key, coordinate, tier, 1}, {&line, 1}, context);
        return;
    }
    const int count = sim::geometric(u, stream.lines_mean);
    auto draws = context.draws().at(purpose::basket, stream.key, coordinate);
    std::vector<LineRequest>& lines = site.basket;
    lines.clear();
    for (int i = 0; i < count; ++i) {
        double v = draws.uniform();
        const LineRequest line = drawn_line(v);
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
    if (!stream.baskets.empty()) {
        return enter_basket(site, stream, ordinal, content_of(state, ordinal), context);
    }
    if (!stream.known_ahead()) return enter_with_law(site, id, ordinal, content_of(state, ordinal), context);
    const LineRequest line = line_of(state, ordinal);
    if (line.units <= 0) return;  // an order of no units is none
    enter_order(site, {stream.key, ordinal, tier_of(state, ordinal), 1}, {&line, 1}, context);
}

}  // namespace

void start_streams(SiteState& site, Context& context) {
    const Network& network = context.network();
    for (const StreamId id : network.streams_of[site.id]) {
        const DemandStream& stream = network.streams[id];
        if (!stream.interarrival_time) continue;
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
    SIM_CHECK(stream.region == site.id && stream.bursty, "a rate switches that doesn't");
    site.streams[stream.place].high = !site.streams[stream.place].high;
    schedule_switch(site, id, message.ordinal + 1, context);
}

void on(SiteState& site, const StreamArrives& message, Context& context) {
    const StreamId id{message.stream};
    const DemandStream& stream = context.network().streams[id];
    SIM_CHECK(stream.region == site.id && stream.interarrival_time, "an order comes of another stream's kind");
    StreamState& state = site.streams[stream.place];
    std::uint32_t ordinal = message.ordinal;
    Time next{};
    do {
        enter_next(site, id, stream, ordinal, context);
        settle(site, context);
        next = context.now() + wait_for(state, stream, ++ordinal, context.draws());
    } while (context.goes_on(next, StreamArrives{ordinal, id.value}));
}

}  // namespace entrepot::models

#include <algorithm>
#include <cmath>

#include "models/customers/demand.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"

namespace entrepot::models {

namespace {

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

}  // namespace

Duration time_of_day(const HourProfile& hours, double u) {
    std::size_t hour = 0;
    while (hour < 23 && u >= hours[hour]) u -= hours[hour++];
    const double part = hours[hour] > 0 ? std::min(u / hours[hour], 0.999999) : 0;
    return sim::from_real<sim::hours>(static_cast<double>(hour) + part);
}

void draw_orders(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const double factor = day_factor(network, site, day, context.draws());
    for (const StreamId id : network.streams_of[site.id]) {
        if (!network.streams[id].interarrival_time) draw_stream(id, day, factor, context);
    }
    if (!network.replay.empty()) draw_replay(site, day, context);
}

void on(SiteState& site, const OrderArrives& message, Context& context) {
    const Network& network = context.network();
    const StreamId id{message.stream};
    const DemandStream& stream = network.streams[id];
    SIM_CHECK(stream.region == site.id && !stream.interarrival_time, "an order comes of another stream's kind");
    auto draw = context.draws().at(purpose::basket, stream.key, message.coordinate);
    const TierId tier{stream.tier_mix(draw.uniform())};
    const int count = sim::geometric(draw.uniform(), stream.lines_mean);
    const std::size_t day = message.coordinate >> kOrdinalBits;
    const sim::Discrete& items = stream.item_mix[stream.mix_of_day.empty() ? 0 : stream.mix_of_day.at(day)];
    std::vector<LineRequest>& lines = site.basket;
    lines.clear();
    for (int i = 0; i < count; ++i) {
        const ItemId item{items(draw.uniform())};
        lines.push_back({item, static_cast<Units>(network.line_units[id](draw.uniform())) + 1});
    }
    enter_order(site, {stream.key, message.coordinate, tier, static_cast<std::uint32_t>(count)}, lines, context);
}

}  // namespace entrepot::models

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::Channel;
using models::DemandStream;
using models::ItemId;
using models::Network;
using models::SiteId;

namespace {

constexpr int kSpikeSteps = 16;  // levels of a spike that lowers demand

const char* name_of(Channel channel) { return channel == Channel::b2b ? "b2b" : "ecommerce"; }

/// Height of the spike in [0,1], by days since the start of the measured window.
double spike_height(const Spike& spike, double day) {
    const double since = day - spike.start_days;
    if (since < 0) return 0;
    if (since < spike.ramp_days) return since / spike.ramp_days;
    const double after = since - spike.ramp_days - spike.plateau_days;
    return after < 0 ? 1 : std::exp2(-after / spike.halflife_days);
}

double units_of(const ChannelPart& channel) {
    return channel.orders * channel.lines_per_order * channel.units_per_line;
}

/// One region and channel: what all of its streams share.
struct Market {
    const Scenario& scenario;
    const Popularity& popularity;
    Network& network;
    SiteId region;
    Channel channel;

    DemandStream stream(const std::string& what) const {
        const ChannelPart& part = scenario.demand.of(channel);
        DemandStream s;
        s.name = network.sites[region].name + "." + name_of(channel) + "." + what;
        s.key = sim::entity_hash(s.name);
        s.region = region;
        s.channel = channel;
        s.hours = hour_profile(part);
        s.lines_mean = part.lines_per_order;
        s.units_mean = part.units_per_line;
        s.units_cv2 = part.units_cv2;
        s.tier_mix = tier_mix(scenario, channel);
        return s;
    }

    /// Orders of the channel over those before anything moved to it or away.
    double channel_factor(int day) const {
        if (scenario.channel_shifts.empty()) return 1;
        const double before =
            units_of(scenario.demand.ecommerce) / (units_of(scenario.demand.b2b) + units_of(scenario.demand.ecommerce));
        const double now = ecommerce_share(scenario, day);
        return channel == Channel::ecommerce ? now / before : (1 - now) / (1 - before);
    }

    /// Mean orders of the base demand on each day.
    std::vector<double> base_orders() const {
        const ChannelPart& part = scenario.demand.of(channel);
        const std::array<double, 7> shares = weekday_shares(part);
        std::vector<double> orders;
        for (int day = 0; day < network.calendar.total_days(); ++day) {
            orders.push_back(5 * part.orders * popularity.site[region.index()] *
                             shares[static_cast<std::size_t>(network.calendar.weekday(day))] *
                             channel_factor(measured_day(day)));
        }
        return orders;
    }

    /// Popularity of the items that `wanted` accepts, 0 for the others; their sum in `sum`.
    template <class Wanted>
    std::vector<double> some_items(double& sum, Wanted wanted) const {
        std::vector<double> weights(popularity.item.size(), 0);
        sum = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (wanted(network.items[ItemId{i}])) sum += weights[i] = popularity.item[i];
        }
        return weights;
    }

    int measured_day(int day) const { return day - network.calendar.warmup_days; }

    /// Multiplier of the seasonal items at the peak.
    double peak() const {
        const Spike& spike = *scenario.spike;
        const std::size_t at = position(spike.peak, network.sites[region].name);
        const double multiplier = at < spike.peak.size() ? spike.peak[at].value : 1;
        return multiplier > 1 && channel == Channel::ecommerce ? 1 + (multiplier - 1) * spike.ecommerce_extra
                                                               : multiplier;
    }
};

/// What takes from the base demand of some items for a while; factors of 1 at other times.
struct Dent {
    std::vector<bool> items;
    std::vector<double> factor;  ///< by day of the run
};

/// Where demand is lowered there is nothing to add: on such days fewer orders are placed, and the items concerned have
/// a smaller part in them. Days with the same factors have the same mix.
void lower(const Market& market, const std::vector<Dent>& dents, DemandStream& base) {
    if (dents.empty()) return;
    const std::vector<double>& popularity = market.popularity.item;
    const double usual = std::accumulate(popularity.begin(), popularity.end(), 0.0);
    struct Mix {
        std::uint16_t place;
        double orders;
    };
    std::map<std::vector<double>, Mix> mixes{{std::vector<double>(dents.size(), 1.0), {0, 1}}};
    for (std::size_t day = 0; day < base.orders_by_day.size(); ++day) {
        std::vector<double> factors;
        for (const Dent& dent : dents) factors.push_back(dent.factor[day]);
        const auto [mix, is_new] = mixes.try_emplace(factors, Mix{static_cast<std::uint16_t>(base.item_mix.size()), 0});
        if (is_new) {
            std::vector<double> weights = popularity;
            for (std::size_t i = 0; i < weights.size(); ++i) {
                for (std::size_t d = 0; d < dents.size(); ++d) weights[i] *= dents[d].items[i] ? factors[d] : 1;
            }
            const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
            mix->second.orders = sum / usual;
            base.item_mix.push_back(sum > 0 ? sim::Discrete(weights) : base.item_mix.front());
        }
        base.mix_of_day.push_back(mix->second.place);
        base.orders_by_day[day] *= mix->second.orders;
    }
}

/// Orders of some items only, on top of the base or, below 0, off it: their base demand times an excess that changes
/// from day to day.
struct Change {
    std::string name;
    std::vector<double> weights;  ///< by item, of the base demand; 0 for the others
    std::vector<double> excess;   ///< by day of the run

    template <class Wanted, class Excess>
    Change(const Market& market, std::string called, Wanted wanted, Excess excess_on) : name(std::move(called)) {
        double sum = 0;
        weights = market.some_items(sum, wanted);
        for (int day = 0; day < market.network.calendar.total_days(); ++day) {
            excess.push_back(sum * excess_on(market.measured_day(day)));
        }
    }
    bool concerns_any() const {
        return std::ranges::any_of(weights, [](double w) { return w > 0; });
    }
};

/// What is more than the base demand is a stream of its own.
void add_extra(const Market& market, const Change& change) {
    if (!change.concerns_any()) return;
    DemandStream extra = market.stream(change.name);
    extra.orders_by_day = market.base_orders();
    for (std::size_t day = 0; day < change.excess.size(); ++day) {
        extra.orders_by_day[day] *= std::max(0.0, change.excess[day]);
    }
    extra.item_mix.emplace_back(change.weights);
    market.network.streams.push_back(std::move(extra));
}

/// Forecasting services are told of a part of it.
void announce(const Market& market, const Change& change, const Announcement& told) {
    if (told.known <= 0 || !change.concerns_any()) return;
    const std::vector<double> orders = market.base_orders();
    const ChannelPart& part = market.scenario.demand.of(market.channel);
    models::ExpectedUnits units{sim::Discrete(change.weights), {0}, 0};
    for (std::size_t day = 0; day < change.excess.size(); ++day) {
        const double more = orders[day] * change.excess[day] * part.lines_per_order * part.units_per_line;
        units.until.push_back(units.until.back() + told.known * more);
    }
    if (told.on_day) {
        units.known_from = market.network.calendar.warmup_days + static_cast<int>(std::ceil(*told.on_day));
    }
    market.network.announced[market.region].push_back(std::move(units));
}

Change spike_in(const Market& market) {
    const double excess = market.peak() - 1;
    return {market, "spike", [](const models::Item& item) { return item.seasonal; },
            [&](int day) { return excess * spike_height(*market.scenario.spike, day); }};
}

/// A spike that lowers demand, in steps.
Dent spike_dent(const Market& market) {
    Dent dent;
    for (const models::Item& item : market.network.items) dent.items.push_back(item.seasonal);
    for (int day = 0; day < market.network.calendar.total_days(); ++day) {
        const double height = spike_height(*market.scenario.spike, market.measured_day(day));
        const auto step = static_cast<double>(std::lround(height * kSpikeSteps));
        dent.factor.push_back(1 + (market.peak() - 1) * step / kSpikeSteps);
    }
    return dent;
}

/// Whether an item is in a promotion.
auto in_promotion(const Market& market, const std::string& name, const Promotion& promotion) {
    return [draws = attribute_draws(market.scenario), share = promotion.item_share,
            coordinate = static_cast<std::uint32_t>(sim::entity_hash(name))](const models::Item& item) {
        return draws.at(purpose::promoted, item.key, coordinate).uniform() < share;
    };
}

bool dips_on(const Promotion& promotion, int day) {
    const int since = day - promotion.day - promotion.days;
    return since >= 0 && since < promotion.dip_days;
}

Change promotion_in(const Market& market, const std::string& name, const Promotion& promotion) {
    return {market, "promotion." + name, in_promotion(market, name, promotion), [&](int day) {
                const bool on = day >= promotion.day && day < promotion.day + promotion.days;
                return on ? promotion.lift - 1 : dips_on(promotion, day) ? promotion.dip - 1 : 0.0;
            }};
}

/// Who has stocked up buys less for a while.
Dent promotion_dent(const Market& market, const std::string& name, const Promotion& promotion) {
    Dent dent;
    const auto promoted = in_promotion(market, name, promotion);
    for (const models::Item& item : market.network.items) dent.items.push_back(promoted(item));
    for (int day = 0; day < market.network.calendar.total_days(); ++day) {
        dent.factor.push_back(dips_on(promotion, market.measured_day(day)) ? promotion.dip : 1);
    }
    return dent;
}

void add_base(const Market& market) {
    DemandStream base = market.stream("base");
    base.orders_by_day = market.base_orders();
    base.item_mix.emplace_back(market.popularity.item);
    std::vector<Dent> dents;
    if (market.scenario.spike && market.peak() < 1) dents.push_back(spike_dent(market));
    for (const auto& [name, promotion] : market.scenario.promotions) {
        if (promotion.dip < 1) dents.push_back(promotion_dent(market, name, promotion));
    }
    lower(market, dents, base);
    market.network.streams.push_back(std::move(base));
}

void add_spike(const Market& market) {
    const Change spike = spike_in(market);
    if (market.peak() > 1) add_extra(market, spike);
    announce(market, spike, market.scenario.spike->told);
}

void add_promotions(const Market& market) {
    for (const auto& [name, promotion] : market.scenario.promotions) {
        const Change change = promotion_in(market, name, promotion);
        add_extra(market, change);
        announce(market, change, promotion.told);
    }
}

void add_bursts(const Market& market) {
    for (const auto& [name, burst] : market.scenario.bursts) {
        const std::size_t tier = position(market.scenario.tiers, burst.tier);
        if (market.scenario.tiers[tier].value.tier.channel != market.channel) continue;
        const std::size_t at = position(market.scenario.sites, burst.at);
        const double share = market.popularity.site[market.region.index()];
        const double others = 1 - market.popularity.site[at];
        const double part = market.region.index() == at ? burst.share_at
                            : others > 0                ? (1 - burst.share_at) * share / others
                                                        : 0;
        DemandStream stream = market.stream("burst." + name);
        stream.lines_mean = burst.lines_per_order;
        std::vector<double> tiers(market.scenario.tiers.size(), 0);
        tiers[tier] = 1;
        stream.tier_mix = sim::Discrete(tiers);
        stream.orders_by_day.assign(static_cast<std::size_t>(market.network.calendar.total_days()), 0);
        stream.orders_by_day[static_cast<std::size_t>(market.network.calendar.warmup_days + burst.day)] =
            burst.orders * part;
        stream.item_mix.emplace_back(market.popularity.item);
        market.network.streams.push_back(std::move(stream));
    }
}

}  // namespace

double ecommerce_share(const Scenario& scenario, double day) {
    const double ecommerce = units_of(scenario.demand.ecommerce);
    double share = ecommerce / (units_of(scenario.demand.b2b) + ecommerce);
    for (const auto& [name, shift] : scenario.channel_shifts) {
        const double since = day - shift.day;
        if (since >= 0) share += shift.points * (shift.days > 0 ? std::min(1.0, since / shift.days) : 1);
    }
    return share;
}

models::HourProfile hour_profile(const ChannelPart& channel) {
    models::HourProfile profile{};
    const double sum = std::accumulate(channel.hours.begin(), channel.hours.end(), 0.0);
    for (std::size_t h = 0; h < profile.size(); ++h) profile[h] = channel.hours[h] / sum;
    return profile;
}

std::array<double, 7> weekday_shares(const ChannelPart& channel) {
    std::array<double, 7> shares{};
    const double sum = std::accumulate(channel.weekdays.begin(), channel.weekdays.end(), 0.0);
    for (std::size_t d = 0; d < shares.size(); ++d) shares[d] = channel.weekdays[d] / sum;
    return shares;
}

sim::Discrete tier_mix(const Scenario& scenario, Channel channel) {
    std::vector<double> shares;
    double sum = 0;
    for (const auto& [name, part] : scenario.tiers) {
        shares.push_back(part.tier.channel == channel ? part.share : 0);
        sum += shares.back();
    }
    return sum > 0 ? sim::Discrete(shares) : sim::Discrete{};
}

void add_described_demand(const Scenario& scenario, const Popularity& popularity, Network& network) {
    network.announced.assign(network.sites.size(), {});
    for (const SiteId region : sim::ids<SiteId>(network.sites)) {
        for (const Channel channel : {Channel::b2b, Channel::ecommerce}) {
            if (scenario.demand.of(channel).orders <= 0) continue;
            const Market market{scenario, popularity, network, region, channel};
            add_base(market);
            if (scenario.spike) add_spike(market);
            add_promotions(market);
            add_bursts(market);
        }
    }
    double weekly = 0;
    for (const Channel channel : {Channel::b2b, Channel::ecommerce}) {
        const ChannelPart& part = scenario.demand.of(channel);
        weekly += 5 * part.orders * part.lines_per_order * part.units_per_line;
    }
    network.usual_daily_units.assign(network.sites.size(), {});
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        auto& usual = network.usual_daily_units[site];
        for (const double share : popularity.item) usual.push_back(weekly / 7 * share * popularity.site[site.index()]);
    }
}

}  // namespace entrepot::scenarios

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "scenarios/build.hpp"

namespace entrepot::scenarios {

using models::ClassId;
using models::Item;
using models::Money;
using models::Network;

namespace {

/// Cuts n things into groups by their shares; the groups' sizes sum to n.
std::vector<std::size_t> cut(std::size_t n, const std::vector<double>& shares) {
    std::vector<std::size_t> sizes;
    double sum = 0;
    std::size_t taken = 0;
    for (const double share : shares) {
        sum += share;
        const auto end = std::min(n, static_cast<std::size_t>(std::llround(sum * static_cast<double>(n))));
        sizes.push_back(end - std::min(taken, end));
        taken = std::max(taken, end);
    }
    if (taken < n && !sizes.empty()) sizes.back() += n - taken;
    return sizes;
}

std::size_t pick(double u, const std::vector<double>& shares) {
    std::size_t i = 0;
    while (i + 1 < shares.size() && u >= shares[i]) u -= shares[i++];
    return i;
}

/// exp(sigma z) with mean 1.
double spread(double u, double sigma) { return std::exp(sigma * sim::normal_quantile(u) - sigma * sigma / 2); }

/// What the scenario's tables say of an item, before a list or a recording says more.
Item made_up(const Scenario& scenario, const Network& network, const std::string& name, ClassId velocity,
             double& popularity) {
    const Items& items = scenario.items;
    const ClassPart& part = scenario.classes[velocity.index()].value;
    Item item;
    item.name = name;
    item.key = sim::entity_hash(name);
    item.velocity = velocity;
    auto draw = attribute_draws(scenario).at(purpose::item_attributes, item.key, 0);
    popularity = spread(draw.uniform(), part.popularity_sigma);
    item.unit_cost = items.unit_cost * (part.cost_factor * spread(draw.uniform(), items.unit_cost_sigma));
    item.weight_lb = items.weight_lb * spread(draw.uniform(), items.weight_sigma);
    item.pack = items.packs[pick(draw.uniform(), items.pack_shares)];
    item.seasonal = draw.uniform() < part.seasonal_share;
    if (item.seasonal) popularity *= part.seasonal_popularity;
    std::vector<double> segments;
    for (const auto& segment : scenario.segments) segments.push_back(segment.value.item_share);
    const std::size_t segment = pick(draw.uniform(), segments);
    std::size_t first = 0;
    for (std::size_t i = 0; i < segment; ++i) first += static_cast<std::size_t>(scenario.segments[i].value.count);
    const auto count = static_cast<double>(scenario.segments[segment].value.count);
    item.supplier = models::SupplierId{first + static_cast<std::size_t>(draw.uniform() * count)};
    item.price = {item.unit_cost * (1 / (1 - scenario.demand.b2b.margin)),
                  item.unit_cost * (1 / (1 - scenario.demand.ecommerce.margin))};
    (void)network;
    return item;
}

/// Network's units on a mean calendar day.
double units_a_day(const Scenario& scenario) {
    const auto week = [](const ChannelPart& c) { return 5 * c.orders * c.lines_per_order * c.units_per_line; };
    return (week(scenario.demand.b2b) + week(scenario.demand.ecommerce)) / 7;
}

/// Scales the popularities so that each class has its share of the volume.
void share_out(const Scenario& scenario, const Network& network, std::vector<double>& popularity) {
    std::vector<double> sums(scenario.classes.size(), 0);
    double volume = 0;
    for (std::size_t i = 0; i < popularity.size(); ++i) {
        double& sum = sums[network.items[models::ItemId{i}].velocity.index()];
        if (sum == 0) volume += scenario.classes[network.items[models::ItemId{i}].velocity.index()].value.volume_share;
        sum += popularity[i];
    }
    for (std::size_t i = 0; i < popularity.size(); ++i) {
        const std::size_t velocity = network.items[models::ItemId{i}].velocity.index();
        if (sums[velocity] > 0 && volume > 0) {
            popularity[i] *= scenario.classes[velocity].value.volume_share / volume / sums[velocity];
        }
    }
}

}  // namespace

std::vector<std::string> made_up_names(const Scenario& scenario) {
    std::vector<double> shares;
    for (const auto& velocity : scenario.classes) shares.push_back(velocity.value.item_share);
    const std::vector<std::size_t> sizes = cut(static_cast<std::size_t>(scenario.items.count), shares);
    std::vector<std::string> names;
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        for (std::size_t i = 1; i <= sizes[c]; ++i)
            names.push_back(fmt::format("{}{:04}", scenario.classes[c].name, i));
    }
    return names;
}

namespace {

std::vector<double> add_made_up_items(const Scenario& scenario, Network& network) {
    std::vector<double> shares, popularity;
    for (const auto& velocity : scenario.classes) shares.push_back(velocity.value.item_share);
    const std::vector<std::size_t> sizes = cut(static_cast<std::size_t>(scenario.items.count), shares);
    for (std::size_t c = 0; c < sizes.size(); ++c) {
        for (std::size_t i = 1; i <= sizes[c]; ++i) {
            const std::string name = fmt::format("{}{:04}", scenario.classes[c].name, i);
            network.items.push_back(made_up(scenario, network, name, ClassId{c}, popularity.emplace_back()));
        }
    }
    share_out(scenario, network, popularity);
    return popularity;
}

std::vector<double> add_listed_items(const Loaded& loaded, Network& network) {
    const Scenario& scenario = loaded.scenario;
    const std::vector<std::string> suppliers = supplier_names(scenario);
    std::vector<double> popularity;
    bool given = false;
    for (const ListedItem& listed : loaded.listed) {
        double& weight = popularity.emplace_back();
        Item item = made_up(scenario, network, listed.name, ClassId{listed.velocity}, weight);
        item.unit_cost = Money::of(listed.cost);
        item.price = {
            Money::of(listed.b2b_price >= 0 ? listed.b2b_price : listed.cost / (1 - scenario.demand.b2b.margin)),
            Money::of(listed.ecommerce_price >= 0 ? listed.ecommerce_price
                                                  : listed.cost / (1 - scenario.demand.ecommerce.margin))};
        if (listed.weight_lb >= 0) item.weight_lb = listed.weight_lb;
        if (listed.seasonal >= 0) item.seasonal = listed.seasonal == 1;
        if (listed.pack >= 1) item.pack = listed.pack;
        const auto supplier = std::find(suppliers.begin(), suppliers.end(), listed.supplier);
        if (supplier != suppliers.end()) {
            item.supplier = models::SupplierId{static_cast<std::size_t>(supplier - suppliers.begin())};
        }
        if (listed.popularity >= 0) {
            weight = listed.popularity;
            given = true;
        }
        network.items.push_back(item);
    }
    if (!given) {
        share_out(scenario, network, popularity);
    } else {
        const double sum = std::accumulate(popularity.begin(), popularity.end(), 0.0);
        for (double& share : popularity) share /= sum;
    }
    return popularity;
}

/// What is known of the recorded items' demand: by item, and by item in weeks (of a monthly record, in months).
struct KnownDemand {
    std::vector<double> units;
    std::vector<std::vector<double>> by_week;
    std::size_t best = 4;  ///< so many weeks make a season
};

KnownDemand known_demand(const Recording& recording) {
    const bool monthly = recording.rows == RowsOf::months;
    const int weeks = monthly ? recording.known : (recording.known_days() + 6) / 7;
    KnownDemand known{std::vector<double>(recording.items.size(), 0),
                      {recording.items.size(), std::vector<double>(static_cast<std::size_t>(weeks), 0)},
                      std::min<std::size_t>(static_cast<std::size_t>(weeks), monthly ? 1 : 4)};
    for (const Recording::Cell& cell : recording.cells) {
        if (cell.period >= recording.known) continue;
        const int week = monthly ? cell.period : recording.starts[static_cast<std::size_t>(cell.period)] / 7;
        known.units[cell.item] += cell.units;
        known.by_week[cell.item][static_cast<std::size_t>(week)] += cell.units;
    }
    return known;
}

/// Whether an item's best weeks are so many times its mean week.
bool is_seasonal(std::vector<double> weeks, std::size_t best, double ratio) {
    std::ranges::sort(weeks, std::greater<>());
    const auto end = weeks.begin() + static_cast<std::ptrdiff_t>(best);
    const double peak = std::accumulate(weeks.begin(), end, 0.0), all = std::accumulate(end, weeks.end(), peak);
    return peak / static_cast<double>(best) > ratio * all / static_cast<double>(weeks.size());
}

/// Items by falling known volume: the first of them that make up the first class's share of it are of that class.
std::vector<double> add_recorded_items(const Loaded& loaded, Network& network) {
    const Scenario& scenario = loaded.scenario;
    const Recording& recording = *loaded.recording;
    const History& history = *scenario.demand.history;
    KnownDemand known = known_demand(recording);
    const double total = std::accumulate(known.units.begin(), known.units.end(), 0.0);
    std::size_t velocity = 0;
    double below = 0, end = scenario.classes.front().value.volume_share;
    for (std::size_t i = 0; i < recording.items.size(); ++i) {
        while (below >= end * total - 1e-9 && velocity + 1 < scenario.classes.size()) {
            end += scenario.classes[++velocity].value.volume_share;
        }
        below += known.units[i];
        double unused = 0;
        Item item = made_up(scenario, network, recording.items[i], ClassId{velocity}, unused);
        const auto money = [&](const std::optional<double>& price, Money otherwise) {
            return price ? Money::of(*price) : otherwise;
        };
        const Money price = money(recording.price[i], history.default_price);
        item.price = {price, price};
        item.unit_cost = money(recording.known_price[i], price) * (1 - history.margin);
        item.seasonal = is_seasonal(known.by_week[i], known.best, history.seasonal_ratio);
        network.items.push_back(item);
    }
    for (double& share : known.units) share /= std::max(total, 1.0);
    return known.units;
}

}  // namespace

models::Units minimum_order(double days, double daily_units_per_site, models::Units pack) {
    const double packs = std::max(1.0, std::round(days * daily_units_per_site / pack));
    return static_cast<models::Units>(std::min(packs, std::floor(1e9 / pack))) * pack;  // units fit in 32 bits
}

std::vector<double> add_items(const Loaded& loaded, Network& network) {
    const Scenario& scenario = loaded.scenario;
    std::vector<double> popularity = loaded.recording         ? add_recorded_items(loaded, network)
                                     : !loaded.listed.empty() ? add_listed_items(loaded, network)
                                                              : add_made_up_items(scenario, network);
    double daily = units_a_day(scenario);
    if (loaded.recording) {
        daily = 0;
        for (const Recording::Cell& cell : loaded.recording->cells) {
            if (cell.period < loaded.recording->known) daily += cell.units;
        }
        daily /= loaded.recording->known_days();
    }
    daily /= static_cast<double>(scenario.sites.size());
    for (std::size_t i = 0; i < popularity.size(); ++i) {
        Item& item = network.items[models::ItemId{i}];
        const double days = scenario.classes[item.velocity.index()].value.minimum_order_days;
        item.minimum_order = minimum_order(days, daily * popularity[i], item.pack);
        if (i < loaded.listed.size() && loaded.listed[i].minimum_order >= 1) {
            item.minimum_order = loaded.listed[i].minimum_order;
        }
    }
    return popularity;
}

}  // namespace entrepot::scenarios

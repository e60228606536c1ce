#include "models/decisions/forecast_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/purposes.hpp"

namespace entrepot::models {

float announced_rate(const Network& network, SiteId site, ItemId item, int from, int to, int today) {
    double rate = 0;
    for (const ExpectedUnits& change : network.announced[site]) {
        if (change.known_from <= today) rate += change.a_day(item, from, to);
    }
    return static_cast<float>(rate);
}

KnownChange announced_change(const Network& network, SiteId site, ItemId item, int day, int today) {
    const int first = std::max(0, day - 6);
    const auto in_week = static_cast<float>(day + 1 - first);
    return {announced_rate(network, site, item, day, day + 1, today),
            in_week * announced_rate(network, site, item, first, day + 1, today)};
}

double model_error(const Network& network, SiteId site, ItemId item, int day, const sim::Draws& draws) {
    const ForecastModel& model = network.strategy.forecast;
    const double off = off_on(model, day), sigma = network.forecast_sigma[network.items[item].velocity];
    if (sigma <= 0) return off;
    const std::uint64_t lane = network.items[item].key ^ network.sites[site].key;
    const auto training = static_cast<std::uint32_t>(trainings(model, day));
    const double z = sim::normal_quantile(draws.at(purpose::forecast_error, lane, training).uniform());
    return off * std::exp(sigma * z - sigma * sigma / 2);
}

double expected_rate(const Network& network, SiteId site, ItemId item, int from, int to) {
    double rate = 0;
    for (const ExpectedUnits& stream : network.expected[site]) rate += stream.a_day(item, from, to);
    return rate;
}

void ask_service(LocationView& view, const Network& network, SiteId site, ItemId item, int day,
                 const sim::Draws& draws) {
    const bool announced = !network.announced[site].empty();
    if (network.strategy.forecast.is_as_estimated() && !announced) return;
    const auto end = [&] { return day + static_cast<int>(std::lround(view.lead_time.mean + view.review_days)); };
    double rate = view.demand.level * view.surge;
    if (network.strategy.forecast.knows_demand()) {
        rate = expected_rate(network, site, item, day, end());
        view.surge = 1;
    } else if (announced) {
        rate = std::max(0.0, rate + announced_rate(network, site, item, day, end(), day));
    }
    if (view.surge <= 0) view.surge = 1;
    view.demand.level = static_cast<float>(rate * model_error(network, site, item, day, draws) / view.surge);
}

namespace {

constexpr int kJudgedDays = 28;

/// Forecasts of a site's items of one class, over the four weeks that they were for. [units a day]
struct Judged {
    double forecast = 0, came = 0, off = 0;
    double expected = 0, off_expected = 0;  ///< the same by the demand that was to be expected

    void add(double told, double recorded, double mean) {
        forecast += told;
        came += recorded;
        off += std::abs(told - recorded);
        expected += mean;
        off_expected += std::abs(told - mean);
    }
};

/// What levels expected of the last four weeks, by site and class.
std::vector<Judged> judge_forecasts(const Headquarters& hq, const Network& network, int day) {
    std::vector<Judged> sums(hq.sites * network.classes.size());
    const auto week = static_cast<std::size_t>(day - kJudgedDays) / 7;
    const bool known = week < network.outlook.size();
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const std::size_t velocity = network.items[item].velocity.index();
        for (const SiteId site : sim::ids<SiteId>(network.sites)) {
            const LocationId location = hq.location(site, item);
            const NotedForecast& noted = hq.forecasts_noted[location];
            if (noted.rate < 0) continue;
            const double came = demand_between(noted.demand, hq.view[location].demand) / double{kJudgedDays};
            const double expected = known ? network.outlook[week][site][item.index()] : 0;
            sums[site.index() * network.classes.size() + velocity].add(noted.rate, came, expected);
        }
    }
    return sums;
}

}  // namespace

void check_forecasts(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    if (hq.forecasts_noted.empty() || day == 0 || day % kJudgedDays != 0) return;
    const std::vector<Judged> sums = judge_forecasts(hq, network, day);
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const Judged& sum = sums[i];
        if (sum.came == 0 && sum.forecast == 0) continue;
        const auto number = [](double x) { return static_cast<float>(x); };
        context.tell(ForecastsJudged{number(sum.forecast), number(sum.came), number(sum.off), number(sum.expected),
                                     number(sum.off_expected), static_cast<std::uint16_t>(i / network.classes.size()),
                                     static_cast<std::uint8_t>(i % network.classes.size())});
    }
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const InventoryPolicy* policy = network.policy(site, item);
            const LocationId location = hq.location(site, item);
            const bool set = policy != nullptr && policy->levels && hq.levels[location].next_refresh_day > 0;
            hq.forecasts_noted[location] = {set ? hq.levels[location].daily_rate : -1, hq.view[location].demand};
        }
    }
}

}  // namespace entrepot::models

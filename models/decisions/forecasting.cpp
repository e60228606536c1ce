#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "models/decisions/forecast_model.hpp"
#include "models/decisions/forecast_service.hpp"
#include "models/decisions/hindsight.hpp"
#include "models/network/calendar.hpp"
#include "models/records/demand_record.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/master_data.hpp"

/// Estimators on the recorded demand. They see what the record has, late and wrong as it may be, never the truth.
namespace entrepot::models {

namespace {

/// What a policy makes of a day of recorded demand. The average is exponential, with the mean age of a moving average
/// over the same days (Brown, 1963): it needs no history and starts from what was known on day 0.
struct Intake {
    bool takes = false;
    double alpha = 0;  ///< weight of the day in the average; 0 = the policy averages nothing
    const Smoothing* smoothing = nullptr;

    explicit Intake(const InventoryPolicy& policy) : takes(policy.levels != nullptr) {
        if (!takes) return;
        const PolicyNeeds& needs = policy.needs;
        const double history = std::max(needs.history_days, policy.fallback_needs.history_days);
        if (history > 0) alpha = 2 / (history + 1);
        if (needs.forecast) smoothing = &*needs.forecast;
    }
};

/// Closes a day of recorded demand, with what a wrong record counts here or elsewhere; returns its units.
Units record_day(Headquarters& hq, LocationId location, int day, double alpha, Units moved) {
    const std::uint32_t demand = hq.view[location].demand;
    const Units units = demand_between(hq.demand_taken[location], demand) + moved;
    hq.demand_taken[location] = demand;
    Forecast& forecast = hq.forecasts[location];
    float& slot = hq.last_week[static_cast<std::size_t>(day % 7) * hq.view.size() + location.index()];
    forecast.week = std::max(0.0f, forecast.week + static_cast<float>(units) - slot);
    slot = static_cast<float>(units);
    if (alpha > 0) {
        const double error = units - double{forecast.mean};
        forecast.mean += static_cast<float>(alpha * error);
        forecast.spread = static_cast<float>((1 - alpha) * (double{forecast.spread} + alpha * error * error));
    }
    return units;
}

/// Exponential smoothing of the level by weeks, faster while the last week doesn't fit (Trigg and Leach's tracking
/// idea: the error of a week against what weeks usually err). What it was told of is no news, and is left out.
void smooth(Forecast& forecast, Units recorded, const KnownChange& known, const Smoothing& terms) {
    const float units = static_cast<float>(recorded) - known.day, week = forecast.week - known.week;
    const double weekly_error = week - 7 * forecast.level;
    const double usual_error = std::sqrt(7 * std::max<double>(forecast.variance, terms.least_variance));
    forecast.alarmed = std::abs(weekly_error) > terms.alarm_threshold * usual_error;
    const double alpha = (forecast.alarmed ? terms.alarmed : terms.weekly) / 7;
    const double daily_error = units - double{forecast.level};
    // The variance is around the local mean: during a change of level its error is not noise.
    const double around = units - double{week} / 7;
    const double noise = forecast.alarmed ? around * around : daily_error * daily_error;
    forecast.variance += static_cast<float>(terms.weekly / 7 * (noise - forecast.variance));
    forecast.level = std::max(0.0f, static_cast<float>(forecast.level + alpha * (week / 7 - forecast.level)));
}

/// Where the forecast is given, what is learnt is how far demand lies from it.
void compare(Forecast& forecast, Units units, double given, const Smoothing& terms) {
    const double error = units - given;
    forecast.level = static_cast<float>(given);
    forecast.variance += static_cast<float>(terms.weekly / 7 * (error * error - forecast.variance));
    forecast.alarmed = false;
}

/// Demand of a site's items of one kind in the last week, and what their levels say of it. [units]
struct Surge {
    double actual = 0, expected = 0, variance = 0;

    void add(const Forecast& forecast, const KnownChange& known) {
        actual += forecast.week - known.week;
        expected += 7 * forecast.level;
        variance += 7 * forecast.variance;
    }

    /// Actual over expected where it is no chance: a common change is seen in the sum long before it can be seen in
    /// single items.
    double told(double threshold) const {
        const double sd = std::sqrt(std::max(variance, 1.0));  // demand comes in whole units
        const bool real = std::abs(actual - expected) > threshold * sd;
        return real && expected > 0 ? actual / expected : 1.0;
    }
};

using SurgeByKind = std::array<Surge, 2>;  ///< usual, seasonal

/// The day's demand of an item in a region that by the master is planned for at another site.
class Elsewhere {
public:
    /// `takes(site)`: whether the site's policy takes in what its region orders.
    template <class Takes>
    Elsewhere(const Headquarters& hq, ItemId item, Takes takes) {
        if (hq.master.empty() || hq.master[item].planned_at == hq.master[item].ordered_in) return;
        if (!takes(hq.master[item].ordered_in)) return;
        record_ = &hq.master[item];
        const LocationId location = hq.location(record_->ordered_in, item);
        units_ = demand_between(hq.demand_taken[location], hq.view[location].demand);
    }
    Units at(SiteId site) const { return record_ == nullptr ? 0 : moved_to(*record_, site, units_); }

private:
    const MasterRecord* record_ = nullptr;
    Units units_ = 0;
};

/// Takes in a day of recorded demand, each location as its policy needs it.
void take_in(Headquarters& hq, int day, Context& context) {
    const Network& network = context.network();
    std::vector<Intake> intakes;
    for (const InventoryPolicy& policy : network.policies) intakes.emplace_back(policy);
    const bool knows_demand = network.strategy.forecast.knows_demand();
    // As in Headquarters::surge: by policy, and by site.
    std::vector<SurgeByKind> surges(network.policies.size() * hq.sites);
    for (const ItemId item : sim::ids<ItemId>(network.items)) {
        const bool seasonal = network.items[item].seasonal;
        const Elsewhere elsewhere(hq, item, [&](SiteId site) {
            const std::size_t policy = network.policy_of[site][item];
            return policy != Network::kNobody && intakes[policy].takes;
        });
        for (const SiteId site : sim::ids<SiteId>(network.sites)) {
            const std::size_t policy = network.policy_of[site][item];
            if (policy == Network::kNobody || !intakes[policy].takes) continue;
            const LocationId location = hq.location(site, item);
            const Units units = record_day(hq, location, day, intakes[policy].alpha, elsewhere.at(site));
            const bool smooths = intakes[policy].smoothing != nullptr && !knows_demand;
            const KnownChange known = smooths ? known_change(network, site, item, day, day + 1) : KnownChange{};
            keep_day(hq, location, day, units - double{known.day});
            if (intakes[policy].smoothing == nullptr) continue;
            Forecast& forecast = hq.forecasts[location];
            if (knows_demand) {
                const double error = model_error(network, site, item, day, context.draws());
                const double given = expected_rate(network, site, item, day, day + 1) * error;
                compare(forecast, units, given, *intakes[policy].smoothing);
                continue;
            }
            smooth(forecast, units, known, *intakes[policy].smoothing);
            surges[policy * hq.sites + site.index()][seasonal].add(forecast, known);
        }
    }
    for (std::size_t i = 0; i < surges.size(); ++i) {
        const Smoothing* smoothing = intakes[i / hq.sites].smoothing;
        if (smoothing == nullptr) continue;
        std::transform(surges[i].begin(), surges[i].end(), hq.surge[i].begin(),
                       [&](const Surge& surge) { return surge.told(smoothing->alarm_threshold); });
    }
}

}  // namespace

void on(Headquarters& hq, const ForecastsUpdate& message, Context& context) {
    const Network& network = context.network();
    SIM_CHECK(message.day == day_of(context.now()), "forecasts take in another day");
    const int yesterday = message.day - 1;
    if (yesterday >= 0 && network.plans) take_in(hq, yesterday, context);
    judge_decisions(hq, message.day, context);
    check_forecasts(hq, message.day, context);
    tell_master_data(hq, context);
    if (message.day > 0) close_links(hq, context);
    if (network.calendar.is_business_day(message.day)) {
        const Time opens = std::max(at_hour(message.day, network.office.start_hour), context.now());
        context.at(opens, OfficeOpens{message.day});
    } else if (network.plans) {
        hear_of_forecasts(hq, context);
    }
    context.at(at_hour(message.day + 1, network.office.forecast_hour), ForecastsUpdate{message.day + 1});
}

}  // namespace entrepot::models

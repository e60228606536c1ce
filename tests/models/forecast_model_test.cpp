#include "models/decisions/forecast_model.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/small_world.hpp"

/// What forecasts are assumed to know and to be off by, what they are told of, and how their errors are measured.
namespace entrepot::tests {
namespace {

using namespace models;

constexpr double kUsual = 10, kLifted = 20;  // units a day
constexpr int kFrom = 30, kTo = 44;          // days of the lift

/// At the only site, each of the five items is wanted so often; twice as often from one day to the other.
Network lifted_network(ForecastModel model) {
    Network network = quiet_network();
    follow(network, orchestrated_strategy());
    network.strategy.transfers.proactive = false;
    DemandStream stream{.name = "all", .key = 1, .region = SiteId{0}};
    for (int day = 0; day < network.calendar.total_days(); ++day) {
        stream.orders_by_day.push_back(5 * (day >= kFrom && day < kTo ? kLifted : kUsual));
    }
    stream.hours[12] = 1;
    stream.tier_mix = sim::Discrete(std::vector{1.0, 0.0, 0.0});
    stream.item_mix = {sim::Discrete(std::vector<double>(5, 1.0))};
    network.streams.push_back(stream);
    for (auto& usual : network.usual_daily_units) usual.assign(network.items.size(), kUsual);
    network.strategy.forecast = std::move(model);
    finish(network);
    return network;
}

TEST(PerfectForecast, IsTheDemandToCome) {
    SmallWorld<> world(lifted_network({.from = ForecastModel::From::perfect}));
    EXPECT_NEAR(expected_rate(world.network, SiteId{0}, ItemId{2}, 20, 40), (kUsual + kLifted) / 2, 1e-9);
    EXPECT_NEAR(expected_rate(world.network, SiteId{0}, ItemId{2}, 50, 90), kUsual, 1e-9);  // beyond the horizon
    world.run_until(21, 8.5);
    const double days = std::round(world.hq().lead_times[world.network.items[ItemId{0}].supplier].mean + 1);
    const double lifted = std::max(0.0, 21 + days - kFrom);
    EXPECT_NEAR(world.hq().levels[LocationId{0}].daily_rate, kUsual + (kLifted - kUsual) * lifted / days, 1e-4);
}

/// Who goes by the record knows nothing of it.
TEST(PerfectForecast, IsForThoseWhoSaySo) {
    SmallWorld<> world(lifted_network({}));
    EXPECT_TRUE(world.network.expected[SiteId{0}].empty());
    world.run_until(21, 8.5);
    EXPECT_NEAR(world.hq().levels[LocationId{0}].daily_rate, kUsual, 3);
}

// Errors that are assumed.

/// Many items at one site, of one class.
Network many_items(const ForecastModel& model, int count) {
    Network network = quiet_network();
    const Item like = network.items[ItemId{0}];
    network.items = {};
    for (int i = 0; i < count; ++i) {
        network.items.push_back(like);
        network.items[ItemId{static_cast<std::size_t>(i)}].key = sim::entity_hash("item" + std::to_string(i));
    }
    network.strategy.forecast = model;
    network.strategy.forecast.wmape.assign(network.classes.size(), model.wmape[ClassId{0}]);
    network.forecast_sigma.assign(network.classes.size(), sigma_of_error(model.wmape[ClassId{0}], model.bias));
    return network;
}

/// Forty thousand errors; four standard deviations of their mean.
TEST(AssumedForecast, IsOffByWhatWasPromised) {
    constexpr int kErrors = 40'000;
    for (const double bias : {0.0, 0.1, -0.2}) {
        for (const double wmape : {0.26, 0.5, 1.0}) {
            ForecastModel model{.from = ForecastModel::From::assumed, .bias = bias};
            model.wmape.push_back(wmape);
            const Network network = many_items(model, kErrors);
            const sim::Draws draws(5, 0);
            double off = 0, squares = 0, sum = 0;
            for (const ItemId item : sim::ids<ItemId>(network.items)) {
                const double error = model_error(network, SiteId{0}, item, 0, draws) - 1;
                off += std::abs(error) / kErrors;
                squares += error * error / kErrors;
                sum += error / kErrors;
            }
            const double tolerance = 4 * std::sqrt(squares / kErrors);
            EXPECT_NEAR(off, wmape, tolerance) << bias;
            EXPECT_NEAR(sum, bias, tolerance) << wmape;
        }
    }
}

TEST(AssumedForecast, ErrsAnewAfterEachTraining) {
    ForecastModel model{.from = ForecastModel::From::assumed, .retrain_days = 30};
    model.wmape.push_back(0.3);
    const Network network = many_items(model, 10);
    const sim::Draws draws(5, 0);
    const auto error = [&](int day) { return model_error(network, SiteId{0}, ItemId{3}, day, draws); };
    EXPECT_EQ(error(0), error(29));
    EXPECT_NE(error(29), error(30));
}

TEST(ForecastDrift, GrowsUntilTheModelIsTrainedAnew) {
    const ForecastModel never{.bias = 0.05, .drift = 0.003}, monthly{.drift = 0.003, .retrain_days = 30};
    EXPECT_NEAR(off_on(never, 70), 1.05 + 0.03, 1e-12);
    EXPECT_NEAR(off_on(monthly, 29), 1 + 0.003 * 29 / 7, 1e-12);
    EXPECT_NEAR(off_on(monthly, 30), 1, 1e-12);
    const auto rate = [](const ForecastModel& model) {
        SmallWorld<> world(lifted_network(model));
        world.run_until(21, 8.5);
        return double{world.hq().levels[LocationId{0}].daily_rate};
    };
    EXPECT_NEAR(rate({.drift = 0.1}) / rate({}), 1.3, 1e-3);
    EXPECT_NEAR(rate({.drift = 0.1, .retrain_days = 20}) / rate({}), 1 + 0.1 / 7, 1e-3);
}

// Errors that are measured.

struct Measured {
    double error = 0, bias = 0, wmape = 0;
};

/// By the facts of some months; demand is the same on all days of a week.
Measured measured(ForecastModel model) {
    Network network = small_network({.sites = 2, .items = 300, .orders_per_day = 100, .days = 180});
    for (DemandStream& stream : network.streams) {
        std::ranges::fill(stream.orders_by_day, stream.orders_by_day.front());
    }
    FixtureStrategy strategy = orchestrated_strategy();
    if (!model.wmape.empty()) model.wmape.assign(network.classes.size(), model.wmape[ClassId{0}]);
    strategy.forecast = std::move(model);
    follow(network, strategy);
    FactRecord<ForecastsJudged> record;
    simulate(network, 1, 0, record.log);
    double forecast = 0, came = 0, off = 0, expected = 0, off_expected = 0;
    for (const auto& [at, where, judged] : record.all<ForecastsJudged>()) {
        forecast += judged.forecast;
        came += judged.came;
        off += judged.off;
        expected += judged.expected;
        off_expected += judged.off_expected;
    }
    return {off_expected / expected, forecast / came - 1, off / came};
}

TEST(ForecastErrors, AreThoseThatWereAssumed) {
    ForecastModel model{.from = ForecastModel::From::assumed, .retrain_days = 28};
    model.wmape.push_back(0.4);
    const Measured assumed = measured(model), perfect = measured({.from = ForecastModel::From::perfect});
    EXPECT_NEAR(assumed.error, 0.4, 0.06);
    EXPECT_LT(perfect.error, 1e-3);
    EXPECT_GT(perfect.wmape, 0.05);  // chance is left
    EXPECT_GT(assumed.wmape, perfect.wmape + 0.1);
}

TEST(ForecastErrors, ShowTheDriftAsBias) {
    const Measured usual = measured({}), drifts = measured({.drift = 0.02}),
                   trained = measured({.drift = 0.02, .retrain_days = 28});
    EXPECT_NEAR(usual.bias, 0, 0.03);
    EXPECT_GT(drifts.bias, usual.bias + 0.15);
    EXPECT_LT(trained.bias, drifts.bias / 2);
}

// Announcements.

using Planning = SmallWorld<>;

void record_day(Planning& world, int day, double units) {
    world.run_until(day, 23);
    for (StockView& view : world.hq().view) view.demand += static_cast<std::uint32_t>(units);
    world.run_until(day + 1, 8.5);
}

/// So many units a day more in the days of the lift; of that, the services are told a share.
Network told_network(double known, int known_from, const Replenishment& replenishment) {
    Network network = quiet_network();
    follow(network, orchestrated_strategy());
    replenish(network, replenishment);
    network.strategy.transfers.proactive = false;
    ExpectedUnits change{sim::Discrete(std::vector<double>(5, 1.0)), {0}, known_from};
    for (int day = 0; day < network.calendar.total_days(); ++day) {
        const double more = day >= kFrom && day < kTo ? 5 * (kLifted - kUsual) : 0;
        change.until.push_back(change.until.back() + known * more);
    }
    network.announced.assign(1, {});
    if (known > 0) network.announced[SiteId{0}].push_back(std::move(change));
    for (auto& usual : network.usual_daily_units) usual.assign(network.items.size(), kUsual);
    finish(network);
    return network;
}

/// The promotion has come and gone, as it was said or not: the rate behind the levels on its eve, and on the day after.
struct Rates {
    double before = 0, after = 0;
};

Rates around_promotion(double known, int known_from, const Replenishment& replenishment) {
    Planning world(told_network(known, known_from, replenishment));
    Rates rates;
    for (int day = 0; day < kTo; ++day) {
        if (day == kFrom) rates.before = world.hq().levels[LocationId{0}].daily_rate;
        record_day(world, day, day >= kFrom ? kLifted : kUsual);
    }
    rates.after = world.hq().levels[LocationId{0}].daily_rate;
    return rates;
}

Replenishment by_forecast() {
    return ForecastQuantile{.service = {0.98, 0.95, 0.9}, .cover_days = {7, 20, 60}, .alarm_threshold = 1e9};
}

TEST(Announcements, RaiseTheForecastBeforehandAndLeaveItCleanAfterwards) {
    const Rates unheard = around_promotion(0, 0, by_forecast()), told = around_promotion(1, 0, by_forecast());
    EXPECT_NEAR(unheard.before, kUsual, 1.5);
    EXPECT_GT(told.before, kUsual + 6);
    EXPECT_GT(unheard.after, kUsual + 1);  // C4: the record has the promotion in it
    EXPECT_NEAR(told.after, kUsual, 0.5);
}

TEST(Announcements, CountByTheirShareAndFromTheirDayOn) {
    const Rates told = around_promotion(1, 0, by_forecast()), half = around_promotion(0.5, 0, by_forecast());
    EXPECT_NEAR(half.before - kUsual, (told.before - kUsual) / 2, 0.5);
    EXPECT_GT(half.after, told.after + 0.3);
    EXPECT_NEAR(around_promotion(1, kFrom + 1, by_forecast()).before, around_promotion(0, 0, by_forecast()).before,
                0.1);
}

/// C4: minimum and maximum levels are made of what was recorded, and nobody tells a spreadsheet of a promotion.
TEST(Promotions, ContaminateMinMaxLevels) {
    const StaleMinMax spreadsheet{.safety_days = {24, 24, 24},
                                  .cover_days = {35, 35, 35},
                                  .refresh_days = 1,
                                  .history_days = 60,
                                  .review = sim::days{1}};
    const Rates rates = around_promotion(1, 0, spreadsheet);
    EXPECT_NEAR(rates.before, kUsual, 1);
    EXPECT_GT(rates.after, kUsual + 2.5);
}

/// C2: the same spike, announced or not.
TEST(Announcements, ServeASpike) {
    const auto short_lines = [](double known) {
        Network network = small_network({.items = 60, .days = 120});
        follow(network, orchestrated_strategy());
        const std::vector<DemandStream> usual(network.streams.begin(), network.streams.end());
        network.announced.assign(network.sites.size(), {});
        for (DemandStream extra : usual) {
            extra.name += ".spike";
            extra.key = sim::entity_hash(extra.name);
            ExpectedUnits change{extra.item_mix.front(), {0}, 10};
            for (std::size_t day = 0; day < extra.orders_by_day.size(); ++day) {
                if (day < 50 || day >= 75) extra.orders_by_day[day] = 0;
                const double more = extra.orders_by_day[day] * extra.lines_mean * extra.units_mean;
                change.until.push_back(change.until.back() + known * more);
            }
            network.streams.push_back(extra);
            if (known > 0) network.announced[extra.region].push_back(change);
        }
        finish(network);
        FactRecord<LineFirstPass> record;
        simulate(network, 1, 0, record.log);
        int lines = 0;
        for (const auto& [at, where, line] : record.all<LineFirstPass>()) lines += line.filled < line.ordered;
        return lines;
    };
    EXPECT_LT(short_lines(1), 0.7 * short_lines(0));
}

}  // namespace
}  // namespace entrepot::tests

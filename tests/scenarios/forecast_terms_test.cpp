#include <cmath>

#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// What scenarios say of forecasts and of what they are told, and what is refused of it.
namespace entrepot::scenarios::testing {
namespace {

using models::ItemId;
using models::Network;
using models::SiteId;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::size_t kWarmupDays = 90;

Network network_of(const std::vector<std::string>& overrides, const char* strategy = "S6") {
    const Result result = load(shipped("six_warehouses.toml"), overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? build(*result.loaded, strategy) : Network{};
}

/// Expected units of an item on a day of a region's demand.
double units_on(const Network& network, ItemId item, std::size_t day) {
    double units = 0;
    for (const auto& stream : network.streams) {
        if (stream.region != SiteId{0}) continue;
        const std::size_t mix = stream.mix_of_day.empty() ? 0 : stream.mix_of_day[day];
        units += stream.orders_by_day[day] * stream.lines_mean * stream.units_mean *
                 stream.item_mix[mix].probability(item.value);
    }
    return units;
}

std::vector<std::string> promotion(const std::string& more = "") {
    std::vector<std::string> overrides{"promotion.sale.day='20 d'", "promotion.sale.duration='14 d'",
                                       "promotion.sale.lift=1.6", "promotion.sale.items='30 %'"};
    if (!more.empty()) overrides.push_back(more);
    return overrides;
}

/// Of an item: 14 days at 1.6 times its demand, 10 at 0.85, or none of it.
TEST(PromotionDip, FollowsTheLift) {
    const Network usual = network_of({}), sale = network_of(promotion("promotion.sale.dip=0.85"));
    int promoted = 0;
    for (std::uint32_t i = 0; i < 300; ++i) {
        const auto ratio = [&](std::size_t day) {  // Mondays have orders of both channels
            return units_on(sale, ItemId{i}, kWarmupDays + day) / units_on(usual, ItemId{i}, kWarmupDays + day);
        };
        const bool is_promoted = ratio(21) > 1.1;
        promoted += is_promoted;
        EXPECT_NEAR(ratio(21), is_promoted ? 1.6 : 1, 1e-6);
        EXPECT_NEAR(ratio(35), is_promoted ? 0.85 : 1, 1e-6);
        EXPECT_NEAR(ratio(43), is_promoted ? 0.85 : 1, 1e-6);
        EXPECT_NEAR(ratio(44), 1, 1e-6);
    }
    EXPECT_NEAR(promoted, 90, 4 * std::sqrt(63.0));
}

/// What is announced is the share of the change, dip and all, in each region.
TEST(Announced, IsTheShareOfTheChange) {
    auto overrides = promotion("promotion.sale.dip=0.85");
    const Network usual = network_of({}), unheard = network_of(overrides);
    overrides.emplace_back("promotion.sale.known_to_forecast=0.7");
    overrides.emplace_back("promotion.sale.told_on='5 d'");
    const Network told = network_of(overrides);
    EXPECT_THAT(unheard.announced[SiteId{0}], IsEmpty());
    for (std::uint32_t i = 0; i < 50; ++i) {
        for (const int since : {0, 15, 30, 40}) {
            const int day = static_cast<int>(kWarmupDays) + since;
            double announced = 0;
            for (const auto& change : told.announced[SiteId{0}]) {
                EXPECT_EQ(change.known_from, 95);
                announced += change.a_day(ItemId{i}, day, day + 1);
            }
            const auto at = static_cast<std::size_t>(day);
            const double change = units_on(told, ItemId{i}, at) - units_on(usual, ItemId{i}, at);
            EXPECT_NEAR(announced, 0.7 * change, 1e-6);
        }
    }
}

/// A spike that lowers demand is announced as one that raises it.
TEST(Announced, IsASpikeEitherWay) {
    for (const double peak : {0.5, 1.5}) {
        std::vector<std::string> overrides{"spike.start='10 d'", "spike.ramp='0 d'", "spike.plateau='60 d'",
                                           "spike.peak={NE=" + std::to_string(peak) + "}"};
        const Network usual = network_of({});
        overrides.emplace_back("spike.known_to_forecast=1");
        overrides.emplace_back("finance.spikes_per_year=0");
        const Network told = network_of(overrides);
        double announced = 0, change = 0;
        for (std::uint32_t i = 0; i < told.items.size(); ++i) {
            const int day = static_cast<int>(kWarmupDays) + 30;
            for (const auto& one : told.announced[SiteId{0}]) announced += one.a_day(ItemId{i}, day, day + 1);
            const auto at = static_cast<std::size_t>(day);
            change += units_on(told, ItemId{i}, at) - units_on(usual, ItemId{i}, at);
        }
        EXPECT_EQ(change > 0, peak > 1);
        EXPECT_NEAR(announced, change, 1e-6 * std::abs(change)) << peak;
    }
}

TEST(ForecastTerms, AreTheStrategys) {
    const Network assumed =
        network_of({"strategy.S6.forecast.source='assumed'", "strategy.S6.forecast.wmape={A=0.26, B=0.5, C=1}",
                    "strategy.S6.forecast.bias=0.1", "strategy.S6.forecast.retrain='30 d'"});
    const models::ForecastModel& model = assumed.strategy.forecast;
    EXPECT_EQ(model.from, models::ForecastModel::From::assumed);
    EXPECT_EQ(model.wmape[models::ClassId{1}], 0.5);
    EXPECT_EQ(model.retrain_days, 30);
    EXPECT_NEAR(assumed.forecast_sigma[models::ClassId{2}], models::sigma_of_error(1, 0.1), 1e-12);
    EXPECT_THAT(network_of({}).expected[SiteId{0}], IsEmpty());
}

// What is refused.

std::vector<std::string> refused(const std::string& text) { return Scratch().over_tiny(text); }

const std::string kAssumed = "[strategy.S6.forecast]\nsource = \"assumed\"\n";

TEST(ForecastTerms, WantAnErrorOfEachClassThatHoldsTheBias) {
    EXPECT_THAT(refused(kAssumed + "wmape = { A = 0.2, B = 0.3, C = 0.4 }\n"), IsEmpty());
    EXPECT_THAT(refused(kAssumed + "wmape = { A = 0.2, B = 0.3 }\n"),
                Contains(HasSubstr("got nothing for class C, want an error of each")));
    EXPECT_THAT(refused(kAssumed + "wmape = { A = 0.2, B = 0.3, C = 0.4, D = 1 }\n"),
                Contains(HasSubstr("want a class")));
    EXPECT_THAT(refused(kAssumed + "wmape = { A = 0.2, B = 0.3, C = 0.4 }\nbias = 0.25\n"),
                Contains(HasSubstr("wmape.A: got 0.2, want 0.25 or more: the bias is a part of it")));
    EXPECT_THAT(refused(kAssumed + "wmape = { A = 2, B = 0.3, C = 0.4 }\n"), Contains(HasSubstr("wmape.A")));
}

/// What an unknown class is given doesn't matter, be it out of its range or less than the bias.
TEST(ForecastTerms, OfAnUnknownClassAreToldAsUnknown) {
    for (const char* value : {"2", "0.1", "\"much\""}) {
        const std::string text = kAssumed + "wmape = { A = 0.5, B = 0.5, C = 0.5, a = " + value + " }\nbias = 0.25\n";
        EXPECT_THAT(refused(text),
                    ElementsAre(AllOf(HasSubstr("wmape.a: got \"a\", want a class"), HasSubstr("did you mean A?"))))
            << value;
    }
}

TEST(SpikeTerms, OfAnUnknownSiteAreToldAsUnknown) {
    EXPECT_THAT(refused("[spike]\nstart = \"1 d\"\nramp = \"1 d\"\nplateau = \"1 d\"\nhalflife = \"1 d\"\n"
                        "peak = { Nort = 1000 }\n"),
                Contains(HasSubstr("spike.peak.Nort: got \"Nort\", want the name of a site")));
}

TEST(ForecastTerms, OfWhatIsNotAssumedHaveNoEffect) {
    EXPECT_THAT(refused("[strategy.S6.forecast]\nwmape = { A = 0.2, B = 0.3, C = 0.4 }\n"),
                ElementsAre(HasSubstr("forecast.wmape: got the accuracy of a forecast that isn't assumed")));
    EXPECT_THAT(refused("[strategy.S6.forecast]\ndrift = 0\nretrain = \"20 d\"\n"),
                ElementsAre(HasSubstr("forecast.retrain: got a training that mends nothing, want a drift")));
    EXPECT_THAT(refused("[strategy.S6.forecast]\nsource = \"perfect\"\nbias = 0.1\n"),
                ElementsAre(HasSubstr("forecast.bias: got a bias of a perfect forecast")));
    EXPECT_THAT(refused("[strategy.S1.forecast]\ndrift = \"1 %\"\n[strategy.S6.forecast]\ndrift = \"0 %\"\n"),
                Contains(HasSubstr("strategy.S1.forecast: got it where no policy takes a forecast")));
}

/// It is said aloud, and refused where nobody can say what is to be expected.
TEST(ForecastTerms, ToldWhereTheTruthIsSeen) {
    const Result perfect =
        load(shipped("tiny.toml"), std::vector<std::string>{"strategy.S6.forecast.source='perfect'"});
    ASSERT_TRUE(perfect);
    EXPECT_THAT(perfect.loaded->notes, Contains(HasSubstr("what it is worth is a bound, no offer")));
    EXPECT_THAT(refused("[strategy.S6.forecast]\nsource = \"perfect\"\n[stream.more]\ntier = \"T1\"\n"
                        "interarrival_time = { distribution = \"exponential\", mean = \"1 h\" }\n"),
                Contains(HasSubstr("want demand by the day")));
}

TEST(Announced, BeforeItIsOver) {
    const std::string sale = "[promotion.sale]\nday = \"2 d\"\nduration = \"3 d\"\nknown_to_forecast = 0.5\n";
    EXPECT_THAT(refused(sale + "told_on = \"1 d\"\n"), IsEmpty());
    EXPECT_THAT(refused(sale + "told_on = \"5 d\"\n"),
                ElementsAre(HasSubstr("told_on: got day 5, want one before day 5, when it is over")));
    EXPECT_THAT(refused("[promotion.sale]\nday = \"2 d\"\ntold_on = \"1 d\"\n"),
                ElementsAre(HasSubstr("got a day on which nothing is told, want known_to_forecast above 0")));
    EXPECT_THAT(refused("[promotion.sale]\nday = \"2 d\"\ndip_duration = \"4 d\"\n"),
                ElementsAre(HasSubstr("got how long a dip lasts that there isn't, want dip below 1")));
    EXPECT_THAT(refused("[promotion.sale]\nday = \"2 d\"\nknown_to_forecast = 1.2\n"),
                Contains(HasSubstr("known_to_forecast")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing

#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/decisions/estimators/estimate.hpp"

/// Estimators on weekly demand of two real companies, six warehouses each (VN1 Forecasting Challenge, CC BY 4.0),
/// against the naive forecast, that of the week before. The page docs/estimators.md is made from it.
namespace entrepot::tests {
namespace {

using namespace models;

using Series = std::vector<std::vector<float>>;  ///< by item and warehouse: units by week

Series read_series(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::string line, week, warehouse, product, units;
    std::getline(in, line);
    std::map<std::string, std::vector<float>> all;
    while (std::getline(in, line)) {
        std::istringstream cells(line);
        std::getline(cells, week, ',');
        std::getline(cells, warehouse, ',');
        std::getline(cells, product, ',');
        std::getline(cells, units, ',');
        all[warehouse + "," + product].push_back(std::stof(units));
    }
    Series series;
    for (auto& [name, weeks] : all) series.push_back(std::move(weeks));
    return series;
}

/// How far forecasts of the next week lie off, over all series and all weeks from the ninth on.
struct Score {
    double off = 0, sum = 0, squares = 0, actual = 0;
    double wmape() const { return off / actual; }
    double bias() const { return sum / actual; }
};

constexpr std::size_t kFirst = 8;

template <class Forecast>
Score score_of(const Series& series, Forecast forecast) {
    Score score;
    for (const std::vector<float>& weeks : series) {
        for (std::size_t week = kFirst; week < weeks.size(); ++week) {
            const double error = forecast(std::span(weeks).first(week)) - weeks[week];
            score.off += std::abs(error);
            score.sum += error;
            score.squares += error * error;
            score.actual += weeks[week];
        }
    }
    return score;
}

Score naive(const Series& series) {
    return score_of(series, [](std::span<const float> weeks) { return double{weeks.back()}; });
}

/// Nothing is tuned to the series: all weights are one, the default of a period, or what that of a day is in a week.
Score score_of(const Series& series, Estimator by, double weight) {
    const EstimatorTerms terms{.by = by, .level_weight = weight, .interval_weight = weight, .season = 4};
    return score_of(series, [&](std::span<const float> weeks) {
        const auto found = estimate(weeks, terms, 1);
        return found ? found->rate : 0;
    });
}

constexpr double kWeight = 0.1, kWeightOfAWeek = 0.52;  // 1 - 0.9^7

struct Candidate {
    const char* name;
    Estimator by;
};
constexpr std::array<Candidate, 4> kCandidates = {{{"exponential", Estimator::exponential},
                                                   {"croston", Estimator::croston},
                                                   {"sba", Estimator::sba},
                                                   {"tsb", Estimator::tsb}}};

std::string rows_of(const char* title, const Series& series) {
    const Score by_naive = naive(series);
    const auto row = [&](const std::string& name, const Score& score) {
        return fmt::format("| {} | {} | {:.0f} % | {:+.0f} % | {:.2f} |\n", title, name, 100 * score.wmape(),
                           100 * score.bias(), std::sqrt(score.squares / by_naive.squares));
    };
    std::string rows = row("naive", by_naive);
    for (const double weight : {kWeight, kWeightOfAWeek}) {
        for (const auto& [name, by] : kCandidates)
            rows += row(fmt::format("{}, {:.2f}", name, weight), score_of(series, by, weight));
    }
    return rows;
}

constexpr const char* kPage = R"(# Estimators on real series

Made by `RealSeries` in tests/scenarios/real_series_test.cpp, with ENTREPOT_UPDATE=1, where the data are at hand.
Weekly units of two real companies with six warehouses each, October 2023 to April 2024 (VN1 Forecasting Challenge,
SupChains, CC BY 4.0): one with 59 products and a spike of eight times the usual, one with 790 products of which many
weeks see none. From the ninth week on each week is forecast from those before it. All weights are 0.1, the default;
or 0.52, which is what 0.1 a day comes to in a week. WMAPE is the sum of what forecasts lie off over the sum of
demand, bias that of forecasts less demand; the last column is the root mean square error over the naive forecast's,
which is the week before.

Holt-Winters isn't here: 26 weeks don't have a season three times.

| series | estimator, weights | WMAPE | bias | error over naive |
|---|---|---|---|---|
{}
The naive forecast is hard to beat here: what these warehouses sell moves in jumps, a week resembles the one before it
more than any average, and what is smoothed slowly is months late after a spike. Only quick smoothing of the many
products lies off less, and its squares don't. Croston's method forecasts too much of what is dying out, which is much
of such an assortment; that of Teunter, Syntetos and Babai sees it.

What a forecast is worth is not seen here but in the stock that it leads to: one that lies off less by forecasting too
little leaves shelves empty. `estimator` of the policy `forecast_quantile` chooses one for a strategy
([policies.md](policies.md)), and a study compares them with everything else the same.
)";

class RealSeries : public ::testing::Test {
protected:
    void SetUp() override {
        const auto folder =
            std::filesystem::path(ENTREPOT_SOURCE_DIR) / ".." / "shared" / "data" / "vn1_six_warehouses";
        if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no VN1 data in " << folder << ": nothing was tested";
        spike = read_series(folder / "client27_seasonal_spike_weekly_demand.csv");
        many = read_series(folder / "client12_many_products_weekly_demand.csv");
    }
    Series spike, many;
};

TEST_F(RealSeries, AreThoseOfThePage) {
    const std::string page = fmt::format(fmt::runtime(kPage), rows_of("spike", spike) + rows_of("many products", many));
    const std::string file = ENTREPOT_SOURCE_DIR "/docs/estimators.md";
    if (std::getenv("ENTREPOT_UPDATE") != nullptr) std::ofstream(file, std::ios::binary) << page;
    std::stringstream written;
    written << std::ifstream(file, std::ios::binary).rdbuf();
    EXPECT_EQ(written.str(), page) << "run this test with ENTREPOT_UPDATE=1";
}

/// Held to figures that a program in another language found on the same files.
TEST_F(RealSeries, AreMissedAsMuchAsASecondReckoningSays) {
    EXPECT_NEAR(naive(spike).wmape(), 0.727, 0.0006);
    EXPECT_NEAR(score_of(spike, Estimator::exponential, 0.1).wmape(), 1.344, 0.0006);
    EXPECT_NEAR(score_of(spike, Estimator::exponential, 0.1).bias(), 0.274, 0.0006);
    EXPECT_NEAR(naive(many).wmape(), 0.584, 0.0006);
    EXPECT_NEAR(score_of(many, Estimator::exponential, 0.1).wmape(), 0.801, 0.0006);
    EXPECT_NEAR(score_of(many, Estimator::exponential, 0.52).wmape(), 0.573, 0.0006);
}

/// What is dying out is forecast too high by Croston's method, and less so by the others.
TEST_F(RealSeries, AreOverestimatedByCrostonsMethod) {
    for (const Series* series : {&spike, &many}) {
        const double croston = score_of(*series, Estimator::croston, 0.1).bias();
        EXPECT_GT(croston, score_of(*series, Estimator::sba, 0.1).bias());
        EXPECT_GT(croston, score_of(*series, Estimator::tsb, 0.1).bias());
        EXPECT_GT(croston, 0.2);
    }
}

}  // namespace
}  // namespace entrepot::tests

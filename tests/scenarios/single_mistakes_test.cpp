#include <ostream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scratch.hpp"

/// One mistake is told once, where it stands, with what was wanted: of systems, of what goes wrong, of clean-ups and of
/// forecasts. What follows from it is not told.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Mistake {
    std::string text;   ///< begins on line 2
    std::string place;  ///< line, column and path
    std::string told;
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
    *out << mistake.place.substr(0, mistake.place.find(": got"));
}

const std::string kOwn = "[integration.own]\npump = \"1 min\"\nlatency_median = \"10 s\"\n";
const std::string kFollows = "[strategy.S6]\nintegration = \"own\"\n";
const std::string kLink = kOwn + "[integration.own.link.a]\ninterfaces = [\"posting\"]\n";
const std::string kDown = "downtime = { distribution = \"exponential\", mean = \"2 h\" }\n";
const std::string kOutage = "[disturbance.x]\nkind = \"outage\"\ninterface = \"posting\"\n";
const std::string kErrors = "[master_data]\nerrors = \"5 %\"\n";
const std::string kCleanUp = kErrors + "[strategy.S6.clean_up]\nitems_a_week = 3\n";
const std::string kForecast = "[strategy.S6.forecast]\n";

class SingleMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(SingleMistakes, AreToldOnce) {
    const auto& [text, place, told] = GetParam();
    EXPECT_THAT(Scratch().over_tiny(text), ElementsAre(AllOf(StartsWith("bad.toml:" + place), HasSubstr(told))));
}

INSTANTIATE_TEST_SUITE_P(
    OfSystems, SingleMistakes,
    ::testing::Values(
        Mistake{"[integration.own]\nbatch = \"02:00\"\n" + kFollows, "2:14: integration.own.pump: got nothing", "want"},
        Mistake{"[integration.own]\nbatch = \"02:00\"\n[strategy.S6.integration]\npreset = \"own\"\nbatch = "
                "\"03:00\"\n",
                "2:14: integration.own.pump: got nothing", "want"},
        Mistake{kOwn + "latncy_median = \"3 s\"\n" + kFollows, "5:1: integration.own.latncy_median", "latency_median"},
        Mistake{kOwn + "zzz = \"3 s\"\n" + kFollows, "5:1: integration.own.zzz: got an unknown key", "want one of"},
        Mistake{"[integration.own]\npump = \"soon\"\n" + kFollows, "3:8: integration.own.pump: got \"soon\"", "want"},
        Mistake{"[strategy.S6]\nintegration = \"modren\"\n", "3:15: strategy.S6.integration: got \"modren\"",
                "did you mean modern?"},
        Mistake{kOwn + "batch = \"25:00\"\n" + kFollows, "5:9: integration.own.batch: got \"25:00\"", "want"},
        Mistake{kOwn + "[integration.own.link.a]\ninterfaces = [\"postings\"]\nfailure = 0.1\n" + kFollows,
                "6:15: integration.own.link.a.interfaces", "did you mean posting?"},
        Mistake{kOwn + "[integration.own.link.a]\nfailure = 0.1\n" + kFollows,
                "5:23: integration.own.link.a.interfaces: got nothing", "want"},
        Mistake{kLink + "failure = 2\n" + kFollows, "7:11: integration.own.link.a.failure: got 2", "want a share"},
        Mistake{kLink + "uptime = 3\n" + kDown + kFollows, "7:10: integration.own.link.a.uptime: got 3",
                "want a table"},
        Mistake{kLink + "uptime = { distribution = \"exponental\", mean = \"2 d\" }\n" + kDown + kFollows,
                "7:", "did you mean exponential?"},
        Mistake{kLink + "uptime = { distribution = \"exponential\", mean = \"long\" }\n" + kDown + kFollows,
                "7:", "uptime.mean: got \"long\", want"},
        Mistake{kLink + kDown + kFollows, "7:1: integration.own.link.a.downtime: got no uptime beside it", "want"},
        Mistake{kLink + "failure = 0.1\nretries = -1\nfirst_wait = \"1 min\"\n" + kFollows,
                "8:11: integration.own.link.a.retries: got -1", "want a whole number"},
        Mistake{kLink + "failure = 0.1\nretries = 3\n" + kFollows,
                "8:11: integration.own.link.a.retries: got no first_wait", "want first_wait"},
        Mistake{kLink + "failure = 0.1\nbreaker = { cals = 3 }\n" + kFollows,
                "8:13: integration.own.link.a.breaker.cals", "did you mean calls?"},
        Mistake{kLink + "failure = 0.1\nbreaker = true\n" + kFollows, "8:11: integration.own.link.a.breaker: got true",
                "want a table"},
        Mistake{"[integration.legacy.link.files]\nretries = 200\n", "3:11: integration.legacy.link.files.retries",
                "got 200, want a whole number"},
        Mistake{"[integration.legacy.link.files]\nfailures = 0.1\n", "3:1: integration.legacy.link.files.failures",
                "did you mean failure?"}));

INSTANTIATE_TEST_SUITE_P(
    OfWhatGoesWrong, SingleMistakes,
    ::testing::Values(
        Mistake{"[disturbance.x]\nkind = \"outtage\"\ninterface = \"posting\"\nday = \"3 d\"\nlasts = \"4 h\"\n",
                "3:8: disturbance.x.kind: got \"outtage\"", "did you mean outage?"},
        Mistake{"[disturbance.x]\nkind = \"outage\"\ninterface = \"postings\"\nday = \"3 d\"\nlasts = \"4 h\"\n",
                "4:13: disturbance.x.interface", "did you mean posting?"},
        Mistake{kOutage + "day = \"3 d\"\nlasts = \"-4 h\"\n", "6:9: disturbance.x.lasts: got \"-4 h\"", "want"},
        Mistake{kOutage + "site = \"Nrth\"\nday = \"3 d\"\nlasts = \"4 h\"\n", "5:8: disturbance.x.site: got \"Nrth\"",
                "want the name of a site"},
        Mistake{kOutage + "day = \"3 d\"\nbetween = 3\nlength = { distribution = \"exponential\", mean = \"1 d\" }\n",
                "6:11: disturbance.x.between: got 3", "want a table"}));

INSTANTIATE_TEST_SUITE_P(
    OfCleanUps, SingleMistakes,
    ::testing::Values(
        Mistake{kErrors + "[strategy.S6.clean_up]\nitems_a_week = -3\n", "5:16: strategy.S6.clean_up.items_a_week",
                "got -3, want a whole number"},
        Mistake{kCleanUp + "find = 0.9\n", "6:1: strategy.S6.clean_up.find", "did you mean finds?"},
        Mistake{kCleanUp + "finds = 2\n", "6:9: strategy.S6.clean_up.finds: got 2", "want a share"},
        Mistake{kCleanUp + "cost_per_item = \"cheap\"\n", "6:17: strategy.S6.clean_up.cost_per_item", "got \"cheap\""},
        Mistake{kCleanUp + "start = \"soon\"\n", "6:9: strategy.S6.clean_up.start: got \"soon\"", "want whole days"}));

INSTANTIATE_TEST_SUITE_P(
    OfForecasts, SingleMistakes,
    ::testing::Values(Mistake{kForecast + "source = \"oracle\"\n", "3:10: strategy.S6.forecast.source: got \"oracle\"",
                              "want one of"},
                      Mistake{kForecast + "source = \"assumed\"\n", "2:14: strategy.S6.forecast.wmape",
                              "got nothing for classes A, B, C, want an error of each"},
                      Mistake{kForecast + "source = \"assumed\"\nwmape = { A = 0.2 }\n",
                              "4:1: strategy.S6.forecast.wmape", "got nothing for classes B, C, want an error of each"},
                      Mistake{kForecast + "bias = -2\n", "3:8: strategy.S6.forecast.bias: got -2", "want a number"},
                      Mistake{kForecast + "biass = 0.1\n", "3:1: strategy.S6.forecast.biass", "did you mean bias?"}));

/// That a preset is new is no key of the strategies that name it; nor that one of its links is.
TEST(Presets, MayBeNewAndBeNamed) {
    const std::string preset =
        "[integration.own]\nnew = true\npump = \"1 min\"\nlatency_median = \"10 s\"\n"
        "[integration.own.link.a]\nnew = true\ninterfaces = [\"posting\"]\nfailure = 0.1\n";
    EXPECT_THAT(Scratch().over_tiny(preset + "[strategy.S6]\nintegration = \"own\"\n"), IsEmpty());
    EXPECT_THAT(Scratch().over_tiny(preset + "[strategy.S6.integration]\npreset = \"own\"\npump = \"2 min\"\n"),
                IsEmpty());
    EXPECT_THAT(Scratch().over_tiny(preset + "[strategy.T]\nnew = true\nbase = \"S6\"\nintegration = \"own\"\n"),
                IsEmpty());
}

}  // namespace
}  // namespace entrepot::scenarios::testing

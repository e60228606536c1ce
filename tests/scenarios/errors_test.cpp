#include <gmock/gmock.h>

#include "scratch.hpp"

namespace entrepot::scenarios::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(ScenarioErrors, WrongTypeSaysWhatWasWanted) {
    EXPECT_THAT(Scratch().over_tiny("[items]\ncount = \"many\"\n"),
                ElementsAre("bad.toml:3:9: items.count: got \"many\", want a whole number >= 1 and <= 1000000"));
    EXPECT_THAT(Scratch().over_tiny("[site.North]\npicks_on_saturday = 1\n"),
                ElementsAre("bad.toml:3:21: site.North.picks_on_saturday: got 1, want true or false"));
    EXPECT_THAT(Scratch().over_tiny("name = 7\n"), ElementsAre("bad.toml:2:8: name: got 7, want a text in quotes"));
    EXPECT_THAT(Scratch().over_tiny("office = 3\n"), ElementsAre("bad.toml:2:10: office: got 3, want a table"));
}

TEST(ScenarioErrors, WrongOrMissingUnit) {
    EXPECT_THAT(Scratch().over_tiny("[calendar]\nwarmup = \"14 lb\"\n"),
                ElementsAre(AllOf(StartsWith("bad.toml:3:10: calendar.warmup: got \"14 lb\", want whole days"),
                                  HasSubstr("\"14 d\""))));
    EXPECT_THAT(Scratch().over_tiny("[calendar]\nwarmup = 14\n"),
                ElementsAre(StartsWith("bad.toml:3:10: calendar.warmup: got 14 without a unit, want whole days")));
    EXPECT_THAT(
        Scratch().over_tiny("[site_defaults]\nwage = \"27 EUR/h\"\n"),
        ElementsAre("bad.toml:3:8: site_defaults.wage: got \"27 EUR/h\", want an amount >= 0 (\"$27\" or \"27 USD\")"));
    EXPECT_THAT(Scratch().over_tiny("[site_defaults]\npick_rate = \"40 orders/h\"\n"), SizeIs(1));
}

TEST(ScenarioErrors, NegativeLeadTime) {
    EXPECT_THAT(Scratch().over_tiny("[supplier_segment.near]\nlead_time = \"-4 d\"\n"),
                ElementsAre(AllOf(StartsWith("bad.toml:3:13: supplier_segment.near.lead_time: got \"-4 d\", want"),
                                  HasSubstr("> 0"))));
}

TEST(ScenarioErrors, OutOfRange) {
    EXPECT_THAT(Scratch().over_tiny("[site.North]\npickers = -2\n"),
                ElementsAre(StartsWith("bad.toml:3:11: site.North.pickers: got -2, want a whole number >= 0")));
    EXPECT_THAT(Scratch().over_tiny("[site.North]\nabsence = \"104 %\"\n"), SizeIs(1));
    EXPECT_THAT(Scratch().over_tiny("[site.North]\nabsence = nan\n"), SizeIs(1));
    EXPECT_THAT(Scratch().over_tiny("[office]\nper_line = \"inf min\"\n"), SizeIs(1));
}

TEST(ScenarioErrors, HoursOfTheOfficeMustAgree) {
    EXPECT_THAT(
        Scratch().over_tiny("[office]\nproductive_hours = \"8.5 h\"\n"),
        ElementsAre("bad.toml:3:20: office.productive_hours: got 8.5 h, want at most the 8 h that the office is open"));
    EXPECT_THAT(Scratch().over_tiny("[office]\nstart = \"17:00\"\n"),
                ElementsAre(HasSubstr("opening_hours: got 8 h from 17:00 on, want an end on the same day")));
    EXPECT_THAT(Scratch().over_tiny("[office]\nforecast_update = \"09:00\"\n"),
                ElementsAre("bad.toml:3:19: office.forecast_update: got 09:00, want no later than the office opens, "
                            "08:00"));
    EXPECT_THAT(Scratch().over_tiny("[carrier.expedite]\nlate_days = [0.7, 0.2]\n"), SizeIs(1));
}

TEST(ScenarioErrors, ZeroReplications) {
    EXPECT_THAT(Scratch().over_tiny("[study]\nreplications = 0\n"),
                ElementsAre("bad.toml:3:16: study.replications: got 0, want a whole number >= 1 and <= 1000000"));
}

TEST(ScenarioErrors, UnknownKeysAreToldWithTheLikelyOne) {
    EXPECT_THAT(Scratch().over_tiny("[site.North]\npikcers = 2\n"),
                ElementsAre("bad.toml:3:1: site.North.pikcers: got an unknown key, want a key of this table (did you "
                            "mean pickers?)"));
    EXPECT_THAT(
        Scratch().over_tiny("[sites.North]\nshare = 1\n"),
        ElementsAre(AllOf(StartsWith("bad.toml:2:2: sites: got an unknown key"), HasSubstr("did you mean site"))));
    EXPECT_THAT(Scratch().over_tiny("[office]\nxyzzy = 2\n"), ElementsAre(HasSubstr("want one of planners, ")));
}

TEST(ScenarioErrors, UnknownPolicy) {
    EXPECT_THAT(
        Scratch().over_tiny("[strategy.S0.replenishment]\npolicy = \"stale_minmax\"\n"),
        ElementsAre("bad.toml:3:10: strategy.S0.replenishment.policy: got \"stale_minmax\", want one of stale_min_max, "
                    "class_service, fill_rate, empirical_quantile, days_of_cover, order_on_demand, forecast_quantile, "
                    "fixed_levels, stock_rules (did you mean stale_min_max?)"));
    EXPECT_THAT(Scratch().over_tiny("[strategy.S0.priority]\nweight = 2\n"),
                ElementsAre(AllOf(StartsWith("bad.toml:3:1: strategy.S0.priority.weight: got an unknown key"))));
    EXPECT_THAT(Scratch().over_tiny("[strategy.X]\nnew = true\n"),
                Contains(HasSubstr("bad.toml:2:11: strategy.X.replenishment")));
}

TEST(ScenarioErrors, NamesThatDoNotExist) {
    EXPECT_THAT(Scratch().over_tiny("[transfers.lane.a]\nfrom = \"North\"\nto = \"Suoth\"\nlead_time = \"2 d\"\n"),
                ElementsAre("bad.toml:4:6: transfers.lane.a.to: got \"Suoth\", want the name of a site, one of North, "
                            "South, West (did you mean South?)"));
    EXPECT_THAT(Scratch().over_tiny("[spike.peak]\nEast = 2\n"),
                ElementsAre(StartsWith("bad.toml:3:8: spike.peak.East: got \"East\", want the name of a site")));
    EXPECT_THAT(Scratch().over_tiny("[disturbance.d]\nkind = \"absence\"\nsite = \"East\"\nday = \"2 d\"\n"),
                ElementsAre(StartsWith("bad.toml:4:8: disturbance.d.site: got \"East\"")));
    EXPECT_THAT(Scratch().over_tiny("[disturbance.d]\nkind = \"supplier_slip\"\nsupplier = \"near#3\"\n"),
                ElementsAre(StartsWith("bad.toml:4:12: disturbance.d.supplier: got \"near#3\", want the name of a "
                                       "supplier, one of near#1, near#2, far#1 (did you mean near#")));
    EXPECT_THAT(Scratch().over_tiny("[disturbance.d]\nkind = \"absence\"\nsite = \"West\"\ncarrier = \"ltl\"\n"),
                ElementsAre(StartsWith("bad.toml:5:11: disturbance.d.carrier: got \"ltl\", want nothing")));
    EXPECT_THAT(Scratch().over_tiny("[burst.b]\nday = \"2 d\"\ntier = \"T9\"\nat = \"North\"\norders = 3\n"),
                ElementsAre(StartsWith("bad.toml:4:8: burst.b.tier: got \"T9\"")));
    EXPECT_THAT(Scratch().over_tiny("[study]\nstrategies = [\"S0\", \"S7\"]\n"), ElementsAre(HasSubstr("\"S7\"")));
    EXPECT_THAT(Scratch().over_tiny("[study]\ncomparator = \"S9\"\n"),
                ElementsAre(StartsWith("bad.toml:3:14: study.comparator: got \"S9\"")));
}

TEST(ScenarioErrors, SharesThatDoNotAddUp) {
    EXPECT_THAT(Scratch().over_tiny("[site.North]\nshare = \"40 %\"\n"),
                ElementsAre(HasSubstr(": site: got shares of the demand that sum to 0.9, want a sum of 1")));
    EXPECT_THAT(Scratch().over_tiny("[tier.T1]\nshare = 0.5\n"),
                ElementsAre(HasSubstr(": tier: got shares of the channel b2b that sum to 1.1, want a sum of 1")));
    EXPECT_THAT(Scratch().over_tiny("[carrier.ltl]\ntransit = [0.5, 0.4]\n"),
                ElementsAre("bad.toml:3:11: carrier.ltl.transit: got probabilities that sum to 0.9, want a sum of 1"));
    EXPECT_THAT(Scratch().over_tiny("[items]\npacks = [1, 6]\npack_shares = [0.5, 0.4]\n"),
                ElementsAre(StartsWith("bad.toml:4:15: items.pack_shares")));
}

TEST(ScenarioErrors, DatesAndTimes) {
    EXPECT_THAT(Scratch().over_tiny("[calendar]\nstart = \"2026-02-30\"\n"),
                ElementsAre("bad.toml:3:9: calendar.start: got \"2026-02-30\", want a date (2026-01-05)"));
    EXPECT_THAT(Scratch().over_tiny("[carrier.ltl]\ncutoff = \"25:10\"\n"),
                ElementsAre("bad.toml:3:10: carrier.ltl.cutoff: got \"25:10\", want a time of day (\"17:00\")"));
    EXPECT_THAT(Scratch().over_tiny("[transfers]\ntruck_days = [\"Mon\", \"Wedn\"]\n"),
                ElementsAre("bad.toml:3:22: transfers.truck_days: got \"Wedn\", want one of Mon, Tue, Wed, Thu, Fri, "
                            "Sat, Sun (did you mean Wed?)"));
    EXPECT_THAT(Scratch().over_tiny("[calendar]\nmeasure = \"9000 d\"\n"), Contains(HasSubstr("want at most 4000")));
    EXPECT_THAT(Scratch().over_tiny("[phase.p]\nfrom = \"4 d\"\nto = \"4 d\"\n"),
                ElementsAre(StartsWith("bad.toml:4:6: phase.p.to: got days 4 to 4, want a span within")));
    EXPECT_THAT(Scratch().over_tiny("[calendar]\nstart = 2026-01-05T00:00:00\n"), SizeIs(1));
}

TEST(ScenarioErrors, ListsOfTheWrongLength) {
    EXPECT_THAT(
        Scratch().over_tiny("[carrier.ltl]\ntransit = []\n"),
        ElementsAre(StartsWith("bad.toml:3:11: carrier.ltl.transit: got an empty list, want a list of 1 to 30")));
    EXPECT_THAT(
        Scratch().over_tiny("[site_defaults]\ndock_to_stock = [\"2 h\"]\n"),
        ElementsAre(StartsWith("bad.toml:3:17: site_defaults.dock_to_stock: got a list of 1, want a list of 3")));
    EXPECT_THAT(Scratch().over_tiny("[demand.b2b]\nweekdays = [1, 1]\n"),
                ElementsAre(StartsWith("bad.toml:3:12: demand.b2b.weekdays: got a list of 2")));
}

TEST(ScenarioErrors, AClassLeftOut) {
    const auto problems = Scratch().over_tiny(
        "[strategy.S1.replenishment]\nservice = { A = 0.9, D = 0.8 }\n[class.E]\nnew = true\nitems = 0\n");
    EXPECT_THAT(problems, Contains(HasSubstr("strategy.S1.replenishment.service: got nothing for class E")));
    EXPECT_THAT(problems,
                Contains(HasSubstr("bad.toml:3:22: strategy.S1.replenishment.service.D: got an unknown key")));
}

TEST(ScenarioErrors, TwoThingsWithOneNameWouldShareTheirDraws) {
    EXPECT_THAT(Scratch().over_tiny("[site.A0001]\nnew = true\nshare = 0\n"),
                ElementsAre(HasSubstr("got two of the sites, suppliers and items called A0001 and A0001")));
}

TEST(ScenarioErrors, ADefaultIsToldOnceAndWhereItStands) {
    EXPECT_THAT(Scratch().over_tiny("[site_defaults]\nwage = \"$-1/h\"\nwagee = \"$1/h\"\n"),
                ElementsAre(StartsWith("bad.toml:3:8: site_defaults.wage: got"),
                            StartsWith("bad.toml:4:1: site_defaults.wagee: got an unknown key")));
}

TEST(ScenarioErrors, AllAtOnceInTheOrderOfTheFile) {
    const std::string text =
        "title = 3\n[study]\nreplications = 0\n[calendar]\nwarmup = \"x\"\n[site.North]\nabsence = 7\n"
        "[carrier.ltl]\ncutof = \"15:00\"\n[disturbance.d]\nkind = \"absence\"\nsite = \"Nord\"\n";
    EXPECT_THAT(
        Scratch().over_tiny(text, {"study.seed=-1"}),
        ElementsAre(StartsWith("bad.toml:2:9: title"), StartsWith("bad.toml:4:16: study.replications"),
                    StartsWith("bad.toml:6:10: calendar.warmup"), StartsWith("bad.toml:8:11: site.North.absence"),
                    StartsWith("bad.toml:10:1: carrier.ltl.cutof"), StartsWith("bad.toml:13:8: disturbance.d.site"),
                    StartsWith("--set:1:12: study.seed")));
}

TEST(ScenarioErrors, WhatIsNoToml) {
    EXPECT_THAT(Scratch().over_tiny("[items\ncount = 3\n"), ElementsAre(StartsWith("bad.toml:2:7: got something")));
    EXPECT_THAT(Scratch().over_tiny("a = 1\na = 2\n"), ElementsAre(StartsWith("bad.toml:3:")));
    EXPECT_THAT(Scratch().over_tiny("name = \"\xff\xfe\"\n"), SizeIs(1));
    EXPECT_THAT(Scratch().over_tiny(std::string("name = \"a\0b\"\n", 13)), SizeIs(1));
    EXPECT_THAT(Scratch().over_tiny("x" + std::string(20'000, ' ') + "= 1\n"),
                ElementsAre(HasSubstr("bad.toml:2:1: got a line of")));
    std::string deep = "a";
    for (int i = 0; i < 3000; ++i) deep += ".a";
    EXPECT_THAT(Scratch().over_tiny(deep + " = 1\n"), ElementsAre(HasSubstr("nested deeper")));
}

TEST(ScenarioErrors, WhatIsNoFile) {
    const Scratch scratch;
    EXPECT_THAT(scratch.problems(scratch.folder() / "none.toml"),
                ElementsAre("none.toml: got no such file, want a readable TOML file"));
    std::filesystem::create_directory(scratch.folder() / "folder.toml");
    EXPECT_THAT(scratch.problems(scratch.folder() / "folder.toml"),
                ElementsAre("folder.toml: got a directory, want a readable TOML file"));
    // An empty file is a scenario without anything: each thing that a network needs is asked for.
    EXPECT_THAT(scratch.problems(scratch.write("empty.toml", "")),
                AllOf(Contains(HasSubstr("site: got none")), Contains(HasSubstr("strategy: got none")),
                      Contains(HasSubstr("class: got none"))));
}

TEST(ScenarioErrors, SourcesInACircleForOneItemOnly) {
    const Scratch scratch;
    const auto problems = [&](const std::string& text) {
        return scratch.problems(
            scratch.write("circle.toml", "base = \"" + shipped("validation/base/textbook.toml").generic_string() +
                                             "\"\nitems.count = 3\n[stream.a]\nsite = \"W\"\ntier = \"customers\"\n"
                                             "interarrival_time = { distribution = \"constant\", mean = \"1 d\" "
                                             "}\n[site.W]\n[site.X]\nhandling = \"at_once\"\n" +
                                             text));
    };
    const std::string circle =
        "[stock.Wall]\nsite = \"W\"\nsource = \"X\"\n[stock.W2]\nsite = \"W\"\nitem = \"A0002\"\n"
        "[stock.Xall]\nsite = \"X\"\nsource = \"W\"\n[stock.X2]\nsite = \"X\"\nitem = \"A0002\"\n";
    EXPECT_THAT(problems(circle), ElementsAre(HasSubstr("stock.Wall.source: got \"X\", want a chain of sources"),
                                              HasSubstr("stock.Xall.source: got \"W\", want a chain of sources")));
    // One that is broken for each item is none.
    EXPECT_THAT(problems("[stock.Wall]\nsite = \"W\"\nsource = \"X\"\n[stock.Xall]\nsite = \"X\"\nsource = \"W\"\n"
                         "[stock.both]\n"),
                IsEmpty());
}

/// The days that count once for each spike, so many times, must fit into a year.
TEST(ScenarioErrors, MoreSpikesThanAYearHasRoomFor) {
    const auto spikes = [](const std::string& text) { return Scratch().over("seasonal_spike.toml", text); };
    // 140 of the 180 measured days are not those of the calm phase before the spike.
    EXPECT_THAT(spikes("[finance]\nspikes_per_year = 2.6\n"), IsEmpty());
    EXPECT_THAT(
        spikes("[finance]\nspikes_per_year = 2.61\n"),
        ElementsAre("bad.toml:3:19: finance.spikes_per_year: got 2.61 spikes of 140 d, 100 % of a year, want at most "
                    "2.607: a year of 365 d has room for no more"));
    EXPECT_THAT(spikes("[finance]\nspikes_per_year = 2.6\nbusiness_days = 255\n"),
                ElementsAre(HasSubstr("want at most 2.55: a year of 357 d")));
    // In this one no phase is calm; without a spike all days are.
    EXPECT_THAT(Scratch().over_tiny("[finance]\nspikes_per_year = 52\n"),
                ElementsAre(HasSubstr("finance.spikes_per_year: got 52 spikes of 21 d, 299 % of a year, want at most "
                                      "17.38")));
    EXPECT_THAT(Scratch().over("six_warehouses.toml", "[finance]\nspikes_per_year = 52\n"), IsEmpty());
}

TEST(ScenarioErrors, MoreBusinessDaysThanAYearHas) {
    EXPECT_THAT(
        Scratch().over_tiny("[finance]\nbusiness_days = 263\n"),
        ElementsAre("bad.toml:3:17: finance.business_days: got 263 days, want at most 262: a week has 5 working days "
                    "(calendar.working_days)"));
    EXPECT_THAT(Scratch().over_tiny("[finance]\nbusiness_days = 262\n"), IsEmpty());
}

TEST(ScenarioErrors, MoreUnitsThanCanBeCounted) {
    const Scratch scratch;
    const std::string text = "base = \"" + shipped("validation/base/textbook.toml").generic_string() +
                             "\"\n[stock.W]\nreorder_point = 0\norder_up_to = 1\n"
                             "[stream.a]\nsite = \"W\"\ntier = \"customers\"\n"
                             "interarrival_time = { distribution = \"constant\", mean = \"1 d\" }\nunits = { "
                             "distribution = \"constant\", units = ";
    EXPECT_THAT(scratch.problems(scratch.write("few.toml", text + "1300000 }\n")), IsEmpty());
    EXPECT_THAT(
        scratch.problems(scratch.write("many.toml", text + "1400000 }\n")),
        ElementsAre(HasSubstr("many.toml:9:1: stream.a.units: got 1540000000 units of one item in all, want at most "
                              "1500000000: choose a larger unit")));
}

TEST(ScenarioErrors, Overrides) {
    const Scratch scratch;
    const auto file = shipped("tiny.toml");
    EXPECT_THAT(scratch.problems(file, {"site.South.absence=0.1", "site.South.absense=0.2"}),
                ElementsAre(AllOf(StartsWith("--set:2:12: site.South.absense: got an unknown key"),
                                  HasSubstr("did you mean absence"))));
    EXPECT_THAT(scratch.problems(file, {"items.count=zero"}),
                ElementsAre(StartsWith("--set:1:13: items.count: got \"zero\", want a whole number")));
    EXPECT_THAT(scratch.problems(file, {"items.count"}), ElementsAre(StartsWith("--set:1:")));
    EXPECT_THAT(scratch.problems(file, {"=3"}), ElementsAre(StartsWith("--set:1:")));
    EXPECT_THAT(scratch.problems(file, {""}), ElementsAre(StartsWith("--set:1:")));
    EXPECT_THAT(scratch.problems(file, {"items.packs=[1,"}), ElementsAre(StartsWith("--set:1:")));
}

TEST(DidYouMean, FindsSwapsAndKeepsQuietOtherwise) {
    const std::vector<std::string> words = {"absence", "share", "wage"};
    EXPECT_EQ(nearest("absnece", words), "absence");
    EXPECT_EQ(nearest("shares", words), "share");
    EXPECT_EQ(nearest("qqqqqq", words), "");
    EXPECT_EQ(nearest("Q", {"W"}), "");  // they have nothing in common
    EXPECT_EQ(nearest(std::string(100'000, 'a'), words), "");
}

/// As a study keeps its scenario.
TEST(ScenarioTexts, ATextThatStandsAloneIsWhatItWasWrittenFrom) {
    const Result file = load(std::filesystem::path(ENTREPOT_SOURCE_DIR) / "scenarios" / "tiny.toml");
    ASSERT_TRUE(file);
    const Result text = load_text(file.loaded->text, "the study's");
    ASSERT_TRUE(text) << to_string(text.problems.front());
    EXPECT_EQ(text.loaded->text, file.loaded->text);
}

TEST(ScenarioTexts, ATextThatStandsAloneLeadsToNoFile) {
    const Scratch scratch;
    const auto file = scratch.write("there.toml", "base = \"" ENTREPOT_SOURCE_DIR "/scenarios/tiny.toml\"\n");
    const Result result = load_text("base = \"" + file.string() + "\"\n", "the study's");
    EXPECT_FALSE(result);
    std::vector<std::string> told;
    for (const Problem& problem : result.problems) told.push_back(to_string(problem));
    EXPECT_THAT(told, Contains(StartsWith("the study's:1:8: base: got \"/")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing

#include <gmock/gmock.h>

#include "scratch.hpp"

/// What a file or --set adds to its base, and bases that can't be had.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::string over(const std::string& base, const std::string& text) {
    return "base = \"" + shipped(base).generic_string() + "\"\n" + text;
}

std::vector<std::string> over_file(const std::string& base, const std::string& text) {
    const Scratch scratch;
    return scratch.problems(scratch.write("bad.toml", over(base, text)));
}

std::vector<std::string> set(const std::string& base, const std::vector<std::string>& overrides) {
    return Scratch().problems(shipped(base), overrides);
}

std::vector<std::string> notes(const std::string& base, const std::string& text,
                               const std::vector<std::string>& overrides = {}) {
    const Scratch scratch;
    const Result result = load(scratch.write("s.toml", over(base, text)), overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? result.loaded->notes : std::vector<std::string>{"none"};
}

TEST(NewNames, AMisspeltNameIsRefusedWithTheLikelyOne) {
    EXPECT_THAT(
        set("seasonal_spike.toml", {"site.SEE.pickers=16"}),
        ElementsAre("--set:1:6: site.SEE: got a new name, want one of NE, SE, MW, SC, MT, W (did you mean SE?); or "
                    "--set site.SEE.new=true to add it"));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site.SEE]\npickers = 16\n"),
                ElementsAre("bad.toml:2:7: site.SEE: got a new name, want one of NE, SE, MW, SC, MT, W (did you mean "
                            "SE?); or new = true in its table to add it"));
}

struct Slip {
    const char *kind, *name, *value, *meant;  ///< `value` is a key of such a table, and what it may be
};

/// Swapped, missing, added, wrong and small letters, for each kind of entity.
constexpr Slip kSlips[] = {
    {"site", "ES", "pickers=9", "SE"},
    {"site", "se", "pickers=9", "SE"},
    {"site", "S", "pickers=9", "SE"},
    {"tier", "T11", "rank=1", "T1"},
    {"tier", "t2", "rank=1", "T2"},
    {"class", "AA", "volume=\"70 %\"", "A"},
    {"class", "b", "volume=\"20 %\"", "B"},
    {"supplier_segment", "dom_sdt", "on_time=\"50 %\"", "dom_std"},
    {"supplier_segment", "imports", "on_time=\"50 %\"", "import"},
    {"carrier", "ltl_aa", "on_time=\"50 %\"", "ltl_a"},
    {"carrier", "Parcel", "on_time=\"50 %\"", "parcel"},
    {"strategy", "S66", "title=\"mine\"", "S6"},
    {"strategy", "s0", "title=\"mine\"", "S0"},
};

TEST(NewNames, SlipsOfEveryKindOfEntity) {
    for (const auto& [kind, name, value, meant] : kSlips) {
        const std::string path = std::string(kind) + "." + name, likely = std::string("(did you mean ") + meant + "?)";
        EXPECT_THAT(over_file("seasonal_spike.toml", "[" + path + "]\n" + value + "\n"),
                    ElementsAre(::testing::AllOf(StartsWith("bad.toml:2:"), HasSubstr(path + ": got a new name"),
                                                 HasSubstr(likely))));
        EXPECT_THAT(set("seasonal_spike.toml", {path + "." + value}),
                    ElementsAre(::testing::AllOf(StartsWith("--set:1:"), HasSubstr(path + ": got a new name"),
                                                 HasSubstr(likely))));
    }
}

TEST(NewNames, AStreamOfTheBaseToo) {
    const std::string distribution =
        "interarrival_time = { distribution = \"constant\", mean = \"1 d\" }\ntier = \"customers\"\n";
    for (const char* name : {"custmers", "Customers", "other"}) {
        EXPECT_THAT(over_file("validation/bullwhip.toml", std::string("[stream.") + name + "]\n" + distribution),
                    ElementsAre(HasSubstr(std::string("stream.") + name + ": got a new name, want one of customers")));
    }
    EXPECT_THAT(over_file("validation/bullwhip.toml", "[stream.other]\nnew = true\n" + distribution), IsEmpty());
    EXPECT_THAT(set("validation/bullwhip.toml", {"stream.custmers.first=1 h"}),
                ElementsAre(HasSubstr("(did you mean customers?)")));
}

TEST(NewNames, NamesThatAreLikeNoOtherAreListed) {
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site.Boston]\npickers = 16\n"),
                ElementsAre("bad.toml:2:7: site.Boston: got a new name, want one of NE, SE, MW, SC, MT, W; or new = "
                            "true in its table to add it"));
    EXPECT_THAT(set("seasonal_spike.toml", {"carrier.mule.on_time=1"}),
                ElementsAre(HasSubstr("carrier.mule: got a new name, want one of ltl_a, ltl_b, parcel")));
}

TEST(NewNames, NothingElseIsToldOfThemButTheirOwnMistakes) {
    EXPECT_THAT(over_file("seasonal_spike.toml", "[tier.T11]\nshare = 0.9\nranc = 2\n"),
                ElementsAre(HasSubstr("tier.T11: got a new name"), HasSubstr("tier.T11.ranc: got an unknown key")));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[strategy.S66]\n"), ElementsAre(HasSubstr("got a new name")));
}

TEST(NewNames, NewIsSaidOfWhatIsNew) {
    const std::string site = "[site.SEE]\nnew = true\nshare = 0\n";
    EXPECT_THAT(over_file("seasonal_spike.toml", site), IsEmpty());
    EXPECT_THAT(set("seasonal_spike.toml", {"site.SEE.share=0", "site.SEE.new=true"}), IsEmpty());
    EXPECT_THAT(
        set("seasonal_spike.toml", {"site.SEE={ new = true, shift.all = { start = \"06:00\", end = \"14:00\" } }"}),
        IsEmpty());
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site.SEE]\nnew = false\n"), Contains(HasSubstr("got a new name")));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site.SEE]\nnew = \"yes\"\n"),
                Contains("bad.toml:3:7: site.SEE.new: got \"yes\", want true or false"));
    // Whoever stands on it changes it like any other.
    const Scratch scratch;
    scratch.write("under.toml", over("seasonal_spike.toml", site));
    EXPECT_THAT(scratch.problems(scratch.write("a.toml", "base = \"under.toml\"\n[site.SEE]\npickers = 3\n"),
                                 {"site.SEE.pickers=4"}),
                IsEmpty());
    EXPECT_THAT(scratch.problems(scratch.write("b.toml", "base = \"under.toml\"\n[site.SEE]\nnew = true\n")),
                ElementsAre("b.toml:3:7: site.SEE: got new = true, want nothing: the base has it already"));
    EXPECT_THAT(scratch.problems(scratch.folder() / "under.toml", {"site.SE.new=true"}),
                ElementsAre("--set:1:13: site.SE: got new = true, want nothing: the base has it already"));
}

TEST(NewNames, NewIsAKeyOfNamedTablesOnly) {
    EXPECT_THAT(over_file("seasonal_spike.toml", "[items]\nnew = true\n"), ElementsAre(HasSubstr("unknown key")));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site_defaults]\nnew = true\n"),
                ElementsAre(HasSubstr("site_defaults.new: got an unknown key")));
}

TEST(NewNames, WhatOverlaysUsuallyAddWantsItOnlyWhereItIsNearAnother) {
    const std::string promotion = "day = \"3 d\"\n";
    EXPECT_THAT(over_file("seasonal_spike.toml", "[promotion.lte]\n" + promotion),
                ElementsAre(HasSubstr("promotion.lte: got a new name, want one of late (did you mean late?)")));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[phase.Spike]\nfrom = \"1 d\"\nto = \"2 d\"\n"),
                Contains(HasSubstr("(did you mean spike?)")));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[promotion.lte]\nnew = true\n" + promotion), IsEmpty());
    EXPECT_THAT(notes("seasonal_spike.toml", "[promotion.summer]\n" + promotion), ElementsAre("adds promotion.summer"));
    EXPECT_THAT(notes("seasonal_spike.toml", "[promotion.late2]\n" + promotion), ElementsAre("adds promotion.late2"));
    // But a part of one that is numbered like another is most likely that one.
    EXPECT_THAT(over_file("seasonal_spike.toml", "[burst.t11]\norders = 9\n"),
                Contains(HasSubstr("burst.t11: got a new name, want one of t1 (did you mean t1?)")));
    EXPECT_THAT(set("seasonal_spike.toml", {"promotion.late2.lift=2"}), ElementsAre(HasSubstr("(did you mean late?)")));
    // Where there is no other, nothing can have been meant, and what is added is said.
    EXPECT_THAT(notes("tiny.toml", "[promotion.late]\n" + promotion), IsEmpty());
    EXPECT_THAT(notes("tiny.toml", "", {"promotion.late.lift=2"}), ElementsAre("adds promotion.late"));
}

TEST(NewNames, PartsOfPartsAndOfDefaults) {
    // The base has early and late for all sites, in [site_defaults].
    const std::string hours = "start = \"06:00\"\nend = \"14:00\"\n";
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site.SE.shift.erly]\n" + hours),
                ElementsAre(HasSubstr("site.SE.shift.erly: got a new name, want one of early, late (did you mean "
                                      "early?)")));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site_defaults.shift.Early]\n" + hours),
                ElementsAre(HasSubstr("site_defaults.shift.Early: got a new name")));
    EXPECT_THAT(over_file("seasonal_spike.toml", "[site.SE.shift.early]\nstart = \"07:00\"\n"), IsEmpty());
    EXPECT_THAT(notes("seasonal_spike.toml", "[site.SE.shift.night]\nstart = \"20:00\"\nend = \"24:00\"\n"),
                ElementsAre("adds site.SE.shift.night"));
}

TEST(NewNames, AFoundationIsMadeForAdding) {
    const std::string textbook = "validation/base/textbook.toml";
    const std::string rest =
        "[stock.W]\ninitial = 3\n[stream.a]\ntier = \"customers\"\ninterarrival_time = { distribution = \"constant\", "
        "mean = \"1 d\" }\n";
    EXPECT_THAT(notes(textbook, "[tier.first]\nshare = 0\n[site.W2]\n" + rest),
                ElementsAre("adds tier.first, site.W2"));
    EXPECT_THAT(
        over_file(textbook, "[tier.custmers]\nshare = 0\n" + rest),
        ElementsAre(HasSubstr("tier.custmers: got a new name, want one of customers (did you mean customers?)")));
    EXPECT_THAT(over_file(textbook, "[site.w]\n" + rest), ElementsAre(HasSubstr("(did you mean W?)")));
    // Only for those who stand on it themselves, and not for --set.
    const Scratch scratch;
    const auto under = scratch.write("under.toml", over(textbook, rest));
    EXPECT_THAT(scratch.problems(scratch.write("bad.toml", "base = \"under.toml\"\n[tier.first]\nshare = 0\n")),
                ElementsAre(HasSubstr("tier.first: got a new name, want one of customers; or new = true")));
    EXPECT_THAT(scratch.problems(under, {"tier.first.share=0"}), ElementsAre(HasSubstr("got a new name")));
    EXPECT_THAT(scratch.problems(scratch.write("bad.toml", "base = \"under.toml\"\nfoundation = 1\n")),
                ElementsAre("bad.toml:2:14: foundation: got 1, want true or false"));
}

TEST(NewNames, ReferencesAreAnsweredByTheLikelyOne) {
    const std::string stream = "[stream.a]\ninterarrival_time = { distribution = \"constant\", mean = \"1 d\" }\n";
    for (const auto& [text, likely] : std::vector<std::pair<std::string, std::string>>{
             {"[spike.peak]\nSEE = 2\n", "SE"},
             {"[spike.peak]\nse = 2\n", "SE"},
             {"[study]\nstrategies = [\"s0\"]\n", "S0"},
             {"[study]\ncomparator = \"S00\"\n", "S0"},
             {"[burst.t1]\nat = \"Se\"\n", "SE"},
             {"[burst.t1]\ntier = \"t1\"\n", "T1"},
             {"[disturbance.absence]\nsite = \"ES\"\n", "SE"},
             {"[disturbance.ltl_short]\ncarrier = \"ltl_aa\"\n", "ltl_a"},
             {"[disturbance.supplier_slip]\nsupplier = \"dom_sdt#3\"\n", "dom_std#3"},
             {"[transfers.lane.a]\nfrom = \"SEE\"\nto = \"W\"\nlead_time = \"2 d\"\n", "SE"},
             {stream + "tier = \"t1\"\n", "T1"},
             {stream + "tier = \"T1\"\nsite = \"Sc\"\n", "SC"},
             {"[strategy.S1.replenishment.service]\na = 0.9\n", "A"},
         }) {
        EXPECT_THAT(over_file("seasonal_spike.toml", text), Contains(HasSubstr("(did you mean " + likely + "?)")))
            << text;
    }
}

constexpr const char* kMistakes =
    "[items]\ncount = 0\n[site.Q]\npikcers = 2\nwage = \"27 EUR/h\"\n"
    "[strategy.S1.replenishment]\npolicy = \"clas_service\"\nservice = { Z = 2 }\n";

TEST(Bases, OneThatIsNotThereIsToldWhereItIsNamedWithAllElse) {
    const Scratch scratch;
    scratch.write("nearby.toml", "");
    EXPECT_THAT(scratch.problems(scratch.write("over.toml", std::string("base = \"nearbuy.toml\"\n") + kMistakes)),
                ElementsAre("over.toml:1:8: base: got \"nearbuy.toml\": no such file at nearbuy.toml, want a readable "
                            "scenario file (did you mean nearby.toml?)",
                            StartsWith("over.toml:3:9: items.count: got 0, want"),
                            StartsWith("over.toml:5:1: site.Q.pikcers: got an unknown key"),
                            StartsWith("over.toml:8:10: strategy.S1.replenishment.policy: got \"clas_service\"")));
    // What a base might say is not asked for: names, currency, classes, policies.
    EXPECT_THAT(scratch.problems(scratch.write("good.toml",
                                               "base = \"none.toml\"\n[site.Q]\nwage = \"27 EUR/h\"\n[stream.a]\n"
                                               "[strategy.S1.replenishment]\nservice = { Z = 0.9 }\n"),
                                 {"site.X.pickers=-1"}),
                ElementsAre(StartsWith("good.toml:1:8: base"), StartsWith("--set:1:16: site.X.pickers: got -1")));
}

TEST(Bases, OnesThatAreNoScenarioFiles) {
    const Scratch scratch;
    const auto first_and_rest = [&](const std::string& base) {
        return scratch.problems(scratch.write("over.toml", "base = " + base + "\n" + kMistakes));
    };
    std::filesystem::create_directory(scratch.folder() / "folder");
    scratch.write("no.toml", "[items\n");
    scratch.write("middle.toml", "base = \"none.toml\"\n[items]\nseed = -1\n");
    for (const char* base : {"5", "\"\"", "\"none.toml\"", "\"folder\"", "[\"a.toml\"]", "\"over.toml\""}) {
        const auto problems = first_and_rest(base);
        ASSERT_EQ(problems.size(), 4u) << base;
        EXPECT_THAT(problems[0], StartsWith("over.toml:1:8: base: got "));
        EXPECT_THAT(problems[1], StartsWith("over.toml:3:9: items.count"));
    }
    EXPECT_THAT(first_and_rest("\"no.toml\""),
                ElementsAre(HasSubstr("items.count"), HasSubstr("pikcers"), HasSubstr("clas_service"),
                            StartsWith("no.toml:1:7: got something that isn't TOML")));
    EXPECT_THAT(first_and_rest("\"middle.toml\""),
                ElementsAre(HasSubstr("items.count"), HasSubstr("pikcers"), HasSubstr("clas_service"),
                            StartsWith("middle.toml:1:8: base: got \"none.toml\": no such file"),
                            StartsWith("middle.toml:3:8: items.seed: got -1")));
}

TEST(Bases, AProblemOfTheBaseIsToldInTheBase) {
    const Scratch scratch;
    scratch.write("under.toml", over("tiny.toml", "[study]\nreplications = 0\n"));
    EXPECT_THAT(
        scratch.problems(scratch.write("over.toml", "base = \"under.toml\"\n[items]\ncount = 0\n")),
        ElementsAre(StartsWith("over.toml:3:9: items.count"), StartsWith("under.toml:3:16: study.replications")));
}

TEST(Bases, InACircleOrTooMany) {
    const Scratch scratch;
    scratch.write("a.toml", "base = \"b.toml\"\nname = 3\n");
    scratch.write("b.toml", "base = \"a.toml\"\n");
    EXPECT_THAT(scratch.problems(scratch.folder() / "a.toml"),
                ElementsAre("a.toml:2:8: name: got 3, want a text in quotes",
                            "b.toml:1:8: base: got a.toml, which is based on this file, want no cycle"));
    for (int i = 0; i < 30; ++i) {
        scratch.write("n" + std::to_string(i) + ".toml", "base = \"n" + std::to_string(i + 1) + ".toml\"\n");
    }
    EXPECT_THAT(scratch.problems(scratch.folder() / "n0.toml"),
                ElementsAre("n16.toml:1:8: base: got a base that stands 17 deep, want at most 16"));
}

TEST(Bases, AreNoMatterOfTheCommandLine) {
    EXPECT_THAT(set("tiny.toml", {"base=six_warehouses.toml"}),
                ElementsAre("--set:1:6: base: got \"six_warehouses.toml\", want it in a scenario file: write one with "
                            "this key, and give that"));
    EXPECT_THAT(set("tiny.toml", {"foundation=true"}), ElementsAre(StartsWith("--set:1:12: foundation: got true")));
}

TEST(DidYouMean, SmallLettersAndCapitals) {
    EXPECT_EQ(nearest("se", {"SC", "SE"}), "SE");
    EXPECT_EQ(nearest("w", {"W"}), "W");
    EXPECT_EQ(nearest("SEe", {"see", "SE"}), "see");
    EXPECT_EQ(nearest("Ab", {"aB", "AB"}), "AB");
}

}  // namespace
}  // namespace entrepot::scenarios::testing

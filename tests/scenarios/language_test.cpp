#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <sstream>
#include <utility>

#include <gmock/gmock.h>

#include "scratch.hpp"

namespace entrepot::scenarios::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

Loaded loaded(const std::filesystem::path& file, const std::vector<std::string>& overrides = {}) {
    Result result = load(file, overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? std::move(*result.loaded) : Loaded{};
}

Loaded over_tiny(const Scratch& scratch, const std::string& text, const std::vector<std::string>& overrides = {}) {
    return loaded(scratch.write("s.toml", "base = \"" + shipped("tiny.toml").generic_string() + "\"\n" + text),
                  overrides);
}

std::vector<std::filesystem::path> shipped_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(shipped(""))) {
        if (entry.path().extension() == ".toml" && entry.path().stem() != "strategies") files.push_back(entry.path());
    }
    return files;
}

TEST(Language, ShippedScenariosLoad) {
    EXPECT_GE(shipped_files().size(), 4u);
    for (const auto& file : shipped_files()) {
        const Loaded one = loaded(file);
        const bool has_rules = !one.scenario.stocks.empty();  // then each site follows its rules, and that is all
        const std::vector<std::string> expected =
            has_rules ? std::vector<std::string>{"rule"} : std::vector<std::string>{"S0", "S1", "S6"};
        EXPECT_THAT(strategy_names(one.scenario), IsSupersetOf(expected)) << file;
        EXPECT_EQ(one.scenario.name, file.stem());
    }
}

TEST(Language, UnitsMeanTheSame) {
    const Scratch scratch;
    const Loaded one = over_tiny(scratch, R"(
[supplier_segment.near]
lead_time = "1 w"
delay = "36 h"
[site_defaults]
wage = "$27.5/h"
overtime_max = "90 min"
absence = "4 %"
[site.North]
wage = "28 USD"
absence = 0.04
[carrier.ltl]
cutoff = 15:30:00
[items]
weight = "1 kg"
)");
    const Scenario& s = one.scenario;
    EXPECT_EQ(s.segments[0].value.terms.lead_time_mean, sim::days{7});
    EXPECT_EQ(s.segments[0].value.terms.delay_mean, sim::hours{36});
    EXPECT_EQ(s.sites[0].value.site.wage_per_hour, models::Money::of(28));
    EXPECT_EQ(s.sites[1].value.site.wage_per_hour, models::Money::of(27.5));
    EXPECT_DOUBLE_EQ(s.sites[1].value.site.overtime_max_hours, 1.5);
    EXPECT_DOUBLE_EQ(s.sites[0].value.site.absence, s.sites[1].value.site.absence);
    EXPECT_EQ(s.carriers[0].value.carrier.cutoff_minute, 15 * 60 + 30);
    EXPECT_NEAR(s.items.weight_lb, 2.20462, 1e-5);
}

TEST(Language, AnotherCurrency) {
    const Scratch scratch;
    std::string text;
    // Amounts in dollars aren't amounts in euros: they must all be said anew.
    EXPECT_THAT(scratch.over_tiny("currency = \"EUR\"\n"), ::testing::Contains(HasSubstr("want an amount")));
    const Loaded one = over_tiny(scratch, "currency = \"CAD\"\n");
    EXPECT_EQ(one.scenario.currency, "CAD");
}

TEST(Language, OverlaysMergeTableByTableAtAnyDepth) {
    const Scratch scratch;
    scratch.write("one.toml", "base = \"" + shipped("tiny.toml").generic_string() +
                                  "\"\nname = \"one\"\n[strategy.S0.replenishment]\nsafety = { A = \"9 d\" }\n"
                                  "[site.East]\nnew = true\nshare = 0\npickers = 2\n");
    const Loaded two = loaded(scratch.write("two.toml", "base = \"one.toml\"\n[site.East]\npickers = 3\n"));
    EXPECT_EQ(two.scenario.name, "one");
    EXPECT_THAT(two.text, HasSubstr("safety = { A = \"9 d\", B = \"45 d\", C = \"85 d\" }"));
    ASSERT_EQ(two.scenario.sites.size(), 4u);  // new names come last
    EXPECT_EQ(two.scenario.sites[3].name, "East");
    EXPECT_EQ(two.scenario.sites[3].value.site.pickers, 3);
    EXPECT_EQ(two.scenario.sites[3].value.site.wage_per_hour, models::Money::of(27));  // from [site_defaults]
    EXPECT_EQ(two.files.size(), 4u);
}

TEST(Language, OneValueServesAllClassesAndNoneTakesAnOptionAway) {
    const Scratch scratch;
    const Loaded one = over_tiny(scratch,
                                 "[strategy.S1.replenishment]\nservice = 0.9\n[strategy.S0.integration]\npreset = "
                                 "\"legacy\"\nbatch = \"none\"\n");
    EXPECT_THAT(one.text, HasSubstr("service = { A = 0.9, B = 0.9, C = 0.9 }"));
    EXPECT_FALSE(one.scenario.strategies[0].value.systems.terms.batch_minute);
}

TEST(Language, OverridesAreTomlOrText) {
    const Loaded one =
        loaded(shipped("tiny.toml"), {"site.South.pickers=8", "supplier_segment.near.lead_time=5 d",
                                      "study.strategies=[\"S6\"]", "site.South.wage = $31/h", "title=a = b"});
    EXPECT_EQ(one.scenario.sites[1].value.site.pickers, 8);
    EXPECT_EQ(one.scenario.segments[0].value.terms.lead_time_mean, sim::days{5});
    EXPECT_THAT(one.scenario.study.strategies, ElementsAre("S6"));
    EXPECT_EQ(one.scenario.sites[1].value.site.wage_per_hour, models::Money::of(31));
    EXPECT_EQ(one.scenario.title, "a = b");
}

TEST(Language, CanonicalTextReadsBackAsItself) {
    for (const auto& file : shipped_files()) {
        const Loaded one = loaded(file);
        const Scratch scratch;
        std::filesystem::copy(shipped("history_example.csv"), scratch.folder() / "history_example.csv");
        const Loaded again = loaded(scratch.write("again.toml", one.text));
        EXPECT_EQ(one.text, again.text) << file;
    }
}

TEST(Language, CanonicalTextTellsScenariosApart) {
    const std::string text = loaded(shipped("tiny.toml")).text;
    EXPECT_EQ(text, loaded(shipped("tiny.toml"), {"site.North.absence=4 %"}).text);
    EXPECT_NE(text, loaded(shipped("tiny.toml"), {"site.North.absence=4.1 %"}).text);
    EXPECT_NE(text, loaded(shipped("tiny.toml"), {"strategy.S6.integration.batch=02:00"}).text);
}

/// The page is made from the descriptions: `entrepot list keys > docs/scenario-reference.md`, or this test with
/// ENTREPOT_UPDATE=1 in the environment.
TEST(Language, ReferencePageIsUpToDate) {
    const std::filesystem::path page = std::filesystem::path(ENTREPOT_SOURCE_DIR) / "docs" / "scenario-reference.md";
    if (std::getenv("ENTREPOT_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << reference_markdown();
    std::ifstream in(page, std::ios::binary);
    const std::string written(std::istreambuf_iterator<char>(in), {});
    EXPECT_TRUE(written == reference_markdown())
        << "run: entrepot list keys > docs/scenario-reference.md, or this test with ENTREPOT_UPDATE=1";
}

/// The page's headings, and its lists of keys, each as one text.
std::vector<std::string> headings_and_lists(const std::string& page) {
    std::vector<std::string> found;
    std::string list;
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("## ")) found.push_back(line);
        if (line.starts_with("|")) {
            list += line + "\n";
        } else if (!list.empty()) {
            found.push_back(std::exchange(list, ""));
        }
    }
    return found;
}

TEST(Language, ReferencePrintsEachTableAndEachListOfKeysOnce) {
    std::vector<std::string> parts = headings_and_lists(reference_markdown() + "\n");
    EXPECT_GT(parts.size(), 100u);
    std::sort(parts.begin(), parts.end());
    for (auto twice = parts.begin(); (twice = std::adjacent_find(twice, parts.end())) != parts.end(); ++twice) {
        ADD_FAILURE() << "twice: " << *twice;
    }
    EXPECT_THAT(reference_markdown(), HasSubstr("The keys are those of `[demand.b2b]`."));
    EXPECT_THAT(reference_markdown(), HasSubstr("With `distribution = \"gamma\"` or `\"lognormal\"`:"));
}

TEST(Language, ReferenceNamesTablesKeysAndPolicies) {
    const std::string page = reference_markdown();
    for (const char* text : {"`[site.NAME.shift.NAME]`", "`[demand.history]`", "`\"stale_min_max\"`", "`pickers`",
                             "`[site_defaults]`", "`lead_time`"}) {
        EXPECT_THAT(page, HasSubstr(text));
    }
}

}  // namespace
}  // namespace entrepot::scenarios::testing

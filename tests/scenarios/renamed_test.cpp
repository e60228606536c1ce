#include "scenarios/renamed.hpp"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "scratch.hpp"

namespace entrepot::scenarios::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> over_bullwhip(const std::string& text, const std::vector<std::string>& overrides = {}) {
    return Scratch().over("validation/bullwhip.toml", text, overrides);
}

TEST(RenamedKeys, AreRefusedWithTheNewName) {
    EXPECT_THAT(over_bullwhip("[stream.customers.between]\ndistribution = \"constant\"\nmean = \"1 d\"\n"),
                ElementsAre("bad.toml:2:19: stream.customers.between: was renamed, want interarrival_time"));
    EXPECT_THAT(over_bullwhip("[tier.customers]\nreserve = 3\nwait_limit = 2\n"),
                ElementsAre("bad.toml:3:1: tier.customers.reserve: was renamed, want critical_level",
                            "bad.toml:4:1: tier.customers.wait_limit: was renamed, want backorder_limit"));
    EXPECT_THAT(over_bullwhip("", {"stream.customers.units.law=poisson"}),
                ElementsAre("--set:1:24: stream.customers.units.law: was renamed, want distribution"));
}

TEST(RenamedKeys, OfOneThatIsGoneTheReasonIsTold) {
    EXPECT_THAT(Scratch().over_tiny("[strategy.S6.workflow]\nescalation_factor = 0.5\n"),
                ElementsAre("bad.toml:3:1: strategy.S6.workflow.escalation_factor: is gone, want nothing: fewer "
                            "escalations follow from fewer shortages and less lateness alone"));
}

TEST(RenamedKeys, KpisAreRefusedWithTheirNewIds) {
    EXPECT_THAT(over_bullwhip("[verify.v]\nkpi = \"rule_units\"\nexpected = 1\nrelative = 0.1\nsource = \"x\"\n"),
                ElementsAre("bad.toml:3:7: verify.v.kpi: got \"rule_units\", which was renamed, want "
                            "\"replenishment_units\""));
    EXPECT_THAT(over_bullwhip("[study]\nprecision_of = [\"line_fill\", \"difference:mean_waiting\"]\n"),
                ElementsAre("bad.toml:3:30: study.precision_of: got \"difference:mean_waiting\", which was renamed, "
                            "want \"difference:mean_backorders\""));
    EXPECT_EQ(renamed_kpi("difference:waiting_at"), "difference:backorders_at");
    EXPECT_EQ(renamed_kpi("line_fill"), std::nullopt);
}

/// A name of a part may be what a key was once called.
TEST(RenamedKeys, PartsMayHaveSuchNames) {
    const std::string terms =
        "]\n"
        "new = true\n"
        "tier = \"customers\"\n"
        "interarrival_time = { distribution = \"constant\", mean = \"1 d\" }\n";
    EXPECT_THAT(over_bullwhip("[stream.law" + terms + "[stream.between" + terms), IsEmpty());
    EXPECT_THAT(over_bullwhip("[tier.reserve]\nnew = true\nshare = 0\n"), IsEmpty());
}

TEST(RenamedKeys, NoNewNameIsAnOldOneAndEachIsInTheLanguage) {
    const std::string language = reference_markdown();
    for (const RenamedKey& key : renamed_keys()) {
        if (key.now.empty()) continue;
        const std::string now(key.now.substr(key.now.rfind('.') + 1));
        EXPECT_THAT(language, HasSubstr(key.text_only ? "`" + now + " = \"" : "| `" + now + "` |")) << key.was;
        EXPECT_EQ(key.was.substr(0, key.was.rfind('.')), key.now.substr(0, key.now.rfind('.')));
        for (const RenamedKey& other : renamed_keys()) EXPECT_NE(key.now, other.was);
    }
}

TEST(RenamedKeys, ThePageOfThemIsCurrent) {
    const std::filesystem::path page = std::filesystem::path(ENTREPOT_SOURCE_DIR) / "docs/renamed-keys.tsv";
    if (std::getenv("ENTREPOT_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << renamed_table();
    std::ifstream in(page, std::ios::binary);
    const std::string written{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(written, renamed_table()) << "run `entrepot list renamed > docs/renamed-keys.tsv`";
}

std::string brought_up_to_date(const std::string& text, int names) {
    Problems problems;
    const auto now = updated(text, "x.toml", problems);
    EXPECT_THAT(problems, IsEmpty());
    EXPECT_EQ(now ? now->names : -1, names);
    return now ? now->text : "";
}

TEST(Updating, ChangesNamesAndNothingElse) {
    EXPECT_EQ(brought_up_to_date("# between é\n[stream.a]\r\nbetween   = { law = \"constant\", mean=\"1 d\" } # law\n"
                                 "units = { law = \"poisson\", mean = 2 }\n",
                                 3),
              "# between é\n[stream.a]\r\ninterarrival_time   = { distribution = \"constant\", mean=\"1 d\" } # law\n"
              "units = { distribution = \"poisson\", mean = 2 }\n");
    EXPECT_EQ(brought_up_to_date("[stock.\"W é\".second]\nup_to = 4\n'time' = { 'law' = \"constant\" }\n", 3),
              "[stock.\"W é\".second]\norder_up_to = 4\n'lead_time' = { 'distribution' = \"constant\" }\n");
    EXPECT_EQ(brought_up_to_date("study.precision_of = [\"otif\", 'difference:rule_orders']\n", 1),
              "study.precision_of = [\"otif\", 'difference:replenishment_orders']\n");
    EXPECT_EQ(brought_up_to_date("[site.W]\npick_time.mean = \"1 h\"\n", 0), "[site.W]\npick_time.mean = \"1 h\"\n");
}

TEST(Updating, FindsAKeyThatStandsInSeveralLines) {
    EXPECT_EQ(brought_up_to_date("[supplier_segment.s]\nup.law = \"constant\"\nup.mean = \"1 d\"\n", 3),
              "[supplier_segment.s]\nuptime.distribution = \"constant\"\nuptime.mean = \"1 d\"\n");
    EXPECT_EQ(brought_up_to_date("[stream.a.between]\nlaw = \"gamma\"\n[stream.a.cycle]\nperiod = \"1 d\"\n", 2),
              "[stream.a.interarrival_time]\ndistribution = \"gamma\"\n[stream.a.cycle]\nperiod = \"1 d\"\n");
}

/// A limit that is struck out would be no limit any more: it must be said in the new words.
TEST(Updating, LeavesWhatMustBeSaidOtherwise) {
    Problems problems;
    const std::string text = "[strategy.A.workflow]\nauto_value_limit = \"$7\"\n";
    const auto now = updated(text, "x.toml", problems);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->text, text);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_THAT(problems.begin()->message, testing::HasSubstr("a guardrail says it"));
}

TEST(Updating, TakesOutWhatIsGoneOrSaysThatItMustBe) {
    EXPECT_EQ(brought_up_to_date("[strategy.A.workflow]\nescalation_factor = 0.5  # a wish\nsearch = true\n", 1),
              "[strategy.A.workflow]\nsearch = true\n");
    Problems problems;
    const std::string text = "strategy.A = { workflow = { escalation_factor = 0.5 } }\n";
    const auto now = updated(text, "x.toml", problems);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->text, text);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(to_string(problems[0]),
              "x.toml:1:29: strategy.A.workflow.escalation_factor: is gone: take it out by hand");
}

TEST(Updating, RefusesWhatIsNotToml) {
    Problems problems;
    EXPECT_FALSE(updated("between = = 3", "x.toml", problems));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].message, HasSubstr("isn't TOML"));
    EXPECT_FALSE(updated(std::string(200'000, 'a'), "x.toml", problems));
}

/// CPU time of a piece of work [s].
template <class Work>
double seconds_of(Work work) {
    const std::clock_t before = std::clock();
    work();
    return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

/// The work grows with the file, and not with its square: in the time of one reading of the same file, whatever the
/// machine and the build. 100 000 names take some 4 readings; the square would take hundreds.
TEST(Updating, TakesTimeByTheSizeOfTheFile) {
    constexpr int kStreams = 50'000;
    std::string text;
    for (int i = 0; i < kStreams; ++i) {
        text += fmt::format("[stream.s{}]\nbetween = {{ law = \"constant\", mean = \"1 d\" }}\n", i);
    }
    Problems problems;
    const double reading = seconds_of([&] { parse_text(text, "x.toml", problems); });
    std::optional<Updated> now;
    const double all = seconds_of([&] { now = updated(text, "x.toml", problems); });
    ASSERT_TRUE(now);
    EXPECT_EQ(now->names, 2 * kStreams);
    EXPECT_LT(all, 20 * reading + 0.5);
}

/// A key may stand in any number of lines: each call does so many of them, and says that some are left.
TEST(Updating, SaysWhenAKeyStandsInTooManyLines) {
    std::string text = "[stream.a]\n";
    for (int i = 0; i < 20; ++i) text += fmt::format("between.x{} = 1\n", i);
    Problems problems;
    const auto now = updated(text, "x.toml", problems);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->names, 16);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].message, HasSubstr("update the file once more"));
    brought_up_to_date(now->text, 4);
}

/// Each old name, in a file, becomes one that is refused no more.
TEST(Updating, KnowsEveryName) {
    for (const RenamedKey& key : renamed_keys()) {
        std::string path(key.was);
        for (std::size_t at = path.find('*'); at != std::string::npos; at = path.find('*')) {
            path.replace(at, path[at + 1] == '*' ? 2 : 1, path[at + 1] == '*' ? "stock.w" : "x");
        }
        Problems problems;
        const auto now = updated(path + " = \"constant\"\n", "x.toml", problems);
        ASSERT_TRUE(now) << path;
        EXPECT_EQ(now->names, key.by_hand ? 0 : 1) << path;
        EXPECT_EQ(problems.size(), key.by_hand ? 1u : 0u) << path;
        if (key.now.empty()) continue;
        EXPECT_THAT(now->text, HasSubstr(key.now.substr(key.now.rfind('.')))) << path;
    }
}

}  // namespace
}  // namespace entrepot::scenarios::testing

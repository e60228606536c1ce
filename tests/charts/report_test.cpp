#include "results/report/report.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "results/business/recommendation.hpp"
#include "results/report/findings.hpp"
#include "sample_study.hpp"

namespace entrepot::results {
namespace {

/// A file name of the running test's own: tests run side by side.
std::string test_name() {
    std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    std::replace(name.begin(), name.end(), '/', '_');
    return name;
}

std::string page_of(const Study& study) {
    const std::string page = html_report(study, compare(study), return_on_investment(study));
    if (const char* folder = std::getenv("ENTREPOT_PAGES")) {  // to look at them
        std::ofstream(std::filesystem::path(folder) / (test_name() + ".html")) << page;
    }
    return page;
}

Answer answer_of(const Study& study) { return answer(study, compare(study), return_on_investment(study)); }

bool has_word(const std::string& text, const std::string& word) {
    const auto letter = [&](std::size_t i) {
        return i < text.size() && std::isalnum(static_cast<unsigned char>(text[i]));
    };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        if ((at == 0 || !letter(at - 1)) && !letter(at + word.size())) return true;
    }
    return false;
}

bool has_python() { return std::system("python3 -c ''") == 0; }

/// Parses the page with Python's XML parser.
bool well_formed(const std::string& page) {
    const auto file = std::filesystem::temp_directory_path() / ("entrepot_" + test_name() + ".xml");
    std::ofstream(file) << page;
    const std::string command =
        "python3 -c \"import sys, xml.dom.minidom as m; m.parse(sys.argv[1])\" " + file.string();
    const bool parsed = std::system(command.c_str()) == 0;
    std::filesystem::remove(file);
    return parsed;
}

struct Case {
    const char* name;
    SampleOptions options;
};

class EveryStudy : public testing::TestWithParam<Case> {};

TEST_P(EveryStudy, GivesACleanPage) {
    const std::string page = page_of(sample_study(GetParam().options));
    for (const char* word : {"nan", "inf", "NaN"}) EXPECT_FALSE(has_word(page, word)) << word;
    EXPECT_EQ(page.find("{{"), std::string::npos);
    EXPECT_NE(page.find("simulated, uncalibrated"), std::string::npos);
}

TEST_P(EveryStudy, GivesWellFormedXml) {
    if (!has_python()) GTEST_SKIP() << "needs python3 for its XML parser";
    EXPECT_TRUE(well_formed(page_of(sample_study(GetParam().options))));
}

TEST_P(EveryStudy, ReachesForNothingOutside) {
    const std::string page = page_of(sample_study(GetParam().options));
    for (const char* reference : {"<script", "<link", "<img", "src=", "href=", "@import", "url("}) {
        EXPECT_EQ(page.find(reference), std::string::npos) << reference;
    }
    std::string rest = page;  // the two names of XML vocabularies are no addresses
    for (const std::string name : {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"}) {
        for (std::size_t at; (at = rest.find(name)) != std::string::npos;) rest.erase(at, name.size());
    }
    EXPECT_EQ(rest.find("://"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Studies, EveryStudy,
                         testing::Values(Case{"usual", {}}, Case{"confirmed", {.fresh = 8}},
                                         Case{"one_fresh", {.fresh = 1}}, Case{"one_replication", {.replications = 1}},
                                         Case{"one_strategy", {.strategies = 1}},
                                         Case{"two_strategies", {.strategies = 2}},
                                         Case{"ten_strategies", {.strategies = 10, .effect = 0.05}},
                                         Case{"worse", {.effect = -0.2}}, Case{"no_effect", {.effect = 0}},
                                         Case{"all_zero", {.all_zero = true}}, Case{"long_names", {.long_names = true}},
                                         Case{"no_phases", {.phases = false}}, Case{"one_site", {.sites = 1}},
                                         Case{"captions", {.fresh = 8, .captions = true}},
                                         Case{"worse_at_the_peak", {.fresh = 8, .captions = true, .loss_at_peak = 0.5}},
                                         Case{"no_replication", {.replications = 0}}),
                         [](const auto& one) { return one.param.name; });

TEST(Report, IsTheSameForTheSameStudy) { EXPECT_EQ(page_of(sample_study()), page_of(sample_study())); }

TEST(Report, EscapesNames) {
    Study study = sample_study({.long_names = true});
    study.manifest.scenario_name = "<b>spike</b>";
    const std::string page = page_of(study);
    EXPECT_EQ(page.find("<b>spike"), std::string::npos);
    EXPECT_EQ(page.find("<nobody>"), std::string::npos);
    EXPECT_NE(page.find("&lt;nobody&gt;"), std::string::npos);
}

TEST(Answer, RecommendsWhatPays) {
    for (const Study& study : {sample_study({.fresh = 8}), sample_study({.strategies = 2})}) {
        const Answer found = answer_of(study);
        EXPECT_TRUE(found.certain);
        EXPECT_EQ(found.headline.rfind("Adopt S", 0), 0u) << found.headline;
        EXPECT_NE(found.headline.find("95 % interval"), std::string::npos);
        EXPECT_EQ(found.headline.find("8 fresh replications") != std::string::npos, study.strategies.size() == 3)
            << found.headline;
    }
}

/// The best of several on the replications that chose it: no amount is quoted.
TEST(Answer, QuotesNoGainThatIsNotConfirmed) {
    for (const Study& study : {sample_study(), sample_study({.fresh = 1})}) {
        const Answer found = answer_of(study);
        EXPECT_FALSE(found.certain);
        EXPECT_NE(found.headline.find("not confirmed on fresh replications"), std::string::npos) << found.headline;
        EXPECT_EQ(found.headline.find('$'), std::string::npos) << found.headline;
        EXPECT_NE(page_of(study).find("Not confirmed on fresh replications"), std::string::npos);
    }
}

/// What chose the best strategy has no say in what the page quotes.
TEST(Answer, QuotesTheFreshReplicationsAlone) {
    Study study = sample_study({.fresh = 8});
    const std::string before = answer_of(study).headline;
    const std::size_t best = return_on_investment(study).best.value();
    for (Replication& run : study.replications[best]) {
        for (double& value : run.numerator) value *= 0.9;
    }
    EXPECT_EQ(answer_of(study).headline.substr(0, 60), before.substr(0, 60));
    EXPECT_NE(page_of(study).find("8 fresh replications"), std::string::npos);
}

TEST(Answer, SaysThatNothingIsDistinguishable) {
    const Answer found = answer_of(sample_study({.strategies = 2, .effect = 0, .noise = 0.3}));
    EXPECT_FALSE(found.certain);
    EXPECT_EQ(found.headline.rfind("Not distinguishable", 0), 0u) << found.headline;
}

TEST(Answer, KeepsTheComparatorWhenNothingPays) {
    const Answer found = answer_of(sample_study({.effect = -0.2}));
    EXPECT_TRUE(found.certain);
    EXPECT_EQ(found.headline.rfind("Keep S0", 0), 0u) << found.headline;
}

/// The page, the terminal and JSON say the same; and the page has the step beside both against the comparator.
TEST(Answer, IsTheStudysRecommendation) {
    for (const Study& study : {sample_study({.fresh = 8}), sample_study({.effect = -0.2}), sample_study()}) {
        const Roi roi = return_on_investment(study);
        const std::string advice = recommend(study, roi).sentence;
        EXPECT_EQ(answer_of(study).headline, advice);
        EXPECT_NE(recommendation_text(study, roi).find(advice), std::string::npos);
        EXPECT_NE(roi_text(study, roi).find(advice), std::string::npos);
        EXPECT_NE(page_of(study).find("<td>Step from S1 to S2</td>"), std::string::npos);
    }
}

TEST(Report, TellsDoubtAboutTheInputsWhereThereAreSpreads) {
    Study study = sample_study({.fresh = 8});
    EXPECT_EQ(page_of(study).find("Doubt about the finance inputs"), std::string::npos);
    FinanceInputs in = finance_from_text(study.manifest.finance);
    in.low_spread = in.high_spread = 0.2;
    study.manifest.finance = finance_to_text(in);
    EXPECT_NE(page_of(study).find("Doubt about the finance inputs, each 20"), std::string::npos);
}

TEST(Answer, RefusesToRecommendFromOneReplication) {
    EXPECT_EQ(answer_of(sample_study({.replications = 1})).headline.rfind("One replication supports no", 0), 0u);
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// What is better on the whole and worse at the hardest place stands beside the answer, in words.
TEST(Report, SaysWhereTheBestStrategyIsWorse) {
    const Study study = sample_study({.fresh = 8, .captions = true, .loss_at_peak = 0.5});
    const std::string page = page_of(study);
    const std::size_t answer = page.find("class=\"answer\""), worse = page.find("Where S2 is worse than S0"),
                      cards = page.find("class=\"cards\"");
    ASSERT_NE(worse, std::string::npos);
    EXPECT_LT(answer, worse);
    EXPECT_LT(worse, cards);
    EXPECT_NE(page.find("setbacks bad"), std::string::npos);
    const std::string part = page.substr(worse, cards - worse);
    EXPECT_NE(part.find("On time in full: worse in "), std::string::npos) << part;
    EXPECT_NE(part.find("at Southeast &amp; islands (SE) in the phase spike from "), std::string::npos) << part;
}

TEST(Report, SaysThatNothingIsWorse) {
    const std::string page = page_of(sample_study({.fresh = 8}));
    EXPECT_NE(page.find("At no warehouse, tier or phase"), std::string::npos);
    EXPECT_EQ(page.find("setbacks bad"), std::string::npos);
}

TEST(Report, DefinesEveryKpiOfTheScorecardOnce) {
    const std::string page = page_of(sample_study({.fresh = 8}));
    for (const KpiInfo& kpi : kpi_registry()) {
        if (!kpi.headline || (kpi.slices & kOfSome)) continue;
        const std::string start(
            kpi.definition.substr(0, std::min<std::size_t>(30, kpi.definition.find('\''))));  // markup
        EXPECT_EQ(count_of(page, start), 1u) << kpi.id;
        EXPECT_LT(page.find(start), page.find("All headline KPIs")) << kpi.id;
    }
}

TEST(Report, NamesThingsForPeople) {
    const std::string page = page_of(sample_study({.strategies = 4, .fresh = 8, .captions = true}));
    EXPECT_NE(page.find("<h1>Three warehouses &amp; a &lt;spike&gt;:"), std::string::npos);
    for (int s = 0; s < 4; ++s)  // each explained once
        EXPECT_EQ(count_of(page, "What strategy " + std::to_string(s) + " does &amp; leaves."), 1u) << s;
    EXPECT_NE(page.find("Contracts &lt;of years&gt; (strategic)"), std::string::npos);
    EXPECT_NE(page.find("They pay &quot;late&quot;."), std::string::npos);
    EXPECT_NE(page.find("spike, days 28 to 56"), std::string::npos);
}

TEST(Report, TellsTheWindowFromTheYear) {
    const std::string page = page_of(sample_study({.fresh = 8}));
    EXPECT_NE(page.find("Service scorecard: the 98 days measured"), std::string::npos);
    EXPECT_NE(page.find("amounts a year"), std::string::npos);
    EXPECT_NE(page.find("not the 98 days measured"), std::string::npos);
}

/// Narrow screens get rows as blocks, whose values carry their column's name, and charts of their own.
TEST(Report, FitsNarrowScreens) {
    const std::string page = page_of(sample_study({.fresh = 8}));
    std::size_t unlabelled = 0;
    for (std::size_t at = page.find("<td"); at != std::string::npos; at = page.find("<td", at + 1)) {
        const std::size_t row = page.rfind("<tr", at);
        const bool first = page.find("<td", row) == at;
        const std::string tag = page.substr(at, page.find('>', at) - at);
        unlabelled += !first && tag.find("data-label=\"") == std::string::npos;
    }
    EXPECT_EQ(unlabelled, 0u);
    EXPECT_EQ(count_of(page, "<div class=\"wide\">"), count_of(page, "<div class=\"narrow\">"));
    EXPECT_EQ(page.find("Helvetica"), std::string::npos);
}

TEST(Picture, StandsAlone) {
    const Study study = sample_study({.fresh = 8, .captions = true});
    for (const std::string& name : picture_names()) {
        const std::string svg = report_picture(study, compare(study), return_on_investment(study), name);
        EXPECT_EQ(svg.rfind("<svg xmlns", 0), 0u) << name;
        EXPECT_NE(svg.find("fill=\"#ffffff\""), std::string::npos) << name;
        if (has_python()) {
            EXPECT_TRUE(well_formed(svg)) << name;
        }
    }
    EXPECT_THROW(report_picture(study, compare(study), return_on_investment(study), "none"), std::invalid_argument);
    const Study alone = sample_study({.strategies = 1});
    EXPECT_THROW(report_picture(alone, compare(alone), return_on_investment(alone), "kpis"), std::invalid_argument);
}

TEST(DailySeries, FindsTheHardestHitSite) {
    const Study study = sample_study();
    EXPECT_EQ(DailySeries(study).hardest_hit_site(0), 1u);
}

TEST(DailySeries, FillIsTheRatioOfSevenDays) {
    Study study = sample_study({.strategies = 1, .replications = 1});
    const std::size_t places = study.dimensions.sites.size() + 1,
                      days = static_cast<std::size_t>(study.dimensions.total_days);
    auto& series = study.replications[0][0].series;  // units_ordered is series 1, units_filled_first series 2
    for (std::size_t day = 0; day < days; ++day) {
        series[1 * places * days + day] = day == 45 ? 70.0f : 5.0f;
        series[2 * places * days + day] = day == 45 ? 0.0f : 5.0f;
    }
    const DailyBand fill = DailySeries(study).fill_band(0, 0);
    EXPECT_EQ(fill.median.size(), 98u);
    EXPECT_DOUBLE_EQ(fill.median[2], 1.0);         // day 44
    EXPECT_DOUBLE_EQ(fill.median[3], 30.0 / 100);  // day 45
    EXPECT_DOUBLE_EQ(fill.median[9], 30.0 / 100);  // day 51
    EXPECT_DOUBLE_EQ(fill.median[10], 1.0);
    EXPECT_TRUE(fill.low.empty());  // one replication has no band
}

}  // namespace
}  // namespace entrepot::results

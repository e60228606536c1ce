#include <chrono>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "results/file/store.hpp"
#include "studies/program.hpp"

/// Runs that end themselves, pairs of replications, and the best strategy's fresh replications, as users meet them.
namespace entrepot::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char kStock[] = "scenarios/validation/base_stock_fill.toml";

/// One strategy whose replications take milliseconds; two KPIs that a dozen or two replications tell to one per cent.
std::vector<std::string> precise(const std::string& file, std::vector<std::string> more) {
    std::vector<std::string> all{"run", kStock, "--precision", "1 %", "--precision-of", "unit_fill,on_hand_at_close",
                                 "-o",  file,   "--force"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

TEST(RunToAPrecision, EndsWhenItHoldsAndWithTheSameFileForAnyNumberOfThreads) {
    const Scratch scratch;
    std::string first;
    for (const char* threads : {"1", "2", "4"}) {
        const std::string file = scratch.path("precise.h5");
        const Outcome outcome = entrepot(precise(file, {"--threads", threads, "--quiet"}));
        ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
        EXPECT_THAT(outcome.out, HasSubstr("all of it reached"));
        if (first.empty()) first = bytes_of(file);
        EXPECT_TRUE(bytes_of(file) == first) << threads << " threads";
    }
    const results::Study study = results::load_study(scratch.path("precise.h5"));
    EXPECT_EQ(study.ending, results::Ending::precise);
    EXPECT_GT(study.replication_count(), 10u);
    EXPECT_LT(study.replication_count(), 200u);
    const Outcome compare = entrepot({"compare", scratch.path("precise.h5")});
    EXPECT_THAT(compare.out, HasSubstr("Precision wanted: 1 %"));
    EXPECT_THAT(compare.out, HasSubstr("reached"));
    const std::string page = scratch.path("page.html");
    ASSERT_EQ(entrepot({"report", scratch.path("precise.h5"), "-o", page}).exit_code, 0);
    EXPECT_THAT(bytes_of(page), HasSubstr("relative precision of 1"));
}

TEST(RunToAPrecision, SaysWhatWasReachedWhenTheCapOrTheTimeEndsIt) {
    const Scratch scratch;
    const std::string file = scratch.path("x.h5");
    const Outcome capped = entrepot(precise(file, {"--precision", "0.1 %"}));
    EXPECT_EQ(capped.exit_code, 2);  // twice
    const std::vector<std::string> fine{"run", kStock, "--precision", "0.05 %", "--precision-of", "on_hand_at_close",
                                        "-o",  file,   "--force"};
    std::vector<std::string> cap = fine, time = fine;
    cap.insert(cap.end(), {"--most", "12"});
    const Outcome few = entrepot(cap);
    EXPECT_EQ(few.exit_code, 6);
    EXPECT_THAT(few.err, HasSubstr("it looks as if this precision would take some"));
    EXPECT_THAT(few.err, HasSubstr("and --most allows 12; ask for less (--precision), allow more, or name"));
    std::vector<std::string> beyond = cap;
    beyond[3] = "0.00001 %";
    const Outcome far = entrepot(beyond);
    EXPECT_THAT(far.err, HasSubstr("which is out of reach; ask for less (--precision), measure longer"));
    EXPECT_THAT(far.out, HasSubstr("more replications are out of reach; measure longer (calendar.measure)"));
    EXPECT_THAT(few.out, HasSubstr("the cap ended it"));
    EXPECT_THAT(few.out, HasSubstr("NOT reached"));
    EXPECT_EQ(results::load_study(file).replication_count(), 12u);
    time.insert(time.end(), {"--most", "1000000", "--time-limit", "0.02 min", "--quiet"});
    const auto began = std::chrono::steady_clock::now();
    const Outcome late = entrepot(time);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(60));
    EXPECT_EQ(late.exit_code, 6);
    EXPECT_THAT(late.out, HasSubstr("The time limit ended it after"));
    EXPECT_EQ(results::load_study(file).ending, results::Ending::out_of_time);
}

TEST(RunToAPrecision, RefusesWhatCantBeReachedAtOnce) {
    const Scratch scratch;
    const std::string file = scratch.path("x.h5");
    const auto run = [&](std::vector<std::string> more) {
        std::vector<std::string> all{"run", kStock, "-o", file, "--force", "--quiet"};
        all.insert(all.end(), more.begin(), more.end());
        return entrepot(all);
    };
    const Outcome zero = run({"--precision", "1 %", "--precision-of", "penalties,imbalance", "--most", "1000000"});
    EXPECT_EQ(zero.exit_code, 6);
    EXPECT_THAT(zero.out, HasSubstr("it is 0 each time"));
    EXPECT_THAT(zero.out, HasSubstr("not available"));
    EXPECT_THAT(zero.out, HasSubstr("--precision-of"));
    EXPECT_THAT(zero.out, Not(HasSubstr("nan")));
    EXPECT_EQ(results::load_study(file).replication_count(), 10u);
    const Outcome usual = run({"--precision", "2 %"});  // its inventory policy has no costs: service alone is judged
    EXPECT_EQ(usual.exit_code, 0);
    EXPECT_THAT(usual.err, HasSubstr("inventory_cost can't be told"));
    EXPECT_THAT(usual.out, HasSubstr("all of it reached"));
    for (const auto& [words, said] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"--precision", "0 %"}, "--precision"},
             {{"--precision", "120 %"}, "--precision"},
             {{"--precision", "fine"}, "want a share"},
             {{"--precision", "1 %", "-n", "5"}, "leave out --replications"},
             {{"--precision", "1 %", "--most", "5"}, "want a whole number from 10 to"},
             {{"--precision", "1 %", "--precision-of", "fill"}, "there is no KPI 'fill'"},
             {{"--precision", "1 %", "--precision-of", "difference:unit_fill"}, "wants a second strategy"},
             {{"--most", "50"}, "wants a --precision"},
             {{"--time-limit", "soon"}, "--time-limit"},
             {{"--confirm", "5"}, "wants a second strategy"},
             {{"--precision", "1 %", "--precision-of", "unit_fill,"}, "want names with a comma"},
             {{"--antithetic", "-n", "5"}, "come in pairs"}}) {
        const Outcome outcome = run(words);
        EXPECT_EQ(outcome.exit_code, 2) << words.back();
        EXPECT_THAT(outcome.err, HasSubstr(said)) << words.back();
    }
}

TEST(Run, MayLeaveTheSeriesOut) {
    const Scratch scratch;
    const std::string without = scratch.path("without.h5"), with = scratch.path("with.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "--no-confirm", "--no-series", "-o", without}).exit_code, 0);
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "--no-confirm", "-o", with}).exit_code, 0);
    const results::Study a = results::load_study(without), b = results::load_study(with);
    EXPECT_TRUE(a.series.empty());
    EXPECT_FALSE(b.series.empty());
    EXPECT_EQ(a.replications[0][1].numerator, b.replications[0][1].numerator);
    EXPECT_EQ(entrepot({"compare", without}).out, entrepot({"compare", with}).out);
    EXPECT_EQ(entrepot({"report", without, "-o", scratch.path("report.html")}).exit_code, 0);
}

TEST(RunInPairs, TheSecondIsTheMirrorOfTheFirst) {
    const Scratch scratch;
    const std::string pairs = scratch.path("pairs.h5"), plain = scratch.path("plain.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "4", "--antithetic", "--no-confirm", "-o", pairs}).exit_code, 0);
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "2", "--no-confirm", "-o", plain}).exit_code, 0);
    const results::Study a = results::load_study(pairs), b = results::load_study(plain);
    EXPECT_TRUE(a.antithetic);
    EXPECT_EQ(a.replications[0][0].digest, b.replications[0][0].digest);
    EXPECT_EQ(a.replications[0][2].digest, b.replications[0][1].digest);
    EXPECT_NE(a.replications[0][1].digest, a.replications[0][0].digest);
    EXPECT_THAT(entrepot({"compare", pairs}).out, HasSubstr("2 antithetic pairs"));
    const Outcome again = entrepot({"replay", kTiny, "--replication", "3", "--antithetic", "--digest"});
    std::ostringstream digest;
    digest << std::hex << a.replications[0][3].digest;
    EXPECT_THAT(again.out, HasSubstr(digest.str()));
}

TEST(RunAndConfirm, TheBestMeetsFreshReplicationsUnlessTold) {
    const Scratch scratch;
    const std::string file = scratch.path("x.h5"), longer = scratch.path("longer.h5");
    const Outcome run = entrepot({"run", kTiny, "-n", "4", "-o", file});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.err, HasSubstr("--no-confirm leaves them out"));
    EXPECT_THAT(run.out, HasSubstr("4 replications and 4 fresh ones of the best"));
    EXPECT_THAT(run.out, HasSubstr("which had no part in the choice"));
    const results::Study study = results::load_study(file);
    ASSERT_TRUE(study.confirmation.has_value());
    EXPECT_EQ(study.confirmation->first, 4u);
    ASSERT_EQ(study.confirmation->replication_count(), 4u);
    EXPECT_THAT(entrepot({"compare", file}).out, HasSubstr("chosen above, on fresh replications"));
    // They are the replications that would have come next.
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "8", "--no-confirm", "-o", longer, "--quiet"}).exit_code, 0);
    const results::Study eight = results::load_study(longer);
    EXPECT_FALSE(eight.confirmation.has_value());
    for (std::size_t r = 0; r < 4; ++r) {
        EXPECT_EQ(study.confirmation->replications[0][r].digest, eight.replications[0][4 + r].digest);
    }
    // Half as many, and with any number of threads the same bytes.
    std::string first;
    for (const char* threads : {"1", "3"}) {
        ASSERT_EQ(entrepot({"run", kTiny, "-n", "4", "--confirm", "2", "-o", file, "--force", "--threads", threads})
                      .exit_code,
                  0);
        if (first.empty()) first = bytes_of(file);
        EXPECT_TRUE(bytes_of(file) == first);
    }
    EXPECT_EQ(results::load_study(file).confirmation->replication_count(), 2u);
    // With one alternative nothing is chosen.
    const Outcome two = entrepot({"run", kTiny, "-n", "2", "--strategies", "S0,S6", "-o", file, "--force"});
    EXPECT_FALSE(results::load_study(file).confirmation.has_value());
    EXPECT_THAT(two.out, Not(HasSubstr("fresh")));
    // One replication has no interval: confirming it would be in vain.
    const Outcome one = entrepot({"run", kTiny, "-n", "1", "-o", file, "--force"});
    EXPECT_EQ(one.exit_code, 0);
    EXPECT_FALSE(results::load_study(file).confirmation.has_value());
    EXPECT_THAT(one.out, HasSubstr("1 replication, "));
    EXPECT_THAT(one.out, HasSubstr("needs at least 2 replications"));
}

TEST(Watching, AnUnfinishedStudyIsReadableAndSaysWhatItsIntervalsAre) {
    const Scratch scratch;
    const std::string file = scratch.path("x.h5");
    ASSERT_EQ(entrepot({"run", kTiny, "-n", "12", "--no-confirm", "-o", file, "--quiet"}).exit_code, 0);
    EXPECT_THAT(entrepot({"compare", file}).out, Not(HasSubstr("while one watches")));
    EXPECT_THAT(entrepot({"compare", file, "--watching"}).out, HasSubstr("while one watches"));
    results::Study study = results::load_study(file);  // as it is saved on the way
    study.ending = results::Ending::under_way;
    results::save_study(file, study);
    const Outcome looked = entrepot({"compare", file});
    EXPECT_THAT(looked.out, HasSubstr("had not ended when the file was written"));
    EXPECT_THAT(looked.out, HasSubstr("while one watches"));
    const Outcome watched = entrepot({"run", kTiny, "-n", "40", "--no-confirm", "-o", file, "--force", "--watch"});
    EXPECT_EQ(watched.exit_code, 0);
}

}  // namespace
}  // namespace entrepot::tests

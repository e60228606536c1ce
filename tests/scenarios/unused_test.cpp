#include <gmock/gmock.h>

#include "scenarios/build.hpp"
#include "scratch.hpp"

/// Settings of the network, its customers and what goes wrong that nothing makes use of are told in notes, and what
/// could not be meant is refused.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Notes of what has no effect in a text that is laid over tiny and refused in nothing.
std::vector<std::string> unused_in(const std::string& text) {
    const Scratch scratch;
    const auto file = scratch.write("over.toml", "base = \"" + shipped("tiny.toml").string() + "\"\n" + text);
    const Result result = load(file, std::vector<std::string>{});
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    std::vector<std::string> notes;
    for (const std::string& note : result ? result.loaded->notes : std::vector<std::string>{}) {
        if (note.find("has no effect") != std::string::npos) notes.push_back(note);
    }
    return notes;
}

auto tells(const std::string& what) { return Contains(HasSubstr(what)); }

TEST(Unused, PeakOfACarrierThatNeverHasOne) {
    const std::string terms = "[carrier.parcel]\npeak_surcharge = 2\n";
    EXPECT_THAT(unused_in(terms), ElementsAre(HasSubstr("carrier.parcel.peak_surcharge: has no effect: got a peak that "
                                                        "never comes")));
    const std::string of_other = "[disturbance.peak]\nnew = true\nkind = \"carrier_peak\"\ncarrier = \"parcel\"\n";
    EXPECT_THAT(unused_in(terms + of_other), IsEmpty());
}

TEST(Unused, NewsOfDelaysThatNobodyPassesOn) {
    const std::string news = "[carrier.parcel]\ntells_delays = \"20 h\"\n";
    EXPECT_THAT(unused_in(news + "[strategy.S6.notices]\nat_risk = \"0 d\"\n"),
                ElementsAre(HasSubstr("carrier.parcel.tells_delays: has no effect: got news of delays")));
    EXPECT_THAT(unused_in(news), IsEmpty());
}

TEST(Unused, DamageWhereNothingBreaks) {
    const std::string seen = "[site.North.damage]\nseen = \"20 %\"\n";
    EXPECT_THAT(unused_in(seen), ElementsAre(HasSubstr("site.North.damage.seen: has no effect: got it where nothing")));
    EXPECT_THAT(unused_in(seen + "per_load = \"1 %\"\n"), IsEmpty());
}

TEST(Unused, FollowingParcelsOfWhoNeverComplains) {
    EXPECT_THAT(unused_in("[tier.E]\nescalates_on_the_way = true\n"),
                tells("tier.E.escalates_on_the_way: has no effect"));
}

TEST(Unused, AccountsThatNothingAsksFor) {
    const std::string accounts = "[tier.T2]\naccounts = 5\n", together = "[carrier.ltl]\nconsolidates = true\n";
    EXPECT_THAT(unused_in(accounts), tells("tier.T2.accounts: has no effect: got accounts that nothing asks for"));
    EXPECT_THAT(unused_in(together), tells("carrier.ltl.consolidates: has no effect"));
    EXPECT_THAT(unused_in(accounts + together), IsEmpty());
    EXPECT_THAT(unused_in("[tier.T1]\naccounts = 5\n"), IsEmpty());  // whose penalties are told by them
    EXPECT_THAT(unused_in("[tier.T2]\naccount_concentration = 1\n"), tells("account_concentration: has no effect"));
    const std::string hold =
        "[hold.slow]\nnew = true\nshare = 0.1\nclears_median = \"1 h\"\nwhole_account = true\ntiers = [\"T2\"]\n";
    EXPECT_THAT(unused_in(hold), tells("hold.slow.whole_account: has no effect"));
    EXPECT_THAT(unused_in(hold + accounts), IsEmpty());
}

TEST(Unused, TermsOfSuppliersThatNeverHold) {
    EXPECT_THAT(unused_in("[supplier_segment.near]\nbad_in_full = 0.5\n"), tells("bad_in_full: has no effect"));
    const std::string spells =
        "good_spell = { distribution = \"exponential\", mean = \"9 d\" }\n"
        "bad_spell = { distribution = \"exponential\", mean = \"9 d\" }\n";
    EXPECT_THAT(unused_in("[supplier_segment.near]\nbad_in_full = 0.5\n" + spells), IsEmpty());
    EXPECT_THAT(unused_in("[supplier_segment.near]\nunder_way = \"1 d\"\n"), tells("got it without notices"));
    const std::string long_way = "[supplier_segment.near]\nannounces = 1\nunder_way = \"90 d\"\n";
    EXPECT_THAT(unused_in(long_way), ElementsAre(HasSubstr("has no effect: got \"90 d\", longer than its lead time")));
}

TEST(Unused, DisturbanceThatChangesNothing) {
    const auto of = [](const std::string& keys) { return "[disturbance.one]\nnew = true\n" + keys; };
    EXPECT_THAT(unused_in(of("kind = \"site_slow\"\nsite = \"North\"\n")), tells("got it with a factor of 1"));
    EXPECT_THAT(unused_in(of("kind = \"site_slow\"\nsite = \"North\"\nfactor = 0.5\n")), IsEmpty());
    EXPECT_THAT(unused_in("[site.North]\nhandling = \"at_once\"\n" + of("kind = \"site_closed\"\nsite = \"North\"\n")),
                tells("got it at a site where all is handled at once"));
    const std::string capacity = of("kind = \"supplier_capacity\"\nsupplier = \"near#1\"\nfactor = 0.5\n");
    EXPECT_THAT(unused_in("[supplier_segment.near]\ncapacity_factor = 0\n" + capacity),
                tells("got it of a supplier without a limit"));
}

TEST(Unused, WhatAStrategyHasNobodyFor) {
    const std::string strategy = "[strategy.S6.";
    EXPECT_THAT(unused_in(strategy + "gateway]\ncounts_own_orders = true\n"),
                tells("counts_own_orders: has no effect"));
    EXPECT_THAT(unused_in(strategy + "gateway]\ncounts_own_orders = true\nreserve = 2\n"), IsEmpty());
    EXPECT_THAT(unused_in(strategy + "workflow]\nanswer_within = \"2 d\"\n"), tells("answer_within: has no effect"));
    EXPECT_THAT(unused_in(strategy + "workflow]\nwatches_answers = true\n"), tells("watches_answers: has no effect"));
    EXPECT_THAT(unused_in(strategy + "workflow]\nwatches_answers = true\n[supplier_segment.near]\nconfirms = 1\n"),
                IsEmpty());
    EXPECT_THAT(unused_in(strategy + "workflow]\nnets_returns = true\n"), tells("nets_returns: has no effect"));
}

TEST(Unused, SubstitutesThatNobodyOffersOrTakes) {
    const std::string offers = "[strategy.S6.substitution]\noffers = \"at_entry\"\n",
                      takes = "[tier.T2]\naccepts_substitute = 0.5\n", groups = "[class.A]\nsubstitutes = 0.2\n";
    EXPECT_THAT(unused_in(offers + takes), ElementsAre(HasSubstr("got it where no item has a substitute")));
    EXPECT_THAT(unused_in(offers + groups), ElementsAre(HasSubstr("got it where nobody takes one")));
    EXPECT_THAT(unused_in(takes + groups), IsEmpty());  // so they are, whoever offers what
    EXPECT_THAT(unused_in(offers + takes + groups), IsEmpty());
}

/// What stands in a base is none of the user's business.
TEST(Unused, IsToldOfTheUsersOwnTextAlone) {
    const Scratch scratch;
    const auto below = scratch.write(
        "below.toml", "base = \"" + shipped("tiny.toml").string() + "\"\n[carrier.parcel]\npeak_surcharge = 2\n");
    const auto above = scratch.write("above.toml", "base = \"below.toml\"\n");
    EXPECT_THAT(load(below, std::vector<std::string>{}).loaded->notes, tells("peak_surcharge"));
    EXPECT_THAT(load(above, std::vector<std::string>{}).loaded->notes, Not(tells("peak_surcharge")));
}

TEST(Unused, WhatCouldNotBeMeantIsRefused) {
    EXPECT_THAT(Scratch().over_tiny("[carrier.parcel]\nrejects = 1\n"),
                ElementsAre(HasSubstr("carrier.parcel.rejects: got 1 of a carrier without another one of its kind")));
    EXPECT_THAT(Scratch().over_tiny("[carrier.parcel]\nrejects = 1\n[carrier.other]\nnew = true\nchannel = "
                                    "\"ecommerce\"\ntransit = [1]\n"),
                IsEmpty());
    EXPECT_THAT(Scratch().over_tiny("[hold.one]\nnew = true\nshare = 0.1\ntiers = [\"T1\", \"T2\", \"T1\"]\n"),
                ElementsAre(HasSubstr("hold.one.tiers: got T1 a second time")));
    EXPECT_THAT(Scratch().over_tiny("[strategy.S6.rights]\ncredit_hold = [\"planner\", \"planner\"]\n"),
                ElementsAre(HasSubstr("rights.credit_hold: got planner a second time")));
    EXPECT_THAT(Scratch().over_tiny("[strategy.S6.substitution]\ntiers = [\"T9\"]\nclasses = [\"Z\"]\n"),
                ElementsAre(HasSubstr("want a tier"), HasSubstr("want a class")));
}

TEST(Substitutes, AreAShareOfAClassInPairsOfLikeCost) {
    const Result result = load(shipped("six_warehouses.toml"),
                               std::vector<std::string>{"class.A.substitutes=0.12", "class.C.substitutes=0"});
    ASSERT_TRUE(result);
    const models::Network net = build(*result.loaded, "S0");
    std::size_t in_class = 0, grouped = 0;
    for (const auto item : sim::ids<models::ItemId>(net.items)) {
        const auto& others = net.substitutes_of[item];
        const bool first_class = net.classes[net.items[item].velocity].name == "A";
        in_class += first_class;
        grouped += !others.empty();
        if (others.empty()) continue;
        EXPECT_TRUE(first_class);
        ASSERT_EQ(others.size(), 1u);
        EXPECT_EQ(net.substitutes_of[others[0]], std::vector{item});
        EXPECT_NEAR(net.items[others[0]].unit_cost.amount() / net.items[item].unit_cost.amount(), 1, 0.5);
    }
    EXPECT_NEAR(static_cast<double>(grouped), 0.12 * static_cast<double>(in_class),
                26);  // of 600; 3 sd and the odd one
    EXPECT_GT(grouped, 0u);
}

TEST(Substitutes, OfAListAreItsGroups) {
    const Scratch scratch;
    scratch.write("items.csv",
                  "item,class,cost,substitute_group\nbolt,A,2,fix\nnut,A,3,\nscrew,B,4,fix\nnail,A,1,fix\n");
    const std::string base = "base = \"" + shipped("tiny.toml").string() + "\"\n[items]\nfile = \"items.csv\"\n";
    const Result result = load(scratch.write("s.toml", base), std::vector<std::string>{});
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    ASSERT_TRUE(result);
    const models::Network net = build(*result.loaded, "S0");
    using models::ItemId;
    EXPECT_THAT(net.substitutes_of[ItemId{0}], ElementsAre(ItemId{2}, ItemId{3}));
    EXPECT_THAT(net.substitutes_of[ItemId{1}], IsEmpty());
    EXPECT_THAT(net.substitutes_of[ItemId{3}], ElementsAre(ItemId{0}, ItemId{2}));
    scratch.write("items.csv", "item,class,cost,substitute_group\nbolt,A,2,fix\nnut,A,3,\n");
    const Result alone = load(scratch.write("t.toml", base), std::vector<std::string>{});
    ASSERT_EQ(alone.problems.size(), 1u);
    EXPECT_THAT(to_string(alone.problems[0]), HasSubstr("items.csv:2:10: substitute_group: got \"fix\", want a group "
                                                        "that another item is in, too"));
}

}  // namespace
}  // namespace entrepot::scenarios::testing

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "viz/live/forking.hpp"
#include "viz/shown.hpp"
#include "viz/views/figures.hpp"

namespace entrepot::viz {

namespace {

using models::start_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct ForkTest : testing::Test {
    ForkTest() : shown(shipped("tiny.toml"), {.strategies = {"S0", "S6"}}) {
        shown.engine().go_to(start_of(16));
        shown.settled();
    }
    std::vector<std::string> ask(const ForkWish& wish) {
        auto wrong = fork(shown.app->session(), wish);
        shown.engine().settle();
        return wrong;
    }
    Shown shown;
};

TEST_F(ForkTest, AChangedKeyMakesAnotherFutureOfTheSameStrategy) {
    EXPECT_THAT(ask({0, "S0", {"site.North.pickers=1", "site.West.overtime_max=0"}}), IsEmpty());
    shown.engine().go_to(start_of(23));
    shown.settled();
    const auto look = shown.engine().look();
    ASSERT_EQ(look->lanes.size(), 3U);
    const LaneLook& forked = look->lanes.back();
    EXPECT_EQ(forked.strategy, "S0*1");
    EXPECT_EQ(forked.root, "S0");
    EXPECT_EQ(forked.forked, start_of(16));
    EXPECT_THAT(forked.changes, ElementsAre("site.North.pickers=1", "site.West.overtime_max=0"));
    EXPECT_NE(forked.scene.digest, look->lanes.front().scene.digest) << "with one picker it goes otherwise";
    EXPECT_LE(forked.scene.sites[0].on_duty, 1);
}

TEST_F(ForkTest, WrongKeysAreAllToldAndNothingIsForked) {
    const auto wrong = ask({0, "S0", {"site.North.pikcers=9", "site.North.pickers=-3", "nothing"}});
    ASSERT_EQ(wrong.size(), 3U);
    EXPECT_THAT(wrong, testing::Contains(HasSubstr("did you mean pickers")));
    EXPECT_THAT(wrong, testing::Contains(HasSubstr("site.North.pickers=-3: ")));
    EXPECT_THAT(wrong, testing::Contains(HasSubstr("want key=value")));
    EXPECT_EQ(shown.engine().look()->lanes.size(), 2U);
}

TEST_F(ForkTest, WhatARunningWorldCantTakeIsRefusedWithTheReason) {
    const auto wrong = ask({0, "S0", {"demand.b2b.orders=70 orders/d", "site.North.pickers=2"}});
    ASSERT_EQ(wrong.size(), 1U) << "the other key could change";
    EXPECT_THAT(wrong[0], HasSubstr("demand.b2b.orders"));
    EXPECT_THAT(wrong[0], HasSubstr("can't change while a run is under way"));
    EXPECT_EQ(shown.engine().look()->lanes.size(), 2U);
    const auto same = changeable_keys(*shown.app->session().loaded);
    const auto found = std::ranges::find(same, "site.North.pickers", &ChangeableKey::key);
    ASSERT_NE(found, same.end());
    EXPECT_THAT(ask({0, "S0", {found->key + "=" + found->value}}), ElementsAre(HasSubstr("nothing would differ")));
    EXPECT_THAT(ask({0, "S6", {found->key + "=" + found->value}}), IsEmpty()) << "the strategy differs";
    EXPECT_EQ(std::ranges::count(same, "demand.b2b.orders", &ChangeableKey::key), 0);
}

TEST_F(ForkTest, BothFuturesAreShownInEveryView) {
    ASSERT_THAT(ask({1, "S0", {}}), IsEmpty());
    shown.engine().go_to(start_of(20));
    shown.settled();
    EXPECT_EQ(shown.engine().look()->lanes.back().from, "S6");
    for (const std::string& view : shown.app->view_names()) {
        shown.app->show(view);
        EXPECT_GT(shown.settled(), 300) << view;
    }
    EXPECT_THAT(shown.app->status(), HasSubstr("lanes=S0,S6,S0*1\n"));
    shown.engine().go_to(start_of(2));  // before the fork there is only one of them
    shown.app->show("fork");
    EXPECT_GT(shown.settled(), 300);
}

TEST_F(ForkTest, AForkThatChangesNothingShowsTheSameEverywhere) {
    for (const auto moment : {start_of(16), start_of(17) + sim::minutes{630}}) {  // the second within an hour
        shown.engine().go_to(moment);
        shown.settled();
        shown.engine().fork(0, {.strategy = "S0"});
        shown.engine().settle();
        for (const auto ahead : {sim::hours{0}, sim::hours{1}, sim::hours{50}}) {
            shown.engine().go_to(moment + ahead);
            shown.settled();
            const auto look = shown.engine().look();
            const std::size_t before = look->lanes.front().id, forked = look->lanes.back().id;
            const Tracks& tracks = shown.app->session().tracks;
            ASSERT_GT(tracks.hours(forked), 16U * 24 - 1);
            for (std::size_t place = 0; place <= shown.engine().network().sites.size(); ++place) {
                for (std::size_t which = 0; which < kCounted; ++which) {
                    const Levels& one = tracks.of(before, place, static_cast<Counted>(which));
                    const Levels& other = tracks.of(forked, place, static_cast<Counted>(which));
                    for (std::size_t hour = 0; hour < std::min(one.size(), other.size()); ++hour)
                        ASSERT_EQ(one[hour], other[hour]) << place << " " << which << " in hour " << hour;
                }
            }
        }
    }
}

TEST_F(ForkTest, NoTwoFuturesHaveOneName) {
    ASSERT_THAT(ask({0, "S0", {"site.North.pickers=1"}}), IsEmpty());
    ASSERT_THAT(ask({0, "S0", {"site.North.pickers=3"}}), IsEmpty());
    ASSERT_THAT(ask({1, "S0", {}}), IsEmpty());
    std::vector<std::string> names;
    for (const LaneLook& lane : shown.engine().look()->lanes) names.push_back(lane.strategy);
    EXPECT_THAT(names, ElementsAre("S0", "S6", "S0*1", "S0*2", "S0*3"));
    std::vector<ImU32> colours;
    for (std::size_t lane = 0; lane < 8; ++lane) colours.push_back(lane_colour(dark_theme(), lane));
    std::ranges::sort(colours);
    EXPECT_EQ(std::ranges::adjacent_find(colours), colours.end()) << "eight can be told apart by colour";
}

TEST_F(ForkTest, AKeyThatIsGivenTwiceIsRefused) {
    EXPECT_THAT(ask({0, "S0", {"site.North.pickers=1", "site.North.pickers = 2"}}),
                ElementsAre(HasSubstr("site.North.pickers: is given two values")));
    EXPECT_EQ(shown.engine().look()->lanes.size(), 2U);
}

TEST_F(ForkTest, AnotherReplicationLeavesForksOnlyWhenAskedTwice) {
    ASSERT_THAT(ask({0, "S0", {"site.North.pickers=1"}}), IsEmpty());
    shown.settled();
    shown.type("r");
    shown.settled();
    EXPECT_EQ(shown.engine().which().replication, 0U);
    EXPECT_THAT(shown.app->status(), HasSubstr("said=The forks S0*1 are of replication 0."));
    shown.type("r");
    shown.settled();
    EXPECT_EQ(shown.engine().which().replication, 1U);
    EXPECT_EQ(shown.engine().look()->lanes.size(), 2U);
    EXPECT_THAT(shown.app->status(), HasSubstr("Left were the forks S0*1"));
}

TEST(Changes, ArePartedBySemicolonsOutsideOfTexts) {
    EXPECT_THAT(split_changes(" a=1;b = [1; 2] ; c='x;y';; "), ElementsAre("a=1", "b = [1; 2]", "c='x;y'"));
    EXPECT_THAT(split_changes(" ; "), IsEmpty());
}

}  // namespace

}  // namespace entrepot::viz

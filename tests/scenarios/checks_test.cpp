#include <gmock/gmock.h>

#include "scratch.hpp"

/// What a scenario's parts must agree in, one check at a time: what just fits passes, what just doesn't is told.
namespace entrepot::scenarios::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Checks, AShiftEndsAfterItsStart) {
    const auto shift = [](const char* hours) {
        return Scratch().over_tiny(std::string("[site.North.shift.day]\n") + hours);
    };
    EXPECT_THAT(shift("start = \"06:00\"\nend = \"07:00\"\n"), IsEmpty());
    EXPECT_THAT(shift("start = \"06:00\"\nend = \"06:00\"\n"),
                ElementsAre(HasSubstr("site.North.shift.day.end: got 06:00 to 06:00, want an end after the start")));
}

TEST(Checks, ASiteLendsPickersToOnePool) {
    const auto pools = [](const char* text) { return Scratch().over_tiny(text); };
    EXPECT_THAT(pools("[crew_pool.a]\nsites = [\"North\", \"South\"]\n"), IsEmpty());
    EXPECT_THAT(pools("[crew_pool.a]\nsites = [\"North\", \"South\"]\n[crew_pool.b]\nsites = [\"West\", \"South\"]\n"),
                ElementsAre(HasSubstr("crew_pool.b.sites: got \"South\" again, want each site once")));
    EXPECT_THAT(pools("[crew_pool.a]\nsites = [\"North\"]\n"),
                ElementsAre(HasSubstr("crew_pool.a.sites: got one site, want at least two")));
    EXPECT_THAT(pools("[crew_pool.a]\nsites = [\"North\", \"Nord\"]\n"),
                ElementsAre(HasSubstr("crew_pool.a.sites: got \"Nord\", want the name of a site")));
    EXPECT_THAT(pools("[site.West]\nhandling = \"at_once\"\n[crew_pool.a]\n"), ElementsAre(HasSubstr("crew_pool.a")));
}

/// The measured window has 21 days, and 7 follow it.
TEST(Checks, WhatHappensIsWithinTheHorizon) {
    const auto absence = [](int day) {
        return Scratch().over_tiny("[disturbance.d]\nkind = \"absence\"\nsite = \"West\"\nfactor = 0.2\nday = \"" +
                                   std::to_string(day) + " d\"\nduration = \"1 d\"\n");
    };
    EXPECT_THAT(absence(27), IsEmpty());
    EXPECT_THAT(absence(28), ElementsAre(HasSubstr("disturbance.d.day: got day 28, want a day before the end")));
}

/// 16 of the 21 measured days are no calm ones.
TEST(Checks, AYearHasRoomForItsSpikes) {
    const auto spikes = [](int a_year) {
        return Scratch().over_tiny("[finance]\nspikes_per_year = " + std::to_string(a_year) + "\n");
    };
    EXPECT_THAT(spikes(17), IsEmpty());
    EXPECT_THAT(spikes(30), ElementsAre(HasSubstr("finance.spikes_per_year: got 30 spikes")));
}

TEST(Checks, TimesFromDockToStockAreInOrder) {
    const auto times = [](const char* list) {
        return Scratch().over_tiny(std::string("[site.North]\ndock_to_stock = ") + list + "\n");
    };
    EXPECT_THAT(times("[\"5 h\", \"5 h\", \"5 h\"]"), IsEmpty());
    EXPECT_THAT(times("[\"5 h\", \"4 h\", \"12 h\"]"), ElementsAre(HasSubstr("times out of order")));
    EXPECT_THAT(times("[\"2 h\", \"14 h\", \"12 h\"]"), ElementsAre(HasSubstr("times out of order")));
}

TEST(Checks, ALaneJoinsTwoSites) {
    const auto lane_to = [](const std::string& site) {
        return Scratch().over_tiny("[transfers.lane.a]\nfrom = \"North\"\nto = \"" + site +
                                   "\"\nlead_time = \"2 d\"\n");
    };
    EXPECT_THAT(lane_to("South"), IsEmpty());
    EXPECT_THAT(lane_to("North"), ElementsAre(HasSubstr("transfers.lane.a.to: got \"North\", want another site")));
}

}  // namespace
}  // namespace entrepot::scenarios::testing

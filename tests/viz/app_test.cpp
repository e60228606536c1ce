#include <algorithm>
#include <array>
#include <chrono>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "studies/explain/supply.hpp"
#include "viz/shown.hpp"
#include "viz/timeline/scale.hpp"
#include "viz/views/map.hpp"

namespace entrepot::viz {

namespace {

using models::start_of;

TEST(App, EveryViewDrawsSomethingInEverySizeAndScale) {
    Shown shown(shipped("tiny.toml"));
    shown.engine().go_to(start_of(20));
    shown.settled();
    for (const std::string& view : shown.app->view_names()) {
        shown.app->show(view);
        for (const auto& [width, height] : std::array<std::pair<int, int>, 3>{{{1600, 1000}, {800, 600}, {480, 320}}}) {
            for (const double scale : {1.0, 2.0}) {
                shown.size(static_cast<float>(width), static_cast<float>(height));
                shown.app->settings().scale = scale;
                EXPECT_GT(shown.settled(), 300) << view << " " << width << "x" << height << " at " << scale;
            }
        }
    }
}

TEST(App, KeysRunStepAndGoBack) {
    Shown shown(shipped("tiny.toml"));
    shown.settled();
    shown.type(">");
    shown.settled();
    EXPECT_EQ(shown.now(), start_of(1));
    shown.type("].");
    shown.settled();
    EXPECT_EQ(shown.now(), start_of(8) + sim::hours{1});
    shown.type(",");
    shown.settled();
    shown.type("<");
    shown.settled();
    EXPECT_EQ(shown.now(), start_of(7));
    shown.type("e");
    shown.settled();
    EXPECT_GE(shown.now(), start_of(7));
    const auto before = shown.now();
    shown.type(" ");
    // Its thread may have to wait for a processor.
    const auto comes_true = [&](const auto& condition) {
        for (int i = 0; i < 2000 && !condition(); ++i) {
            shown.frames();
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return condition();
    };
    EXPECT_TRUE(comes_true([&] { return shown.engine().look()->running || shown.now() > before; }));
    shown.type(" ");
    EXPECT_TRUE(comes_true([&] { return !shown.engine().look()->running; }));
}

TEST(App, KeysChooseViewsSitesStrategiesAndTheme) {
    Shown shown(shipped("tiny.toml"));
    shown.settled();
    shown.type("2");
    EXPECT_EQ(shown.app->settings().left, "queues");
    shown.type("1w");
    EXPECT_EQ(shown.app->selection().site, 0);
    const bool dark = shown.app->settings().dark;
    shown.type("t)");
    EXPECT_NE(shown.app->settings().dark, dark);
    EXPECT_GT(shown.app->settings().scale, 1);
    shown.type("?");
    EXPECT_GT(shown.frames(2), 0);
    shown.type("q");
    EXPECT_TRUE(shown.app->closing());
}

TEST(App, HomeGoesToTheBeginningWhileAButtonIsFocused) {
    Shown shown(shipped("tiny.toml"));
    shown.type("]");
    shown.settled();
    const ImGuiIO& io = ImGui::GetIO();
    shown.press(ImGuiKey_Tab);
    shown.press(ImGuiKey_DownArrow);
    ASSERT_TRUE(io.NavVisible);
    shown.press(ImGuiKey_Home);
    shown.settled();
    EXPECT_EQ(shown.now(), sim::kStart);
    shown.press(ImGuiKey_End);
    shown.settled();
    EXPECT_EQ(shown.now(), start_of(7));
}

TEST(App, FieldsAreReachedByAKeyAndTakeWhatIsTyped) {
    Shown shown(shipped("tiny.toml"));
    shown.settled();
    for (const auto& [key, view] : {std::pair{"/", "find"}, std::pair{"f", "fork"}}) {
        shown.type(key);
        shown.frames(3);
        EXPECT_EQ(shown.app->settings().left, view);
        EXPECT_TRUE(ImGui::GetIO().WantTextInput);
        shown.type("q t");  // no commands now
        EXPECT_FALSE(shown.app->closing());
        ImGui::GetIO().KeysDown[ImGuiKey_Escape] = true;
        shown.frames(2);
        ImGui::GetIO().KeysDown[ImGuiKey_Escape] = false;
        shown.frames(2);
        EXPECT_FALSE(ImGui::GetIO().WantTextInput);
    }
}

TEST(App, AnotherReplicationIsWatchedAtTheSameMoment) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S6"}});
    shown.type("]");
    shown.settled();
    const auto first = shown.engine().look()->lanes.front().scene.digest;
    shown.type("r");
    shown.settled();
    EXPECT_EQ(shown.engine().which().replication, 1U);
    EXPECT_EQ(shown.now(), start_of(7));
    ASSERT_EQ(shown.engine().look()->lanes.size(), 1U) << "the options are kept";
    EXPECT_EQ(shown.engine().look()->lanes.front().strategy, "S6");
    EXPECT_NE(shown.engine().look()->lanes.front().scene.digest, first);
}

TEST(App, AnotherReplicationNeedsNoFile) {
    auto file = std::make_unique<TextFile>("entrepot_viz_cut.toml",
                                           "base = \"" + shipped("tiny.toml").string() + "\"\nname = \"cut\"\n");
    Shown shown(file->path);
    shown.type("]");
    shown.settled();
    file.reset();
    shown.type("r");
    shown.settled();
    ASSERT_TRUE(shown.app->session().ready());
    EXPECT_EQ(shown.engine().which().replication, 1U);
    EXPECT_EQ(shown.now(), start_of(7));
    EXPECT_TRUE(shown.app->session().trouble.empty());
}

TEST(App, WhatCouldNotBeShownIsTriedAgainWhenItIsAnother) {
    const TextFile file("entrepot_viz_mended.toml", "base = 1\n");
    Shown shown(file.path);
    ASSERT_FALSE(shown.app->session().ready());
    std::ofstream(file.path) << "base = \"" << shipped("tiny.toml").string() << "\"\nname = \"mended\"\n";
    std::filesystem::last_write_time(file.path, std::filesystem::file_time_type::clock::now() + std::chrono::hours{1});
    shown.frames(200);  // more than the seconds between two looks
    EXPECT_TRUE(shown.app->session().ready());
}

TEST(App, AChangedBaseIsTold) {
    const TextFile base("entrepot_viz_base.toml", "base = \"" + shipped("tiny.toml").string() + "\"\nname = \"b\"\n");
    const TextFile file("entrepot_viz_upon.toml", "base = \"entrepot_viz_base.toml\"\n");
    Shown shown(file.path);
    ASSERT_TRUE(shown.app->session().ready());
    EXPECT_TRUE(change_of(shown.app->session()).empty());
    std::filesystem::last_write_time(base.path, std::filesystem::file_time_type::clock::now() + std::chrono::hours{1});
    EXPECT_NE(change_of(shown.app->session()).find("entrepot_viz_base.toml has changed"), std::string::npos);
}

TEST(App, TabGoesRoundAndEnterPressesWhatIsMarked) {
    Shown shown(shipped("tiny.toml"));
    shown.type("]");
    shown.settled();
    const ImGuiIO& io = ImGui::GetIO();
    const auto focus = [&] {
        const std::string status = shown.app->status();
        const auto at = status.find("focus=") + 6;
        return status.substr(at, status.find('\n', at) - at);
    };
    std::vector<std::string> round;
    for (int i = 0; i < 5; ++i) shown.press(ImGuiKey_Tab), round.push_back(focus());
    EXPECT_EQ(round, (std::vector<std::string>{"bar", "left", "right", "below", "bar"}));
    shown.press(ImGuiKey_Enter);  // the first button goes to the beginning
    shown.settled();
    EXPECT_EQ(shown.now(), sim::kStart);
    // What Return left isn't opened again by it.
    shown.type("/");
    shown.frames(3);
    ASSERT_TRUE(io.WantTextInput);
    shown.press(ImGuiKey_Enter);
    EXPECT_FALSE(io.WantTextInput);
}

TEST(App, ZoomsAboutTheMomentShown) {
    Shown shown(shipped("tiny.toml"));
    shown.engine().go_to(start_of(10));
    shown.settled();
    const auto place = [&] {
        const std::string status = shown.app->status();
        TimeAxis axis;
        std::istringstream(status.substr(status.find("axis=") + 5)) >> axis.from >> axis.to >> axis.left >> axis.right;
        return std::pair(static_cast<double>(axis.x(240)), axis.to - axis.from);
    };
    const auto before = place();
    shown.type("z");
    shown.frames(2);
    EXPECT_NEAR(place().first, before.first, 2);
    EXPECT_LT(place().second, before.second);
}

TEST(App, ViewsThatThereArentAreForgotten) {
    Settings settings;
    settings.left = "zzz", settings.right = "compaer";
    Shown shown(shipped("tiny.toml"), {}, settings);
    EXPECT_EQ(shown.app->settings().left, "network");
    EXPECT_EQ(shown.app->settings().right, "queues");
}

struct StoryTest : testing::Test {
    StoryTest() : shown(shipped("tiny.toml"), {.strategies = {"S0", "S6"}}) {}
    std::shared_ptr<const Told> ask(const std::string& name) {
        shown.app->session().storyteller->ask("S0", name, -1);
        shown.app->session().storyteller->settle();
        return shown.app->session().storyteller->told();
    }
    Shown shown;
};

TEST_F(StoryTest, PurchaseLinesAndTransfersAreFoundByTheirNames) {
    const models::Network network = scenarios::build(*shown.app->session().loaded, "S0");
    studies::explain::Supply supply(network);
    studies::explain::Watcher* watchers[] = {&supply};
    studies::explain::rerun(network, shown.engine().which(), watchers, true);
    ASSERT_FALSE(supply.purchases().empty());
    ASSERT_FALSE(supply.transfers().empty());
    for (const std::string& name : {std::string("PO-South-A0002-2026-01-28"), supply.name(supply.purchases().back()),
                                    supply.name(supply.transfers().back())}) {
        const auto told = ask("  " + name + " \t");
        ASSERT_EQ(told->stories.size(), 1U) << name << ": " << told->trouble;
        EXPECT_EQ(told->stories.front().name, name);
    }
    EXPECT_FALSE(ask("PO-South-A0002-1999-01-28")->trouble.empty());
}

TEST_F(StoryTest, AnotherStrategyIsToldAnew) {
    shown.app->settings().left = "find";
    ask("A0002");
    shown.frames(2);
    shown.type("s");
    shown.frames(2);
    shown.app->settle();
    const auto told = shown.app->session().storyteller->told();
    EXPECT_EQ(told->asked, "A0002");
    EXPECT_EQ(told->strategy, "S6") << "what is told is of the strategy that is shown";
}

TEST(Map, CardsCoverEachOtherNowhere) {
    const auto loaded = scenarios::load(shipped("tiny.toml")).loaded.value();
    const models::Network network = scenarios::build(loaded, "S0");
    const ImVec2 card{100, 50};
    EXPECT_FALSE(lay_out(network, {{0, 0}, {900, 600}}, card, 0).crowded());
    EXPECT_TRUE(lay_out(network, {{0, 0}, {900, 45}}, card, 0).crowded()) << "lower than a card";
    EXPECT_TRUE(lay_out(network, {{0, 0}, {110, 70}}, card, 0).crowded()) << "room for one";
    const Map rows = lay_out_in_rows(network, {{0, 0}, {210, 60}}, card);
    EXPECT_FALSE(rows.crowded());
    EXPECT_EQ(rows.cards.size(), std::min<std::size_t>(2, network.sites.size()));
}

TEST(App, TellsWhatItShows) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S0", "S6"}});
    shown.type("]2w");
    shown.settled();
    const std::string status = shown.app->status();
    for (const char* line : {"left=queues\n", "hours=168.0000\n", "running=false\n", "lanes=S0,S6\n", "site=0\n"}) {
        EXPECT_NE(status.find(line), std::string::npos) << line << status;
    }
}

TEST(App, ErrorsOfAScenarioAreShownWithTheirPlaces) {
    const TextFile file("entrepot_viz_wrong.toml",
                        "base = \"" + shipped("tiny.toml").string() + "\"\n[study]\nreplicatoins = 3\nseed = -1\n");
    Shown shown(file.path);
    ASSERT_EQ(shown.app->session().problems.size(), 2U);
    EXPECT_EQ(shown.app->session().problems[0].line, 3);
    EXPECT_GT(shown.frames(3), 100);
}

TEST(App, WhatCantBeShownSaysWhy) {
    const TextFile study("entrepot_viz_no_study.h5", "not HDF5");
    for (const auto& file :
         {study.path, std::filesystem::path("/nowhere/at/all.toml"), std::filesystem::temp_directory_path()}) {
        Shown shown(file);
        EXPECT_FALSE(shown.app->session().trouble.empty()) << file;
        EXPECT_FALSE(shown.app->session().ready());
        EXPECT_GT(shown.frames(3), 50) << file;
    }
}

TEST(App, AFileThatVanishesIsToldAndWhatWasReadStays) {
    const std::string text = "base = \"" + shipped("tiny.toml").string() + "\"\nname = \"gone\"\n";
    auto file = std::make_unique<TextFile>("entrepot_viz_gone.toml", text);
    Shown shown(file->path);
    ASSERT_TRUE(shown.app->session().ready());
    EXPECT_TRUE(change_of(shown.app->session()).empty());
    file.reset();
    EXPECT_NE(change_of(shown.app->session()).find("no longer there"), std::string::npos);
    EXPECT_GT(shown.frames(200), 300);
}

TEST(App, UnknownStrategiesAreAllTold) {
    Shown shown(shipped("tiny.toml"), {.strategies = {"S9", "S0", "X"}});
    EXPECT_EQ(shown.app->session().problems.size(), 2U);
    EXPECT_GT(shown.frames(3), 50);
}

TEST(Settings, AreWrittenAndReadBack) {
    const auto folder = std::filesystem::temp_directory_path() / "entrepot_viz_settings";
    Settings settings;
    settings.left = "find", settings.dark = false, settings.scale = 1.5, settings.width = 900, settings.split = 0.5F;
    ASSERT_TRUE(save_settings(folder / "viz.ini", settings));
    EXPECT_EQ(load_settings(folder / "viz.ini"), settings);
    std::ofstream(folder / "viz.ini") << "scale=banana\nwidth=-4\nleft=find\n=\n";
    EXPECT_EQ(load_settings(folder / "viz.ini").scale, 1);
    EXPECT_EQ(load_settings(folder / "viz.ini").width, Settings{}.width);
    std::filesystem::remove_all(folder);
    EXPECT_EQ(load_settings(folder / "viz.ini"), Settings{});
}

}  // namespace

}  // namespace entrepot::viz

#include <fstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "viz/app/app.hpp"

/// What the window shows, in words for a program that drives it.
namespace entrepot::viz {

namespace {

std::string one_line(std::string text) {
    for (char& c : text) {
        if (c == '\n' || c == '\r') c = ' ';
    }
    return text;
}

}  // namespace

std::string App::status() const {
    std::string text;
    const auto add = [&](std::string_view key, const auto& value) {
        text += fmt::format("{}={}\n", key, one_line(fmt::format("{}", value)));
    };
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    add("size", fmt::format("{:.0f}x{:.0f}", screen.x, screen.y));
    add("scale", scale());
    add("theme", settings_.dark ? "dark" : "light");
    add("left", settings_.left);
    add("right", settings_.right);
    add("losses", losses_);
    add("help", help_);
    add("typing", ImGui::GetIO().WantTextInput);
    add("notice", notice_);
    add("said", said_);
    const auto stop = focused_stop();
    add("focus", stop ? stops_[*stop].name : "");
    add("trouble", session_.trouble.empty() && look_ ? look_->trouble : session_.trouble);
    add("problems", session_.problems.size());
    add("study", session_.study ? session_.study->study.replication_count() : 0);
    if (!look_) return text;
    add("moment", session_.clock->moment(look_->now));
    add("hours", fmt::format("{:.4f}", sim::in<sim::hours>(look_->now.time_since_epoch())));
    add("reached", fmt::format("{:.4f}", sim::in<sim::hours>(look_->reached.time_since_epoch())));
    // The hours are told for the time line, too: what is drawn of the moment is whole.
    add("running", look_->running);
    add("busy", look_->busy);
    add("speed", session_.engine->speed());
    std::vector<std::string> lanes, forks;
    for (const LaneLook& lane : look_->lanes) {
        lanes.push_back(lane.strategy);
        if (lane.forked) forks.push_back(fmt::format("{} {}", lane.strategy, fmt::join(lane.changes, ";")));
    }
    add("lanes", fmt::format("{}", fmt::join(lanes, ",")));
    add("forks", fmt::format("{}", fmt::join(forks, ",")));
    add("refused", fmt::format("{}", fmt::join(look_->refused, "; ")));
    add("lane", selection_.lane);
    add("site", selection_.site);
    add("digest",
        fmt::format("{:016x}", look_->lanes[std::min(selection_.lane, look_->lanes.size() - 1)].scene.digest));
    const auto told = session_.storyteller->told();
    add("asked", told->asked);
    add("telling", told->busy);
    add("told_under", told->strategy);
    add("told", told->stories.empty() ? "" : told->stories.front().subject + " " + told->stories.front().name);
    add("lists", told->lists.size());
    add("untold", told->trouble);
    for (const auto& v : views_) {
        if (v->name() == settings_.left) add("view", v->state());
        if (v->wants_case()) add("opened", v->state());
    }
    add("cases", look_->lanes[std::min(selection_.lane, look_->lanes.size() - 1)].scene.lists.cases.size());
    add("axis", fmt::format("{:.2f} {:.2f} {:.1f} {:.1f}", axis_.from, axis_.to, axis_.left, axis_.right));
    return text;
}

void App::write_status() {
    if (status_file_.empty()) return;
    std::string text = status();
    if (text == status_written_) return;
    status_written_ = std::move(text);
    const std::filesystem::path fresh = status_file_.string() + ".new";
    {
        std::ofstream stream(fresh);
        stream << status_written_;
        if (!stream.flush()) return;
    }
    std::error_code ignored;
    std::filesystem::rename(fresh, status_file_, ignored);  // whoever reads it reads all of it
}

}  // namespace entrepot::viz

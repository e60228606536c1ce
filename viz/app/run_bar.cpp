#include "viz/app/run_bar.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace entrepot::viz {

namespace {

/// Goes to the next line where the next item would not fit.
void keep_room_for(float width) {
    if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
}

/// A button that says in a tooltip what it does and which key does the same.
bool button(const char* label, const char* tip) {
    keep_room_for(ImGui::CalcTextSize(label, nullptr, true).x + 2 * ImGui::GetStyle().FramePadding.x);
    const bool pressed = ImGui::Button(label);
    if (ImGui::IsItemHovered() || (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible)) ImGui::SetTooltip("%s", tip);
    ImGui::SameLine(0, ImGui::GetStyle().ItemSpacing.x / 2);
    return pressed;
}

void gap() { ImGui::SameLine(0, ImGui::GetStyle().ItemSpacing.x * 2); }

void draw_steps(Engine& engine, const Look& look, std::size_t lane, bool narrow) {
    const auto label = [&](const char* wide, const char* slim) { return narrow ? slim : wide; };
    if (button("|<", "To the beginning (Home)")) engine.go_to(sim::kStart);
    if (button(label("<< week", "<w"), "Back a week ([)")) engine.step(Step::week, true);
    if (button(label("< day", "<d"), "Back a day (<)")) engine.step(Step::day, true);
    if (button(label("< hour", "<h"), "Back an hour (,)")) engine.step(Step::hour, true);
    if (button(look.running ? "Pause" : "Run", "Run or pause (Space)")) engine.run(!look.running);
    if (button(label("event >", "e>"), "The next event (e)")) engine.step(Step::event, false, lane);
    if (button(label("hour >", "h>"), "To the next full hour (.)")) engine.step(Step::hour, false);
    if (button(label("day >", "d>"), "To the next midnight (>)")) engine.step(Step::day, false);
    if (button(label("week >>", "w>"), "A week on (])")) engine.step(Step::week, false);
}

void draw_speed(Engine& engine, float width) {
    ImGui::SetNextItemWidth(width);
    if (ImGui::BeginCombo("##speed", speed_text(engine.speed()).c_str())) {
        for (const double speed : kSpeeds) {
            if (ImGui::Selectable(speed_text(speed).c_str(), speed == engine.speed())) engine.set_speed(speed);
        }
        ImGui::EndCombo();
    }
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("Speed: + and - change it");
}

void draw_strategies(Frame& frame) {
    for (std::size_t i = 0; i < frame.look->lanes.size(); ++i) {
        const LaneLook& lane = frame.look->lanes[i];
        const bool chosen = frame.selection.lane == i;
        const std::string from = lane.forked ? fmt::format(" (from {})", lane.from) : "";
        ImGui::PushStyleColor(ImGuiCol_Text, lane_colour(frame.theme, i));
        if (chosen) ImGui::PushStyleColor(ImGuiCol_Button, ImGui::GetStyleColorVec4(ImGuiCol_Header));
        if (button(fmt::format("{}{}##lane{}", lane.strategy, from, i).c_str(),
                   fmt::format("{} {}{}: show it in the views that show one (s)", lane.strategy, lane.title,
                               lane.forked ? fmt::format(", in the world of {} until {}", lane.from,
                                                         frame.clock().short_moment(*lane.forked))
                                           : "")
                       .c_str())) {
            frame.selection.lane = i;
        }
        ImGui::PopStyleColor(chosen ? 2 : 1);
    }
}

/// At the end the study says whether this is its replication, bit for bit.
std::string study_verdict(const Frame& frame) {
    const LaneLook& lane = frame.lane();
    if (!frame.session.study || lane.forked || frame.look->now < frame.look->end) return "";
    const results::Study& study = frame.session.study->study;
    const auto found = std::ranges::find(study.strategies, lane.strategy);
    const std::size_t number = frame.session.engine->which().replication;
    if (found == study.strategies.end() || number >= study.replication_count()) return "";
    const auto& kept = study.replications[static_cast<std::size_t>(found - study.strategies.begin())][number];
    return kept.digest == lane.scene.digest ? ", as in the study"
                                            : ", NOT that of the study: another version ran it, or it was edited";
}

std::string digest_text(const Frame& frame) {
    const Scene& scene = frame.lane().scene;
    if (scene.events == 0) return "trajectory: nothing has happened yet";
    return fmt::format("trajectory {:016x}{}", scene.digest, study_verdict(frame));
}

void draw_moment(const Frame& frame) {
    const Look& look = *frame.look;
    ImGui::PushFont(frame.fonts.bold);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(frame.clock().moment(look.now).c_str());
    ImGui::PopFont();
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", digest_text(frame).c_str());
    ImGui::SameLine();
    const int day = static_cast<int>(std::chrono::floor<sim::days>(look.now.time_since_epoch()).count());
    const bool warm = frame.clock().days().of(day) < 0;
    const std::string state = look.busy              ? "on the way ..."
                              : look.running         ? fmt::format("{:.1f} days a second", look.pace)
                              : look.now >= look.end ? "the end"
                                                     : "paused";
    ImGui::TextDisabled("%s%s", state.c_str(), warm ? ", warm-up" : "");
}

/// Other replications of the same: of a study those that it has.
void draw_replications(Frame& frame) {
    const std::size_t now = frame.session.engine->which().replication;
    const std::size_t most =
        frame.session.study ? frame.session.study->study.replication_count() : static_cast<std::size_t>(1'000'000);
    if (now > 0 && ImGui::SmallButton("Previous")) frame.selection.replication = now - 1;
    if (now > 0) ImGui::SameLine();
    if (now + 1 < most && ImGui::SmallButton("Next")) frame.selection.replication = now + 1;
    if (now + 1 >= most) ImGui::NewLine();
}

/// The same as `entrepot replay --digest` prints for this strategy up to this moment.
void draw_digest(const Frame& frame) {
    ImGui::TextDisabled("%s", digest_text(frame).c_str());
    if (ImGui::IsItemHovered()) {
        ImGui::SetTooltip(
            "Fingerprint of all %s events of %s so far: entrepot replay --until ... --digest prints the same",
            count_text(static_cast<double>(frame.lane().scene.events)).c_str(), frame.lane().strategy.c_str());
    }
}

}  // namespace

std::string speed_text(double days_per_second) {
    return days_per_second <= 0 ? "as fast as it can" : fmt::format("{:g} d/s", days_per_second);
}

double other_speed(double now, int by) {
    const auto found = std::ranges::find(kSpeeds, now);
    const auto place = found == kSpeeds.end() ? 3 : found - kSpeeds.begin();
    return kSpeeds[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place + by, 0, std::ssize(kSpeeds) - 1))];
}

void draw_run_bar(Frame& frame, Settings& settings, bool& help) {
    const float s = frame.scale;
    const bool narrow = ImGui::GetContentRegionAvail().x < 1000 * s;  // then words and the fingerprint make way
    const auto tools = [&] {
        keep_room_for(150 * s);
        const float right = ImGui::GetWindowContentRegionMax().x - (narrow ? 150 : 190) * s;
        if (ImGui::GetCursorPosX() < right) ImGui::SetCursorPosX(right);
        if (button(settings.dark ? "Light" : "Dark", "The other theme (t)")) settings.dark = !settings.dark;
        if (button("A-", "Smaller letters (()")) settings.scale = std::max(0.75, settings.scale - 0.25);
        if (button("A+", "Larger letters ())")) settings.scale = std::min(3.0, settings.scale + 0.25);
        if (button("?", "Keys and hints (?)")) help = !help;
        ImGui::NewLine();
    };
    if (!frame.look) return tools();
    Engine& engine = *frame.session.engine;
    draw_steps(engine, *frame.look, frame.selection.lane, narrow);
    gap();
    keep_room_for(140 * s);
    draw_speed(engine, narrow ? 90 * s : 130 * s);
    gap();
    keep_room_for(60 * s * static_cast<float>(std::min<std::size_t>(4, frame.look->lanes.size())));
    draw_strategies(frame);
    if (narrow) {
        tools();
    } else {
        gap();
        keep_room_for(430 * s);
    }
    draw_moment(frame);
    gap();
    if (!narrow) {
        keep_room_for(230 * s);
        draw_digest(frame);
        gap();
        tools();
    } else {
        ImGui::NewLine();
    }
    ImGui::PushFont(frame.fonts.small);
    ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
    const std::string words = one_replication(frame);
    const float room = ImGui::GetContentRegionAvail().x - 150 * s;
    ImGui::TextUnformatted(Painter::fitted(words, std::max(60 * s, room), frame.fonts.small).c_str());
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", words.c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine();
    draw_replications(frame);
    ImGui::PopFont();
}

}  // namespace entrepot::viz

#include <algorithm>
#include <array>
#include <string_view>

#include "viz/app/app.hpp"
#include "viz/app/run_bar.hpp"

/// Everything by keyboard. Characters come as they are typed, so that any layout of keys will do; ImGui's own keys
/// (Tab, arrows, Space on a focused button) move through what can be pressed.
namespace entrepot::viz {

namespace {

struct Key {
    std::string_view keys, what;
};
constexpr std::array kKeys{
    Key{"Space", "run or pause"},
    Key{", and .", "an hour back, an hour on"},
    Key{"< and >", "a day back, a day on"},
    Key{"[ and ]", "a week back, a week on"},
    Key{"e", "the next event"},
    Key{"Home and End", "the beginning; as far as it has run"},
    Key{"+ and -", "faster, slower"},
    Key{"1 to 6", "the view of that number; 6 is the time line where it has no room below"},
    Key{"/", "find something: type its name"},
    Key{"f", "fork: type what shall change from here on"},
    Key{"w", "follow the next warehouse, then all"},
    Key{"s", "show the next strategy"},
    Key{"r", "watch the next replication; of a study, the first after the last"},
    Key{"z and x", "zoom the time line in and out"},
    Key{"c and v", "move the time line to earlier and later"},
    Key{"t", "dark or light"},
    Key{"( and )", "smaller and larger letters"},
    Key{"Tab and arrows", "go to a button, a field or a warehouse; Enter or Space presses it; Esc leaves it"},
    Key{"h", "hints in the views"},
    Key{"?", "this page"},
    Key{"q", "close"},
};

bool pressed(int key) { return key >= 0 && ImGui::IsKeyPressed(key, false); }

}  // namespace

void App::keys(Frame& frame) {
    ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput) return;
    const double last = look_ ? sim::in<sim::hours>(look_->end.time_since_epoch()) : 24;
    const float middle = (axis_.left + axis_.right) / 2, tenth = (axis_.right - axis_.left) / 10;
    for (const ImWchar typed : io.InputQueueCharacters) {
        switch (typed) {
            case 't':
                settings_.dark = !settings_.dark;
                break;
            case '(':
                settings_.scale = std::max(0.75, settings_.scale - 0.25);
                break;
            case ')':
                settings_.scale = std::min(3.0, settings_.scale + 0.25);
                break;
            case 'h':
                settings_.hints = !settings_.hints;
                break;
            case '?':
                help_ = !help_;
                break;
            case 'q':
                closing_ = true;
                break;
            default:
                break;
        }
        if (typed >= '1' && typed <= '9') {
            int nth = typed - '0';
            for (const auto& v : views_) {
                if ((v->pane() == Pane::main || flat_) && v->fits(session_) && --nth == 0) settings_.left = v->name();
            }
        }
        if (!frame.look) continue;
        Engine& engine = *session_.engine;
        switch (typed) {
            case ' ':
                if (!io.NavVisible) engine.run(!frame.look->running);
                break;
            case ',':
                engine.step(Step::hour, true);
                break;
            case '.':
                engine.step(Step::hour, false);
                break;
            case '<':
                engine.step(Step::day, true);
                break;
            case '>':
                engine.step(Step::day, false);
                break;
            case '[':
                engine.step(Step::week, true);
                break;
            case ']':
                engine.step(Step::week, false);
                break;
            case 'e':
                engine.step(Step::event, false, selection_.lane);
                break;
            case '+':
                engine.set_speed(other_speed(engine.speed(), 1));
                break;
            case '-':
                engine.set_speed(other_speed(engine.speed(), -1));
                break;
            case 'z':
                axis_.zoom(0.7, middle, last);
                break;
            case 'x':
                axis_.zoom(1 / 0.7, middle, last);
                break;
            case 'c':
                axis_.pan(-tenth, last);
                break;
            case 'v':
                axis_.pan(tenth, last);
                break;
            case '/':
                settings_.left = selection_.focus = "find";
                break;
            case 'f':
                settings_.left = selection_.focus = "fork";
                break;
            case 'r':
                selection_.replication = next_replication();
                break;
            case 's':
                selection_.lane = (selection_.lane + 1) % frame.look->lanes.size();
                break;
            case 'w':
                if (++selection_.site >= static_cast<int>(frame.network().sites.size())) selection_.site = -1;
                break;
            default:
                break;
        }
    }
    if (help_ && pressed(ImGui::GetKeyIndex(ImGuiKey_Escape))) help_ = false;
    if (!frame.look) return;
    if (pressed(home_key_)) session_.engine->go_to(sim::kStart);
    if (pressed(end_key_)) session_.engine->go_to(frame.look->reached);
}

std::size_t App::next_replication() const {
    const std::size_t next = session_.engine->which().replication + 1;
    return session_.study && next >= session_.study->study.replication_count() ? 0 : next;
}

/// Home and End are ours, unless somebody types: ImGui would go to the first or last button with them.
void App::take_keys() {
    ImGuiIO& io = ImGui::GetIO();
    const auto take = [&](ImGuiKey key, int& ours) {
        if (io.KeyMap[key] >= 0) ours = io.KeyMap[key];
        io.KeyMap[key] = io.WantTextInput ? ours : -1;
    };
    take(ImGuiKey_Home, home_key_);
    take(ImGuiKey_End, end_key_);
}

void App::draw_help() {
    ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always, {0.5F, 0.5F});
    const ImVec2 screen = ImGui::GetMainViewport()->Size;
    ImGui::SetNextWindowSize({std::min(screen.x - 20, 640 * scale()), std::min(screen.y - 20, 560 * scale())});
    if (ImGui::Begin("Keys", &help_,
                     ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse |
                         ImGuiWindowFlags_NoSavedSettings)) {
        if (ImGui::BeginTable("keys", 2, ImGuiTableFlags_RowBg)) {
            ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, 150 * scale());
            ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
            for (const Key& key : kKeys) {
                ImGui::TableNextColumn();
                ImGui::PushFont(fonts_.bold);
                ImGui::TextUnformatted(key.keys.data(), key.keys.data() + key.keys.size());
                ImGui::PopFont();
                ImGui::TableNextColumn();
                ImGui::TextWrapped("%.*s", static_cast<int>(key.what.size()), key.what.data());
            }
            ImGui::EndTable();
        }
        if (ImGui::Button("Close")) help_ = false;
    }
    ImGui::End();
}

}  // namespace entrepot::viz

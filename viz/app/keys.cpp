#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <imgui_internal.h>

#include "viz/app/app.hpp"
#include "viz/app/run_bar.hpp"

/// Everything by keyboard. Characters come as they are typed, so that any layout of keys will do. Tab goes from the run
/// bar to the panes and round; within one ImGui's arrows go on, and Space or Enter presses what is marked.
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
    Key{"1 to 7", "the view of that number; 8 the time line where it has no room below"},
    Key{"/", "find something: type its name"},
    Key{"f", "fork: type what shall change from here on"},
    Key{"o and O", "open the next case that waits; the one before"},
    Key{"w", "follow the next warehouse, then all"},
    Key{"s", "show the next strategy"},
    Key{"r", "watch the next replication; of a study, the first after the last"},
    Key{"z and x", "zoom the time line in and out"},
    Key{"c and v", "move the time line to earlier and later"},
    Key{"t", "dark or light"},
    Key{"( and )", "smaller and larger letters"},
    Key{"Tab", "to the buttons above, into the next pane, and round; with Shift backwards"},
    Key{"arrows", "within these from one button, field or warehouse to the next"},
    Key{"Enter or Space", "press what is marked; Esc leaves it"},
    Key{"h", "hints in the views"},
    Key{"?", "this page"},
    Key{"q", "close"},
};

bool pressed(int key) { return key >= 0 && ImGui::IsKeyPressed(key, false); }

}  // namespace

void App::keys(Frame& frame) {
    ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput) return;
    for (const ImWchar typed : io.InputQueueCharacters) {
        look_key(typed);
        if (typed >= '1' && typed <= '9') show_nth(typed - '0');
        if (!frame.look) continue;
        run_key(typed, frame);
        axis_key(typed);
        choice_key(typed, frame);
    }
    if (help_ && pressed(ImGui::GetKeyIndex(ImGuiKey_Escape))) help_ = false;
    if (!frame.look) return;
    if (pressed(home_key_)) session_.engine->go_to(sim::kStart);
    if (pressed(end_key_)) session_.engine->go_to(frame.look->reached);
}

/// How all looks, whatever is open.
void App::look_key(ImWchar typed) {
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
}

void App::show_nth(int nth) {
    for (const auto& v : views_) {
        if ((v->pane() == Pane::main || flat_) && v->fits(session_) && --nth == 0) settings_.left = v->name();
    }
}

/// Time goes on, or back.
void App::run_key(ImWchar typed, const Frame& frame) {
    Engine& engine = *session_.engine;
    switch (typed) {
        case ' ':
            if (!ImGui::GetIO().NavVisible) engine.run(!frame.look->running);
            break;
        case ',':
        case '.':
            engine.step(Step::hour, typed == ',');
            break;
        case '<':
        case '>':
            engine.step(Step::day, typed == '<');
            break;
        case '[':
        case ']':
            engine.step(Step::week, typed == '[');
            break;
        case 'e':
            engine.step(Step::event, false, selection_.lane);
            break;
        case '+':
        case '-':
            engine.set_speed(other_speed(engine.speed(), typed == '+' ? 1 : -1));
            break;
        default:
            break;
    }
}

/// What the time line shows.
void App::axis_key(ImWchar typed) {
    const double last = sim::in<sim::hours>(look_->end.time_since_epoch());
    const double now = sim::in<sim::hours>(look_->now.time_since_epoch());
    const float tenth = (axis_.right - axis_.left) / 10;
    switch (typed) {
        case 'z':
        case 'x':
            axis_.follow(now, last);
            axis_.zoom(typed == 'z' ? 0.7 : 1 / 0.7, axis_.x(now), last);
            break;
        case 'c':
        case 'v':
            axis_.pan(typed == 'c' ? -tenth : tenth, last);
            break;
        default:
            break;
    }
}

/// What is looked at.
void App::choice_key(ImWchar typed, const Frame& frame) {
    switch (typed) {
        case '/':
            settings_.left = selection_.focus = "find";
            break;
        case 'f':
            settings_.left = selection_.focus = "fork";
            break;
        case 'o':
        case 'O':
            open_next(frame, typed == 'O');
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

/// Of the cases that wait or are worked on, the oldest first.
void App::open_next(const Frame& frame, bool back) {
    const auto& cases = frame.lane().scene.lists.cases;
    const auto opened = std::ranges::find(cases, selection_.opened, &CaseScene::number);
    std::uint32_t next = models::kNone;  // that which waits longest, where no list is told yet
    if (opened != cases.end()) {
        const auto at = static_cast<std::size_t>(opened - cases.begin()), count = cases.size();
        next = cases[(at + (back ? count - 1 : 1)) % count].number;
    } else if (!cases.empty()) {
        next = cases.front().number;
    }
    selection_.open(next);
    show_beside(two_ && settings_.left != "queues" ? settings_.right : settings_.left);
}

std::size_t App::next_replication() const {
    const std::size_t next = session_.engine->which().replication + 1;
    return session_.study && next >= session_.study->study.replication_count() ? 0 : next;
}

/// Home and End are ours, unless somebody types: ImGui would go to the first or last button with them. So is Tab, with
/// which it only goes from field to field. What is marked is pressed by Space; Enter stands for it then, unless it was
/// pressed to leave a field.
void App::take_keys() {
    ImGuiIO& io = ImGui::GetIO();
    if (io.KeyMap[ImGuiKey_Tab] >= 0) tab_key_ = std::exchange(io.KeyMap[ImGuiKey_Tab], -1);
    const int enter = io.KeyMap[ImGuiKey_Enter];
    if (io.KeyMap[ImGuiKey_Space] != enter) space_key_ = io.KeyMap[ImGuiKey_Space];
    const bool down = enter >= 0 && io.KeysDown[enter];
    if (!down || io.WantTextInput) enter_presses_ = !io.WantTextInput;
    io.KeyMap[ImGuiKey_Space] = down && enter_presses_ ? enter : space_key_;
    const auto take = [&](ImGuiKey key, int& ours) {
        if (io.KeyMap[key] >= 0) ours = io.KeyMap[key];
        io.KeyMap[key] = io.WantTextInput ? ours : -1;
    };
    take(ImGuiKey_Home, home_key_);
    take(ImGuiKey_End, end_key_);
}

/// Where the marked button is; nothing while none is marked.
std::optional<std::size_t> App::focused_stop() const {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
    if (g.NavDisableHighlight || g.NavId == 0) return std::nullopt;
    for (const ImGuiWindow* at = g.NavWindow; at != nullptr; at = at->ParentWindow) {
        const auto found = std::ranges::find(stops_, at, &FocusStop::window);
        if (found != stops_.end()) return static_cast<std::size_t>(found - stops_.begin());
    }
    return std::nullopt;
}

/// Tab: the first thing of the next part of the screen is marked. The stops are those of the frame before.
void App::go_round() {
    if (!pressed(tab_key_) || stops_.empty()) return;
    const std::size_t count = stops_.size(), by = ImGui::GetIO().KeyShift ? count - 1 : 1;
    const std::optional<std::size_t> now = focused_stop();
    ImGuiWindow* next = stops_[now ? (*now + by) % count : 0].window;
    ImGui::ClearActiveID();  // a field is left
    ImGui::FocusWindow(next);
    ImGui::NavInitWindow(next, true);
    ImGui::GetCurrentContext()->NavDisableHighlight = false;
}

void App::draw_help() {
    ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always, {0.5F, 0.5F});
    const ImVec2 screen = ImGui::GetMainViewport()->Size;
    ImGui::SetNextWindowSize({std::min(screen.x - 20, 640 * scale()), std::min(screen.y - 20, 560 * scale())});
    if (ImGui::Begin("Keys", &help_,
                     ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse |
                         ImGuiWindowFlags_NoSavedSettings)) {
        stops_ = {{"help", ImGui::GetCurrentWindow()}};
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

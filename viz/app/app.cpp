#include "viz/app/app.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <imgui_internal.h>

#include "viz/app/ground.hpp"
#include "viz/app/run_bar.hpp"

namespace entrepot::viz {

namespace {

constexpr double kSecondsBetweenFileLooks = 2;

/// What is wrong with a file, in a few lines.
std::string what_is_wrong(const Session& session) {
    if (session.problems.empty()) return session.trouble;
    constexpr std::size_t kMost = 5;
    const std::size_t count = session.problems.size();
    std::string text = fmt::format("{} can't be run as it is now:", session.file.string());
    for (std::size_t i = 0; i < std::min(kMost, count); ++i) text += "\n" + to_string(session.problems[i]);
    if (count > kMost) text += fmt::format("\nand {} more", count - kMost);
    return text;
}

}  // namespace

App::App(Session session, Settings settings, float screen)
    : session_(std::move(session)), settings_(std::move(settings)), screen_(screen), views_(all_views()) {
    ImGuiIO& io = ImGui::GetIO();
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.IniFilename = nullptr;
    for (int key = 0; key < ImGuiKey_COUNT; ++key) {  // a window's backend maps them to its own afterwards
        if (io.KeyMap[key] < 0) io.KeyMap[key] = key;
    }
    if (session_.ready()) {
        look_ = session_.engine->look();
        axis_ = {0, sim::in<sim::hours>(look_->end.time_since_epoch()), 0, 1};
    }
    if (session_.study) settings_.left = "compare";
    if (!has(settings_.left)) settings_.left = Settings{}.left;
    if (!has(settings_.right)) settings_.right = Settings{}.right;
}

bool App::prepare() {
    take_keys();
    const bool letters = styled_ != scale();
    if (letters) fonts_ = load_fonts(scale());
    if (letters || styled_dark_ != settings_.dark) {
        theme_ = settings_.dark ? dark_theme() : light_theme();
        apply(theme_, scale());
    }
    styled_ = scale();
    styled_dark_ = settings_.dark;
    return letters;
}

View* App::view(const std::string& name) const {
    const auto found = std::ranges::find_if(views_, [&](const auto& v) { return v->name() == name; });
    return found == views_.end() ? nullptr : found->get();
}

bool App::has(const std::string& name) const { return view(name) != nullptr; }
void App::show(const std::string& name) { settings_.left = name; }

std::vector<std::string> App::view_names() const {
    std::vector<std::string> names;
    for (const auto& v : views_) names.emplace_back(v->name());
    return names;
}

void App::settle() {
    if (!session_.ready()) return;
    session_.engine->settle();
    session_.storyteller->settle();
}

bool App::moving() const { return ImGui::GetTime() - moved_ < 0.5; }

void App::frame() {
    const ImGuiIO& io = ImGui::GetIO();
    const bool touched = io.MouseDelta.x != 0 || io.MouseDelta.y != 0 || io.MouseDown[0] || io.MouseWheel != 0 ||
                         !io.InputQueueCharacters.empty() || ImGui::IsAnyItemActive();
    if (touched || (look_ && (look_->running || look_->busy))) moved_ = ImGui::GetTime();
    if (session_.ready()) {
        look_ = session_.engine->look();
        session_.take_hours();
        Wanted wanted{.item = selection_.item, .opened = selection_.opened};
        for (const std::string& shown : {settings_.left, settings_.right}) {
            const View* v = view(shown);
            wanted.lists = wanted.lists || (v && v->wants_lists());
            wanted.one_case = wanted.one_case || (v && v->wants_case());
        }
        session_.engine->want(wanted);
    }
    Frame frame{session_, look_.get(), selection_, axis_, theme_, fonts_, scale()};
    go_round();
    selection_.lane = look_ ? std::min(selection_.lane, look_->lanes.size() - 1) : 0;
    if (look_) {  // another strategy's cases have numbers of their own
        const LaneLook& lane = frame.lane();
        const bool same = lane.id == opened_of_ || (lane.forked && lane.from_id == opened_of_);
        if (!same) selection_.opened = models::kNone;
        opened_of_ = lane.id;
    }
    keys(frame);

    const ImGuiViewport& screen = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos(screen.Pos);
    ImGui::SetNextWindowSize(screen.Size);
    ImGui::PushFont(fonts_.body);
    ImGui::Begin("entrepot", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoBackground);
    drawn_panes_.clear();
    stops_ = {{"bar", ImGui::GetCurrentWindow()}};
    draw_run_bar(frame, settings_, help_);
    draw_notice(frame);
    if (!session_.problems.empty()) {
        draw_problems();
    } else if (!session_.trouble.empty()) {
        draw_message(session_.file.string(), session_.trouble);
    } else if (look_ && !look_->trouble.empty()) {
        draw_message("The replication broke off", look_->trouble);
    } else {
        draw_panes(frame);
    }
    draw_around(drawn_panes_, theme_.ground);
    ImGui::End();
    if (help_) draw_help();
    ImGui::PopFont();
    // Only now, as all above looks at what is open.
    if (std::exchange(reads_again_, false)) read_again();
    if (selection_.replication) watch(*std::exchange(selection_.replication, std::nullopt));
}

void App::draw_notice(const Frame&) {
    const bool broken = !session_.ready() && !session_.study;
    if (ImGui::GetTime() - looked_at_file_ > kSecondsBetweenFileLooks) {
        looked_at_file_ = ImGui::GetTime();
        notice_ = change_of(session_);
        // What could not be shown is tried again as soon as it is another.
        if (broken && !notice_.empty()) reads_again_ = true;
    }
    if (broken) return;
    draw_said();
    if (notice_.empty()) return;
    ImGui::PushStyleColor(ImGuiCol_Text, theme_.warn);
    // The button goes first: whatever the length of a path, it is there.
    ImGui::PopStyleColor();
    if (ImGui::SmallButton("Open again")) reads_again_ = true;
    ImGui::SameLine();
    ImGui::PushStyleColor(ImGuiCol_Text, theme_.warn);
    ImGui::TextWrapped("%s", notice_.c_str());
    ImGui::PopStyleColor();
}

void App::draw_said() {
    if (said_.empty()) return;
    ImGui::PushStyleColor(ImGuiCol_Text, theme_.warn);
    ImGui::TextWrapped("%s", said_.c_str());
    ImGui::PopStyleColor();
    if (ImGui::SmallButton("I see")) said_.clear(), leaves_forks_for_.reset();
}

void App::say(const std::string& text) {
    said_ = text;
    moved_ = ImGui::GetTime();
}

/// "S6*1, S0*2"; empty where there is no fork.
std::string App::forks_text() const {
    std::vector<std::string> names;
    if (look_) {
        for (const LaneLook& lane : look_->lanes) {
            if (lane.forked) names.push_back(lane.strategy);
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Whatever comes to run, the moment and what is followed stay.
template <class Change>
void App::change_what_runs(const Change& change) {
    const std::optional<models::Time> moment = look_ ? std::optional(look_->now) : std::nullopt;
    const Selection before = selection_;
    look_.reset();
    change();
    look_ = session_.ready() ? session_.engine->look() : nullptr;
    selection_ = {};
    notice_.clear();
    if (!session_.ready()) return;
    const models::Network& network = session_.engine->network();
    if (before.site < static_cast<int>(network.sites.size())) selection_.site = before.site;
    if (before.item < network.items.size()) selection_.item = before.item;
    if (before.lane < look_->lanes.size()) selection_.lane = before.lane;
    if (moment) {
        session_.engine->go_to(*moment);
    } else {  // the first that could be shown
        axis_.from = 0, axis_.to = sim::in<sim::hours>(look_->end.time_since_epoch());
    }
}

/// With the options that it was opened with, at the moment that was shown. What can't be shown takes nothing away.
void App::read_again() {
    Session fresh = open(session_.file, session_.options);
    const auto shows = [](const Session& session) { return session.ready() || session.study; };
    if (shows(session_) && !shows(fresh)) {
        return say(what_is_wrong(fresh) + "\nWhat was read before is still shown.");
    }
    const std::string forks = forks_text();
    change_what_runs([&] {
        session_.storyteller.reset();  // they look at what is about to go
        session_.engine.reset();
        session_ = std::move(fresh);
    });
    say(forks.empty() ? "" : fmt::format("The file was read anew. Left were the forks of what it was: {}.", forks));
}

/// Forks are of the replication that is shown: they are left only when that is asked for twice.
void App::watch(std::size_t replication) {
    const std::string forks = forks_text();
    if (!forks.empty() && leaves_forks_for_ != replication) {
        leaves_forks_for_ = replication;
        return say(fmt::format("The forks {} are of replication {}. Ask for replication {} once more to leave them.",
                               forks, session_.engine->which().replication, replication));
    }
    leaves_forks_for_.reset();
    change_what_runs([&] { watch_replication(session_, replication); });
    say(forks.empty() ? "" : fmt::format("Replication {} is shown. Left were the forks {}.", replication, forks));
}

void App::draw_message(const std::string& title, const std::string& text) {
    ImGui::Dummy({0, 20 * scale()});
    ImGui::PushFont(fonts_.title);
    ImGui::TextWrapped("%s", title.c_str());
    ImGui::PopFont();
    ImGui::TextWrapped("%s", text.c_str());
    if (ImGui::Button("Open again")) reads_again_ = true;
}

void App::draw_problems() {
    ImGui::PushFont(fonts_.title);
    ImGui::TextWrapped("%s", fmt::format("{} can't be run yet", session_.file.string()).c_str());
    ImGui::PopFont();
    ImGui::TextWrapped(
        "%s",
        fmt::format("All that is wrong with it, {} in the order of the files. Mend it and open it again.",
                    session_.problems.size() == 1 ? "one thing," : fmt::format("{} things,", session_.problems.size()))
            .c_str());
    if (ImGui::Button("Open again")) reads_again_ = true;
    const auto flags =
        ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Resizable;
    if (!ImGui::BeginTable("problems", 3, flags)) return;
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableSetupColumn("Where", ImGuiTableColumnFlags_WidthStretch, 0.3F);
    ImGui::TableSetupColumn("Key", ImGuiTableColumnFlags_WidthStretch, 0.2F);
    ImGui::TableSetupColumn("What", ImGuiTableColumnFlags_WidthStretch, 0.5F);
    ImGui::TableHeadersRow();
    for (const scenarios::Problem& problem : session_.problems) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::TextWrapped("%s", (problem.line > 0 ? fmt::format("{}:{}:{}", problem.file, problem.line, problem.column)
                                                   : problem.file)
                                     .c_str());
        ImGui::TableNextColumn();
        ImGui::TextWrapped("%s", problem.path.c_str());
        ImGui::TableNextColumn();
        ImGui::TextWrapped("%s", problem.message.c_str());
    }
    ImGui::EndTable();
}

}  // namespace entrepot::viz

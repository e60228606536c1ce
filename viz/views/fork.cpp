#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "viz/live/forking.hpp"
#include "viz/views/figures.hpp"
#include "viz/views/futures.hpp"
#include "viz/views/registry.hpp"

namespace entrepot::viz {

namespace {

/// From here with another strategy or other values: both futures side by side.
class ForkView final : public View {
public:
    std::string_view name() const override { return "fork"; }
    std::string_view title() const override { return "Fork"; }
    std::string_view hint() const override {
        return "Takes the world as it stands at this moment on under another strategy, with other values, or both. "
               "Both futures meet the same demand, delays and absences, and run side by side in all views.";
    }
    void draw(Frame& frame) override;
    std::string state() const override { return fmt::format("{}: {}", strategy_, fmt::join(wrong_, "; ")); }

private:
    void begin(const Frame& frame);
    void draw_wish(Frame& frame);
    void draw_keys(const Frame& frame);
    void draw_wrong(const Frame& frame) const;
    void draw_forks(Frame& frame);
    void ask(Frame& frame);

    const scenarios::Loaded* of_ = nullptr;  ///< the scenario whose keys these are
    std::vector<ChangeableKey> keys_;
    std::vector<std::string> strategies_, wrong_;
    std::string strategy_;
    std::array<char, 512> typed_{};
    bool listed_ = false, asked_ = false;
    Futures futures_;
};

std::string title_of_strategy(const Frame& frame, const std::string& strategy) {
    for (const auto& [key, part] : frame.session.loaded->scenario.strategies) {
        if (key == strategy) return part.terms.title;
    }
    return "";
}

/// What is being typed: the change after the last semicolon.
std::string_view last_change(std::string_view typed) {
    typed = typed.substr(typed.rfind(';') == typed.npos ? 0 : typed.rfind(';') + 1);
    while (!typed.empty() && typed.front() == ' ') typed.remove_prefix(1);
    return typed;
}

void ForkView::begin(const Frame& frame) {
    of_ = frame.session.loaded.get();
    keys_ = changeable_keys(*of_);
    strategies_ = scenarios::strategy_names(of_->scenario);
    wrong_.clear();
    // What differs from what runs is what one would like to see.
    const auto other = std::ranges::find_if(strategies_, [&](const std::string& s) { return s != frame.lane().root; });
    strategy_ = other == strategies_.end() ? strategies_.front() : *other;
    for (const LaneLook& lane : frame.look->lanes) {
        if (lane.strategy != frame.lane().strategy) strategy_ = lane.root;
    }
}

void ForkView::draw(Frame& frame) {
    ImGui::BeginChild("fork", {}, false, ImGuiWindowFlags_HorizontalScrollbar | ImGuiWindowFlags_NavFlattened);
    if (of_ != frame.session.loaded.get()) begin(frame);
    draw_wish(frame);
    draw_wrong(frame);
    if (listed_) draw_keys(frame);
    ImGui::Separator();
    draw_forks(frame);
    ImGui::EndChild();
}

void ForkView::draw_wish(Frame& frame) {
    const LaneLook& lane = frame.lane();
    ImGui::PushFont(frame.fonts.bold);
    paragraph(fmt::format("The world of {} at {}", fork_text(frame, lane), frame.clock().moment(frame.look->now)));
    ImGui::PopFont();
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("goes on under");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(std::min(260 * frame.scale, room_across()));
    const std::string shown = fmt::format("{} {}", strategy_, title_of_strategy(frame, strategy_));
    if (ImGui::BeginCombo("##strategy", shown.c_str())) {
        for (const std::string& one : strategies_) {
            const std::string text = fmt::format("{} {}", one, title_of_strategy(frame, one));
            if (ImGui::Selectable(text.c_str(), one == strategy_)) strategy_ = one;
        }
        ImGui::EndCombo();
    }
    const float button = ImGui::CalcTextSize("Fork here").x + 2 * ImGui::GetStyle().FramePadding.x;
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted("with");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(std::max(60 * frame.scale, room_across() - button - 12 * frame.scale));
    if (frame.selection.focus == name()) {
        ImGui::SetKeyboardFocusHere();
        frame.selection.focus.clear();
    }
    const std::string example = keys_.empty() ? "" : fmt::format("nothing else, or KEY=VALUE; KEY=VALUE");
    const bool entered =
        ImGui::InputTextWithHint("##changes", example.c_str(), typed_.data(), typed_.size(),
                                 ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    if (ImGui::IsItemActive()) listed_ = true;
    ImGui::SameLine();
    const bool over = frame.look->now >= frame.look->end;
    if (ImGui::Button("Fork here") || entered) {
        if (over) {
            wrong_ = {"the run is at its end: go back to where the futures shall part"};
        } else {
            ask(frame);
        }
    }
    if (ImGui::Checkbox("Keys that a running world can take", &listed_) && !listed_) wrong_.clear();
}

void ForkView::ask(Frame& frame) {
    ForkWish wish{.lane = frame.selection.lane, .strategy = strategy_, .changes = split_changes(typed_.data())};
    // A future of a changed world keeps what was changed there, unless that is what changes.
    std::vector<std::string> kept;
    const auto key_of = [](const std::string& change) { return change.substr(0, change.find_first_of(" =")); };
    for (const std::string& change : frame.lane().changes) {
        const bool anew = std::ranges::any_of(wish.changes, [&](auto& c) { return key_of(c) == key_of(change); });
        if (!anew) kept.push_back(change);
    }
    wish.changes.insert(wish.changes.begin(), kept.begin(), kept.end());
    if (wish.changes == frame.lane().changes && wish.strategy == frame.lane().root && !frame.lane().forked) {
        wrong_ = {"nothing would differ: choose another strategy, or give a key another value"};
        return;
    }
    wrong_ = fork(frame.session, wish);
    asked_ = true;
}

void ForkView::draw_wrong(const Frame& frame) const {
    const std::vector<std::string>& all = wrong_.empty() && asked_ ? frame.look->refused : wrong_;
    if (all.empty()) return;
    ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
    ImGui::TextUnformatted("This world can't go on so:");
    for (const std::string& one : all) paragraph("\u25b2 " + one);
    ImGui::PopStyleColor();
}

/// The keys that fit what is typed, with the values that they have; a click takes one over.
void ForkView::draw_keys(const Frame& frame) {
    const std::string_view typed = last_change(typed_.data());
    const std::string_view wanted = typed.substr(0, typed.find_first_of(" ="));
    std::vector<const ChangeableKey*> fitting;
    for (const ChangeableKey& key : keys_) {
        const bool of_other = key.key.starts_with("strategy.") && !key.key.starts_with("strategy." + strategy_ + ".");
        if (!of_other && key.key.find(wanted) != std::string::npos) fitting.push_back(&key);
    }
    ImGui::PushFont(frame.fonts.small);
    if (fitting.empty()) {
        ImGui::TextWrapped(
            "None of them holds \"%s\". What customers order, suppliers, carriers, items and places belong to the "
            "world that all futures share.",
            std::string(wanted).c_str());
        ImGui::PopFont();
        return;
    }
    const float rows = static_cast<float>(fitting.size()) * ImGui::GetTextLineHeightWithSpacing() + 18 * frame.scale;
    ImGui::BeginChild("keys", {room_across(), std::min(rows, 150 * frame.scale)}, true);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(fitting.size()));
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const ChangeableKey& key = *fitting[static_cast<std::size_t>(i)];
            const std::string line = fmt::format("{} = {}", key.key, key.value);
            if (!ImGui::Selectable(line.c_str())) continue;
            std::string all(typed_.data());
            all.resize(all.size() - typed.size());
            all += fmt::format("{}={}", key.key, key.value);
            all.resize(std::min(all.size(), typed_.size() - 1));
            std::ranges::fill(typed_, '\0');
            std::ranges::copy(all, typed_.begin());
        }
    }
    ImGui::EndChild();
    ImGui::PopFont();
}

void ForkView::draw_forks(Frame& frame) {
    bool any = false;
    for (std::size_t i = 0; i < frame.look->lanes.size(); ++i) {
        const LaneLook& lane = frame.look->lanes[i];
        if (!lane.forked) continue;
        any = true;
        ImGui::PushID(static_cast<int>(lane.id));
        ImGui::PushStyleColor(ImGuiCol_Text, lane_colour(frame.theme, i));
        ImGui::PushFont(frame.fonts.bold);
        paragraph(fork_text(frame, lane));
        ImGui::PopFont();
        ImGui::PopStyleColor();
        if (ImGui::SmallButton("Go to the fork")) frame.session.engine->go_to(*lane.forked);
        ImGui::SameLine();
        if (ImGui::SmallButton("Leave it")) frame.session.engine->drop(i);
        futures_.draw(frame, i);
        ImGui::PopID();
    }
    if (any) {
        ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
        paragraph((one_replication(frame) + " entrepot fork -n 20 forks twenty worlds."));
        ImGui::PopStyleColor();
    } else {
        ImGui::TextWrapped("No fork yet. Go to the moment at which something shall change, choose what, and fork.");
    }
    ImGui::TextDisabled("%s", fmt::format("Worlds kept to go back to: {} MB", frame.look->kept_bytes >> 20).c_str());
}

}  // namespace

std::unique_ptr<View> make_fork_view() { return std::make_unique<ForkView>(); }

}  // namespace entrepot::viz

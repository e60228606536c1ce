#include <fmt/format.h>

#include "viz/views/registry.hpp"

namespace entrepot::viz {

namespace {

/// From here with another strategy: both futures side by side.
class ForkView final : public View {
public:
    std::string_view name() const override { return "fork"; }
    std::string_view title() const override { return "Fork"; }
    std::string_view hint() const override {
        return "Takes the world as it stands at this moment on under another strategy. Both futures meet the same "
               "demand, delays and absences, and run side by side in all views.";
    }
    void draw(Frame& frame) override;
};

void ForkView::draw(Frame& frame) {
    ImGui::BeginChild("fork");
    Engine& engine = *frame.session.engine;
    ImGui::TextWrapped("%s", fmt::format("The world of {} {} at {}, from here on under", frame.lane().strategy,
                                         frame.lane().title, frame.clock().moment(frame.look->now))
                                 .c_str());
    for (const std::string& strategy : scenarios::strategy_names(frame.session.loaded->scenario)) {
        std::string title;
        for (const auto& [key, part] : frame.session.loaded->scenario.strategies) {
            if (key == strategy) title = part.terms.title;
        }
        if (ImGui::Button(fmt::format("{} {}", strategy, title).c_str())) engine.fork(frame.selection.lane, strategy);
    }
    if (!frame.look->refused.empty()) {
        ImGui::PushStyleColor(ImGuiCol_Text, frame.theme.warn);
        ImGui::TextWrapped("This world can't go on so: %s", frame.look->refused.c_str());
        ImGui::PopStyleColor();
    }
    ImGui::Separator();
    for (std::size_t i = 0; i < frame.look->lanes.size(); ++i) {
        const LaneLook& lane = frame.look->lanes[i];
        if (!lane.forked) continue;
        ImGui::PushID(static_cast<int>(i));
        if (ImGui::SmallButton("Leave it")) engine.drop(i);
        ImGui::SameLine();
        ImGui::TextWrapped("%s", fmt::format("{} in the world of {} since {}", lane.strategy, lane.from,
                                             frame.clock().short_moment(*lane.forked))
                                     .c_str());
        ImGui::PopID();
    }
    ImGui::TextDisabled("%s", fmt::format("Worlds kept to go back to: {} MB", frame.look->kept_bytes >> 20).c_str());
    ImGui::EndChild();
}

}  // namespace

std::unique_ptr<View> make_fork_view() { return std::make_unique<ForkView>(); }

}  // namespace entrepot::viz

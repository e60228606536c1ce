#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "viz/canvas/painter.hpp"
#include "viz/live/session.hpp"
#include "viz/timeline/scale.hpp"

/// What a view is. To add one: a file with its class and its maker, and a line in registry.cpp.
namespace entrepot::viz {

/// What all views follow together, beside the moment.
struct Selection {
    std::size_t lane = 0;  ///< the strategy that is looked at
    int site = -1;         ///< the site that is followed; -1: none
    std::uint32_t item = models::kNone;
    std::uint32_t opened = models::kNone;    ///< the case that is looked at; none: the one that waits longest
    std::string show;                        ///< a view that is to come into sight
    std::string focus;                       ///< the view whose field is to be typed in next
    std::optional<std::size_t> replication;  ///< is to be watched in place of the one that is

    void open(std::uint32_t number) { opened = number, show = "case"; }
};

/// What a view sees while it draws one frame. Its place is the current ImGui window.
struct Frame {
    Session& session;
    const Look* look;  ///< null when no scenario runs
    Selection& selection;
    TimeAxis& axis;
    const Theme& theme;
    const Fonts& fonts;
    float scale;

    const LaneLook& lane() const { return look->lanes[std::min(selection.lane, look->lanes.size() - 1)]; }
    const models::Network& network() const { return session.engine->network(); }
    const studies::Clock& clock() const { return *session.clock; }
    Painter painter() const;
};

/// Where a view may be shown.
enum class Pane { main, below };

class View {
public:
    virtual ~View() = default;
    virtual std::string_view name() const = 0;   ///< as --picture takes it: "network"
    virtual std::string_view title() const = 0;  ///< "Network"
    virtual std::string_view hint() const = 0;   ///< what one sees and can do here, in a sentence or two
    virtual Pane pane() const { return Pane::main; }
    virtual bool wants_lists() const { return false; }
    virtual bool wants_case() const { return false; }
    /// Whether there is something to show of what is open.
    virtual bool fits(const Session& session) const { return session.ready(); }
    virtual void draw(Frame& frame) = 0;
    /// What the view itself has to say to a program that drives the window, in a line.
    virtual std::string state() const { return ""; }
};

/// All views, in the order of their tabs.
std::vector<std::unique_ptr<View>> all_views();

/// How the views' tables look.
constexpr ImGuiTableFlags kTable = ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersInnerV |
                                   ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_Resizable;

/// "One replication: ..." in words, wherever numbers of one are shown.
std::string one_replication(const Frame& frame);

}  // namespace entrepot::viz

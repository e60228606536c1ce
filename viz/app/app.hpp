#pragma once

#include <memory>
#include <string>
#include <vector>

#include "viz/app/settings.hpp"
#include "viz/views/view.hpp"

/// The window's contents, whatever shows them: a window, a picture, or nothing at all in tests.
struct ImGuiWindow;

namespace entrepot::viz {

/// A part of the screen that Tab comes to.
struct FocusStop {
    std::string name;
    ImGuiWindow* window = nullptr;
};

class App {
public:
    /// The ImGui context must be there. `screen`: the screen's own scale of letters.
    App(Session session, Settings settings, float screen = 1);

    /// To be called before ImGui's NewFrame. True when the letters have to be handed to the graphics card anew, as at
    /// first and after a change of scale.
    bool prepare();
    /// Builds one frame, between ImGui's NewFrame and Render.
    void frame();
    /// Another screen, another scale of its own.
    void set_screen_scale(float screen) { screen_ = screen; }
    /// The graphics card has forgotten the letters.
    void letters_lost() { styled_ = 0, ++losses_; }
    /// Whether something on it changes by itself or did so a moment ago, so that it has to be drawn without a pause.
    bool moving() const;
    /// Waits until all that was asked for is there to be drawn; for pictures.
    void settle();

    void show(const std::string& view);  ///< alone on the left; for pictures
    bool has(const std::string& view) const;
    void alone(bool only) { alone_ = only; }  ///< one view and the run bar, nothing else
    std::vector<std::string> view_names() const;

    /// What is shown, a line for each thing: "moment=day 12 (...) 00:00". For programs that drive the window.
    std::string status() const;
    /// Where write_status writes it; empty: nowhere.
    void set_status_file(const std::filesystem::path& file) { status_file_ = file; }
    /// To be called when a frame is on the screen. Writes when something has changed.
    void write_status();

    Session& session() { return session_; }
    Selection& selection() { return selection_; }
    Settings& settings() { return settings_; }
    bool closing() const { return closing_; }
    float scale() const { return screen_ * static_cast<float>(settings_.scale); }
    /// What the screen is to be cleared to; all else is drawn.
    ImU32 ground() const { return theme_.panel; }

private:
    void keys(Frame& frame);
    void look_key(ImWchar typed);
    void show_nth(int nth);
    void run_key(ImWchar typed, const Frame& frame);
    void axis_key(ImWchar typed);
    void choice_key(ImWchar typed, const Frame& frame);
    void open_next(const Frame& frame, bool back);
    void show_beside(std::string& pressed_in);
    void take_keys();
    void go_round();
    std::optional<std::size_t> focused_stop() const;
    std::size_t next_replication() const;
    void read_again();
    void watch(std::size_t replication);
    template <class Change>
    void change_what_runs(const Change& change);
    std::string forks_text() const;
    void say(const std::string& text);
    void draw_message(const std::string& title, const std::string& text);
    void draw_problems();
    void draw_panes(Frame& frame);
    void draw_pane(Frame& frame, const char* id, std::string& shown, ImVec2 size);
    void end_pane();
    void draw_notice(const Frame& frame);
    void draw_said();
    void draw_help();
    void splitter(const char* id, bool upright, float length, float& share, float whole, bool backwards);
    View* view(const std::string& name) const;

    Session session_;
    Settings settings_;
    Selection selection_;
    TimeAxis axis_;
    Theme theme_;
    Fonts fonts_;
    float screen_ = 1, styled_ = 0;
    bool styled_dark_ = false, help_ = false, closing_ = false, alone_ = false, flat_ = false;
    bool two_ = false;           ///< panes stand beside each other
    std::size_t opened_of_ = 0;  ///< the lane whose case is looked at
    std::vector<std::unique_ptr<View>> views_;
    std::vector<ImVec4> drawn_panes_;  ///< of this frame
    std::shared_ptr<const Look> look_;
    std::string notice_, said_, status_written_;   ///< notice: of the files; said: in answer to what was asked for
    std::optional<std::size_t> leaves_forks_for_;  ///< a replication; asked for again it is watched
    std::filesystem::path status_file_;
    double looked_at_file_ = 0, moved_ = 0;
    int home_key_ = -1, end_key_ = -1, tab_key_ = -1, space_key_ = -1, losses_ = 0;  ///< losses: of the graphics card
    bool reads_again_ = false;      ///< the file, at the end of this frame
    bool enter_presses_ = false;    ///< it wasn't pressed to leave a field
    std::vector<FocusStop> stops_;  ///< of this frame, in the order in which Tab goes round
};

}  // namespace entrepot::viz

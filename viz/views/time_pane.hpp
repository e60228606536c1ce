#pragma once

#include "viz/views/view.hpp"

/// A field of bands over the hours, which is scrolled, zoomed and dragged: the time line's, and the interfaces'.
namespace entrepot::viz {

/// Hours since the start, the unit of a time axis.
double hours_of(models::Time t);

class TimePane {
public:
    /// Opens the field at `from`, below what is `head` high; its content begins at `origin()`.
    void begin(const char* name, const Frame& frame, ImVec2 from, ImVec2 room, float head);
    /// Its content is so high; from here on the mouse is heard.
    void listen(float height);
    /// Does what the mouse wants; after the content is drawn.
    void move(Frame& frame);
    static void end();

    const ImVec2& origin() const { return origin_; }
    float top() const { return seen_.y; }
    float bottom() const { return seen_.w; }
    const ImVec4& seen() const { return seen_; }
    /// Whether what lies beneath the mouse should be told.
    bool is_asked() const { return hovered_ && !dragging_; }

private:
    ImVec2 origin_, size_;
    ImVec4 seen_;
    bool hovered_ = false, dragging_ = false;
};

/// The moment shown, as a line, where it lies within the axis.
void draw_time_cursor(const Frame& frame, const Painter& paint, float top, float bottom);

}  // namespace entrepot::viz

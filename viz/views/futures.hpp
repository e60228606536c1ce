#pragma once

#include "viz/views/view.hpp"

/// A fork beside the world that it left: what each measure came to since, and its course.
namespace entrepot::viz {

class Futures {
public:
    /// The fork of that place among the look's lanes. Draws nothing where the world that it left is gone.
    void draw(const Frame& frame, std::size_t fork);

private:
    void draw_table(const Frame& frame, std::size_t before, std::size_t fork, std::size_t first, std::size_t end);
    void draw_course(const Frame& frame, std::size_t before, std::size_t fork, std::size_t first,
                     std::size_t end) const;

    std::size_t place_ = static_cast<std::size_t>(-1);  ///< all warehouses
    int followed_ = -1;
    const Measure* measure_ = kMeasures.data();  ///< whose course is drawn
};

/// What a lane is: "S6* in the world of S0 since 6 Jun 12:00, with site.SE.pickers=40".
std::string fork_text(const Frame& frame, const LaneLook& lane);

}  // namespace entrepot::viz

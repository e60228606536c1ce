#include "viz/views/view.hpp"

#include <fmt/format.h>

namespace entrepot::viz {

Painter Frame::painter() const { return {ImGui::GetWindowDrawList(), theme, fonts, scale}; }

std::string one_replication(const Frame& frame) {
    return fmt::format("One replication: number {}, seed {}. No interval, no proof: studies have those.",
                       frame.session.engine->replication().number, frame.session.engine->replication().seed);
}

}  // namespace entrepot::viz

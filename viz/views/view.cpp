#include "viz/views/view.hpp"

#include <fmt/format.h>

namespace entrepot::viz {

Painter Frame::painter() const { return {ImGui::GetWindowDrawList(), theme, fonts, scale}; }

std::string one_replication(const Frame& frame) {
    const Replication& one = frame.session.engine->replication();
    if (!frame.session.study) {
        return fmt::format("One replication: number {}, seed {}. No interval, no proof: studies have those.",
                           one.number, one.seed);
    }
    return fmt::format(
        "Watched is one replication: number {} of the study's {}, seed {}. The study's intervals are of all.",
        one.number, frame.session.study->study.replication_count(), one.seed);
}

}  // namespace entrepot::viz

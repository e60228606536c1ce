#include "viz/views/view.hpp"

#include <fmt/format.h>

namespace entrepot::viz {

Painter Frame::painter() const { return {ImGui::GetWindowDrawList(), theme, fonts, scale}; }

std::string one_replication(const Frame& frame) {
    const studies::Which& one = frame.session.engine->which();
    if (!frame.session.study) {
        return fmt::format("One replication: replication {} of seed {}. No interval, no proof: studies have those.",
                           one.replication, one.seed);
    }
    return fmt::format(
        "Watched is one replication: replication {} of the study's 0 to {}, seed {}. The study's intervals are of all.",
        one.replication, frame.session.study->study.replication_count() - 1, one.seed);
}

}  // namespace entrepot::viz

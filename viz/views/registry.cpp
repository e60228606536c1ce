#include "viz/views/registry.hpp"

namespace entrepot::viz {

std::vector<std::unique_ptr<View>> all_views() {
    std::vector<std::unique_ptr<View>> views;
    views.push_back(make_network_view());
    return views;
}

}  // namespace entrepot::viz

#include "viz/views/registry.hpp"

namespace entrepot::viz {

std::vector<std::unique_ptr<View>> all_views() {
    std::vector<std::unique_ptr<View>> views;
    views.push_back(make_network_view());
    views.push_back(make_queues_view());
    views.push_back(make_interfaces_view());
    views.push_back(make_case_view());
    views.push_back(make_find_view());
    views.push_back(make_compare_view());
    views.push_back(make_fork_view());
    views.push_back(make_timeline_view());
    return views;
}

}  // namespace entrepot::viz

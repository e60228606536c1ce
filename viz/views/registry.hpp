#pragma once

#include "viz/views/view.hpp"

/// The makers of all views, each in a file of its own.
namespace entrepot::viz {

std::unique_ptr<View> make_network_view();
std::unique_ptr<View> make_queues_view();
std::unique_ptr<View> make_interfaces_view();
std::unique_ptr<View> make_case_view();
std::unique_ptr<View> make_find_view();
std::unique_ptr<View> make_compare_view();
std::unique_ptr<View> make_fork_view();
std::unique_ptr<View> make_timeline_view();

}  // namespace entrepot::viz

#pragma once

#include "viz/views/view.hpp"

/// The makers of all views, each in a file of its own.
namespace entrepot::viz {

std::unique_ptr<View> make_network_view();

}  // namespace entrepot::viz

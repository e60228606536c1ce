#pragma once

#include <string>

#include "sim/event.hpp"
#include "studies/explain/names.hpp"

namespace entrepot::studies::explain {

/// What a message says, as names and values: "item=A0001 units=12 of=purchase#4". Of every kind of message; a new one
/// doesn't compile before it is described. What has a place and no name, such as a task, is a number behind a `#`.
std::string message_text(const sim::Event& event, const models::Network& network, const Names& names);

}  // namespace entrepot::studies::explain

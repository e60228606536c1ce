#pragma once

#include <string>

#include "sim/event.hpp"
#include "studies/explain/world_names.hpp"

namespace entrepot::studies::explain {

/// What a message says, as names and values: "item=A0001 units=12 of=PO-SE-A0001-2026-05-12". Of every kind of message;
/// a new one doesn't compile before it is described. What it speaks of by a place in memory is named as stories name
/// it.
std::string message_text(const sim::Event& event, const WorldNames& names);

}  // namespace entrepot::studies::explain

#pragma once

#include "models/model.hpp"

/// The item master, as wrong as it is. Nothing is kept where all of it is right.
namespace entrepot::models {

/// Which items are wrong on day 0, the same for all strategies.
void draw_master_data(Headquarters& hq, const Network& network, const sim::Draws& draws);

/// What is ordered where so many units are wanted.
Units as_ordered(const Headquarters& hq, ItemId item, Units units, const Network& network);
bool has_wrong_unit(const Headquarters& hq, ItemId item);

Money cost_on_record(const Headquarters& hq, ItemId item, const Network& network);
ClassId class_on_record(const Headquarters& hq, ItemId item, const Network& network);

/// Somebody sees that too much is ordered, or has come; it is put right in a while.
void report_wrong_unit(Headquarters& hq, ItemId item, Context& context);

}  // namespace entrepot::models

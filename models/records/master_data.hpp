#pragma once

#include "models/model.hpp"

/// The item master, as wrong as it is. Nothing is kept where all of it is right.
namespace entrepot::models {

/// Which items are wrong on day 0, the same for all strategies.
void draw_master_data(Headquarters& hq, const Network& network, const sim::Draws& draws);
/// The same, and when others become so.
void start_master_data(Headquarters& hq, Context& context);
/// The clean-up's next turn, where the strategy has one.
void start_clean_up(Context& context);

/// What is ordered where so many units are wanted.
Units as_ordered(const Headquarters& hq, ItemId item, Units units, const Network& network);
bool has_wrong_unit(const Headquarters& hq, ItemId item);

Money cost_on_record(const Headquarters& hq, ItemId item, const Network& network);
ClassId class_on_record(const Headquarters& hq, ItemId item, const Network& network);
/// The lead time that the item's supplier has on record, as the item's record has it.
Duration lead_time_on_record(const Headquarters& hq, ItemId item, const Network& network);
OrderSizes sizes_on_record(const Headquarters& hq, ItemId item, const Network& network);
/// Units of a day's demand that are counted at a site over its own, since its region or another one's is planned for
/// elsewhere. `ordered`: in the region whose demand it is.
Units moved_to(const MasterRecord& record, SiteId site, Units ordered);

/// A supplier sells whole packs, and its minimum at least: what a wrong record has asked for becomes that, whatever was
/// approved. Returns the units.
Units as_sold(Headquarters& hq, ItemId item, Units units, Context& context);

/// Somebody sees that what is ordered is wrong, or has come; it is put right in a while.
void report_error(Headquarters& hq, ItemId item, Context& context);

/// What is wrong on a day.
void tell_master_data(const Headquarters& hq, Context& context);

}  // namespace entrepot::models

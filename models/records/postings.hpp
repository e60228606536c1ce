#pragma once

#include "models/model.hpp"

/// How the record learns of what happened, and headquarters of the record. Legacy: a nightly batch carries everything.
/// Modern: every change is an event through a middleware with latency, and a pump forwards it to headquarters.
namespace entrepot::models {

/// Whether the record learns of a change in the moment in which it happens.
inline bool posts_at_once(const Integration& terms) {
    return !terms.batch_minute && terms.latency_median <= Duration::zero() && !terms.watches(InterfaceName::posting);
}

/// Sends a change of the physical stock on its way to the record.
void post(SiteState& site, const Posting& posting, Context& context);

/// It has come through to the ERP, which takes a while to post it; returns how long.
Duration deliver_posting(SiteState& site, const Posting& posting, Context& context);
/// The ERP posts what it has posted already: stock that isn't there, or that it no longer believes to be. A count finds
/// out.
void post_twice(SiteState& site, const Posting& posting, Context& context);
/// The batch posts all that waits for it.
void post_journal(SiteState& site, bool twice, Context& context);
/// Tells headquarters of all receipts and changed records since the last time.
void extract(SiteState& site, Context& context);
/// The same of one item's record, which was held up on its way: {item, net, second in which it was to come}.
void extract_late(SiteState& site, const Content& content, Context& context);
/// The pump runs when it is due; it is, where something is to be told.
void schedule_pump(SiteState& site, Context& context);

/// Somebody counts the item's stock: the record is corrected by what the postings under way don't explain.
void count_stock(SiteState& site, ItemId item, Context& context);

/// Headquarters will hear of the item's record with the next extract.
void tell_headquarters(SiteState& site, ItemId item, Context& context);

/// A receipt that headquarters waits for is in the warehouse.
void note_receipt(SiteState& site, const ReceiptNote& note, Context& context);

}  // namespace entrepot::models

#include "models/decisions/ordering.hpp"
#include "models/decisions/transfers.hpp"
#include "models/records/postings.hpp"
#include "models/records/shop.hpp"

namespace entrepot::models {

void look_at_what_was_touched(SiteState& site, Context& context) {
    if (!site.short_lines.empty()) ask_for_loans(site, context);
    for (std::uint32_t i = 0; i < site.touched_items; ++i) {
        const ItemId item{site.touched[i]};
        StockRecord& record = site.record[item];
        record.touched = false;
        if (context.network().watches_records) tell_headquarters(site, item, context);
        if (!site.shop.stock.empty()) note_for_shop(site, item);
        if (record.looks_at != kLooksNever) follow_policy(site, item, context);
    }
    site.touched_items = 0;
    if (!site.shop.stock.empty()) send_to_shop(site, context);
}

}  // namespace entrepot::models

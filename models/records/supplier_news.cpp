#include "models/records/supplier_news.hpp"

#include "models/network/calendar.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/supply_account.hpp"

namespace entrepot::models {

namespace {

/// So many units of a line won't come after all: whoever accounts for it knows.
void expect_fewer(Headquarters& hq, PurchaseLine& line, Context& context) {
    const Units fewer = line.not_coming - line.record.short_by;
    if (fewer == 0) return;
    line.record.short_by = line.not_coming;
    if (!account_at_site(context.network(), line.site, line.item)) {
        hq.view[hq.location(line.site, line.item)].on_order -= fewer;
    } else {
        context.send(entity_of(line.site), context.now() + context.network().strategy.integration.pump,
                     ReceiptShort{key_of(line.site, line.item), fewer});
    }
}

/// It is due on another day. A later one is put before planners.
void expect_on(PurchaseLine& line, const LineName& name, int day, Context& context) {
    const int was = day_of(line.due);
    line.due += sim::days{day - was};
    const Time looks = looked_for(context.network(), line.due);
    if (looks > context.now()) context.at(looks, ReceiptOverdue{name.index, name.serial});
    tell_order_desk(line, context.now(), was, context);
    if (day > was) context.at(context.now(), ReceiptSlips{name.index, name.serial});
}

}  // namespace

Time looked_for(const Network& network, Time due) {
    return at_hour(business_day_from(network.calendar, day_of(due) + 1), network.office.overdue_hour);
}

void tell_order_desk(const PurchaseLine& line, Time heard, std::int32_t was, Context& context) {
    const Integration& systems = context.network().strategy.integration;
    if (systems.batch_minute) {
        const Time tonight = at_minute(day_of(heard), *systems.batch_minute);
        heard = tonight >= heard ? tonight : tonight + sim::days{1};
    }
    context.send(entity_of(line.site), heard + systems.pump, ReceiptExpected{line.item.value, day_of(line.due), was});
}

void hear_of_purchase(Headquarters& hq, const LineName& name, const News& news, Context& context) {
    PurchaseLine& line = hq.purchases[name.index];
    if (!line.open || line.serial != name.serial) return;
    if (news.heard < line.record.heard) {
        const bool applied = news.overtaken && !news.version_checked;
        constexpr auto kLate = static_cast<std::uint8_t>(InterfaceName::confirmation);  // nothing is newer than an ASN
        if (news.overtaken) context.tell(MessageOvertaken{kLate, applied});
        if (!applied) return;
    }
    find_second_purchase(hq, name.index, name.serial);
    line.record.heard = news.heard;
    const int later = news.day > 0 ? news.day - day_of(line.due) : 0;
    context.tell(SupplierTold{name.index, line.not_coming - line.record.short_by, static_cast<std::int16_t>(later),
                              static_cast<std::uint8_t>(news.heard), news.asked});
    expect_fewer(hq, line, context);
    if (later != 0) expect_on(line, name, news.day, context);
}

}  // namespace entrepot::models

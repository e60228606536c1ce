#include "models/records/postings.hpp"

#include <algorithm>
#include <utility>

#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/caller.hpp"
#include "models/records/interfaces.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/purchasing.hpp"
#include "models/records/supply_account.hpp"
#include "models/records/transfer_orders.hpp"

namespace entrepot::models {

namespace {

/// Of the site's systems.
const Integration& terms_of(const Context& context) { return context.network().strategy.integration; }

void apply(SiteState& site, const Posting& posting, Context& context) {
    const ItemId item{posting.item};
    site.record[item].on_hand += posting.units;
    site.record[item].allocated -= posting.from_allocated;
    site.record[item].unposted -= posting.units;
    const Units freed = posting.units + posting.from_allocated;
    if (freed == 0) return;  // a pick as promised changes nothing that headquarters looks at
    touch(site, item);
    if (freed > 0) allocate_waiting(site, item, context);
}

}  // namespace

namespace {

/// Units of the item's demand since the last extract that what came back has met, where the strategy nets them. A day's
/// demand is never below 0: what is left goes against the next one.
Units returned_of(SiteState& site, ItemId item, const Network& network) {
    if (site.returned.empty() || !network.strategy.workflow.nets_returns) return 0;
    ReturnedStock& back = site.returned[item];
    const Units units = std::clamp(back.restocked - back.netted, 0, site.record[item].demand);
    back.netted += units;
    return units;
}

}  // namespace

void schedule_pump(SiteState& site, Context& context) {
    if (site.pump_due || terms_of(context).batch_minute) return;
    site.pump_due = true;
    context.at(next_beat(context.now(), terms_of(context).pump), PumpRuns{});
}

void extract(SiteState& site, Context& context) {
    const Time arrives = context.now() + terms_of(context).pump;
    const sim::EntityId to = headquarters_of(context.network());
    for (const ReceiptNote& note : site.receipts) {
        context.send(to, arrives, ReceiptReported{note.reference, note.units});
    }
    site.receipts.clear();
    for (std::size_t i = 0; i < site.changed.size(); ++i) {
        if (i + 8 < site.changed.size()) __builtin_prefetch(&site.record[ItemId{site.changed[i + 8]}]);
        const ItemId item{site.changed[i]};
        const Units net = available_on_record(site, item) - site.record[item].waiting;
        site.record[item].changed = 0;
        if (const auto late = hold_up(site, InterfaceName::extract, context)) {
            // What was entered is counted on, and goes with the next one.
            come_late(site, InterfaceName::extract, {item.value, static_cast<std::uint32_t>(net), second_of(arrives)},
                      *late, context);
            continue;
        }
        const Units demand = site.record[item].demand - returned_of(site, item, context.network());
        context.send(to, arrives, StockExtract{key_of(site.id, item), net, demand});
        site.record[item].demand = 0;
    }
    if (!site.changed.empty() && is_stuck(site.links, InterfaceName::posting)) {
        const Link& postings = site.links.all[static_cast<std::size_t>(InterfaceName::posting)];
        context.send(to, arrives, RecordLags{second_of(postings.stuck_since), site.id.value});
    }
    site.changed.clear();
}

void extract_late(SiteState& site, const Content& content, Context& context) {
    const Network& network = context.network();
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump,
                 ExtractOvertaken{key_of(site.id, ItemId{content[0]}), static_cast<Units>(content[1]), content[2]});
}

void post(SiteState& site, const Posting& posting, Context& context) {
    const Integration& terms = terms_of(context);
    const ItemId item{posting.item};
    site.record[item].unposted += posting.units;
    if (terms.batch_minute) {
        site.journal.push_back(posting);
        site.journal.back().minute = static_cast<std::int32_t>(context.now().time_since_epoch() / sim::minutes{1});
        return;
    }
    transmit(
        site, InterfaceName::posting,
        {posting.item, static_cast<std::uint32_t>(posting.units), static_cast<std::uint32_t>(posting.from_allocated)},
        context);
}

Duration deliver_posting(SiteState& site, const Posting& posting, Context& context) {
    const Integration& terms = terms_of(context);
    const ItemId item{posting.item};
    if (terms.latency_median <= Duration::zero()) {
        apply(site, posting, context);
        return {};
    }
    const std::uint64_t key = context.network().items[item].key ^ context.network().sites[site.id].key;
    const auto minute = static_cast<std::uint32_t>(context.now().time_since_epoch() / sim::minutes{1});
    const double u = context.draws().at(purpose::middleware, key, minute).uniform();
    const Duration latency = sim::from_real<sim::seconds>(
        sim::lognormal_median(u, sim::in<sim::seconds>(terms.latency_median), terms.latency_sigma));
    context.after(latency, EventPosts{posting.item, posting.units, posting.from_allocated});
    return latency;
}

void count_stock(SiteState& site, ItemId item, Context& context) {
    const Units known = site.record[item].on_hand + site.record[item].unposted;
    const Units missing = site.truth[item].on_hand - known;
    if (missing == 0) return;
    context.tell(StockAdjusted{item.value, missing, 1});
    post(site, {item.value, missing, 0}, context);
}

void tell_headquarters(SiteState& site, ItemId item, Context& context) {
    if (!site.record[item].changed) {
        site.record[item].changed = 1;
        site.changed.push_back(item.value);
    }
    schedule_pump(site, context);
}

void note_receipt(SiteState& site, const ReceiptNote& note, Context& context) {
    site.receipts.push_back(note);
    schedule_pump(site, context);
}

void post_twice(SiteState& site, const Posting& posting, Context& context) {
    const ItemId item{posting.item};
    site.record[item].on_hand += posting.units;
    touch(site, item);
    if (posting.units > 0) allocate_waiting(site, item, context);
}

/// Of what waits for the batch, some is entered late, by itself: it leaves the journal. The rest tells how long it
/// took.
void hold_back(SiteState& site, Context& context) {
    Caller link(site, static_cast<std::size_t>(InterfaceName::posting), context);
    std::erase_if(site.journal, [&](const Posting& posting) {
        const Duration waited = context.now() - (sim::kStart + sim::minutes{posting.minute});
        if (const auto late = link.hold_up()) {
            const auto bits = [](Units units) { return static_cast<std::uint32_t>(units); };
            const Content content{posting.item, bits(posting.units), bits(posting.from_allocated)};
            link.come_late(content, *late);
            link.note_delay(waited + *late);
            return true;
        }
        link.note_delay(waited);
        return false;
    });
}

void post_journal(SiteState& site, bool twice, Context& context) {
    if (terms_of(context).watches(InterfaceName::posting)) hold_back(site, context);
    // Allocation may make new postings' work, never new postings: the journal doesn't grow while it is applied.
    for (std::size_t i = 0; i < site.journal.size(); ++i) {
        if (i + 8 < site.journal.size()) __builtin_prefetch(&site.record[ItemId{site.journal[i + 8].item}]);
        apply(site, site.journal[i], context);
        if (twice) post_twice(site, site.journal[i], context);
    }
    site.journal.clear();
    settle(site, context);  // what was posted is told tonight
}

void on(SiteState& site, const BatchPosts&, Context& context) {
    if (terms_of(context).batch_minute) return transmit(site, InterfaceName::posting, {}, context);
    post_journal(site, false, context);  // the last one, as other systems take over
    extract(site, context);
}

void on(SiteState& site, const EventPosts& message, Context& context) {
    apply(site, {message.item, message.units, message.from_allocated}, context);
}

void on(SiteState& site, const PumpRuns&, Context& context) { transmit(site, InterfaceName::extract, {}, context); }

void on(Headquarters& hq, const ReceiptReported& message, Context& context) {
    const GoodsReference& goods = message.reference;
    if (goods.kind() == GoodsReference::transfer) return receive_transfer(hq, goods.index(), message.units, context);
    receive_purchase(hq, goods.index(), message.units, context);
}

void on(Headquarters& hq, const StockExtract& message, Context& context) {
    const LocationId location = hq.location(site_of(message.key), item_of(message.key));
    StockView& view = hq.view[location];
    const Units net_before = view.net;
    view.net = message.net;
    hq.cover_changed(location);
    view.heard = context.now();
    hq.told[site_of(message.key)] = context.now() - terms_of(context).pump;  // it is of then
    view.demand += static_cast<std::uint32_t>(message.demand);
    look_at_news(hq, site_of(message.key), item_of(message.key), net_before, context);
}

void on(Headquarters& hq, const RecordLags& message, Context&) {
    hq.told[SiteId{message.site}] = sim::kStart + sim::seconds{message.since};
}

void on(Headquarters& hq, const ExtractOvertaken& message, Context& context) {
    const LocationId location = hq.location(site_of(message.key), item_of(message.key));
    StockView& view = hq.view[location];
    const bool older = second_of(view.heard) > message.due;
    const bool applied = !older || !terms_of(context).of(InterfaceName::extract).version_checked;
    if (older) context.tell(MessageOvertaken{static_cast<std::uint8_t>(InterfaceName::extract), applied});
    if (!applied) return;
    const Units net_before = std::exchange(view.net, message.net);
    hq.cover_changed(location);
    look_at_news(hq, site_of(message.key), item_of(message.key), net_before, context);
}

}  // namespace entrepot::models

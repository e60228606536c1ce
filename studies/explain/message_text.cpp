#include "studies/explain/message_text.hpp"

#include <fmt/format.h>

#include "models/customers/demand.hpp"
#include "models/model.hpp"
#include "models/network/calendar.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::explain {

using namespace models;  // every message, by its name

namespace {

/// Writes fields as "name=value", one after the other.
class Fields {
public:
    Fields(const sim::Event& event, const WorldNames& known)
        : event_(event), network_(known.network()), known_(known), names_(known.names()) {}

    template <class Number>
    void operator()(const char* name, Number value) {
        put(name, fmt::format("{}", value));
    }
    void item(std::uint32_t item) { put("item", network_.items[ItemId{item}].name); }
    void site(const char* name, std::uint32_t site) { put(name, network_.sites[SiteId{site}].name); }
    void key(StockKey key) {
        item(key.item());
        site("at", key.site());
    }
    void day(const char* name, int day) { put(name, names_.date(day)); }
    void goods(const GoodsReference& goods) {
        static constexpr const char* kKinds[] = {"supplier",
                                                 "second source",
                                                 "site",
                                                 "purchase line",
                                                 "transfer",
                                                 "a customer",
                                                 "a customer, to be scrapped"};
        if (!goods.of_headquarters() || goods.entered()) return put("of", kKinds[goods.kind()]);
        const bool transfer = goods.kind() == GoodsReference::transfer;  // and what was entered ahead may be closed
        put("of", transfer ? known_.transfer(goods.index()) : known_.purchase(goods.index()));
    }
    void mode(TransferMode mode) {
        static constexpr const char* kModes[] = {"scheduled", "urgent", "lent"};
        put("mode", kModes[static_cast<std::size_t>(mode)]);
    }
    void order(std::uint64_t key, std::uint32_t coordinate) {
        put("order", names_.order({SiteId{event_.to()}, key, coordinate, false}));
    }
    const Network& network() const { return network_; }
    const WorldNames& known() const { return known_; }
    SiteId receiver() const { return SiteId{event_.to()}; }
    int today() const { return day_of(event_.at); }
    void put(const char* name, const std::string& value) {
        text_ += fmt::format("{}{}={}", text_.empty() ? "" : " ", name, value);
    }
    std::string text() { return std::move(text_); }

private:
    const sim::Event& event_;
    const Network& network_;
    const WorldNames& known_;
    const Names& names_;
    std::string text_;
};

// One function for each message, in the order of models/messages.hpp.

void tell(Fields& f, const DayStarts& m) { f.day("day", m.day); }
void tell(Fields& f, const OrderArrives& m) { f.order(f.network().streams[StreamId{m.stream}].key, m.coordinate); }
void tell(Fields& f, const StreamArrives& m) { f.order(f.network().streams[StreamId{m.stream}].key, m.ordinal); }
void tell(Fields& f, const StreamSwitches& m) {
    f("stream", f.network().streams[StreamId{m.stream}].name);
    f("ordinal", m.ordinal);
}
void tell(Fields& f, const ReplayedOrderArrives& m) {
    const auto coordinate = (static_cast<std::uint32_t>(f.today()) << kOrdinalBits) | m.order;
    f.order(f.network().sites[f.receiver()].key, coordinate);
}
void tell(Fields& f, const PatienceEnds& m) { f.put("line", f.known().line(f.receiver(), m.line, m.serial)); }
void tell(Fields& f, const LongerPatienceEnds& m) { f.put("line", f.known().line(f.receiver(), m.line, m.serial)); }
void tell(Fields& f, const OrdersReleased&) { f("what", "all that was allocated since the last time"); }
void tell(Fields& f, const WaveStarts&) { f("what", "as many lines as the people can pick"); }
void tell(Fields& f, const ShiftStarts& m) { f("shift", m.shift + 1); }
void tell(Fields& f, const ShiftEnds& m) {
    f("shift", m.shift + 1);
    f("people", m.people);
}
void tell(Fields& f, const OvertimeEnds& m) { f("people", m.people); }
void tell(Fields& f, const PickDone& m) { f.put("task", f.known().task(f.receiver(), m.task)); }
void tell(Fields& f, const HandsLent& m) {
    f("people", m.people);
    f.site("to", m.site);
}
void tell(Fields& f, const HandsArrive& m) { f("people", m.people); }
void tell(Fields& f, const HandsLeave& m) { f("people", m.people); }
void tell(Fields& f, const ErrandDone&) { f("what", "a picker has looked after an escalated order"); }

template <class Goods>
void tell_goods(Fields& f, const Goods& m) {
    f.item(m.item);
    f("units", m.units);
    f.goods(m.reference);
}
void tell(Fields& f, const GoodsArrive& m) { tell_goods(f, m); }
void tell(Fields& f, const ReturnArrives& m) {
    f.item(m.item);
    f("units", m.units);
    f("tier", f.network().tiers[TierId{m.tier}].name);
}
void tell(Fields& f, const ReceiptUnloaded& m) { tell_goods(f, m); }
void tell(Fields& f, const GoodsPutAway& m) { tell_goods(f, m); }
void tell(Fields& f, const StockReview& m) { f("policy", f.network().policies.at(m.policy).name); }
void tell(Fields& f, const LevelsSet& m) {
    f.item(m.item);
    f("reorder_point", m.reorder_point);
    f("order_up_to", m.order_up_to);
}
void tell(Fields& f, const DailyRateSet& m) {
    f.item(m.item);
    f("rate", m.rate);
}
void tell(Fields& f, const SiteOrders& m) {
    f.item(m.key.item());
    f.site("for", m.key.site());
    f("units", m.units);
    f("customers_wanted", m.customers_wanted);
}
void tell(Fields& f, const ReceiptNears& m) {
    f.item(m.item);
    f("units", m.units);
}
void tell(Fields& f, const ReceiptShort& m) {
    f.key(m.key);
    f("units", m.units);
}
void tell(Fields& f, const PoolAnswers& m) {
    f("request", m.request);
    f("units", m.units);
    if (m.lender == PoolAnswers::kNobody) return f("lender", "nobody");
    f.site("lender", m.lender);
}
void tell(Fields& f, const MomentCounts& m) {
    f("moment", f.network().moments.at(m.moment).name);
    f("ends", m.ends);
}
void tell(Fields& f, const MomentComes& m) { f("moment", f.network().moments.at(m.moment).name); }
void tell(Fields& f, const TransferRequested& m) {
    f.item(m.key.item());
    f.site("for", m.key.site());
    f("units", m.units);
    f.put("transfer", f.known().transfer(m.transfer()));
    f.mode(m.mode());
}
void tell(Fields& f, const CarrierDeparts& m) { f("carrier", f.network().carriers[CarrierId{m.carrier}].name); }
void tell(Fields& f, const TransferTruckDeparts&) { f("what", "the scheduled truck to other warehouses"); }
void tell(Fields& f, const DelayKnown& m) {
    f("place", m.order);
    f.item(m.item);
    f.day("day", m.day);
}
void tell(Fields& f, const ShipmentDelivered& m) { f.put("shipment", f.known().shipment(f.receiver(), m.shipment)); }
void tell(Fields& f, const HoldCleared& m) { f.put("order", f.known().order(f.receiver(), m.order)); }
void tell(Fields& f, const BatchPosts&) { f("what", "the journal of the day"); }
void tell(Fields& f, const EventPosts& m) {
    f.item(m.item);
    f("units", m.units);
    f("from_allocated", m.from_allocated);
}
void tell(Fields& f, const PumpRuns&) { f("what", "receipts and changed records"); }
void tell(Fields& f, const ReceiptExpected& m) {
    f.item(m.item);
    f.day("day", m.day);
    if (m.was != ReceiptExpected::kNews) f.day("was", m.was);
}
void tell(Fields& f, const EscalationResolved& m) {
    f.put("order", f.known().order(f.receiver(), m.order));
    if (m.in_turn != 0) f("in_turn", m.in_turn);
}
void tell(Fields& f, const NoticeArrives& m) {
    f.put("order", f.known().order(f.receiver(), m.order));
    if (m.withheld != 0) f("withheld", m.withheld);
}
void tell(Fields& f, const AllocationTaken& m) {
    f.put("order", f.known().order(f.receiver(), m.order));
    f.item(m.item());
    f("units", m.units);
    f("from", f.network().tiers[TierId{m.tier()}].name);
}
void tell(Fields& f, const StockExtract& m) {
    f.key(m.key);
    f("net", m.net);
    f("demand", m.demand);
}
void tell(Fields& f, const ExtractOvertaken& m) {
    f.key(m.key);
    f("net", m.net);
    f("was", "held up on its way");
}
void tell(Fields& f, const RecordLags& m) {
    f.site("of", m.site);
    f("since", m.since);
}
void tell(Fields& f, const ReceiptReported& m) {
    f.goods(m.reference);
    f("units", m.units);
}
void tell(Fields& f, const TransferShipped& m) {
    f.put("transfer", f.known().transfer(m.transfer));
    f("units", m.units);
}
void tell(Fields& f, const HandsReported& m) {
    f.site("site", m.site);
    f(m.people < 0 ? "asked" : "offered", std::abs(m.people));
}
void tell(Fields& f, const HandsDealt& m) { f("pool", f.network().crew_pools.at(m.pool).name); }
void tell(Fields& f, const OrderEscalated& m) {
    f.put("order", f.known().order(SiteId{m.key.site()}, m.order));
    f.key(m.key);
    f("short_units", m.short_units);
    f("tier", f.network().tiers[TierId{m.tier}].name);
    if (m.taken_from != OrderEscalated::kNobody) f("taken_from", f.network().tiers[TierId{m.taken_from}].name);
}
void tell(Fields& f, const AllocationAnswered& m) {
    f.put("order", f.known().order(SiteId{m.key.site()}, m.order));
    f.key(m.key);
    f("taken", m.taken);
    f("missing", m.missing);
}
void tell(Fields& f, const SiteSendsAgain&) { f("what", "a message that waits, or did not come through"); }
void tell(Fields& f, const SiteTriesLink& m) { f.put("link", link_text(f.network(), f.receiver(), m.link)); }
void tell(Fields& f, const SiteLinkRepaired& m) { f.put("link", link_text(f.network(), f.receiver(), m.link)); }
void tell(Fields& f, const LetterSentAgain&) { f("what", "a message that waits, or did not come through"); }
void tell(Fields& f, const LinkTried& m) { f.put("link", link_text(f.network(), f.receiver(), m.link)); }
void tell(Fields& f, const LinkRepaired& m) { f.put("link", link_text(f.network(), f.receiver(), m.link)); }
void tell(Fields& f, const LinkAnswered& m) {
    f("case", m.number);
    f("sent", m.sent != 0 ? "what was stuck" : "nothing: it had come through");
}
void tell(Fields& f, const LinkFails& m) { f.put("link", link_text(f.network(), SiteId{m.sender}, m.link)); }
void tell(Fields& f, const MasterCorrected& m) { f.item(m.item); }
void tell(Fields& f, const MasterErrs& m) { f.item(m.item); }
void tell(Fields& f, const MasterChecked& m) { f.item(m.next); }
void tell(Fields& f, const DuplicateFound& m) { f.goods(m.reference); }
void tell(Fields& f, const OrderAtRisk& m) {
    f.put("order", f.known().order(SiteId{m.key.site()}, m.order));
    f.key(m.key);
    f("tier", f.network().tiers[TierId{m.tier}].name);
}
void tell(Fields& f, const OrderHeld& m) {
    f.put("order", f.known().order(SiteId{m.key.site()}, m.order));
    f.put("hold", f.network().holds.at(m.hold).name);
}
void tell(Fields& f, const OfficeOpens& m) { f.day("day", m.day); }
void tell(Fields& f, const OfficeCloses& m) { f.day("day", m.day); }
void tell(Fields& f, const ForecastsUpdate& m) { f.day("day", m.day); }
void tell(Fields& f, const CaseWaits& m) { f.put("case", f.known().decision(m.place)); }
void tell(Fields& f, const CaseReady& m) { f.put("case", f.known().decision(m.place)); }
void tell(Fields& f, const DeskDone& m) { f.put("case", f.known().decision(m.place)); }
void tell(Fields& f, const OfficeOvertimeEnds& m) { f.day("day", m.day); }
void tell(Fields& f, const ApproverTurns& m) { f.put("case", f.known().decision(m.place)); }
void tell(Fields& f, const ApprovalOverdue& m) { f.put("case", f.known().decision(m.place)); }
void tell(Fields& f, const PoolAsked& m) {
    f.key(m.key);
    f("units", m.units);
    f("request", m.request);
}
void tell(Fields& f, const SupplyRequested& m) {
    f.key(m.key);
    f("units", m.units);
    f("of_second", m.of_second);
}
void tell(Fields& f, const LotPrepared& m) {
    f.key(m.key);
    f("units", m.units);
    f.put("line", m.line == kNone ? std::string("none of headquarters") : f.known().purchase(m.line));
}
void tell(Fields& f, const SupplierDelivers& m) {
    f.put("line", f.known().purchase(m.line, m.serial));
    f("units", m.units);
}
void tell(Fields& f, const ReceiptOverdue& m) { f.put("line", f.known().purchase(m.line, m.serial)); }
void tell(Fields& f, const ReceiptSlips& m) { f.put("line", f.known().purchase(m.line, m.serial)); }
void tell(Fields& f, const SupplierAnswers& m) { f.put("line", f.known().purchase(m.line, m.serial)); }
void tell(Fields& f, const AnswerOverdue& m) { f.put("line", f.known().purchase(m.line, m.serial)); }
void tell(Fields& f, const TruckLeaves& m) {
    f.put("line", f.known().purchase(m.line, m.serial));
    f.day("arrives", m.arrives);
}

}  // namespace

std::string message_text(const sim::Event& event, const WorldNames& names) {
    Fields fields(event, names);
    Messages::visit(event, [&](const auto& message) { tell(fields, message); });
    return fields.text();
}

}  // namespace entrepot::studies::explain

#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <type_traits>

#include "models/facts.hpp"
#include "models/messages.hpp"
#include "models/network/network.hpp"
#include "models/state.hpp"
#include "sim/world.hpp"

namespace entrepot::models {

/// The distribution network as the kernel sees it. Entity i is site i; the last one is headquarters.
struct Distribution {
    using Network = models::Network;
    using State = models::State;
    using Messages = models::Messages;
    using Facts = FactLog;

    /// Goods take hours, and information waits for the middleware's pump: nothing crosses sooner.
    static Duration lookahead(const Network& network) { return network.strategy.integration.pump; }
    /// Sites may have nothing to do with each other.
    static Duration lookahead(const Network& network, sim::EntityId from, sim::EntityId to) {
        const bool sites = std::max(from, to) < network.sites.size();
        return sites && !network.sites_deal ? sim::kNoChannel : lookahead(network);
    }
    static std::string name(const Network& network, sim::EntityId entity);
};

/// What happens at one instant has its order from `Turn`, and from nothing else.
template <class... M>
consteval bool each_has_a_turn(sim::MessageList<M...>) {
    return (std::is_same_v<decltype(M::turn), const Turn> && ...);
}
static_assert(each_has_a_turn(Messages{}));

using Context = sim::Context<Distribution>;
using World = sim::World<Distribution>;

inline sim::EntityId headquarters_of(const Network& network) {
    return static_cast<sim::EntityId>(network.sites.size());
}
inline sim::EntityId entity_of(SiteId site) { return site.value; }
inline std::string Distribution::name(const Network& network, sim::EntityId entity) {
    return entity < network.sites.size() ? network.sites[SiteId{entity}].name : "headquarters";
}

// settle.cpp
void look_at_what_was_touched(SiteState&, Context&);
/// After each of a site's handlers: its policies and headquarters look once at the items whose record was touched.
inline void settle(SiteState& site, Context& context) {
    if (site.touched_items > 0) look_at_what_was_touched(site, context);
}

// planning.cpp
/// Headquarters has heard of a location: it notes a low position, looks at it where the policy wants it to, and tells
/// whom the strategy's alerts name.
void look_at_news(Headquarters&, SiteId, ItemId, Units net_before, Context&);

/// What a message between systems says, in the words of letters.cpp.
using Content = decltype(Letter::content);

// letters.cpp
/// An interface that carries no single messages but all that there is to tell: what fails is told the next time.
bool is_run(InterfaceName interface, const Integration& terms);
/// So many messages a run would be if it went now.
std::uint32_t size_of_run(const SiteState&, InterfaceName);
std::uint32_t size_of_run(const Headquarters&, InterfaceName);
/// How a message comes: as it should, a second time, or after those that were sent later.
enum class Comes : std::uint8_t { first, again, late };
/// And since when it was ready to; its number among the link's, where something can happen to it.
struct Coming {
    Comes how = Comes::first;
    Time ready{};
    std::uint32_t number = 0;
};
/// A message has come through: does what it asks for. Returns how long that takes yet; nothing where each part of it
/// has a time of its own, which is told there.
std::optional<Duration> open_letter(SiteState&, InterfaceName, const Content&, const Coming&, Context&);
std::optional<Duration> open_letter(Headquarters&, InterfaceName, const Content&, const Coming&, Context&);
/// A run has been given up.
void miss_run(SiteState&, InterfaceName, Context&);
void miss_run(Headquarters&, InterfaceName, Context&);

// One handler for each message; the file that holds it is named above it.

// site_day.cpp
void on(SiteState&, const DayStarts&, Context&);
// daily_orders.cpp
void on(SiteState&, const OrderArrives&, Context&);
// streams.cpp
void on(SiteState&, const StreamArrives&, Context&);
void on(SiteState&, const StreamSwitches&, Context&);
// replay.cpp
void on(SiteState&, const ReplayedOrderArrives&, Context&);
// order_entry.cpp
void on(SiteState&, const ReceiptExpected&, Context&);
// order_waiting.cpp
void on(SiteState&, const PatienceEnds&, Context&);
void on(SiteState&, const EscalationResolved&, Context&);
void on(SiteState&, const LongerPatienceEnds&, Context&);
// notices.cpp
void on(SiteState&, const NoticeArrives&, Context&);
void on(SiteState&, const DelayKnown&, Context&);
// order_holds.cpp
void on(SiteState&, const HoldCleared&, Context&);
// allocation_override.cpp
void on(SiteState&, const AllocationTaken&, Context&);
// release.cpp
void on(SiteState&, const OrdersReleased&, Context&);
void on(SiteState&, const WaveStarts&, Context&);
// picking.cpp
void on(SiteState&, const PickDone&, Context&);
void on(SiteState&, const ErrandDone&, Context&);
// shifts.cpp
void on(SiteState&, const ShiftStarts&, Context&);
void on(SiteState&, const ShiftEnds&, Context&);
void on(SiteState&, const OvertimeEnds&, Context&);
// lending.cpp
void on(SiteState&, const HandsLent&, Context&);
void on(SiteState&, const HandsArrive&, Context&);
void on(SiteState&, const HandsLeave&, Context&);
// receiving.cpp
void on(SiteState&, const GoodsArrive&, Context&);
void on(SiteState&, const ReceiptUnloaded&, Context&);
void on(SiteState&, const GoodsPutAway&, Context&);
// returns.cpp
void on(SiteState&, const ReturnArrives&, Context&);
// transport.cpp
void on(SiteState&, const CarrierDeparts&, Context&);
void on(SiteState&, const ShipmentDelivered&, Context&);
// postings.cpp
void on(SiteState&, const BatchPosts&, Context&);
void on(SiteState&, const EventPosts&, Context&);
void on(SiteState&, const PumpRuns&, Context&);
void on(Headquarters&, const StockExtract&, Context&);
void on(Headquarters&, const ExtractOvertaken&, Context&);
void on(Headquarters&, const RecordLags&, Context&);
void on(Headquarters&, const ReceiptReported&, Context&);
// master_data.cpp
void on(Headquarters&, const MasterCorrected&, Context&);
void on(Headquarters&, const MasterErrs&, Context&);
void on(Headquarters&, const MasterChecked&, Context&);
// interfaces.cpp
void on(SiteState&, const SiteSendsAgain&, Context&);
void on(SiteState&, const SiteTriesLink&, Context&);
void on(SiteState&, const SiteLinkRepaired&, Context&);
void on(Headquarters&, const LetterSentAgain&, Context&);
void on(Headquarters&, const LinkTried&, Context&);
void on(Headquarters&, const LinkRepaired&, Context&);
// integration_cases.cpp
void on(Headquarters&, const LinkFails&, Context&);
void on(Headquarters&, const LinkAnswered&, Context&);
void on(Headquarters&, const DuplicateFound&, Context&);
// transfer_orders.cpp
void on(SiteState&, const TransferRequested&, Context&);
void on(SiteState&, const PoolAnswers&, Context&);
void on(Headquarters&, const TransferShipped&, Context&);
// trucks.cpp
void on(SiteState&, const TransferTruckDeparts&, Context&);
void on(SiteState&, const SiteOrders&, Context&);
// ordering.cpp
void on(SiteState&, const StockReview&, Context&);
void on(SiteState&, const LevelsSet&, Context&);
void on(SiteState&, const DailyRateSet&, Context&);
void on(SiteState&, const ReceiptNears&, Context&);
void on(SiteState&, const ReceiptShort&, Context&);
// moments.cpp
void on(SiteState&, const MomentCounts&, Context&);
void on(SiteState&, const MomentComes&, Context&);
// suppliers.cpp
void on(Headquarters&, const LotPrepared&, Context&);
// supplier_answers.cpp
void on(Headquarters&, const SupplierAnswers&, Context&);
void on(Headquarters&, const TruckLeaves&, Context&);
// planning.cpp
void on(Headquarters&, const SupplyRequested&, Context&);
void on(Headquarters&, const ReceiptOverdue&, Context&);
void on(Headquarters&, const ReceiptSlips&, Context&);
void on(Headquarters&, const AnswerOverdue&, Context&);
// transfers.cpp
void on(Headquarters&, const PoolAsked&, Context&);
// crew_pools.cpp
void on(Headquarters&, const HandsReported&, Context&);
void on(Headquarters&, const HandsDealt&, Context&);
// office.cpp
void on(Headquarters&, const OfficeOpens&, Context&);
void on(Headquarters&, const OfficeCloses&, Context&);
void on(Headquarters&, const OfficeOvertimeEnds&, Context&);
void on(Headquarters&, const OrderEscalated&, Context&);
void on(Headquarters&, const OrderAtRisk&, Context&);
void on(Headquarters&, const CaseReady&, Context&);
void on(Headquarters&, const DeskDone&, Context&);
// order_cases.cpp
void on(Headquarters&, const AllocationAnswered&, Context&);
void on(Headquarters&, const OrderHeld&, Context&);
// routing.cpp
void on(Headquarters&, const CaseWaits&, Context&);
// approvals.cpp
void on(Headquarters&, const ApproverTurns&, Context&);
void on(Headquarters&, const ApprovalOverdue&, Context&);
// purchasing.cpp
void on(Headquarters&, const SupplierDelivers&, Context&);
// forecasting.cpp
void on(Headquarters&, const ForecastsUpdate&, Context&);

}  // namespace entrepot::models

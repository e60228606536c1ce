#pragma once

#include "models/messages_to_headquarters.hpp"
#include "models/messages_to_sites.hpp"
#include "sim/event.hpp"

/// Everything that one part of the network tells another, or itself, at a later time.
namespace entrepot::models {

using Messages = sim::MessageList<
    DayStarts, OrderArrives, StreamArrives, StreamSwitches, ReplayedOrderArrives, PatienceEnds, OrdersReleased,
    WaveStarts, ShiftStarts, ShiftEnds, OvertimeEnds, PickDone, GoodsArrive, ReceiptUnloaded, GoodsPutAway, StockReview,
    LevelsSet, SiteOrders, ReceiptShort, PoolAnswers, MomentCounts, MomentComes, TransferRequested, CarrierDeparts,
    TransferTruckDeparts, ShipmentDelivered, BatchPosts, EventPosts, PumpRuns, ReceiptExpected, EscalationResolved,
    StockExtract, ReceiptReported, TransferShipped, OrderEscalated, OfficeOpens, OfficeCloses, OfficeOvertimeEnds,
    ForecastsUpdate, CaseReady, DeskDone, ApproverTurns, ApprovalOverdue, PoolAsked, SupplyRequested, SupplierDelivers,
    ReceiptOverdue, LotPrepared, ReceiptNears, ErrandDone, LongerPatienceEnds, NoticeArrives, OrderAtRisk, CaseWaits,
    AllocationAnswered, AllocationTaken, HandsReported, HandsDealt, HandsLent, HandsArrive, HandsLeave, SiteSendsAgain,
    SiteTriesLink, SiteLinkRepaired, LetterSentAgain, LinkTried, LinkRepaired, LinkFails, DuplicateFound,
    MasterCorrected, SupplierAnswers, AnswerOverdue, TruckLeaves, ReceiptSlips, LinkAnswered, OrderHeld, HoldCleared,
    ReturnArrives, MasterErrs, MasterChecked, ExtractOvertaken, DelayKnown, RecordLags, DailyRateSet>;

}  // namespace entrepot::models

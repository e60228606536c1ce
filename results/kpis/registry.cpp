#include "results/kpis/registry.hpp"

#include <algorithm>
#include <array>

#include "results/kpis/registry_carriers.hpp"
#include "results/kpis/registry_customers.hpp"
#include "results/kpis/registry_data.hpp"
#include "results/kpis/registry_interfaces.hpp"
#include "results/kpis/registry_recovery.hpp"
#include "results/kpis/registry_suppliers.hpp"

namespace entrepot::results {

namespace {

constexpr unsigned kAll = kBySite | kByTier | kByClass | kByPhase;
constexpr unsigned kRuleSlices = kBySite | kByClass | kByPhase | kOfSome;
constexpr unsigned kMomentSlices = kBySite | kByMoment | kOfSome;
constexpr unsigned kDecided = kByDecision | kByPhase | kOfSome;
constexpr bool kHeadline = true, kDetail = false;

constexpr auto kOperation = std::to_array<KpiInfo>({
    {Kpi::line_fill, "line_fill", "Line fill rate, first pass", "", Form::share, Better::higher, kAll | kByPairs,
     kHeadline,
     "Order lines that were filled completely at the first attempt, from stock, over all lines. The attempt fails when "
     "the record has too little at the promise, the shelf has too little at the pick, or the horizon ends before the "
     "pick. By the day of the order."},
    {Kpi::unit_fill, "unit_fill", "Unit fill rate, first pass", "", Form::share, Better::higher, kAll, kHeadline,
     "Units filled at the first attempt over units ordered, by the day of the order."},
    {Kpi::order_fill, "order_fill", "Order fill rate, first pass", "", Form::share, Better::higher,
     kBySite | kByTier | kByPhase, kHeadline,
     "Orders of which every line was filled at the first attempt, over all orders."},
    {Kpi::otif, "otif", "On time in full", "", Form::share, Better::higher, kBySite | kByTier | kByPhase | kByPairs,
     kHeadline,
     "Orders delivered completely by the day first promised, over the orders whose promised day lies in the window. "
     "Orders that were cancelled for lack of stock, or are open at the end, count as failures."},
    {Kpi::promise_accuracy, "promise_accuracy", "Order promise accuracy", "", Form::share, Better::higher,
     kBySite | kByTier | kByPhase, kHeadline,
     "Orders whose last delivery came by the first promised day, and no more than the tier's `early_days` before it, "
     "over the orders promised for the window."},
    {Kpi::promise_accuracy_strict, "promise_accuracy_strict", "Order promise accuracy, to the day", "", Form::share,
     Better::higher, kBySite | kByTier | kByPhase, kDetail,
     "The same where each order that comes more than a day early counts as a wrong promise, whoever ordered it. Where "
     "the promise leaves days to spare it is low for every strategy."},
    {Kpi::stockout_rate, "stockout_rate", "Stockout rate", "", Form::share, Better::lower,
     kBySite | kByClass | kByPhase, kHeadline,
     "Share of time that a stock-keeping location had nothing on its shelf, mean over items and sites."},
    {Kpi::lost_units, "lost_units", "Lost sales", "units", Form::total, Better::lower, kAll, kDetail,
     "Units that customers cancelled because they were not in stock, at once or when their patience ended; by the day "
     "of the order."},
    {Kpi::lost_margin, "lost_margin", "Lost sales, margin", "", Form::money, Better::lower, kAll, kHeadline,
     "Sales value less cost of the units that customers cancelled, and of those that were due within the horizon and "
     "had not left by its end; by the day of the order."},
    {Kpi::turns, "turns", "Inventory turns", "a year", Form::ratio, Better::higher, kBySite | kByClass | kByPhase,
     kHeadline, "Cost of goods sold in a year at the pace of the window, over the mean stock on hand at cost."},
    {Kpi::inventory_value, "inventory_value", "Inventory at cost", "", Form::per_day, Better::lower,
     kBySite | kByClass | kByPhase, kHeadline,
     "Stock on the shelves and at the docks at the close of a day, at cost, mean over the days."},
    {Kpi::days_of_supply, "days_of_supply", "Days of supply", "days", Form::ratio, Better::neither,
     kBySite | kByClass | kByPhase, kDetail, "Mean stock on hand at cost over the mean cost of goods sold on a day."},
    {Kpi::imbalance, "imbalance", "Node imbalance", "", Form::share, Better::lower, kByPhase, kHeadline,
     "Share of the stock's value that would have to move so that each warehouse held stock of an item in proportion to "
     "the demand that it will meet in the next 28 days; mean over the days. Items without demand are left out."},
    {Kpi::over_and_under, "over_and_under", "Excess here, shortage there", "", Form::share, Better::lower, kByPhase,
     kDetail,
     "Share of demand for items of which some warehouse has less than 3 days of cover while another has more than 30."},
    {Kpi::record_accuracy, "record_accuracy", "Record accuracy", "", Form::share, Better::higher,
     kBySite | kByClass | kByPhase, kDetail,
     "Stock-keeping locations whose record equals the shelf at the close of a day."},
    {Kpi::visibility_error, "visibility_error", "Visibility error", "", Form::percentage, Better::lower,
     kBySite | kByPhase, kDetail,
     "Sum of the differences between record and shelf, over the units on the shelves, at the close of a day; may "
     "exceed 100 %."},
    {Kpi::expedite_cost, "expedite_cost", "Expedite cost", "", Form::money, Better::lower, kBySite | kByTier | kByPhase,
     kHeadline, "What expedited shipments, purchases and transfers cost above the ordinary way."},
    {Kpi::purchase_premiums, "purchase_premiums", "Purchase premiums", "", Form::money, Better::lower, kByPhase,
     kDetail, "The part of the expedite cost that suppliers were paid for faster delivery."},
    {Kpi::expedite_share, "expedite_share", "Expedite share of freight", "", Form::share, Better::lower,
     kBySite | kByPhase, kDetail, "Freight paid for expedited shipments and urgent transfers over all freight."},
    {Kpi::freight_cost, "freight_cost", "Freight cost", "", Form::money, Better::lower, kBySite | kByTier | kByPhase,
     kDetail, "Paid to carriers for shipments to customers."},
    {Kpi::freight_share, "freight_share", "Freight share of sales", "", Form::percentage, Better::lower,
     kBySite | kByTier | kByPhase, kDetail, "Freight to customers over sales; may exceed 100 %."},
    {Kpi::overtime_hours, "overtime_hours", "Overtime", "h", Form::total, Better::lower, kBySite | kByPhase, kDetail,
     "Person-hours that warehouse staff worked beyond their shifts."},
    {Kpi::overtime_cost, "overtime_cost", "Overtime cost", "", Form::money, Better::lower, kBySite | kByPhase,
     kHeadline, "Paid for overtime."},
    {Kpi::labour_utilisation, "labour_utilisation", "Picker utilisation", "", Form::share, Better::neither,
     kBySite | kByPhase, kDetail,
     "Hours that the people of the shifts pick within them, over the hours of those present."},
    {Kpi::penalties, "penalties", "Penalties", "", Form::money, Better::lower, kBySite | kByTier | kByPhase, kHeadline,
     "Contract penalties and refunds for orders that were late or short, or that the end of the horizon found "
     "undelivered after their promised day; by that day."},
    {Kpi::penalty_share, "penalty_share", "Penalty share of sales", "", Form::percentage, Better::lower,
     kBySite | kByTier | kByPhase, kDetail, "Contract penalties and refunds over sales; may exceed 100 %."},
    {Kpi::backlog, "backlog", "Open order lines", "lines", Form::per_day, Better::lower, kBySite | kByPhase, kDetail,
     "Lines entered that have neither left the dock nor been cancelled at the close of a day, mean over the days."},
    {Kpi::past_due, "past_due", "Past-due order lines", "lines", Form::per_day, Better::lower, kBySite | kByPhase,
     kDetail, "Open lines whose promised day is over, at the close of a day, mean over the days."},
    {Kpi::backlog_volatility, "backlog_volatility", "Backlog volatility", "", Form::ratio, Better::lower,
     kBySite | kByPhase, kHeadline,
     "Standard deviation over mean of the open lines at the close of the days: how unsteady the work is."},
    {Kpi::staged_orders, "staged_orders", "Shipments at the dock", "", Form::per_day, Better::lower, kBySite | kByPhase,
     kDetail, "Shipments that wait for a carrier at the close of a day, mean over the days."},
    {Kpi::missed_departures, "missed_departures", "Missed departures", "", Form::share, Better::lower,
     kBySite | kByPhase, kDetail,
     "Shipments that lay at the dock at their first cut-off and that no carrier had room for, over all that had a "
     "first cut-off."},
    {Kpi::carrier_use, "carrier_use", "Use of carriers' capacity", "", Form::share, Better::neither,
     kBySite | kByCarrier | kByPhase, kDetail,
     "Shipments that the ordinary carriers took, over what they would have taken by their contracts."},
    {Kpi::touchless, "touchless", "Planner touchless rate", "", Form::share, Better::higher, kByDecision | kByPhase,
     kHeadline, "Purchase lines and transfers that were executed without a human touch, over all that were executed."},
    {Kpi::exception_hours, "exception_hours", "Exception cycle time", "h", Form::ratio, Better::lower, kByPhase,
     kHeadline, "Hours on the clock from raising an escalation or a supplier exception to settling it, mean."},
    {Kpi::exception_p90, "exception_p90", "Exception cycle time, slowest tenth", "h", Form::ratio, Better::lower,
     kByPhase, kDetail, "Hours that nine of ten exceptions did not exceed, to within 5 %; mean of the replications."},
    {Kpi::exceptions, "exceptions", "Exceptions settled", "", Form::total, Better::lower, kByPhase, kDetail,
     "Escalations and supplier exceptions that were settled."},
    {Kpi::planner_utilisation, "planner_utilisation", "Planner utilisation", "", Form::share, Better::neither, kByPhase,
     kDetail, "Planners' hours on cases within their productive hours, over those hours."},
    {Kpi::planner_queue, "planner_queue", "Planner queue", "cases", Form::per_day, Better::lower, kByPhase, kDetail,
     "Cases that wait for a planner when the office closes, over all days of the slice."},
    {Kpi::planner_hours, "planner_hours", "Planner hours", "h", Form::total, Better::lower, kByPhase, kDetail,
     "Hours that planners worked on cases."},
    {Kpi::agent_hours, "agent_hours", "Customer service hours", "h", Form::total, Better::lower, kByPhase, kDetail,
     "Hours that customer service worked on escalations and on notices."},
    {Kpi::purchase_lines, "purchase_lines", "Purchase lines a day", "lines", Form::per_day, Better::neither, kByPhase,
     kDetail, "Purchase lines sent to suppliers, per calendar day."},
    {Kpi::transfers, "transfers", "Transfers", "", Form::total, Better::neither, kByPhase, kDetail,
     "Transfers between warehouses, lines."},
    {Kpi::urgent_transfers, "urgent_transfers", "Urgent share of transfers", "", Form::share, Better::lower, kByPhase,
     kDetail, "Transfers by a dedicated truck over all transfers."},
    {Kpi::transfer_cost, "transfer_cost", "Transfer cost", "", Form::money, Better::lower, kByPhase, kDetail,
     "Haulage and handling of transfers."},
    {Kpi::sales, "sales", "Sales", "", Form::money, Better::higher, kBySite | kByTier | kByPhase, kDetail,
     "Units shipped at their sales price."},
    {Kpi::cost_of_sales, "cost_of_sales", "Cost of goods sold", "", Form::money, Better::neither,
     kBySite | kByTier | kByPhase, kDetail, "Units shipped at cost."},
    {Kpi::gross_margin, "gross_margin", "Gross margin", "", Form::share, Better::higher, kBySite | kByTier | kByPhase,
     kDetail, "Sales less cost of goods sold, over sales, of the units shipped."},
    {Kpi::order_lines, "order_lines", "Order lines", "lines", Form::total, Better::neither, kBySite | kByPhase, kDetail,
     "Order lines entered."},
    {Kpi::censored_orders, "censored_orders", "Orders open at the end", "", Form::total, Better::lower,
     kBySite | kByTier, kDetail,
     "Orders promised for the window that were still open when the horizon ended; they count as failures."},
    {Kpi::lost_share, "lost_share", "Lost share of demand", "", Form::share, Better::lower, kAll | kOfSome, kHeadline,
     "Units that customers cancelled because they were not in stock, over the units ordered; by the day of the order."},
    {Kpi::inventory_cost, "inventory_cost", "Inventory cost a day", "", Form::per_day, Better::lower, kRuleSlices,
     kHeadline,
     "What the inventory policies' costs come to: holding, waiting units, goods under way, orders, units, lost units."},
    {Kpi::mean_on_hand, "mean_on_hand", "Stock on hand", "units", Form::per_day, Better::neither, kRuleSlices,
     kHeadline, "Units on the shelves of locations with an inventory policy, mean over time."},
    {Kpi::mean_backorders, "mean_backorders", "Backorders", "units", Form::per_day, Better::lower, kRuleSlices,
     kHeadline, "Units that customers or other sites wait for at locations with an inventory policy, mean over time."},
    {Kpi::on_hand_at_close, "on_hand_at_close", "Stock at the close of a day", "units", Form::per_day, Better::neither,
     kRuleSlices, kDetail, "The same stock at midnight, mean over the days."},
    {Kpi::backorders_at_close, "backorders_at_close", "Backorders at the close of a day", "units", Form::per_day,
     Better::lower, kRuleSlices, kDetail, "The same at midnight, mean over the days."},
    {Kpi::on_order_at_close, "on_order_at_close", "Units on order at the close", "units", Form::per_day,
     Better::neither, kRuleSlices, kDetail, "Ordered by inventory policies and not yet on the shelf, at midnight."},
    {Kpi::replenishment_orders, "replenishment_orders", "Replenishment orders", "orders", Form::per_day,
     Better::neither, kRuleSlices, kDetail, "Orders that inventory policies placed, a day."},
    {Kpi::replenishment_units, "replenishment_units", "Replenishment orders, units", "units", Form::per_day,
     Better::neither, kRuleSlices, kDetail, "Units that inventory policies ordered, a day."},
    {Kpi::order_variability, "order_variability", "Bullwhip ratio", "", Form::ratio, Better::lower, kBySite | kOfSome,
     kDetail,
     "Variance of the units that inventory policies order on a day over that of the units ordered there by customers "
     "and other sites; for the whole network, of the orders to suppliers over the customers' demand."},
    {Kpi::demand_dispersion, "demand_dispersion", "Dispersion of demand", "", Form::ratio, Better::neither,
     kBySite | kOfSome, kDetail,
     "Variance of the units ordered on a day over their mean; for the whole network, of the customers' demand."},
    {Kpi::pick_wait, "pick_wait", "Wait for a picker", "h", Form::ratio, Better::lower,
     kBySite | kByTier | kByPhase | kOfSome, kHeadline,
     "Hours from an order's entry to the start of its pick, without waves, mean over the picks."},
    {Kpi::time_in_system, "time_in_system", "Time to picked", "h", Form::ratio, Better::lower,
     kBySite | kByTier | kByPhase | kOfSome, kDetail,
     "Hours from an order's entry to the end of its pick, without waves, mean over the picks."},
    {Kpi::picks_waiting, "picks_waiting", "Picks waiting", "", Form::per_day, Better::lower,
     kBySite | kByTier | kByPhase | kOfSome, kDetail,
     "Tasks that wait for a picker, mean over time: their waits over the time (Little's law)."},
    {Kpi::tier_backorders, "tier_backorders", "Backorders by tier", "units", Form::per_day, Better::lower,
     kBySite | kByTier | kByPhase | kOfSome, kDetail,
     "Units that a tier's customers wait for at sites with inventory policies, mean over time; other sites are a tier, "
     "too."},
    {Kpi::operating_cost, "operating_cost", "Operating cost", "", Form::money, Better::lower, kByPhase, kDetail,
     "Freight to customers, transfers, purchase premiums, overtime, temps, hours lent, penalties, the margin of lost "
     "sales, what returns cost and the clean-up of the item master: what a strategy can change. Purchases, regular "
     "wages and the capital that stock binds are not in it."},
    {Kpi::transshipped_share, "transshipped_share", "Transshipped share of demand", "", Form::share, Better::lower,
     kAll | kOfSome, kDetail,
     "Units that other sites of the pool lent because they were not in stock, over the units ordered; by the day of "
     "the order. What is neither filled at the first attempt nor lent nor lost, waits."},
    {Kpi::on_hand_at, "on_hand_at", "Stock on hand at a moment", "units", Form::total, Better::neither, kMomentSlices,
     kDetail, "Units on the shelves of locations with an inventory policy at one of the scenario's moments."},
    {Kpi::backorders_at, "backorders_at", "Backorders at a moment", "units", Form::total, Better::lower, kMomentSlices,
     kDetail, "Units that customers or other sites wait for at that moment."},
    {Kpi::on_order_at, "on_order_at", "Units on order at a moment", "units", Form::total, Better::neither,
     kMomentSlices, kDetail, "Ordered by inventory policies and not yet on the shelf at that moment."},
    {Kpi::demanded_by, "demanded_by", "Units demanded by a moment", "units", Form::total, Better::neither,
     kMomentSlices, kDetail,
     "Units ordered from the start of the measured window, or from the moment's `since`, up to the moment; what is "
     "ordered at the moment itself is not in it."},
    {Kpi::otif_over_target, "otif_over_target", "On time in full, over target", "", Form::percentage, Better::higher,
     kBySite | kByTier | kByPhase | kOfTargets, kDetail,
     "On time in full less the tier's `otif_target`, over the orders of tiers that have one: below zero, the "
     "contracts' targets are missed."},
    {Kpi::backorder_probability, "backorder_probability", "Lines that wait for stock", "", Form::share, Better::lower,
     kBySite | kByTier | kByPhase, kDetail,
     "Order lines whose customer waited because they were short, over all lines, by the day of the order. Lines that "
     "were cancelled at once, or for which another site of a pool lent all that was short, did not wait."},
    {Kpi::line_wait, "line_wait", "Wait for stock", "days", Form::ratio, Better::lower, kBySite | kByTier | kByPhase,
     kDetail,
     "Days from the order to the arrival of the last unit that a line waited for, mean over the lines that waited and "
     "whose customer stayed, by the day of the order."},
    {Kpi::line_wait_p50, "line_wait_p50", "Wait for stock, median", "days", Form::ratio, Better::lower,
     kBySite | kByTier | kByPhase, kDetail,
     "Days that half of these waits did not exceed, to within 1 % where there are many; mean of the replications."},
    {Kpi::line_wait_p90, "line_wait_p90", "Wait for stock, slowest tenth", "days", Form::ratio, Better::lower,
     kBySite | kByTier | kByPhase, kDetail, "The same of nine in ten."},
    {Kpi::line_wait_p99, "line_wait_p99", "Wait for stock, slowest hundredth", "days", Form::ratio, Better::lower,
     kBySite | kByTier | kByPhase, kDetail, "The same of 99 in 100."},
    {Kpi::pick_wait_p90, "pick_wait_p90", "Wait for a picker, slowest tenth", "h", Form::ratio, Better::lower,
     kBySite | kByTier | kByPhase | kOfSome, kDetail,
     "Hours from entry to the start of the pick that nine of ten picks did not exceed, those that start at once among "
     "them, to within 1 % where there are many; mean of the replications."},
    {Kpi::time_in_system_p90, "time_in_system_p90", "Time to picked, slowest tenth", "h", Form::ratio, Better::lower,
     kBySite | kByTier | kByPhase | kOfSome, kDetail, "The same to the end of the pick."},
    {Kpi::stocked_out_at, "stocked_out_at", "Stocked out at a moment", "", Form::share, Better::lower, kMomentSlices,
     kDetail, "Share of locations with an inventory policy that have nothing on the shelf at that moment."},
    {Kpi::no_backorders_at, "no_backorders_at", "No backorders at a moment", "", Form::share, Better::higher,
     kMomentSlices, kDetail, "Share of these locations at which nothing is waited for at that moment."},
    {Kpi::low_at, "low_at", "Low at a moment", "", Form::share, Better::lower, kMomentSlices, kDetail,
     "Share of these locations whose units on hand less those waited for are at most the moment's `low`."},
    {Kpi::notices, "notices", "Notices to customers", "", Form::total, Better::neither, kBySite | kByTier | kByPhase,
     kDetail, "Orders whose customers were told before the promised day was over that they will be late."},
    {Kpi::late_told, "late_told", "Late orders told before", "", Form::share, Better::higher,
     kBySite | kByTier | kByPhase | kOfSome, kDetail,
     "Orders not on time in full whose customers were told before the promised day was over, over all such orders; "
     "without those that were cancelled before. By the promised day, where the strategy sends notices."},
    {Kpi::notice_precision, "notice_precision", "Precision of notices", "", Form::share, Better::higher,
     kBySite | kByTier | kByPhase | kOfSome, kDetail,
     "Orders whose customers were told and that were then not on time in full, over all whose customers were told; by "
     "the promised day."},
    {Kpi::decisions, "decisions", "Decisions carried out", "", Form::total, Better::neither, kByDecision | kByPhase,
     kDetail, "Cases that ended with a transaction or an answer, whether people had them or not."},
    {Kpi::needless_cases, "needless_cases", "Cases that came to nothing", "", Form::share, Better::lower,
     kByDecision | kByPhase, kDetail,
     "Cases closed without anything done, over all that were closed: time had settled them, nothing could be done, a "
     "guardrail blocked them, or they were left to the next review."},
    {Kpi::decision_hours, "decision_hours", "Decision latency", "h", Form::ratio, Better::lower, kByDecision | kByPhase,
     kDetail,
     "Hours on the clock from what asks for a decision until it is carried out, mean: from the moment at which "
     "headquarters hears of a position at or below its reorder point, from a complaint, from a line that is overdue."},
    {Kpi::waiting_hours, "waiting_hours", "Wait before people", "h", Form::ratio, Better::lower, kByDecision | kByPhase,
     kDetail, "Hours on the clock that a case waits before people of its roles, mean over the cases that people had."},
    {Kpi::handling_hours, "handling_hours", "Handling time", "h", Form::ratio, Better::lower, kByDecision | kByPhase,
     kDetail, "Hours that people work on a case, mean over the cases that people had."},
    {Kpi::touchless_value, "touchless_value", "Touchless rate by value", "", Form::share, Better::higher, kByPhase,
     kDetail, "Value at cost of the purchase lines that were executed without a human touch, over that of all."},
    {Kpi::auto_released, "auto_released", "Auto-release rate", "", Form::share, Better::neither,
     kByDecision | kByPhase | kOfSome, kDetail,
     "Recommendations that the system released by itself, over all that were decided."},
    {Kpi::acceptance, "acceptance", "Recommendation acceptance rate", "", Form::share, Better::neither,
     kByDecision | kByPhase | kOfSome, kHeadline,
     "Recommended purchase lines that people let go out as they were, over all that people decided: what the system "
     "released is not among them. Who wanted another quantity and had no right to it let it go out."},
    {Kpi::guardrail_strikes, "guardrail_strikes", "Guardrail trigger rate", "", Form::share, Better::neither,
     kByDecision | kByPhase | kOfSome, kDetail,
     "Recommendations that a guardrail cut, routed to people or blocked, over all that the system was to decide."},
    {Kpi::manual_interventions, "manual_interventions", "Manual interventions per 100 orders", "", Form::ratio,
     Better::lower, kByPhase, kHeadline,
     "Human touches of cases at headquarters for each 100 orders of customers: handling, approving, sending on."},
    {Kpi::office_utilisation, "office_utilisation", "Utilisation at headquarters", "", Form::share, Better::neither,
     kByRole | kByPhase, kDetail,
     "Hours on cases within the productive hours, over those hours; of roles on days on which they had a case."},
    {Kpi::office_queue, "office_queue", "Queue at headquarters", "cases", Form::per_day, Better::lower,
     kByRole | kByPhase, kDetail, "Cases that wait before people when they go home, over all days of the slice."},
    {Kpi::office_hours, "office_hours", "Hours on cases", "h", Form::total, Better::lower, kByRole | kByPhase, kDetail,
     "Hours of the cases that were begun, overtime with them."},
    {Kpi::office_overtime, "office_overtime", "Overtime at headquarters", "h", Form::total, Better::lower,
     kByRole | kByPhase, kDetail, "Hours that people worked on cases after the office had closed."},
    {Kpi::alert_precision, "alert_precision", "Precision of alerts", "", Form::share, Better::higher,
     kBySite | kByPhase | kOfSome, kDetail,
     "Alerts after which the demand of their horizon took at least the stock at hand, over all whose horizon is over, "
     "by the day on which it is."},
    {Kpi::alert_recall, "alert_recall", "Recall of alerts", "", Form::share, Better::higher,
     kBySite | kByPhase | kOfSome, kDetail,
     "Locations that headquarters hears to have run out and of which an alert had told within the horizon before, over "
     "all that it hears to have run out."},
    {Kpi::reallocated_units, "reallocated_units", "Units taken from other orders", "units", Form::total,
     Better::neither, kBySite | kByTier | kByPhase, kDetail,
     "Units that orders of lower tiers had been promised and that escalated orders got; by the tier that lost them."},
    {Kpi::temp_hours, "temp_hours", "Temps, hours", "h", Form::total, Better::neither, kBySite | kByPhase, kDetail,
     "Person-hours of temporary pickers within their shifts."},
    {Kpi::temp_cost, "temp_cost", "Temps, cost", "", Form::money, Better::lower, kBySite | kByPhase, kDetail,
     "Paid for these hours. What temps cost in overtime is in the overtime cost."},
    {Kpi::learning_loss, "learning_loss", "Hours lost to learning", "h", Form::total, Better::lower, kBySite | kByPhase,
     kDetail, "Person-hours of newcomers and temps that pickers of the usual rate would not have needed."},
    {Kpi::hours_lent, "hours_lent", "Hours lent", "h", Form::total, Better::neither, kBySite | kByPhase, kDetail,
     "Person-hours that pickers were away from their warehouse for another one, the way with them; by the lender."},
    {Kpi::lending_cost, "lending_cost", "Hours lent, extra pay", "", Form::money, Better::lower, kBySite | kByPhase,
     kDetail, "What these hours cost above the usual wage; by the borrower."},
    {Kpi::decision_regret, "decision_regret", "Regret of a purchase line", "a line", Form::ratio, Better::lower,
     kDecided, kDetail,
     "What the lines that were decided cost more than the best whole packs would have, in hindsight, mean in the "
     "scenario's currency: at the end of lead time and review interval, carrying cost of what is left over and margin "
     "of what is missing, by the recorded demand. By the day of the decision, of those whose interval ended within the "
     "horizon, where headquarters plans."},
    {Kpi::override_value, "override_value", "Value of an override", "a line", Form::ratio, Better::higher, kDecided,
     kDetail,
     "Regret of what lay before people less that of what they decided, mean of the recommended lines that they "
     "changed, in the scenario's currency: above zero, people improved it."},
    {Kpi::overrides_improved, "overrides_improved", "Overrides that improved", "", Form::share, Better::higher,
     kDecided, kDetail, "Changed lines with a lower regret than what lay before people, over all changed lines."},
    {Kpi::wrong_auto, "wrong_auto", "Wrong auto-release rate", "", Form::share, Better::lower, kDecided, kDetail,
     "Lines that the system released by itself and whose regret exceeds office.judgement.regret_share of their value, "
     "over all that it released."},
    {Kpi::stopped_in_vain, "stopped_in_vain", "Stopped in vain", "", Form::share, Better::lower, kDecided, kDetail,
     "Recommended lines that were good in hindsight, over all that a guardrail struck: routed, cut or blocked."},
    {Kpi::let_pass, "let_pass", "Bad lines let pass", "", Form::share, Better::lower, kDecided, kDetail,
     "Recommended lines that were bad in hindsight, over all that the system released and no guardrail struck."},
    {Kpi::approval_hours, "approval_hours", "Approval latency", "h", Form::ratio, Better::lower,
     kByRole | kByPhase | kOfSome, kDetail,
     "Hours on the clock from asking a level until it agrees, mean; by the role of who agreed."},
    {Kpi::approval_office_hours, "approval_office_hours", "Approval latency, office hours", "h", Form::ratio,
     Better::lower, kByRole | kByPhase | kOfSome, kDetail, "The same while the office is open."},
    {Kpi::approvals_in_time, "approvals_in_time", "Approvals in time", "", Form::share, Better::higher,
     kByRole | kByPhase | kOfSome, kDetail,
     "Approvals within the level's service level, in office hours, over all of levels that have one."},
    {Kpi::exceptions_in_time, "exceptions_in_time", "Exceptions settled in time", "", Form::share, Better::higher,
     kByDecision | kByPhase | kOfSome, kDetail,
     "Escalations and supplier exceptions settled within office.exception_service_level, over those that were settled "
     "or, open at the end of the horizon, have waited longer."},
    {Kpi::open_exceptions, "open_exceptions", "Exceptions still open", "", Form::total, Better::lower,
     kByDecision | kByPhase, kDetail,
     "Escalations and supplier exceptions that are not settled when the horizon ends; by the day on which they were "
     "raised. Cycle times know nothing of them."},
    {Kpi::nervousness, "nervousness", "Nervousness of purchasing", "", Form::percentage, Better::lower,
     kByPhase | kOfSome, kDetail,
     "Units by which recommended lines were changed before they went out, up or down, by guardrails or people, over "
     "the units recommended."},
    {Kpi::expedited_lines, "expedited_lines", "Purchase lines expedited", "", Form::percentage, Better::lower,
     kByPhase | kOfSome, kDetail,
     "Times that a supplier was paid to bring a line on an earlier day, over the purchase lines sent out."},
    {Kpi::rekeyed_lines, "rekeyed_lines", "Lines keyed by hand", "", Form::total, Better::lower, kByPhase, kDetail,
     "Purchase lines that were worked out and keyed in by hand and went out, and suppliers' answers that were keyed "
     "in."},
    {Kpi::mistaken_lines, "mistaken_lines", "Mistakes in keying", "", Form::share, Better::lower, kByPhase | kOfSome,
     kDetail, "Lines keyed in by hand with a wrong quantity, or answers with a wrong day, over all of them."},
    {Kpi::audit_completeness, "audit_completeness", "Audit completeness", "", Form::share, Better::higher, kByPhase,
     kDetail,
     "Purchase and transfer transactions with a case that tells what was known, who decided, people or the system, and "
     "what came of it, over all of them: what sites order and lend by themselves has none."},
});

constexpr auto kFallback = std::to_array<KpiInfo>({
    {Kpi::duplicate_orders, "duplicate_orders", "Orders carried out twice", "", Form::total, Better::lower,
     kByDecision | kByPhase | kOfSome, kDetail,
     "Purchase and transfer orders that came through a second time, and were carried out."},
    {Kpi::fallback_share, "fallback_share", "Fallback share", "", Form::share, Better::lower, kByPhase | kOfSome,
     kDetail,
     "Purchase lines by the fallback policy, because the forecasting service did not answer, over all purchase lines "
     "where the service can fail."},
    {Kpi::wrong_unit_lines, "wrong_unit_lines", "Purchase lines in a wrong unit", "", Form::total, Better::lower,
     kByPhase | kOfSome, kDetail, "Purchase lines that went out a pack's size too large because the master was wrong."},
});

constexpr auto kRegistry =
    joined(kOperation, kInterfaceRows, kFallback, kData, kSuppliers, kCustomers, kCarriers, kRecovery);
static_assert(kRegistry.size() == kKpis);

}  // namespace

std::span<const KpiInfo> kpi_registry() { return kRegistry; }

const KpiInfo& info(Kpi kpi) { return kRegistry[static_cast<std::size_t>(kpi)]; }

const KpiInfo* find_kpi(std::string_view id) {
    for (const KpiInfo& entry : kRegistry) {
        if (entry.id == id) return &entry;
    }
    return nullptr;
}

}  // namespace entrepot::results

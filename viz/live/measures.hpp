#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "models/interface_names.hpp"

/// What is kept of each site for each hour of a run, and how the time line shows it.
namespace entrepot::viz {

/// What is counted or seen. A flow is a count over the hour; a state is how things stand at its end.
enum class Counted : std::size_t {
    orders,            ///< flow: entered
    units_wanted,      ///< flow: of lines whose first attempt to fill them ended
    units_filled,      ///< flow: of them filled at that attempt
    orders_ended,      ///< flow: delivered, or cancelled, or open at the end
    orders_on_time,    ///< flow: of them in full by the day promised first
    units_shipped,     ///< flow
    units_cancelled,   ///< flow
    penalties,         ///< flow: currency units
    freight,           ///< flow: currency units
    missed,            ///< flow: shipments that had their first chance to leave and no carrier
    on_hand,           ///< state: units on the shelves
    seasonal_on_hand,  ///< state: of seasonal items
    cover,             ///< state: days of usual demand that lie on the shelves
    items_out,         ///< state: items with demand and an empty shelf
    record_gap,        ///< state: units by which the record and the shelf differ, item by item
    open_lines,        ///< state
    past_due,          ///< state: open lines after their promised day
    waiting_stock,     ///< state: lines that wait for stock
    waiting_pick,      ///< state: lines released or in the wave
    staged,            ///< state: shipments at the dock that wait for a truck
    dock,              ///< state: loads that wait to be unloaded
    on_duty,           ///< state: pickers
    on_overtime,       ///< state: pickers
    postings,          ///< state: units on their way from the shelf to the record
    planner_queue,     ///< state, headquarters: cases
    agent_queue,       ///< state, headquarters: cases
    purchases_open,    ///< state, headquarters: purchase lines placed and not yet all received
    transfers_open,    ///< state, headquarters
    messages,          ///< flow, interface: that came through or were given up
    at_once,           ///< flow, interface: of them by their first call
    stuck,             ///< state, interface: messages that failed, or wait while a link rests, and aren't through yet
    links_down,        ///< state, interface
    breakers_open,     ///< state, interface
};
inline constexpr std::size_t kCounted = static_cast<std::size_t>(Counted::breakers_open) + 1;

enum class Better { higher, lower, neither };

/// A band of the time line: what was counted, or the ratio of two counts.
struct Measure {
    std::string_view id, title, unit;
    Counted value;
    Counted over;  ///< the same as `value`: not a ratio
    bool flow = false, of_headquarters = false;
    Better better = Better::neither;
    bool usual = false;  ///< shown until somebody chooses others

    bool ratio() const { return value != over; }
};

inline constexpr std::array kMeasures{
    Measure{"fill", "First-pass fill", "%", Counted::units_filled, Counted::units_wanted, true, false, Better::higher,
            true},
    Measure{"on_time", "On time in full", "%", Counted::orders_on_time, Counted::orders_ended, true, false,
            Better::higher},
    Measure{"past_due", "Lines past due", "lines", Counted::past_due, Counted::past_due, false, false, Better::lower,
            true},
    Measure{"cover", "Stock cover", "d", Counted::cover, Counted::cover, false, false, Better::neither, true},
    Measure{"items_out", "Items out of stock", "items", Counted::items_out, Counted::items_out, false, false,
            Better::lower},
    Measure{"overtime", "People on overtime", "", Counted::on_overtime, Counted::on_overtime, false, false,
            Better::lower, true},
    Measure{"open_lines", "Open lines", "lines", Counted::open_lines, Counted::open_lines},
    Measure{"waiting_stock", "Lines waiting for stock", "lines", Counted::waiting_stock, Counted::waiting_stock, false,
            false, Better::lower},
    Measure{"waiting_pick", "Lines for a wave or a picker", "lines", Counted::waiting_pick, Counted::waiting_pick,
            false, false, Better::lower},
    Measure{"staged", "Shipments for a truck", "", Counted::staged, Counted::staged, false, false, Better::lower},
    Measure{"missed", "Shipments without a carrier", "", Counted::missed, Counted::missed, true, false, Better::lower},
    Measure{"dock", "Loads to unload", "", Counted::dock, Counted::dock, false, false, Better::lower},
    Measure{"on_hand", "Units on hand", "units", Counted::on_hand, Counted::on_hand},
    Measure{"seasonal", "Seasonal units on hand", "units", Counted::seasonal_on_hand, Counted::seasonal_on_hand},
    Measure{"record_gap", "Record against shelf", "units", Counted::record_gap, Counted::record_gap, false, false,
            Better::lower},
    Measure{"postings", "Postings under way", "units", Counted::postings, Counted::postings, false, false,
            Better::lower},
    Measure{"orders", "Orders entered", "orders", Counted::orders, Counted::orders, true},
    Measure{"shipped", "Units shipped", "units", Counted::units_shipped, Counted::units_shipped, true},
    Measure{"cancelled", "Units cancelled", "units", Counted::units_cancelled, Counted::units_cancelled, true, false,
            Better::lower},
    Measure{"penalties", "Penalties", "money", Counted::penalties, Counted::penalties, true, false, Better::lower},
    Measure{"planners", "Planners' queue", "cases", Counted::planner_queue, Counted::planner_queue, false, true,
            Better::lower, true},
    Measure{"agents", "Agents' queue", "cases", Counted::agent_queue, Counted::agent_queue, false, true, Better::lower},
    Measure{"purchases", "Open purchase lines", "lines", Counted::purchases_open, Counted::purchases_open, false, true},
    Measure{"transfers", "Transfers under way", "", Counted::transfers_open, Counted::transfers_open, false, true},
};

/// The same of interfaces, in a view of their own.
inline constexpr std::array kInterfaceMeasures{
    Measure{"first_calls", "First call succeeds", "%", Counted::at_once, Counted::messages, true, false,
            Better::higher},
    Measure{"stuck", "Messages not through", "", Counted::stuck, Counted::stuck, false, false, Better::lower},
    // So many at the end of each hour are hours of a day.
    Measure{"hours_down", "Hours of links down", "", Counted::links_down, Counted::links_down, true, false,
            Better::lower},
    Measure{"hours_open", "Hours of breakers open", "", Counted::breakers_open, Counted::breakers_open, true, false,
            Better::lower},
};

/// The hour of a site, of headquarters, or of an interface: in this order they are the places of a run.
using Hour = std::array<float, kCounted>;
constexpr std::size_t place_of_headquarters(std::size_t sites) { return sites; }
constexpr std::size_t place_of_interface(std::size_t sites, std::size_t interface) { return sites + 1 + interface; }
constexpr std::size_t places_of(std::size_t sites) { return place_of_interface(sites, models::kInterfaces); }

}  // namespace entrepot::viz

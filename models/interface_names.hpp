#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The hops of information between systems: the one list of them, by which facts, KPIs and scenarios call them.
namespace entrepot::models {

/// A hop of information between two systems. Each site, or each supplier, has a link of its own. What comes from
/// outside hangs on headquarters' links, too.
enum class InterfaceName : std::uint8_t {
    posting,         ///< of a site: its warehouse system tells the ERP what was picked, received or counted
    release,         ///< to a site: the ERP hands allocated orders to the warehouse system
    extract,         ///< of a site: what its record says is told to the planners' systems
    gateway,         ///< of a site: what its record has for sale is told to the web shop
    priority,        ///< to a site: the scores of orders that were released before, as they are now
    notice,          ///< of a site: its customers are told of another day
    tracking,        ///< of a site: a carrier tells its order desk that a shipment will be late
    purchase_order,  ///< to a supplier
    transfer_order,  ///< to the site that is to send
    forecast,        ///< the planners' systems ask the forecasting service
    confirmation,    ///< of a supplier: it answers an order
    asn,             ///< of a supplier: advance shipping notice, a truck has left
    recommendation,  ///< what a policy recommends comes before the people who decide on it
};
constexpr InterfaceName last_of(InterfaceName) { return InterfaceName::recommendation; }
inline constexpr std::size_t kInterfaces = static_cast<std::size_t>(last_of(InterfaceName{})) + 1;
inline constexpr std::array<const char*, kInterfaces> kInterfaceNames{
    "posting",        "release",        "extract",  "gateway",      "priority", "notice",        "tracking",
    "purchase_order", "transfer_order", "forecast", "confirmation", "asn",      "recommendation"};
static_assert(kInterfaceNames.back() != nullptr, "each interface has a name");
/// The links of a site are the first so many; those of headquarters follow.
inline constexpr std::size_t kInterfacesOfSites = static_cast<std::size_t>(InterfaceName::tracking) + 1;

/// Each supplier has a link of its own.
constexpr bool is_of_suppliers(InterfaceName interface) {
    return interface == InterfaceName::purchase_order || interface == InterfaceName::confirmation ||
           interface == InterfaceName::asn;
}

/// One link for the whole of headquarters.
constexpr bool is_of_headquarters(InterfaceName interface) {
    return interface == InterfaceName::forecast || interface == InterfaceName::recommendation;
}

constexpr const char* name_of(InterfaceName interface) { return kInterfaceNames[static_cast<std::size_t>(interface)]; }

}  // namespace entrepot::models

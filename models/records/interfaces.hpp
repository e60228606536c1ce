#pragma once

#include <optional>

#include "models/model.hpp"

/// One function for every hop of information between two systems: `transmit`. Where nothing can go wrong, what the
/// message asks for is done in the same moment, and nothing else happens. Else it is a call, which may fail by itself
/// or as the link is down: it is repeated, given up, kept for people, found out and sent once more; or it has its
/// effect twice.
namespace entrepot::models {

void transmit(SiteState& site, InterfaceName interface, const Content& content, Context& context);
/// To or from a supplier, or to a site, by its number; 0 where headquarters has one link.
void transmit(Headquarters& hq, InterfaceName interface, std::size_t receiver, const Content& content,
              Context& context);

/// Whether the next part of a run is held up on its way by its interface, and how long: then it comes by itself, with
/// what it said when it was sent, and those that were sent later have passed it.
std::optional<Duration> hold_up(SiteState& site, InterfaceName interface, Context& context);
void come_late(SiteState& site, InterfaceName interface, const Content& content, Duration late, Context& context);

/// A part of a run has done what it asks for, so long after it was ready; counted where something can happen to it.
void note_delay(SiteState& site, InterfaceName interface, Duration took, Context& context);
/// The same of what people have keyed in, by its number among the link's.
void note_keyed(Headquarters& hq, InterfaceName interface, std::size_t partner, std::uint32_t number,
                const Content& content, Duration took, Context& context);

/// Links as they are on day 0, where something can happen to them by the strategy that holds from now on. What other
/// systems have left stuck, these bring through.
void ready_links(SiteState& site, const Network& network);
void ready_links(Headquarters& hq, const Network& network);

/// Other terms hold from now on: what was known of failures ahead is not.
void forget_what_is_ahead(Links& links);

/// Headquarters' links of an interface: one to each supplier, to each site, or to the one service. They lie interface
/// by interface.
std::size_t links_of(InterfaceName interface, const Network& network);

/// All of them.
std::size_t links_of_headquarters(const Network& network);

/// Whom a link of headquarters is to, or from.
struct Partner {
    InterfaceName interface = InterfaceName::purchase_order;
    std::size_t number = 0;  ///< of the supplier, or of the site
};
Partner partner_of(std::size_t link, const Network& network);

/// Whether a link is down at that moment, by its own outages or by a disturbance. Changes nothing.
bool is_down(const SiteState& site, std::size_t link, Time now, const Network& network, const sim::Draws& draws);
bool is_down(const Headquarters& hq, std::size_t link, Time now, const Network& network, const sim::Draws& draws);

/// Tells of the day before, link by link.
void close_links(SiteState& site, Context& context);
void close_links(Headquarters& hq, Context& context);
/// The horizon ends: tells of what is still stuck, and of headquarters' last day.
void end_links(SiteState& site, Context& context);
void end_links(Headquarters& hq, Context& context);

/// People have seen to a link of headquarters, as a case of that number: as SiteLinkRepaired.
void repair_link(Headquarters& hq, std::uint16_t link, std::uint32_t number, Context& context);

}  // namespace entrepot::models

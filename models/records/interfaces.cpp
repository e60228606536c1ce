#include "models/records/interfaces.hpp"

#include <algorithm>
#include <functional>

#include "models/records/caller.hpp"

namespace entrepot::models {

namespace {

template <class Side>
void close_all(Side& side, Context& context) {
    for (std::size_t link = 0; link < side.links.all.size(); ++link) {
        const InterfaceName interface = ends_of(side, link, context.network()).interface;
        if (context.network().strategy.integration.watches(interface)) Caller(side, link, context).close_day();
    }
}

template <class Side>
void end_all(Side& side, Context& context) {
    for (std::size_t link = 0; link < side.links.all.size(); ++link) Caller(side, link, context).end();
}

/// So many links, each as it is on day 0, where something can happen to any; what there is already stays.
void ready(Links& links, std::size_t all, const Network& network) {
    const bool can_fail = std::ranges::any_of(network.strategy.integration.watched, std::identity{});
    if (can_fail && links.all.empty()) links.all.resize(all);
}

template <class Side>
bool down_at(const Side& side, std::size_t link, Time now, const Network& network, const sim::Draws& draws) {
    const Ends ends = ends_of(side, link, network);
    const Interface& terms = network.strategy.integration.of(ends.interface);
    const bool disturbed = std::ranges::any_of(side.happenings.all, [&](const Happening& one) {
        const Disturbance& d = network.disturbances[one.disturbance];
        return one.from <= now && now < one.until && is_outage_of(d, ends.interface, ends.at, terms.governed);
    });
    if (disturbed || !terms.uptime) return disturbed;
    Outages outages = side.links.all[link].outages;  // nobody may have asked so far ahead yet
    const OutageTerms law{*terms.uptime, *terms.downtime, purpose::outage, ends.key};
    return outages.not_over(now, law, draws).stops <= now;
}

}  // namespace

std::size_t links_of(InterfaceName interface, const Network& network) {
    if (is_of_suppliers(interface)) return network.suppliers.size();
    return interface == InterfaceName::transfer_order ? network.sites.size() : 1;
}

std::size_t links_of_headquarters(const Network& network) {
    return link_to(last_of(InterfaceName{}), links_of(last_of(InterfaceName{}), network), network);
}

Partner partner_of(std::size_t link, const Network& network) {
    std::size_t i = kInterfacesOfSites;
    while (link >= links_of(static_cast<InterfaceName>(i), network)) {
        link -= links_of(static_cast<InterfaceName>(i++), network);
    }
    return {static_cast<InterfaceName>(i), link};
}

void forget_what_is_ahead(Links& links) {
    for (Link& link : links.all) {
        link.failures.forget_what_is_ahead();
        link.hold_ups.forget_what_is_ahead();
        link.up_until = {};
    }
}

void ready_links(SiteState& site, const Network& network) { ready(site.links, kInterfacesOfSites, network); }
void ready_links(Headquarters& hq, const Network& network) { ready(hq.links, links_of_headquarters(network), network); }

void transmit(SiteState& site, InterfaceName interface, const Content& content, Context& context) {
    if (!context.network().strategy.integration.watches(interface)) {
        open_letter(site, interface, content, {Comes::first, context.now()}, context);
        return;
    }
    Caller(site, static_cast<std::size_t>(interface), context).send(content);
}

void transmit(Headquarters& hq, InterfaceName interface, std::size_t receiver, const Content& content,
              Context& context) {
    if (!context.network().strategy.integration.watches(interface)) {
        open_letter(hq, interface, content, {Comes::first, context.now()}, context);
        return;
    }
    Caller(hq, link_to(interface, receiver, context.network()), context).send(content);
}

std::optional<Duration> hold_up(SiteState& site, InterfaceName interface, Context& context) {
    const Integration& terms = context.network().strategy.integration;
    if (!terms.watches(interface) || terms.of(interface).overtaken <= 0) return std::nullopt;
    return Caller(site, static_cast<std::size_t>(interface), context).hold_up();
}

void come_late(SiteState& site, InterfaceName interface, const Content& content, Duration late, Context& context) {
    Caller(site, static_cast<std::size_t>(interface), context).come_late(content, late);
}

void note_delay(SiteState& site, InterfaceName interface, Duration took, Context& context) {
    if (!context.network().strategy.integration.watches(interface)) return;
    Caller(site, static_cast<std::size_t>(interface), context).note_delay(took);
}

void note_keyed(Headquarters& hq, InterfaceName interface, std::size_t partner, std::uint32_t number,
                const Content& content, Duration took, Context& context) {
    if (!context.network().strategy.integration.watches(interface)) return;
    Caller link(hq, link_to(interface, partner, context.network()), context);
    link.note_delay(took);
    link.note_keyed(number, content);
}

bool is_down(const SiteState& site, std::size_t link, Time now, const Network& network, const sim::Draws& draws) {
    return down_at(site, link, now, network, draws);
}
bool is_down(const Headquarters& hq, std::size_t link, Time now, const Network& network, const sim::Draws& draws) {
    return down_at(hq, link, now, network, draws);
}

void close_links(SiteState& site, Context& context) { close_all(site, context); }
void close_links(Headquarters& hq, Context& context) { close_all(hq, context); }

void end_links(SiteState& site, Context& context) { end_all(site, context); }
void end_links(Headquarters& hq, Context& context) {
    close_all(hq, context);
    end_all(hq, context);
}

void repair_link(Headquarters& hq, std::uint16_t link, std::uint32_t number, Context& context) {
    Caller(hq, link, context).repair(number);
}

void on(SiteState& site, const SiteSendsAgain& message, Context& context) {
    Caller(site, site.links.letters[message.letter].link, context).go_on(message.letter);
}
void on(SiteState& site, const SiteTriesLink& message, Context& context) {
    Caller(site, message.link, context).probe();
}
void on(SiteState& site, const SiteLinkRepaired& message, Context& context) {
    Caller(site, message.link, context).repair(message.number);
}
void on(Headquarters& hq, const LetterSentAgain& message, Context& context) {
    Caller(hq, hq.links.letters[message.letter].link, context).go_on(message.letter);
}
void on(Headquarters& hq, const LinkTried& message, Context& context) { Caller(hq, message.link, context).probe(); }
void on(Headquarters& hq, const LinkRepaired& message, Context& context) {
    repair_link(hq, message.link, message.number, context);
}

}  // namespace entrepot::models

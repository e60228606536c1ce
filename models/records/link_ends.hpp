#pragma once

#include <array>
#include <string>
#include <utility>

#include "models/disturbances/disturbances.hpp"
#include "models/model.hpp"
#include "models/records/interfaces.hpp"

/// Who is at the ends of a link, and which number it has among its sender's.
namespace entrepot::models {

/// Both ends of a link, as its draws and disturbances know it.
struct Ends {
    InterfaceName interface = InterfaceName::posting;
    Whereabouts at;
    std::uint64_t key = 0;
};

inline std::uint64_t hash_of(InterfaceName interface) {
    static const std::array<std::uint64_t, kInterfaces> kHashes = [] {
        std::array<std::uint64_t, kInterfaces> hashes{};
        for (std::size_t i = 0; i < kInterfaces; ++i)
            hashes[i] = sim::entity_hash(std::string("interface.") + kInterfaceNames[i]);
        return hashes;
    }();
    return kHashes[static_cast<std::size_t>(interface)];
}

inline Ends ends_of(const SiteState& site, std::size_t link, const Network& network) {
    const auto interface = static_cast<InterfaceName>(link);
    return {interface, {.site = site.id}, hash_of(interface) ^ network.sites[site.id].key};
}

inline std::size_t link_to(InterfaceName interface, std::size_t partner, const Network& network) {
    for (std::size_t i = kInterfacesOfSites; i < static_cast<std::size_t>(interface); ++i) {
        partner += links_of(static_cast<InterfaceName>(i), network);
    }
    return partner;
}

inline Ends ends_of(const Headquarters&, std::size_t link, const Network& network) {
    const auto [interface, number] = partner_of(link, network);
    const std::uint64_t hash = hash_of(interface);
    if (is_of_suppliers(interface)) {
        const SupplierId supplier{number};
        return {interface, {.supplier = supplier}, hash ^ network.suppliers[supplier].key};
    }
    if (interface == InterfaceName::transfer_order) {
        const SiteId site{number};
        return {interface, {.site = site}, hash ^ network.sites[site].key};
    }
    return {interface, {}, hash};
}

/// The number by which headquarters knows the sender.
inline std::uint16_t sender_of(const SiteState& site, const Network&) { return site.id.value; }
inline std::uint16_t sender_of(const Headquarters&, const Network& network) {
    return static_cast<std::uint16_t>(network.sites.size());
}

/// A step on a message's way, for those who follow messages.
[[gnu::noinline]] inline void tell_step(const Letter& letter, MessageStep step, Duration ahead, Context& context) {
    const auto& [a, b, c] = letter.content;
    const std::uint8_t tries = letter.tries == Letter::kRepaired ? 0 : letter.tries;
    context.tell(MessageStepped{ahead.count(),
                                {a, b, c},
                                letter.number,
                                letter.link,
                                static_cast<std::uint8_t>(letter.interface),
                                step,
                                tries});
}

/// How long the day's messages took, by bins; the next day's are counted from none on.
inline void tell_delays(std::vector<std::uint32_t>& delays, InterfaceName interface, Context& context) {
    LinkDelays told{};
    told.interface = static_cast<std::uint8_t>(interface);
    const auto tell = [&] {
        if (told.in_use > 0) context.tell(told);
        told.in_use = 0;
    };
    for (std::size_t bin = 0; bin < delays.size(); ++bin) {
        if (delays[bin] == 0) continue;
        told.bins[told.in_use] = static_cast<std::uint16_t>(bin);
        told.messages[told.in_use++] = std::exchange(delays[bin], 0);
        if (told.in_use == LinkDelays::kMost) tell();
    }
    tell();
}

// What a link plans, each by the message of its side: a letter goes on; a call finds out whether it works; what people
// have seen to is sent once more, and what has come of that.

inline void send_again(SiteState&, Time at, std::uint32_t letter, Context& context) {
    context.at(at, SiteSendsAgain{letter});
}
inline void send_again(Headquarters&, Time at, std::uint32_t letter, Context& context) {
    context.at(at, LetterSentAgain{letter});
}
inline void try_at(SiteState&, Time at, std::uint16_t link, Context& context) { context.at(at, SiteTriesLink{link}); }
inline void try_at(Headquarters&, Time at, std::uint16_t link, Context& context) { context.at(at, LinkTried{link}); }
inline void repair_at(SiteState&, Time at, const SiteLinkRepaired& repaired, Context& context) {
    context.at(at, repaired);
}
inline void repair_at(Headquarters&, Time at, const LinkRepaired& repaired, Context& context) {
    context.at(at, repaired);
}
inline void answer_repair(SiteState&, const LinkAnswered& answer, Context& context) {
    const Network& network = context.network();
    context.send(headquarters_of(network), context.now() + network.strategy.integration.pump, answer);
}
inline void answer_repair(Headquarters&, const LinkAnswered& answer, Context& context) {
    context.at(context.now(), answer);
}

}  // namespace entrepot::models

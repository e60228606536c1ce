#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <type_traits>
#include <utility>

#include "models/disturbances/disturbances.hpp"
#include "models/model.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/interfaces.hpp"

/// A call over a link, and what becomes of it: the inside of records/interfaces.
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

/// One link of a sender, at work.
template <class Side>
class Caller {
public:
    Caller(Side& side, std::size_t link, Context& context)
        : side_(side),
          number_(static_cast<std::uint16_t>(link)),
          link_(side.links.all.at(link)),
          context_(context),
          network_(context.network()),
          ends_(ends_of(side, link, network_)),
          terms_(network_.strategy.integration.of(ends_.interface)) {}

    /// A new message; nothing of it is kept if it comes through.
    void send(const Content& content) {
        const Letter letter{content, number_, ends_.interface, 0, context_.now()};
        const Time goes = departure();
        goes > context_.now() ? put_off(letter, Letter::Way::waits, goes) : call(letter, kNone);
    }

    /// A letter that is kept goes on.
    void go_on(std::uint32_t place) {
        Letter letter = side_.links.letters[place];
        if (letter.way == Letter::Way::called) return call(letter, place);
        side_.links.letters.release(place);
        if (letter.way == Letter::Way::through) {
            return open_letter(side_, letter.interface, letter.content, false, context_);
        }
        letter.way = Letter::Way::called;
        letter.written = context_.now();
        call(letter, kNone);
    }

    /// After a rest of the circuit breaker: the first of those that wait is to find out.
    void probe() {
        if (!link_.breaker.open) return;
        if (link_.held.empty()) return close_breaker();
        const std::uint32_t first = link_.held.front();
        Letter& letter = side_.links.letters[first];
        if (call_fails()) return rest();
        link_.held.erase(link_.held.begin());
        close_breaker();
        come_through(Letter(letter), first);
        const std::vector<std::uint32_t> waited = std::exchange(link_.held, {});
        for (const std::uint32_t place : waited) call(Letter(side_.links.letters[place]), place);
    }

    /// People have seen to it: as soon as it works, what was given up is sent once more.
    void repair() {
        if (const auto up = down_until()) return again_at(*up, Repair{});
        link_.noticed = false;
        const std::vector<std::uint32_t> dead = std::exchange(link_.dead, {});
        for (const std::uint32_t place : dead) {
            side_.links.letters[place].tries = Letter::kRepaired;
            call(Letter(side_.links.letters[place]), place);
        }
        if (std::exchange(link_.run_is_missed, false)) {
            --link_.stuck;
            call(Letter{{}, number_, ends_.interface, Letter::kRepaired, context_.now()}, kNone);
        }
    }

    /// The horizon ends, and what is stuck stays so.
    void end() {
        if (link_.stuck_since != Time{}) tell_drained(1);
    }

    /// Tells of the day before.
    void close_day() {
        LinkDay& today = link_.today;
        const Time to = start_of(day_of(context_.now())), from = to - sim::days{1};
        double hours = 0;
        const auto count = [&](Time stops, Time works) {
            const Duration overlap = std::min(works, to) - std::max(stops, from);
            hours += std::max(0.0, sim::in<sim::hours>(overlap));
            today.outages += works > from && works <= to;
        };
        if (terms_.uptime) {
            link_.outages.not_over(to, law(), context_.draws());
            for (const Outage& outage : link_.outages.known) count(outage.stops, outage.works);
            link_.outages.forget(to);
        }
        for (const Disturbance& d : network_.disturbances) {
            if (is_outage_of(d, ends_.interface, ends_.at)) count(d.from(), d.until());
        }
        today.hours_down = static_cast<float>(std::min(hours, 24.0));
        today.interface = static_cast<std::uint8_t>(ends_.interface);
        context_.tell(today);
        today = {};
    }

private:
    struct Repair {};
    struct Again {
        std::uint32_t place;
    };
    struct Probe {};

    OutageTerms law() const { return {*terms_.uptime, *terms_.downtime, purpose::outage, ends_.key}; }

    std::optional<Time> down_until() {
        std::optional<Time> until = out_until(network_, ends_.interface, ends_.at, context_.now());
        if (!terms_.uptime) return until;
        const Outage& next = link_.outages.not_over(context_.now(), law(), context_.draws());
        if (next.stops <= context_.now()) until = std::max(until.value_or(next.works), next.works);
        return until;
    }

    void tell_drained(std::uint8_t ends_so) {
        const Duration took = context_.now() - link_.stuck_since;
        context_.tell(BacklogDrained{static_cast<float>(sim::in<sim::hours>(took)),
                                     static_cast<std::uint16_t>(day_of(link_.stuck_since)),
                                     static_cast<std::uint8_t>(ends_.interface), ends_so});
    }

    bool is_down() {
        if (context_.now() < link_.up_until) return false;
        if (down_until()) return true;
        Time until = sim::kNever;
        if (terms_.uptime) until = link_.outages.not_over(context_.now(), law(), context_.draws()).stops;
        for (const Disturbance& d : network_.disturbances) {
            if (is_outage_of(d, ends_.interface, ends_.at) && d.from() > context_.now())
                until = std::min(until, d.from());
        }
        link_.up_until = until;
        return false;
    }

    /// Whether this call is the next to fail by itself. How many come through before it is drawn at once: they are as
    /// many as if each call were drawn.
    bool is_bad_luck() {
        if (terms_.failure <= 0) return false;
        if (link_.drawn > link_.fails_at) {
            const double u = context_.draws().at(purpose::call, ends_.key, link_.drawn).uniform();
            constexpr double kMost = 4e9;
            const double good = std::floor(std::log1p(-u) / std::log1p(-terms_.failure));
            link_.fails_at = static_cast<std::uint32_t>(std::min(link_.drawn + good, kMost));
        }
        return link_.drawn == link_.fails_at;
    }

    /// One attempt.
    bool call_fails() {
        ++link_.today.calls;
        ++link_.drawn;
        const bool bad_luck = is_bad_luck();
        return is_down() || bad_luck;
    }

    /// The second draw of the last call, and the third.
    double luck(int which) {
        auto stream = context_.draws().at(purpose::call, ends_.key, link_.drawn);
        for (int i = 0; i < which; ++i) stream.uniform();
        return stream.uniform();
    }

    void call(const Letter& letter, std::uint32_t place) {
        if (link_.breaker.open) {
            link_.held.push_back(keep(letter, place));
            return;
        }
        const bool fails = call_fails();
        if (terms_.breaker && link_.breaker.note(fails, *terms_.breaker)) open_breaker();
        fails ? fail(letter, place) : come_through(letter, place);
    }

    void come_through(const Letter& letter, std::uint32_t place) {
        LinkDay& today = link_.today;
        today.at_once += letter.tries == 0;
        today.by_retry += letter.tries > 0 && letter.tries != Letter::kRepaired;
        // A run that comes through makes good for those that were given up before it.
        const Time first = link_.run_is_missed ? std::min(letter.written, link_.stuck_since) : letter.written;
        today.hours_late += static_cast<float>(sim::in<sim::hours>(context_.now() - first));
        const bool twice =
            letter.tries > 0 && !terms_.idempotent && terms_.duplicates > 0 && luck(1) < terms_.duplicates;
        if (place != kNone) {
            side_.links.letters.release(place);
            --link_.stuck;
        }
        if (std::exchange(link_.run_is_missed, false)) --link_.stuck;
        if (link_.stuck == 0 && link_.stuck_since != Time{}) {
            tell_drained(0);
            link_.stuck_since = {};
        }
        take_effect(letter);
        if (!twice || is_run(ends_.interface, network_.strategy.integration)) return;
        ++today.twice;
        open_letter(side_, letter.interface, letter.content, true, context_);
    }

    /// When the next message goes.
    Time departure() const {
        const Time now = context_.now();
        if (terms_.batch_minute) {
            const Time today = at_minute(day_of(now), *terms_.batch_minute);
            return today >= now ? today : today + sim::days{1};
        }
        return next_beat(now, terms_.every);
    }

    /// It is on its way, and nothing has failed.
    void put_off(Letter letter, Letter::Way way, Time until) {
        letter.way = way;
        const std::uint32_t place = side_.links.letters.take();
        side_.links.letters[place] = letter;
        again_at(until, Again{place});
    }

    void take_effect(const Letter& letter) {
        if (terms_.latency_median <= Duration::zero()) {
            return open_letter(side_, letter.interface, letter.content, false, context_);
        }
        const double seconds =
            sim::lognormal_median(luck(3), sim::in<sim::seconds>(terms_.latency_median), terms_.latency_sigma);
        constexpr double kLongest = 1e9;
        put_off(letter, Letter::Way::through,
                context_.now() + sim::from_real<sim::seconds>(std::min(seconds, kLongest)));
    }

    void fail(Letter letter, std::uint32_t place) {
        if (letter.tries == Letter::kRepaired) letter.tries = 0;
        if (letter.tries < Letter::kRepaired - 1) ++letter.tries;
        if (letter.tries > terms_.retries) return give_up(letter, place);
        const double jitter = terms_.jitter > 0 ? terms_.jitter * luck(2) : 0;
        const double seconds =
            sim::in<sim::seconds>(terms_.first_wait) * std::pow(terms_.back_off, letter.tries - 1) * (1 - jitter);
        constexpr double kLongest = 86'400;
        const Duration wait = sim::from_real<sim::seconds>(std::min(seconds, kLongest));
        again_at(context_.now() + std::max(wait, Duration{1}), Again{keep(letter, place)});
    }

    void give_up(const Letter& letter, std::uint32_t place) {
        ++link_.today.given_up;
        link_.today.lost += !terms_.dead_letters;
        if (is_run(ends_.interface, network_.strategy.integration)) {
            if (place != kNone) side_.links.letters.release(place);
            if (place == kNone) ++link_.stuck;
            if (link_.run_is_missed) --link_.stuck;
            if (link_.stuck_since == Time{}) link_.stuck_since = letter.written;
            link_.run_is_missed = true;
            miss_run(side_, ends_.interface, context_);
        } else {
            link_.dead.push_back(keep(letter, place));
        }
        if (std::exchange(link_.noticed, true)) return;
        const double u = context_.draws().at(purpose::notice_of_link, ends_.key, link_.drawn).uniform();
        constexpr double kLeast = 1e-6;
        const double hours = sim::lognormal_median(u, std::max(kLeast, sim::in<sim::hours>(terms_.noticed_median)),
                                                   terms_.noticed_sigma);
        const Duration pump = network_.strategy.integration.pump;
        constexpr double kForGood = 1e5;
        const Duration noticed = sim::from_real<sim::hours>(std::min(hours, kForGood));
        context_.send(headquarters_of(network_), context_.now() + std::max(noticed, pump),
                      LinkFails{number_, sender(), static_cast<std::uint8_t>(ends_.interface)});
    }

    /// Keeps a letter that isn't kept yet, as it is now.
    std::uint32_t keep(const Letter& letter, std::uint32_t place) {
        if (place == kNone) {
            place = side_.links.letters.take();
            ++link_.stuck;
            if (link_.stuck_since == Time{}) link_.stuck_since = letter.written;
        }
        side_.links.letters[place] = letter;
        return place;
    }

    void open_breaker() {
        link_.breaker.open = true;
        rest();
    }
    void close_breaker() { link_.breaker = {}; }
    void rest() { again_at(context_.now() + terms_.breaker.value_or(CircuitBreaker{}).open, Probe{}); }

    std::uint16_t sender() const {
        if constexpr (std::is_same_v<Side, SiteState>) {
            return side_.id.value;
        } else {
            return static_cast<std::uint16_t>(network_.sites.size());
        }
    }

    void again_at(Time at, Again again) {
        if constexpr (std::is_same_v<Side, SiteState>) {
            context_.at(at, SiteSendsAgain{again.place});
        } else {
            context_.at(at, LetterSentAgain{again.place});
        }
    }
    void again_at(Time at, Probe) {
        if constexpr (std::is_same_v<Side, SiteState>) {
            context_.at(at, SiteTriesLink{number_});
        } else {
            context_.at(at, LinkTried{number_});
        }
    }
    void again_at(Time at, Repair) {
        if constexpr (std::is_same_v<Side, SiteState>) {
            context_.at(at, SiteLinkRepaired{number_});
        } else {
            context_.at(at, LinkRepaired{number_});
        }
    }

    Side& side_;
    std::uint16_t number_;
    Link& link_;
    Context& context_;
    const Network& network_;
    Ends ends_;
    const Interface& terms_;
};

}  // namespace entrepot::models

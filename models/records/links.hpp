#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "models/disturbances/outages.hpp"
#include "models/facts.hpp"
#include "models/network/systems.hpp"
#include "models/pool.hpp"
#include "sim/packed.hpp"
#include "sim/reader.hpp"

/// Links between systems, and the messages that have not come through yet.
namespace entrepot::models {

/// A message between two systems. What it says stands where it is handed over (models/letters.cpp).
struct Letter {
    std::array<std::uint32_t, 3> content{};
    std::uint16_t link = 0;  ///< of its sender's links
    InterfaceName interface = InterfaceName::posting;
    std::uint8_t tries = 0;                          ///< calls so far
    static constexpr std::uint8_t kRepaired = 0xFF;  ///< they were in vain, and people have seen to it
    Time ready{}, written{};                         ///< it was; it was to go, by the link's beat
    enum class Way : std::uint8_t {
        waits,    ///< for its beat
        queues,   ///< for its turn, where the link takes only so many
        called,   ///< it has failed, and will be called again
        returns,  ///< the same, and queues for that
        through,  ///< what it asks for is yet to be done
        held_up,  ///< on its way, while others pass it
    };
    Way way = Way::called;
    sim::Filler<3> rest{};
    std::uint32_t number = 0;  ///< of the link's messages

    /// What it says is read with signs, too: as units, as a day.
    bool holds() const {
        return std::ranges::all_of(
            content, [](std::uint32_t word) { return sim::limits::sane(static_cast<std::int32_t>(word)); });
    }
};
constexpr Letter::Way last_of(Letter::Way) { return Letter::Way::held_up; }

/// Trials one after the other, of which few are hits: how many come before the next one is drawn at once, and they are
/// as many as if each trial were drawn.
struct RareHits {
    std::uint32_t trials = 0;  ///< so far: coordinate of their draws
    std::uint32_t next = 0;    ///< the trial that will be a hit, once it is known

    /// Whether one more trial is a hit; `uniform()` draws.
    template <class F>
    bool one_more(double probability, F&& uniform) {
        ++trials;
        if (probability <= 0) return false;
        if (trials > next) {
            constexpr double kMost = 4e9;
            const double misses = std::floor(std::log1p(-uniform()) / std::log1p(-probability));
            next = static_cast<std::uint32_t>(std::min(trials + misses, kMost));
        }
        return trials == next;
    }
    void forget_what_is_ahead() { next = trials; }
};

/// What the last calls of a link came to, and whether it is given a rest.
struct BreakerState {
    std::uint32_t failed = 0;  ///< a bit for each of the last calls, the newest one the lowest
    std::uint8_t calls = 0;    ///< so many of them count
    bool open = false;
    sim::Filler<2> rest{};

    /// A call has ended; returns whether the breaker opens.
    bool note(bool fails, const CircuitBreaker& terms) {
        const auto most = static_cast<std::uint8_t>(terms.calls);
        const std::uint32_t counted = most >= 32 ? ~0U : (1U << most) - 1;
        failed = (failed << 1 | (fails ? 1U : 0U)) & counted;
        if (calls < most) ++calls;
        return calls == most && std::popcount(failed) >= terms.share * terms.calls;
    }
};

struct Link {
    Outages outages;
    BreakerState breaker;
    // What is known ahead, so that a call that comes through costs no more than two looks.
    RareHits failures;           ///< of calls
    RareHits hold_ups;           ///< of messages
    Time up_until{};             ///< the link works at least until then
    Time busy_until{};           ///< with what has its turn, where it takes only so many
    std::uint32_t stuck = 0;     ///< letters that have not come through at once and are still on their way
    Time stuck_since{};          ///< the first of them was to be sent
    bool noticed = false;        ///< people know, or will soon
    bool run_is_missed = false;  ///< one of those that come again by themselves has not come through
    sim::Filler<2> rest{};
    std::uint32_t messages = 0;       ///< so far: each has its number for life
    std::vector<std::uint32_t> held;  ///< letters that wait while the breaker is open, in their order
    std::vector<std::uint32_t> dead;  ///< letters that wait for people
    LinkDay today{};
    std::vector<std::uint32_t> delays;  ///< messages of the day by bin (delays.hpp); empty before the first one

    template <class Archive>
    void fields(Archive& archive) {
        archive(outages, breaker, failures, hold_ups, up_until, busy_until, stuck, stuck_since, noticed, run_is_missed,
                messages, held, dead, today, delays);
    }
};

/// The links of one who sends. None where nothing can happen to any of them.
struct Links {
    std::vector<Link> all;
    Pool<Letter> letters;  ///< that have not come through at once

    template <class Archive>
    void fields(Archive& archive) {
        archive(all, letters);
    }
};

/// Something that a site was to send, or to be sent, by an interface has not come through.
inline bool is_stuck(const Links& links, InterfaceName interface) {
    const auto link = static_cast<std::size_t>(interface);
    return link < links.all.size() && links.all[link].stuck > 0;
}

}  // namespace entrepot::models

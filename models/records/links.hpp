#pragma once

#include <algorithm>
#include <array>
#include <bit>
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
    Time written{};
    enum class Way : std::uint8_t { waits, called, through };
    Way way = Way::called;  ///< for its beat; it is or was; what it asks for is yet to be done
    sim::Filler<7> rest{};

    /// What it says is read with signs, too: as units, as a day.
    bool holds() const {
        return std::ranges::all_of(
            content, [](std::uint32_t word) { return sim::limits::sane(static_cast<std::int32_t>(word)); });
    }
};
constexpr Letter::Way last_of(Letter::Way) { return Letter::Way::through; }

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
    std::uint32_t fails_at = 0;  ///< the call that will fail by itself, once it is known
    Time up_until{};             ///< the link works at least until then
    std::uint32_t drawn = 0;     ///< calls so far: coordinate of their draws
    std::uint32_t stuck = 0;     ///< letters that have not come through at once and are still on their way
    Time stuck_since{};          ///< the first of them was to be sent
    bool noticed = false;        ///< people know, or will soon
    bool run_is_missed = false;  ///< one of those that come again by themselves has not come through
    sim::Filler<6> rest{};
    std::vector<std::uint32_t> held;  ///< letters that wait while the breaker is open, in their order
    std::vector<std::uint32_t> dead;  ///< letters that wait for people
    LinkDay today{};

    template <class Archive>
    void fields(Archive& archive) {
        archive(outages, breaker, fails_at, up_until, drawn, stuck, stuck_since, noticed, run_is_missed, held, dead,
                today);
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

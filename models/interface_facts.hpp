#pragma once

#include <cstdint>

#include "sim/packed.hpp"

/// What facts say of the links between systems.
namespace entrepot::models {

/// A link over a day, told after its end by who sends, the next day; of links that nothing can happen to, nothing is
/// told.
struct LinkDay {
    std::uint32_t calls;     ///< attempts
    std::uint32_t at_once;   ///< messages that came through by the first one
    std::uint32_t by_retry;  ///< by a later one, without people
    std::uint16_t given_up;  ///< messages that no retry has helped
    std::uint16_t lost;      ///< of these, those that nothing has kept
    std::uint16_t twice;     ///< messages that had their effect a second time
    std::uint16_t outages;   ///< that ended on the day
    float hours_down;        ///< of the day
    float hours_late;        ///< sum over the messages, whoever helped: from the first attempt until they came through
    std::uint8_t interface;  ///< InterfaceName
    sim::Filler<3> rest{};
};

/// How long the messages of a link took over the same day, from when they were ready until what they ask for was done:
/// so many in each of some bins (delays.hpp); a day has as many of these facts as it needs.
struct LinkDelays {
    static constexpr std::size_t kMost = 5;
    std::uint32_t messages[kMost];
    std::uint16_t bins[kMost];
    std::uint8_t interface;  ///< InterfaceName
    std::uint8_t in_use;     ///< bins told here
};

/// What befalls a message between two systems.
enum class MessageStep : std::uint8_t {
    sent,      ///< it is ready, and waits for its link's beat, if there is one
    queued,    ///< for its turn, where the link takes only so many
    rested,    ///< it waits while the circuit breaker is open
    retried,   ///< it is called again
    failed,    ///< a call has failed; it will be called again
    kept,      ///< it is given up as a dead letter, for people
    lost,      ///< it is given up, and nothing has kept it: it waits until people miss what it said
    repaired,  ///< people have seen to it, and send it once more
    answered,  ///< a call has come through; what it asks for takes a while yet
    held_up,   ///< the same, but others pass it on its way; a part of a run begins so, which comes by itself
    to_key,    ///< it has come, and somebody is to enter it by hand
    applied,   ///< what it asks for is done
    twice,     ///< once more
};
constexpr MessageStep last_of(MessageStep) { return MessageStep::twice; }

/// A step on a message's way, of links to which something can happen; told only to logs that follow messages. A message
/// is known for life by who tells it, its link, and its number there.
struct MessageStepped {
    std::int64_t micros;       ///< until what is to come next, as far as that is known
    std::uint32_t content[3];  ///< what it says (models/letters.cpp); of a run, nothing
    std::uint32_t number;      ///< of the link's messages, from 1 on
    std::uint16_t link;        ///< of who sends it: all but postings' and the like hang on headquarters
    std::uint8_t interface;    ///< InterfaceName
    MessageStep step;
    std::uint8_t tries;  ///< calls that have failed so far, since people last saw to it
    sim::Filler<3> rest{};
};

/// A message was held up on its way, and has come after a newer one of the same thing.
struct MessageOvertaken {
    std::uint8_t interface;  ///< InterfaceName
    std::uint8_t applied;    ///< 1: what it says holds now, though it is older
};

/// The last message has come through that was stuck since a link went down, or since a call failed.
struct BacklogDrained {
    float hours;               ///< since the first of them was to be sent
    std::uint16_t since_day;   ///< which was on this day
    std::uint8_t interface;    ///< InterfaceName
    std::uint8_t ends_so = 0;  ///< 1: it is still stuck, and the horizon ends
};

/// A message is still on its way when the horizon ends, for something has failed; of a run, all that waits for it.
struct MessageNeverCame {
    float hours;              ///< since it was ready
    float hours_late;         ///< since it was to go, by its link's beat
    std::uint32_t messages;   ///< that a run would have told; 1 of others
    std::uint16_t since_day;  ///< on which it was to go
    std::uint8_t interface;   ///< InterfaceName
    std::uint8_t given_up;    ///< 1: people will have to see to it; 0: it is yet to be repeated
};

/// Whose forecast a purchase line goes by, where the forecasting service can fail.
enum class ForecastBy : std::uint8_t { none, service, fallback };

/// The order of a purchase line has come through to its supplier, who now takes it on.
struct OrderReachedSupplier {
    std::uint32_t line;
};

/// What a supplier has told of an order; what is told later is newer.
enum class Heard : std::uint8_t { nothing, confirmation, asn };
constexpr Heard last_of(Heard) { return Heard::asn; }

/// A supplier has told something of a purchase line, and the record goes by it.
struct SupplierTold {
    std::uint32_t line;
    std::int32_t fewer;  ///< units than the record had
    std::int16_t later;  ///< days than the record had; fewer than none: earlier
    std::uint8_t heard;  ///< Heard
    std::uint8_t asked;  ///< 1: on the telephone
};

/// A purchase line goes out in which a pack was taken for a unit, and nobody has seen it.
struct OrderedInWrongUnit {
    std::uint32_t item;
    std::int32_t units;  ///< so many, in place of a pack's size less
    std::uint16_t site;  ///< that gets them
    sim::Filler<2> rest{};
};

/// An order to a supplier or to a site has come through twice, and is carried out twice.
struct OrderedTwice {
    std::uint32_t item;
    std::int32_t units;     ///< the second time
    std::uint16_t site;     ///< that gets them
    std::uint8_t transfer;  ///< 0: a purchase line
    sim::Filler<1> rest{};
};

}  // namespace entrepot::models

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/simulate.hpp"
#include "studies/which.hpp"

/// A replication again, bit for bit, with somebody who looks at the world after each event. Nothing that looks changes
/// anything: the trajectory's digest is that of the study.
namespace entrepot::studies::explain {

/// What has just happened.
struct Seen {
    const models::World& world;  ///< as the event left it
    const sim::Event& event;
    std::span<const models::Fact> facts;  ///< that the event told

    models::Time at() const { return event.at; }
    /// The event's message, where it is of that type.
    template <class Message>
    std::optional<Message> message() const {
        if (event.kind() != models::Messages::kind_of<Message>()) return std::nullopt;
        return event.as<Message>();
    }
    /// What the event told of one kind.
    template <class Told>
    std::vector<Told> told() const {
        std::vector<Told> all;
        for (const models::Fact& fact : facts) {
            if (fact.kind() == models::FactList::kind_of<Told>()) all.push_back(fact.as<Told>());
        }
        return all;
    }
};

/// Looks, and keeps what it wants to tell.
class Watcher {
public:
    virtual ~Watcher() = default;
    /// The world of day 0, before its first event.
    virtual void begin(const models::World&) {}
    virtual void see(const Seen&) = 0;
    /// The end of a day, before what happens at its midnight.
    virtual void at_close(const models::World&) {}
    /// Midnight of the end, and what it told: the close of the last day, and what is still open. Not called where the
    /// run was ended before.
    virtual void end(const models::World&, std::span<const models::Fact>) {}
    /// Nothing that is still to come belongs to its story.
    virtual bool done() const { return false; }
    /// It has no story of its own, and goes on as long as others have.
    virtual bool serves() const { return false; }
};

struct Rerun {
    bool whole = false;  ///< to the end of the horizon: the digest is the study's
    std::uint64_t digest = 0, events = 0;
};

/// Runs the replication under the eyes of some, of whom the first sees each event first. With `whole` to the end of the
/// horizon, else until all of them are done.
Rerun rerun(const models::Network& network, const Which& which, std::span<Watcher* const> watchers, bool whole);

}  // namespace entrepot::studies::explain

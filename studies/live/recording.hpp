#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

#include "models/model.hpp"
#include "scenarios/load.hpp"
#include "studies/live/snapshots.hpp"
#include "studies/which.hpp"

/// One replication to look at: forwards, back, and into another future.
namespace entrepot::studies {

/// What is recorded, and how.
struct RecordingOptions {
    std::string strategy;
    Which which;
    bool order_by_order = false;                  ///< no sums of orders, but the facts of each
    std::size_t memory = std::size_t{512} << 20;  ///< bytes for worlds that are kept, the one that is shown included
};

/// Who is told what happens. Both hear of each thing once: what is replayed is not told again. Nothing that they do can
/// change the run. Either may be empty.
struct RecordingListeners {
    /// All facts, in the order in which they are told; all of those before a moment when the world shown comes to it.
    std::function<void(std::span<const models::Fact>)> facts;
    /// The world at each full hour of simulated time, from the first moment to the end: all before it has happened, and
    /// nothing of that hour.
    std::function<void(const models::World&)> hour;
};

/// The world can't go on under what it is asked to: one line for each thing that speaks against it.
struct CantTakeOver : std::runtime_error {
    explicit CantTakeOver(std::vector<std::string> all);
    std::vector<std::string> reasons;
};

/// One replication of one strategy that can be gone forwards and back in. At any moment of the horizon the world shown
/// is, bit for bit, that of an undisturbed run: going back takes a copy that was kept on the way and replays from
/// there. At the end of the horizon it has been closed, as a study closes it.
///
/// For one thread at a time. What holds the reference of `world()` sees it change with the next call.
class Recording {
public:
    /// At midnight of day 0. The strategy must be one of the scenario's.
    Recording(const scenarios::Loaded& loaded, const RecordingOptions& options, RecordingListeners listeners = {});
    Recording(Recording&&) noexcept;
    Recording& operator=(Recording&&) noexcept;
    ~Recording();

    const models::Network& network() const;
    const models::World& world() const;
    const std::string& strategy() const;

    models::Time begin() const;     ///< the earliest moment: the start of the run, or the fork's
    models::Time end() const;       ///< of the horizon
    models::Time now() const;       ///< of the world shown: every event before it has been handled
    models::Time furthest() const;  ///< how far it has ever come
    bool within_instant() const;    ///< some events of `now` have been handled, by steps
    bool ended() const;             ///< the world shown is that at the end, and closed

    /// Goes to any moment of the horizon, forwards or back; moments outside it count as its begin or end. False when a
    /// stop was requested before it was there: then the world shown is another moment's on the way, and as good.
    /// Throws sim::BrokenInvariant when the model breaks an invariant on the way, and again whenever it is to go beyond
    /// the last moment that is known to be whole; the world shown is that moment's then.
    bool go_to(models::Time when, std::stop_token stop = {});
    /// The same, but stays where it is when that is later.
    bool run_to(models::Time when, std::stop_token stop = {});
    /// Handles the next event, and returns it. When there is none before the end, goes there and returns nothing.
    std::optional<sim::Event> step_event();

    /// Fingerprints of the world shown, as `entrepot replay --digest` prints them.
    std::uint64_t trajectory_digest() const;
    std::uint64_t state_digest() const;

    std::size_t kept_worlds() const;  ///< beside the one that is shown
    std::size_t kept_bytes() const;   ///< about
    /// Another limit than that of the options, for what is kept from now on and what was.
    void keep_within(std::size_t memory);

    /// Another future of the world shown: from this moment on under a strategy of the scenario, which may be the same
    /// file's with other values. Who listens hears what comes after the fork. Throws CantTakeOver with all reasons.
    Recording fork(const scenarios::Loaded& loaded, const std::string& strategy, RecordingListeners listeners = {},
                   std::optional<std::size_t> memory = std::nullopt) const;

private:
    struct Inside;
    explicit Recording(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace entrepot::studies

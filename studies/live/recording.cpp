#include "studies/live/recording.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "models/conservation.hpp"
#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "models/take_over.hpp"
#include "sim/check.hpp"
#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"
#include "studies/live/changes.hpp"

namespace entrepot::studies {

using models::FactLog;
using models::Time;
using models::World;

namespace {

constexpr sim::hours kHour{1};

/// Sees each event by itself: nothing that follows it at once is handled with it.
struct OneByOne {
    static void handled(const sim::Event&, const sim::Pending&, std::uint32_t, std::uint32_t) {}
};

Time hour_from(Time t) { return Time{std::chrono::ceil<sim::hours>(t.time_since_epoch())}; }

std::string joined(const std::vector<std::string>& reasons) {
    std::string text;
    for (const std::string& reason : reasons) text += (text.empty() ? "" : "\n") + reason;
    return text;
}

}  // namespace

CantTakeOver::CantTakeOver(std::vector<std::string> all) : std::runtime_error(joined(all)), reasons(std::move(all)) {}

/// The world shown is either the furthest one, which goes on for the first time and is told of, or an earlier one that
/// is replayed while the furthest one waits.
struct Recording::Inside {
    std::shared_ptr<const models::Network> network;
    std::string text;  ///< the scenario's
    std::string strategy;
    std::size_t memory;
    RecordingListeners listeners;
    FactLog told, untold;
    World shown;
    std::optional<World> furthest;  ///< none: the world shown is
    Snapshots snapshots;
    Time begin, end;
    Time next_hour;               ///< the first one that the furthest world hasn't told of
    bool within_instant = false;  ///< of the world shown
    bool furthest_within_instant = false;
    bool closed = false;                ///< the furthest world has come to the end
    std::optional<std::string> broken;  ///< the model broke an invariant after the furthest world

    Inside(std::shared_ptr<const models::Network> net, World world, RecordingListeners who, std::size_t bytes)
        : network(std::move(net)),
          memory(bytes),
          listeners(std::move(who)),
          told([this](std::span<const models::Fact> facts) {
              if (listeners.facts) listeners.facts(facts);
          }),
          untold([](std::span<const models::Fact>) {}),
          shown(std::move(world)),
          snapshots(bytes, shown.now, models::start_of(network->calendar.total_days())),
          begin(shown.now),
          end(models::start_of(network->calendar.total_days())),
          next_hour(hour_from(begin)) {
        told.follow_messages();
        shown.cut(24);
        shown.report_to(told);
    }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

    Time how_far() const { return furthest ? furthest->now : shown.now; }
    bool ended() const { return closed && !furthest; }
    bool is_past(Time t) const { return shown.now > t || (shown.now == t && within_instant); }
    /// The furthest world isn't later than this moment, with all of it.
    bool reaches_furthest(Time t) const {
        if (!furthest) return !is_past(t) && !(closed && t < end);
        return furthest->now < t || (furthest->now == t && !furthest_within_instant && (!closed || t == end));
    }

    bool go_to(Time t, const std::stop_token& stop);
    void show_furthest();
    void show_copy_before(Time t);
    bool replay(Time t, const std::stop_token& stop);
    bool go_on(Time t, const std::stop_token& stop);
    void advance(Time t);
    void at_hour();
    void close();
    sim::Event handle_next();

    /// What the model does on the first pass, and what becomes of it when it breaks an invariant.
    template <class F>
    auto guarded(F&& f);
};

template <class F>
auto Recording::Inside::guarded(F&& f) {
    if (broken) throw sim::BrokenInvariant(*broken);
    const sim::RunUnderCheck check;
    try {
        return f();
    } catch (const sim::BrokenInvariant& error) {
        broken = error.what();
        shown = snapshots.whole();  // nothing of what broke stays
        snapshots.last().restore(shown);
        within_instant = false;
        throw;
    }
}

void Recording::Inside::show_furthest() {
    if (!furthest) return;
    shown = std::move(*furthest);
    furthest.reset();
    within_instant = furthest_within_instant;
    shown.report_to(told);
}

void Recording::Inside::show_copy_before(Time t) {
    if (!furthest) {
        furthest = shown;
        furthest_within_instant = within_instant;
    }
    snapshots.before(t).restore(shown);
    within_instant = false;
    shown.report_to(untold);
}

bool Recording::Inside::go_to(Time t, const std::stop_token& stop) {
    t = std::clamp(t, begin, end);
    if (reaches_furthest(t)) {
        show_furthest();
        return go_on(t, stop);
    }
    const bool nearer = !furthest || is_past(t) || snapshots.before(t).events > shown.events();
    if (nearer) show_copy_before(t);
    return replay(t, stop);
}

bool Recording::Inside::replay(Time t, const std::stop_token& stop) {
    while (shown.now < t) {
        if (stop.stop_requested()) return false;
        run_sequential(shown, std::min(t, hour_from(shown.now + models::Duration{1})));
        within_instant = false;
    }
    return true;
}

bool Recording::Inside::go_on(Time t, const std::stop_token& stop) {
    while (shown.now < t || (t == end && !closed)) {
        if (stop.stop_requested()) return false;
        guarded([&] {
            if (shown.now == end) return close();
            advance(std::min(t, std::max(next_hour, shown.now)));
        });
    }
    return true;
}

/// Up to the next full hour at most.
void Recording::Inside::advance(Time t) {
    if (shown.now < t) {
        run_sequential(shown, t);
        within_instant = false;
    }
    if (shown.now == next_hour && !within_instant) at_hour();
    told.flush();
}

void Recording::Inside::at_hour() {
    told.flush();  // all that was before it
    constexpr sim::days kBetweenChecks{7};
    if ((shown.now - sim::kStart) % kBetweenChecks == models::Duration::zero()) models::check_conservation(shown);
    if (listeners.hour) listeners.hour(shown);
    snapshots.look_at(shown);
    next_hour += kHour;
}

void Recording::Inside::close() {
    models::end_horizon(shown);
    models::check_conservation(shown);
    told.flush();
    closed = true;
}

sim::Event Recording::Inside::handle_next() {
    auto& all = shown.partitions.front();
    const sim::Event event = all.pending.pop();
    OneByOne observer;
    sim::handle(shown, all, event, event.at, nullptr, observer);
    shown.now = event.at;
    within_instant = true;
    return event;
}

Recording::Recording(const scenarios::Loaded& loaded, const RecordingOptions& options, RecordingListeners listeners) {
    std::vector<models::Fact> early;
    FactLog log([&](std::span<const models::Fact> facts) { early.insert(early.end(), facts.begin(), facts.end()); });
    auto network = std::make_shared<const models::Network>(scenarios::build(loaded, options.strategy));
    const DrawsOf draws = draws_of(options.which);
    World world =
        models::start_world(*network, options.which.seed, draws.number, log, draws.mirrored, options.order_by_order);
    inside_ = std::make_unique<Inside>(std::move(network), std::move(world), std::move(listeners), options.memory);
    inside_->text = loaded.text;
    inside_->strategy = options.strategy;
    log.flush();
    inside_->told.hand_on(early);
    inside_->snapshots.look_at(inside_->shown);
}

Recording::Recording(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Recording::Recording(Recording&&) noexcept = default;
Recording& Recording::operator=(Recording&&) noexcept = default;
Recording::~Recording() = default;

const models::Network& Recording::network() const { return *inside_->network; }
const World& Recording::world() const { return inside_->shown; }
const std::string& Recording::strategy() const { return inside_->strategy; }
Time Recording::begin() const { return inside_->begin; }
Time Recording::end() const { return inside_->end; }
Time Recording::now() const { return inside_->shown.now; }
Time Recording::furthest() const { return inside_->how_far(); }
bool Recording::within_instant() const { return inside_->within_instant; }
bool Recording::ended() const { return inside_->ended(); }

bool Recording::go_to(Time when, std::stop_token stop) { return inside_->go_to(when, stop); }

bool Recording::run_to(Time when, std::stop_token stop) {
    when = std::min(when, inside_->end);
    return inside_->is_past(when) || inside_->ended() || inside_->go_to(when, stop);
}

std::optional<sim::Event> Recording::step_event() {
    Inside& in = *inside_;
    if (in.ended()) return std::nullopt;
    if (in.furthest && in.shown.events() == in.furthest->events()) in.show_furthest();
    const Time next = in.shown.partitions.front().pending.next_at();
    if (next >= in.end) {
        in.go_to(in.end, {});
        return std::nullopt;
    }
    if (in.furthest) {
        const sim::Event event = in.handle_next();
        if (in.shown.events() == in.furthest->events() && in.furthest_within_instant) in.show_furthest();
        return event;
    }
    in.go_on(next, {});  // through the hours that come before it
    return in.guarded([&] {
        if (in.next_hour == next && !in.within_instant) in.at_hour();
        const sim::Event event = in.handle_next();
        in.told.flush();
        return event;
    });
}

std::uint64_t Recording::trajectory_digest() const { return inside_->shown.digest().value(); }
std::uint64_t Recording::state_digest() const { return sim::hash_of(inside_->shown); }

std::size_t Recording::kept_worlds() const { return inside_->snapshots.size() + inside_->furthest.has_value(); }
std::size_t Recording::kept_bytes() const {
    return inside_->snapshots.bytes() + (inside_->furthest ? bytes_of(*inside_->furthest) : 0);
}

void Recording::keep_within(std::size_t memory) {
    inside_->memory = memory;
    inside_->snapshots.keep_within(memory);
}

Recording Recording::fork(const scenarios::Loaded& loaded, const std::string& strategy, RecordingListeners listeners,
                          std::optional<std::size_t> memory) const {
    std::vector<std::string> reasons = unacceptable_changes(inside_->text, loaded.text);
    const std::vector<std::string> names = scenarios::strategy_names(loaded.scenario);
    if (std::ranges::find(names, strategy) == names.end()) reasons.push_back("there is no strategy " + strategy);
    if (!reasons.empty()) throw CantTakeOver(std::move(reasons));
    const bool same = strategy == inside_->strategy && loaded.text == inside_->text;
    const auto network =
        same ? inside_->network : std::make_shared<const models::Network>(scenarios::build(loaded, strategy));
    reasons = models::what_speaks_against(inside_->shown, *network);
    if (!reasons.empty()) throw CantTakeOver(std::move(reasons));

    std::vector<models::Fact> early;
    FactLog log([&](std::span<const models::Fact> facts) { early.insert(early.end(), facts.begin(), facts.end()); });
    auto forked = std::make_unique<Inside>(network, models::take_over(inside_->shown, *network, log),
                                           std::move(listeners), memory.value_or(inside_->memory));
    forked->told.hand_on(early);
    forked->text = loaded.text;
    forked->strategy = strategy;
    forked->within_instant = inside_->within_instant;
    if (forked->within_instant) forked->next_hour = hour_from(forked->begin + models::Duration{1});
    forked->closed = inside_->ended();
    forked->snapshots.look_at(forked->shown);
    return Recording(std::move(forked));
}

}  // namespace entrepot::studies

#include "studies/explain/rerun.hpp"

#include <algorithm>
#include <vector>

#include "models/conservation.hpp"
#include "models/network/calendar.hpp"
#include "sim/run_sequential.hpp"

namespace entrepot::studies::explain {

namespace {

/// Hands on each event with the facts that it told.
class Eyes {
public:
    Eyes(const models::World& world, models::FactLog& log, std::vector<models::Fact>& told,
         std::span<Watcher* const> watchers)
        : world_(world), log_(log), told_(told), watchers_(watchers) {}

    void handled(const sim::Event& event, const sim::Pending&, std::uint32_t, std::uint32_t) {
        log_.flush();
        const Seen seen{world_, event, told_};
        for (Watcher* watcher : watchers_) watcher->see(seen);
        told_.clear();
    }

private:
    const models::World& world_;
    models::FactLog& log_;
    std::vector<models::Fact>& told_;
    std::span<Watcher* const> watchers_;
};

}  // namespace

Rerun rerun(const models::Network& network, const Which& which, std::span<Watcher* const> watchers, bool whole) {
    std::vector<models::Fact> told;
    models::FactLog log(
        [&](std::span<const models::Fact> facts) { told.insert(told.end(), facts.begin(), facts.end()); });
    log.follow_messages();
    const DrawsOf draws = draws_of(which);
    models::World world = models::start_world(network, which.seed, draws.number, log, draws.mirrored, true);
    log.flush();
    told.clear();
    for (Watcher* watcher : watchers) watcher->begin(world);
    const int days = network.calendar.total_days();
    const auto all_done = [&] {
        return std::ranges::all_of(watchers, [](Watcher* w) { return w->done() || w->serves(); });
    };
    int day = 0;
    while (day < days && (whole || !all_done())) {
        run_sequential(world, models::start_of(++day), Eyes(world, log, told, watchers));
        for (Watcher* watcher : watchers) watcher->at_close(world);
    }
    models::check_conservation(world);
    const Rerun again{day == days, world.digest().value(), world.events()};
    if (day < days) return again;
    models::end_horizon(world);
    log.flush();
    for (Watcher* watcher : watchers) watcher->end(world, told);
    return again;
}

}  // namespace entrepot::studies::explain

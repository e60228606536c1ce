#include "viz/live/lane.hpp"

namespace entrepot::viz {

Lane::Lane(const scenarios::Loaded& loaded, const std::string& strategy, const studies::Which& which,
           std::size_t memory, Told told)
    : told_(std::move(told)),
      recording_(loaded, {.strategy = strategy, .which = which, .memory = memory}, listeners()) {}

Lane::Lane(const Lane& before, const scenarios::Loaded& loaded, const std::string& strategy, std::size_t memory,
           Told told)
    : told_(std::move(told)), recording_(before.recording_.fork(loaded, strategy, listeners(), memory)) {}

studies::RecordingListeners Lane::listeners() {
    return {.facts =
                [this](std::span<const models::Fact> facts) {
                    if (hours_) hours_->read(facts);
                },
            .hour = [this](const models::World& world) { hour_ends(world); }};
}

/// The first hour that is told has nothing behind it: it only says which network this is.
void Lane::hour_ends(const models::World& world) {
    if (!hours_) {
        hours_ = std::make_unique<HourCounter>(world.network->sites.size());
        looker_ = std::make_unique<Looker>(*world.network);
        return;
    }
    const auto hour = std::chrono::floor<sim::hours>(world.now.time_since_epoch()).count();
    told_(static_cast<std::size_t>(hour - 1), hours_->close(*looker_, world));
}

Scene Lane::scene(const Wanted& wanted) const {
    return looker_ ? looker_->scene(recording_.world(), wanted)
                   : Looker(recording_.network()).scene(recording_.world(), wanted);
}

}  // namespace entrepot::viz

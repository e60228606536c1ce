#include "viz/live/lane.hpp"

#include "models/simulate.hpp"
#include "sim/run_sequential.hpp"
#include "studies/run_study.hpp"

namespace entrepot::viz {

using models::Time;

Lane::Lane(const scenarios::Loaded& loaded, const std::string& strategy, const Replication& replication, Told told)
    : network_(scenarios::build(loaded, strategy)),
      looker_(network_),
      replication_(replication),
      told_(std::move(told)),
      hours_(network_.sites.size()),
      log_([this](std::span<const models::Fact> facts) {
          if (first_pass_) hours_.read(facts);
      }),
      world_(begin()) {}

models::World Lane::begin() {
    const studies::DrawsOf draws = studies::draws_of(replication_.number, replication_.antithetic);
    return models::start_world(network_, replication_.seed, draws.number, log_, draws.mirrored);
}

void Lane::forward(Time until) {
    while (world_.now < until) {
        const Time hour_ends = sim::kStart + sim::hours{hours_told_ + 1};
        first_pass_ = world_.now >= hour_ends - sim::hours{1};
        const Time stop = first_pass_ ? std::min(until, hour_ends) : std::min(until, hour_ends - sim::hours{1});
        run_sequential(world_, stop);
        log_.flush();
        if (first_pass_ && stop == hour_ends) told_(hours_told_++, hours_.close(looker_, world_));
    }
}

void Lane::go_to(Time moment) {
    if (moment < world_.now) {
        log_.flush();
        world_ = begin();
    }
    forward(moment);
}

Time Lane::next_event() { return world_.partitions.front().pending.next_at(); }

}  // namespace entrepot::viz

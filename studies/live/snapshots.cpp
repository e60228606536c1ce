#include "studies/live/snapshots.hpp"

#include <algorithm>

#include "sim/check.hpp"

namespace entrepot::studies {

namespace {

constexpr std::size_t kInUse = 2;  ///< worlds beside those kept here: the one shown, and the furthest

/// A difference grows with the time that has passed, but slowly after some days: with so many to a whole world, all
/// take about the least.
constexpr std::size_t kToAWhole = 12;
/// What one takes then, in whole worlds: a guess until there are enough to know it.
constexpr double kUsualShare = 0.3;

/// Replaying fewer events than that takes no time that anybody sees.
constexpr double kFewEvents = 2'000;

}  // namespace

Snapshots::Snapshots(std::size_t memory, models::Time begin, models::Time end)
    : memory_(memory), begin_(begin), end_(end) {}

void Snapshots::look_at(const models::World& world) {
    if (!is_time(world)) return;
    std::shared_ptr<const models::World> whole = kept_.empty() ? nullptr : kept_.back().whole;
    if (!whole || std::ranges::count(kept_, whole, &Kept::whole) >= std::ptrdiff_t{kToAWhole}) {
        whole = std::make_shared<const models::World>(world);
    }
    world_bytes_ = bytes_of(world);
    kept_.push_back(Kept(std::move(whole), world, room_));
    count_bytes();
    make_room();
}

void Snapshots::keep_within(std::size_t memory) {
    memory_ = memory;
    make_room();
}

/// The places that are left are spread evenly over the events that are still to come, if they come as they did. What
/// turns out otherwise, later distances and `make_room` correct.
bool Snapshots::is_time(const models::World& world) const {
    if (kept_.empty()) return true;
    const Kept& last = kept_.back();
    if (world.now <= last.now) return false;
    const auto passed = static_cast<double>(world.events() - kept_.front().events);
    const double share = sim::in<sim::hours>(world.now - begin_) / sim::in<sim::hours>(end_ - begin_);
    const double to_come = passed / share - static_cast<double>(last.events - kept_.front().events);
    const std::size_t taken = bytes_ + kInUse * world_bytes_;
    const double bytes_of_one = kept_.size() < kToAWhole
                                    ? kUsualShare * static_cast<double>(world_bytes_)
                                    : static_cast<double>(bytes_) / static_cast<double>(kept_.size());
    const double places = taken < memory_ ? static_cast<double>(memory_ - taken) / bytes_of_one : 0;
    return static_cast<double>(world.events() - last.events) >= std::max(kFewEvents, to_come / (places + 1));
}

/// Those go whose neighbours are nearest to each other: the way that is to be replayed in their place is the shortest.
void Snapshots::make_room() {
    while (kept_.size() > 2 && bytes_ + kInUse * world_bytes_ > memory_) {
        std::size_t least = 1;
        const auto way_without = [&](std::size_t i) { return kept_[i + 1].events - kept_[i - 1].events; };
        for (std::size_t i = 2; i + 1 < kept_.size(); ++i) {
            if (way_without(i) < way_without(least)) least = i;
        }
        kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(least));
        count_bytes();
    }
}

void Snapshots::count_bytes() {
    bytes_ = 0;
    const models::World* counted = nullptr;
    for (const Kept& kept : kept_) {
        bytes_ += kept.difference.bytes();
        if (kept.whole.get() != counted) bytes_ += bytes_of(*(counted = kept.whole.get()));
    }
}

const Snapshots::Kept& Snapshots::before(models::Time when) const {
    const auto later = std::ranges::upper_bound(kept_, when, {}, &Kept::now);
    SIM_CHECK(later != kept_.begin(), "nothing is kept of a time before the start");
    return *std::prev(later);
}

}  // namespace entrepot::studies

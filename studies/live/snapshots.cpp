#include "studies/live/snapshots.hpp"

#include <algorithm>
#include <type_traits>

#include "sim/archive.hpp"
#include "sim/check.hpp"

namespace entrepot::studies {

namespace {

/// Adds up the bytes of a state's parts.
class Sizer : public sim::Archive<Sizer> {
public:
    template <class Plain>
    void plain(const Plain&) {
        bytes += sizeof(Plain);
    }
    template <class Part>
    static void resize(std::vector<Part>&, std::uint64_t) {}

    std::size_t bytes = 0;
};

static_assert(std::is_nothrow_move_constructible_v<Snapshots::Kept>, "else a growing list copies its worlds");

constexpr std::size_t kInUse = 2;  ///< worlds beside those kept here: the one shown, and the furthest

/// Replaying fewer events than that takes no time that anybody sees.
constexpr double kFewEvents = 2'000;

}  // namespace

std::size_t bytes_of(const models::World& world) {
    Sizer sizer;
    sizer(const_cast<models::State&>(world.state));  // which only looks
    for (const auto& partition : world.partitions) sizer.bytes += partition.pending.size() * sizeof(sim::Event);
    return sizer.bytes + sizeof world;
}

Snapshots::Snapshots(std::size_t memory, models::Time begin, models::Time end)
    : memory_(memory), begin_(begin), end_(end) {}

void Snapshots::look_at(const models::World& world) {
    if (!is_time(world)) return;
    const std::size_t bytes = bytes_of(world);
    kept_.push_back({world, world.events(), bytes});
    bytes_ += bytes;
    make_room();
}

/// As many as there is room for are to be spread evenly over all events that the way will have, if it goes on as it
/// did. What turns out otherwise, `make_room` corrects.
bool Snapshots::is_time(const models::World& world) const {
    if (kept_.empty()) return true;
    if (world.now <= kept_.back().world.now) return false;
    const auto passed = static_cast<double>(world.events() - kept_.front().events);
    const double share = sim::in<sim::hours>(world.now - begin_) / sim::in<sim::hours>(end_ - begin_);
    const std::size_t room = memory_ / std::max<std::size_t>(1, kept_.back().bytes);
    const auto places = static_cast<double>(room > kInUse + 2 ? room - kInUse - 1 : 1);
    const double apart = std::max(kFewEvents, passed / share / places);
    return static_cast<double>(world.events() - kept_.back().events) >= apart;
}

/// Those go whose neighbours are nearest to each other: the way that is to be replayed in their place is the shortest.
void Snapshots::make_room() {
    while (kept_.size() > 2 && bytes_ + kInUse * kept_.back().bytes > memory_) {
        std::size_t least = 1;
        const auto way_without = [&](std::size_t i) { return kept_[i + 1].events - kept_[i - 1].events; };
        for (std::size_t i = 2; i + 1 < kept_.size(); ++i) {
            if (way_without(i) < way_without(least)) least = i;
        }
        bytes_ -= kept_[least].bytes;
        kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(least));
    }
}

const Snapshots::Kept& Snapshots::before(models::Time when) const {
    const auto later = std::ranges::upper_bound(kept_, when, {}, [](const Kept& kept) { return kept.world.now; });
    SIM_CHECK(later != kept_.begin(), "nothing is kept of a time before the start");
    return *std::prev(later);
}

}  // namespace entrepot::studies

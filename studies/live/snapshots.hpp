#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "studies/live/difference.hpp"

namespace entrepot::studies {

/// Copies of a world along its way, so that going back need not begin at the start. There are as many as the memory
/// holds, so spread that the longest way between two of them is short; ways are measured in events, which cost about
/// the same, while days don't. One in some is kept whole, the others as what they have that it hasn't.
class Snapshots {
public:
    struct Kept {
        models::Time now{};
        std::uint64_t events = 0;  ///< handled up to there

        /// Makes `world`, any one of the run between two events, this one.
        void restore(models::World& world) const { difference.apply(*whole, world); }

    private:
        friend class Snapshots;
        Kept(std::shared_ptr<const models::World> base, const models::World& world, std::vector<unsigned char>& room)
            : now(world.now), events(world.events()), whole(std::move(base)), difference(*whole, world, room) {}
        std::shared_ptr<const models::World> whole;
        Difference difference;
    };

    /// `memory`: bytes for all worlds, two of them in use elsewhere. `begin`, `end`: of the way.
    Snapshots(std::size_t memory, models::Time begin, models::Time end);

    /// Keeps the world, if it is time for it. The first one is always kept.
    void look_at(const models::World& world);

    /// From now on in so many bytes; those for which there is no more room go.
    void keep_within(std::size_t memory);

    /// The last one kept that isn't later than `when`. The first one must not be.
    const Kept& before(models::Time when) const;
    /// A whole world of the run, of some moment.
    const models::World& whole() const { return *kept_.back().whole; }
    const Kept& last() const { return kept_.back(); }
    std::size_t size() const { return kept_.size(); }
    std::size_t bytes() const { return bytes_; }

private:
    bool is_time(const models::World& world) const;
    void make_room();
    void count_bytes();

    std::size_t memory_;
    models::Time begin_, end_;
    std::vector<Kept> kept_;       ///< in the order of time; those of one whole world lie together
    std::size_t bytes_ = 0;        ///< of all of them
    std::size_t world_bytes_ = 0;  ///< of the last one, were it whole
    std::vector<unsigned char> room_;
};

}  // namespace entrepot::studies

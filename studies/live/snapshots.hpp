#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/model.hpp"

namespace entrepot::studies {

/// Bytes that a copy of the world takes, about.
std::size_t bytes_of(const models::World& world);

/// Copies of a world along its way, so that going back need not begin at the start. There are as many as the memory
/// holds, so spread that the longest way between two of them is short; ways are measured in events, which cost about
/// the same, while days don't.
class Snapshots {
public:
    struct Kept {
        models::World world;
        std::uint64_t events = 0;  ///< handled up to there
        std::size_t bytes = 0;
    };

    /// `memory`: bytes for all worlds, two of them in use elsewhere. `begin`, `end`: of the way.
    Snapshots(std::size_t memory, models::Time begin, models::Time end);

    /// Keeps a copy, if it is time for one. The first world is always kept.
    void look_at(const models::World& world);

    /// The last one kept that isn't later than `when`. The first one must not be.
    const Kept& before(models::Time when) const;
    const Kept& last() const { return kept_.back(); }
    std::size_t size() const { return kept_.size(); }
    std::size_t bytes() const { return bytes_; }

private:
    bool is_time(const models::World& world) const;
    void make_room();

    std::size_t memory_;
    models::Time begin_, end_;
    std::vector<Kept> kept_;  ///< in the order of time
    std::size_t bytes_ = 0;   ///< of all of them
};

}  // namespace entrepot::studies

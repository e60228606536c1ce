#pragma once

#include <cstddef>
#include <vector>

#include "models/model.hpp"

namespace entrepot::studies {

/// Bytes that a copy of a world takes, about.
std::size_t bytes_of(const models::World& world);

/// What a world has that another one of the same run hasn't: some days later that is a fifth of a copy's bytes. Words
/// that are the same in both cost a bit, others their bytes that differ.
class Difference {
public:
    /// `room`: memory to work in, which is best used again for the next one.
    Difference(const models::World& from, const models::World& to, std::vector<unsigned char>& room);

    /// Makes `world`, any one of the run between two events, the later one; `from` is the one of the constructor.
    void apply(const models::World& from, models::World& world) const;

    std::size_t bytes() const { return code_.size(); }

private:
    std::vector<unsigned char> code_;
    std::size_t singles_ = 0;  ///< bytes of values that no vector holds
};

}  // namespace entrepot::studies

#pragma once

#include <cstdint>
#include <string>

#include "sim/random.hpp"

namespace entrepot::fuzz {

/// Damage to a text as editors, merges and disks do it.
class Damage {
public:
    explicit Damage(std::uint32_t seed) : draw_(sim::Draws(20261123, seed).at(1, 0, 0)) {}

    /// One to four times.
    std::string damaged(std::string text);

private:
    struct Line {
        std::size_t start, size;
    };
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(draw_.uniform() * static_cast<double>(n)); }
    Line line(const std::string& text);
    void once(std::string& text);
    void replace_value(std::string& text);

    sim::Stream draw_;
};

}  // namespace entrepot::fuzz

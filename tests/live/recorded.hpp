#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "studies/live/recording.hpp"

/// What the tests of recordings share.
namespace entrepot::tests {

inline scenarios::Loaded loaded_of(const std::string& file, const std::vector<std::string>& overrides = {}) {
    scenarios::Result result =
        scenarios::load(std::filesystem::path(ENTREPOT_SOURCE_DIR) / "scenarios" / file, overrides);
    for (const auto& problem : result.problems) ADD_FAILURE() << file << ": " << problem.message;
    return std::move(result.loaded.value());
}

/// A scenario and the strategy that runs in it.
struct Case {
    const char* file;
    const char* strategy;
};
inline std::ostream& operator<<(std::ostream& stream, const Case& c) { return stream << c.file << " " << c.strategy; }

/// Fingerprints of a world.
struct Prints {
    std::uint64_t trajectory = 0, state = 0;
    bool operator==(const Prints&) const = default;
};
inline std::ostream& operator<<(std::ostream& stream, const Prints& prints) {
    return stream << std::hex << prints.trajectory << " " << prints.state << std::dec;
}

inline Prints prints_of(const studies::Recording& recording) {
    return {recording.trajectory_digest(), recording.state_digest()};
}

/// Those of a run that nobody looks at, at a moment.
Prints undisturbed(const scenarios::Loaded& loaded, const studies::RecordingOptions& options, models::Time t);

/// Facts as bytes, in their order.
struct Heard {
    std::vector<models::Fact> facts;
    studies::RecordingListeners listeners() {
        return {.facts =
                    [this](std::span<const models::Fact> told) { facts.insert(facts.end(), told.begin(), told.end()); },
                .hour = {}};
    }
    /// Fingerprint of all of them from a moment on, whatever the bytes between their fields.
    std::uint64_t print(models::Time from = sim::kStart) const;
};

}  // namespace entrepot::tests

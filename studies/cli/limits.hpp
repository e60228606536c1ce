#pragma once

#include <optional>
#include <string>

#include "studies/estimate.hpp"
#include "studies/machine.hpp"

/// What a run will take, in words, and what is refused because the machine hasn't got it.
namespace entrepot::studies::cli {

/// Cores of the machine; 1 where nobody knows.
std::size_t cores();

/// Of `validate`: what a replication takes, and what a run by these options does.
std::string estimate_text(const Estimate& estimate, const StudyOptions& options, const MemoryLimit& limit);

/// What is said of a network that can't even be built.
std::string build_problem(double bytes, const MemoryLimit& limit);

/// UsageError where the networks of the study, or all of it, want more memory than there is; nothing with `anyway`.
void want_room_to_build(const scenarios::Loaded& loaded, const StudyOptions& options, const MemoryLimit& limit,
                        bool anyway);
void want_room(const Estimate& estimate, const MemoryLimit& limit, bool anyway);

/// What to say of a run that will take longer than its limit [s], or without one than a day; nothing of others.
std::string time_note(const Estimate& estimate, const StudyOptions& options, std::optional<double> limit_seconds);

}  // namespace entrepot::studies::cli

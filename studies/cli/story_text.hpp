#pragma once

#include <string>
#include <vector>

#include "studies/clock.hpp"
#include "studies/explain/story.hpp"
#include "studies/explain/words.hpp"
#include "studies/explain/worst.hpp"

/// Stories for the terminal and as JSON.
namespace entrepot::studies::cli {

/// What a story is of, and how it was run again.
struct StoryOrigin {
    std::string scenario, strategy, title;  ///< the strategy's title
    std::uint32_t seed = 0;
    std::size_t replication = 0;
    std::string command;     ///< what stands before the option of another story: "entrepot explain spike.h5"
    std::string difference;  ///< from the study's replication; empty where there is none, or no study
    bool of_study = false;
    std::uint64_t digest = 0;  ///< of the trajectory; 0 where it was not run to its end
};

/// Of which replication something is told.
std::string origin_text(const StoryOrigin& origin);

/// The story in words, day by day. `width` 0 = lines of any length.
std::string story_text(const explain::Story& story, const StoryOrigin& origin, const Clock& clock);

/// What went worst, each with the command that explains it.
std::string worst_text(const std::vector<explain::TellingList>& lists, const StoryOrigin& origin);
std::string worst_json(const std::vector<explain::TellingList>& lists, const StoryOrigin& origin);

/// Broken where the terminal ends, but for the lines that are commands: those can be pasted.
std::string fitted_around(const std::string& text, const std::string& command);

std::string story_json(const explain::Story& story, const StoryOrigin& origin, const Clock& clock);

}  // namespace entrepot::studies::cli

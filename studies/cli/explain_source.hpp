#pragma once

#include <optional>
#include <string>

#include "studies/cli/options.hpp"
#include "studies/cli/story_text.hpp"
#include "studies/explain/source.hpp"

/// Which replication a command runs again.
namespace entrepot::studies::cli {

/// What is run again, and the study that had it, if there is one.
struct ExplainSource {
    std::string command;  ///< that asked
    scenarios::Loaded loaded;
    std::optional<results::Study> study;
    std::string strategy;
    Which which;
    const results::Replication* kept = nullptr;  ///< as the study has it
};

/// The options that say which: source, scenario, strategy, replication, antithetic, seed, set.
void add_source_options(po::options_description& options);

/// Nothing, and complaints on the standard error, where the scenario can't be read.
std::optional<ExplainSource> read_source(const std::string& command, const std::string& example,
                                         const po::variables_map& values);

StoryOrigin origin_of(const ExplainSource& source, const explain::Rerun& again, const po::variables_map& values);

}  // namespace entrepot::studies::cli

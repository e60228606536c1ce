#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/program_options.hpp>

#include "results/study.hpp"
#include "scenarios/load.hpp"
#include "studies/clock.hpp"

/// What the commands share: parsing of options with suggestions, reading of scenarios, writing of texts.
namespace entrepot::studies::cli {

namespace po = boost::program_options;

/// Options of one command.
struct CommandOptions {
    std::string command;      ///< "run"
    std::string usage;        ///< what follows the command: "SCENARIO [OPTIONS]"
    std::string explanation;  ///< a paragraph and examples
    po::options_description visible;
    std::string positional;  ///< name of the option that a bare argument fills; empty = none
    bool several = false;    ///< there may be more than one such argument: the option's value is a list
};

/// Parses; nothing when the help was asked for, and printed. Throws UsageError with a suggestion.
std::optional<po::variables_map> parse(const CommandOptions& options, const std::vector<std::string>& arguments);

/// The named file of a command, which must be given.
std::string required(const po::variables_map& values, const std::string& name, const std::string& what);

/// A whole number in [least, most] of an option that is text; nothing when it isn't there. UsageError otherwise:
/// reading it as an unsigned type would let "-1" wrap.
std::optional<std::int64_t> whole_number(const po::variables_map& values, const std::string& command,
                                         const std::string& name, std::int64_t least, std::int64_t most);

inline constexpr std::int64_t kMostSeed = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int64_t kMostThreads = 1024;  ///< more are a slip of the finger

/// The names of a list such as "S0,S6". UsageError when one is empty.
std::vector<std::string> names_of(const po::variables_map& values, const std::string& command, const std::string& name);

/// UsageError when more than one of these options is given: only one of them could be obeyed.
void want_one_of(const po::variables_map& values, const std::string& command, const std::vector<std::string>& names);

/// Reads a scenario, or prints all that is wrong with it to the standard error. `then`: further overrides, those of
/// --set-then.
std::optional<scenarios::Loaded> load_or_complain(const std::filesystem::path& file,
                                                  const std::vector<std::string>& overrides,
                                                  const std::vector<std::string>& then = {});

/// Reads a study that has something to tell: StoreError when no replication has finished. A note on the standard error
/// says when its format is too old to have checksums.
results::Study load_results(const std::string& file);

/// OutputError where no file may come to stand: where there is one and `force` isn't set, where it is one of those that
/// are read, and where the path is something else than an ordinary file, with or without force.
void want_new(const std::filesystem::path& file, bool force, std::span<const std::string> read = {});

/// The strategy that --comparator names, among these; nothing when it isn't given. UsageError for another one.
std::optional<std::string> chosen_comparator(const po::variables_map& values, const std::string& command,
                                             const std::vector<std::string>& strategies);

/// UsageError that tells all of the named strategies that aren't among the known ones.
void want_strategies(const std::string& command, const std::string& option, const std::vector<std::string>& named,
                     const std::vector<std::string>& known);

/// The moment that an option's text says; UsageError when it says none.
models::Time moment_of(const std::string& option, const std::string& text, const Clock& clock);

/// Writes a file whole or not at all; OutputError when it can't be.
void write_output(const std::filesystem::path& file, std::string_view bytes);
/// The same of bytes that come piece by piece.
void write_output(const std::filesystem::path& file,
                  const std::function<void(const std::function<void(std::string_view)>&)>& write);

}  // namespace entrepot::studies::cli

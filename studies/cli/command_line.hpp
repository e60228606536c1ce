#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

/// The command line: `entrepot COMMAND ...`.
namespace entrepot::studies::cli {

/// What the program's exit says; docs/command-line.md lists them.
enum ExitCode : int {
    kOk = 0,
    kInternal = 1,       ///< a fault of the program
    kUsage = 2,          ///< unknown command or option, missing argument
    kBadInput = 3,       ///< a scenario or a data file has errors, or a study can't be read
    kOutput = 4,         ///< the result can't be written, or exists already
    kMissed = 5,         ///< verify: a case was missed; calibrate: a band doesn't hold
    kImprecise = 6,      ///< run --precision: ended before it was reached; what was simulated is saved
    kInterrupted = 130,  ///< stopped by Ctrl-C or a signal; what was finished is saved
};

/// The user asked for something that isn't there. Printed with a hint at the help.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A file that was given can't be read, or isn't what it should be.
struct InputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A command: its name, its line in the help, and what runs it. Arguments don't include the command's name.
struct Command {
    std::string name, summary;
    int (*run)(const std::vector<std::string>& arguments);
};

/// All commands, in the order of the help. One line each in command_line.cpp.
const std::vector<Command>& commands();

/// Runs a program, and tells what it throws on the standard error, with the program's name before it.
int exit_code_of(const std::string& program, const std::function<int()>& run);

int main(int argc, char** argv);

}  // namespace entrepot::studies::cli

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viz/live/session.hpp"

/// The command line of entrepot-viz.
namespace entrepot::viz {

struct Options {
    std::filesystem::path file;
    OpenOptions open;
    std::string fork_at, then;          ///< a fork to begin with: when, and under which strategy
    std::vector<std::string> set_then;  ///< and with which values
    std::string at;                     ///< where to go at first: "40 d" or a date; empty: the beginning
    std::string picture;                ///< a view to draw into a file; empty: a window
    std::filesystem::path output;
    int width = 1600, height = 1000;
    bool sized = false;  ///< the size was given
    std::optional<double> scale;
    std::optional<bool> dark;
    std::string site_name, item_name;
    std::optional<std::uint32_t> opened;  ///< the number of a case
    std::filesystem::path status;         ///< where to write what is shown, for programs that drive the window
    bool benchmark = false, force = false;
};

/// Nothing when the help was asked for, and printed. Throws studies::cli::UsageError.
std::optional<Options> read_options(const std::vector<std::string>& arguments);

/// Runs the program: its exit code is as docs/command-line.md says.
int main(int argc, char** argv);

}  // namespace entrepot::viz

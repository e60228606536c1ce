#include <iostream>
#include <string>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/explain_source.hpp"
#include "studies/evidence/case_log.hpp"

/// One replication again, bit for bit, with all that was decided in it written down.
namespace entrepot::studies::cli {

namespace {

CommandOptions log_options() {
    CommandOptions options{
        .command = "log",
        .usage = "STUDY.h5|SCENARIO [OPTIONS]",
        .explanation =
            "Runs one replication again, bit for bit, and writes down what was decided in it: a line for each\n"
            "activity of each case, from its detection to its end, with who did it, from when to when, about what,\n"
            "by which policy, and a fingerprint of what was known. Cases are purchase lines, transfers, escalations\n"
            "and late suppliers; an automatic one passes through in one moment. Tools for process mining read it:\n"
            "case, activity, role, start, end.\n\n"
            "  entrepot log spike.h5 --strategy S6 --replication 3 -o decisions.csv\n"
            "  entrepot log scenarios/tiny.toml > decisions.csv\n",
        .visible = po::options_description("options"),
        .positional = "source"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>(), "a file in place of the standard output");
    add("force", "overwrite the file");
    add_source_options(options.visible);
    return options;
}

}  // namespace

int run_log(const std::vector<std::string>& arguments) {
    const auto values = parse(log_options(), arguments);
    if (!values) return kOk;
    const auto source = read_source("log", "entrepot log STUDY.h5 --strategy S6", *values);
    if (!source) return kBadInput;
    const std::string output = values->count("output") ? (*values)["output"].as<std::string>() : "";
    const std::string read = (*values)["source"].as<std::string>();
    if (!output.empty()) want_new(output, values->count("force") > 0, {{read}});

    const models::Network network = scenarios::build(source->loaded, source->strategy);
    const evidence::CaseTable table(network);
    std::string text = evidence::CaseTable::head();
    evidence::CaseLog log([&](const evidence::Activity& activity) {
        text += table.row(activity);
        if (!output.empty()) return;
        std::cout << text;
        text.clear();
    });
    explain::Watcher* watchers[] = {&log};
    const explain::Rerun again = explain::rerun(network, source->which, watchers, true);
    const StoryOrigin origin = origin_of(*source, again, *values);
    if (!origin.difference.empty()) fmt::print(stderr, "note: {}\n", origin.difference);
    output.empty() ? void(std::cout << text) : write_output(output, text);
    return kOk;
}

}  // namespace entrepot::studies::cli

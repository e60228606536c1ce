#include <cstdio>
#include <iostream>
#include <string>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/explain_source.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/evidence/case_log.hpp"
#include "studies/evidence/object_watch.hpp"
#include "studies/evidence/ocel.hpp"
#include "studies/quoted.hpp"

/// One replication again, bit for bit, with all that was decided in it written down.
namespace entrepot::studies::cli {

namespace {

using Piece = std::function<void(std::string_view)>;

CommandOptions log_options() {
    CommandOptions options{
        .command = "log",
        .usage = "STUDY.h5|SCENARIO [OPTIONS]",
        .explanation =
            "Runs one replication again, bit for bit, and writes down what was decided in it, from its detection to\n"
            "its end. Cases are purchase lines and transfers; complaints, and what is done about them: whose turn it\n"
            "is, whose stock is taken, what is promised; held orders, late suppliers, alerts, and what is stuck\n"
            "between systems. What the system decides by itself passes through in one moment, unless it has to wait\n"
            "for something. Tools for process mining read it. As comma-separated values it has a line for each\n"
            "activity of each case: case, activity, role, start, end, and about what, by which policy, and a\n"
            "fingerprint of what was known. As an object-centric log (OCEL 2.0, JSON or SQLite) it has the steps of\n"
            "the cases as events, with the purchase lines, transfers, orders, items, warehouses, suppliers and\n"
            "people that they are about, and what becomes of these; and the messages between systems that carried\n"
            "them or did not come through at once, each with its way.\n\n"
            "  entrepot log spike.h5 --strategy S6 --replication 3 -o decisions.csv\n"
            "  entrepot log spike.h5 --strategy S6 -o decisions.jsonocel\n"
            "  entrepot log scenarios/tiny.toml --orders all -o decisions.sqlite\n"
            "  entrepot log scenarios/tiny.toml > decisions.csv\n",
        .visible = po::options_description("options"),
        .positional = "source"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>(), "a file in place of the standard output");
    add("force", "overwrite the file");
    add("format", po::value<std::string>(),
        "csv, ocel-json or ocel-sqlite; without it by the file's ending: .json and .jsonocel, .sqlite and .db, and csv "
        "for any other");
    add("orders", po::value<std::string>()->default_value("touched"),
        "of an object-centric log: the orders that a case is about (touched), or all");
    add("messages", po::value<std::string>()->default_value("touched"),
        "the same of messages between systems: those that carried what a case is about, or did not come through at "
        "once (touched), or all");
    add_source_options(options.visible);
    return options;
}

enum class LogFormat { csv, json, sqlite };

LogFormat chosen_log_format(const po::variables_map& values, const std::string& output) {
    const auto ends = [&](const char* ending) { return output.ends_with(ending); };
    if (values.count("format")) {
        const std::string format = values["format"].as<std::string>();
        if (format == "csv") return LogFormat::csv;
        if (format == "ocel-json") return LogFormat::json;
        if (format == "ocel-sqlite") return LogFormat::sqlite;
        throw UsageError(fmt::format("log: --format: got {}, want csv, ocel-json or ocel-sqlite", quoted(format)));
    }
    if (ends(".json") || ends(".jsonocel")) return LogFormat::json;
    if (ends(".sqlite") || ends(".db")) return LogFormat::sqlite;
    return LogFormat::csv;
}

bool wants_all(const char* option, const po::variables_map& values, LogFormat format) {
    const std::string which = values[option].as<std::string>();
    if (which != "touched" && which != "all") {
        throw UsageError(fmt::format("log: --{}: got {}, want touched or all", option, quoted(which)));
    }
    if (format == LogFormat::csv && !values[option].defaulted()) {
        throw UsageError(fmt::format(
            "log: --{} goes with an object-centric log: name one by --format or by the file's ending", option));
    }
    return which == "all";
}

/// To the file, whole or not at all, or to the standard output.
void write_log(const std::string& output, const std::function<void(const Piece&)>& write) {
    if (!output.empty()) return write_output(output, write);
    write([](std::string_view piece) { std::cout.write(piece.data(), static_cast<std::streamsize>(piece.size())); });
}

explain::Rerun run_again(const models::Network& network, const Which& which, explain::Watcher& watcher) {
    explain::Watcher* watchers[] = {&watcher};
    return explain::rerun(network, which, watchers, true);
}

constexpr std::size_t kEnough = 1 << 20;  ///< to hand on

}  // namespace

int run_log(const std::vector<std::string>& arguments) {
    const auto values = parse(log_options(), arguments);
    if (!values) return kOk;
    const std::string output = values->count("output") ? (*values)["output"].as<std::string>() : "";
    const LogFormat format = chosen_log_format(*values, output);
    const evidence::ObjectWatch::All all{wants_all("orders", *values, format), wants_all("messages", *values, format)};
    if (format == LogFormat::sqlite && output.empty()) {
        throw UsageError("log: --format ocel-sqlite makes a database: want a file for it, as -o decisions.sqlite");
    }
    const auto source = read_source("log", "entrepot log STUDY.h5 --strategy S6", *values);
    if (!source) return kBadInput;
    const std::string read = (*values)["source"].as<std::string>();
    if (!output.empty()) want_new(output, values->count("force") > 0, {{read}});

    const models::Network network = scenarios::build(source->loaded, source->strategy);
    explain::Rerun again;
    write_log(output, [&](const Piece& piece) {
        if (format == LogFormat::csv) {
            const evidence::CaseTable table(network);
            std::string text = evidence::CaseTable::head();
            evidence::CaseLog log([&](const evidence::Activity& activity) {
                table.append(text, activity);
                if (text.size() < kEnough) return;
                piece(text);
                text.clear();
            });
            again = run_again(network, source->which, log);
            return piece(text);
        }
        evidence::ObjectWatch watch(network, all);
        again = run_again(network, source->which, watch);
        const auto stamps = evidence::Stamps::dated(network.calendar);
        (format == LogFormat::json ? evidence::write_json : evidence::write_sqlite)(watch.log(), stamps, piece);
    });
    const StoryOrigin origin = origin_of(*source, again, *values);
    if (!origin.difference.empty()) tell("note: {}\n", origin.difference);
    return kOk;
}

}  // namespace entrepot::studies::cli

#include "studies/cli/options.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

#include "results/file/store.hpp"
#include "results/file/whole_file.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/expectations.hpp"
#include "studies/explain/source.hpp"
#include "studies/quoted.hpp"

namespace entrepot::studies::cli {

namespace fs = std::filesystem;

namespace {

/// As it is typed: a command of entrepot, or a program of its own.
std::string typed(const CommandOptions& options) {
    return options.command.starts_with("entrepot") ? options.command : "entrepot " + options.command;
}

void print_help(const CommandOptions& options) {
    std::ostringstream text;
    text << "usage: " << typed(options) << " " << options.usage << "\n\n"
         << options.explanation << "\n"
         << options.visible;
    std::cout << fitted(text.str());
}

std::vector<std::string> long_names(const po::options_description& options) {
    std::vector<std::string> names;
    for (const auto& option : options.options()) names.push_back("--" + option->long_name());
    return names;
}

/// What is wrong with the arguments, as got and want.
std::string complaint(const CommandOptions& options, const po::error& error) {
    using Syntax = po::invalid_command_line_syntax;
    if (dynamic_cast<const po::too_many_positional_options_error*>(&error)) {
        return fmt::format("got more than one name, want {} {}", typed(options), options.usage);
    }
    if (const auto* syntax = dynamic_cast<const Syntax*>(&error)) {
        const auto kind = syntax->kind();
        if (kind == Syntax::missing_parameter || kind == Syntax::empty_adjacent_parameter) {
            return syntax->get_option_name() + ": got nothing, want a value";
        }
        if (kind == Syntax::extra_parameter) return syntax->get_option_name() + ": got a value, want none";
    }
    if (const auto* twice = dynamic_cast<const po::multiple_occurrences*>(&error)) {
        return twice->get_option_name() + ": got it more than once, want it once";
    }
    return error.what();
}

}  // namespace

std::optional<po::variables_map> parse(const CommandOptions& options, const std::vector<std::string>& arguments) {
    po::positional_options_description positional;
    po::options_description all = options.visible;
    if (!options.positional.empty()) {
        if (options.several) {
            all.add_options()(options.positional.c_str(), po::value<std::vector<std::string>>());
        } else {
            all.add_options()(options.positional.c_str(), po::value<std::string>());
        }
        positional.add(options.positional.c_str(), options.several ? -1 : 1);
    }
    po::variables_map values;
    try {
        // Abbreviations are off: a misspelt option must not silently be another.
        const int style = po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
        po::store(po::command_line_parser(arguments).options(all).positional(positional).style(style).run(), values);
        po::notify(values);
    } catch (const po::unknown_option& error) {
        const std::string& name = error.get_option_name();
        throw UsageError(fmt::format("{}: unknown option {}{}", options.command, name,
                                     scenarios::suggestion(name, long_names(options.visible))));
    } catch (const po::error& error) {
        throw UsageError(fmt::format("{}: {}", options.command, complaint(options, error)));
    }
    if (values.count("help")) {
        print_help(options);
        return std::nullopt;
    }
    return values;
}

std::string required(const po::variables_map& values, const std::string& name, const std::string& what) {
    if (!values.count(name)) throw UsageError("want " + what);
    return values[name].as<std::string>();
}

std::optional<std::int64_t> whole_number(const po::variables_map& values, const std::string& command,
                                         const std::string& name, std::int64_t least, std::int64_t most) {
    if (!values.count(name)) return std::nullopt;
    const std::string& text = values[name].as<std::string>();
    const char* end = text.data() + text.size();
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value < least || value > most) {
        throw UsageError(fmt::format("{}: --{}: got {}, want a whole number from {} to {}", command, name, quoted(text),
                                     least, most));
    }
    return value;
}

std::vector<std::string> names_of(const po::variables_map& values, const std::string& command,
                                  const std::string& name) {
    const std::string& list = values[name].as<std::string>();
    std::vector<std::string> names(1);
    for (const char c : list) {
        if (c == ',') {
            names.emplace_back();
        } else {
            names.back() += c;
        }
    }
    if (std::ranges::find(names, "") != names.end()) {
        throw UsageError(
            fmt::format("{}: --{}: got {}, want names with a comma between them", command, name, quoted(list)));
    }
    return names;
}

void want_one_of(const po::variables_map& values, const std::string& command, const std::vector<std::string>& names) {
    std::vector<std::string> given;
    for (const std::string& name : names) {
        if (values.count(name)) given.push_back("--" + name);
    }
    if (given.size() > 1)
        throw UsageError(fmt::format("{}: got {}, want one of them", command, fmt::join(given, " and ")));
}

std::optional<scenarios::Loaded> load_or_complain(const std::filesystem::path& file,
                                                  const std::vector<std::string>& overrides,
                                                  const std::vector<std::string>& then) {
    if (results::begins_as_study(file)) {
        std::cerr << fmt::format("{}: is a study; want a scenario\n", file.string());
        return std::nullopt;
    }
    std::vector<std::string> all = overrides;
    all.insert(all.end(), then.begin(), then.end());
    scenarios::Result result = scenarios::load(file, all, check_expectations);
    if (result) return std::move(result.loaded);
    const auto before = static_cast<int>(overrides.size());
    for (scenarios::Problem& problem : result.problems) {
        if (problem.file == "--set" && problem.line > before && !then.empty()) {
            problem.file = "--set-then";
            problem.line -= before;
        }
    }
    std::cerr << to_string(result.problems);
    const std::size_t n = result.problems.size();
    std::cerr << fmt::format("{} {} in {}; docs/scenario-reference.md explains every key.\n", n,
                             n == 1 ? "problem" : "problems", file.string());
    return std::nullopt;
}

results::Study load_results(const std::string& file) {
    results::Study study = results::load_study(file);
    if (study.replication_count() == 0) {
        throw results::StoreError(fmt::format("{}: no replication has finished in it; run the study again", file));
    }
    if (!study.checked) {
        tell(
            "note: {} was written in an old format, which has no checksums: whether it is as it was written can't be "
            "told\n",
            file);
    }
    return study;
}

std::optional<std::string> chosen_comparator(const po::variables_map& values, const std::string& command,
                                             const std::vector<std::string>& strategies) {
    if (!values.count("comparator")) return std::nullopt;
    const std::string name = values["comparator"].as<std::string>();
    want_strategies(command, "comparator", {name}, strategies);
    return name;
}

void want_strategies(const std::string& command, const std::string& option, const std::vector<std::string>& named,
                     const std::vector<std::string>& known) {
    std::vector<std::string> wrong;
    for (const std::string& name : named) {
        std::string told;
        if (std::ranges::count(known, name) == 0) {
            told = fmt::format("there is no strategy {}{}", quoted(name), scenarios::suggestion(name, known));
        } else if (std::ranges::count(named, name) > 1) {
            told = fmt::format("{} is named twice", quoted(name));
        }
        if (!told.empty() && std::ranges::count(wrong, told) == 0) wrong.push_back(told);
    }
    if (wrong.empty()) return;
    throw UsageError(
        fmt::format("{}: --{}: {}; want {}", command, option, fmt::join(wrong, ", "), scenarios::some_of(known)));
}

models::Time moment_of(const std::string& option, const std::string& text, const Clock& clock) {
    try {
        return clock.read(text);
    } catch (const Clock::Unreadable& error) {
        throw UsageError(fmt::format("--{}: {}", option, error.what()));
    }
}

void want_new(const fs::path& file, bool force, std::span<const std::string> read) {
    if (file.empty()) throw UsageError("--output: got '', want the name of a file");
    try {
        results::want_place_for_file(file);
    } catch (const results::StoreError& error) {
        throw OutputError(error.what());
    }
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return;
    for (const std::string& name : read) {
        if (!fs::equivalent(file, name, ignored)) continue;
        throw OutputError(fmt::format("{}: is what is read here; name another file", file.string()));
    }
    if (!force) throw OutputError(fmt::format("{}: exists already; name another file or say --force", file.string()));
}

void write_output(const fs::path& file, std::string_view bytes) {
    write_output(file, [&](const results::Pieces& pieces) { pieces(bytes); });
}

void write_output(const fs::path& file, const std::function<void(const results::Pieces&)>& write) {
    try {
        results::write_whole(file, write);
    } catch (const results::StoreError& error) {
        throw OutputError(error.what());
    }
}

}  // namespace entrepot::studies::cli

#include <algorithm>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "results/file/store.hpp"
#include "results/text/days.hpp"
#include "results/text/digits.hpp"
#include "scenarios/problem.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "studies/explain/names.hpp"

/// The daily series of a study as comma-separated values: a line for each strategy, replication, place and day.
namespace entrepot::studies::cli {

namespace {

using Texts = std::vector<std::string>;

CommandOptions export_options() {
    CommandOptions options{
        .command = "export",
        .usage = "STUDY.h5 [OPTIONS]",
        .explanation =
            "Prints the daily series that a study keeps, as comma-separated values: a line for each strategy,\n"
            "replication, warehouse and day, warm-up and cool-down too; the last place is headquarters. With --items\n"
            "those of the items that `entrepot run --items` kept: what was ordered, filled, shipped and received on\n"
            "the day, and stock, record, backorders and what is on order at its close.\n\n"
            "  entrepot export spike.h5 > days.csv\n"
            "  entrepot export spike.h5 --items all --strategies S0 --replication 0 > items.csv\n"
            "  entrepot export spike.h5 --items A0001 --sum > A0001.csv\n",
        .visible = po::options_description("options"),
        .positional = "study"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("items", po::value<std::string>(),
        "of these of the items that the study keeps, as A0001,B0002, or all of them");
    add("sum", "the sum over the warehouses in place of each");
    add("strategies", po::value<std::string>(), "names, as S0,S6; all otherwise");
    add("replication", po::value<std::string>(), "one of them, from 0; all otherwise");
    add("output,o", po::value<std::string>(), "a file in place of the standard output");
    add("force", "overwrite the file");
    return options;
}

/// Where each of some names stands among others; UsageError with all that are none of them, or stand there twice.
std::vector<std::size_t> places_of(const Texts& wanted, const Texts& known, const std::string& option,
                                   const std::string& what) {
    std::vector<std::size_t> places;
    Texts problems;
    for (const std::string& name : wanted) {
        const auto is_it = [&](const std::string& other) { return explain::same_name(name, other); };
        const auto place = static_cast<std::size_t>(std::ranges::find_if(known, is_it) - known.begin());
        if (place == known.size()) {
            problems.push_back(
                fmt::format("the study has no {} '{}'{}", what, name, scenarios::suggestion(name, known)));
        } else if (std::ranges::find(places, place) != places.end()) {
            problems.push_back(fmt::format("{} '{}' is named twice", what, known[place]));
        } else {
            places.push_back(place);
        }
    }
    if (problems.empty()) return places;
    throw UsageError(
        fmt::format("export: --{}: {}; want {}", option, fmt::join(problems, "; "), scenarios::some_of(known)));
}

std::vector<std::size_t> all_of(std::size_t count) {
    std::vector<std::size_t> places(count);
    for (std::size_t i = 0; i < count; ++i) places[i] = i;
    return places;
}

/// Which of the study's days are printed, and where they lie: [series][item][site][day], with one item where they are
/// of the network.
struct Choice {
    std::vector<std::size_t> strategies, replications, items;
    Texts columns, item_names, places;
    bool sum = false;
};

double value_at(const Choice& choice, const auto& values, std::size_t series, std::size_t item, std::size_t place,
                std::size_t day) {
    const std::size_t items = std::max<std::size_t>(choice.item_names.size(), 1);
    const std::size_t days = values.size() / (choice.columns.size() * items * choice.places.size());
    const auto at = [&](std::size_t p) {
        return static_cast<double>(values[((series * items + item) * choice.places.size() + p) * days + day]);
    };
    if (!choice.sum) return at(place);
    double sum = 0;
    for (std::size_t p = 0; p < choice.places.size(); ++p) sum += at(p);
    return sum;
}

/// The days of one place in one replication, without the line's beginning.
template <class T>
void add_lines(std::string& text, const results::Study& study, const Choice& choice, const std::string& beginning,
               const std::vector<T>& values, std::size_t item, std::size_t place) {
    const results::Days days(study.dimensions);
    for (int index = 0; index < study.dimensions.total_days; ++index) {
        const int day = days.of(index);
        fmt::format_to(std::back_inserter(text), "{}{},{}", beginning, day, days.date(day));
        for (std::size_t s = 0; s < choice.columns.size(); ++s) {
            // As many digits as say which number it is: a count has no others than its own.
            const double value = value_at(choice, values, s, item, place, static_cast<std::size_t>(index));
            fmt::format_to(std::back_inserter(text), ",{}", static_cast<T>(value));
        }
        text += '\n';
    }
}

template <class T>
std::string csv_of(const results::Study& study, const Choice& choice,
                   const std::vector<T> results::Replication::*member) {
    const bool of_items = !choice.item_names.empty();
    std::string text = fmt::format("strategy,replication,{}{}day,date,{}\n", of_items ? "item," : "",
                                   choice.sum ? "" : "warehouse,", fmt::join(choice.columns, ","));
    for (const std::size_t s : choice.strategies) {
        for (const std::size_t r : choice.replications) {
            for (const std::size_t i : choice.items) {
                for (std::size_t p = 0; p < (choice.sum ? 1 : choice.places.size()); ++p) {
                    std::string beginning = fmt::format("{},{},", results::csv_field(study.strategies[s]), r);
                    if (of_items) beginning += results::csv_field(choice.item_names[i]) + ",";
                    if (!choice.sum) beginning += results::csv_field(choice.places[p]) + ",";
                    add_lines(text, study, choice, beginning, study.replications[s][r].*member, i, p);
                }
            }
        }
    }
    return text;
}

/// The part of the choice that doesn't depend on whether it is of items.
Choice choice_of(const results::Study& study, const po::variables_map& values) {
    Choice choice{.strategies = all_of(study.strategies.size()),
                  .replications = all_of(study.replication_count()),
                  .items = {0},
                  .columns = study.series,
                  .item_names = {},
                  .places = study.dimensions.sites,
                  .sum = values.count("sum") > 0};
    if (values.count("strategies")) {
        choice.strategies =
            places_of(names_of(values, "export", "strategies"), study.strategies, "strategies", "strategy");
    }
    const auto last = static_cast<std::int64_t>(study.replication_count()) - 1;
    if (const auto one = whole_number(values, "export", "replication", 0, last)) {
        choice.replications = {static_cast<std::size_t>(*one)};
    }
    return choice;
}

std::string csv_of_items(const results::Study& study, Choice choice, const Texts& wanted, const std::string& file) {
    const results::ChosenItems& items = study.items;
    if (items.empty()) {
        throw InputError(fmt::format("{}: keeps no daily series of items; run the study again with --items {}", file,
                                     fmt::join(wanted, ",")));
    }
    choice.item_names = items.names;
    choice.columns.clear();
    for (const results::SeriesText& series : items.series) choice.columns.push_back(series.name);
    const bool every = wanted.size() == 1 && explain::same_name(wanted.front(), "all");
    choice.items = every ? all_of(items.names.size()) : places_of(wanted, items.names, "items", "daily series of item");
    return csv_of(study, choice, &results::Replication::item_days);
}

std::string csv_of_network(const results::Study& study, Choice choice, const std::string& file) {
    if (study.series.empty()) {
        throw InputError(fmt::format("{}: keeps no daily series of the network: it was run with --no-series{}", file,
                                     study.items.empty() ? "" : "; those of items come with --items all"));
    }
    choice.places.push_back("headquarters");
    return csv_of(study, choice, &results::Replication::series);
}

}  // namespace

int run_export(const std::vector<std::string>& arguments) {
    const auto values = parse(export_options(), arguments);
    if (!values) return kOk;
    const std::string file = required(*values, "study", "a study: entrepot export STUDY.h5");
    const std::string output = values->count("output") ? (*values)["output"].as<std::string>() : "";
    if (values->count("output")) want_new(output, values->count("force") > 0, {{file}});
    const results::Study study = load_results(file);
    const Choice choice = choice_of(study, *values);
    const std::string text = values->count("items")
                                 ? csv_of_items(study, choice, names_of(*values, "export", "items"), file)
                                 : csv_of_network(study, choice, file);
    output.empty() ? void(std::cout << text) : write_output(output, text);
    return kOk;
}

}  // namespace entrepot::studies::cli

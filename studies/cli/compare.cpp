#include "results/comparison/compare.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "results/business/confirmation.hpp"
#include "results/business/roi.hpp"
#include "results/business/calibration.hpp"
#include "results/comparison/places.hpp"
#include "results/comparison/precision.hpp"
#include "results/comparison/together.hpp"
#include "results/file/store.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/terminal.hpp"

namespace entrepot::studies::cli {

namespace {

using Files = std::vector<std::string>;

CommandOptions compare_options() {
    CommandOptions options{
        .command = "compare",
        .usage = "STUDY.h5 [STUDY.h5 ...] [OPTIONS]",
        .explanation =
            "Prints strategy by KPI with 95 % paired intervals of the difference to the comparator, and says which\n"
            "differences are real; then the best strategy on its fresh replications, the return on investment, and\n"
            "the warehouses, tiers and phases in which the best strategy serves worse.\n"
            "A study that is still running may be looked at: its intervals are then those that may be watched.\n"
            "Several studies are compared strategy by strategy, named by file: bigger:S6 is S6 of bigger.h5. Those of\n"
            "one seed are compared in pairs, others as independent samples.\n\n"
            "  entrepot compare spike.h5\n"
            "  entrepot compare spike.h5 --comparator S1\n"
            "  entrepot compare spike.h5 --details | less\n"
            "  entrepot compare spike.h5 --csv > kpis.csv\n"
            "  entrepot compare spike.h5 bigger.h5\n"
            "  entrepot compare spike.h5 bigger.h5 --comparator spike:S6\n",
        .visible = po::options_description("options"),
        .positional = "study",
        .several = true};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("comparator", po::value<std::string>(),
        "the strategy that the others are compared with; that of the (first) study otherwise");
    add("details", "all KPIs, by warehouse, tier, class and phase; and what common random numbers brought");
    add("csv", "comma-separated values, unrounded, all KPIs and slices");
    add("watching", "intervals that stay valid when the study was watched, and stopped for what was seen");
    add("json", "the return on investment as JSON, of one study");
    add("no-colour", "no colours on the terminal");
    return options;
}

results::TableOptions table_options(const po::variables_map& values) {
    const TextWidth width = text_width();
    return {.colour = use_colour(STDOUT_FILENO, values.count("no-colour") > 0),
            .details = values.count("details") > 0,
            .width = width.table,
            .wrap_width = width.words};
}

bool is_under_way(const results::Study& study) { return study.ending == results::Ending::under_way; }

int compare_one(const std::string& file, const po::variables_map& values) {
    const results::Study whole = load_results(file);
    const std::string comparator =
        chosen_comparator(values, "compare", whole.strategies).value_or(whole.manifest.comparator);
    const results::Study study = results::against(whole, comparator);
    const results::Comparison comparison =
        results::compare(study, {.watching = is_under_way(study) || values.count("watching") > 0});
    if (values.count("csv")) {
        std::cout << results::comparison_csv(study, comparison);
        return kOk;
    }
    const results::Roi roi = results::return_on_investment(study);
    if (values.count("json")) {
        std::cout << results::roi_json(study, roi);
        return kOk;
    }
    const results::TableOptions table = table_options(values);
    if (is_under_way(study)) std::cout << "This study had not ended when the file was written.\n\n";
    std::cout << results::comparison_table(study, comparison, table) << "\n";
    if (const auto fresh = results::fresh_study(study)) {
        std::cout << study.confirmation->strategy << ", chosen above, on fresh replications:\n\n"
                  << results::comparison_table(*fresh, results::compare(*fresh), table) << "\n";
    } else if (whole.confirmation) {
        std::cout << fmt::format("The fresh replications are of {} and {}, and tell nothing of a difference to {}.\n\n",
                                 whole.manifest.comparator, whole.confirmation->strategy, comparator);
    }
    if (whole.precision) std::cout << fitted(results::precision_text(whole), 4) << "\n";
    std::cout << fitted(results::roi_text(study, roi), 4);
    if (roi.best) {
        if (const auto found = results::setbacks(study, roi, *roi.best, comparison.watching))
            std::cout << "\n" << fitted(results::setbacks_text(*found), 4);
    }
    const std::string outside = results::calibration_sentence(results::held_bands(study), study.dimensions.currency);
    if (!outside.empty()) std::cout << "\n" << fitted(outside + "\n", 4);
    return kOk;
}

std::vector<results::NamedStudy> load_all(const Files& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            std::error_code ignored;
            if (files[i] == files[j] || std::filesystem::equivalent(files[i], files[j], ignored))
                throw UsageError(
                    fmt::format("compare: {} and {} are one file, want different ones", files[j], files[i]));
        }
    }
    const std::vector<std::string> names = results::names_of_files(files);
    std::vector<results::NamedStudy> studies;
    for (std::size_t i = 0; i < files.size(); ++i) studies.push_back({names[i], load_results(files[i])});
    return studies;
}

/// The joint name of the comparator: as it was given, or of the first study that has a strategy of that name.
std::string joint_comparator(const std::vector<results::NamedStudy>& studies, const po::variables_map& values) {
    std::vector<std::string> names;
    for (const results::NamedStudy& one : studies) {
        for (const std::string& strategy : one.study.strategies) {
            names.push_back(joint_name(one, strategy));
            if (values.count("comparator") && values["comparator"].as<std::string>() == strategy) return names.back();
        }
    }
    const results::NamedStudy& first = studies.front();
    return chosen_comparator(values, "compare", names)
        .value_or(joint_name(first, first.study.strategies[results::comparator_of(first.study)]));
}

/// Whether the intervals are to be those that may be watched; they want pairs.
bool watches(const std::vector<results::NamedStudy>& studies, const results::Together& together,
             const po::variables_map& values) {
    const auto running =
        std::ranges::find_if(studies, [](const results::NamedStudy& one) { return is_under_way(one.study); });
    if (running == studies.end() && !values.count("watching")) return false;
    if (together.paired()) return true;
    if (running == studies.end())
        throw UsageError("compare: --watching wants pairs, and the studies don't all have one seed");
    throw InputError(fmt::format(
        "{} is still running, and not of one seed with the others: intervals that may be watched want pairs; compare "
        "when it has ended",
        running->name));
}

void print_fresh(const std::vector<results::NamedStudy>& studies, const results::Together& fresh,
                 const results::TableOptions& table) {
    if (!fresh.study.strategies.empty()) {
        std::cout << "The chosen strategies on fresh replications:\n\n"
                  << results::comparison_table(fresh.study, compare(fresh), table) << "\n";
    } else if (std::ranges::any_of(studies, [](const auto& one) { return one.study.confirmation.has_value(); })) {
        std::cout << "Fresh replications are left out: not all of the studies have them, or the comparator was not run "
                     "again. A best strategy is flattered by the replications above, which chose it.\n\n";
    }
}

int compare_several(const Files& files, const po::variables_map& values) {
    if (values.count("json"))
        throw UsageError(
            "compare: --json is the return on investment of one study; give one file, or --csv for several");
    const std::vector<results::NamedStudy> studies = load_all(files);
    const std::string comparator = joint_comparator(studies, values);
    const results::Together together = results::put_together(studies, comparator);
    const results::Together fresh = results::fresh_together(studies, comparator);
    const results::Comparison comparison = compare(together, {.watching = watches(studies, together, values)});
    if (values.count("csv")) {
        const results::Comparison own = compare(fresh);
        std::cout << results::comparison_csv(together.study, comparison, &fresh.study, &own);
        return kOk;
    }
    const results::TableOptions table = table_options(values);
    for (const results::NamedStudy& one : studies) {
        if (is_under_way(one.study)) std::cout << one.name << " had not ended when its file was written.\n\n";
    }
    std::cout << results::comparison_table(together.study, comparison, table) << "\n";
    print_fresh(studies, fresh, table);
    std::cout
        << "What differs between the files may cost something, which is in none of them: the return on investment is "
           "of one study, `entrepot compare "
        << files.front() << "`.\n";
    return kOk;
}

}  // namespace

int run_compare(const std::vector<std::string>& arguments) {
    const auto values = parse(compare_options(), arguments);
    if (!values) return kOk;
    want_one_of(*values, "compare", {"csv", "json"});
    if (!values->count("study")) throw UsageError("want a study: entrepot compare STUDY.h5");
    const Files files = (*values)["study"].as<Files>();
    return files.size() == 1 ? compare_one(files.front(), *values) : compare_several(files, *values);
}

}  // namespace entrepot::studies::cli

#include "results/compare.hpp"

#include <iostream>

#include <unistd.h>

#include "results/roi.hpp"
#include "results/store.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"

namespace entrepot::studies::cli {

int run_compare(const std::vector<std::string>& arguments) {
    CommandOptions options{
        .command = "compare",
        .usage = "STUDY.h5 [OPTIONS]",
        .explanation =
            "Prints strategy by KPI with 95 % paired intervals of the difference to the comparator, and says which\n"
            "differences are real; then the return on investment.\n\n"
            "  entrepot compare spike.h5\n"
            "  entrepot compare spike.h5 --details | less\n"
            "  entrepot compare spike.h5 --csv > kpis.csv\n",
        .visible = po::options_description("options"),
        .positional = "study"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("details", "all KPIs, by warehouse, tier, class and phase");
    add("csv", "comma-separated values, unrounded, all KPIs and slices");
    add("json", "the return on investment as JSON");
    add("no-colour", "no colours on the terminal");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    const results::Study study = load_results(required(*values, "study", "a study: entrepot compare STUDY.h5"));
    const results::Comparison comparison = results::compare(study);
    if (values->count("csv")) {
        std::cout << results::comparison_csv(study, comparison);
        return kOk;
    }
    const results::Roi roi = results::return_on_investment(study);
    if (values->count("json")) {
        std::cout << results::roi_json(study, roi);
        return kOk;
    }
    const bool colour = use_colour(STDOUT_FILENO, values->count("no-colour") > 0);
    std::cout << results::comparison_table(study, comparison,
                                           {.colour = colour, .details = values->count("details") > 0})
              << "\n"
              << results::roi_text(study, roi);
    return kOk;
}

}  // namespace entrepot::studies::cli

#include "results/compare.hpp"

#include <iostream>

#include <unistd.h>

#include "results/confirmation.hpp"
#include "results/places.hpp"
#include "results/precision.hpp"
#include "results/roi.hpp"
#include "results/store.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/terminal.hpp"

namespace entrepot::studies::cli {

int run_compare(const std::vector<std::string>& arguments) {
    CommandOptions options{
        .command = "compare",
        .usage = "STUDY.h5 [OPTIONS]",
        .explanation =
            "Prints strategy by KPI with 95 % paired intervals of the difference to the comparator, and says which\n"
            "differences are real; then the best strategy on its fresh replications, the return on investment, and "
            "the\n"
            "warehouses, tiers and phases in which the best strategy serves worse.\n"
            "A study that is still running may be looked at: its intervals are then those that may be watched.\n\n"
            "  entrepot compare spike.h5\n"
            "  entrepot compare spike.h5 --details | less\n"
            "  entrepot compare spike.h5 --csv > kpis.csv\n",
        .visible = po::options_description("options"),
        .positional = "study"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("details", "all KPIs, by warehouse, tier, class and phase");
    add("csv", "comma-separated values, unrounded, all KPIs and slices");
    add("watching", "intervals that stay valid when the study was watched, and stopped for what was seen");
    add("json", "the return on investment as JSON");
    add("no-colour", "no colours on the terminal");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    want_one_of(*values, "compare", {"csv", "json"});
    const results::Study study = load_results(required(*values, "study", "a study: entrepot compare STUDY.h5"));
    const bool under_way = study.ending == results::Ending::under_way;
    const results::Comparison comparison =
        results::compare(study, {.watching = under_way || values->count("watching") > 0});
    if (values->count("csv")) {
        std::cout << results::comparison_csv(study, comparison);
        return kOk;
    }
    const results::Roi roi = results::return_on_investment(study);
    if (values->count("json")) {
        std::cout << results::roi_json(study, roi);
        return kOk;
    }
    const TextWidth width = text_width();
    const results::TableOptions table{.colour = use_colour(STDOUT_FILENO, values->count("no-colour") > 0),
                                      .details = values->count("details") > 0,
                                      .width = width.table,
                                      .wrap_width = width.words};
    if (under_way) std::cout << "This study had not ended when the file was written.\n\n";
    std::cout << results::comparison_table(study, comparison, table) << "\n";
    if (const auto fresh = results::fresh_study(study)) {
        std::cout << study.confirmation->strategy << ", chosen above, on fresh replications:\n\n"
                  << results::comparison_table(*fresh, results::compare(*fresh), table) << "\n";
    }
    if (study.precision) std::cout << fitted(results::precision_text(study), 4) << "\n";
    std::cout << fitted(results::roi_text(study, roi), 4);
    if (roi.best) {
        if (const auto found = results::setbacks(study, roi, *roi.best, comparison.watching))
            std::cout << "\n" << fitted(results::setbacks_text(*found), 4);
    }
    return kOk;
}

}  // namespace entrepot::studies::cli

#include "results/report/report.hpp"

#include <fmt/format.h>

#include "results/store.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"

namespace entrepot::studies::cli {

int run_report(const std::vector<std::string>& arguments) {
    CommandOptions options{
        .command = "report",
        .usage = "STUDY.h5 [OPTIONS]",
        .explanation =
            "Writes one self-contained HTML page: the answer, the return on investment, the spike at the hardest-hit\n"
            "warehouse, and all KPIs with their intervals. It opens in any browser and prints on paper.\n\n"
            "  entrepot report spike.h5 -o spike.html\n"
            "  entrepot report spike.h5 --comparator S1 -o spike_against_S1.html\n",
        .visible = po::options_description("options"),
        .positional = "study"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>()->default_value("report.html"), "the page");
    add("comparator", po::value<std::string>(),
        "the strategy that the others are compared with; the study's otherwise");
    add("force", "overwrite the page");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    results::Study study = load_results(required(*values, "study", "a study: entrepot report STUDY.h5"));
    if (const auto comparator = chosen_comparator(*values, "report", study.strategies))
        study = results::against(std::move(study), *comparator);
    const std::string output = (*values)["output"].as<std::string>();
    write_text(output, results::html_report(study, results::compare(study), results::return_on_investment(study)),
               values->count("force") > 0);
    fmt::print("The report is in {}; open it in a browser.\n", output);
    return kOk;
}

}  // namespace entrepot::studies::cli

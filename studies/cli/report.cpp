#include "results/report/report.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

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
            "  entrepot report spike.h5 --picture days -o spike.svg\n",
        .visible = po::options_description("options"),
        .positional = "study"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>(), "the file; without it report.html, or NAME.svg of a picture");
    add("picture", po::value<std::string>(),
        "one of the page's charts instead, as SVG: days (the hardest-hit warehouse), kpis, benefits");
    add("force", "overwrite the file");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    const results::Study study = load_results(required(*values, "study", "a study: entrepot report STUDY.h5"));
    const results::Comparison comparison = results::compare(study);
    const results::Roi roi = results::return_on_investment(study);
    const std::string picture = values->count("picture") ? (*values)["picture"].as<std::string>() : "";
    const std::string output = values->count("output") ? (*values)["output"].as<std::string>()
                               : picture.empty()       ? "report.html"
                                                       : picture + ".svg";
    if (picture.empty()) {
        write_text(output, results::html_report(study, comparison, roi), values->count("force") > 0);
        fmt::print("The report is in {}; open it in a browser.\n", output);
        return kOk;
    }
    if (std::ranges::find(results::picture_names(), picture) == results::picture_names().end()) {
        throw UsageError(
            fmt::format("--picture: got {}, want one of {}", picture, fmt::join(results::picture_names(), ", ")));
    }
    try {
        write_text(output, results::report_picture(study, comparison, roi, picture), values->count("force") > 0);
    } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("--picture {}: {}", picture, error.what()));
    }
    fmt::print("The picture is in {}.\n", output);
    return kOk;
}

}  // namespace entrepot::studies::cli

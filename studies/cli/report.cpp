#include "results/report/report.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/file/store.hpp"
#include "scenarios/kind.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/pdf.hpp"
#include "studies/explain/source.hpp"
#include "studies/governance.hpp"

namespace entrepot::studies::cli {

namespace {

enum class Format { html, pdf, svg };

/// What the name of the output asks for; UsageError when it isn't a page or a PDF, or a picture's an SVG.
Format format_of(const std::filesystem::path& file, bool picture) {
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
    if (picture && ending == ".svg") return Format::svg;
    if (picture) {
        throw UsageError(
            fmt::format("report: --output: got '{}', want a name that ends in .svg for a picture", file.string()));
    }
    if (ending.empty() || ending == ".html" || ending == ".htm") return Format::html;
    if (ending == ".pdf") return Format::pdf;
    throw UsageError(fmt::format("report: --output: got '{}', want a name that ends in .html or .pdf", file.string()));
}

void write_picture(const std::string& output, const results::Study& study, const results::Comparison& comparison,
                   const results::Roi& roi, const std::string& picture) {
    try {
        write_output(output, results::report_picture(study, comparison, roi, picture));
    } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("--picture {}: {}", picture, error.what()));
    }
    fmt::print("The picture is in {}.\n", output);
}

/// A share as people write it.
double share_of(const std::string& text) {
    std::string got;
    const auto value = scenarios::read_number({.value = text}, scenarios::share(), {}, got);
    if (!value) throw UsageError(fmt::format("report: --most-loss: got '{}', want a share such as '5 %'", text));
    return *value;
}

}  // namespace

int run_report(const std::vector<std::string>& arguments) {
    CommandOptions options{
        .command = "report",
        .usage = "STUDY.h5 [OPTIONS]",
        .explanation =
            "Writes one self-contained HTML page: the answer, the return on investment, the spike at the hardest-hit\n"
            "warehouse, and all KPIs with their intervals. It opens in any browser and prints on paper; or the same\n"
            "as a PDF, which Chromium prints where it is installed; or one of its pictures.\n\n"
            "  entrepot report spike.h5 -o spike.html\n"
            "  entrepot report spike.h5 -o spike.pdf\n"
            "  entrepot report spike.h5 --comparator S1 -o spike_against_S1.html\n"
            "  entrepot report spike.h5 --picture days -o spike.svg\n",
        .visible = po::options_description("options"),
        .positional = "study"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>(),
        "a page, .html or .pdf, or a picture, .svg; without it report.html or NAME.svg");
    add("picture", po::value<std::string>(),
        "one of the page's charts instead, as SVG: days (the hardest-hit warehouse), kpis, benefits");
    add("comparator", po::value<std::string>(),
        "the strategy that the others are compared with; the study's otherwise");
    add("most-loss", po::value<std::string>()->default_value("5 %"),
        "a function that a strategy makes worse by more than this share, while another one gains, is told");
    add("force", "overwrite the file");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    const std::string file = required(*values, "study", "a study: entrepot report STUDY.h5");
    const std::string picture = values->count("picture") ? (*values)["picture"].as<std::string>() : "";
    const std::string output = values->count("output") ? (*values)["output"].as<std::string>()
                               : picture.empty()       ? "report.html"
                                                       : picture + ".svg";
    const bool force = values->count("force") > 0;
    const double most_loss = share_of((*values)["most-loss"].as<std::string>());
    const Format format = format_of(output, !picture.empty());
    const auto names = results::picture_names();
    if (!picture.empty() && std::ranges::find(names, picture) == names.end()) {
        throw UsageError(fmt::format("--picture: got {}, want one of {}", picture, fmt::join(names, ", ")));
    }
    want_new(output, force, {{file}});
    results::Study study = load_results(file);
    if (const auto comparator = chosen_comparator(*values, "report", study.strategies))
        study = results::against(std::move(study), *comparator);
    const bool under_way = study.ending == results::Ending::under_way;
    const results::Comparison comparison = results::compare(study, {.watching = under_way});
    const results::Roi roi = results::return_on_investment(study);
    if (format == Format::svg) {
        write_picture(output, study, comparison, roi, picture);
        return kOk;
    }
    results::ReportOptions shown{.most_loss = most_loss};
    const scenarios::Result scenario = explain::scenario_of(study);
    if (scenario) shown.governance = governance_of(scenario.loaded->scenario, study.strategies);
    const std::string page = results::html_report(study, comparison, roi, shown);
    if (format == Format::pdf) {
        write_output(output, pdf_of(page, output));
        fmt::print("The report is in {}.\n", output);
    } else {
        write_output(output, page);
        fmt::print("The report is in {}; open it in a browser.\n", output);
    }
    return kOk;
}

}  // namespace entrepot::studies::cli

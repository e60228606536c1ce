#include "results/report/report.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <fmt/format.h>

#include "results/store.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/pdf.hpp"

namespace entrepot::studies::cli {

namespace {

enum class Format { html, pdf };

/// What the name of the output asks for; UsageError when it isn't a page or a PDF.
Format format_of(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return std::tolower(c); });
    if (ending.empty() || ending == ".html" || ending == ".htm") return Format::html;
    if (ending == ".pdf") return Format::pdf;
    throw UsageError(fmt::format("report: --output: got '{}', want a name that ends in .html or .pdf", file.string()));
}

}  // namespace

int run_report(const std::vector<std::string>& arguments) {
    CommandOptions options{
        .command = "report",
        .usage = "STUDY.h5 [OPTIONS]",
        .explanation =
            "Writes one self-contained HTML page: the answer, the return on investment, the spike at the hardest-hit\n"
            "warehouse, and all KPIs with their intervals. It opens in any browser and prints on paper; or the same as "
            "a\n"
            "PDF, which Chromium prints where it is installed.\n\n"
            "  entrepot report spike.h5 -o spike.html\n"
            "  entrepot report spike.h5 -o spike.pdf\n",
        .visible = po::options_description("options"),
        .positional = "study"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>()->default_value("report.html"), "the page, .html or .pdf");
    add("force", "overwrite it");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    const std::string file = required(*values, "study", "a study: entrepot report STUDY.h5");
    const std::string output = (*values)["output"].as<std::string>();
    const bool force = values->count("force") > 0;
    const Format format = format_of(output);
    const results::Study study = load_results(file);
    const std::string page = results::html_report(study, results::compare(study), results::return_on_investment(study));
    if (format == Format::pdf) {
        want_new(output, force);
        write_pdf(output, page);
        fmt::print("The report is in {}.\n", output);
    } else {
        write_text(output, page, force);
        fmt::print("The report is in {}; open it in a browser.\n", output);
    }
    return kOk;
}

}  // namespace entrepot::studies::cli

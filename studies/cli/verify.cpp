#include "studies/verify.hpp"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "results/kpi_registry.hpp"
#include "scenarios/kind.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/options.hpp"

namespace entrepot::studies::cli {

namespace {

namespace fs = std::filesystem;

/// The file itself, or all scenarios of a folder, by name.
std::vector<fs::path> files_of(const fs::path& given) {
    if (!fs::is_directory(given)) return {given};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(given)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

const char* word(Agreement agreement) {
    switch (agreement) {
        case Agreement::agrees:
            return "agrees";
        case Agreement::misses:
            return "MISSES";
        case Agreement::imprecise:
            return "IMPRECISE";
        case Agreement::not_available:
            return "NOT AVAILABLE";
    }
    return "";
}

std::string line_of(const Verified& v, bool colour) {
    const bool good = v.agreement == Agreement::agrees;
    const std::string verdict =
        colour ? fmt::format("\x1b[{}m{}\x1b[0m", good ? 32 : 31, word(v.agreement)) : word(v.agreement);
    const std::string value =
        v.simulated.has_interval
            ? fmt::format("{:>12.6g} [{:.6g}, {:.6g}]", v.simulated.estimate, v.simulated.low, v.simulated.high)
            : fmt::format("{:>12} ({})", "-", results::reason_text(v.simulated.missing));
    return fmt::format("{:<46} {:>12.6g} ± {:<9.3g} {:<38} {:>5}  {}\n", v.scenario + "." + v.name, v.expected,
                       v.tolerance, value, v.replications, verdict);
}

/// Expectations of KPIs that don't exist are mistakes of the file.
bool complain(const fs::path& file, const scenarios::Loaded& loaded) {
    std::vector<std::string> known;
    for (const results::KpiInfo& kpi : results::kpi_registry()) known.emplace_back(kpi.id);
    bool wrong = false;
    for (const auto& [name, e] : loaded.scenario.expectations) {
        if (results::find_kpi(e.kpi) != nullptr) continue;
        std::cerr << fmt::format("{}: verify.{}.kpi: got \"{}\", want the id of a KPI (entrepot list kpis){}\n",
                                 file.string(), name, e.kpi, scenarios::suggestion(e.kpi, known));
        wrong = true;
    }
    return wrong;
}

}  // namespace

int run_verify(const std::vector<std::string>& arguments) {
    CommandOptions options{
        .command = "verify",
        .usage = "[SCENARIO | FOLDER] [OPTIONS]",
        .explanation =
            "Runs scenarios with known answers until they can be judged, and says which the simulator meets: the\n"
            "[verify.NAME] tables of a scenario name a KPI, its published or exact value, and a tolerance.\n\n"
            "  entrepot verify\n"
            "  entrepot verify scenarios/validation/base_stock_palm.toml\n"
            "  entrepot verify my_case.toml --precision '10 %' --set stock.W.order_up_to=27\n",
        .visible = po::options_description("options"),
        .positional = "scenario"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("precision", po::value<std::string>()->default_value("50 %"),
        "replications go on until the interval's half-width is this share of the tolerance");
    add("most", po::value<std::size_t>()->default_value(2000), "replications of a scenario at most");
    add("threads,j", po::value<std::size_t>(), "replications at a time; default: the machine's cores");
    add("seed", po::value<std::uint32_t>()->default_value(0), "instead of the scenario's");
    add("set", po::value<std::vector<std::string>>()->composing(), "change one value: --set stock.W.order_up_to=27");
    add("no-colour", "no colours on the terminal");
    const auto values = parse(options, arguments);
    if (!values) return kOk;
    VerifyOptions verify_options{.threads = std::max(1u, std::thread::hardware_concurrency())};
    if (values->count("threads"))
        verify_options.threads = std::max<std::size_t>(1, (*values)["threads"].as<std::size_t>());
    verify_options.most_replications = (*values)["most"].as<std::size_t>();
    verify_options.seed = (*values)["seed"].as<std::uint32_t>();
    std::string got;
    const auto precision = scenarios::read_number({.value = (*values)["precision"].as<std::string>()},
                                                  scenarios::share().more_than(0), {}, got);
    if (!precision)
        throw UsageError(fmt::format("--precision: got '{}', want a share of the tolerance such as '50 %'", got));
    verify_options.precision = *precision;
    if (verify_options.most_replications < 10 || verify_options.most_replications > 1'000'000) {
        throw UsageError("--most: want 10 to 1000000 replications");
    }
    const auto overrides =
        values->count("set") ? (*values)["set"].as<std::vector<std::string>>() : std::vector<std::string>{};
    const fs::path given = values->count("scenario") ? (*values)["scenario"].as<std::string>() : "scenarios/validation";

    const bool colour = use_colour(STDOUT_FILENO, values->count("no-colour") > 0);
    Interruption interruption;
    std::size_t judged = 0, agreed = 0;
    bool bad = false;
    std::cout << fmt::format("{:<46} {:>12}   {:<9} {:<38} {:>5}\n", "case", "expected", "tolerance",
                             "   simulated [95 % interval]", "runs");
    for (const fs::path& file : files_of(given)) {
        const auto loaded = load_or_complain(file, overrides);
        if (!loaded || complain(file, *loaded)) {
            bad = true;
            continue;
        }
        if (loaded->scenario.expectations.empty()) {
            if (!fs::is_directory(given)) throw InputError(file.string() + ": has no [verify.NAME] table");
            continue;
        }
        for (const Verified& v : verify(*loaded, verify_options, interruption.token())) {
            if (interruption.happened()) break;
            std::cout << line_of(v, colour) << std::flush;
            ++judged;
            agreed += v.agreement == Agreement::agrees;
        }
        if (interruption.happened()) return kInterrupted;
    }
    std::cout << fmt::format("{} of {} cases agree.\n", agreed, judged);
    if (bad) return kBadInput;
    return agreed == judged ? kOk : kMissed;
}

}  // namespace entrepot::studies::cli

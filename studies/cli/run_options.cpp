#include "studies/cli/run_options.hpp"

#include <algorithm>
#include <limits>
#include <thread>

#include <fmt/format.h>

#include "scenarios/kind.hpp"
#include "scenarios/renamed.hpp"
#include "studies/cli/command_line.hpp"

namespace entrepot::studies::cli {

CommandOptions run_options() {
    CommandOptions options{
        .command = "run",
        .usage = "SCENARIO [OPTIONS]",
        .explanation =
            "Simulates strategies of a scenario, replication by replication, and keeps the results in one HDF5 file.\n"
            "All strategies meet the same demand, delays and absences (common random numbers). Where there are\n"
            "several alternatives, the best one and the comparator then meet fresh replications, which alone say\n"
            "what it is worth. The same scenario, seed and program give the same file, byte for byte, for any number\n"
            "of threads. Ctrl-C leaves a valid file with the replications that finished.\n\n"
            "  entrepot run scenarios/seasonal_spike.toml -o spike.h5\n"
            "  entrepot run scenarios/seasonal_spike.toml --strategies S0,S6 --replications 5 -o quick.h5\n"
            "  entrepot run scenarios/seasonal_spike.toml --precision '1 %' --time-limit '10 min' -o precise.h5\n"
            "  entrepot run scenarios/seasonal_spike.toml --set site.SE.pickers=8 -o more_hands.h5\n",
        .visible = po::options_description("options"),
        .positional = "scenario"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add("output,o", po::value<std::string>()->default_value("study.h5"), "the file of the results");
    add("strategies", po::value<std::string>(), "names, as S0,S6; the scenario's own choice otherwise");
    add("replications,n", po::value<std::string>(), "of each strategy; the scenario's own number otherwise");
    add("precision", po::value<std::string>(),
        "go on until this relative precision, as '1 %', is reached with 95 % confidence (Law's rule)");
    add("precision-of", po::value<std::string>(),
        "KPIs to know so well, of each strategy; difference:KPI is the difference to the comparator; service and cost "
        "otherwise");
    add("most", po::value<std::string>(), "replications at most, with a precision; 1000 otherwise");
    add("time-limit", po::value<std::string>(),
        "end with the replication during which this time, as '10 min', is over");
    add("confirm", po::value<std::string>(), "fresh replications of the best strategy; as many as chose it otherwise");
    add("no-confirm", "none: the gain of the best strategy then stays unconfirmed");
    add("antithetic", "replications in pairs, the second with 1 - u where the first draws u");
    add("watch", "show the difference to the comparator as it grows, with an interval that may be watched");
    add("no-series", "leave the daily series out of the file: most of its size, and the report's charts by day");
    add("items", po::value<std::string>(),
        "keep the daily series of these items, as A0001,B0002, or all: demand, stock, record, backorders and supply by "
        "warehouse (`entrepot export` prints them)");
    add("seed", po::value<std::string>(), "of the random draws; the scenario's own otherwise");
    add("threads,j", po::value<std::string>(), "to work with; all cores otherwise");
    add("set", po::value<std::vector<std::string>>()->composing(),
        "KEY=VALUE, a change of the scenario; may be repeated");
    add("resume", "go on with the file of a run that was stopped or killed; it ends as if nothing had happened");
    add("force", "overwrite the file");
    add("anyway", "run what by its estimate needs more memory than there is");
    add("quiet", "no progress");
    add("no-colour", "no colours on the terminal");
    return options;
}

namespace {

std::vector<std::string> chosen_strategies(const po::variables_map& values, const scenarios::Scenario& scenario) {
    const std::vector<std::string> known = scenarios::strategy_names(scenario);
    std::vector<std::string> chosen =
        values.count("strategies") ? names_of(values, "run", "strategies") : scenario.study.strategies;
    if (chosen.empty()) chosen = known;
    want_strategies("run", "strategies", chosen, known);
    return chosen;
}

int at_least(int least, const po::variables_map& values, const char* name, int otherwise) {
    constexpr int kMost = std::numeric_limits<int>::max();
    return static_cast<int>(whole_number(values, "run", name, least, kMost).value_or(otherwise));
}

/// The relative precision that was asked for; 0 when a fixed number of replications was.
double precision_of(const po::variables_map& values, const scenarios::Scenario& scenario) {
    if (!values.count("precision")) return values.count("replications") ? 0 : scenario.study.precision;
    if (values.count("replications")) {
        throw UsageError(
            "run: --precision chooses the number of replications; leave out --replications, or cap it with --most");
    }
    const std::string text = values["precision"].as<std::string>();
    std::string got;
    const auto value = scenarios::read_number({.value = text}, scenarios::share().more_than(0).at_most(0.99), {}, got);
    if (!value) {
        throw UsageError(
            fmt::format("run: --precision: got '{}', want a share above 0 and below 1, such as '1 %'", text));
    }
    return *value;
}

/// The precision goal, and its cap as the number of replications.
void add_goal(StudyOptions& options, const po::variables_map& values, const scenarios::Scenario& scenario) {
    const double relative = precision_of(values, scenario);
    if (relative == 0) {
        for (const char* name : {"precision-of", "most"}) {
            if (values.count(name)) throw UsageError(fmt::format("run: --{} wants a --precision", name));
        }
        return;
    }
    const int each = options.antithetic ? 2 : 1;
    results::PrecisionGoal goal{.relative = relative, .of = scenario.study.precision_of};
    if (values.count("precision-of")) goal.of = names_of(values, "run", "precision-of");
    for (const std::string& kpi : goal.of) {
        if (const auto now = scenarios::renamed_kpi(kpi)) {
            throw UsageError(fmt::format("run: --precision-of: {} was renamed, want {}", kpi, *now));
        }
    }
    const int least = static_cast<int>(goal.least) * each;
    options.replications = at_least(least, values, "most", std::max(scenario.study.most_replications, least));
    goal.most = static_cast<std::size_t>(options.replications / each);
    options.precision = goal;
}

/// Fresh replications of the best strategy. Two observations have an interval, one hasn't: then there are none.
int confirmation_of(const po::variables_map& values, const scenarios::Scenario& scenario, const StudyOptions& options) {
    const int least = options.antithetic ? 4 : 2;
    if (values.count("confirm")) {
        if (values.count("no-confirm")) throw UsageError("run: --confirm and --no-confirm contradict each other");
        if (options.strategies.size() < 2) throw UsageError("run: --confirm wants a second strategy");
        return at_least(least, values, "confirm", least);
    }
    // With one alternative nothing is chosen for its luck.
    if (values.count("no-confirm") || options.strategies.size() < 3) return 0;
    const int confirm = scenario.study.confirm.value_or(kAsMany);
    return (confirm == kAsMany ? options.replications : confirm) < least ? 0 : confirm;
}

void want_pairs(const StudyOptions& options) {
    if (!options.antithetic) return;
    const auto check = [](int n, const char* what) {
        if (n <= 0 || n % 2 == 0) return;
        throw UsageError(
            fmt::format("run: antithetic replications come in pairs: got {} {}, want an even number", n, what));
    };
    check(options.replications, options.precision ? "at most" : "replications");
    check(options.confirm, "to confirm with");
}

}  // namespace

StudyOptions study_options(const po::variables_map& values, const scenarios::Scenario& scenario) {
    StudyOptions options;
    options.strategies = chosen_strategies(values, scenario);
    options.replications = at_least(1, values, "replications", scenario.study.replications);
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    options.threads = static_cast<std::size_t>(whole_number(values, "run", "threads", 1, kMostThreads).value_or(cores));
    options.seed =
        static_cast<std::uint32_t>(whole_number(values, "run", "seed", 0, kMostSeed).value_or(scenario.study.seed));
    options.comparator = scenario.study.comparator;
    if (std::ranges::find(options.strategies, options.comparator) == options.strategies.end()) {
        options.comparator = options.strategies.front();
    }
    options.series = values.count("no-series") == 0;
    options.antithetic = values.count("antithetic") > 0 || scenario.study.antithetic;
    add_goal(options, values, scenario);
    options.confirm = confirmation_of(values, scenario, options);
    want_pairs(options);
    return options;
}

std::optional<double> time_limit(const po::variables_map& values) {
    if (!values.count("time-limit")) return std::nullopt;
    const std::string text = values["time-limit"].as<std::string>();
    const auto microseconds = scenarios::parse_duration(text);
    if (!microseconds || *microseconds <= 0)
        throw UsageError(fmt::format("run: --time-limit: got '{}', want a time such as '10 min' or '2 h'", text));
    return *microseconds * 1e-6;
}

}  // namespace entrepot::studies::cli

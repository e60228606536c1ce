#include "viz/live/session.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "results/file/store.hpp"
#include "scenarios/problem.hpp"
#include "studies/explain/source.hpp"

namespace entrepot::viz {

namespace fs = std::filesystem;

namespace {

/// An HDF5 file says what it is in its first bytes, whatever its name.
bool is_study(const fs::path& file) {
    return studies::explain::is_study(file) || file.extension() == ".h5" || file.extension() == ".hdf5";
}

/// The replications of a study can be watched where its file has the scenario in a form that this program reads.
void watch_study(Session& session, const OpenOptions& options);

void open_study(Session& session, const OpenOptions& options) {
    try {
        auto open = std::make_unique<OpenStudy>();
        open->study = results::load_study(session.file);
        if (open->study.replication_count() == 0) {
            session.trouble = "The study has no finished replication yet. Open it again when it has.";
            return;
        }
        open->comparison =
            results::compare(open->study, {.watching = open->study.ending == results::Ending::under_way});
        open->roi = results::return_on_investment(open->study);
        session.study = std::move(open);
        watch_study(session, options);
    } catch (const std::exception& error) {  // another format, damage, or a file that is no study
        session.trouble =
            fmt::format("{} Make the study anew with `entrepot run`, or open another file.", error.what());
    }
}

/// The strategies that are watched; all those that there aren't become problems.
std::vector<std::string> chosen(Session& session, const OpenOptions& options) {
    const scenarios::Scenario& scenario = session.loaded->scenario;
    const std::vector<std::string> names = scenarios::strategy_names(scenario);
    if (options.strategies.empty()) {
        std::vector<std::string> usual;
        const auto add = [&](const std::string& name) {
            const bool there = std::ranges::find(names, name) != names.end();
            if (there && std::ranges::find(usual, name) == usual.end()) usual.push_back(name);
        };
        add(scenario.study.comparator);
        if (!scenario.study.strategies.empty()) add(scenario.study.strategies.back());
        if (usual.empty() && !names.empty()) usual.push_back(names.front());
        return usual;
    }
    const auto complain = [&](const std::string& name, const std::string& message) {
        session.problems.push_back({.file = "--strategies", .path = name, .message = message});
    };
    for (auto name = options.strategies.begin(); name != options.strategies.end(); ++name) {
        if (std::ranges::find(names, *name) == names.end())
            complain(*name, "there is no such strategy" + scenarios::suggestion(*name, names));
        if (std::find(options.strategies.begin(), name, *name) != name) complain(*name, "is named twice");
    }
    return options.strategies;
}

void begin(Session& session, const OpenOptions& options) {
    const std::vector<std::string> strategies = chosen(session, options);
    if (!session.problems.empty()) return;
    if (strategies.empty()) {
        session.trouble = "The scenario describes no strategy. Give it one, such as by base = \"strategies.toml\".";
        return;
    }
    const auto& study = session.loaded->scenario.study;
    try {
        session.engine = std::make_unique<Engine>(
            *session.loaded, strategies,
            studies::Which{options.seed.value_or(study.seed), options.replication, study.antithetic});
    } catch (const std::exception& error) {
        session.trouble = fmt::format("The scenario can't be run: {}", error.what());
        return;
    }
    const models::Network& network = session.engine->network();
    session.clock.emplace(network.calendar);
    session.tracks = Tracks(network.sites.size() + 1);
    session.storyteller = std::make_unique<Storyteller>(*session.loaded, session.engine->which());
    session.happenings = happenings(*session.loaded, network);
}

void open_scenario(Session& session, const OpenOptions& options) {
    scenarios::Result result = scenarios::load(session.file, options.overrides);
    session.problems = std::move(result.problems);
    if (!result.loaded) return;
    session.loaded = std::make_unique<scenarios::Loaded>(std::move(*result.loaded));
    begin(session, options);
}

void watch_study(Session& session, const OpenOptions& options) {
    const results::Study& study = session.study->study;
    scenarios::Result result = studies::explain::scenario_of(study);
    if (!result.loaded) return;  // its figures can be looked at all the same
    session.loaded = std::make_unique<scenarios::Loaded>(std::move(*result.loaded));
    session.loaded->scenario.study.antithetic = study.antithetic;
    if (options.replication >= study.replication_count()) {
        session.problems.push_back(
            {.file = "--replication",
             .path = fmt::format("{}", options.replication),
             .message = fmt::format("the study has {}, numbered from 0", study.replication_count())});
        return;
    }
    OpenOptions chosen = options;
    if (!chosen.seed) chosen.seed = study.manifest.seed;
    if (chosen.strategies.empty()) {
        chosen.strategies = {study.manifest.comparator};
        if (study.strategies.back() != study.manifest.comparator) chosen.strategies.push_back(study.strategies.back());
    }
    begin(session, chosen);
}

}  // namespace

Session open(const fs::path& file, const OpenOptions& options) {
    Session session;
    session.file = file;
    session.options = options;
    std::error_code error;
    if (fs::is_directory(file, error)) {
        session.trouble = "This is a folder. Open a scenario (.toml) or a study (.h5).";
        return session;
    }
    session.written = fs::last_write_time(file, error);
    if (error) {
        session.trouble = fmt::format("The file can't be read: {}. Look at its name and its rights.", error.message());
        return session;
    }
    if (is_study(file)) {
        open_study(session, options);
    } else {
        open_scenario(session, options);
    }
    return session;
}

std::string change_of(const Session& session) {
    std::error_code error;
    const auto written = fs::last_write_time(session.file, error);
    if (error) return "The file is no longer there; what is shown is what was read.";
    if (written != session.written) return "The file has changed since it was read.";
    return "";
}

bool Session::take_hours() {
    if (!engine) return false;
    const std::vector<HourOfAll> hours = engine->take_hours();
    tracks.take(hours);
    return !hours.empty();
}

}  // namespace entrepot::viz

#include "viz/live/session.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "results/file/store.hpp"
#include "scenarios/problem.hpp"
#include "studies/explain/source.hpp"

namespace entrepot::viz {

namespace fs = std::filesystem;

namespace {

/// An HDF5 file says what it is in its first bytes, whatever its name.
bool is_study(const fs::path& file) {
    return results::begins_as_study(file) || file.extension() == ".h5" || file.extension() == ".hdf5";
}

std::optional<fs::file_time_type> written_at(const fs::path& file) {
    std::error_code error;
    const auto written = fs::last_write_time(file, error);
    return error ? std::nullopt : std::optional(written);
}

/// Its changes are to be told.
void note_file(Session& session, const fs::path& file) {
    const auto written = written_at(file);
    const bool known = std::ranges::find(session.files, file, &Session::ReadFile::path) != session.files.end();
    if (!known && (written || session.files.empty())) session.files.push_back({file, written});
}

/// What went wrong as a sentence, without the name of the file in front, which stands above it.
std::string sentence_of(std::string text, const fs::path& file) {
    const std::string prefix = file.string() + ": ";
    while (text.starts_with(prefix)) text.erase(0, prefix.size());
    if (!text.empty() && std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
    return text;
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
        session.trouble = fmt::format("{} Make the study anew with `entrepot run`, or open another file.",
                                      sentence_of(error.what(), session.file));
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
            complain(*name, fmt::format("there is no such strategy{}; there are {}",
                                        scenarios::suggestion(*name, names), fmt::join(names, ", ")));
        if (std::find(options.strategies.begin(), name, *name) != name) complain(*name, "is named twice");
    }
    return options.strategies;
}

void begin(Session& session, const OpenOptions& options) {
    session.watched = options;
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
    session.tracks = Tracks(places_of(network.sites.size()));
    session.storyteller = std::make_unique<Storyteller>(*session.loaded, session.engine->which());
    const studies::Which& which = session.engine->which();
    const studies::DrawsOf draws = studies::draws_of(which);
    session.happenings = happenings(*session.loaded, network,
                                    models::draw_happenings(network, {which.seed, draws.number, draws.mirrored}));
}

void open_scenario(Session& session, const OpenOptions& options) {
    scenarios::Result result = scenarios::load(session.file, options.overrides);
    session.problems = std::move(result.problems);
    for (const scenarios::Problem& problem : session.problems) note_file(session, problem.file);
    if (!result.loaded) return;
    session.loaded = std::make_unique<scenarios::Loaded>(std::move(*result.loaded));
    for (const std::string& file : session.loaded->files) note_file(session, file);
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
    note_file(session, file);
    if (!session.files.front().written) {
        static_cast<void>(fs::last_write_time(file, error));  // for its reason
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
    const auto name = [&](const Session::ReadFile& read) {
        return read.path == session.file ? std::string("The file") : read.path.string();
    };
    for (const Session::ReadFile& read : session.files) {
        const auto written = written_at(read.path);
        if (written == read.written) continue;
        if (!written) return name(read) + " is no longer there; what is shown is what was read.";
        return name(read) + " has changed since it was read.";
    }
    return "";
}

void watch_replication(Session& session, std::size_t replication) {
    session.options.replication = session.watched.replication = replication;
    session.storyteller.reset();  // they look at what is about to go
    session.engine.reset();
    begin(session, OpenOptions(session.watched));
}

bool Session::take_hours() {
    if (!engine) return false;
    const std::vector<HourOfAll> hours = engine->take_hours();
    tracks.take(hours);
    for (const LaneLook& lane : engine->look()->lanes) {
        if (!lane.forked) continue;
        const double hour = std::ceil(sim::in<sim::hours>(lane.forked->time_since_epoch()));
        tracks.branch(lane.id, lane.from_id, static_cast<std::size_t>(hour));
    }
    return !hours.empty();
}

}  // namespace entrepot::viz

#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include "scenarios/problem.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"
#include "viz/app/app.hpp"
#include "viz/app/benchmark.hpp"
#include "viz/app/options.hpp"
#include "viz/live/forking.hpp"
#include "viz/platform/picture.hpp"
#include "viz/platform/window.hpp"

/// The program from its options to its exit code.
namespace entrepot::viz {

namespace cli = studies::cli;

namespace {

/// ImGui's state, which the app and its backends share.
struct ImGuiLife {
    ImGuiLife() { ImGui::CreateContext(); }
    ImGuiLife(const ImGuiLife&) = delete;
    ImGuiLife& operator=(const ImGuiLife&) = delete;
    ~ImGuiLife() { ImGui::DestroyContext(); }
};

/// As in `entrepot replay`, and not after the end.
models::Time read_moment(const std::string& text, const char* option, const Session& session) {
    const models::Time time = cli::moment_of(option, text, *session.clock), end = session.engine->look()->end;
    if (time <= end) return time;
    throw cli::UsageError(fmt::format("--{}: got '{}', want a time in the run, which ends on {}", option, text,
                                      session.clock->moment(end)));
}

/// What was asked for by name and isn't there is told in one go.
void select(App& app, const Options& options) {
    const models::Network& network = app.session().engine->network();
    std::vector<std::string> sites, items;
    for (const models::Site& site : network.sites) sites.push_back(site.name);
    for (const models::Item& item : network.items) items.push_back(item.name);
    std::string wrong;
    const auto find = [&](const std::string& option, const std::string& name, const std::vector<std::string>& names) {
        const auto found = std::ranges::find(names, name);
        if (found != names.end()) return static_cast<int>(found - names.begin());
        wrong += fmt::format("{}--{}: there is no '{}'{}", wrong.empty() ? "" : "\n", option, name,
                             scenarios::suggestion(name, names));
        return -1;
    };
    if (!options.site_name.empty()) app.selection().site = find("site", options.site_name, sites);
    if (!options.item_name.empty())
        app.selection().item = static_cast<std::uint32_t>(find("item", options.item_name, items));
    if (!wrong.empty()) throw cli::UsageError(wrong);
    if (!options.opened) return;
    app.selection().opened = *options.opened;
    app.show("case");
}

/// All that is wrong with the fork is told in one go.
void fork_first(App& app, const Options& options) {
    Session& session = app.session();
    Engine& engine = *session.engine;
    engine.go_to(read_moment(options.fork_at, "fork-at", session));
    engine.settle();
    const std::string& strategy = options.then.empty() ? engine.look()->lanes.front().strategy : options.then;
    std::vector<std::string> wrong = fork(session, {0, strategy, options.set_then});
    engine.settle();
    if (wrong.empty()) wrong = engine.look()->refused;
    if (wrong.empty()) return;
    std::string text = "the world can't be forked so:";
    for (const std::string& one : wrong) text += "\n  " + one;
    throw cli::InputError(text);
}

void prepare(App& app, const Options& options) {
    const Session& session = app.session();
    if (!session.ready()) {
        const bool told = !session.problems.empty() || !session.trouble.empty();  // what is wrong is shown
        if (!options.at.empty() && !told)
            throw cli::UsageError("--at: the study has no scenario that this program could run");
        return;
    }
    select(app, options);
    if (!options.fork_at.empty()) fork_first(app, options);
    if (options.at.empty()) return;
    app.session().engine->go_to(read_moment(options.at, "at", app.session()));
    if (!options.picture.empty()) app.session().engine->settle();
}

int draw(App& app, const Options& options) {
    const bool broken = !app.session().problems.empty() || !app.session().trouble.empty();
    std::error_code ignored;
    if (broken && std::filesystem::exists(options.output, ignored)) {
        std::cerr << options.output.string() << " is left as it is: errors are drawn over no picture\n";
        return cli::kBadInput;
    }
    cli::want_new(options.output, options.force, {{options.file.string()}});
    if (options.picture != "window") {
        app.show(options.picture);
        app.alone(true);
    }
    std::string bytes;
    try {
        bytes = png_of(draw_picture(app, options.width, options.height));
    } catch (const std::runtime_error& error) {
        throw cli::OutputError(error.what());
    }
    cli::write_output(options.output, bytes);
    fmt::print("The picture is in {}.\n", options.output.string());
    return broken ? cli::kBadInput : cli::kOk;
}

int show(App& app, const Options& options) {
    const std::string hint =
        "Where there is no display, draw into a file: entrepot-viz --picture network -o network.png\n";
    if (const std::string reason = no_display(); !reason.empty()) {
        std::cerr << "entrepot-viz: there is no display: " << reason << ". " << hint;
        return cli::kOutput;
    }
    const Settings before = app.settings();
    app.set_status_file(options.status);
    try {
        show_window(app, "Entrepot: " + options.file.filename().string());
    } catch (const std::runtime_error& error) {
        std::cerr << "entrepot-viz: " << error.what() << ". " << hint;
        return cli::kOutput;
    }
    if (app.settings() != before && !save_settings(settings_file(), app.settings())) {
        std::cerr << "entrepot-viz: the layout can't be remembered: " << settings_file().string()
                  << " can't be written\n";
    }
    return cli::kOk;
}

/// What is wrong with the file is shown in the window, and said here, too, for who reads there.
void say_problems(const Session& session) {
    std::cerr << to_string(session.problems);
    if (!session.trouble.empty()) std::cerr << session.file.string() << ": " << session.trouble << "\n";
}

/// What is wrong with the options alone is no matter of the file.
void want_sound_options(const Session& session) {
    std::string wrong;
    for (const scenarios::Problem& problem : session.problems) {
        if (problem.file != "--strategies" && problem.file != "--replication") continue;
        wrong += fmt::format("{}{}: {}: {}", wrong.empty() ? "" : "\n", problem.file, problem.path, problem.message);
    }
    if (!wrong.empty()) throw cli::UsageError(wrong);
}

int run(const std::vector<std::string>& arguments) {
    const auto options = read_options(arguments);
    if (!options) return cli::kOk;
    const bool drawn = !options->picture.empty() || options->benchmark;
    Settings settings = drawn ? Settings{} : load_settings(settings_file());  // a picture is the same everywhere
    if (options->sized || drawn) settings.width = options->width, settings.height = options->height;
    if (options->scale) settings.scale = *options->scale;
    if (options->dark) settings.dark = *options->dark;
    Session session = open(options->file, options->open);
    want_sound_options(session);
    say_problems(session);
    const ImGuiLife imgui;
    App app(std::move(session), settings);
    prepare(app, *options);
    if (options->benchmark) return run_benchmark(app, options->width, options->height);
    return options->picture.empty() ? show(app, *options) : draw(app, *options);
}

}  // namespace

int main(int argc, char** argv) {
    return cli::exit_code_of("entrepot-viz", [&] { return run({argv + 1, argv + argc}); });
}

}  // namespace entrepot::viz

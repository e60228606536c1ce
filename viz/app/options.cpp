#include "viz/app/options.hpp"

#include <charconv>

#include <fmt/format.h>

#include "studies/cli/command_line.hpp"
#include "studies/cli/options.hpp"
#include "studies/cli/shipped.hpp"
#include "viz/views/view.hpp"

namespace entrepot::viz {

namespace cli = studies::cli;
namespace po = cli::po;

namespace {

std::string view_names() {
    std::string names;
    for (const auto& view : all_views()) names += (names.empty() ? "" : ", ") + std::string(view->name());
    return names;
}

cli::CommandOptions all_options() {
    cli::CommandOptions options{
        .command = "entrepot-viz",
        .usage = "[SCENARIO.toml | STUDY.h5] [OPTIONS]",
        .explanation =
            "Shows one replication of a scenario as it happens: the network, the time line, the queues; forwards, "
            "back,\n"
            "and two strategies side by side. Of a study it shows what was found, with its intervals. Without a file "
            "it\n"
            "opens the shipped scenario with the seasonal spike. Without a display, --picture draws into a file.\n\n"
            "  entrepot-viz scenarios/seasonal_spike.toml --strategies S0,S6\n"
            "  entrepot-viz spike.h5\n"
            "  entrepot-viz scenarios/seasonal_spike.toml --at '60 d' --picture network -o network.png\n"
            "  entrepot-viz --benchmark\n",
        .visible = po::options_description("options"),
        .positional = "file"};
    auto add = options.visible.add_options();
    add("help,h", "explain this program");
    add("strategies", po::value<std::string>(),
        "which ones, side by side: S0,S6; else the comparator and the study's last");
    add("replication", po::value<std::string>()->default_value("0"), "which one, from 0");
    add("seed", po::value<std::string>(), "the study's seed instead of the scenario's");
    add("set", po::value<std::vector<std::string>>()->composing(), "change one value: --set site.SE.pickers=8");
    add("at", po::value<std::string>(), "go there first: days since the start of the measured window, or a date");
    add("fork-at", po::value<std::string>(), "fork the first strategy's world at that moment, as entrepot fork does");
    add("then", po::value<std::string>(), "the strategy from the fork on; the same where none is given");
    add("set-then", po::value<std::vector<std::string>>()->composing(), "KEY=VALUE, a change from the fork on");
    add("site", po::value<std::string>(), "follow this warehouse");
    add("item", po::value<std::string>(), "follow this item");
    add("case", po::value<std::string>(), "open the case of this number; else the one that waits longest");
    add("picture", po::value<std::string>(),
        ("draw a view into a file and end: " + view_names() + ", or window for all of it").c_str());
    add("output,o", po::value<std::string>(), "the picture's file, .png; without it VIEW.png");
    add("size", po::value<std::string>()->default_value("1600x1000"), "of the window or the picture, in pixels");
    add("scale", po::value<std::string>(), "of letters and all: 0.75 to 3");
    add("theme", po::value<std::string>(), "dark or light");
    add("status", po::value<std::string>(), "write what the window shows into this file, for programs that drive it");
    add("benchmark", "measure frames a second and days a second without a display, and end");
    add("force", "overwrite the picture");
    return options;
}

bool read_number(const std::string& text, int& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

void read_size(const std::string& text, Options& options) {
    const auto cross = text.find('x');
    constexpr int kLeast = 320, kMost = 8192;
    const bool read = cross != text.npos && read_number(text.substr(0, cross), options.width) &&
                      read_number(text.substr(cross + 1), options.height);
    const auto fits = [](int pixels) { return pixels >= kLeast && pixels <= kMost; };
    if (read && fits(options.width) && fits(options.height)) return;
    throw cli::UsageError(
        fmt::format("--size: got '{}', want WIDTHxHEIGHT in pixels, each from {} to {}", text, kLeast, kMost));
}

double read_scale(const std::string& text) {
    constexpr double kLeast = 0.75, kMost = 3;
    double scale = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), scale);
    if (error == std::errc() && end == text.data() + text.size() && scale >= kLeast && scale <= kMost) return scale;
    throw cli::UsageError(fmt::format("--scale: got '{}', want a number from {} to {}", text, kLeast, kMost));
}

void read_picture(const po::variables_map& values, Options& options) {
    options.picture = values["picture"].as<std::string>();
    std::vector<std::string> names{"window"};
    for (const auto& view : all_views()) names.emplace_back(view->name());
    if (std::ranges::find(names, options.picture) == names.end()) {
        throw cli::UsageError(fmt::format("--picture: there is no view '{}'{}; want one of {}, window", options.picture,
                                          scenarios::suggestion(options.picture, names), view_names()));
    }
    options.output = values.count("output") ? values["output"].as<std::string>() : options.picture + ".png";
    if (options.output.extension() != ".png") {
        throw cli::UsageError(
            fmt::format("--output: got '{}', want a name that ends in .png", options.output.string()));
    }
}

}  // namespace

std::optional<Options> read_options(const std::vector<std::string>& arguments) {
    const auto values = cli::parse(all_options(), arguments);
    if (!values) return std::nullopt;
    const auto given = [&](const char* name) { return values->count(name) > 0; };
    const auto text = [&](const char* name) { return (*values)[name].as<std::string>(); };
    Options options;
    if (given("strategies")) options.open.strategies = cli::names_of(*values, "entrepot-viz", "strategies");
    const auto replication = cli::whole_number(*values, "entrepot-viz", "replication", 0, cli::kMostSeed);
    options.open.replication = static_cast<std::size_t>(replication.value_or(0));
    if (const auto seed = cli::whole_number(*values, "entrepot-viz", "seed", 0, cli::kMostSeed)) {
        options.open.seed = static_cast<std::uint32_t>(*seed);
    }
    if (given("set")) options.open.overrides = (*values)["set"].as<std::vector<std::string>>();
    if (given("at")) options.at = text("at");
    if (given("fork-at")) options.fork_at = text("fork-at");
    if (given("then")) options.then = text("then");
    if (given("set-then")) options.set_then = (*values)["set-then"].as<std::vector<std::string>>();
    if (options.fork_at.empty() != (options.then.empty() && options.set_then.empty())) {
        throw cli::UsageError("--fork-at: want it with --then or --set-then: when, and what differs from there on");
    }
    if (given("site")) options.site_name = text("site");
    if (const auto number = cli::whole_number(*values, "entrepot-viz", "case", 0, models::kNone - 1)) {
        options.opened = static_cast<std::uint32_t>(*number);
    }
    if (given("status")) options.status = text("status");
    if (given("item")) options.item_name = text("item");
    options.sized = !(*values)["size"].defaulted();
    read_size(text("size"), options);
    if (given("scale")) options.scale = read_scale(text("scale"));
    if (given("theme")) {
        if (text("theme") != "dark" && text("theme") != "light") {
            throw cli::UsageError(fmt::format("--theme: got '{}', want dark or light", text("theme")));
        }
        options.dark = text("theme") == "dark";
    }
    if (given("picture")) read_picture(*values, options);
    if (given("output") && !given("picture"))
        throw cli::UsageError("--output: names a picture's file: say --picture, too");
    options.benchmark = given("benchmark");
    options.force = given("force");
    options.file = given("file") ? std::filesystem::path(text("file"))
                                 : cli::as_named_here(cli::shipped_scenarios() / "seasonal_spike.toml");
    return options;
}

}  // namespace entrepot::viz

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/text/digits.hpp"
#include "results/text/format.hpp"
#include "scenarios/build.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/explain_source.hpp"
#include "studies/cli/interruption.hpp"
#include "studies/cli/limits.hpp"
#include "studies/cli/progress_bar.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/evidence/case_log.hpp"
#include "studies/evidence/twins.hpp"
#include "studies/explain/words.hpp"
#include "studies/quoted.hpp"

/// One replication again without what people overrode, one override at a time.
namespace entrepot::studies::cli {

namespace {

using evidence::MeanWorth;
using evidence::Override;
using evidence::Twins;
using evidence::Worth;
using models::DecisionKind;

CommandOptions twin_options() {
    CommandOptions options{
        .command = "twin",
        .usage = "STUDY.h5|SCENARIO [OPTIONS]",
        .explanation =
            "Says what overrides were worth: runs one replication again, and for each of a sample of its overrides\n"
            "once more without it, on the same noise: the same customers, delays and absences. An override is a\n"
            "recommended purchase line whose quantity somebody changed; its twin orders what was recommended. Of\n"
            "cases in which people set a rule aside (allocation_override, priority_exception) the twin keeps to it.\n\n"
            "Beside each stands the score that hindsight gives it by a rule. Above zero, the world was better with "
            "the\n"
            "override, which tells what was ordered for what was recommended. `here` is what its location cost less\n"
            "until it was judged, `cost` what the whole network cost less to the end of the run, `fill` how many more\n"
            "lines were filled. A single override is lost in what follows from it elsewhere: look at the intervals of\n"
            "the means, and draw more where they hold zero.\n\n"
            "  entrepot twin spike.h5 --strategy S6 --replication 3\n"
            "  entrepot twin spike.h5 --strategy S6 --sample 100 --decision purchase\n"
            "  entrepot twin scenarios/six_warehouses.toml --strategy S6 --sample 5 --json\n",
        .visible = po::options_description("options"),
        .positional = "source"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add_source_options(options.visible);
    add("sample", po::value<std::string>()->default_value("20"),
        "how many overrides are drawn; the same ones each time");
    add("decision", po::value<std::string>(), "only of one kind: purchase, allocation_override or priority_exception");
    add("threads,j", po::value<std::string>(), "to work with; all cores otherwise");
    add("json", "the same as JSON, unrounded");
    add("quiet", "no progress");
    return options;
}

constexpr std::array kOverridden{DecisionKind::purchase, DecisionKind::allocation_override,
                                 DecisionKind::priority_exception};

std::string key_of_kind(DecisionKind kind) { return results::kDecisionNames[static_cast<std::size_t>(kind)]; }

std::optional<DecisionKind> chosen_kind(const po::variables_map& values) {
    if (!values.count("decision")) return std::nullopt;
    const std::string said = values["decision"].as<std::string>();
    std::vector<std::string> names;
    for (const DecisionKind kind : kOverridden) {
        if (said == key_of_kind(kind)) return kind;
        names.push_back(key_of_kind(kind));
    }
    throw UsageError(fmt::format("twin: --decision: got {}, want {}{}", quoted(said), scenarios::some_of(names),
                                 scenarios::suggestion(said, names)));
}

/// What one page says.
struct TwinPage {
    const StoryOrigin& origin;
    const models::Network& network;
    const Twins& twins;
    std::size_t all = 0;    ///< overrides of the replication
    std::size_t drawn = 0;  ///< of them; fewer have a twin where it was interrupted
};

std::string what_was_done(const Override& what) {
    if (what.kind == DecisionKind::purchase) return fmt::format("{} for {}", what.after, what.before);
    return what.kind == DecisionKind::allocation_override ? fmt::format("takes {}", what.after) : "goes first";
}

std::string points_text(double points, int decimals) {
    const std::string digits = results::magnitude_text(std::abs(points), decimals);
    return results::sign_of(points, digits, true) + digits;
}

void add_worths(std::string& text, const TwinPage& page) {
    const Clock clock(page.network.calendar);
    results::Numbers scores, heres, costs;
    for (const Worth& worth : page.twins.worths) {
        scores.take(worth.what.score.value_or(0));
        heres.take(worth.here);
        costs.take(worth.cost);
    }
    const std::string& currency = page.network.currency;
    const auto score = results::Notation::money(scores, currency), here = results::Notation::money(heres, currency),
               cost = results::Notation::money(costs, currency);
    text += fmt::format("  {:>7}  {:<15}  {:>13}  {:>8}  {:>8}  {:>9}  {:>7}  {:<12}  {}\n", "case", "item, warehouse",
                        "override", "score", "here", "cost", "fill pt", "when", "by");
    for (const Worth& worth : page.twins.worths) {
        const Override& what = worth.what;
        const bool line = what.kind == DecisionKind::purchase;
        const std::string where = page.network.items[what.item].name + " " + page.network.sites[what.site].name;
        text +=
            fmt::format("  {:>7}  {:<15}  {:>13}  {:>8}  {:>8}  {:>9}  {:>7}  {:<12}  {}\n", what.number, where,
                        what_was_done(what), what.score ? score.difference(*what.score) : "-",
                        line ? here.difference(worth.here) : "-", cost.difference(worth.cost),
                        points_text(100 * worth.fill, 3), clock.short_moment(what.at), evidence::text_of(what.role));
    }
}

std::string points_text(const results::Interval& fill) {
    const auto text = [](double share) { return points_text(100 * share, 4); };
    const std::string mean = text(fill.estimate) + " pt";
    return fill.has_interval ? fmt::format("{} [{}, {}]", mean, text(fill.low), text(fill.high)) : mean;
}

std::string worth_text(const results::Interval& amount, const std::string& currency) {
    results::Numbers numbers;
    numbers.take(amount);
    const std::string text = results::Notation::money(numbers, currency).difference(amount);
    if (!amount.has_interval) return text;
    return text + (amount.excludes_zero() ? "" : ", not distinguishable from zero");
}

void add_means(std::string& text, const TwinPage& page) {
    const MeanWorth mean = evidence::mean_of(page.twins.worths);
    const std::string& currency = page.network.currency;
    text += "\nOn average an override was worth, with 95 % intervals over the sample\n";
    if (mean.judged > 0) {
        text += fmt::format("  by hindsight's rule       {}  ({} judged)\n", worth_text(mean.score, currency),
                            results::counted(mean.judged, "line"));
        text += fmt::format("  at its location           {}\n", worth_text(mean.here, currency));
    }
    text += fmt::format("  in the whole network      {}\n", worth_text(mean.cost, currency));
    text += fmt::format("  lines filled at once      {}\n", points_text(mean.fill));
    if (mean.signs > 0) {
        text += fmt::format("Rule and twin say the same of {} of {} that made a difference at their location.\n",
                            mean.same_sign, results::counted(mean.signs, "line"));
    }
}

std::string page_of(const TwinPage& page) {
    std::string text = "What overrides were worth\n" + origin_text(page.origin);
    if (page.all == 0) return text + "\nNobody overrode anything in the measured window.\n";
    text += fmt::format("\n{} of {}, and of each a twin without it: above zero, the world was better with it.\n",
                        page.twins.worths.size(), results::counted(page.all, "override"));
    if (page.twins.worths.empty()) return text;
    add_worths(text, page);
    add_means(text, page);
    return text;
}

using TwinJson = nlohmann::ordered_json;

TwinJson json_of_interval(const results::Interval& interval) {
    TwinJson json{{"estimate", interval.has_estimate ? TwinJson(interval.estimate) : TwinJson()}};
    json["low"] = interval.has_interval ? TwinJson(interval.low) : TwinJson();
    json["high"] = interval.has_interval ? TwinJson(interval.high) : TwinJson();
    return json;
}

std::string json_page(const TwinPage& page) {
    TwinJson json{{"scenario", page.origin.scenario},
                  {"strategy", page.origin.strategy},
                  {"replication", page.origin.replication},
                  {"seed", page.origin.seed},
                  {"overrides", page.all},
                  {"cost", page.twins.as_it_was.cost},
                  {"line_fill", page.twins.as_it_was.fill()},
                  {"twins", TwinJson::array()}};
    const Clock clock(page.network.calendar);
    for (const Worth& worth : page.twins.worths) {
        const Override& what = worth.what;
        TwinJson one{{"case", what.number},
                     {"kind", explain::kind_text(what.kind)},
                     {"role", evidence::text_of(what.role)},
                     {"item", page.network.items[what.item].name},
                     {"warehouse", page.network.sites[what.site].name},
                     {"at", clock.iso(what.at)},
                     {"units", what.after}};
        if (what.kind == DecisionKind::purchase) one["recommended"] = what.before, one["here"] = worth.here;
        one["score"] = what.score ? TwinJson(*what.score) : TwinJson();
        one["cost"] = worth.cost;
        one["line_fill"] = worth.fill;
        json["twins"].push_back(one);
    }
    const MeanWorth mean = evidence::mean_of(page.twins.worths);
    json["means"] = {{"score", json_of_interval(mean.score)},
                     {"here", json_of_interval(mean.here)},
                     {"cost", json_of_interval(mean.cost)},
                     {"line_fill", json_of_interval(mean.fill)}};
    json["same_sign"] = mean.same_sign;
    json["signs"] = mean.signs;
    return json.dump(2) + "\n";
}

}  // namespace

int run_twin(const std::vector<std::string>& arguments) {
    const auto values = parse(twin_options(), arguments);
    if (!values) return kOk;
    const auto kind = chosen_kind(*values);
    constexpr std::int64_t kMostTwins = 100'000;
    const auto most = static_cast<std::size_t>(whole_number(*values, "twin", "sample", 1, kMostTwins).value());
    const auto threads = static_cast<std::size_t>(whole_number(*values, "twin", "threads", 1, kMostThreads)
                                                      .value_or(std::max(1u, std::thread::hardware_concurrency())));
    const auto source = read_source("twin", "entrepot twin STUDY.h5 --strategy S6", *values);
    if (!source) return kBadInput;

    const models::Network network = scenarios::build(source->loaded, source->strategy);
    const Interruption interruption;
    evidence::OverrideWatch watch(network.calendar);
    explain::Watcher* watchers[] = {&watch};
    const explain::Rerun again = explain::rerun(network, source->which, watchers, true);
    std::vector<Override> all = watch.found();
    if (kind) std::erase_if(all, [&](const Override& one) { return one.kind != *kind; });
    const std::vector<Override> drawn = evidence::sample_of(all, most, source->which.seed);

    ProgressBar bar("twins", values->count("quiet") > 0);
    const std::size_t runs = drawn.empty() ? 0 : drawn.size() + 1;
    const auto show = [&](std::size_t done) { bar.show({.done = done, .total = runs, .most_seconds = {}}); };
    if (runs > 0) show(0);
    const Twins twins =
        drawn.empty() ? Twins{}
                      : evidence::run_twins(network, source->loaded.scenario, drawn,
                                            {.which = source->which, .threads = threads}, show, interruption.token());
    const StoryOrigin origin = origin_of(*source, again, *values);
    if (!origin.difference.empty()) tell("note: {}\n", origin.difference);
    const TwinPage page{origin, network, twins, all.size(), drawn.size()};
    std::cout << (values->count("json") ? json_page(page) : fitted(page_of(page)));
    if (twins.worths.size() == drawn.size()) return kOk;
    tell("Stopped after {} of {} twins.\n", twins.worths.size(), drawn.size());
    return kInterrupted;
}

}  // namespace entrepot::studies::cli

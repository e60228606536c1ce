#include "studies/evidence/bottlenecks.hpp"

#include <iostream>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/text/digits.hpp"
#include "scenarios/build.hpp"
#include "studies/cli/command_line.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/explain_source.hpp"
#include "studies/cli/terminal.hpp"
#include "studies/explain/words.hpp"

/// One replication again, bit for bit, and where its decisions waited.
namespace entrepot::studies::cli {

namespace {

/// Stuck messages are about no item, and those of headquarters about no warehouse.
std::string item_name(const models::Network& network, models::ItemId item) {
    return item.index() < network.items.size() ? network.items[item].name : "";
}
std::string site_name(const models::Network& network, models::SiteId site) {
    return site.index() < network.sites.size() ? network.sites[site].name : "headquarters";
}

using evidence::Bottlenecks;
using evidence::kStages;
using evidence::Spans;
using evidence::Stage;
using explain::kind_text;

CommandOptions bottleneck_options() {
    CommandOptions options{
        .command = "bottlenecks",
        .usage = "STUDY.h5|SCENARIO [OPTIONS]",
        .explanation =
            "Runs one replication again, bit for bit, and says on a page where the decisions of its measured window\n"
            "waited, for whom and how long, what became of them, how many no person touched, and which were the\n"
            "slowest; which level of approval held them, what people overrode (without the right, beyond guardrails,\n"
            "for better or worse in hindsight), and what they keyed in by hand. It is reckoned from the activities\n"
            "that `entrepot log` writes.\n\n"
            "  entrepot bottlenecks spike.h5 --strategy S0 --replication 3\n"
            "  entrepot bottlenecks scenarios/tiny.toml --json\n",
        .visible = po::options_description("options"),
        .positional = "source"};
    auto add = options.visible.add_options();
    add("help,h", "explain this command");
    add_source_options(options.visible);
    add("json", "the same as JSON");
    return options;
}

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

double waiting_of_all(const Bottlenecks& found) {
    double sum = 0;
    for (const auto& [role, at_work] : found.roles) sum += at_work.waiting_hours;
    return sum;
}

/// Where a case was longest; some wait for a site's answer, and for nobody.
std::string longest_stage(const evidence::SlowCase& slow) {
    const auto longest = std::ranges::max_element(slow.stages);
    if (*longest == models::Duration::zero()) return "-";
    return text_of(kStages[static_cast<std::size_t>(longest - slow.stages.begin())]);
}

std::string hours_text(double hours) { return results::fixed_text(hours, 1); }
std::string many_text(std::size_t number) { return explain::amount_text(static_cast<long>(number)); }

void add_steps(std::string& text, const Bottlenecks& found) {
    text += fmt::format(
        "\nWhere decisions spend their time: hours on the clock; `office`: the mean of those while it is open\n");
    text += fmt::format("  {:<21}  {:<15}  {:>7}  {:>7}  {:>7}  {:>7}  {:>7}  {:>8}\n", "kind", "step", "count", "mean",
                        "median", "P90", "office", "goes on");
    for (const auto& [kind, of] : found.kinds) {
        for (const Stage stage : kStages) {
            const Spans& spans = of.stages[static_cast<std::size_t>(stage)];
            if (spans.count() + spans.open == 0) continue;
            text += fmt::format("  {:<21}  {:<15}  {:>7}  {:>7}  {:>7}  {:>7}  {:>7}  {:>8}\n", kind_text(kind),
                                text_of(stage), explain::amount_text(static_cast<long>(spans.count())),
                                hours_text(spans.mean()), hours_text(spans.quantile(0.5)),
                                hours_text(spans.quantile(0.9)), hours_text(spans.office_mean()), spans.open);
        }
    }
}

void add_roles(std::string& text, const Bottlenecks& found) {
    text += "\nWho holds them\n";
    text += fmt::format("  {:<21}  {:>15}  {:>15}  {:>13}  {:>11}\n", "role", "hours of waiting", "of all waiting",
                        "hours at work", "utilisation");
    for (const auto& [role, of] : found.roles) {
        const bool counted = of.available_hours > 0;
        text += fmt::format(
            "  {:<21}  {:>16}  {:>15}  {:>13}  {:>11}\n", evidence::text_of(role), hours_text(of.waiting_hours),
            results::percent_text(share(of.waiting_hours, waiting_of_all(found))), hours_text(of.handling_hours),
            counted ? results::percent_text(share(of.handling_hours, of.available_hours)) : "not counted");
    }
}

void add_outcomes(std::string& text, const Bottlenecks& found) {
    text +=
        "\nWhat became of them; where nothing was done, `needless` when somebody came to them, `in vain` as nothing "
        "could be done, `barred` by a guardrail, `left` to the next review or by a route, `ignored` as alerts are; "
        "days from detection to execution\n";
    text +=
        fmt::format("  {:<21}  {:>8}  {:>8}  {:>8}  {:>7}  {:>6}  {:>6}  {:>7}  {:>6}  {:>6}  {:>6}\n", "kind",
                    "detected", "executed", "needless", "in vain", "barred", "left", "ignored", "open", "P50", "P95");
    constexpr double kHoursOfDay = 24;
    for (const auto& [kind, of] : found.kinds) {
        text += fmt::format("  {:<21}  {:>8}  {:>8}  {:>8}  {:>7}  {:>6}  {:>6}  {:>7}  {:>6}  {:>6}  {:>6}\n",
                            kind_text(kind), many_text(of.detected), many_text(of.executed), many_text(of.needless),
                            many_text(of.in_vain), many_text(of.barred), many_text(of.left), many_text(of.ignored),
                            many_text(of.open), results::fixed_text(of.latency.quantile(0.5) / kHoursOfDay, 2),
                            results::fixed_text(of.latency.quantile(0.95) / kHoursOfDay, 2));
    }
}

void add_touchless(std::string& text, const Bottlenecks& found, const std::string& currency) {
    text += fmt::format("\nUntouched by people, by the value of the decision in {}\n", currency);
    text += fmt::format("  {:<21}  {:<17}  {:>9}  {:>9}\n", "kind", "value", "executed", "untouched");
    for (const auto& [kind, of] : found.kinds) {
        for (std::size_t i = 0; i < of.values.size(); ++i) {
            const evidence::Touchless& one = of.values[i];
            if (one.decided == 0) continue;
            text += fmt::format(
                "  {:<21}  {:<17}  {:>9}  {:>9}\n", kind_text(kind), evidence::value_class_text(i),
                explain::amount_text(static_cast<long>(one.decided)),
                results::percent_text(share(static_cast<double>(one.untouched), static_cast<double>(one.decided))));
        }
    }
}

void add_slowest(std::string& text, const Bottlenecks& found, const models::Network& network, const Clock& clock) {
    if (found.slowest.empty()) return;
    text += "\nThe slowest, from detection to their end\n";
    text += fmt::format("  {:>7}  {:<21}  {:<10}  {:<10}  {:>6}  {:>10}  {:<15}  {}\n", "case", "kind", "item",
                        "warehouse", "units", "took", "longest", "detected");
    for (const evidence::SlowCase& slow : found.slowest) {
        text += fmt::format("  {:>7}  {:<21}  {:<10}  {:<10}  {:>6}  {:>10}  {:<15}  {}{}\n", slow.number,
                            kind_text(slow.kind), item_name(network, slow.item), site_name(network, slow.site),
                            slow.units, explain::span_text(slow.span), longest_stage(slow),
                            clock.short_moment(slow.detected), slow.ended == sim::kNever ? ", and goes on" : "");
    }
}

/// Overrides of recommendations are judged in hindsight; of cases that set a rule aside nobody knows better.
void add_overrides(std::string& text, const Bottlenecks& found, const std::string& currency) {
    if (found.overrides.empty()) return;
    text += fmt::format(
        "\nWhat people override: recommendations that they change, and cases that set a rule aside; `informed` by who "
        "knew what demand would be, `refused` for want of the right, `beyond` where guardrails let the system go; in "
        "hindsight, `better` than what was recommended, and worth so much in {}\n",
        currency);
    text += fmt::format("  {:<21}  {:<21}  {:>9}  {:>8}  {:>7}  {:>6}  {:>6}  {:>6}  {:>9}\n", "role", "kind",
                        "overrides", "informed", "refused", "beyond", "judged", "better", "worth");
    for (const auto& [who, of] : found.overrides) {
        const auto& [role, kind] = who;
        const bool changes = kind == models::DecisionKind::purchase;
        const auto cell = [&](std::size_t number) { return changes ? many_text(number) : std::string("-"); };
        text +=
            fmt::format("  {:<21}  {:<21}  {:>9}  {:>8}  {:>7}  {:>6}  {:>6}  {:>6}  {:>9}\n", evidence::text_of(role),
                        kind_text(kind), many_text(of.done), cell(of.informed), cell(of.refused), cell(of.beyond),
                        cell(of.judged), cell(of.better), of.judged > 0 ? results::fixed_text(of.value, 0) : "-");
    }
}

void add_rekeyed(std::string& text, const Bottlenecks& found) {
    if (found.rekeyed.empty()) return;
    text += "\nWhat is worked out and keyed in by hand, of what went out\n";
    text += fmt::format("  {:<21}  {:<21}  {:>9}  {:>8}  {:>8}\n", "role", "kind", "lines", "mistakes", "of them");
    for (const auto& [who, of] : found.rekeyed) {
        text +=
            fmt::format("  {:<21}  {:<21}  {:>9}  {:>8}  {:>8}\n", evidence::text_of(who.second), kind_text(who.first),
                        many_text(of.lines), many_text(of.mistakes),
                        results::percent_text(share(static_cast<double>(of.mistakes), static_cast<double>(of.lines))));
    }
}

void add_levels(std::string& text, const Bottlenecks& found, const models::Network& network) {
    if (found.levels.empty()) return;
    text += "\nWhich level of approval holds them, from when it is asked: hours; `late` beyond its service level\n";
    text += fmt::format("  {:<21}  {:<21}  {:>7}  {:>7}  {:>7}  {:>7}  {:>7}  {:>6}  {:>8}\n", "level", "agreed by",
                        "count", "mean", "median", "P90", "office", "late", "goes on");
    for (const auto& [who, held] : found.levels) {
        text += fmt::format("  {:<21}  {:<21}  {:>7}  {:>7}  {:>7}  {:>7}  {:>7}  {:>6}  {:>8}\n",
                            network.strategy.governance.approvals[who.first].name, evidence::text_of(who.second),
                            many_text(held.spans.count()), hours_text(held.spans.mean()),
                            hours_text(held.spans.quantile(0.5)), hours_text(held.spans.quantile(0.9)),
                            hours_text(held.spans.office_mean()), many_text(held.late), held.spans.open);
    }
}

std::string page_of(const Bottlenecks& found, const StoryOrigin& origin, const models::Network& network) {
    std::string text = "Bottlenecks of decisions\n" + origin_text(origin);
    if (found.kinds.empty()) return text + "\nNothing was decided in the measured window.\n";
    add_steps(text, found);
    add_roles(text, found);
    add_levels(text, found, network);
    add_outcomes(text, found);
    add_overrides(text, found, network.currency);
    add_rekeyed(text, found);
    add_touchless(text, found, network.currency);
    add_slowest(text, found, network, Clock(network.calendar));
    return text;
}

using BottleneckJson = nlohmann::ordered_json;

BottleneckJson json_of(const Spans& spans) {
    return {{"count", spans.count()},
            {"mean_hours", spans.mean()},
            {"median_hours", spans.quantile(0.5)},
            {"p90_hours", spans.quantile(0.9)},
            {"p95_hours", spans.quantile(0.95)},
            {"mean_office_hours", spans.office_mean()},
            {"go_on", spans.open}};
}

BottleneckJson json_of(models::DecisionKind kind, const evidence::KindOfCase& of) {
    BottleneckJson json{{"kind", kind_text(kind)}, {"detected", of.detected}, {"executed", of.executed},
                        {"needless", of.needless}, {"in_vain", of.in_vain},   {"barred", of.barred},
                        {"left", of.left},         {"ignored", of.ignored},   {"open", of.open}};
    json["latency"] = json_of(of.latency);
    for (const Stage stage : kStages) {
        const Spans& spans = of.stages[static_cast<std::size_t>(stage)];
        if (spans.count() + spans.open > 0) json["steps"][text_of(stage)] = json_of(spans);
    }
    for (std::size_t i = 0; i < of.values.size(); ++i) {
        if (of.values[i].decided == 0) continue;
        json["values"][evidence::value_class_text(i)] = {{"executed", of.values[i].decided},
                                                         {"untouched", of.values[i].untouched}};
    }
    return json;
}

BottleneckJson json_of(const evidence::SlowCase& slow, const models::Network& network, const Clock& clock) {
    BottleneckJson json{{"case", slow.number},
                        {"kind", kind_text(slow.kind)},
                        {"item", item_name(network, slow.item)},
                        {"warehouse", site_name(network, slow.site)},
                        {"units", slow.units},
                        {"hours", sim::in<sim::hours>(slow.span)},
                        {"detected", clock.iso(slow.detected)},
                        {"open", slow.ended == sim::kNever}};
    for (const Stage stage : kStages) {
        json["steps"][text_of(stage)] = sim::in<sim::hours>(slow.stages[static_cast<std::size_t>(stage)]);
    }
    return json;
}

void add_people_json(BottleneckJson& json, const Bottlenecks& found, const models::Network& network) {
    for (const char* part : {"overrides", "rekeyed", "levels"}) json[part] = BottleneckJson::array();
    for (const auto& [who, of] : found.overrides) {
        json["overrides"].push_back({{"role", evidence::text_of(who.first)},
                                     {"kind", kind_text(who.second)},
                                     {"overrides", of.done},
                                     {"informed", of.informed},
                                     {"refused", of.refused},
                                     {"beyond", of.beyond},
                                     {"judged", of.judged},
                                     {"better", of.better},
                                     {"value", of.value}});
    }
    for (const auto& [who, of] : found.rekeyed) {
        json["rekeyed"].push_back({{"role", evidence::text_of(who.second)},
                                   {"kind", kind_text(who.first)},
                                   {"lines", of.lines},
                                   {"mistakes", of.mistakes}});
    }
    for (const auto& [who, held] : found.levels) {
        BottleneckJson level = json_of(held.spans);
        level["level"] = network.strategy.governance.approvals[who.first].name;
        level["agreed_by"] = evidence::text_of(who.second);
        level["late"] = held.late;
        json["levels"].push_back(level);
    }
}

std::string json_page(const Bottlenecks& found, const StoryOrigin& origin, const models::Network& network) {
    BottleneckJson json{{"scenario", origin.scenario},       {"strategy", origin.strategy},
                        {"replication", origin.replication}, {"seed", origin.seed},
                        {"one_replication", true},           {"kinds", BottleneckJson::array()},
                        {"roles", BottleneckJson::array()},  {"slowest", BottleneckJson::array()}};
    for (const auto& [kind, of] : found.kinds) json["kinds"].push_back(json_of(kind, of));
    for (const auto& [role, of] : found.roles) {
        BottleneckJson one{{"role", evidence::text_of(role)},
                           {"waiting_hours", of.waiting_hours},
                           {"share_of_waiting", share(of.waiting_hours, waiting_of_all(found))},
                           {"hours_at_work", of.handling_hours}};
        if (of.available_hours > 0) one["utilisation"] = share(of.handling_hours, of.available_hours);
        json["roles"].push_back(one);
    }
    add_people_json(json, found, network);
    const Clock clock(network.calendar);
    for (const evidence::SlowCase& slow : found.slowest) json["slowest"].push_back(json_of(slow, network, clock));
    return json.dump(2) + "\n";
}

}  // namespace

int run_bottlenecks(const std::vector<std::string>& arguments) {
    const auto values = parse(bottleneck_options(), arguments);
    if (!values) return kOk;
    const auto source = read_source("bottlenecks", "entrepot bottlenecks STUDY.h5 --strategy S6", *values);
    if (!source) return kBadInput;
    const models::Network network = scenarios::build(source->loaded, source->strategy);
    evidence::BottleneckWatch watch(network);
    explain::Watcher* watchers[] = {&watch};
    const explain::Rerun again = explain::rerun(network, source->which, watchers, true);
    const StoryOrigin origin = origin_of(*source, again, *values);
    if (!origin.difference.empty()) tell("note: {}\n", origin.difference);
    std::cout << (values->count("json") ? json_page(watch.found(), origin, network)
                                        : fitted(page_of(watch.found(), origin, network)));
    return kOk;
}

}  // namespace entrepot::studies::cli

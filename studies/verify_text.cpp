#include "studies/verify_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/text/format.hpp"
#include "results/text/table.hpp"

namespace entrepot::studies {

namespace {

/// What is done, in two sentences.
std::string rule_text(const VerifyOptions& options) {
    std::string text = fmt::format(
        "Replications go on until the half-width of each 95 % interval is at most {} of the tolerance; an estimate "
        "within the tolerance agrees.",
        results::percent_text(options.precision));
    if (options.precision <= kDefaultPrecision) {
        text += fmt::format(" An exact simulator misses a case by chance at most {} times in 10,000.",
                            results::number_text(10'000 * kFalseAlarm));
    } else {
        text += " That is a rough look: at more than 50 % an exact simulator may miss a case by chance.";
    }
    return text;
}

/// The figure and its interval, with three digits of the half-width and at most six of the figure.
struct Shown {
    std::string estimate = "-", interval = "-";
    explicit Shown(const results::Interval& i) {
        if (!i.has_estimate) return;
        const int most = results::decimals_for(i.estimate, 6);
        const int decimals =
            i.has_interval && i.half_width() > 0 ? std::min(most, results::decimals_for(i.half_width(), 3)) : most;
        estimate = i.has_interval ? results::fixed_text(i.estimate, decimals) : results::number_text(i.estimate, 6);
        if (!i.has_interval) return;
        interval = fmt::format("[{}, {}]", results::fixed_text(i.low, decimals), results::fixed_text(i.high, decimals));
    }
};

std::string expected_text(const Verified& v) {
    if (v.never) return "never";
    if (v.at_least) return ">= " + results::number_text(*v.at_least, 6);
    if (v.at_most) return "<= " + results::number_text(*v.at_most, 6);
    return results::number_text(v.expected, 6);
}

/// Of bounds the upper one, where there are two.
std::string tolerance_text(const Verified& v) {
    if (v.at_least && v.at_most) return "<= " + results::number_text(*v.at_most, 6);
    return v.never || v.bounded() ? "-" : results::number_text(v.tolerance);
}

std::size_t count(const std::vector<Verified>& all, Agreement agreement) {
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const Verified& v) { return v.agreement == agreement; }));
}

/// How many agree, and how many intervals hold the expected value: a bias smaller than the tolerances shows there.
std::string summary(const std::vector<Verified>& all) {
    std::size_t intervals = 0, holding = 0;
    for (const Verified& v : all) {
        if (v.never || v.bounded() || !v.simulated.has_interval || v.simulated.half_width() == 0) continue;
        ++intervals;
        holding += v.simulated.low <= v.expected && v.expected <= v.simulated.high;
    }
    std::string text = fmt::format("{} of {} cases agree.", count(all, Agreement::agrees), all.size());
    if (intervals > 0) {
        text += fmt::format(" {} of the {} intervals with a width hold the expected value; about 95 % of them should.",
                            holding, intervals);
    }
    return text;
}

/// The imprecise case of each scenario that wants the most replications.
std::vector<const Verified*> worst_of_each_scenario(const std::vector<Verified>& all) {
    std::vector<const Verified*> worst;
    for (const Verified& v : all) {
        if (v.agreement != Agreement::imprecise) continue;
        const auto known = std::ranges::find(worst, v.scenario, &Verified::scenario);
        if (known == worst.end()) {
            worst.push_back(&v);
        } else if (v.replications_needed > (*known)->replications_needed) {
            *known = &v;
        }
    }
    return worst;
}

/// How far the worst case of a scenario is from the precision, and what would bring it there.
std::string imprecise_text(const Verified& v, const std::vector<Verified>& all, const VerifyOptions& options) {
    const auto others = std::ranges::count_if(all, [&](const Verified& other) {
        return other.agreement == Agreement::imprecise && other.scenario == v.scenario;
    });
    const std::string among = others > 1 ? fmt::format(", the widest of {}", others) : "";
    if (v.bounded()) {
        return fmt::format(
            "IMPRECISE: {}.{}{}: after {} replications the 95 % interval doesn't reach the bound, but one 2.25 times "
            "as wide does. Allow more with --most, or measure longer (calendar.measure).\n",
            v.scenario, v.name, among, v.replications);
    }
    std::string text =
        fmt::format("IMPRECISE: {}.{}{}: the half-width is {} of the tolerance after {} replications; {} would take ",
                    v.scenario, v.name, among, results::percent_text(v.simulated.half_width() / v.tolerance),
                    v.replications, results::percent_text(options.precision));
    if (v.replications_needed <= kMostReplications) {
        return text + fmt::format(
                          "about {}. Say --most {}, give the scenario a longer calendar.measure, or ask for less with "
                          "--precision.\n",
                          v.replications_needed, v.replications_needed);
    }
    return text +
           fmt::format(
               "some {}, which is out of reach. Widen the tolerance, ask for less with --precision, measure longer "
               "(calendar.measure), or take away sources of noise that the expected value doesn't need.\n",
               results::about_text(static_cast<double>(v.replications_needed)));
}

/// What to do about what doesn't agree; nothing when all do.
std::string advice(const std::vector<Verified>& all, const VerifyOptions& options) {
    std::string text;
    if (count(all, Agreement::misses) > 0) {
        text +=
            "MISSES: the model and the expected value differ. Look whether the scenario says what the source says "
            "(order of events, units, start), then for a fault of the simulator.\n";
    }
    for (const Verified* v : worst_of_each_scenario(all)) text += imprecise_text(*v, all, options);
    for (const Verified& v : all) {
        if (v.agreement != Agreement::not_available) continue;
        text +=
            fmt::format("NOT AVAILABLE: {}.{}: {}.{}\n", v.scenario, v.name, results::reason_text(v.simulated.missing),
                        v.of_business_case ? ""
                                           : " Nothing was counted that the figure is made of: look whether the "
                                             "scenario has such orders, stock or flows in the measured window.");
    }
    return text;
}

nlohmann::ordered_json number(bool available, double value) {
    return available ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

/// A text in a cell of a Markdown table.
std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.replace(at, 1, "\\|");
    return text;
}

}  // namespace

std::string_view agreement_text(Agreement agreement) {
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

VerifyColumns::VerifyColumns(const std::vector<std::string>& names, std::size_t width, std::size_t words)
    : width_(width), words_(words) {
    constexpr std::size_t kRest = 81;  // of a line, but its name
    for (const std::string& name : names) name_ = std::max(name_, results::columns_of(name));
    lines_ = width == 0 || name_ + kRest <= width;
}

std::string VerifyColumns::header(const VerifyOptions& options) const {
    std::string text = results::wrapped(rule_text(options), words_) + "\n\n";
    if (lines_) text += line("case", "expected", "tolerance", "simulated", "95 % interval", "runs", "verdict");
    return text;
}

std::string VerifyColumns::line(const std::string& name, const std::string& expected, const std::string& tolerance,
                                const std::string& simulated, const std::string& interval, const std::string& runs,
                                const std::string& verdict) const {
    const std::string space(name_ - results::columns_of(name), ' ');
    const bool bound = expected.find('=') != std::string::npos;
    const char* between = name == "case" || bound ? " " : "±";
    return fmt::format("{}{} {:>11} {} {:<9} {:>11} {:<24} {:>5}  {}\n", name, space, expected, between, tolerance,
                       simulated, interval, runs, verdict);
}

std::string VerifyColumns::line(const Verified& v, bool colour) const {
    const bool good = v.agreement == Agreement::agrees;
    const std::string_view word = agreement_text(v.agreement);
    const std::string verdict = colour ? fmt::format("\x1b[{}m{}\x1b[0m", good ? 32 : 31, word) : std::string(word);
    const Shown shown(v.simulated);
    const std::string name = v.scenario + "." + v.name, expected = expected_text(v), tolerance = tolerance_text(v);
    if (lines_) {
        return line(name, expected, tolerance, shown.estimate, shown.interval, std::to_string(v.replications), verdict);
    }
    const std::string wanted = tolerance == "-" ? expected : expected + (v.bounded() ? " and " : " ± ") + tolerance;
    return results::wrapped(name, width_, 2) + "\n  " + verdict + "\n" +
           results::wrapped(fmt::format("  expected {}, simulated {} {}, {}", wanted, shown.estimate, shown.interval,
                                        results::counted(v.replications, "run")),
                            width_) +
           "\n";
}

std::string VerifyColumns::footer(const std::vector<Verified>& all, const VerifyOptions& options) const {
    return "\n" + results::wrapped(summary(all) + "\n" + advice(all, options), words_);
}

std::string verify_markdown(const std::vector<Verified>& all, const VerifyOptions& options) {
    std::string text = rule_text(options) +
                       "\n\n| system | case | expected | tolerance | simulated | 95 % interval | runs | verdict | "
                       "source |\n|---|---|---|---|---|---|---|---|---|\n";
    for (const Verified& v : all) {
        const Shown shown(v.simulated);
        text += fmt::format("| {} | `{}.{}` | {} | {} | {} | {} | {} | {} | {} |\n", cell(v.title), v.scenario, v.name,
                            expected_text(v), tolerance_text(v), shown.estimate, shown.interval, v.replications,
                            agreement_text(v.agreement), cell(v.source));
    }
    return text + "\n" + summary(all) + "\n" + advice(all, options);
}

std::string verify_csv(const std::vector<Verified>& all) {
    std::string csv =
        "scenario,name,expected,tolerance,estimate,low,high,replications,replications_needed,verdict,reason,source,at_"
        "least,at_most\n";
    const auto text = [](bool available, double value) { return available ? fmt::format("{}", value) : std::string(); };
    for (const Verified& v : all) {
        const results::Interval& i = v.simulated;
        csv += fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", results::csv_field(v.scenario), results::csv_field(v.name),
            v.never ? "never" : text(!v.bounded(), v.expected), text(!v.never && !v.bounded(), v.tolerance),
            text(i.has_estimate, i.estimate), text(i.has_interval, i.low), text(i.has_interval, i.high), v.replications,
            v.replications_needed, agreement_text(v.agreement),
            results::csv_field(std::string(results::reason_text(i.missing))), results::csv_field(v.source),
            text(v.at_least.has_value(), v.at_least.value_or(0)), text(v.at_most.has_value(), v.at_most.value_or(0)));
    }
    return csv;
}

std::string verify_json(const std::vector<Verified>& all, const VerifyOptions& options) {
    nlohmann::ordered_json cases = nlohmann::ordered_json::array();
    for (const Verified& v : all) {
        const results::Interval& i = v.simulated;
        cases.push_back({{"scenario", v.scenario},
                         {"title", v.title},
                         {"name", v.name},
                         {"expected", v.never ? nlohmann::ordered_json("never") : number(!v.bounded(), v.expected)},
                         {"tolerance", number(!v.never && !v.bounded(), v.tolerance)},
                         {"at_least", number(v.at_least.has_value(), v.at_least.value_or(0))},
                         {"at_most", number(v.at_most.has_value(), v.at_most.value_or(0))},
                         {"estimate", number(i.has_estimate, i.estimate)},
                         {"low", number(i.has_interval, i.low)},
                         {"high", number(i.has_interval, i.high)},
                         {"replications", v.replications},
                         {"replications_needed", v.replications_needed},
                         {"verdict", agreement_text(v.agreement)},
                         {"reason", results::reason_text(i.missing)},
                         {"source", v.source}});
    }
    const nlohmann::ordered_json json{
        {"precision", options.precision}, {"agree", count(all, Agreement::agrees)}, {"cases", cases}};
    return json.dump(2) + "\n";
}

}  // namespace entrepot::studies

#include "studies/verify_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "results/format.hpp"

namespace entrepot::studies {

namespace {

std::string percent(double share) { return fmt::format("{:g} %", 100 * share); }

/// What is done, in two sentences.
std::string rule_text(const VerifyOptions& options) {
    std::string text = fmt::format(
        "Replications go on until the half-width of each 95 % interval is at most {} of the tolerance; an "
        "estimate within the tolerance agrees.",
        percent(options.precision));
    if (options.precision <= kDefaultPrecision) {
        text += fmt::format(" An exact simulator misses a case by chance at most {:g} times in 10 000.",
                            10'000 * kFalseAlarm);
    } else {
        text += " That is a rough look: at more than 50 % an exact simulator may miss a case by chance.";
    }
    return text;
}

std::string interval_text(const results::Interval& i) {
    return i.has_interval ? fmt::format("[{:.6g}, {:.6g}]", i.low, i.high) : "-";
}

std::string estimate_text(const results::Interval& i) {
    return i.has_estimate ? fmt::format("{:.6g}", i.estimate) : "-";
}

std::string expected_text(const Verified& v) { return v.never ? "never" : fmt::format("{:.6g}", v.expected); }

std::string tolerance_text(const Verified& v) { return v.never ? "-" : fmt::format("{:.3g}", v.tolerance); }

std::size_t count(const std::vector<Verified>& all, Agreement agreement) {
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [&](const Verified& v) { return v.agreement == agreement; }));
}

/// How many agree, and how many intervals hold the expected value: a bias smaller than the tolerances shows there.
std::string summary(const std::vector<Verified>& all) {
    std::size_t intervals = 0, holding = 0;
    for (const Verified& v : all) {
        if (v.never || !v.simulated.has_interval || v.simulated.half_width() == 0) continue;
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
    std::string text = fmt::format(
        "IMPRECISE: {}.{}{}: the half-width is {:.3g} % of the tolerance after {} replications; {} would take ",
        v.scenario, v.name, among, 100 * v.simulated.half_width() / v.tolerance, v.replications,
        percent(options.precision));
    if (v.replications_needed <= kMostReplications) {
        return text + fmt::format(
                          "about {}. Say --most {}, give the scenario a longer calendar.measure, or ask for less "
                          "with --precision.\n",
                          v.replications_needed, v.replications_needed);
    }
    return text +
           fmt::format(
               "some {:.2g}, which is out of reach. Widen the tolerance, ask for less with --precision, measure "
               "longer (calendar.measure), or take away sources of noise that the expected value doesn't need.\n",
               static_cast<double>(v.replications_needed));
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

std::string verify_header(const VerifyOptions& options) {
    return fmt::format("{}\n\n{:<38} {:>11}   {:<9} {:>11} {:<24} {:>5}  {}\n", rule_text(options), "case", "expected",
                       "tolerance", "simulated", "95 % interval", "runs", "verdict");
}

std::string verify_line(const Verified& v, bool colour) {
    const bool good = v.agreement == Agreement::agrees;
    const std::string_view word = agreement_text(v.agreement);
    const std::string verdict = colour ? fmt::format("\x1b[{}m{}\x1b[0m", good ? 32 : 31, word) : std::string(word);
    return fmt::format("{:<38} {:>11} ± {:<9} {:>11} {:<24} {:>5}  {}\n", v.scenario + "." + v.name, expected_text(v),
                       tolerance_text(v), estimate_text(v.simulated), interval_text(v.simulated), v.replications,
                       verdict);
}

std::string verify_footer(const std::vector<Verified>& all, const VerifyOptions& options) {
    return "\n" + summary(all) + "\n" + advice(all, options);
}

std::string verify_markdown(const std::vector<Verified>& all, const VerifyOptions& options) {
    std::string text = rule_text(options) +
                       "\n\n| system | case | expected | tolerance | simulated | 95 % interval | runs | verdict | "
                       "source |\n|---|---|---|---|---|---|---|---|---|\n";
    for (const Verified& v : all) {
        text += fmt::format("| {} | `{}.{}` | {} | {} | {} | {} | {} | {} | {} |\n", cell(v.title), v.scenario, v.name,
                            expected_text(v), tolerance_text(v), estimate_text(v.simulated), interval_text(v.simulated),
                            v.replications, agreement_text(v.agreement), cell(v.source));
    }
    return text + "\n" + summary(all) + "\n" + advice(all, options);
}

std::string verify_csv(const std::vector<Verified>& all) {
    std::string csv =
        "scenario,name,expected,tolerance,estimate,low,high,replications,replications_needed,verdict,reason,source\n";
    const auto text = [](bool available, double value) { return available ? fmt::format("{}", value) : std::string(); };
    for (const Verified& v : all) {
        const results::Interval& i = v.simulated;
        csv += fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{},{}\n", results::csv_field(v.scenario), results::csv_field(v.name),
            v.never ? "never" : text(true, v.expected), text(!v.never, v.tolerance), text(i.has_estimate, i.estimate),
            text(i.has_interval, i.low), text(i.has_interval, i.high), v.replications, v.replications_needed,
            agreement_text(v.agreement), results::csv_field(std::string(results::reason_text(i.missing))),
            results::csv_field(v.source));
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
                         {"expected", v.never ? nlohmann::ordered_json("never") : number(true, v.expected)},
                         {"tolerance", number(!v.never, v.tolerance)},
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

#include "results/study.hpp"

#include <algorithm>

#include "results/text/digits.hpp"

namespace entrepot::results {

namespace {

using Runs = std::vector<std::vector<Replication>>;

Replication mean_of(const Replication& a, const Replication& b) {
    Replication mean;
    const auto half = [](const std::vector<double>& x, const std::vector<double>& y) {
        std::vector<double> values(std::min(x.size(), y.size()));
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = (x[i] + y[i]) / 2;
        return values;
    };
    mean.numerator = half(a.numerator, b.numerator);
    mean.denominator = half(a.denominator, b.denominator);
    return mean;
}

Runs paired(const Runs& runs) {
    Runs all;
    for (const auto& strategy : runs) {
        auto& pairs = all.emplace_back();
        for (std::size_t i = 0; i + 1 < strategy.size(); i += 2) pairs.push_back(mean_of(strategy[i], strategy[i + 1]));
    }
    return all;
}

Runs without_series(const Runs& runs) {
    Runs all;
    for (const auto& strategy : runs) {
        auto& own = all.emplace_back();
        for (const Replication& r : strategy)
            own.push_back({r.numerator, r.denominator, {}, {}, r.digest, r.events, r.order_lines});
    }
    return all;
}

}  // namespace

Study observations(const Study& study) {
    const auto independent = [&](const Runs& runs) { return study.antithetic ? paired(runs) : without_series(runs); };
    Study all{.manifest = study.manifest,
              .dimensions = study.dimensions,
              .strategies = study.strategies,
              .titles = study.titles,
              .descriptions = study.descriptions,
              .rows = study.rows,
              .series = {},
              .items = {},
              .replications = independent(study.replications),
              .antithetic = false,
              .ending = study.ending,
              .precision = study.precision,
              .confirmation = study.confirmation,
              .checked = study.checked};
    if (all.confirmation) all.confirmation->replications = independent(study.confirmation->replications);
    return all;
}

std::string observations_text(std::size_t count, bool antithetic, bool fresh) {
    const std::string what = std::string(fresh ? "fresh " : "") + (antithetic ? "antithetic pair" : "replication");
    return count == 1 ? "one " + what : counted(count, what);
}

std::string ending_text(Ending ending) {
    switch (ending) {
        case Ending::under_way:
            return "under way";
        case Ending::complete:
            return "complete";
        case Ending::precise:
            return "precise";
        case Ending::capped:
            return "capped";
        case Ending::out_of_time:
            return "out of time";
        case Ending::interrupted:
            return "interrupted";
        case Ending::unreachable:
            return "unreachable";
    }
    return "";
}

std::string strategy_text(const Study& study, std::size_t strategy) {
    std::string title = strategy < study.titles.size() ? study.titles[strategy] : "";
    std::replace(title.begin(), title.end(), '_', ' ');
    return title.empty() ? study.strategies[strategy] : study.strategies[strategy] + " " + title;
}

Study against(Study study, const std::string& strategy) {
    if (strategy == study.manifest.comparator) return study;
    study.manifest.comparator = strategy;
    study.confirmation.reset();
    study.precision.reset();
    study.bands.clear();
    return study;
}

std::size_t comparator_of(const Study& study) {
    const auto found = std::find(study.strategies.begin(), study.strategies.end(), study.manifest.comparator);
    return found == study.strategies.end() ? 0 : static_cast<std::size_t>(found - study.strategies.begin());
}

}  // namespace entrepot::results

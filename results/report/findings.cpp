#include "results/report/findings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "results/business/confirmation.hpp"
#include "results/business/recommendation.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

std::vector<std::size_t> leading_strategies(const Study& study, const Roi& roi, std::size_t comparator,
                                            std::size_t most) {
    std::vector<std::size_t> others;
    for (std::size_t s = 0; s < study.strategies.size(); ++s) {
        if (s != comparator) others.push_back(s);
    }
    const auto value = [&](std::size_t s) { return s < roi.strategies.size() ? roi.strategies[s].npv.estimate : 0; };
    std::stable_sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
        if ((a == roi.best) != (b == roi.best)) return a == roi.best;
        return value(a) > value(b);
    });
    if (!study.strategies.empty()) others.insert(others.begin(), comparator);
    if (others.size() > most) others.resize(most);
    return others;
}

// Answer.

namespace {

constexpr std::size_t kEnough = 10;  ///< replications; below, Student's t is far from normal

std::string service_sentence(const Study& study, const Scorecard& card, const std::string& proposed) {
    const Comparison& comparison = card.comparison;
    int better = 0, worse = 0, unclear = 0;
    for (const ComparedRow& row : comparison.rows) {
        if (!row.kpi->headline || !row.row.slice.is_total()) continue;
        const Verdict verdict = row.strategies[card.proposed].verdict;
        (verdict == Verdict::better ? better : verdict == Verdict::worse ? worse : unclear) += 1;
    }
    const int all = better + worse + unclear;
    const std::string rough = comparison.replications >= kEnough
                                  ? ""
                                  : fmt::format(" With only {} the intervals are rough; run 30.",
                                                counted(comparison.replications, "replication"));
    if (better + worse == 0) {
        return fmt::format("None of the {} headline KPIs can be told apart between {} and {}.{}", all, proposed,
                           study.manifest.comparator, rough);
    }
    return fmt::format("Of the {} headline KPIs {} is better in {} and worse in {}; {} can't be told apart.{}", all,
                       proposed, better, worse, unclear, rough);
}

}  // namespace

Scorecard scorecard(const Study& study, const Comparison& comparison, const Roi& roi, std::size_t proposed) {
    const auto fresh = fresh_study(study);
    const std::string rests_on = roi.rests_on(proposed);
    if (!fresh || roi.standing != Standing::confirmed) return {comparison, proposed, rests_on};
    return {compare(*fresh), 1, rests_on};
}

Answer answer(const Study& study, const Comparison& comparison, const Roi& roi) {
    const Recommendation found = recommend(study, roi);
    const std::optional<std::size_t> best = roi.best;
    if (!best || !roi.strategies[*best].npv.has_interval) return {found.sentence, "", false};
    const StrategyRoi& r = roi.strategies[*best];
    std::string service = service_sentence(study, scorecard(study, comparison, roi, *best), study.strategies[*best]);
    if (r.working_capital.has_estimate && std::abs(r.working_capital.estimate) > 0.25 * std::abs(r.npv.estimate)) {
        service += fmt::format(" The value counts {} of working capital {}, once.",
                               money_text(std::abs(r.working_capital.estimate), study.dimensions.currency),
                               r.working_capital.estimate > 0 ? "released" : "bound");
    }
    return {found.sentence, service, found.certain()};
}

// Daily series.

namespace {

constexpr int kWeek = 7;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// Quantile by linear interpolation between order statistics. Takes an ascending sample.
double quantile(const std::vector<double>& sorted, double p) {
    if (sorted.empty()) return kNothing;
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

std::size_t DailySeries::index(const std::string& name) const {
    return static_cast<std::size_t>(std::find(study_.series.begin(), study_.series.end(), name) -
                                    study_.series.begin());
}

bool DailySeries::has(const std::string& name) const {
    const auto days = static_cast<std::size_t>(std::max(0, study_.dimensions.total_days));
    const std::size_t size = study_.series.size() * (study_.dimensions.sites.size() + 1) * days;
    if (index(name) == study_.series.size() || study_.dimensions.sites.empty() || study_.replication_count() == 0)
        return false;
    for (const auto& replications : study_.replications) {
        for (const Replication& r : replications) {
            if (r.series.size() != size) return false;
        }
    }
    return study_.dimensions.measured_days() > 0;
}

double DailySeries::at(std::size_t series, std::size_t strategy, std::size_t replication, std::size_t site,
                       int day) const {
    const std::size_t places = study_.dimensions.sites.size() + 1;
    const auto days = static_cast<std::size_t>(study_.dimensions.total_days);
    return study_.replications[strategy][replication]
        .series[(series * places + site) * days + static_cast<std::size_t>(day)];
}

DailyBand DailySeries::over_replications(std::size_t strategy, auto&& value) const {
    DailyBand band;
    const bool several = study_.replications[strategy].size() > 1;
    for (int day = study_.dimensions.first_day; day < study_.dimensions.end_day; ++day) {
        std::vector<double> values;
        for (std::size_t r = 0; r < study_.replications[strategy].size(); ++r) {
            const double v = value(r, day);
            if (std::isfinite(v)) values.push_back(v);
        }
        std::sort(values.begin(), values.end());
        band.median.push_back(quantile(values, 0.5));
        if (!several) continue;
        band.low.push_back(quantile(values, 0.1));
        band.high.push_back(quantile(values, 0.9));
    }
    return band;
}

double DailySeries::week_sum(std::size_t series, std::size_t strategy, std::size_t replication, std::size_t site,
                             int last_day) const {
    double sum = 0;
    for (int day = std::max(0, last_day - kWeek + 1); day <= last_day; ++day)
        sum += at(series, strategy, replication, site, day);
    return sum;
}

DailyBand DailySeries::band(const std::string& name, std::size_t strategy, std::size_t site) const {
    const std::size_t series = index(name);
    return over_replications(strategy, [&](std::size_t r, int day) {
        return week_sum(series, strategy, r, site, day) / std::min(kWeek, day + 1);
    });
}

DailyBand DailySeries::fill_band(std::size_t strategy, std::size_t site) const {
    const std::size_t ordered = index("units_ordered"), filled = index("units_filled_first");
    return over_replications(strategy, [&](std::size_t r, int day) {
        const double units = week_sum(ordered, strategy, r, site, day);
        return units > 0 ? std::min(1.0, week_sum(filled, strategy, r, site, day) / units) : kNothing;
    });
}

std::size_t DailySeries::hardest_hit_site(std::size_t strategy) const {
    const std::size_t ordered = index("units_ordered"), filled = index("units_filled_first");
    std::size_t hardest = 0;
    double lowest = std::numeric_limits<double>::infinity();
    for (std::size_t site = 0; site < study_.dimensions.sites.size(); ++site) {
        for (int day = study_.dimensions.first_day; day < study_.dimensions.end_day; ++day) {
            double units = 0, first = 0;
            for (std::size_t r = 0; r < study_.replications[strategy].size(); ++r) {
                units += week_sum(ordered, strategy, r, site, day);
                first += week_sum(filled, strategy, r, site, day);
            }
            if (units > 0 && first / units < lowest) {
                lowest = first / units;
                hardest = site;
            }
        }
    }
    return hardest;
}

}  // namespace entrepot::results

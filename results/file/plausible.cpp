#include "results/file/plausible.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/printable.hpp"

namespace entrepot::results {

namespace {

/// Far more than a scenario can have.
constexpr std::size_t kMostNames = 65'535, kMostItems = std::size_t{1} << 20;
constexpr std::size_t kMostLetters = 4 * sim::kMostOfName;  // a row's label has a few names
constexpr int kMostDays = 10'000'000;

void want(bool condition, const char* where, const char* what) {
    if (!condition) throw Impossible{fmt::format("{}: want {}", where, what)};
}

void want_names(const std::vector<std::string>& names, const char* where, std::size_t least = 0,
                std::size_t most = kMostNames) {
    want(names.size() >= least && names.size() <= most, where, "some, and not as many as these");
    const bool fit = std::ranges::all_of(
        names, [](const std::string& name) { return name.size() <= kMostLetters && !sim::first_hidden(name); });
    want(fit, where, "names of at most 1,000 letters in one line");
}

void want_text(const std::string& text, const char* where) {
    std::string lines = text;
    std::erase_if(lines, [](char c) { return c == '\n' || c == '\t'; });
    want(text.size() <= sim::kMostOfText, where, "text of at most 100,000 letters");
    want(!sim::first_hidden(lines), where, "text without control characters and hidden signs");
}

void want_captions(const std::vector<Caption>& captions, const char* where) {
    for (const Caption& caption : captions) {
        want_text(caption.title, where);
        want_text(caption.description, where);
    }
}

template <class Number>
void want_finite(const std::vector<Number>& numbers, const char* where) {
    const bool finite = std::ranges::all_of(numbers, [](Number number) { return std::isfinite(number); });
    want(finite, where, "finite numbers");
}

bool differ(std::vector<std::string> names) {
    std::ranges::sort(names);
    return std::ranges::adjacent_find(names) == names.end();
}

void want_manifest(const Study& study) {
    const Manifest& m = study.manifest;
    want_names({m.program_version, m.source_commit, m.scenario_name, m.scenario_digest, m.comparator}, "manifest");
    want_text(m.scenario_title, "manifest/scenario_title");
    want_names(study.strategies, "manifest/strategies", 1);
    want(differ(study.strategies), "manifest/strategies", "each name once");
    for (const auto* texts : {&study.titles, &study.descriptions}) {
        for (const std::string& text : *texts) want_text(text, "manifest/titles, descriptions");
    }
}

void want_days(const Dimensions& d) {
    want(d.total_days >= 1 && d.total_days <= kMostDays, "dimensions/total_days", "1 to 10,000,000 days");
    const auto within = [&](int first, int end) { return 0 <= first && first <= end && end <= d.total_days; };
    want(within(d.first_day, d.end_day) && d.first_day < d.end_day, "dimensions/first_day, end_day",
         "a window of at least a day in the horizon");
    for (const Phase& phase : d.phases) {
        want(within(phase.first_day, phase.end_day), "dimensions/phase_first_day, phase_end_day",
             "days of the horizon, the first one first");
    }
}

void want_dimensions(const Dimensions& d) {
    want_names(d.sites, "dimensions/sites", 1);
    want_names(d.tiers, "dimensions/tiers");
    want_names(d.classes, "dimensions/classes");
    want_names(d.carriers, "dimensions/carriers");
    want_names(d.moments, "dimensions/moment_names");
    want_names({d.currency, d.start_date}, "dimensions/currency, start_date");
    want_captions(d.site_captions, "dimensions/site_titles, site_descriptions");
    want_captions(d.tier_captions, "dimensions/tier_titles, tier_descriptions");
    want(d.phases.size() <= kMostNames, "dimensions/phase_names", "fewer than 65,536");
    for (const Phase& phase : d.phases) want_names({phase.name}, "dimensions/phase_names");
    want_days(d);
    want_finite(d.item_cost, "dimensions/item_cost");
    want_finite(d.otif_targets, "dimensions/tier_otif_target");
    want(d.otif_targets.empty() || d.otif_targets.size() == d.tiers.size(), "dimensions/tier_otif_target",
         "one for each tier");
}

void want_rows(const Study& study) {
    const Dimensions& d = study.dimensions;
    const auto below = [](int index, std::size_t size) { return index >= -1 && index < static_cast<int>(size); };
    for (const Row& row : study.rows) {
        const Slice& s = row.slice;
        const std::size_t kinds = d.classes.size() + kKinds + d.carriers.size();
        want(below(s.site, d.sites.size()) && below(s.tier, d.tiers.size()) && below(s.velocity, kinds) &&
                 below(s.phase, d.phases.size() + d.moments.size()),
             "kpi/row_index", "sites, tiers, classes, decisions, roles, carriers and phases that there are");
        want_names({row.kpi, row.label}, "kpi/row_kpi, row_slice");
    }
    std::vector<std::string> names;
    for (const Row& row : study.rows) {
        const Slice& s = row.slice;
        names.push_back(fmt::format("{} {} {} {} {}", row.kpi, s.site, s.tier, s.velocity, s.phase));
    }
    want(differ(std::move(names)), "kpi/row_index", "each KPI of each place once");
}

void want_runs(const std::vector<std::vector<Replication>>& runs, const char* where) {
    for (const auto& strategy : runs) {
        want(strategy.size() <= 10'000'000, where, "fewer replications");
        for (const Replication& replication : strategy) {
            want_finite(replication.numerator, where);
            want_finite(replication.denominator, where);
            want_finite(replication.series, "series");
        }
    }
}

void want_items(const Study& study) {
    want_names(study.items.names, "items/item_names", 0, kMostItems);
    for (const SeriesText& series : study.items.series) {
        want_names({series.name, series.unit}, "items/names, units");
        want_text(series.description, "items/descriptions");
    }
}

}  // namespace

void want_plausible(const Study& study) {
    want_manifest(study);
    want_dimensions(study.dimensions);
    want_rows(study);
    want_names(study.series, "series/names");
    want_runs(study.replications, "kpi/numerator, denominator");
    want_items(study);
    for (const Band& band : study.bands) {
        want_names({band.name}, "calibration/names");
        want_text(band.source, "calibration/sources");
    }
    if (study.precision) want_names(study.precision->of, "precision/of");
    if (!study.confirmation) return;
    want_names({study.confirmation->strategy}, "confirmation/strategies");
    want_runs(study.confirmation->replications, "confirmation/numerator, denominator");
}

}  // namespace entrepot::results

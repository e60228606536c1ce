#include "results/comparison/together.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "results/business/confirmation.hpp"
#include "results/comparison/scenario_changes.hpp"
#include "results/store_error.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

namespace {

/// A study by its independent observations, of which the first used the draws of number `first`.
struct Part {
    std::string name;
    Study study;
    std::size_t first = 0;
    bool antithetic = false;

    std::size_t count() const { return study.replication_count(); }
};

Part part_of(const std::string& name, const Study& study, std::size_t first_replication) {
    return {name, observations(study), study.antithetic ? first_replication / 2 : first_replication, study.antithetic};
}

/// How the observations of one study stand to those of another.
Match match_of(const Part& own, const Part& base) {
    Match match{.paired = own.study.manifest.seed == base.study.manifest.seed};
    const std::size_t from = std::max(own.first, base.first);
    const std::size_t to = std::min(own.first + own.count(), base.first + base.count());
    if (from >= to) match.paired = false;  // nothing that they share: other draws, as with another seed
    if (!match.paired) return match;
    match.own = from - own.first;
    match.base = from - base.first;
    match.count = to - from;
    return match;
}

// Rows.

using Key = std::pair<std::string, std::string>;  ///< KPI and slice

std::map<Key, std::size_t> rows_of(const Study& study) {
    std::map<Key, std::size_t> rows;
    for (std::size_t r = 0; r < study.rows.size(); ++r) rows.emplace(Key(study.rows[r].kpi, study.rows[r].label), r);
    return rows;
}

/// Days that a row sums over.
int days_of(const Study& study, const Row& row) {
    const auto phase = static_cast<std::size_t>(row.slice.phase);
    if (row.slice.phase < 0) return study.dimensions.measured_days();
    if (phase >= study.dimensions.phases.size()) return 0;  // a moment
    return study.dimensions.phases[phase].end_day - study.dimensions.phases[phase].first_day;
}

bool is_sum(const Row& row) {
    const KpiInfo* kpi = find_kpi(row.kpi);
    return kpi && (kpi->form == Form::money || kpi->form == Form::total);
}

/// The rows that all studies have and that mean the same in all of them.
struct SharedRows {
    std::vector<std::vector<std::size_t>> of;  ///< [study][shared row]: its place in the study
    std::set<std::string> other_days;          ///< slices whose sums are over different numbers of days
};

SharedRows shared_rows(const std::vector<Part>& parts) {
    SharedRows shared{std::vector<std::vector<std::size_t>>(parts.size()), {}};
    std::vector<std::map<Key, std::size_t>> rows;
    for (const Part& part : parts) rows.push_back(rows_of(part.study));
    for (const Row& row : parts.front().study.rows) {
        std::vector<std::size_t> places;
        bool same_days = true;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const auto found = rows[p].find(Key(row.kpi, row.label));
            if (found == rows[p].end()) break;
            places.push_back(found->second);
            const Study& study = parts[p].study;
            same_days = same_days && days_of(study, study.rows[found->second]) == days_of(parts.front().study, row);
        }
        if (places.size() < parts.size()) continue;
        if (!same_days && is_sum(row)) {
            const auto comma = row.label.rfind("phase=");
            shared.other_days.insert(comma == std::string::npos ? "the window" : row.label.substr(comma));
            continue;
        }
        for (std::size_t p = 0; p < parts.size(); ++p) shared.of[p].push_back(places[p]);
    }
    return shared;
}

/// A replication with the shared rows only.
Replication cut(const Replication& whole, const std::vector<std::size_t>& rows) {
    Replication part;
    for (const std::size_t row : rows) {
        part.numerator.push_back(whole.numerator[row]);
        part.denominator.push_back(whole.denominator[row]);
    }
    return part;
}

// Notes.

std::string seed_note(const Part& own, const Part& base, const Match& match) {
    const auto n = [](const Part& part) { return observations_text(part.count(), part.antithetic); };
    const std::uint32_t seed = own.study.manifest.seed, other = base.study.manifest.seed;
    if (!match.paired) {
        const std::string why = seed == other ? fmt::format("have no replication in common")
                                              : fmt::format("have different seeds, {} and {}", seed, other);
        return fmt::format("{} and {} {}: they are compared as independent samples (Welch), {} and {}.", own.name,
                           base.name, why, n(own), n(base));
    }
    std::string text = fmt::format("{} and {} share seed {}: they are compared in pairs, replication by replication",
                                   own.name, base.name, seed);
    if (own.antithetic != base.antithetic)
        text += fmt::format(", each antithetic pair of {} with the replication of {} whose draws its first half has",
                            own.antithetic ? own.name : base.name, own.antithetic ? base.name : own.name);
    if (match.count == own.count() && match.count == base.count()) return text + fmt::format(", {} each.", n(own));
    return text + fmt::format(". Only {} {} in both, of {} and {}: differences are over these, values over all.",
                              match.count, match.count == 1 ? "is" : "are", n(own), n(base));
}

/// Names of a list that not all of the other studies have.
std::vector<std::string> lonely(const std::vector<std::vector<std::string>>& lists, std::size_t which) {
    std::vector<std::string> names;
    for (const std::string& name : lists[which]) {
        const bool everywhere =
            std::ranges::all_of(lists, [&](const auto& list) { return std::ranges::find(list, name) != list.end(); });
        if (!everywhere && std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    return names;
}

std::vector<std::string> phase_names(const Study& study) {
    std::vector<std::string> names;
    for (const Phase& phase : study.dimensions.phases) names.push_back(phase.name);
    return names;
}

std::vector<std::string> kpi_ids(const Study& study) {
    std::vector<std::string> ids;
    for (const Row& row : study.rows) {
        if (ids.empty() || ids.back() != row.kpi) ids.push_back(row.kpi);
    }
    return ids;
}

/// What some of the studies have and others don't, study by study.
void note_the_rest(const std::vector<Part>& parts, std::vector<std::string>& notes) {
    struct Kind {
        const char *one, *many;
        std::vector<std::string> (*names)(const Study&);
    };
    static constexpr Kind kWhatThereIs[]{
        {"warehouse", "warehouses", [](const Study& s) { return s.dimensions.sites; }},
        {"tier", "tiers", [](const Study& s) { return s.dimensions.tiers; }},
        {"class", "classes", [](const Study& s) { return s.dimensions.classes; }},
        {"phase", "phases", phase_names},
        {"moment", "moments", [](const Study& s) { return s.dimensions.moments; }},
        {"KPI", "KPIs", kpi_ids},
    };
    for (std::size_t p = 0; p < parts.size(); ++p) {
        std::vector<std::string> found;
        for (const Kind& kind : kWhatThereIs) {
            std::vector<std::vector<std::string>> lists;
            for (const Part& part : parts) lists.push_back(kind.names(part.study));
            const auto names = lonely(lists, p);
            if (!names.empty())
                found.push_back(fmt::format("{} {}", names.size() == 1 ? kind.one : kind.many, fmt::join(names, ", ")));
        }
        if (!found.empty())
            notes.push_back(
                fmt::format("Not in all of them, and so left out: {} of {}.", fmt::join(found, "; "), parts[p].name));
    }
}

void note_other_days(const std::vector<Part>& parts, const SharedRows& shared, std::vector<std::string>& notes) {
    if (shared.other_days.empty()) return;
    std::vector<std::string> days;
    for (const Part& part : parts)
        days.push_back(fmt::format(
            "{} in {}", counted(static_cast<std::size_t>(part.study.dimensions.measured_days()), "measured day"),
            part.name));
    notes.push_back(fmt::format("Sums over {} are left out, because they are over different numbers of days ({}).",
                                fmt::join(shared.other_days, ", "), fmt::join(days, ", ")));
}

void note_programs(const std::vector<Part>& parts, std::vector<std::string>& notes) {
    const auto program = [](const Part& part) {
        return fmt::format("{} ({})", part.study.manifest.program_version, part.study.manifest.source_commit);
    };
    for (const Part& part : parts) {
        if (program(part) == program(parts.front())) continue;
        notes.push_back(fmt::format("{} was run by entrepot {}, {} by {}: differences may come from the program, too.",
                                    parts.front().name, program(parts.front()), part.name, program(part)));
    }
}

void note_changes(const std::vector<Part>& parts, std::vector<std::string>& notes) {
    constexpr std::size_t kMost = 8;
    for (std::size_t p = 1; p < parts.size(); ++p) {
        auto changes =
            scenario_changes(parts.front().study.manifest.scenario_text, parts[p].study.manifest.scenario_text);
        if (changes.empty()) continue;
        const std::size_t more = changes.size() > kMost ? changes.size() - kMost : 0;
        changes.resize(changes.size() - more);
        notes.push_back(fmt::format("The scenario of {} is that of {} but for: {}{}.", parts[p].name,
                                    parts.front().name, fmt::join(changes, "; "),
                                    more > 0 ? fmt::format("; and {} more", more) : ""));
    }
}

// Together.

void check_currencies(const std::vector<Part>& parts) {
    for (const Part& part : parts) {
        const std::string &own = part.study.dimensions.currency, &first = parts.front().study.dimensions.currency;
        if (own == first) continue;
        throw StoreError(fmt::format("{} is in {}, {} in {}: amounts in different currencies can't be compared",
                                     parts.front().name, first, part.name, own));
    }
}

/// The part that a joint name belongs to; the end when it is in none.
std::size_t home_of(const std::vector<Part>& parts, const std::string& joint) {
    for (std::size_t p = 0; p < parts.size(); ++p) {
        for (const std::string& strategy : parts[p].study.strategies) {
            if (joint_name({parts[p].name, {}}, strategy) == joint) return p;
        }
    }
    return parts.size();
}

Together joined(const std::vector<Part>& parts, const std::string& comparator) {
    check_currencies(parts);
    const SharedRows shared = shared_rows(parts);
    const std::size_t home = home_of(parts, comparator);
    Together all;
    all.study.manifest.comparator = comparator;
    all.study.dimensions = parts.front().study.dimensions;
    for (const std::size_t row : shared.of.front()) all.study.rows.push_back(parts.front().study.rows[row]);
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const Study& own = parts[p].study;
        const Match match = match_of(parts[p], parts[home]);
        for (std::size_t s = 0; s < own.strategies.size(); ++s) {
            all.study.strategies.push_back(joint_name({parts[p].name, {}}, own.strategies[s]));
            all.study.titles.push_back(own.titles[s]);
            all.matches.push_back(match);
            auto& runs = all.study.replications.emplace_back();
            for (const Replication& whole : own.replications[s]) runs.push_back(cut(whole, shared.of[p]));
        }
        if (p != home) all.notes.push_back(seed_note(parts[p], parts[home], match));
    }
    note_other_days(parts, shared, all.notes);
    note_the_rest(parts, all.notes);
    return all;
}

}  // namespace

bool Together::paired() const { return std::ranges::all_of(matches, &Match::paired); }

std::string joint_name(const NamedStudy& study, const std::string& strategy) { return study.name + ":" + strategy; }

Together put_together(const std::vector<NamedStudy>& studies, const std::string& comparator) {
    std::vector<Part> parts;
    for (const NamedStudy& one : studies) parts.push_back(part_of(one.name, one.study, 0));
    Together all = joined(parts, comparator);
    note_programs(parts, all.notes);
    note_changes(parts, all.notes);
    return all;
}

Together fresh_together(const std::vector<NamedStudy>& studies, const std::string& comparator) {
    std::vector<Part> parts;
    for (const NamedStudy& one : studies) {
        const auto fresh = fresh_study(one.study);
        if (!fresh) return {};
        parts.push_back(part_of(one.name, *fresh, one.study.confirmation->first));
    }
    return home_of(parts, comparator) == parts.size() ? Together{} : joined(parts, comparator);
}

Comparison compare(const Together& studies, const CompareOptions& options) {
    Comparison comparison = compare(studies.study, {.watching = options.watching, .matches = studies.matches});
    comparison.notes = studies.notes;
    return comparison;
}

std::vector<std::string> names_of_files(const std::vector<std::string>& files) {
    std::vector<std::vector<std::string>> parts;  // of each file: its stem, then its folders from within
    for (const std::string& file : files) {
        const std::filesystem::path path = std::filesystem::path(file).lexically_normal();
        auto& own = parts.emplace_back(1, path.stem().string());
        std::vector<std::string> folders;
        for (const auto& folder : path.parent_path()) folders.push_back(folder.string());
        own.insert(own.end(), folders.rbegin(), folders.rend());
    }
    std::vector<std::string> names;
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::string name = parts[i].front();
        for (std::size_t depth = 1; depth < parts[i].size(); ++depth) {
            // Another file that is the same so far asks for one folder more.
            const bool told_apart = std::ranges::none_of(parts, [&](const auto& other) {
                return &other != &parts[i] &&
                       std::equal(other.begin(),
                                  other.begin() + static_cast<std::ptrdiff_t>(std::min(depth, other.size())),
                                  parts[i].begin(), parts[i].begin() + static_cast<std::ptrdiff_t>(depth));
            });
            if (told_apart) break;
            name = parts[i][depth] + "/" + name;
        }
        names.push_back(name);
    }
    // study.h5 and study.hdf5 in one folder.
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (std::ranges::count(names, names[i]) > 1) return files;
    }
    return names;
}

}  // namespace entrepot::results

#include "results/file/reading.hpp"

#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "results/file/hdf5.hpp"
#include "results/file/plausible.hpp"
#include "results/file/store.hpp"

namespace entrepot::results {

namespace {

using hdf5::Failure;
using Runs = std::vector<std::vector<Replication>>;

/// Where the file has something: "kpi/numerator". Failure where it hasn't.
const Stored& at(const Contents& contents, const std::string& path) {
    const auto found = contents.find(path);
    if (found == contents.end()) throw Failure{};
    return found->second;
}

template <class T>
std::vector<T> read(const Contents& contents, const std::string& path, std::vector<hsize_t>* shape = nullptr) {
    const Stored& stored = at(contents, path);
    if (stored.type != type_name<T>()) throw Failure{};
    std::vector<T> values(stored.count());
    if (stored.bytes.size() != values.size() * sizeof(T)) throw Failure{};
    if (!values.empty()) std::memcpy(values.data(), stored.bytes.data(), stored.bytes.size());
    if (shape) *shape = stored.shape;
    return values;
}

std::vector<std::string> read_texts(const Contents& contents, const std::string& path) {
    const Stored& stored = at(contents, path);
    if (!stored.type.starts_with("|S") || stored.count() > stored.bytes.size()) throw Failure{};  // none is of no bytes
    std::vector<std::string> texts;
    const std::size_t count = stored.count(), length = count == 0 ? 0 : stored.bytes.size() / count;
    for (std::size_t i = 0; i < count; ++i) texts.emplace_back(stored.bytes.substr(i * length, length).c_str());
    return texts;
}

std::string read_text(const Contents& contents, const std::string& path) { return read_texts(contents, path).at(0); }
std::int32_t read_int(const Contents& contents, const std::string& path) {
    return read<std::int32_t>(contents, path).at(0);
}

Ending ending_named(const std::string& text) {
    for (const Ending ending : {Ending::under_way, Ending::complete, Ending::precise, Ending::capped,
                                Ending::out_of_time, Ending::interrupted, Ending::unreachable}) {
        if (ending_text(ending) == text) return ending;
    }
    throw Failure{};
}

/// The format that the file is in. One that has lost its seal, or says that it never had one, is damaged.
int checked_format(const Sealed& file, const std::filesystem::path& path) {
    const int version = read_int(file.contents, "manifest/format_version");
    if (version < 1 || version > kFormatVersion) {
        throw StoreError(
            fmt::format("{}: written in format {}, this program reads formats 1 to {}; run the study again",
                        path.string(), version, kFormatVersion));
    }
    if (file.sealed != (version >= kFirstSealed)) throw Damaged{std::string(kSeal) + " is missing or was added"};
    return version;
}

void read_manifest(const Contents& file, int version, Study& study) {
    Manifest& m = study.manifest;
    m.program_version = read_text(file, "manifest/program_version");
    m.source_commit = read_text(file, "manifest/source_commit");
    m.scenario_name = read_text(file, "manifest/scenario_name");
    if (file.contains("manifest/scenario_title")) m.scenario_title = read_text(file, "manifest/scenario_title");
    m.scenario_digest = read_text(file, "manifest/scenario_digest");
    m.scenario_text = read_texts(file, "manifest/scenario_text").at(0);
    m.finance = read_texts(file, "manifest/finance").at(0);
    m.comparator = read_text(file, "manifest/comparator");
    m.seed = static_cast<std::uint32_t>(read<std::uint64_t>(file, "manifest/seed").at(0));
    study.strategies = read_texts(file, "manifest/strategies");
    study.titles = read_texts(file, "manifest/titles");
    if (study.titles.size() != study.strategies.size()) throw Failure{};
    if (file.contains("manifest/descriptions")) study.descriptions = read_texts(file, "manifest/descriptions");
    if (!study.descriptions.empty() && study.descriptions.size() != study.strategies.size()) throw Failure{};
    if (version < 2) return;
    const int antithetic = read_int(file, "manifest/antithetic");
    if (antithetic != 0 && antithetic != 1) throw Failure{};
    study.antithetic = antithetic == 1;
    study.ending = ending_named(read_text(file, "manifest/ending"));
}

void read_precision(const Contents& file, Study& study) {
    if (!file.contains("precision/relative")) return;
    study.precision = {.relative = read<double>(file, "precision/relative").at(0),
                       .least = static_cast<std::uint32_t>(read_int(file, "precision/least")),
                       .most = static_cast<std::uint32_t>(read_int(file, "precision/most")),
                       .of = read_texts(file, "precision/of")};
    const PrecisionGoal& goal = *study.precision;
    if (!(goal.relative > 0 && goal.relative < 1) || goal.least < 10 || goal.least > goal.most) throw Failure{};
}

std::vector<Caption> read_captions(const Contents& file, const std::string& of, std::size_t count) {
    const std::string path = "dimensions/" + of;
    if (!file.contains(path + "_titles")) return {};
    const auto titles = read_texts(file, path + "_titles"), descriptions = read_texts(file, path + "_descriptions");
    if ((!titles.empty() && titles.size() != count) || descriptions.size() != titles.size()) throw Failure{};
    std::vector<Caption> captions;
    for (std::size_t i = 0; i < titles.size(); ++i) captions.push_back({titles[i], descriptions[i]});
    return captions;
}

Dimensions read_dimensions(const Contents& file) {
    Dimensions d;
    d.sites = read_texts(file, "dimensions/sites");
    d.tiers = read_texts(file, "dimensions/tiers");
    d.classes = read_texts(file, "dimensions/classes");
    if (file.contains("dimensions/carriers")) d.carriers = read_texts(file, "dimensions/carriers");
    d.site_captions = read_captions(file, "site", d.sites.size());
    d.tier_captions = read_captions(file, "tier", d.tiers.size());
    const auto names = read_texts(file, "dimensions/phase_names");
    const auto first = read<std::int32_t>(file, "dimensions/phase_first_day");
    const auto end = read<std::int32_t>(file, "dimensions/phase_end_day");
    const auto calm = read<std::int32_t>(file, "dimensions/phase_calm");
    for (std::size_t p = 0; p < names.size(); ++p) {
        d.phases.push_back({names[p], first.at(p), end.at(p), calm.at(p) != 0});
    }
    if (file.contains("dimensions/moment_names")) d.moments = read_texts(file, "dimensions/moment_names");
    if (file.contains("dimensions/tier_otif_target")) {
        d.otif_targets = read<double>(file, "dimensions/tier_otif_target");
    }
    d.first_day = read_int(file, "dimensions/first_day");
    d.end_day = read_int(file, "dimensions/end_day");
    d.total_days = read_int(file, "dimensions/total_days");
    d.item_cost = read<double>(file, "dimensions/item_cost");
    d.currency = read_text(file, "dimensions/currency");
    d.start_date = read_text(file, "dimensions/start_date");
    return d;
}

/// Deals the values of [strategy][replication][...] out to the replications.
template <class T>
void deal(Runs& runs, const std::vector<T>& values, std::vector<T> Replication::*member) {
    std::size_t replications = 0;
    for (const auto& strategy : runs) replications += strategy.size();
    if (replications == 0) return;
    const std::size_t each = values.size() / replications;
    if (each * replications != values.size()) throw Failure{};
    auto next = values.begin();
    for (auto& strategy : runs) {
        for (Replication& r : strategy) {
            (r.*member).insert((r.*member).end(), next, next + static_cast<std::ptrdiff_t>(each));
            next += static_cast<std::ptrdiff_t>(each);
        }
    }
}

Runs read_runs(const Contents& file, const std::string& group, std::size_t strategies) {
    std::vector<hsize_t> shape;
    const auto digest = read<std::uint64_t>(file, group + "digest", &shape);
    const auto events = read<std::uint64_t>(file, group + "events");
    const auto lines = read<std::uint64_t>(file, group + "order_lines");
    if (shape.size() != 2 || shape[0] != strategies || digest.size() != strategies * shape[1]) throw Failure{};
    if (strategies == 0) throw Failure{};  // or there could be as many replications as can be written
    Runs runs(shape[0], std::vector<Replication>(shape[1]));
    std::size_t i = 0;
    for (auto& strategy : runs) {
        for (Replication& r : strategy) {
            r.digest = digest.at(i);
            r.events = events.at(i);
            r.order_lines = lines.at(i++);
        }
    }
    return runs;
}

void read_numbers(const Contents& file, const std::string& group, Runs& runs, std::size_t rows) {
    deal(runs, read<double>(file, group + "numerator"), &Replication::numerator);
    deal(runs, read<double>(file, group + "denominator"), &Replication::denominator);
    for (const auto& strategy : runs) {
        for (const Replication& r : strategy) {
            if (r.numerator.size() != rows || r.denominator.size() != rows) throw Failure{};
        }
    }
}

void read_kpis(const Contents& file, Study& study) {
    const auto ids = read_texts(file, "kpi/row_kpi");
    const auto labels = read_texts(file, "kpi/row_slice");
    const auto slices = read<std::int32_t>(file, "kpi/row_index");
    for (std::size_t r = 0; r < ids.size(); ++r) {
        const std::int32_t* part = &slices.at(4 * r + 3) - 3;
        study.rows.push_back({ids[r], {part[0], part[1], part[2], part[3]}, labels.at(r)});
    }
    read_numbers(file, "kpi/", study.replications, study.rows.size());
}

void read_bands(const Contents& file, Study& study) {
    if (!file.contains("calibration/names")) return;
    const auto names = read_texts(file, "calibration/names"), sources = read_texts(file, "calibration/sources");
    const auto rows = read<std::int32_t>(file, "calibration/row");
    const auto least = read<double>(file, "calibration/at_least"), most = read<double>(file, "calibration/at_most");
    const auto end = [](double value) { return std::isfinite(value) ? std::optional(value) : std::nullopt; };
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto row = static_cast<std::uint32_t>(rows.at(i));
        if (row >= study.rows.size() || std::isnan(least.at(i)) || std::isnan(most.at(i))) throw Failure{};
        study.bands.push_back({names[i], row, end(least[i]), end(most[i]), sources.at(i)});
    }
}

void read_confirmation(const Contents& file, Study& study) {
    if (!file.contains("confirmation/strategies")) return;
    Confirmation confirmation{.strategy = read_texts(file, "confirmation/strategies").at(1),
                              .first = static_cast<std::uint32_t>(read_int(file, "confirmation/first_replication")),
                              .replications = read_runs(file, "confirmation/", 2)};
    read_numbers(file, "confirmation/", confirmation.replications, study.rows.size());
    study.confirmation = std::move(confirmation);
}

void read_series(const Contents& file, Study& study) {
    study.series = read_texts(file, "series/names");
    const std::vector<hsize_t> wanted{hdf5::size_of(study.strategies), study.replication_count(),
                                      study.dimensions.sites.size() + 1,
                                      static_cast<hsize_t>(study.dimensions.total_days)};
    for (const std::string& name : study.series) {
        std::vector<hsize_t> shape;
        const auto values = read<float>(file, "series/" + name, &shape);
        if (shape != wanted) throw Failure{};
        for (auto& strategy : study.replications) {
            for (Replication& r : strategy) r.series.reserve(study.series.size() * wanted[2] * wanted[3]);
        }
        deal(study.replications, values, &Replication::series);
    }
}

void read_items(const Contents& file, Study& study) {
    if (!file.contains("items/item_names")) return;
    ChosenItems& items = study.items;
    items.names = read_texts(file, "items/item_names");
    items.index = read<std::int32_t>(file, "items/item_index");
    const auto names = read_texts(file, "items/names"), units = read_texts(file, "items/units"),
               descriptions = read_texts(file, "items/descriptions");
    if (items.names.empty() || items.index.size() != items.names.size()) throw Failure{};
    for (const std::int32_t index : items.index) study.dimensions.item_cost.at(static_cast<std::size_t>(index));
    const std::vector<hsize_t> wanted{hdf5::size_of(study.strategies), study.replication_count(),
                                      hdf5::size_of(items.names), hdf5::size_of(study.dimensions.sites),
                                      static_cast<hsize_t>(study.dimensions.total_days)};
    for (std::size_t s = 0; s < names.size(); ++s) {
        items.series.push_back({names[s], units.at(s), descriptions.at(s)});
        std::vector<hsize_t> shape;
        const auto values = read<std::int32_t>(file, "items/" + names[s], &shape);
        if (shape != wanted) throw Failure{};
        deal(study.replications, values, &Replication::item_days);
    }
}

}  // namespace

Study study_of(const Sealed& file, const std::filesystem::path& path) {
    const int version = checked_format(file, path);
    Study study;
    study.checked = file.sealed;
    read_manifest(file.contents, version, study);
    study.dimensions = read_dimensions(file.contents);
    study.replications = read_runs(file.contents, "run/", study.strategies.size());
    read_kpis(file.contents, study);
    read_bands(file.contents, study);
    read_series(file.contents, study);
    read_items(file.contents, study);
    read_precision(file.contents, study);
    read_confirmation(file.contents, study);
    want_plausible(study);
    return study;
}

}  // namespace entrepot::results

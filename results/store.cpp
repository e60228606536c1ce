#include "results/store.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "results/contents.hpp"
#include "results/days.hpp"
#include "results/hdf5.hpp"
#include "results/precision.hpp"

namespace entrepot::results {

namespace {

namespace fs = std::filesystem;
using hdf5::Failure;

/// The file that is being written; moved to its place when it is complete.
fs::path unfinished(const fs::path& file) { return fs::path(file.string() + ".unfinished"); }

hsize_t size_of(const auto& container) { return static_cast<hsize_t>(container.size()); }

// ------------------------------------------------------------------------------------------------------------- writing

void write_int(hid_t where, const char* name, std::int32_t value) {
    hdf5::write<std::int32_t>(where, name, {1}, std::span(&value, 1));
}

void write_text(hid_t where, const char* name, const std::string& text) {
    hdf5::write_texts(where, name, std::span(&text, 1));
}

void write_manifest(hid_t file, const Study& study) {
    const hdf5::Group group = hdf5::create_group(file, "manifest");
    const Manifest& m = study.manifest;
    write_int(group, "format_version", kFormatVersion);
    write_text(group, "program_version", m.program_version);
    write_text(group, "source_commit", m.source_commit);
    write_text(group, "scenario_name", m.scenario_name);
    write_text(group, "scenario_title", m.scenario_title);
    write_text(group, "scenario_digest", m.scenario_digest);
    write_text(group, "scenario_text", m.scenario_text);
    write_text(group, "finance", m.finance);
    write_text(group, "comparator", m.comparator);
    const std::uint64_t seed = m.seed;
    hdf5::write<std::uint64_t>(group, "seed", {1}, std::span(&seed, 1));
    hdf5::write_texts(group, "strategies", study.strategies);
    hdf5::write_texts(group, "titles", study.titles);
    hdf5::write_texts(group, "descriptions", study.descriptions);
    write_text(group, "ending", ending_text(study.ending));
    write_int(group, "antithetic", study.antithetic);
}

/// The goal, and how far each number is from it.
void write_precision(hid_t file, const Study& study) {
    if (!study.precision) return;
    const PrecisionGoal& goal = *study.precision;
    const hdf5::Group group = hdf5::create_group(file, "precision");
    hdf5::write<double>(group, "relative", {1}, std::span(&goal.relative, 1));
    write_int(group, "least", static_cast<std::int32_t>(goal.least));
    write_int(group, "most", static_cast<std::int32_t>(goal.most));
    hdf5::write_texts(group, "of", goal.of);
    std::vector<std::string> names;
    std::vector<double> reached;
    std::vector<std::int32_t> known, satisfied;
    for (const Reached& r : precision_reached(study)) {
        names.push_back(r.target.name);
        reached.push_back(r.precision.reached);
        known.push_back(r.precision.has_reached);
        satisfied.push_back(r.precision.satisfied);
    }
    hdf5::write_texts(group, "number", names);
    hdf5::write<double>(group, "reached", {size_of(reached)}, reached);
    hdf5::write<std::int32_t>(group, "reached_known", {size_of(known)}, known);
    hdf5::write<std::int32_t>(group, "satisfied", {size_of(satisfied)}, satisfied);
}

/// "site_titles" and "site_descriptions"
void write_captions(hid_t group, const std::string& of, const std::vector<Caption>& captions) {
    std::vector<std::string> titles, descriptions;
    for (const Caption& caption : captions) {
        titles.push_back(caption.title);
        descriptions.push_back(caption.description);
    }
    hdf5::write_texts(group, (of + "_titles").c_str(), titles);
    hdf5::write_texts(group, (of + "_descriptions").c_str(), descriptions);
}

void write_dimensions(hid_t file, const Dimensions& d) {
    const hdf5::Group group = hdf5::create_group(file, "dimensions");
    hdf5::write_texts(group, "sites", d.sites);
    hdf5::write_texts(group, "tiers", d.tiers);
    hdf5::write_texts(group, "classes", d.classes);
    write_captions(group, "site", d.site_captions);
    write_captions(group, "tier", d.tier_captions);
    std::vector<std::string> names;
    std::vector<std::int32_t> first, end, calm;
    for (const Phase& phase : d.phases) {
        names.push_back(phase.name);
        first.push_back(phase.first_day);
        end.push_back(phase.end_day);
        calm.push_back(phase.calm);
    }
    hdf5::write_texts(group, "phase_names", names);
    hdf5::write_texts(group, "moment_names", d.moments);
    hdf5::write<std::int32_t>(group, "phase_first_day", {size_of(first)}, first);
    hdf5::write<std::int32_t>(group, "phase_end_day", {size_of(end)}, end);
    hdf5::write<std::int32_t>(group, "phase_calm", {size_of(calm)}, calm);
    hdf5::write<double>(group, "tier_otif_target", {size_of(d.otif_targets)}, d.otif_targets);
    write_int(group, "first_day", d.first_day);
    write_int(group, "end_day", d.end_day);
    write_int(group, "total_days", d.total_days);
    hdf5::write<double>(group, "item_cost", {size_of(d.item_cost)}, d.item_cost);
    write_text(group, "currency", d.currency);
    write_text(group, "start_date", d.start_date);
    const Days calendar(d);
    std::vector<std::int32_t> days;
    for (int index = 0; index < d.total_days; ++index) days.push_back(calendar.of(index));
    hdf5::write<std::int32_t>(group, "day", {size_of(days)}, days);
}

using Runs = std::vector<std::vector<Replication>>;

/// One number of each replication and row: [strategy][replication][row].
template <class T>
std::vector<T> gather(const Runs& runs, const std::vector<T> Replication::*member) {
    std::vector<T> values;
    for (const auto& strategy : runs) {
        for (const Replication& r : strategy) values.insert(values.end(), (r.*member).begin(), (r.*member).end());
    }
    return values;
}

std::vector<std::uint64_t> gather(const Runs& runs, const std::uint64_t Replication::*member) {
    std::vector<std::uint64_t> values;
    for (const auto& strategy : runs) {
        for (const Replication& r : strategy) values.push_back(r.*member);
    }
    return values;
}

hsize_t count_of(const Runs& runs) { return runs.empty() ? 0 : size_of(runs.front()); }

void write_numbers(hid_t group, const Runs& runs, std::size_t rows) {
    const std::vector<hsize_t> shape{size_of(runs), count_of(runs), rows};
    hdf5::write<double>(group, "numerator", shape, gather(runs, &Replication::numerator));
    hdf5::write<double>(group, "denominator", shape, gather(runs, &Replication::denominator));
}

void write_runs(hid_t group, const Runs& runs) {
    const std::vector<hsize_t> shape{size_of(runs), count_of(runs)};
    hdf5::write<std::uint64_t>(group, "digest", shape, gather(runs, &Replication::digest));
    hdf5::write<std::uint64_t>(group, "events", shape, gather(runs, &Replication::events));
    hdf5::write<std::uint64_t>(group, "order_lines", shape, gather(runs, &Replication::order_lines));
}

void write_kpis(hid_t file, const Study& study) {
    const hdf5::Group group = hdf5::create_group(file, "kpi");
    std::vector<std::string> ids, labels;
    std::vector<std::int32_t> slices;
    for (const Row& row : study.rows) {
        ids.push_back(row.kpi);
        labels.push_back(row.label);
        for (const int part : {row.slice.site, row.slice.tier, row.slice.velocity, row.slice.phase})
            slices.push_back(part);
    }
    hdf5::write_texts(group, "row_kpi", ids);
    hdf5::write_texts(group, "row_slice", labels);
    hdf5::write<std::int32_t>(group, "row_index", {size_of(study.rows), 4}, slices);
    write_numbers(group, study.replications, study.rows.size());
}

/// The replications that had no part in choosing the best strategy.
void write_confirmation(hid_t file, const Study& study) {
    if (!study.confirmation) return;
    const Confirmation& confirmation = *study.confirmation;
    const hdf5::Group group = hdf5::create_group(file, "confirmation");
    const std::vector<std::string> strategies{study.manifest.comparator, confirmation.strategy};
    hdf5::write_texts(group, "strategies", strategies);
    write_int(group, "first_replication", static_cast<std::int32_t>(confirmation.first));
    write_numbers(group, confirmation.replications, study.rows.size());
    write_runs(group, confirmation.replications);
}

void write_series(hid_t file, const Study& study) {
    const hdf5::Group group = hdf5::create_group(file, "series");
    const hsize_t places = study.dimensions.sites.size() + 1;
    const auto days = static_cast<hsize_t>(study.dimensions.total_days);
    const std::size_t block = places * days;
    // Compressing costs more than simulating a small model does: only files that would be large are.
    constexpr std::size_t kLarge = 64 << 20;
    const std::size_t bytes = study.series.size() * block * sizeof(float) * study.strategies.size();
    const bool compressed = bytes * study.replication_count() > kLarge;
    for (std::size_t s = 0; s < study.series.size(); ++s) {
        std::vector<float> values;
        values.reserve(study.strategies.size() * study.replication_count() * block);
        for (const auto& strategy : study.replications) {
            for (const Replication& r : strategy) {
                const auto first = r.series.begin() + static_cast<std::ptrdiff_t>(s * block);
                values.insert(values.end(), first, first + static_cast<std::ptrdiff_t>(block));
            }
        }
        hdf5::Properties properties = hdf5::untimed();
        const std::vector<hsize_t> shape{size_of(study.strategies), study.replication_count(), places, days};
        if (!values.empty()) {
            const std::vector<hsize_t> chunk{1, 1, places, days};
            hdf5::check(H5Pset_chunk(properties, 4, chunk.data()));
            if (compressed) {
                hdf5::check(H5Pset_shuffle(properties));
                hdf5::check(H5Pset_deflate(properties, 1));
            }
        }
        const hdf5::Dataset set = hdf5::create<float>(group, study.series[s].c_str(), shape, properties);
        if (values.empty()) continue;
        hdf5::check(H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    }
    hdf5::write_texts(group, "names", study.series);
}

void write_study(const fs::path& path, const Study& study) {
    // The layout of HDF5 1.10: its own headers and indexes have checksums, too.
    const hdf5::Properties access(H5Pcreate(H5P_FILE_ACCESS)), creation = hdf5::named_in_header(H5P_FILE_CREATE);
    hdf5::check(H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110));
    hdf5::File file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation, access));
    write_manifest(file, study);
    write_dimensions(file, study.dimensions);
    write_kpis(file, study);
    write_runs(hdf5::create_group(file, "run"), study.replications);
    write_series(file, study);
    write_precision(file, study);
    write_confirmation(file, study);
    seal(file);
    hdf5::check(H5Fflush(file, H5F_SCOPE_GLOBAL));
    file.close();
}

/// Waits until a file, or a folder's list of names, is on the disk.
void flush_to_disk(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    if (descriptor < 0) throw Failure{};
    const bool flushed = ::fsync(descriptor) == 0 || errno == EINVAL;  // some file systems don't flush folders
    ::close(descriptor);
    if (!flushed) throw Failure{};
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

// ------------------------------------------------------------------------------------------------------------- reading

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
    if (!values.empty()) std::memcpy(values.data(), stored.bytes.data(), stored.bytes.size());
    if (shape) *shape = stored.shape;
    return values;
}

std::vector<std::string> read_texts(const Contents& contents, const std::string& path) {
    const Stored& stored = at(contents, path);
    if (!stored.type.starts_with("|S")) throw Failure{};
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
int checked_format(const Sealed& file, const fs::path& path) {
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
    m.scenario_text = read_text(file, "manifest/scenario_text");
    m.finance = read_text(file, "manifest/finance");
    m.comparator = read_text(file, "manifest/comparator");
    m.seed = static_cast<std::uint32_t>(read<std::uint64_t>(file, "manifest/seed").at(0));
    study.strategies = read_texts(file, "manifest/strategies");
    study.titles = read_texts(file, "manifest/titles");
    if (study.titles.size() != study.strategies.size()) throw Failure{};
    if (file.contains("manifest/descriptions")) study.descriptions = read_texts(file, "manifest/descriptions");
    if (!study.descriptions.empty() && study.descriptions.size() != study.strategies.size()) throw Failure{};
    if (version < 2) return;
    study.antithetic = read_int(file, "manifest/antithetic") != 0;
    study.ending = ending_named(read_text(file, "manifest/ending"));
}

void read_precision(const Contents& file, Study& study) {
    if (!file.contains("precision/relative")) return;
    study.precision = {.relative = read<double>(file, "precision/relative").at(0),
                       .least = static_cast<std::size_t>(read_int(file, "precision/least")),
                       .most = static_cast<std::size_t>(read_int(file, "precision/most")),
                       .of = read_texts(file, "precision/of")};
    const PrecisionGoal& goal = *study.precision;
    if (!(goal.relative > 0 && goal.relative < 1) || goal.least < 10) throw Failure{};
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
    if (shape.size() != 2 || shape[0] != strategies) throw Failure{};
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

void read_confirmation(const Contents& file, Study& study) {
    if (!file.contains("confirmation/strategies")) return;
    Confirmation confirmation{.strategy = read_texts(file, "confirmation/strategies").at(1),
                              .first = static_cast<std::size_t>(read_int(file, "confirmation/first_replication")),
                              .replications = read_runs(file, "confirmation/", 2)};
    read_numbers(file, "confirmation/", confirmation.replications, study.rows.size());
    study.confirmation = std::move(confirmation);
}

void read_series(const Contents& file, Study& study) {
    study.series = read_texts(file, "series/names");
    const std::vector<hsize_t> wanted{size_of(study.strategies), study.replication_count(),
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

Study study_of(const Sealed& file, const fs::path& path) {
    const int version = checked_format(file, path);
    Study study;
    study.checked = file.sealed;
    read_manifest(file.contents, version, study);
    study.dimensions = read_dimensions(file.contents);
    study.replications = read_runs(file.contents, "run/", study.strategies.size());
    read_kpis(file.contents, study);
    read_series(file.contents, study);
    read_precision(file.contents, study);
    read_confirmation(file.contents, study);
    return study;
}

/// HDF5's own report of errors is off while one of these lives: our messages say it better.
class Quiet {
public:
    Quiet() {
        // What a damaged file leaves open, HDF5 would complain of when the program ends. All else is closed by then.
        [[maybe_unused]] static const herr_t unattended = H5dont_atexit();
        H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    }
    ~Quiet() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }

private:
    H5E_auto2_t function_ = nullptr;
    void* data_ = nullptr;
};

}  // namespace

void check_writable(const fs::path& file, bool force) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
        throw StoreError(fmt::format("{}: is a folder; name a file in it", file.string()));
    }
    if (fs::exists(file, ignored) && !force) {
        throw StoreError(fmt::format("{}: exists already; name another file or say --force", file.string()));
    }
    const fs::path folder = folder_of(file);
    if (!fs::is_directory(folder, ignored)) {
        throw StoreError(fmt::format("{}: there is no folder {}; make it first", file.string(), folder.string()));
    }
    const fs::path trial = unfinished(file);
    const int descriptor = ::open(trial.c_str(), O_WRONLY | O_CREAT, 0666);
    if (descriptor < 0) throw StoreError(fmt::format("{}: can't be written in that folder", file.string()));
    ::close(descriptor);
    fs::remove(trial, ignored);
}

void save_study(const fs::path& file, const Study& study) {
    const Quiet quiet;
    const fs::path trial = unfinished(file);
    try {
        write_study(trial, study);
        flush_to_disk(trial);
    } catch (const Failure&) {
        std::error_code ignored;
        fs::remove(trial, ignored);
        throw StoreError(fmt::format("{}: can't be written; is the disk full?", file.string()));
    }
    std::error_code error;
    fs::rename(trial, file, error);
    if (error) throw StoreError(fmt::format("{}: {}", file.string(), error.message()));
    try {
        flush_to_disk(folder_of(file));
    } catch (const Failure&) {
        throw StoreError(fmt::format("{}: the folder can't be flushed to its disk", file.string()));
    }
}

Study load_study(const fs::path& file) {
    const Quiet quiet;
    std::error_code ignored;
    if (!fs::exists(file, ignored)) throw StoreError(fmt::format("{}: no such file", file.string()));
    if (!fs::is_regular_file(file, ignored)) throw StoreError(fmt::format("{}: is not a file", file.string()));
    if (H5Fis_hdf5(file.c_str()) <= 0) {
        throw StoreError(
            fmt::format("{}: is not an HDF5 file, or is cut off; want the file of `entrepot run -o`", file.string()));
    }
    try {
        const hdf5::File handle(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
        return study_of(read_contents(handle), file);
    } catch (const Damaged& damaged) {
        throw StoreError(
            fmt::format("{}: is damaged or was edited: {} since the study was written; restore the file, or run the "
                        "study again",
                        file.string(), damaged.what));
    } catch (const Failure&) {
    } catch (const std::out_of_range&) {
    } catch (const std::length_error&) {
    } catch (const std::bad_alloc&) {
    }
    throw StoreError(fmt::format("{}: is an HDF5 file but not a complete study, or is damaged", file.string()));
}

}  // namespace entrepot::results

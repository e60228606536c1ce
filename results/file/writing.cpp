#include "results/file/writing.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string_view>

#include "results/comparison/precision.hpp"
#include "results/file/contents.hpp"
#include "results/file/hdf5.hpp"
#include "results/file/store.hpp"
#include "results/text/days.hpp"

namespace entrepot::results {

namespace {

using Runs = std::vector<std::vector<Replication>>;

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
    hdf5::write<double>(group, "reached", {hdf5::size_of(reached)}, reached);
    hdf5::write<std::int32_t>(group, "reached_known", {hdf5::size_of(known)}, known);
    hdf5::write<std::int32_t>(group, "satisfied", {hdf5::size_of(satisfied)}, satisfied);
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
    hdf5::write_texts(group, "carriers", d.carriers);
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
    hdf5::write<std::int32_t>(group, "phase_first_day", {hdf5::size_of(first)}, first);
    hdf5::write<std::int32_t>(group, "phase_end_day", {hdf5::size_of(end)}, end);
    hdf5::write<std::int32_t>(group, "phase_calm", {hdf5::size_of(calm)}, calm);
    hdf5::write<double>(group, "tier_otif_target", {hdf5::size_of(d.otif_targets)}, d.otif_targets);
    write_int(group, "first_day", d.first_day);
    write_int(group, "end_day", d.end_day);
    write_int(group, "total_days", d.total_days);
    hdf5::write<double>(group, "item_cost", {hdf5::size_of(d.item_cost)}, d.item_cost);
    write_text(group, "currency", d.currency);
    write_text(group, "start_date", d.start_date);
    const Days calendar(d);
    std::vector<std::int32_t> days;
    for (int index = 0; index < d.total_days; ++index) days.push_back(calendar.of(index));
    hdf5::write<std::int32_t>(group, "day", {hdf5::size_of(days)}, days);
}

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

hsize_t count_of(const Runs& runs) { return runs.empty() ? 0 : hdf5::size_of(runs.front()); }

void write_numbers(hid_t group, const Runs& runs, std::size_t rows) {
    const std::vector<hsize_t> shape{hdf5::size_of(runs), count_of(runs), rows};
    hdf5::write<double>(group, "numerator", shape, gather(runs, &Replication::numerator));
    hdf5::write<double>(group, "denominator", shape, gather(runs, &Replication::denominator));
}

void write_runs(hid_t group, const Runs& runs) {
    const std::vector<hsize_t> shape{hdf5::size_of(runs), count_of(runs)};
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
    hdf5::write<std::int32_t>(group, "row_index", {hdf5::size_of(study.rows), 4}, slices);
    write_numbers(group, study.replications, study.rows.size());
}

/// What the comparator is held against: an end that isn't given is without end.
void write_bands(hid_t file, const Study& study) {
    if (study.bands.empty()) return;
    const hdf5::Group group = hdf5::create_group(file, "calibration");
    constexpr double kNone = std::numeric_limits<double>::infinity();
    std::vector<std::string> names, sources;
    std::vector<std::int32_t> rows;
    std::vector<double> least, most;
    for (const Band& band : study.bands) {
        names.push_back(band.name);
        sources.push_back(band.source);
        rows.push_back(static_cast<std::int32_t>(band.row));
        least.push_back(band.at_least.value_or(-kNone));
        most.push_back(band.at_most.value_or(kNone));
    }
    hdf5::write_texts(group, "names", names);
    hdf5::write_texts(group, "sources", sources);
    hdf5::write<std::int32_t>(group, "row", {hdf5::size_of(rows)}, rows);
    hdf5::write<double>(group, "at_least", {hdf5::size_of(least)}, least);
    hdf5::write<double>(group, "at_most", {hdf5::size_of(most)}, most);
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

/// Daily series by replication: [strategy][replication][of one day's shape ...][day], a chunk for each replication.
template <class T>
void write_daily(hid_t group, const Study& study, const std::vector<std::string>& names,
                 const std::vector<hsize_t>& shape_of_one, const std::vector<T> Replication::*member) {
    std::size_t block = 1;
    for (const hsize_t n : shape_of_one) block *= n;
    // Compressing costs more than simulating a small model does: only files that would be large are.
    constexpr std::size_t kLarge = 64 << 20;
    const std::size_t bytes = names.size() * block * sizeof(T) * study.strategies.size();
    const bool compressed = bytes * study.replication_count() > kLarge;
    std::vector<hsize_t> shape{hdf5::size_of(study.strategies), study.replication_count()}, chunk{1, 1};
    shape.insert(shape.end(), shape_of_one.begin(), shape_of_one.end());
    chunk.insert(chunk.end(), shape_of_one.begin(), shape_of_one.end());
    for (std::size_t s = 0; s < names.size(); ++s) {
        std::vector<T> values;
        values.reserve(study.strategies.size() * study.replication_count() * block);
        for (const auto& strategy : study.replications) {
            for (const Replication& r : strategy) {
                const auto first = (r.*member).begin() + static_cast<std::ptrdiff_t>(s * block);
                values.insert(values.end(), first, first + static_cast<std::ptrdiff_t>(block));
            }
        }
        hdf5::Properties properties = hdf5::untimed();
        if (!values.empty()) {
            hdf5::check(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()));
            if (compressed) {
                hdf5::check(H5Pset_shuffle(properties));
                hdf5::check(H5Pset_deflate(properties, 1));
            }
        }
        const hdf5::Dataset set = hdf5::create<T>(group, names[s].c_str(), shape, properties);
        if (values.empty()) continue;
        hdf5::check(H5Dwrite(set, hdf5::native<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    }
}

void write_series(hid_t file, const Study& study) {
    const hdf5::Group group = hdf5::create_group(file, "series");
    const auto days = static_cast<hsize_t>(study.dimensions.total_days);
    write_daily(group, study, study.series, {hdf5::size_of(study.dimensions.sites) + 1, days}, &Replication::series);
    hdf5::write_texts(group, "names", study.series);
}

/// The days of the chosen items, where some were.
void write_items(hid_t file, const Study& study) {
    const ChosenItems& items = study.items;
    if (items.empty()) return;
    const hdf5::Group group = hdf5::create_group(file, "items");
    hdf5::write_texts(group, "item_names", items.names);
    hdf5::write<std::int32_t>(group, "item_index", {hdf5::size_of(items.index)}, items.index);
    std::vector<std::string> names, units, descriptions;
    for (const SeriesText& series : items.series) {
        names.push_back(series.name);
        units.push_back(series.unit);
        descriptions.push_back(series.description);
    }
    hdf5::write_texts(group, "names", names);
    hdf5::write_texts(group, "units", units);
    hdf5::write_texts(group, "descriptions", descriptions);
    const auto days = static_cast<hsize_t>(study.dimensions.total_days);
    write_daily(group, study, names, {hdf5::size_of(items.names), hdf5::size_of(study.dimensions.sites), days},
                &Replication::item_days);
}

/// A file in memory, which is taken over when HDF5 closes it: what it hands out of an open file (H5Fget_file_image of
/// 1.10) has a wrong checksum in its superblock.
class MemoryFile {
public:
    explicit MemoryFile(hid_t access) {
        constexpr std::size_t kGrowth = 1 << 20;
        hdf5::check(H5Pset_fapl_core(access, kGrowth, false));
        H5FD_file_image_callbacks_t callbacks{allocate, copy, resize, give_back, shared, unshared, this};
        hdf5::check(H5Pset_file_image_callbacks(access, &callbacks));
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { std::free(memory_); }

    /// Of the closed file, up to the end that its superblock tells (HDF5 File Format Specification 3.0, II.A).
    std::string_view bytes() const {
        constexpr std::size_t kEndOfFile = 28;
        std::uint64_t end = 0;
        if (memory_ == nullptr || size_ < kEndOfFile + sizeof end) throw hdf5::Failure{};
        std::memcpy(&end, static_cast<const char*>(memory_) + kEndOfFile, sizeof end);
        if (end > size_) throw hdf5::Failure{};
        return {static_cast<const char*>(memory_), end};
    }

private:
    using Operation = H5FD_file_image_op_t;
    static void* allocate(std::size_t size, Operation, void*) { return std::malloc(size); }
    static void* copy(void* to, const void* from, std::size_t size, Operation, void*) {
        return std::memcpy(to, from, size);
    }
    static void* resize(void* memory, std::size_t size, Operation, void* self) {
        static_cast<MemoryFile*>(self)->size_ = size;
        return std::realloc(memory, size);
    }
    static herr_t give_back(void* memory, Operation operation, void* self) {
        if (operation != H5FD_FILE_IMAGE_OP_FILE_CLOSE) return std::free(memory), 0;
        static_cast<MemoryFile*>(self)->memory_ = memory;
        return 0;
    }
    static void* shared(void* self) { return self; }
    static herr_t unshared(void*) { return 0; }

    void* memory_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace

std::string image_of(const Study& study) {
    // The layout of HDF5 1.10: its own headers and indexes have checksums, too.
    const hdf5::Properties access(H5Pcreate(H5P_FILE_ACCESS)), creation = hdf5::named_in_header(H5P_FILE_CREATE);
    hdf5::check(H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110));
    const MemoryFile memory(access);
    hdf5::File file(H5Fcreate("study", H5F_ACC_TRUNC, creation, access));
    write_manifest(file, study);
    write_dimensions(file, study.dimensions);
    write_kpis(file, study);
    write_bands(file, study);
    write_runs(hdf5::create_group(file, "run"), study.replications);
    write_series(file, study);
    write_items(file, study);
    write_precision(file, study);
    write_confirmation(file, study);
    seal(file);
    hdf5::check(H5Fflush(file, H5F_SCOPE_GLOBAL));
    file.close();
    return std::string(memory.bytes());
}

}  // namespace entrepot::results

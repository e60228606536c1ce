#include "results/file/contents.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <limits>
#include <optional>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace entrepot::results {

namespace {

using hdf5::check;
using hdf5::Failure;

static_assert(std::endian::native == std::endian::little, "datasets are read as they lie in the file");

/// A study nests two groups; whatever goes deeper is not one, or goes in circles.
constexpr int kDeepest = 4;

/// The bytes that a dataset of this shape has; Failure where a damaged file asks for more than there can be.
std::size_t bytes_of(const std::vector<hsize_t>& shape, std::size_t each) {
    std::size_t bytes = each;
    for (const hsize_t n : shape) {
        if (n != 0 && bytes > std::numeric_limits<std::size_t>::max() / n) throw Failure{};
        bytes *= n;
    }
    return bytes;
}

std::string name_of(const hdf5::Type& type) {
    const auto is = [&](hid_t known) { return H5Tequal(type, known) > 0; };
    if (is(hdf5::stored<double>())) return type_name<double>();
    if (is(hdf5::stored<float>())) return type_name<float>();
    if (is(hdf5::stored<std::uint64_t>())) return type_name<std::uint64_t>();
    if (is(hdf5::stored<std::int32_t>())) return type_name<std::int32_t>();
    if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0)
        return fmt::format("|S{}", H5Tget_size(type));
    throw Failure{};
}

/// Whether a dataset is packed as `writing.cpp` packs them: HDF5 would look for other filters in other files.
bool known_filters(const hdf5::Properties& properties) {
    const int filters = H5Pget_nfilters(properties);
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0, config = 0;
        std::size_t values = 0;
        const H5Z_filter_t filter =
            H5Pget_filter2(properties, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, &config);
        if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE) return false;
    }
    return filters >= 0;
}

/// Whether the file can hold so many bytes of the dataset: before memory is asked for.
bool can_hold(hid_t file, const hdf5::Dataset& set, std::size_t bytes) {
    constexpr std::size_t kDensest = 1100;  // deflate makes a thousandth of zeros, and not less
    const hdf5::Properties properties(H5Dget_create_plist(set));
    if (H5Pget_external_count(properties) != 0 || !known_filters(properties)) return false;
    hsize_t size = 0;
    check(H5Fget_filesize(file, &size));
    const H5D_layout_t layout = H5Pget_layout(properties);
    const hsize_t stored = H5Dget_storage_size(set);
    if (stored > size) return false;
    if (layout == H5D_CHUNKED) return bytes / kDensest <= stored;
    return (layout == H5D_CONTIGUOUS || layout == H5D_COMPACT) && bytes <= stored;
}

/// What the seal says of a dataset, but for its checksum: "kpi/numerator <f8 3x12x1700".
std::string heading(const std::string& path, const Stored& stored) {
    return fmt::format("{} {} {}", path, stored.type, fmt::join(stored.shape, "x"));
}

std::string seal_line(const std::string& path, const Stored& stored) {
    return heading(path, stored) + " " + sha256(stored.bytes);
}

/// A link to another place of the file, or to another file, is none of a study's.
void refuse_link(hid_t where, const char* name) {
    H5L_info_t link;
    check(H5Lget_info(where, name, &link, H5P_DEFAULT));
    if (link.type != H5L_TYPE_HARD) throw Failure{};
}

using Lines = std::map<std::string, std::string>;  ///< of a seal, by path

/// Walks over all datasets in the order of their names. `expected` may refuse one, by its heading, before it is read.
/// All are read into the same memory, since fresh memory costs more than the hash.
class Walk {
public:
    Walk(hid_t file, const Lines* expected, Found found) : file_(file), expected_(expected), found_(std::move(found)) {
        group(file, "", 0);
    }

private:
    void group(hid_t where, const std::string& prefix, int depth) {
        if (depth > kDeepest) throw Failure{};
        refuse_attributes(where, prefix);
        for (const std::string& name : names_in(where)) {
            refuse_link(where, name.c_str());
            const hdf5::Object object(H5Oopen(where, name.c_str(), H5P_DEFAULT));
            const std::string path = prefix + name;
            switch (H5Iget_type(object)) {
                case H5I_GROUP:
                    group(object, path + "/", depth + 1);
                    break;
                case H5I_DATASET:
                    if (path != kSeal) dataset(path);
                    break;
                default:
                    throw Failure{};
            }
        }
    }

    void dataset(const std::string& path) {
        const hdf5::Dataset set(H5Dopen2(file_, path.c_str(), H5P_DEFAULT));
        refuse_attributes(set, path);
        const hdf5::Type type(H5Dget_type(set));
        stored_.type = name_of(type);
        stored_.shape = hdf5::shape_of(set);
        refuse_unexpected(path, stored_);
        const std::size_t bytes = bytes_of(stored_.shape, H5Tget_size(type));
        if (bytes > 0 && !can_hold(file_, set, bytes)) throw Failure{};
        stored_.bytes.resize(bytes);
        if (bytes > 0) check(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, stored_.bytes.data()));
        found_(path, stored_);
    }

    void refuse_unexpected(const std::string& path, const Stored& stored) const {
        if (!expected_) return;
        const auto found = expected_->find(path);
        if (found == expected_->end()) throw Damaged{path + " was added"};
        if (!found->second.starts_with(heading(path, stored) + " ")) throw Damaged{path + " was changed"};
    }

    /// Nothing of a study is kept in attributes.
    void refuse_attributes(hid_t object, const std::string& path) const {
        H5O_info_t info;
        check(H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS));
        if (expected_ && info.num_attrs > 0)
            throw Damaged{(path.empty() ? std::string("the file") : path) + " was given an attribute"};
    }

    static std::vector<std::string> names_in(hid_t group) {
        std::vector<std::string> names;
        const auto add = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
            static_cast<std::vector<std::string>*>(list)->emplace_back(name);
            return 0;
        };
        check(H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, nullptr, add, &names));
        return names;
    }

    hid_t file_;
    const Lines* expected_;
    Found found_;
    Stored stored_;
};

/// The seal's lines by path; nothing in a file without one.
std::optional<Lines> read_seal(hid_t file) {
    const htri_t there = H5Lexists(file, kSeal, H5P_DEFAULT);
    if (there < 0) throw Failure{};
    if (there == 0) return std::nullopt;
    refuse_link(file, kSeal);
    const hdf5::Dataset set(H5Dopen2(file, kSeal, H5P_DEFAULT));
    const hdf5::Type type(H5Dget_type(set));
    name_of(type);
    if (!can_hold(file, set, bytes_of(hdf5::shape_of(set), H5Tget_size(type)))) throw Failure{};
    Lines lines;
    for (const std::string& line : hdf5::read_texts(file, kSeal)) lines.emplace(line.substr(0, line.find(' ')), line);
    return lines;
}

}  // namespace

std::size_t Stored::count() const { return bytes_of(shape, 1); }

std::string sha256(const std::string& bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned length = 0;
    if (!EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, EVP_sha256(), nullptr)) throw Failure{};
    std::string text;
    for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", hash[i]);
    return text;
}

void seal(hid_t file) {
    std::vector<std::string> lines;
    Walk(file, nullptr,
         [&](const std::string& path, const Stored& stored) { lines.push_back(seal_line(path, stored)); });
    std::ranges::sort(lines);
    hdf5::write_texts(file, kSeal, lines);
}

bool walk_contents(hid_t file, const Found& found) {
    auto expected = read_seal(file);
    Lines missing = expected.value_or(Lines{});
    Walk(file, expected ? &*expected : nullptr, [&](const std::string& path, const Stored& stored) {
        if (expected && seal_line(path, stored) != expected->at(path)) throw Damaged{path + " was changed"};
        missing.erase(path);
        found(path, stored);
    });
    if (!missing.empty()) throw Damaged{missing.begin()->first + " is missing"};
    return expected.has_value();
}

}  // namespace entrepot::results

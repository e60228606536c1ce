#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <hdf5.h>

/// The little of HDF5's C interface that the store needs, with handles that close themselves. A failed call throws
/// `Failure`; HDF5's own messages are kept off the terminal.
namespace entrepot::results::hdf5 {

struct Failure {};

/// A handle with its closing function.
template <herr_t (*Close)(hid_t)>
class Handle {
public:
    Handle() = default;
    explicit Handle(hid_t id) : id_(id) {
        if (id_ < 0) throw Failure{};
    }
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
    Handle& operator=(Handle&& other) noexcept {
        std::swap(id_, other.id_);
        return *this;
    }
    ~Handle() {
        if (id_ >= 0) Close(id_);
    }
    operator hid_t() const { return id_; }

    /// Closes now, so that what fails at closing is told.
    void close() {
        if (Close(std::exchange(id_, -1)) < 0) throw Failure{};
    }

private:
    hid_t id_ = -1;
};

using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Dataset = Handle<H5Dclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using Object = Handle<H5Oclose>;
using Properties = Handle<H5Pclose>;

inline hsize_t size_of(const auto& container) { return static_cast<hsize_t>(container.size()); }

inline void check(herr_t status) {
    if (status < 0) throw Failure{};
}

template <class T>
hid_t native() {
    if constexpr (std::is_same_v<T, double>)
        return H5T_NATIVE_DOUBLE;
    else if constexpr (std::is_same_v<T, float>)
        return H5T_NATIVE_FLOAT;
    else if constexpr (std::is_same_v<T, std::uint64_t>)
        return H5T_NATIVE_UINT64;
    else
        return H5T_NATIVE_INT32;
}

/// What the file holds: little-endian, whatever the machine.
template <class T>
hid_t stored() {
    if constexpr (std::is_same_v<T, double>)
        return H5T_IEEE_F64LE;
    else if constexpr (std::is_same_v<T, float>)
        return H5T_IEEE_F32LE;
    else if constexpr (std::is_same_v<T, std::uint64_t>)
        return H5T_STD_U64LE;
    else
        return H5T_STD_I32LE;
}

/// Fixed-length UTF-8 text, padded with zeros: unlike variable-length text it has one representation in the file.
inline Type text_type(std::size_t length) {
    Type type(H5Tcopy(H5T_C_S1));
    check(H5Tset_size(type, length > 0 ? length : 1));
    check(H5Tset_cset(type, H5T_CSET_UTF8));
    check(H5Tset_strpad(type, H5T_STR_NULLPAD));
    return type;
}

/// Properties of a dataset without time stamps.
inline Properties untimed() {
    Properties properties(H5Pcreate(H5P_DATASET_CREATE));
    check(H5Pset_obj_track_times(properties, 0));
    return properties;
}

/// Properties of a group, or of a file for its root: without time stamps, and with the names in the group's header,
/// since HDF5 crashes on a damaged heap of names, which it would make for nine of them or more.
inline Properties named_in_header(hid_t kind) {
    Properties properties(H5Pcreate(kind));
    check(H5Pset_obj_track_times(properties, 0));
    check(H5Pset_link_phase_change(properties, 1000, 0));
    return properties;
}

inline Group create_group(hid_t where, const char* name) {
    const Properties properties = named_in_header(H5P_GROUP_CREATE);
    return Group(H5Gcreate2(where, name, H5P_DEFAULT, properties, H5P_DEFAULT));
}

template <class T>
Dataset create(hid_t where, const char* name, const std::vector<hsize_t>& shape, const Properties& properties) {
    const Space space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr));
    return Dataset(H5Dcreate2(where, name, stored<T>(), space, H5P_DEFAULT, properties, H5P_DEFAULT));
}

template <class T>
void write(hid_t where, const char* name, const std::vector<hsize_t>& shape, std::span<const T> values) {
    const Dataset set = create<T>(where, name, shape, untimed());
    if (!values.empty()) check(H5Dwrite(set, native<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
}

inline void write_texts(hid_t where, const char* name, std::span<const std::string> texts) {
    std::size_t length = 1;
    for (const std::string& text : texts) length = std::max(length, text.size());
    std::string padded(length * texts.size(), '\0');
    for (std::size_t i = 0; i < texts.size(); ++i) padded.replace(i * length, texts[i].size(), texts[i]);
    const hsize_t count = texts.size();
    const Space space(H5Screate_simple(1, &count, nullptr));
    const Type type = text_type(length);
    const Dataset set(H5Dcreate2(where, name, type, space, H5P_DEFAULT, untimed(), H5P_DEFAULT));
    if (count > 0) check(H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()));
}

inline std::vector<hsize_t> shape_of(const Dataset& set) {
    const Space space(H5Dget_space(set));
    const int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 0) throw Failure{};
    std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
    if (rank > 0) check(H5Sget_simple_extent_dims(space, shape.data(), nullptr));
    return shape;
}

inline std::vector<std::string> read_texts(hid_t where, const char* name) {
    const Dataset set(H5Dopen2(where, name, H5P_DEFAULT));
    const Type type(H5Dget_type(set));
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0) throw Failure{};
    const std::size_t length = H5Tget_size(type);
    std::size_t count = 1;
    for (const hsize_t n : shape_of(set)) count *= n;
    std::string padded(length * count, '\0');
    if (count > 0) check(H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()));
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) texts.emplace_back(padded.substr(i * length, length).c_str());
    return texts;
}

}  // namespace entrepot::results::hdf5

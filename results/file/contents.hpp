#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "results/file/hdf5.hpp"

/// All that lies in a study's file, and the seal on it: one SHA-256 for each dataset, over its name, type, shape and
/// bytes. A file that was damaged, or changed by another program, is told from one that was not. No protection against
/// somebody who makes the checksums anew: they need no key.
namespace entrepot::results {

/// A dataset as it lies in the file.
struct Stored {
    std::string type;  ///< as NumPy writes it: "<f8", "<f4", "<u8", "<i4"; "|S12": text of fixed length
    std::vector<hsize_t> shape;
    std::string bytes;

    std::size_t count() const;
};

/// The `Stored::type` of numbers.
template <class T>
constexpr const char* type_name() {
    if constexpr (std::is_same_v<T, double>)
        return "<f8";
    else if constexpr (std::is_same_v<T, float>)
        return "<f4";
    else if constexpr (std::is_same_v<T, std::uint64_t>)
        return "<u8";
    else
        return "<i4";
}

/// Every dataset by its path, "kpi/numerator", but for the checksums.
using Contents = std::map<std::string, Stored>;

/// The name of the dataset that holds the seal.
inline constexpr char kSeal[] = "checksums";

/// What is in the file is not what was written into it. `what` says where.
struct Damaged {
    std::string what;
};

/// Writes the checksums of all that is in the file so far.
void seal(hid_t file);

/// All of a file, and whether it was sealed.
struct Sealed {
    Contents contents;
    bool sealed = false;
};

/// Calls `found` with every dataset, after it was compared with the seal where there is one; returns whether there is.
/// `Damaged` when a dataset was changed, was added or is missing. `Failure` for what no study holds: links to other
/// places, data kept elsewhere, filters other than those that a study is written with.
using Found = std::function<void(const std::string& path, const Stored& stored)>;
bool walk_contents(hid_t file, const Found& found);

/// The SHA-256 of some bytes, in hexadecimal.
std::string sha256(const std::string& bytes);

}  // namespace entrepot::results

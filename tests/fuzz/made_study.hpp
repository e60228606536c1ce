#pragma once

#include <string>

#include "results/file/contents.hpp"
#include "results/file/writing.hpp"
#include "results/study_fixture.hpp"

namespace entrepot::fuzz {

/// A small study's file.
inline std::string study_image() {
    results::Study study = tests::numbered_study(1);
    const std::size_t each = study.replications[0][0].series.size() / study.series.size();
    study.series.resize(1);
    for (auto& strategy : study.replications) strategy[0].series.resize(each);
    return results::image_of(study);
}

/// A file that HDF5 reads in memory. hdf5::Failure where it is none.
class Image {
public:
    explicit Image(std::string bytes) : bytes_(std::move(bytes)), access_(H5Pcreate(H5P_FILE_ACCESS)) {
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
        results::hdf5::check(H5Pset_fapl_core(access_, 1 << 16, 0));
        results::hdf5::check(H5Pset_file_image(access_, bytes_.data(), bytes_.size()));
        file_ = results::hdf5::File(H5Fopen("input", H5F_ACC_RDONLY, access_));
    }
    operator hid_t() const { return file_; }

private:
    std::string bytes_;
    results::hdf5::Properties access_;
    results::hdf5::File file_;
};

/// Reads what is in a study's file, checksums or not, and uses it as those who print it do: whether it is a study.
bool accepts_contents(const results::Sealed& file);

}  // namespace entrepot::fuzz

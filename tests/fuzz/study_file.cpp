#include "made_study.hpp"
#include "target.hpp"

/// The bytes of a study's file, which HDF5 reads in this process and without the seal that would refuse any change.
/// HDF5 has faults of its own, for which the program reads in a process that may end (docs/decisions/0095): those are
/// no findings, so this target isn't among those that run unasked.
namespace entrepot::fuzz {

namespace {

bool accepts_study_file(std::string_view input) {
    results::Sealed file;
    try {
        std::size_t left = 100'000'000;  // bytes, as the limits of the reading process have it
        results::walk_contents(Image(std::string(input)), [&](const std::string& path, const results::Stored& stored) {
            if (stored.bytes.size() > left) throw results::hdf5::Failure{};
            left -= stored.bytes.size();
            file.contents.insert_or_assign(path, stored);
        });
    } catch (const results::hdf5::Failure&) {
        return false;
    } catch (const results::Damaged&) {
        return false;
    }
    file.sealed = true;
    return accepts_contents(file);
}

std::vector<std::string> study_file_seeds() { return {study_image()}; }

}  // namespace

const Target kStudyFile{"study_file", accepts_study_file, study_file_seeds, false};

}  // namespace entrepot::fuzz

#include <cstring>
#include <new>
#include <stdexcept>

#include "made_study.hpp"
#include "results/business/recommendation.hpp"
#include "results/business/roi.hpp"
#include "results/comparison/compare.hpp"
#include "results/comparison/precision.hpp"
#include "results/file/plausible.hpp"
#include "results/file/reading.hpp"
#include "results/store_error.hpp"
#include "target.hpp"

/// What a study's file holds, as HDF5 hands it on, with the seal taken for right: names, types, shapes and bytes in a
/// row, each text after its length.
namespace entrepot::fuzz {

namespace {

void use(const results::Study& study) {
    if (study.replication_count() == 0) return;
    try {
        results::comparison_table(study, results::compare(study), {});
        results::recommendation_text(study, results::return_on_investment(study));
        results::precision_text(study);
        results::image_of(study);
    } catch (const results::StoreError&) {  // what it lacks is told
    }
}

void put(std::string& bytes, std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    bytes.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
}

/// As many bytes as the length says, or as there are.
std::string take(std::string_view& bytes) {
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data(), std::min(sizeof size, bytes.size()));
    bytes.remove_prefix(std::min(sizeof size, bytes.size()));
    std::string text(bytes.substr(0, size));
    bytes.remove_prefix(text.size());
    return text;
}

bool accepts_study(std::string_view input) {
    results::Sealed file{.contents = {}, .sealed = true};
    while (!input.empty()) {
        results::Stored& stored = file.contents[take(input)];
        stored.type = take(input);
        const std::string shape = take(input);
        stored.shape.resize(std::min<std::size_t>(shape.size() / sizeof(hsize_t), 32));
        if (!stored.shape.empty()) {
            std::memcpy(stored.shape.data(), shape.data(), stored.shape.size() * sizeof(hsize_t));
        }
        stored.bytes = take(input);
    }
    return accepts_contents(file);
}

std::vector<std::string> study_seeds() {
    std::string bytes;
    results::walk_contents(Image(study_image()), [&](const std::string& path, const results::Stored& stored) {
        put(bytes, path);
        put(bytes, stored.type);
        put(bytes, {reinterpret_cast<const char*>(stored.shape.data()), stored.shape.size() * sizeof(hsize_t)});
        put(bytes, stored.bytes);
    });
    return {bytes};
}

}  // namespace

bool accepts_contents(const results::Sealed& file) {
    try {
        use(results::study_of(file, "study.h5"));
        return true;
    } catch (const results::Damaged&) {
    } catch (const results::Impossible&) {
    } catch (const results::StoreError&) {
    } catch (const results::hdf5::Failure&) {
    } catch (const std::out_of_range&) {
    } catch (const std::length_error&) {
    } catch (const std::bad_alloc&) {
    }
    return false;
}

const Target kStudy{"study", accepts_study, study_seeds, false};

}  // namespace entrepot::fuzz

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "damage.hpp"
#include "target.hpp"

/// One target under libFuzzer. The first folder that is named on the command line gets the target's seeds.

namespace {

const entrepot::fuzz::Target& target = entrepot::fuzz::ENTREPOT_FUZZ_TARGET;

std::string_view view_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
    for (int i = 1; i < *argc; ++i) {
        const std::filesystem::path folder = (*argv)[i];
        if (!std::filesystem::is_directory(folder)) continue;
        int n = 0;
        for (const std::string& seed : target.seeds()) {
            std::ofstream(folder / ("seed-" + std::to_string(n++)), std::ios::binary) << seed;
        }
        break;
    }
    return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned int seed) {
    if (!target.text || size == 0 || seed % 2 == 0) return LLVMFuzzerMutate(data, size, most);
    const std::string text = entrepot::fuzz::Damage(seed).damaged(std::string(view_of(data, size))).substr(0, most);
    if (text.empty()) return LLVMFuzzerMutate(data, size, most);
    std::memcpy(data, text.data(), text.size());
    return text.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    target.accepts(view_of(data, size));
    return 0;
}

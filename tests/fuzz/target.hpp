#pragma once

#include <string>
#include <string_view>
#include <vector>

/// What is read from outside, each reader as a target: libFuzzer calls it with bytes that it makes up (libfuzzer.cpp),
/// the tests with its seeds, with damaged ones and with what was found before (corpus_test.cpp).
namespace entrepot::fuzz {

struct Target {
    const char* name;
    /// Reads an input: whether it was accepted. A fault is what ends the program: a sanitizer, a SIM_CHECK, an
    /// exception that no reader throws, or the time that libFuzzer allows.
    bool (*accepts)(std::string_view input);
    /// Inputs to begin with. The first one is accepted.
    std::vector<std::string> (*seeds)();
    bool text = true;  ///< damaged line by line, too (damage.hpp)
};

extern const Target kScenario, kOverlay, kOverrides, kCsv, kStudy, kStudyFile, kSnapshot, kCommand;

}  // namespace entrepot::fuzz

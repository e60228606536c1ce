#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "results/scratch_folder.hpp"

/// Other programs that read what this one wrote.
namespace entrepot::tests {

/// A Python that has h5py; the distribution's own may hide behind another one. Empty when there is none.
inline std::string python_with_h5py() {
    for (const std::string python : {"python3", "/usr/bin/python3"}) {
        if (std::system((python + " -c 'import h5py' > /dev/null 2>&1").c_str()) == 0) return python;
    }
    return "";
}

/// What a command prints; a failure when it ends with an error.
inline std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return out;
}

/// What that example of FORMAT.md, from 0, prints of the folder's study.h5.
inline std::string output_of_example(int number, const ScratchFolder& folder, const std::string& python) {
    const std::string page = bytes_of(ENTREPOT_SOURCE_DIR "/results/file/FORMAT.md"), mark = "```python\n";
    std::size_t begin = 0;
    for (int i = 0; i <= number; ++i) begin = page.find(mark, begin) + mark.size();
    EXPECT_LT(begin, page.size());
    write_bytes(folder / "example.py", page.substr(begin, page.find("```", begin) - begin));
    return output_of("cd " + folder.path().string() + " && " + python + " example.py");
}

}  // namespace entrepot::tests

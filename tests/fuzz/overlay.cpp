#include "files.hpp"
#include "scenarios/load.hpp"
#include "sim/check.hpp"
#include "target.hpp"

/// A scenario over its base: the text before the first line "---" is the base, the one after it the user's own.
namespace entrepot::fuzz {

namespace {

constexpr std::string_view kBetween = "\n---\n";

bool accepts_overlay(std::string_view input) {
    const std::size_t cut = input.find(kBetween);
    const std::string own(cut == std::string_view::npos ? "" : input.substr(cut + kBetween.size()));
    static const Folder folder;  // a base is looked for by its name, which files in memory haven't
    folder.write("under.toml", input.substr(0, cut));
    const scenarios::Result result = scenarios::load(folder.write("over.toml", "base = \"under.toml\"\n" + own));
    to_string(result.problems);
    SIM_CHECK(result.problems.empty() == bool(result), "problems or a scenario");
    return bool(result);
}

std::vector<std::string> overlay_seeds() {
    std::vector<std::string> texts;
    for (const char* name : {"validation/eoq.toml", "validation/planners_desk.toml"}) {
        std::string own = slurp(shipped(name));
        own.erase(own.find("base = "), own.find('\n', own.find("base = ")) - own.find("base = "));
        texts.push_back(slurp(shipped("validation/base/textbook.toml")) + std::string(kBetween) + own);
    }
    const std::string tiny = slurp(shipped("tiny.toml")), line = "base = \"strategies.toml\"\n";
    texts.push_back(slurp(shipped("strategies.toml")) + std::string(kBetween) +
                    std::string(tiny).erase(tiny.find(line), line.size()));
    return texts;
}

}  // namespace

const Target kOverlay{"overlay", accepts_overlay, overlay_seeds};

}  // namespace entrepot::fuzz

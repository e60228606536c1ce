#include "files.hpp"
#include "scenarios/load.hpp"
#include "sim/check.hpp"
#include "studies/expectations.hpp"
#include "target.hpp"

/// The text of a scenario that stands alone, as a study keeps it.
namespace entrepot::fuzz {

namespace {

bool accepts_scenario(std::string_view input) {
    const auto read = [](std::string_view text) {
        return scenarios::load_text(text, "input.toml", studies::check_expectations);
    };
    const scenarios::Result result = read(input);
    to_string(result.problems);
    SIM_CHECK(result.problems.empty() == bool(result), "problems or a scenario");
    if (!result) return false;
    const scenarios::Result again = read(result.loaded->text);
    SIM_CHECK(again && again.loaded->text == result.loaded->text, "the canonical text says what it was made of");
    if (result.loaded->scenario.items.count <= 100) {
        scenarios::build(*result.loaded, scenarios::strategy_names(result.loaded->scenario).front());
    }
    return true;
}

std::vector<std::string> scenario_seeds() {
    std::vector<std::string> texts;
    for (const char* name : {"validation/eoq.toml", "validation/planners_desk.toml", "validation/dual_sourcing.toml",
                             "validation/spike.toml", "tiny.toml"}) {
        texts.push_back(scenarios::load(shipped(name)).loaded.value().text);
        texts.push_back(slurp(shipped(name)));
    }
    return texts;
}

}  // namespace

const Target kScenario{"scenario", accepts_scenario, scenario_seeds};

}  // namespace entrepot::fuzz

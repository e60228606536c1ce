#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/history.hpp"
#include "scenarios/item_list.hpp"
#include "scenarios/problem.hpp"
#include "scenarios/scenario.hpp"

/// The room's front door: `load` a file, `build` the network of one of its strategies.
namespace entrepot::scenarios {

/// A scenario that has been read and checked.
struct Loaded {
    Scenario scenario;
    std::optional<Recording> recording;  ///< the history's records, when there is a history
    std::vector<ListedItem> listed;      ///< the items' file, when there is one
    std::string text;                    ///< canonical: every key with its value, defaults included, and a digest of
                                         ///< each data file; equal texts give equal networks
    std::vector<std::string> files;      ///< what was read, data files too, as problems name it
    std::vector<std::string> notes;      ///< what the user may want to know
};

/// Either a scenario or all that is wrong with it, in the order of the files.
struct Result {
    std::optional<Loaded> loaded;
    Problems problems;
    explicit operator bool() const { return loaded.has_value(); }
};

/// Something in a scenario that can't be accepted for a reason that this room doesn't know, such as the id of a KPI.
struct Objection {
    std::vector<std::string> path;  ///< keys from the top: {"verify", "fill", "kpi"}
    std::string message;            ///< "got X, want Y"
};
using FurtherCheck = std::function<std::vector<Objection>(const Scenario&)>;

/// Reads a scenario file with its bases and data files. `overrides` are texts such as `site.SE.pickers=8`. What
/// `further` objects to is told with all the rest, each at its place; `policies` are those that strategies may name.
/// Never throws for what the user wrote.
Result load(const std::filesystem::path& file, std::span<const std::string> overrides = {},
            const FurtherCheck& further = {}, const models::PolicyRegistry& policies = models::built_in_policies());

/// The same of a text that stands alone, such as the one that a study keeps; `name` is what problems call it. Its data
/// files are looked for from the folder in which the program was started.
Result load_text(std::string_view text, const std::string& name, const FurtherCheck& further = {});

/// Names of the strategies that the scenario describes, in its order.
std::vector<std::string> strategy_names(const Scenario& scenario);

/// The network under one strategy of the scenario, ready to run. The name must be one of `strategy_names`.
models::Network build(const Loaded& loaded, std::string_view strategy);

/// The reference page of the language, Markdown: docs/scenario-reference.md.
std::string reference_markdown();

}  // namespace entrepot::scenarios

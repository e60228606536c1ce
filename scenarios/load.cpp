#include "scenarios/load.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/check.hpp"
#include "scenarios/data_file.hpp"
#include "scenarios/reader.hpp"
#include "scenarios/renamed.hpp"
#include "scenarios/strategy_bases.hpp"
#include "scenarios/writer.hpp"

namespace entrepot::scenarios {

namespace {

bool is_within(const std::string& path, const std::string& table) { return (path + ".").starts_with(table + "."); }
bool is_same(const Problem& a, const Problem& b) {
    return a.file == b.file && a.line == b.line && a.column == b.column && a.message == b.message;
}

/// What `check` finds about a table in which something could not be read, or that itself was refused, is most likely a
/// consequence of that.
void add_checks(const Scenario& scenario, const Tree& tree, const FurtherCheck& further, Problems& problems,
                std::vector<std::string>& notes) {
    Problems found, idle;
    check(scenario, tree, found, idle);
    for (const Problem& problem : idle) notes.push_back(to_string(problem));
    for (const Problem& problem : found) {
        if (problem.of_name) problems.drop(problem.path);
    }
    if (further) {
        for (const Objection& o : further(scenario)) {
            found.full() ? found.leave_out(1) : found.push_back(at(tree, o.path, o.message));
        }
    }
    const auto follows = [&, read = problems.end() - problems.begin()](const Problem& problem) {
        return std::any_of(problems.begin(), problems.begin() + read, [&](const Problem& p) {
            return is_within(p.path, problem.path) || is_within(problem.path, p.path) ||
                   (!problem.rests_on.empty() && is_within(p.path, problem.rests_on));
        });
    };
    // Strategies that stand on another one have what it has, and what follows there follows in them.
    std::vector<const Problem*> consequences;
    for (const Problem& problem : found) {
        if (follows(problem)) consequences.push_back(&problem);
    }
    for (const Problem& problem : found) {
        const auto same = [&](const Problem* other) { return is_same(problem, *other); };
        if (std::ranges::none_of(consequences, same)) problems.push_once(problem);
    }
    problems.leave_out(found.left_out());
}

/// In the order in which the user meets them: by file as read, last first (the user's own file), then by line.
void sort(Problems& problems, const std::vector<std::string>& files) {
    const auto rank = [&](const Problem& p) {
        const auto file = std::find(files.begin(), files.end(), p.file) - files.begin();
        return std::tuple(file, p.line, p.column);
    };
    std::stable_sort(problems.begin(), problems.end(),
                     [&](const Problem& a, const Problem& b) { return rank(a) < rank(b); });
}

/// A binding that holds nowhere is a mistake.
void check_scopes(const Scenario& scenario, const models::Network& network, const Tree& tree, Problems& problems) {
    for (const auto& [strategy, part] : scenario.strategies) {
        for (const auto& [name, binding] : part.bindings) {
            if (problems.full()) return;  // looking for a place may take long
            if (binding.decision != BindingPart::replenishment || binds_something(binding.scope, network)) continue;
            Problem problem = at(tree, {"strategy", strategy, "bind", name},
                                 "got a scope without any item at any site, want one that holds somewhere");
            const auto same_place = [&](const Problem& p) {
                return p.file == problem.file && p.line == problem.line && p.column == problem.column;
            };
            // Strategies that stand on this one have it, too.
            if (std::ranges::none_of(problems, same_place)) problems.push_back(std::move(problem));
        }
    }
}

/// Made-up items were looked up before; those of a list or a history are known now.
void check_items(const Scenario& scenario, const models::Network& network, const Tree& tree, Problems& problems) {
    if (scenario.items.file.empty() && !scenario.demand.history) return;
    std::unordered_set<std::string_view> known;
    for (const models::Item& item : network.items) known.insert(item.name);
    const auto want = [&](const std::string& name, std::vector<std::string> path) {
        if (known.contains(name)) return;
        problems.push_back(at(tree, path, fmt::format("got \"{}\", want the name of an item", name)));
    };
    for (const auto& [stream, part] : scenario.streams) {
        if (!part.item.empty()) want(part.item, {"stream", stream, "item"});
        for (const auto& [basket, lines] : part.baskets) {
            for (const std::string& item : lines.items) want(item, {"stream", stream, "basket", basket, "items"});
        }
    }
}

/// Two things with one key would share their draws.
void check_keys(const Loaded& loaded, const Tree& tree, Problems& problems) {
    models::Network network;
    for (const auto& [name, part] : loaded.scenario.classes)
        network.classes.push_back({name, part.cycle_count_interval});
    add_suppliers(loaded.scenario, network);
    add_sites(loaded.scenario, network);
    add_items(loaded, network);
    check_scopes(loaded.scenario, network, tree, problems);
    check_items(loaded.scenario, network, tree, problems);
    std::vector<std::pair<std::uint64_t, std::string>> keys;
    for (const models::Item& item : network.items) keys.emplace_back(item.key, item.name);
    for (const models::Site& site : network.sites) keys.emplace_back(site.key, site.name);
    for (const models::Supplier& supplier : network.suppliers) keys.emplace_back(supplier.key, supplier.name);
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 1; i < keys.size(); ++i) {
        if (keys[i].first != keys[i - 1].first) continue;
        problems.push_back(at(tree, {},
                              fmt::format("got two of the sites, suppliers and items called {} and {}, want other "
                                          "names: these two have the same hash, and would share their random numbers",
                                          keys[i - 1].second, keys[i].second)));
    }
}

void note_site_names(const Scenario& scenario, std::vector<std::string>& notes) {
    if (!scenario.demand.history || scenario.demand.history->sites.empty()) return;
    std::vector<std::string> pairs;
    for (std::size_t i = 0; i < scenario.sites.size(); ++i) {
        pairs.push_back(fmt::format("{} = {}", scenario.sites[i].name, scenario.demand.history->sites[i]));
    }
    notes.push_back(fmt::format("warehouses of the history: {}", fmt::join(pairs, ", ")));
}

void note_additions(std::vector<std::string> added, std::vector<std::string>& notes) {
    if (added.empty()) return;
    const std::size_t more = added.size() - std::min(added.size(), kMostListed);
    added.resize(added.size() - more);
    notes.push_back(
        fmt::format("adds {}{}", fmt::join(added, ", "), more > 0 ? fmt::format(" and {} more", more) : ""));
}

/// Data files are read, too.
void note_data_files(const Tree& tree, Loaded& loaded) {
    const auto note = [&](const std::vector<std::string>& path, const std::string& file) {
        if (!file.empty()) loaded.files.push_back(shown(data_file(tree, path, file)));
    };
    note({"items", "file"}, loaded.scenario.items.file);
    if (!loaded.scenario.demand.history) return;
    note({"demand", "history", "file"}, loaded.scenario.demand.history->file);
    note({"demand", "history", "price_file"}, loaded.scenario.demand.history->price_file);
}

/// The tree's meaning, and the data files that it names. Where a file could not be read, what the others say of
/// themselves.
void interpret(const Tree& tree, const models::PolicyRegistry& policies, const FurtherCheck& further, Loaded& loaded,
               Problems& problems) {
    std::vector<std::string> added;
    loaded.scenario = read_scenario(tree, policies, problems, added);
    if (!tree.complete) return;
    note_additions(added, loaded.notes);
    add_checks(loaded.scenario, tree, further, problems, loaded.notes);
    note_data_files(tree, loaded);
    std::uint64_t items_digest = 0;
    loaded.listed = read_items(loaded.scenario, tree, problems, items_digest);
    loaded.recording = read_recording(loaded.scenario, tree, problems, loaded.notes);
    if (loaded.recording || !loaded.scenario.demand.history) place_phases(loaded.scenario, tree, problems);
    loaded.text = canonical_text(loaded.scenario);
    if (items_digest != 0) loaded.text += fmt::format("# items.file: digest {:016x}\n", items_digest);
    if (loaded.recording) loaded.text += fmt::format("# demand.history: digest {:016x}\n", loaded.recording->digest);
}

/// `result` has what was wrong in reading the tree.
Result checked(Tree tree, Result result, const FurtherCheck& further, const models::PolicyRegistry& policies) {
    refuse_renamed(tree, result.problems);
    stand_on_bases(tree, result.problems);
    Loaded loaded;
    loaded.files = tree.files;
    interpret(tree, policies, further, loaded, result.problems);
    if (result.problems.empty()) check_keys(loaded, tree, result.problems);
    sort(result.problems, tree.files);
    if (!result.problems.empty()) return result;
    note_site_names(loaded.scenario, loaded.notes);
    if (loaded.recording) loaded.notes.push_back(channels_note(loaded, calendar_of(loaded.scenario)));
    result.loaded = std::move(loaded);
    return result;
}

}  // namespace

Result load(const std::filesystem::path& file, std::span<const std::string> overrides, const FurtherCheck& further,
            const models::PolicyRegistry& policies) {
    Result result;
    Tree tree = read_tree(file, {overrides.begin(), overrides.end()}, result.problems);
    return checked(std::move(tree), std::move(result), further, policies);
}

Result load_text(std::string_view text, const std::string& name, const FurtherCheck& further) {
    Result result;
    Tree tree = read_text(text, name, result.problems);
    return checked(std::move(tree), std::move(result), further, models::built_in_policies());
}

}  // namespace entrepot::scenarios

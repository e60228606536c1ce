#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "effects.hpp"

/// Every key that is described has an effect: another value of it has another result, in a scenario that uses it. Each
/// test has the keys of one table and tells all of them that do nothing.
namespace entrepot::tests {
namespace {

/// In the order in which they are asked.
const std::vector<std::string> kScenarios = {"planners", "stocks",  "crew",     "supply",  "shapes", "records",
                                             "listed",   "levels",  "expected", "precise", "binds",  "governance",
                                             "hands",    "systems", "data",     "policies"};

const std::vector<Key>& all_keys() {
    static const std::vector<Key> keys = described_keys(models::built_in_policies());
    return keys;
}

/// The first part of a key, such as `site`.
std::string table_of(const std::string& key) { return key.substr(0, key.find('.')); }

std::vector<std::string> tables() {
    std::vector<std::string> names;
    for (const Key& key : all_keys()) {
        if (std::ranges::find(names, table_of(key.name)) == names.end()) names.push_back(table_of(key.name));
    }
    return names;
}

class EveryKey : public ::testing::TestWithParam<std::string> {};

/// ENTREPOT_SHOW_EFFECTS=1 prints what each change did.
TEST_P(EveryKey, HasAnEffect) {
    Scenarios scenarios(kScenarios);
    const bool shows = std::getenv("ENTREPOT_SHOW_EFFECTS") != nullptr;
    std::set<std::string> asked;
    for (const Key& key : all_keys()) {
        if (table_of(key.name) != GetParam() || !asked.insert(key.name).second) continue;
        const Effect effect = scenarios.effect_of(key.name);
        EXPECT_TRUE(effect.found()) << key.name << " does nothing. Tried: " << effect.change;
        if (shows && effect.found()) fmt::print("{}\t{}\t{}\n", key.name, effect.change, effect.difference);
    }
}

INSTANTIATE_TEST_SUITE_P(Of, EveryKey, ::testing::ValuesIn(tables()), [](const auto& one) { return one.param; });

/// A change that was written down for a key is for one that there is.
TEST(Changes, AreOfKeysThatAreDescribed) {
    for (const Change& change : changes()) {
        const bool known = std::ranges::any_of(all_keys(), [&](const Key& key) { return key.name == change.key; });
        EXPECT_TRUE(known) << change.key;
    }
}

// The reference page has the same keys.

/// `a.NAME.b` of a heading as `a.*.b`.
std::string with_stars(std::string path) {
    for (std::size_t at = path.find("NAME"); at != std::string::npos; at = path.find("NAME")) path.replace(at, 4, "*");
    return path;
}

/// What stands between the first and the second of these signs.
std::string between(const std::string& line, std::string_view from, std::string_view to) {
    const std::size_t begin = line.find(from) + from.size();
    return line.substr(begin, line.find(to, begin) - begin);
}

/// Names of the keys that the page's tables list, as described_keys() calls them.
std::vector<std::string> keys_of_page(const std::string& page) {
    std::vector<std::string> names;
    std::string table, policy, line;
    std::istringstream lines(page);
    while (std::getline(lines, line)) {
        if (line.starts_with("## ")) policy.clear();
        if (line.starts_with("## `[")) table = with_stars(between(line, "`[", "]`")) + ".";
        if (line.starts_with("## Distributions of ")) table = line.substr(20) + ".";
        if (line.starts_with("With `")) policy = between(line, "= \"", "\"") + ".";
        if (line.starts_with("| `")) names.push_back(table + policy + between(line, "`", "`"));
    }
    return names;
}

TEST(DescribedKeys, AreThoseOfTheReferencePage) {
    std::set<std::string> known = {"base", "foundation"};  // of files, not of scenarios: overlays_test.cpp
    for (const Key& key : all_keys()) {
        known.insert(key.name);
        const std::string given = ".fixed_levels";  // whose sub-tables the page names without it
        const std::size_t at = key.name.find(given);
        if (at != std::string::npos) known.insert(std::string(key.name).erase(at, given.size()));
    }
    const std::vector<std::string> listed = keys_of_page(scenarios::reference_markdown());
    EXPECT_GT(listed.size(), 400u);
    for (const std::string& name : listed) EXPECT_TRUE(known.contains(name)) << name;
}

}  // namespace
}  // namespace entrepot::tests

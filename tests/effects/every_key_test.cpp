#include <algorithm>
#include <cstdlib>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "effects.hpp"

/// Every key that is described has an effect: another value of it has another result, in a scenario that uses it.
namespace entrepot::tests {
namespace {

const std::vector<std::string> kScenarios = {"planners", "stocks",   "crew",    "supply", "shapes", "records",
                                             "listed",   "expected", "precise", "levels", "binds"};

std::string section_of(const std::string& key) { return key.substr(0, key.find('.')); }

/// The keys by their first part, such as `site`, in the page's order.
const std::vector<std::pair<std::string, std::vector<std::string>>>& sections() {
    static const auto all = [] {
        std::vector<std::pair<std::string, std::vector<std::string>>> found;
        std::set<std::string> known;
        for (const Key& key : described_keys(models::built_in_policies())) {
            if (!known.insert(key.name).second) continue;
            const std::string section = section_of(key.name);
            auto place = std::ranges::find(found, section, [](const auto& one) { return one.first; });
            if (place == found.end()) place = found.insert(place, {section, {}});
            place->second.push_back(key.name);
        }
        return found;
    }();
    return all;
}

class EveryKey : public ::testing::TestWithParam<std::size_t> {};

TEST_P(EveryKey, HasAnEffect) {
    Scenarios scenarios(kScenarios);
    const bool shows = std::getenv("ENTREPOT_SHOW_EFFECTS") != nullptr;
    for (const std::string& key : sections()[GetParam()].second) {
        const Effect effect = scenarios.effect_of(key);
        EXPECT_TRUE(effect.found()) << key << " does nothing. Tried: " << effect.change;
        if (shows && effect.found())
            std::printf("%s\t%s\t%s\n", key.c_str(), effect.change.c_str(), effect.difference.c_str());
    }
}

INSTANTIATE_TEST_SUITE_P(Of, EveryKey, ::testing::Range<std::size_t>(0, sections().size()),
                         [](const auto& one) { return sections()[one.param].first; });

}  // namespace
}  // namespace entrepot::tests

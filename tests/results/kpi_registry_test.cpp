#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "results/kpis/registry.hpp"

namespace entrepot::tests {
namespace {

TEST(KpiRegistry, IsInTheOrderOfItsNames) {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < results::kKpis; ++i) {
        const results::KpiInfo& k = results::kpi_registry()[i];
        EXPECT_EQ(static_cast<std::size_t>(k.kpi), i) << k.id;
        EXPECT_TRUE(ids.insert(k.id).second) << k.id;
        EXPECT_EQ(results::find_kpi(k.id), &k);
        EXPECT_FALSE(k.definition.empty());
    }
    EXPECT_EQ(results::find_kpi("no_such_kpi"), nullptr);
}

/// The page in docs/ is written anew by this test with ENTREPOT_UPDATE=1 in the environment.
TEST(KpiRegistry, IsWhatThePageSays) {
    const std::string page = ENTREPOT_SOURCE_DIR "/docs/kpis.md";
    if (std::getenv("ENTREPOT_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << results::kpi_markdown();
    std::stringstream written;
    written << std::ifstream(page, std::ios::binary).rdbuf();
    EXPECT_EQ(written.str(), results::kpi_markdown()) << "run this test with ENTREPOT_UPDATE=1";
}

}  // namespace
}  // namespace entrepot::tests

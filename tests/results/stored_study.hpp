#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "results/file/hdf5.hpp"
#include "results/file/store.hpp"

namespace entrepot::tests {

/// What is said when that fails.
template <class F>
std::string error_of(F&& act) {
    try {
        act();
    } catch (const results::StoreError& error) {
        return error.what();
    }
    return "no error";
}

inline void expect_equal(const results::Study& a, const results::Study& b) {
    EXPECT_EQ(a.manifest.program_version, b.manifest.program_version);
    EXPECT_EQ(a.manifest.source_commit, b.manifest.source_commit);
    EXPECT_EQ(a.manifest.scenario_name, b.manifest.scenario_name);
    EXPECT_EQ(a.manifest.scenario_text, b.manifest.scenario_text);
    EXPECT_EQ(a.manifest.scenario_digest, b.manifest.scenario_digest);
    EXPECT_EQ(a.manifest.seed, b.manifest.seed);
    EXPECT_EQ(a.manifest.comparator, b.manifest.comparator);
    EXPECT_EQ(a.manifest.finance, b.manifest.finance);
    EXPECT_EQ(a.dimensions.sites, b.dimensions.sites);
    EXPECT_EQ(a.dimensions.tiers, b.dimensions.tiers);
    EXPECT_EQ(a.dimensions.classes, b.dimensions.classes);
    EXPECT_EQ(a.dimensions.item_cost, b.dimensions.item_cost);
    EXPECT_EQ(a.dimensions.first_day, b.dimensions.first_day);
    EXPECT_EQ(a.dimensions.end_day, b.dimensions.end_day);
    EXPECT_EQ(a.dimensions.total_days, b.dimensions.total_days);
    EXPECT_EQ(a.dimensions.currency, b.dimensions.currency);
    EXPECT_EQ(a.dimensions.start_date, b.dimensions.start_date);
    ASSERT_EQ(a.dimensions.phases.size(), b.dimensions.phases.size());
    for (std::size_t p = 0; p < a.dimensions.phases.size(); ++p) {
        EXPECT_EQ(a.dimensions.phases[p].name, b.dimensions.phases[p].name);
        EXPECT_EQ(a.dimensions.phases[p].first_day, b.dimensions.phases[p].first_day);
        EXPECT_EQ(a.dimensions.phases[p].end_day, b.dimensions.phases[p].end_day);
        EXPECT_EQ(a.dimensions.phases[p].calm, b.dimensions.phases[p].calm);
    }
    EXPECT_EQ(a.strategies, b.strategies);
    EXPECT_EQ(a.titles, b.titles);
    EXPECT_EQ(a.descriptions, b.descriptions);
    EXPECT_EQ(a.manifest.scenario_title, b.manifest.scenario_title);
    EXPECT_EQ(a.dimensions.site_captions, b.dimensions.site_captions);
    EXPECT_EQ(a.dimensions.tier_captions, b.dimensions.tier_captions);
    EXPECT_EQ(a.series, b.series);
    EXPECT_EQ(a.items.names, b.items.names);
    EXPECT_EQ(a.items.index, b.items.index);
    EXPECT_EQ(a.items.series, b.items.series);
    ASSERT_EQ(a.rows.size(), b.rows.size());
    for (std::size_t r = 0; r < a.rows.size(); ++r) {
        EXPECT_EQ(a.rows[r].kpi, b.rows[r].kpi);
        EXPECT_EQ(a.rows[r].label, b.rows[r].label);
        EXPECT_EQ(a.rows[r].slice, b.rows[r].slice);
    }
    ASSERT_EQ(a.replications.size(), b.replications.size());
    for (std::size_t s = 0; s < a.replications.size(); ++s) {
        ASSERT_EQ(a.replications[s].size(), b.replications[s].size());
        for (std::size_t r = 0; r < a.replications[s].size(); ++r) {
            const auto &x = a.replications[s][r], &y = b.replications[s][r];
            EXPECT_EQ(x.numerator, y.numerator);
            EXPECT_EQ(x.denominator, y.denominator);
            EXPECT_EQ(x.series, y.series);
            EXPECT_EQ(x.item_days, y.item_days);
            EXPECT_EQ(x.digest, y.digest);
            EXPECT_EQ(x.events, y.events);
            EXPECT_EQ(x.order_lines, y.order_lines);
        }
    }
}

/// Opens a study's file as another program would, and changes it.
inline void edit(const std::filesystem::path& path, const std::function<void(hid_t)>& change) {
    const results::hdf5::File file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
    ASSERT_GE(static_cast<hid_t>(file), 0);
    change(file);
}

inline void drop(hid_t file, const char* name) { ASSERT_GE(H5Ldelete(file, name, H5P_DEFAULT), 0) << name; }

inline void set_format(hid_t file, std::int32_t version) {
    drop(file, "manifest/format_version");
    const results::hdf5::Group group(H5Gopen2(file, "manifest", H5P_DEFAULT));
    results::hdf5::write<std::int32_t>(group, "format_version", {1}, std::span(&version, 1));
}

}  // namespace entrepot::tests

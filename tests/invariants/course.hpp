#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "invariants/small_study.hpp"
#include "scenarios/scratch.hpp"

namespace entrepot::tests {

inline constexpr const char* kEachDay = R"(
[calendar]
warmup = "10 d"
measure = "40 d"
[stream.customers]
site = "W"
tier = "customers"
interarrival_time = { distribution = "constant", mean = "1 d" }
)";

/// One replication of a text that stands on the textbook's system.
class Course {
public:
    explicit Course(const std::string& text, const std::vector<std::string>& changes = {}) {
        const scenarios::testing::Scratch scratch;
        const std::string base = scenarios::testing::shipped("validation/base/textbook.toml").generic_string();
        auto result = scenarios::load(scratch.write("course.toml", "base = \"" + base + "\"\n" + text), changes);
        for (const auto& problem : result.problems) ADD_FAILURE() << to_string(problem);
        unit_cost_ = scenarios::build(*result.loaded, "rule").items[models::ItemId{0u}].unit_cost.amount();
        study_ = run_small(*result.loaded, 1);
    }

    double operator()(const std::string& kpi, const std::string& label = "all") const {
        return value(study_, kpi, 0, label);
    }
    double sum(const std::string& kpi) const { return study_.replications[0][0].numerator[row_named(study_, kpi)]; }
    double unit_cost() const { return unit_cost_; }

private:
    results::Study study_;
    double unit_cost_ = 0;
};

}  // namespace entrepot::tests

#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scratch.hpp"

namespace entrepot::scenarios::testing {

using models::Network;

/// A record of tiny.toml's three sites, so long that its horizon of 42 days fits.
inline std::string record(const std::string& more = "") {
    std::string text = "week_start,warehouse,item,units,price\n";
    for (const char* week : {"2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-09"}) {
        for (const char* site : {"North", "South", "West"}) {
            text += std::string(week) + "," + site + ",big,30,10\n" + week + "," + site + ",small,2,\n";
        }
    }
    return text + more;
}

inline std::string history(const std::string& calendar = "") {
    return "[calendar]\nstart = \"none\"\n" + calendar + "[demand.history]\nfile = \"demand.csv\"\n";
}

/// Rows with these dates, from a column of this name.
inline std::string dated(const std::string& column, const std::vector<std::string>& dates,
                         const std::string& more = "") {
    std::string text = column + ",warehouse,item,units\n";
    for (const std::string& date : dates) text += date + ",North,big,310\n";
    return text + more;
}

/// tiny.toml has a spike, which a history can't have beside it; so these stand on its parts.
inline std::string tiny_without_spike(const Scratch& scratch) {
    std::ifstream in(shipped("tiny.toml"));
    std::string text(std::istreambuf_iterator<char>(in), {});
    text = text.substr(0, text.find("[spike]"));
    const std::string base = "base = \"strategies.toml\"";
    text.replace(text.find(base), base.size(), "base = \"" + shipped("strategies.toml").generic_string() + "\"");
    scratch.write("calm.toml", text);
    return "base = \"calm.toml\"\n";
}

inline Network network_of(const std::filesystem::path& file, const std::vector<std::string>& overrides = {}) {
    const Result result = load(file, overrides);
    for (const Problem& problem : result.problems) ADD_FAILURE() << to_string(problem);
    return result ? build(*result.loaded, "S0") : Network{};
}

inline std::map<int, long> units_by_week(const Network& network) {
    std::map<int, long> weeks;
    for (const auto& span : network.replay) weeks[span.first_day / 7 + 1] += span.units;
    return weeks;
}

class History : public ::testing::Test {
protected:
    std::vector<std::string> problems(const std::string& csv, const std::string& more = "",
                                      const std::string& calendar = "") {
        scratch_.write("demand.csv", csv);
        return scratch_.problems(scratch_.write("h.toml", tiny_without_spike(scratch_) + history(calendar) + more));
    }
    Network network(const std::string& csv, const std::string& more = "", const std::string& calendar = "") {
        scratch_.write("demand.csv", csv);
        return network_of(scratch_.write("h.toml", tiny_without_spike(scratch_) + history(calendar) + more));
    }
    Scratch scratch_;
};

}  // namespace entrepot::scenarios::testing

#include <sstream>

#include "files.hpp"
#include "scenarios/load.hpp"
#include "sim/check.hpp"
#include "target.hpp"

/// --set: one change of a scenario in each line.
namespace entrepot::fuzz {

namespace {

bool accepts_overrides(std::string_view input) {
    std::vector<std::string> changes;
    std::istringstream lines{std::string(input)};
    for (std::string line; changes.size() < 20 && std::getline(lines, line);) changes.push_back(line);
    static const std::string file = shipped("validation/base_stock_palm.toml");
    const scenarios::Result result = scenarios::load(file, changes);
    to_string(result.problems);
    SIM_CHECK(result.problems.empty() == bool(result), "problems or a scenario");
    return bool(result);
}

std::vector<std::string> overrides_seeds() {
    return {"study.replications=3\ncalendar.measure=20 d",
            "stock.W.reorder_point = 7",
            "stream.customers.interarrival_time={distribution=\"exponential\", mean=\"2 h\"}",
            "phase.late = { from = \"1 d\", to = \"2 d\" }\nphase.late.new = true",
            "supplier_segment.supplier.lead_time_distribution.mean=\"3 d\"",
            "finance.discount_rate=8 %",
            "title=a \"quoted\" title\nname='x'",
            "base=\"other.toml\""};
}

}  // namespace

const Target kOverrides{"overrides", accepts_overrides, overrides_seeds};

}  // namespace entrepot::fuzz

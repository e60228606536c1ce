#include <fmt/format.h>

#include "results/kpis/registry.hpp"

/// docs/kpis.md
namespace entrepot::results {

namespace {

std::string slices_text(unsigned slices) {
    std::string text;
    const auto add = [&](unsigned bit, const char* name) {
        if (slices & bit) text += (text.empty() ? "" : ", ") + std::string(name);
    };
    add(kBySite, "warehouse");
    add(kByTier, "tier");
    add(kByDecision, "decision");
    add(kByRole, "role");
    add(kByInterface, "interface");
    add(kByCarrier, "carrier");
    add(kByClass, "class");
    add(kByPhase, "phase");
    add(kByMoment, "moment");
    add(kByPairs, "pairs");
    return text.empty() ? "-" : text;
}

const char* better_text(Better better) {
    return better == Better::higher ? "higher" : better == Better::lower ? "lower" : "-";
}

}  // namespace

std::string kpi_markdown() {
    std::string page =
        "# KPIs\n\n"
        "Made from the registry in results/kpis/registry.cpp by `entrepot list kpis --markdown`; don't edit it by "
        "hand.\n\n"
        "Every KPI counts the measured window only, and truth, not the record, unless its definition says otherwise. "
        "Ratios keep numerator and denominator for each replication. A KPI kept by warehouse and phase is kept by both "
        "together, too; *pairs* are also warehouse and tier, and tier and phase.\n\n"
        "What was ordered counts: a line that was never picked was not filled, and an order that was due and never "
        "came is late. So let the cool-down be longer than the longest promise: without one, what is still on its way "
        "at the end counts as a failure.\n\n"
        "| id | KPI | better | also by | definition |\n"
        "|---|---|---|---|---|\n";
    for (const KpiInfo& k : kpi_registry()) {
        const std::string unit = k.form == Form::money ? " [money]"
                                 : k.unit.empty()      ? ""
                                                       : fmt::format(" [{}]", k.unit);
        page += fmt::format("| `{}` | {}{} | {} | {} | {} |\n", k.id, k.name, unit, better_text(k.better),
                            slices_text(k.slices), k.definition);
    }
    return page;
}

}  // namespace entrepot::results

#include "results/kpis/rows.hpp"

namespace entrepot::results {

namespace {

std::string label(const Dimensions& d, const Slice& s) {
    std::string text;
    const auto add = [&](const char* name, const std::string& value) {
        text += (text.empty() ? "" : ",") + std::string(name) + "=" + value;
    };
    if (s.site >= 0) add("site", d.sites[static_cast<std::size_t>(s.site)]);
    if (s.tier >= 0) add("tier", d.tiers[static_cast<std::size_t>(s.tier)]);
    const auto kind = static_cast<std::size_t>(s.velocity);
    const std::size_t decision = kind - d.classes.size(), role = decision - kDecisionNames.size();
    if (s.velocity >= 0) {
        if (kind < d.classes.size()) {
            add("class", d.classes[kind]);
        } else if (decision < kDecisionNames.size()) {
            add("decision", kDecisionNames[decision]);
        } else if (decision >= kKinds) {
            add("carrier", d.carriers[decision - kKinds]);
        } else if (role >= kRoleNames.size()) {
            add("interface", kInterfaceNames[role - kRoleNames.size()]);
        } else {
            add("role", kRoleNames[role]);
        }
    }
    const auto phase = static_cast<std::size_t>(s.phase);
    if (s.phase >= 0 && phase < d.phases.size()) add("phase", d.phases[phase].name);
    if (s.phase >= 0 && phase >= d.phases.size()) add("moment", d.moments[phase - d.phases.size()]);
    return text.empty() ? "all" : text;
}

}  // namespace

std::vector<Row> kpi_rows(const Dimensions& d) {
    std::vector<Row> rows;
    for_each_row(d, [&](const KpiInfo& k, const Slice& s) { rows.push_back({std::string(k.id), s, label(d, s)}); });
    return rows;
}

std::vector<std::string> series_names() {
    return {"lines_ordered",          "units_ordered", "units_filled_first", "units_on_hand",  "units_on_record",
            "seasonal_units_on_hand", "open_lines",    "past_due_lines",     "overtime_hours", "lines_picked",
            "straight_hours",         "busy_hours",    "hours_out",          "planner_queue",  "replenishment_units",
            "staged_orders",          "carrier_taken", "carrier_capacity"};
}

}  // namespace entrepot::results

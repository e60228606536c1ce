#include <algorithm>
#include <cmath>

#include "results/report/figures.hpp"
#include "results/report/page.hpp"
#include "results/report/shared_scorecard.hpp"
#include "results/report/slices.hpp"

/// What the strategies do to each function, and who decides under them.
namespace entrepot::results {

using kainjow::mustache::data;
using List = std::vector<data>;

namespace {

/// "+3.4 %": a change as a share of the comparator's value.
std::string change_text(double share) {
    const double percents = 100 * share;
    return fmt::format("{:+.{}f} %", percents, std::abs(percents) < 9.95 ? 1 : 0);
}

std::string words(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

/// "S0, S1 and S4".
std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    }
    return text;
}

bool is_told(const SharedScorecard& card, std::size_t strategy, const KpiInfo* kpi) {
    return std::ranges::any_of(card.conflicts,
                               [&](const auto& one) { return one.strategy == strategy && one.lost == kpi; });
}

template <std::size_t n>
List marks(const std::array<bool, n>& may) {
    List cells;
    for (std::size_t role = 0; role < n; ++role) {
        data cell("role", words(kRoleNames[role]));
        cell.set("mark", may[role] ? "\u25CF" : "");
        cells.push_back(cell);
    }
    return cells;
}

List texts(const std::vector<std::string>& all) {
    List list;
    for (const std::string& text : all) list.push_back(data("text", text));
    return list;
}

List rows_of(const Governed& governed) {
    List rows;
    for (std::size_t kind = 0; kind < kDecisionNames.size(); ++kind) {
        const Governed::Decision& decision = governed.decisions[kind];
        data row("name", words(kDecisionNames[kind]));
        row.set("cells", marks(decision.may));
        row.set("guardrails", texts(decision.guardrails));
        row.set("approvals", texts(decision.approvals));
        rows.push_back(row);
    }
    data overriding("name", "override a recommendation");
    overriding.set("cells", marks(governed.may_override));
    rows.push_back(overriding);
    return rows;
}

}  // namespace

void ReportPage::add_shared_scorecard() {
    const bool several = study_.strategies.size() > 1;
    page_.set("has_shared", several);
    if (!several) return;
    const SharedScorecard card = shared_scorecard(study_, comparison_, options_.most_loss);
    List heads, functions, conflicts;
    for (std::size_t s = 0; s < study_.strategies.size(); ++s) {
        if (s != base_) heads.push_back(data("name", short_name(s)));
    }
    for (const SharedScorecard::Function& function : card.functions) {
        List lines;
        for (const SharedScorecard::Line& line : function.lines) {
            data row("name", std::string(line.kpi->name));
            row.set("about", or_nothing(about(*line.kpi)));
            row.set("before", value_text(*line.kpi, line.base.estimate, currency_));
            List cells;
            for (std::size_t s = 0; s < line.changes.size(); ++s) {
                if (s == base_) continue;
                const auto& change = line.changes[s];
                const std::string flag = is_told(card, s, line.kpi) ? "\u2691 " : "";
                data cell("head", short_name(s));
                cell.set("value", change.share ? flag + change_text(*change.share) : "-");
                cell.set("tone", tone_class(tone_of(change.verdict)));
                cells.push_back(cell);
            }
            row.set("cells", cells);
            lines.push_back(row);
        }
        data one("name", function.name);
        one.set("lines", lines);
        functions.push_back(one);
    }
    for (const SharedScorecard::Conflict& one : card.conflicts) {
        conflicts.push_back(data(
            "sentence",
            fmt::format("{}: {} gains ({} {}), {} loses ({} {}).", short_name(one.strategy), one.gains,
                        one.gained->name, change_text(one.gain), one.loses, one.lost->name, change_text(one.loss))));
    }
    page_.set("shared_heads", heads);
    page_.set("shared_columns", std::to_string(heads.size() + 2));
    page_.set("functions", functions);
    page_.set("conflicts", conflicts);
    page_.set("has_conflicts", !conflicts.empty());
    page_.set("most_loss", fmt::format("{:g} %", 100 * options_.most_loss));
}

/// Strategies that are governed alike share a table.
void ReportPage::add_governance() {
    const std::vector<Governed>& all = options_.governance;
    page_.set("has_governance", !all.empty());
    std::vector<bool> shown(all.size(), false);
    List groups;
    for (std::size_t first = 0; first < all.size(); ++first) {
        if (shown[first]) continue;
        std::vector<std::string> names;
        for (std::size_t s = first; s < all.size(); ++s) {
            if (shown[s] || !(all[s] == all[first])) continue;
            shown[s] = true;
            names.push_back(names.empty() && first == s ? strategy_text(study_, s) : short_name(s));
        }
        data group("names", listed(names));
        group.set("decisions", rows_of(all[first]));
        groups.push_back(group);
    }
    List roles;
    for (const char* role : kRoleNames) roles.push_back(data("name", words(role)));
    page_.set("roles", roles);
    page_.set("governance", groups);
}

}  // namespace entrepot::results

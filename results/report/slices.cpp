#include "results/report/slices.hpp"

#include <string>

#include <fmt/format.h>

#include "results/comparison/places.hpp"
#include "results/report/figures.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

namespace {

using kainjow::mustache::data;
using List = std::vector<data>;

/// One strategy's KPIs by parts of the network and the window, with the differences to the comparator.
class SliceTables {
public:
    SliceTables(const Study& study, const Comparison& comparison, std::optional<std::size_t> proposed)
        : study_(study), comparison_(comparison), base_(comparison.comparator), proposed_(proposed) {}

    List all() const;

private:
    struct Column {
        std::string name;
        Kpi kpi;
        Slice slice;  ///< besides the line's own part
    };
    struct Lines {
        std::vector<std::string> names, abouts;
        int Slice::*member;  ///< by which they differ
    };
    data table(const std::string& title, const char* kind, const std::string& about, const Lines& lines,
               const std::vector<Column>& columns) const;
    data cell(const Column& column, const Slice& slice) const;
    static std::vector<Column> kpi_columns(const std::vector<Kpi>& kpis);
    std::string phase_text(const Phase& phase) const;
    std::string of_window() const;
    data by_phase() const;
    data by_tier() const;
    data by_site() const;
    data by_site_and_phase(Kpi kpi) const;

    const Study& study_;
    const Comparison& comparison_;
    std::size_t base_;
    std::optional<std::size_t> proposed_;
};

data SliceTables::cell(const Column& column, const Slice& slice) const {
    data shown("head", column.name);
    shown.set("value", "-");
    shown.set("difference", false);
    const ComparedRow* row = comparison_.find(column.kpi, slice);
    if (!row) return shown;
    const Compared& c = row->strategies[proposed_.value_or(base_)];
    if (c.value.has_estimate) shown.set("value", value_text(*row->kpi, c.value.estimate, study_.dimensions.currency));
    if (!proposed_ || !c.difference.has_estimate) return shown;
    data difference;
    difference.set("difference", c.verdict == Verdict::identical
                                     ? "the same"
                                     : difference_text(*row->kpi, c.difference.estimate, study_.dimensions.currency));
    difference.set("tone", tone_class(tone_of(c.verdict)));
    shown.set("difference", difference);
    return shown;
}

data SliceTables::table(const std::string& title, const char* kind, const std::string& about, const Lines& lines,
                        const std::vector<Column>& columns) const {
    List heads, rows;
    for (const Column& column : columns) heads.push_back(data("name", column.name));
    for (std::size_t i = 0; i < lines.names.size(); ++i) {
        List cells;
        for (const Column& column : columns) {
            Slice slice = column.slice;
            slice.*lines.member = static_cast<int>(i);
            cells.push_back(cell(column, slice));
        }
        data row("name", lines.names[i]);
        row.set("about", or_nothing(i < lines.abouts.size() ? lines.abouts[i] : ""));
        row.set("cells", cells);
        rows.push_back(row);
    }
    data all("title", title);
    all.set("kind", kind);
    all.set("heads", heads);
    all.set("lines", rows);
    all.set("explanation",
            (proposed_ ? fmt::format("{}, and its difference to {}; grey can't be told from chance, corrected for the "
                                     "many rows. ",
                                     study_.strategies[*proposed_], study_.strategies[base_])
                       : study_.strategies[base_] + ". ") +
                about);
    return all;
}

std::vector<SliceTables::Column> SliceTables::kpi_columns(const std::vector<Kpi>& kpis) {
    std::vector<Column> columns;
    for (const Kpi kpi : kpis) columns.push_back({std::string(info(kpi).name), kpi, {}});
    return columns;
}

/// "spike, days 40 to 95": days count from the start of the measured window.
std::string SliceTables::phase_text(const Phase& phase) const {
    const int first = study_.dimensions.first_day;
    return fmt::format("{}, days {} to {}", phase.name, phase.first_day - first, phase.end_day - first);
}

data SliceTables::by_phase() const {
    Lines lines{.names = {}, .abouts = {}, .member = &Slice::phase};
    for (const Phase& phase : study_.dimensions.phases) lines.names.push_back(phase_text(phase));
    return table("By phase", "Phase",
                 "Days count from the start of the measured window; sums of money are of the phase's days.", lines,
                 kpi_columns({Kpi::unit_fill, Kpi::otif, Kpi::stockout_rate, Kpi::lost_margin, Kpi::expedite_cost,
                              Kpi::penalties, Kpi::overtime_cost}));
}

data SliceTables::by_tier() const {
    const Dimensions& d = study_.dimensions;
    Lines lines{.names = {}, .abouts = {}, .member = &Slice::tier};
    for (std::size_t t = 0; t < d.tiers.size(); ++t) {
        lines.names.push_back(tier_text(d, t));
        lines.abouts.push_back(t < d.tier_captions.size() ? d.tier_captions[t].description : "");
    }
    std::vector<Kpi> kpis{Kpi::unit_fill,   Kpi::otif,          Kpi::promise_accuracy,
                          Kpi::lost_margin, Kpi::expedite_cost, Kpi::penalties};
    if (comparison_.find(Kpi::otif_over_target)) kpis.insert(kpis.begin() + 2, Kpi::otif_over_target);
    return table("By customer tier", "Tier", of_window(), lines, kpi_columns(kpis));
}

data SliceTables::by_site() const {
    const Dimensions& d = study_.dimensions;
    Lines lines{.names = {}, .abouts = {}, .member = &Slice::site};
    for (std::size_t s = 0; s < d.sites.size(); ++s) {
        lines.names.push_back(site_text(d, s));
        lines.abouts.push_back(s < d.site_captions.size() ? d.site_captions[s].description : "");
    }
    return table("By warehouse", "Warehouse", of_window(), lines,
                 kpi_columns({Kpi::unit_fill, Kpi::otif, Kpi::stockout_rate, Kpi::turns, Kpi::lost_margin,
                              Kpi::expedite_cost, Kpi::overtime_cost}));
}

data SliceTables::by_site_and_phase(Kpi kpi) const {
    const Dimensions& d = study_.dimensions;
    Lines lines{.names = {}, .abouts = {}, .member = &Slice::site};
    for (std::size_t s = 0; s < d.sites.size(); ++s) lines.names.push_back(site_text(d, s));
    std::vector<Column> columns;
    for (std::size_t p = 0; p < d.phases.size(); ++p)
        columns.push_back({phase_text(d.phases[p]), kpi, Slice{.phase = static_cast<int>(p)}});
    return table(fmt::format("{} by warehouse and phase", info(kpi).name), "Warehouse", "", lines, columns);
}

/// Which days sums of money are of.
std::string SliceTables::of_window() const {
    return fmt::format("Sums of money are of the {} days measured.", study_.dimensions.measured_days());
}

List SliceTables::all() const {
    const Dimensions& d = study_.dimensions;
    List tables;
    if (d.phases.size() > 1) tables.push_back(by_phase());
    if (!d.tiers.empty()) tables.push_back(by_tier());
    if (!d.sites.empty()) tables.push_back(by_site());
    if (!d.sites.empty() && d.phases.size() > 1) {
        for (const Kpi kpi : {Kpi::otif, Kpi::line_fill, Kpi::backlog}) tables.push_back(by_site_and_phase(kpi));
    }
    return tables;
}

}  // namespace

data or_nothing(const std::string& text) { return text.empty() ? data(false) : data(text); }

List slice_tables(const Study& study, const Comparison& comparison, std::optional<std::size_t> proposed) {
    return SliceTables(study, comparison, proposed).all();
}

}  // namespace entrepot::results

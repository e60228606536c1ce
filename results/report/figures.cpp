#include "results/report/figures.hpp"

#include <cmath>

#include <fmt/format.h>

#include "results/charts/palette.hpp"
#include "results/report/findings.hpp"
#include "results/text/days.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

namespace {

charts::Estimate estimate_of(const Interval& interval, double factor, charts::Tone tone) {
    charts::Estimate e{interval.has_estimate, interval.has_interval,  interval.estimate * factor,
                       interval.low * factor, interval.high * factor, tone};
    if (e.low > e.high) std::swap(e.low, e.high);
    return e;
}

std::string money_note(const Interval& interval, const Notation& money) {
    if (!interval.has_estimate) return "not available";
    return money.value(interval);
}

Interval shifted(Interval interval, double factor, double by) {
    interval.estimate = interval.estimate * factor + by;
    interval.low = interval.low * factor + by;
    interval.high = interval.high * factor + by;
    return interval;
}

Interval exact(double value) { return {.estimate = value, .has_estimate = true}; }

}  // namespace

charts::Tone tone_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::better:
            return charts::Tone::good;
        case Verdict::worse:
            return charts::Tone::bad;
        case Verdict::different:
            return charts::Tone::other;
        default:
            return charts::Tone::unclear;
    }
}

const char* tone_class(charts::Tone tone) {
    switch (tone) {
        case charts::Tone::good:
            return "good";
        case charts::Tone::bad:
            return "bad";
        case charts::Tone::other:
            return "other";
        case charts::Tone::unclear:
            return "unclear";
    }
    return "";
}

charts::Waterfall benefit_waterfall(const Study& study, const Roi& roi, std::size_t strategy) {
    using Kind = charts::Waterfall::Kind;
    const StrategyRoi& r = roi.strategies[strategy];
    Numbers numbers;
    for (const BenefitLine& line : r.lines) numbers.take(line.annual);
    numbers.take(r.annual_benefit);
    numbers.take(r.yearly_cost);
    const Notation money = Notation::money(numbers, study.dimensions.currency);
    charts::Waterfall chart;
    chart.description = fmt::format(
        "Yearly benefits of {} over the comparator, line by line, then risk adjustment and running cost, to the net "
        "benefit a year.",
        study.strategies[strategy]);
    chart.measure.currency = study.dimensions.currency;
    const auto add = [&](const std::string& name, Kind kind, const Interval& amount, bool marked = false) {
        chart.bars.push_back(
            {name, kind, estimate_of(amount, 1, charts::Tone::other), marked, money_note(amount, money)});
    };
    for (const BenefitLine& line : r.lines) {
        add(line.name, Kind::step, line.annual, line.labour);
        if (line.labour) chart.mark_name = "labour, all that a generic case counts";
    }
    add("Benefit a year", Kind::total, r.annual_benefit);
    // A gain is lowered, a loss raised.
    const double kept = r.annual_benefit.estimate > 0 ? 1 - roi.inputs.benefit_risk : 1 + roi.inputs.benefit_risk;
    if (kept != 1) add("Risk adjustment", Kind::step, exact((kept - 1) * r.annual_benefit.estimate));
    if (r.yearly_cost != 0) add("Running cost", Kind::step, exact(-r.yearly_cost));
    if (kept != 1 || r.yearly_cost != 0)
        add("Net a year", Kind::total, shifted(r.annual_benefit, kept, -r.yearly_cost));
    return chart;
}

bool has_scale(const ComparedRow& row, std::size_t comparator) {
    const Interval& base = row.strategies[comparator].value;
    return base.has_estimate && base.estimate != 0;
}

charts::IntervalChart kpi_chart(const Study& study, const Comparison& comparison,
                                const std::vector<std::size_t>& strategies) {
    const std::string& currency = study.dimensions.currency;
    charts::IntervalChart chart;
    chart.description =
        "Change of each headline KPI against the comparator, as a share of the comparator's value, with 95 % "
        "intervals. Right of zero is better; grey is not distinguishable.";
    for (const std::size_t s : strategies) chart.columns.push_back(strategy_text(study, s));
    for (const ComparedRow& row : comparison.rows) {
        if (!row.kpi->headline || !row.row.slice.is_total() || row.kpi->better == Better::neither) continue;
        if (!has_scale(row, comparison.comparator)) continue;
        const Interval& base = row.strategies[comparison.comparator].value;
        const double factor = (row.kpi->better == Better::higher ? 1 : -1) / std::abs(base.estimate);
        charts::IntervalChart::Row shown{std::string(row.kpi->name), {}, ""};
        for (const std::size_t s : strategies) {
            const Compared& c = row.strategies[s];
            shown.estimates.push_back(estimate_of(c.difference, factor, tone_of(c.verdict)));
            Numbers numbers;
            numbers.take(c.difference);
            if (c.difference.has_estimate)
                shown.note = Notation::kpi(*row.kpi, numbers, currency).difference(c.difference);
        }
        chart.rows.push_back(std::move(shown));
    }
    return chart;
}

std::optional<charts::SmallMultiples> site_days(const Study& study, const std::vector<std::size_t>& strategies,
                                                std::size_t site) {
    const DailySeries days(study);
    if (!days.has_fill()) return std::nullopt;
    const Days calendar(study.dimensions);
    charts::SmallMultiples chart;
    chart.description = fmt::format(
        "Seven-day means in the measured window at warehouse {}: medians over the replications and the bands between "
        "their 10 % and 90 % quantiles, by strategy.",
        study.dimensions.sites[site]);
    const auto panel = [&](const std::string& title, const charts::Measure& measure, bool from_zero, auto&& band_of) {
        charts::LineChart lines{
            .title = title, .measure = measure, .x_title = "day", .first_x = 0, .from_zero = from_zero};
        for (std::size_t i = 0; i < strategies.size(); ++i) {
            DailyBand band = band_of(strategies[i]);
            const charts::Colour colour = i == 0 ? charts::kInk : charts::series_colour(i - 1);
            lines.series.push_back({strategy_text(study, strategies[i]), colour, band.median, band.low, band.high});
        }
        for (std::size_t p = 0; p < study.dimensions.phases.size(); ++p) {
            const Phase& phase = study.dimensions.phases[p];
            lines.spans.push_back({phase.name, static_cast<double>(calendar.of(phase.first_day)),
                                   static_cast<double>(calendar.of(phase.end_day)), p % 2 == 1});
        }
        lines.x_note = [calendar](double day) { return calendar.short_date(static_cast<int>(day)); };
        chart.panels.push_back(std::move(lines));
    };
    panel("First-pass unit fill", {charts::Quantity::share}, false,
          [&](std::size_t s) { return days.fill_band(s, site); });
    const auto plain = [&](const std::string& series, const std::string& title, const std::string& unit) {
        if (!days.has(series)) return;
        panel(title, {.unit = unit}, true, [&](std::size_t s) { return days.band(series, s, site); });
    };
    plain("open_lines", "Open order lines", "");
    plain("units_on_hand", "Units on hand", "");
    plain("overtime_hours", "Overtime", "hours a day");
    return chart;
}

}  // namespace entrepot::results

#include "scenarios/arrange.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/check.hpp"

namespace entrepot::scenarios {

namespace {

constexpr const char* kPeriodName[] = {"days", "weeks", "months"};

class Arranger {
public:
    Arranger(const Record& record, Scenario& scenario, const Tree& tree, Problems& problems, Recording& recording)
        : record_(record), scenario_(scenario), tree_(tree), problems_(problems), recording_(recording) {}

    bool run() {
        const std::size_t before = problems_.size();
        if (!arrange_dates()) return false;
        fit_calendar();
        return problems_.size() == before && arrange_items();
    }

private:
    void refuse(const std::vector<std::string>& path, std::string message) {
        problems_.push_back(at(tree_, path, std::move(message)));
    }
    void refuse_file(std::string message) { problems_.push_back({record_.file, 0, 0, "", std::move(message)}); }

    /// Dates become periods.
    bool arrange_dates() {
        if (record_.rows.empty()) return false;
        const std::vector<double> starts = period_starts(record_.dates, recording_.rows);
        if (starts.back() - starts.front() > kMostDays) {
            refuse_file(
                fmt::format("got a span of {} days, want at most {}", starts.back() - starts.front(), kMostDays));
            return false;
        }
        recording_.first_date = starts.front();
        for (const double start : starts) recording_.starts.push_back(static_cast<int>(start - starts.front()));
        return true;
    }

    int period_of(double date) const {
        const auto day = static_cast<int>(date - recording_.first_date);
        const auto after = std::upper_bound(recording_.starts.begin(), recording_.starts.end(), day);
        return static_cast<int>(after - recording_.starts.begin()) - 1;
    }

    /// The run begins with a period of the record and ends within it.
    void fit_calendar() {
        CalendarPart& calendar = scenario_.calendar;
        if (!calendar.start) calendar.start = recording_.first_date;
        const auto begins = static_cast<int>(*calendar.start - recording_.first_date);
        const auto found = std::find(recording_.starts.begin(), recording_.starts.end() - 1, begins);
        if (found == recording_.starts.end() - 1) {
            return refuse(
                {"calendar", "start"},
                fmt::format("got {}, want the first day of one of the {} in {}, from {} to {}, or \"none\" to take the "
                            "first",
                            date_text(*calendar.start), kPeriodName[static_cast<int>(recording_.rows)], record_.file,
                            date_text(recording_.first_date),
                            date_text(recording_.first_date + *(recording_.starts.end() - 2))));
        }
        recording_.run_from = static_cast<int>(found - recording_.starts.begin());
        const int total = calendar.warmup_days + calendar.measure_days + calendar.cooldown_days;
        const int recorded = recording_.starts.back() - begins;
        if (total > recorded) {
            refuse({"calendar"},
                   fmt::format(
                       "got warmup, measure and cooldown of {} d, want at most the {} d in {}, which ends with {}",
                       total, recorded, record_.file, date_text(recording_.first_date + recording_.starts.back() - 1)));
        }
    }

    /// What was known on day 0.
    void find_known() {
        const auto& starts = recording_.starts;
        const int warmup = recording_.run_from > 0 ? 0 : scenario_.calendar.warmup_days;
        const int end = starts[static_cast<std::size_t>(recording_.run_from)] + warmup;
        recording_.known = static_cast<int>(std::upper_bound(starts.begin(), starts.end(), end) - starts.begin()) - 1;
        const int first = recording_.cells.front().period;
        if (first < recording_.known) return;
        constexpr int kFewWeeks = 28;
        recording_.knows_the_measured = true;
        recording_.known = first + 1;
        while (recording_.known < recording_.periods() && recording_.known_days() < starts[first + 0UL] + kFewWeeks) {
            ++recording_.known;
        }
    }

    /// Names become positions, rows of one cell add up, money becomes prices.
    bool arrange_items() {
        if (record_.names.size() * scenario_.sites.size() > kMostLocations) {
            refuse_file(
                fmt::format("got {} items, want at most {} items x sites", record_.names.size(), kMostLocations));
            return false;
        }
        std::vector<RecordRow> rows;
        rows.reserve(record_.rows.size());
        std::ranges::copy_if(record_.rows, std::back_inserter(rows),
                             [](const RecordRow& row) { return row.units > 0; });
        for (RecordRow& row : rows) row.date = period_of(row.date);
        const auto cell = [](const RecordRow& row) { return std::tuple(row.date, row.site, row.item); };
        std::ranges::sort(rows, {}, cell);
        for (auto row = rows.begin(); row != rows.end();) {
            const RecordRow& first = *row;
            double units = 0;
            for (; row != rows.end() && cell(*row) == cell(first); ++row) units += row->units;
            if (units > 1e9) {
                refuse_file(fmt::format("got {} units of {} in one period, want at most a thousand million", units,
                                        record_.names[first.item]));
                return false;
            }
            recording_.cells.push_back(
                {static_cast<int>(first.date), first.site, first.item, static_cast<models::Units>(units)});
        }
        if (recording_.cells.empty()) {
            refuse_file("got no units at all, want some demand");
            return false;
        }
        find_known();
        order_items();
        return true;
    }

    /// Items by falling known volume; equal ones by name, so that the order says nothing of what comes later.
    void order_items() {
        const double known_until = recording_.first_date + recording_.known_days();
        const Sold before = sold(record_, known_until), whole = sold(record_, kForever);
        std::vector<std::size_t> order(record_.names.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return std::tuple(-before.units[a], record_.names[a]) < std::tuple(-before.units[b], record_.names[b]);
        });
        std::vector<std::size_t> position(order.size());
        const auto price_of = [&](const Sold& of, std::size_t i) -> std::optional<double> {
            if (of.priced[i] > 0) return of.money[i] / of.priced[i];
            return record_.prices.mean(i);
        };
        for (std::size_t i = 0; i < order.size(); ++i) {
            position[order[i]] = i;
            recording_.items.push_back(record_.names[order[i]]);
            recording_.price.push_back(price_of(whole, order[i]));
            recording_.known_price.push_back(before.money[order[i]] > 0 ? price_of(before, order[i]) : std::nullopt);
        }
        for (Recording::Cell& cell : recording_.cells) cell.item = position[cell.item];
        std::ranges::sort(recording_.cells, {},
                          [](const Recording::Cell& cell) { return std::tuple(cell.period, cell.site, cell.item); });
    }

    static constexpr double kForever = 1e9;

    const Record& record_;
    Scenario& scenario_;
    const Tree& tree_;
    Problems& problems_;
    Recording& recording_;
};

}  // namespace

bool arrange(const Record& record, Scenario& scenario, const Tree& tree, Problems& problems, Recording& recording) {
    return Arranger(record, scenario, tree, problems, recording).run();
}

}  // namespace entrepot::scenarios

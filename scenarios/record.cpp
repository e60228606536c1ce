#include "scenarios/record.hpp"

#include <algorithm>
#include <compare>
#include <set>

#include <fmt/format.h>

#include "scenarios/check.hpp"

namespace entrepot::scenarios {

bool PriceList::add(std::size_t item, std::size_t site, double date, double price) {
    return prices_[item][site].try_emplace(date, price).first->second == price;
}

std::optional<double> PriceList::at(std::size_t item, std::size_t site, double date) const {
    const auto of_item = prices_.find(item);
    if (of_item == prices_.end()) return std::nullopt;
    for (const std::size_t place : {site, kEverySite}) {
        const auto by_date = of_item->second.find(place);
        if (by_date == of_item->second.end()) continue;
        const auto after = by_date->second.upper_bound(date);
        if (after != by_date->second.begin()) return std::prev(after)->second;
    }
    return std::nullopt;
}

std::optional<double> PriceList::mean(std::size_t item) const {
    const auto of_item = prices_.find(item);
    if (of_item == prices_.end()) return std::nullopt;
    double sum = 0, count = 0;
    for (const auto& [site, by_date] : of_item->second) {
        for (const auto& [date, price] : by_date) {
            sum += price;
            ++count;
        }
    }
    return sum / count;
}

namespace {

std::optional<double> price_of(const Record& record, const RecordRow& row) {
    return row.price >= 0 ? std::optional(row.price) : record.prices.at(row.item, row.site, row.date);
}

/// "1,234,567", for people.
std::string grouped(double number) {
    std::string text = fmt::format("{:.0f}", number);
    for (auto i = static_cast<int>(text.size()) - 3; i > 0; i -= 3) text.insert(static_cast<std::size_t>(i), 1, ',');
    return text;
}

/// "1 week", "2 weeks".
std::string counted(std::size_t n, std::string plural) {
    if (n == 1) plural.pop_back();
    return fmt::format("{} {}", grouped(static_cast<double>(n)), plural);
}

std::string names(RowsOf rows) { return rows == RowsOf::days ? "days" : rows == RowsOf::weeks ? "weeks" : "months"; }

/// Writes the notes on one record.
class Teller {
public:
    Teller(const Record& record, const Recording& recording, const Scenario& scenario)
        : record_(record), recording_(recording), scenario_(scenario) {
        cells_.reserve(record.rows.size());
        for (const RecordRow& row : record.rows) {
            const std::optional<double> price = price_of(record, row);
            units_ += row.units;
            rows_for_nothing_ += row.units > 0 && price && *price == 0;
            money_ += price ? row.units * *price : 0;
            unpriced_ += price ? 0 : row.units;
            const auto after = std::upper_bound(recording.starts.begin(), recording.starts.end(),
                                                static_cast<int>(row.date - recording.first_date));
            const auto period = static_cast<int>(after - recording.starts.begin()) - 1;
            periods_of_[row.site].insert(period);
            cells_.push_back({row.item, row.site, period});
        }
        std::sort(cells_.begin(), cells_.end());
        const auto end = std::unique(cells_.begin(), cells_.end());
        added_up_ = static_cast<std::size_t>(cells_.end() - end);
        cells_.erase(end, cells_.end());
    }

    std::vector<std::string> all() {
        what();
        reading();
        repeated();
        gaps();
        gaps_of_items();
        prices();
        horizon();
        known();
        return std::move(notes_);
    }

private:
    template <class... Args>
    void note(fmt::format_string<Args...> text, Args&&... args) {
        notes_.push_back(fmt::format(text, std::forward<Args>(args)...));
    }

    std::string day(int since_first) const { return date_text(recording_.first_date + since_first); }
    std::string span(int from, int to) const { return fmt::format("{} to {}", day(from), day(to - 1)); }
    std::string unit() const { return names(recording_.rows); }

    void what() {
        note("{}: {} from {}, {}; {} of {}; {} units{}{}", record_.file, counted(record_.rows.size(), "rows"),
             span(0, recording_.starts.back()), counted(static_cast<std::size_t>(recording_.periods()), unit()),
             counted(periods_of_.size(), "warehouses"), counted(record_.names.size(), "items"), grouped(units_),
             unpriced_ < units_ ? fmt::format(" for {} {}", grouped(money_), scenario_.currency) : "",
             record_.manner.empty() ? "" : fmt::format("; written with {}", record_.manner));
    }

    void reading() {
        if (recording_.rows == RowsOf::days && !record_.rows_found_out) return;
        const std::string why =
            record_.rows_found_out
                ? fmt::format(", as the dates in {} show; demand.history.rows can say otherwise", record_.date_column)
                : "";
        note("each row stands for a {}{}{}", unit().substr(0, unit().size() - 1),
             recording_.rows == RowsOf::days ? "" : ", and its units are spread over the days", why);
    }

    void repeated() {
        if (added_up_ == 0) return;
        note("{} of a {}, warehouse and item that an earlier row has: they add up", counted(added_up_, "rows"),
             unit().substr(0, unit().size() - 1));
    }

    /// Where a file has no rows nothing was ordered.
    void gaps() {
        std::set<int> all;
        for (const auto& [site, periods] : periods_of_) all.insert(periods.begin(), periods.end());
        missing("no rows at all", all);
        for (std::size_t site = 0; site < record_.sites.size(); ++site) {
            const auto own = periods_of_.find(site);
            if (own == periods_of_.end()) {
                note("no rows of the warehouse {}: nothing is ordered there", record_.sites[site]);
                continue;
            }
            std::set<int> there = own->second;
            for (int period = 0; period < recording_.periods(); ++period) {
                if (!all.contains(period)) there.insert(period);  // told already
            }
            missing(fmt::format("no rows of the warehouse {}", record_.sites[site]), there);
        }
    }

    /// Rows of an item at a warehouse that has others then, told of the first such item alone: of slow movers they are
    /// many.
    void gaps_of_items() {
        std::size_t items = 0, last = record_.names.size();
        std::string first;
        for (auto from = cells_.begin(); from != cells_.end();) {
            const auto end = std::find_if(from, cells_.end(), [&](const Cell& cell) {
                return cell.item != from->item || cell.site != from->site;
            });
            const std::set<int>& open = periods_of_.at(from->site);
            if (static_cast<std::size_t>(end - from) < open.size() && from->item != last) {
                last = from->item;
                if (++items == 1) {
                    std::set<int> there;
                    for (int period = 0; period < recording_.periods(); ++period) {
                        if (!open.contains(period)) there.insert(period);  // told already
                    }
                    for (auto cell = from; cell != end; ++cell) there.insert(cell->period);
                    first = fmt::format("{} at {} in {}", record_.names[from->item], record_.sites[from->site],
                                        missing_spans(there));
                }
            }
            from = end;
        }
        if (items == 0) return;
        note("no rows of {} of {} at a warehouse that has others then: first {}", grouped(static_cast<double>(items)),
             counted(record_.names.size(), "items"), first);
    }

    void missing(const std::string& what, const std::set<int>& there) {
        const std::string spans = missing_spans(there);
        if (!spans.empty()) note("{} in {}", what, spans);
    }

    /// "2 of 6 weeks, where nothing is ordered then: 2026-01-19 to 2026-01-26"
    std::string missing_spans(const std::set<int>& there) const {
        std::vector<std::string> spans;
        std::size_t count = 0;
        for (int period = 0; period < recording_.periods(); ++period) {
            if (there.contains(period)) continue;
            int end = period;
            while (end < recording_.periods() && !there.contains(end)) ++end;
            count += static_cast<std::size_t>(end - period);
            const std::string first = day(recording_.starts[static_cast<std::size_t>(period)]);
            const std::string last = day(recording_.starts[static_cast<std::size_t>(end - 1)]);
            spans.push_back(first == last ? first : fmt::format("{} to {}", first, last));
            period = end;
        }
        if (count == 0) return "";
        constexpr std::size_t kMost = 8;
        const std::size_t more = spans.size() > kMost ? spans.size() - kMost : 0;
        spans.resize(spans.size() - more);
        return fmt::format("{} of {}, where nothing is ordered then: {}{}", grouped(static_cast<double>(count)),
                           counted(static_cast<std::size_t>(recording_.periods()), unit()), fmt::join(spans, ", "),
                           more > 0 ? fmt::format(" and {} more", counted(more, "spans")) : "");
    }

    void prices() {
        std::size_t none = 0;
        for (const auto& price : recording_.price) none += !price;
        if (none == recording_.price.size()) {
            return note("no prices: every item is sold at demand.history.default_price");
        }
        if (none > 0) note("{} without a price, sold at demand.history.default_price", counted(none, "items"));
        if (unpriced_ > 0) {
            note("{} units without a price of their own, sold at their item's mean, or the default price",
                 grouped(unpriced_));
        }
        if (rows_for_nothing_ > 0) {
            note("{} with a price of 0: they count as sold for nothing; leave a price empty where it is not known",
                 counted(rows_for_nothing_, "rows"));
        }
    }

    void horizon() {
        const CalendarPart& calendar = scenario_.calendar;
        const int from = recording_.starts[static_cast<std::size_t>(recording_.run_from)];
        const int days = calendar.warmup_days + calendar.measure_days + calendar.cooldown_days;
        if (from == 0 && days == recording_.starts.back()) return;
        note("the run takes {} of the {} days, from {}", days, recording_.starts.back(), span(from, from + days));
    }

    void known() {
        const std::string what = "what is known on day 0 (usual demand, classes, seasons, opening stock)";
        if (recording_.knows_the_measured) {
            note(
                "{} comes from {}, part of which is measured: there is no demand before. A longer warm-up or a later "
                "calendar.start leaves some",
                what, span(0, recording_.known_days()));
        } else {
            note("{} comes from {}, {}", what, span(0, recording_.known_days()),
                 recording_.run_from > 0 ? "before the run" : "the warm-up");
        }
    }

    const Record& record_;
    const Recording& recording_;
    const Scenario& scenario_;
    struct Cell {
        std::uint32_t item, site;
        int period;
        auto operator<=>(const Cell&) const = default;
    };
    std::vector<Cell> cells_;                          ///< those with rows, each once, sorted
    std::map<std::size_t, std::set<int>> periods_of_;  ///< those with rows, by site
    double units_ = 0, money_ = 0, unpriced_ = 0;
    std::size_t rows_for_nothing_ = 0, added_up_ = 0;
    std::vector<std::string> notes_;
};

}  // namespace

Sold sold(const Record& record, double before) {
    Sold sold;
    for (auto* sums : {&sold.money, &sold.priced, &sold.units}) sums->assign(record.names.size(), 0);
    for (const RecordRow& row : record.rows) {
        if (row.date >= before) continue;
        sold.units[row.item] += row.units;
        const std::optional<double> price = price_of(record, row);
        if (!price) continue;
        sold.priced[row.item] += row.units;
        sold.money[row.item] += row.units * *price;
    }
    return sold;
}

std::vector<std::string> notes_of(const Record& record, const Recording& recording, const Scenario& scenario) {
    return Teller(record, recording, scenario).all();
}

}  // namespace entrepot::scenarios

#include "scenarios/history.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/check.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/record.hpp"

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

/// A file that a key names, found from the folder of the file in which the key stands.
fs::path data_file(const Tree& tree, const std::vector<std::string>& path, const std::string& file) {
    const Node* node = &tree.root;
    for (const std::string& key : path) node = node ? node->find(key) : nullptr;
    return node ? tree.folders[static_cast<std::size_t>(node->origin.file)] / file : fs::path(file);
}

std::string shown(const fs::path& path) { return path.lexically_normal().generic_string(); }

/// What a record's rows may stand for, in the order of the key's choices after "auto".
constexpr RowsOf kRowsOf[] = {RowsOf::days, RowsOf::weeks, RowsOf::months};
constexpr const char* kPeriodName[] = {"days", "weeks", "months"};

class RecordingReader {
public:
    RecordingReader(Scenario& scenario, const Tree& tree, std::vector<Problem>& problems)
        : scenario_(scenario), history_(*scenario.demand.history), tree_(tree), problems_(problems) {}

    std::optional<Recording> read(std::vector<std::string>& notes) {
        const std::size_t before = problems_.size();
        if (history_.file.empty()) {
            refuse({"demand", "history", "file"}, "got no file, want the name of a CSV file");
            return std::nullopt;
        }
        name_sites();
        read_demand();
        if (!history_.price_file.empty()) read_prices();
        if (problems_.size() > before || !arrange_dates()) return std::nullopt;
        fit_calendar();
        if (problems_.size() > before || !arrange_items()) return std::nullopt;
        notes = notes_of(record_, recording_, scenario_);
        return std::move(recording_);
    }

private:
    enum Column : std::size_t { kDate, kSite, kItem, kUnits, kPrice };

    void refuse(const std::vector<std::string>& path, std::string message) {
        problems_.push_back(at(tree_, path, std::move(message)));
    }
    void refuse_file(std::string path, std::string message) {
        problems_.push_back({record_.file, 0, 0, std::move(path), std::move(message)});
    }

    /// What each site is called in the file.
    void name_sites() {
        for (const auto& [name, part] : scenario_.sites) {
            record_.sites.push_back(part.history_name.empty() ? name : part.history_name);
        }
        if (history_.sites.empty()) return;
        if (history_.sites.size() != record_.sites.size()) {
            return refuse({"demand", "history", "sites"},
                          fmt::format("got a list of {}, want a list of {}: one name for each site",
                                      history_.sites.size(), record_.sites.size()));
        }
        record_.sites = history_.sites;
    }

    /// A column by the name that the scenario gives it, or by its usual ones.
    static CsvFile::Wanted column(const char* role, const std::string& given, std::vector<std::string> usual,
                                  bool required = true) {
        if (!given.empty()) return {{given}, true, ": a header of its own"};
        const std::string choose = fmt::format(": name it by demand.history.columns.{}", role);
        return {std::move(usual), required, choose};
    }

    std::vector<CsvFile::Wanted> columns(bool of_prices) const {
        const HistoryColumns& c = history_.columns;
        // Of one warehouse the file need not name it.
        const bool needs_site = !of_prices && scenario_.sites.size() > 1;
        std::vector<CsvFile::Wanted> all{
            column("date", c.date, {"week_start", "week", "date", "day", "month"}, !of_prices),
            column("warehouse", c.warehouse, {"warehouse", "site"}, needs_site),
            column("item", c.item, {"item", "product", "sku"}),
            column("units", c.units, {"units", "quantity"}, !of_prices),
            column("price", c.price, {"price"}, of_prices)};
        // A name that is given holds for the file of the demand; that of the prices may have fewer columns.
        for (const Column of : {kDate, kSite, kUnits}) {
            if (of_prices) all[of].required = false;
        }
        if (!of_prices && !history_.price_file.empty()) all[kPrice].required = false;
        return all;
    }

    void learn_numbers(CsvFile& csv, const std::vector<std::size_t>& numbers) const {
        const Decimal known = history_.decimal == 0   ? Decimal::unknown
                              : history_.decimal == 1 ? Decimal::point
                                                      : Decimal::comma;
        csv.learn_numbers(numbers, known, scenario_.currency, "say demand.history.decimal = \"point\" or \"comma\"");
    }

    /// The row's site, or nothing and a problem.
    std::optional<std::size_t> site_of(CsvFile& csv, const CsvFile::Row& row, std::set<std::string>& told) {
        if (!csv.has(kSite)) return 0;
        const std::string& site = csv.text(row, kSite);
        const auto known = std::find(record_.sites.begin(), record_.sites.end(), site);
        if (known != record_.sites.end()) return known - record_.sites.begin();
        if (told.insert(site).second) {  // once for each name is enough
            csv.refuse(row, kSite,
                       fmt::format("one of {}{}", fmt::join(record_.sites, ", "), told.size() == 1 ? advice(csv) : ""));
        }
        return std::nullopt;
    }

    void read_demand() {
        const fs::path path = data_file(tree_, {"demand", "history", "file"}, history_.file);
        record_.file = shown(path);
        const std::size_t before = problems_.size();
        CsvFile csv(path, record_.file, problems_);
        if (!csv.find(columns(false))) return csv.finish();
        if (csv.has(kPrice) && !history_.price_file.empty()) {
            csv.refuse_column(kPrice, "got prices beside demand.history.price_file, want one or the other");
        }
        learn_numbers(csv, {kUnits, kPrice});
        recording_.digest = csv.digest();
        std::set<std::string> told;
        std::set<RecordDate::Of> of;
        for (const CsvFile::Row& row : csv.rows()) {
            const auto date = csv.date(row, kDate);
            const auto units = csv.number(row, kUnits, true);
            const auto site = site_of(csv, row, told);
            const std::string& item = csv.text(row, kItem);
            if (item.empty()) csv.refuse(row, kItem, "the name of an item");
            std::optional<double> price;
            if (csv.has(kPrice) && !csv.text(row, kPrice).empty()) price = csv.number(row, kPrice, false);
            if (!date || !units || !site || item.empty()) continue;
            of.insert(date->of);
            record_.rows.push_back({date->day, *site, number_of(item), *units, price});
            ++record_.dates[date->day];
        }
        csv.finish();
        if (csv.rows().empty() && problems_.size() == before) {
            refuse_file("", "got a header alone, want rows of demand");
        }
        record_.manner = csv.manner();
        record_.date_column = csv.name_of(kDate);
        if (!record_.dates.empty() && no_stray(csv)) find_rows(csv, of);
    }

    std::size_t number_of(const std::string& item) {
        const auto [known, fresh] = numbers_.try_emplace(item, record_.names.size());
        if (fresh) record_.names.push_back(item);
        return known->second;
    }

    /// What to do about a file whose warehouses have other names.
    static std::string advice(const CsvFile& csv) {
        std::vector<std::string> names;
        for (const CsvFile::Row& row : csv.rows()) {
            const std::string& name = csv.text(row, kSite);
            if (names.size() <= 12 && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
        const bool more = names.size() > 12;
        if (more) names.back() = "...";
        return fmt::format(
            "; the file has {}: name them by demand.history.sites in the order of the sites, or by "
            "site.NAME.history_name",
            fmt::join(names, ", "));
    }

    /// A date that is years away would make the record years long.
    bool no_stray(CsvFile& csv) {
        const auto date = stray(record_.dates);
        if (!date) return true;
        DatesWithRows others = record_.dates;
        others.erase(*date);
        csv.refuse(
            row_of(csv, *date), kDate,
            fmt::format("a date near the others, which go from {} to {}: is it a slip? (where nothing was ordered for "
                        "so long, say it by rows of 0 units)",
                        date_text(others.begin()->first), date_text(others.rbegin()->first)));
        return false;
    }

    const CsvFile::Row& row_of(CsvFile& csv, double date) const {
        const auto has = [&](const CsvFile::Row& row) {
            const auto read = parse_record_date(csv.text(row, kDate));
            return read && read->day == date;
        };
        return *std::ranges::find_if(csv.rows(), has);
    }

    /// What the distances of the dates show. Weeks that begin on other days at other warehouses look like days: they
    /// show nothing.
    std::optional<RowsOf> rows_by_dates() const {
        const std::optional<RowsOf> together = rows_by_distance(record_.dates);
        if (together != RowsOf::days) return together;
        std::map<std::size_t, DatesWithRows> by_site;
        for (const RecordRow& row : record_.rows) ++by_site[row.site][row.date];
        const bool days = std::ranges::any_of(by_site, [](const auto& site) {
            return rows_by_distance(site.second).value_or(RowsOf::days) == RowsOf::days;
        });
        return days ? together : std::nullopt;
    }

    /// Whether the rows stand for days, weeks or months.
    void find_rows(CsvFile& csv, const std::set<RecordDate::Of>& of) {
        std::optional<RowsOf> rows;
        const std::string& column = record_.date_column;
        if (history_.rows > 0) {
            rows = kRowsOf[history_.rows - 1];
        } else if (of.size() > 1) {
            rows = std::nullopt;
        } else if (*of.begin() != RecordDate::Of::day) {
            rows = *of.begin() == RecordDate::Of::week ? RowsOf::weeks : RowsOf::months;
        } else if (column.starts_with("week")) {
            rows = RowsOf::weeks;
        } else if (column.starts_with("month")) {
            rows = RowsOf::months;
        } else {
            rows = rows_by_dates();
            record_.rows_found_out = true;
        }
        if (!rows) {
            std::vector<std::string> some;
            for (const auto& [date, count] : record_.dates) {
                if (some.size() < 3) some.push_back(date_text(date));
            }
            return csv.refuse_column(
                kDate,
                fmt::format("got {} dates ({}{}) that may stand for days, weeks or months, want demand.history.rows = "
                            "\"daily\", \"weekly\" or \"monthly\"",
                            record_.dates.size(), fmt::join(some, ", "), record_.dates.size() > 3 ? ", ..." : ""));
        }
        recording_.rows = *rows;
        if (*rows != RowsOf::weeks) return;
        const int weekday = usual_weekday(record_.dates);
        for (const auto& [date, count] : record_.dates) {
            if (weekday_of(date) == weekday) continue;
            return csv.refuse(
                row_of(csv, date), kDate,
                fmt::format("weeks that start on one weekday, most of them on a {}; where each row is a day or a "
                            "month, say demand.history.rows = \"daily\" or \"monthly\"",
                            kWeekdays[weekday]));
        }
    }

    void read_prices() {
        const fs::path path = data_file(tree_, {"demand", "history", "price_file"}, history_.price_file);
        CsvFile csv(path, shown(path), problems_);
        if (!csv.find(columns(true))) return csv.finish();
        learn_numbers(csv, {kPrice});
        std::set<std::string> told;
        for (const CsvFile::Row& row : csv.rows()) {
            if (csv.text(row, kPrice).empty()) continue;  // not every week has a price
            const auto price = csv.number(row, kPrice, false);
            const auto date = csv.has(kDate) ? csv.date(row, kDate) : RecordDate{PriceList::kAlways};
            const auto site = csv.has(kSite) ? site_of(csv, row, told) : PriceList::kEverySite;
            const std::string& item = csv.text(row, kItem);
            if (item.empty()) csv.refuse(row, kItem, "the name of an item");
            const auto number = numbers_.find(item);
            if (!price || !date || !site || number == numbers_.end()) continue;
            if (!record_.prices.add(number->second, *site, date->day, *price)) {
                csv.refuse(row, kPrice,
                           "no other price than that of an earlier row for the same date, warehouse and item");
            }
        }
        csv.finish();
        recording_.digest = recording_.digest * 31 + csv.digest();
    }

    /// Dates become periods.
    bool arrange_dates() {
        if (record_.rows.empty()) return false;
        const std::vector<double> starts = period_starts(record_.dates, recording_.rows);
        if (starts.back() - starts.front() > kMostDays) {
            refuse_file(
                "", fmt::format("got a span of {} days, want at most {}", starts.back() - starts.front(), kMostDays));
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
                "", fmt::format("got {} items, want at most {} items x sites", record_.names.size(), kMostLocations));
            return false;
        }
        std::map<std::tuple<int, std::size_t, std::size_t>, double> cells;
        for (const RecordRow& row : record_.rows) {
            if (row.units > 0) cells[{period_of(row.date), row.site, row.item}] += row.units;
        }
        for (const auto& [key, units] : cells) {
            if (units > 1e9) {
                refuse_file("", fmt::format("got {} units of {} in one period, want at most a thousand million", units,
                                            record_.names[std::get<2>(key)]));
                return false;
            }
            recording_.cells.push_back(
                {std::get<0>(key), std::get<1>(key), std::get<2>(key), static_cast<models::Units>(units)});
        }
        if (recording_.cells.empty()) {
            refuse_file("", "got no units at all, want some demand");
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
    static constexpr const char* kWeekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                "Friday", "Saturday", "Sunday"};

    Scenario& scenario_;
    const History& history_;
    const Tree& tree_;
    std::vector<Problem>& problems_;
    Recording recording_;
    Record record_;
    std::map<std::string, std::size_t> numbers_;  ///< positions in record_.names
};

}  // namespace

std::optional<Recording> read_recording(Scenario& scenario, const Tree& tree, std::vector<Problem>& problems,
                                        std::vector<std::string>& notes) {
    if (!scenario.demand.history) return std::nullopt;
    return RecordingReader(scenario, tree, problems).read(notes);
}

std::vector<ListedItem> read_items(const Scenario& scenario, const Tree& tree, std::vector<Problem>& problems,
                                   std::uint64_t& digest) {
    enum Column : std::size_t {
        kName,
        kClass,
        kCost,
        kWeight,
        kPopularity,
        kSeasonal,
        kPack,
        kMinimum,
        kSupplier,
        kB2b,
        kEcommerce
    };
    std::vector<ListedItem> items;
    if (scenario.items.file.empty()) return items;
    const fs::path path = data_file(tree, {"items", "file"}, scenario.items.file);
    CsvFile csv(path, shown(path), problems);
    if (!csv.find({{{"item", "product", "sku"}},
                   {{"class"}},
                   {{"cost"}},
                   {{"weight"}, false},
                   {{"popularity"}, false},
                   {{"seasonal"}, false},
                   {{"pack"}, false},
                   {{"minimum_order"}, false},
                   {{"supplier"}, false},
                   {{"b2b_price"}, false},
                   {{"ecommerce_price"}, false}})) {
        return items;
    }
    csv.learn_numbers({kCost, kWeight, kPopularity, kMinimum, kB2b, kEcommerce}, Decimal::unknown, scenario.currency,
                      "");
    digest = csv.digest();
    const std::vector<std::string> suppliers = supplier_names(scenario);
    std::set<std::string> seen;
    double popularity = 0;
    for (const CsvFile::Row& row : csv.rows()) {
        ListedItem& item = items.emplace_back();
        const auto number = [&](Column column, bool whole, auto& member) {
            if (column != kCost && csv.text(row, column).empty()) return;
            if (const auto value = csv.number(row, column, whole))
                member = static_cast<std::decay_t<decltype(member)>>(*value);
        };
        item.name = csv.text(row, kName);
        if (item.name.empty() || !seen.insert(item.name).second)
            csv.refuse(row, kName, "a name that no other item has");
        item.velocity = position(scenario.classes, csv.text(row, kClass));
        if (item.velocity == scenario.classes.size()) csv.refuse(row, kClass, "the name of a class");
        item.supplier = csv.text(row, kSupplier);
        if (!item.supplier.empty() && std::find(suppliers.begin(), suppliers.end(), item.supplier) == suppliers.end()) {
            csv.refuse(row, kSupplier, "the name of a supplier");
        }
        number(kCost, false, item.cost);
        number(kWeight, false, item.weight_lb);
        number(kPopularity, false, item.popularity);
        number(kSeasonal, true, item.seasonal);
        if (item.seasonal > 1) csv.refuse(row, kSeasonal, "0 or 1");
        number(kPack, true, item.pack);
        if (item.pack == 0) csv.refuse(row, kPack, "a whole number >= 1");
        number(kMinimum, true, item.minimum_order);
        number(kB2b, false, item.b2b_price);
        number(kEcommerce, false, item.ecommerce_price);
        if (csv.has(kPopularity) && item.popularity < 0) csv.refuse(row, kPopularity, "a number >= 0 in every row");
        popularity += std::max(0.0, item.popularity);
    }
    csv.finish();
    if (items.empty()) problems.push_back({shown(path), 0, 0, "", "got a header alone, want rows of items"});
    if (!items.empty() && csv.has(kPopularity) && popularity <= 0) {
        problems.push_back({shown(path), 0, 0, "popularity", "got nothing above 0, want at least one"});
    }
    if (items.size() * scenario.sites.size() > kMostLocations) {
        problems.push_back({shown(path), 0, 0, "",
                            fmt::format("got {} items, want at most {} items x sites", items.size(), kMostLocations)});
    }
    return items;
}

}  // namespace entrepot::scenarios

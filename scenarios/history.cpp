#include "scenarios/history.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "scenarios/arrange.hpp"
#include "scenarios/check.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/data_file.hpp"
#include "scenarios/record.hpp"

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

/// What a record's rows may stand for, in the order of the key's choices after "auto".
constexpr RowsOf kRowsOf[] = {RowsOf::days, RowsOf::weeks, RowsOf::months};

class RecordingReader {
public:
    RecordingReader(Scenario& scenario, const Tree& tree, Problems& problems)
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
        if (problems_.size() > before) return std::nullopt;
        if (!arrange(record_, scenario_, tree_, problems_, recording_)) return std::nullopt;
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

    void learn_dates(CsvFile& csv) const {
        constexpr DateOrder kOrders[] = {DateOrder::unknown, DateOrder::day_first, DateOrder::month_first};
        csv.learn_dates(kDate, kOrders[history_.date_order],
                        "say demand.history.date_order = \"day_first\" or \"month_first\"");
    }

    /// The row's site, or nothing and a problem.
    std::optional<std::size_t> site_of(CsvFile& csv, const CsvFile::Row& row, std::set<std::string>& told) {
        if (!csv.has(kSite)) return 0;
        const std::string site(csv.text(row, kSite));
        const auto known = std::find(record_.sites.begin(), record_.sites.end(), site);
        if (known != record_.sites.end()) return known - record_.sites.begin();
        if (told.size() < kMostNames && told.insert(site).second) {  // once for each name is enough
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
        learn_dates(csv);
        recording_.digest = csv.digest();
        std::set<std::string> told;
        std::set<RecordDate::Of> of;
        for (const CsvFile::Row& row : csv.rows()) {
            const auto date = csv.date(row, kDate);
            const auto units = csv.number(row, kUnits, true);
            const auto site = site_of(csv, row, told);
            const std::string item = csv.name(row, kItem, "the name of an item");
            std::optional<double> price;
            if (csv.has(kPrice) && !csv.text(row, kPrice).empty()) price = csv.number(row, kPrice, false);
            if (!date || !units || !site || item.empty()) continue;
            of.insert(date->of);
            record_.rows.push_back({date->day, *units, price.value_or(RecordRow::kNoPrice),
                                    static_cast<std::uint32_t>(*site), number_of(item)});
            ++record_.dates[date->day];
            if (record_.names.size() > kMostItems) {
                csv.refuse(row, kItem, fmt::format("at most {} items", kMostItems));
                break;
            }
        }
        csv.finish();
        if (!csv.has_rows() && problems_.size() == before) {
            refuse_file("", "got a header alone, want rows of demand");
        }
        record_.manner = csv.manner();
        record_.date_column = csv.name_of(kDate);
        if (!record_.dates.empty() && no_stray(csv)) find_rows(csv, of);
    }

    std::uint32_t number_of(const std::string& item) {
        const auto [known, fresh] = numbers_.try_emplace(item, static_cast<std::uint32_t>(record_.names.size()));
        if (fresh) record_.names.push_back(item);
        return known->second;
    }

    /// What to do about a file whose warehouses have other names.
    static std::string advice(const CsvFile& csv) {
        std::vector<std::string> names;
        for (const CsvFile::Row& row : csv.rows()) {
            const std::string_view name = csv.text(row, kSite);
            if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
            if (names.size() > 12) break;
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
        refuse_date(
            csv, *date,
            fmt::format("a date near the others, which go from {} to {}: is it a slip? (where nothing was ordered for "
                        "so long, say it by rows of 0 units)",
                        date_text(others.begin()->first), date_text(others.rbegin()->first)));
        return false;
    }

    /// Refuses the first row with this date.
    static void refuse_date(CsvFile& csv, double date, const std::string& want) {
        for (const CsvFile::Row& row : csv.rows()) {
            const auto read = csv.date_if_any(row, kDate);
            if (read && read->day == date) return csv.refuse(row, kDate, want);
        }
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
            return refuse_date(
                csv, date,
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
        learn_dates(csv);
        std::set<std::string> told;
        for (const CsvFile::Row& row : csv.rows()) {
            if (csv.text(row, kPrice).empty()) continue;  // not every week has a price
            const auto price = csv.number(row, kPrice, false);
            const auto date = csv.has(kDate) ? csv.date(row, kDate) : RecordDate{PriceList::kAlways};
            const auto site = csv.has(kSite) ? site_of(csv, row, told) : PriceList::kEverySite;
            const std::string item = csv.name(row, kItem, "the name of an item");
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

    static constexpr const char* kWeekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                "Friday", "Saturday", "Sunday"};

    Scenario& scenario_;
    const History& history_;
    const Tree& tree_;
    Problems& problems_;
    Recording recording_;
    Record record_;
    static constexpr std::size_t kMostNames = 1000;           ///< of unknown warehouses, that are remembered as told
    std::unordered_map<std::string, std::uint32_t> numbers_;  ///< positions in record_.names
};

}  // namespace

std::optional<Recording> read_recording(Scenario& scenario, const Tree& tree, Problems& problems,
                                        std::vector<std::string>& notes) {
    if (!scenario.demand.history) return std::nullopt;
    return RecordingReader(scenario, tree, problems).read(notes);
}

}  // namespace entrepot::scenarios

#include "scenarios/history.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/check.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/kind.hpp"

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

/// A row of the demand file, before its names have become positions.
struct Record {
    double date = 0;
    std::size_t site = 0;
    std::string item;
    double units = 0;
};

class RecordingReader {
public:
    RecordingReader(Scenario& scenario, const Tree& tree, std::vector<Problem>& problems)
        : scenario_(scenario), history_(*scenario.demand.history), tree_(tree), problems_(problems) {}

    std::optional<Recording> read() {
        const std::size_t before = problems_.size();
        if (history_.file.empty()) {
            refuse({"demand", "history", "file"}, "got no file, want the name of a CSV file");
            return std::nullopt;
        }
        name_sites();
        read_demand();
        if (!history_.price_file.empty()) read_prices();
        if (problems_.size() > before || !arrange()) return std::nullopt;
        fit_calendar();
        return problems_.size() > before ? std::nullopt : std::optional(std::move(recording_));
    }

private:
    enum Column : std::size_t { kDate, kSite, kItem, kUnits, kPrice };

    void refuse(const std::vector<std::string>& path, std::string message) {
        problems_.push_back(at(tree_, path, std::move(message)));
    }

    /// What each site is called in the file.
    void name_sites() {
        for (const auto& [name, part] : scenario_.sites) {
            site_names_.push_back(part.history_name.empty() ? name : part.history_name);
        }
        if (history_.sites.empty()) return;
        if (history_.sites.size() != site_names_.size()) {
            return refuse({"demand", "history", "sites"},
                          fmt::format("got a list of {}, want a list of {}: one name for each site",
                                      history_.sites.size(), site_names_.size()));
        }
        site_names_ = history_.sites;
    }

    void read_demand() {
        const fs::path path = data_file(tree_, {"demand", "history", "file"}, history_.file);
        CsvFile csv(path, shown(path), problems_);
        if (!csv.find({{{"week_start", "week", "date", "day"}},
                       {{"warehouse", "site"}},
                       {{"item", "product", "sku"}},
                       {{"units", "quantity"}},
                       {{"price"}, false}})) {
            return;
        }
        const std::string& column = csv.name_of(kDate);
        recording_.period_days = column == "date" || column == "day" ? 1 : 7;
        recording_.digest = csv.digest();
        std::set<std::string> told;
        for (const CsvFile::Row& row : csv.rows()) {
            const auto date = csv.date(row, kDate);
            const auto units = csv.number(row, kUnits, true);
            const std::string& site = csv.text(row, kSite);
            const std::string& item = csv.text(row, kItem);
            const auto known = std::find(site_names_.begin(), site_names_.end(), site);
            if (known == site_names_.end() && told.insert(site).second) {  // once for each name is enough
                csv.refuse(
                    row, kSite,
                    fmt::format("one of {}{}", fmt::join(site_names_, ", "), told.size() == 1 ? advice(csv) : ""));
            }
            if (item.empty()) csv.refuse(row, kItem, "the name of an item");
            if (csv.has(kPrice) && !csv.text(row, kPrice).empty()) {
                if (const auto price = csv.number(row, kPrice, false)) add_price(item, *price);
            }
            if (!date || !units || known == site_names_.end() || item.empty()) continue;
            records_.push_back({*date, static_cast<std::size_t>(known - site_names_.begin()), item, *units});
        }
        csv.finish();
        if (csv.rows().empty()) problems_.push_back({shown(path), 0, 0, "", "got a header alone, want rows of demand"});
        demand_file_ = shown(path);
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

    void read_prices() {
        const fs::path path = data_file(tree_, {"demand", "history", "price_file"}, history_.price_file);
        CsvFile csv(path, shown(path), problems_);
        if (!csv.find({{{"item", "product", "sku"}}, {{"price"}}})) return;
        for (const CsvFile::Row& row : csv.rows()) {
            if (csv.text(row, 1).empty()) continue;  // not every week has a price
            if (const auto price = csv.number(row, 1, false)) add_price(csv.text(row, 0), *price);
        }
        csv.finish();
        recording_.digest = recording_.digest * 31 + csv.digest();
    }

    void add_price(const std::string& item, double price) {
        prices_[item].first += price;
        prices_[item].second += 1;
    }

    /// Names become positions, dates become periods.
    bool arrange() {
        if (records_.empty()) return false;
        std::map<std::string, double> volume;
        double first = records_.front().date, last = first;
        for (const Record& record : records_) {
            volume[record.item] += record.units;
            first = std::min(first, record.date);
            last = std::max(last, record.date);
        }
        recording_.first_date = first;
        recording_.periods = static_cast<int>((last - first) / recording_.period_days) + 1;
        if (!whole_periods(first, last)) return false;
        if (volume.size() * scenario_.sites.size() > kMostLocations) {
            problems_.push_back(
                {demand_file_, 0, 0, "",
                 fmt::format("got {} items, want at most {} items x sites", volume.size(), kMostLocations)});
            return false;
        }
        for (const auto& [item, units] : volume) recording_.items.push_back(item);
        std::stable_sort(recording_.items.begin(), recording_.items.end(),
                         [&](const std::string& a, const std::string& b) { return volume[a] > volume[b]; });
        std::map<std::string, std::size_t> position;
        for (std::size_t i = 0; i < recording_.items.size(); ++i) position[recording_.items[i]] = i;
        for (const std::string& item : recording_.items) {
            const auto price = prices_.find(item);
            recording_.mean_price.push_back(price == prices_.end() ? 0 : price->second.first / price->second.second);
        }
        std::map<std::tuple<int, std::size_t, std::size_t>, double> cells;  // several rows of one cell add up
        for (const Record& record : records_) {
            if (record.units <= 0) continue;
            const int period = static_cast<int>((record.date - first) / recording_.period_days);
            cells[{period, record.site, position[record.item]}] += record.units;
        }
        for (const auto& [key, units] : cells) {
            if (units > 1e9) {
                problems_.push_back({demand_file_, 0, 0, "",
                                     fmt::format("got {} units of {} in one period, want at "
                                                 "most a thousand million",
                                                 units, recording_.items[std::get<2>(key)])});
                return false;
            }
            recording_.cells.push_back(
                {std::get<0>(key), std::get<1>(key), std::get<2>(key), static_cast<models::Units>(units)});
        }
        if (recording_.cells.empty()) {
            problems_.push_back({demand_file_, 0, 0, "", "got no units at all, want some demand"});
        }
        return !recording_.cells.empty();
    }

    bool whole_periods(double first, double last) {
        if (last - first > kMostDays) {
            problems_.push_back({demand_file_, 0, 0, "",
                                 fmt::format("got a span of {} days, want at most {}", last - first, kMostDays)});
            return false;
        }
        for (const Record& record : records_) {
            const auto since = static_cast<int>(record.date - first);
            if (since % recording_.period_days == 0) continue;
            problems_.push_back({demand_file_, 0, 0, "week_start",
                                 fmt::format("got {}, want weeks that start on the weekday of {}; name the column date "
                                             "where each row is a day",
                                             format(record.date, date(), ""), format(first, date(), ""))});
            return false;
        }
        return true;
    }

    void fit_calendar() {
        CalendarPart& calendar = scenario_.calendar;
        if (!calendar.start) {
            calendar.start = recording_.first_date;
        } else if (*calendar.start != recording_.first_date) {
            refuse({"calendar", "start"},
                   fmt::format("got {}, want {}, the first date in {}, or \"none\" to take it from there",
                               format(*calendar.start, date(), ""), format(recording_.first_date, date(), ""),
                               demand_file_));
        }
        const int total = calendar.warmup_days + calendar.measure_days + calendar.cooldown_days;
        const int recorded = recording_.periods * recording_.period_days;
        if (total > recorded) {
            refuse({"calendar"}, fmt::format("got warmup, measure and cooldown of {} d, want at most the {} d in {}",
                                             total, recorded, demand_file_));
        }
    }

    Scenario& scenario_;
    const History& history_;
    const Tree& tree_;
    std::vector<Problem>& problems_;
    Recording recording_;
    std::string demand_file_;
    std::vector<std::string> site_names_;
    std::vector<Record> records_;
    std::map<std::string, std::pair<double, int>> prices_;  ///< sum and count, by item
};

}  // namespace

std::optional<Recording> read_recording(Scenario& scenario, const Tree& tree, std::vector<Problem>& problems) {
    if (!scenario.demand.history) return std::nullopt;
    return RecordingReader(scenario, tree, problems).read();
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

#include "scenarios/item_list.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "scenarios/build.hpp"
#include "scenarios/check.hpp"
#include "scenarios/csv.hpp"
#include "scenarios/data_file.hpp"

namespace entrepot::scenarios {

namespace fs = std::filesystem;

namespace {

/// A group of one is a slip: nothing does for its item.
void refuse_single_members(const std::vector<ListedItem>& items, CsvFile& csv, std::size_t column) {
    std::unordered_map<std::string, int> members;
    for (const ListedItem& item : items) ++members[item.substitute_group];
    std::size_t i = 0;
    for (const CsvFile::Row& row : csv.rows()) {
        if (i == items.size()) break;
        const std::string& group = items[i++].substitute_group;
        if (!group.empty() && members[group] == 1) csv.refuse(row, column, "a group that another item is in, too");
    }
}

}  // namespace

std::vector<ListedItem> read_items(const Scenario& scenario, const Tree& tree, Problems& problems,
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
        kEcommerce,
        kGroup
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
                   {{"ecommerce_price"}, false},
                   {{"substitute_group"}, false}})) {
        return items;
    }
    csv.learn_numbers({kCost, kWeight, kPopularity, kMinimum, kB2b, kEcommerce}, Decimal::unknown, scenario.currency,
                      "");
    digest = csv.digest();
    const std::vector<std::string> suppliers = supplier_names(scenario);
    std::unordered_set<std::string> seen;
    double popularity = 0;
    const std::unordered_set<std::string> known_suppliers(suppliers.begin(), suppliers.end());
    const std::size_t most = std::min(kMostItems, kMostLocations / std::max<std::size_t>(1, scenario.sites.size()));
    for (const CsvFile::Row& row : csv.rows()) {
        if (items.size() == most) {
            csv.refuse(row, kName,
                       fmt::format("at most {} items, and at most {} items x sites", kMostItems, kMostLocations));
            break;
        }
        ListedItem& item = items.emplace_back();
        const auto number = [&](Column column, bool whole, auto& member) {
            if (column != kCost && csv.text(row, column).empty()) return;
            if (const auto value = csv.number(row, column, whole))
                member = static_cast<std::decay_t<decltype(member)>>(*value);
        };
        item.name = csv.name(row, kName, "a name that no other item has");
        if (!item.name.empty() && !seen.insert(item.name).second)
            csv.refuse(row, kName, "a name that no other item has");
        item.velocity = position(scenario.classes, csv.text(row, kClass));
        if (item.velocity == scenario.classes.size()) csv.refuse(row, kClass, "the name of a class");
        item.supplier = csv.text(row, kSupplier);
        if (!item.supplier.empty() && !known_suppliers.contains(item.supplier)) {
            csv.refuse(row, kSupplier, "the name of a supplier, " + some_of(suppliers));
        }
        item.substitute_group = csv.text(row, kGroup);
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
    refuse_single_members(items, csv, kGroup);
    csv.finish();
    if (items.empty()) problems.push_back({shown(path), 0, 0, "", "got a header alone, want rows of items"});
    if (!items.empty() && csv.has(kPopularity) && popularity <= 0) {
        problems.push_back({shown(path), 0, 0, "popularity", "got nothing above 0, want at least one"});
    }
    return items;
}

}  // namespace entrepot::scenarios

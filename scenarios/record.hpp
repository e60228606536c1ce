#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/history.hpp"

/// What the reader of recorded demand collects from its files, row by row.
namespace entrepot::scenarios {

/// A row of the demand file. There may be many millions.
struct RecordRow {
    static constexpr double kNoPrice = -1;
    double date = 0, units = 0, price = kNoPrice;
    std::uint32_t site = 0, item = 0;  ///< item: a position in `Record::names`
};

/// Prices of a file of their own. A price holds from its date until the next one of the same warehouse and item.
class PriceList {
public:
    static constexpr std::size_t kEverySite = std::numeric_limits<std::size_t>::max();
    static constexpr double kAlways = -1e9;  ///< a date before all others

    /// False where another price is known already.
    bool add(std::size_t item, std::size_t site, double date, double price);
    std::optional<double> at(std::size_t item, std::size_t site, double date) const;
    /// Mean of an item's prices, whatever was sold.
    std::optional<double> mean(std::size_t item) const;

private:
    std::map<std::size_t, std::map<std::size_t, std::map<double, double>>> prices_;  ///< by item, site, date
};

struct Record {
    std::string file;  ///< as problems name it
    std::string manner, date_column;
    bool rows_found_out = false;  ///< what its rows stand for was told by their distances
    std::vector<std::string> names;
    std::vector<std::string> sites;  ///< what the sites are called in the file
    std::vector<RecordRow> rows;
    DatesWithRows dates;
    PriceList prices;
};

/// Money and units of some rows, by item: those that have a price.
struct Sold {
    std::vector<double> money, priced, units;  ///< by position in `Record::names`
};
Sold sold(const Record& record, double before);

/// What a user may want to know of a record that was read.
std::vector<std::string> notes_of(const Record& record, const Recording& recording, const Scenario& scenario);

}  // namespace entrepot::scenarios

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/units.hpp"
#include "scenarios/record_calendar.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/tree.hpp"

/// Recorded demand: what it holds, and how it is read from the files that demand.history names.
namespace entrepot::scenarios {

/// Recorded demand. Sites are positions in the scenario; items are positions in `items`; periods are days, weeks or
/// months.
struct Recording {
    struct Cell {
        int period = 0;
        std::size_t site = 0, item = 0;
        models::Units units = 0;
    };
    RowsOf rows = RowsOf::weeks;
    double first_date = 0;    ///< days since 1970-01-01
    std::vector<int> starts;  ///< first day of each period, since first_date, and the day after the last
    int run_from = 0;         ///< the period with which the run begins
    /// The periods [0, known) are what was known on day 0: those before it, or else those of the warm-up. Where neither
    /// has demand it is the first weeks that have, although they are measured.
    int known = 0;
    bool knows_the_measured = false;
    std::vector<std::string> items;  ///< by falling known volume
    /// By item: money over units of the whole record and of what was known; none where it has no price.
    std::vector<std::optional<double>> price, known_price;
    std::vector<Cell> cells;   ///< sorted by period, site, item; only those with units
    std::uint64_t digest = 0;  ///< of the files

    int periods() const { return static_cast<int>(starts.size()) - 1; }
    int days(int period) const { return starts[period + 1UL] - starts[static_cast<std::size_t>(period)]; }
    int known_days() const { return starts[static_cast<std::size_t>(known)]; }
    /// First day of a period since day 0 of the run.
    int day(int period) const { return starts[static_cast<std::size_t>(period)] - starts[run_from + 0UL]; }
};

/// Reads the files of demand.history and compares them with the calendar and the sites. Where the scenario gives no
/// start date, the recording's is taken. What was read is told in `notes`.
std::optional<Recording> read_recording(Scenario& scenario, const Tree& tree, Problems& problems,
                                        std::vector<std::string>& notes);

}  // namespace entrepot::scenarios

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"
#include "models/units.hpp"

/// Regional warehouses and their people.
namespace entrepot::models {

struct Shift {
    int start_hour = 0, end_hour = 0;  ///< of the day, end <= 24
};

/// Who moves goods in a warehouse: people, in shifts and waves; or nobody, all at once.
enum class Handling : std::uint8_t { people, at_once };

/// How newcomers become as fast as others: Wright's power law up to the usual rate, one of the curves that fit what was
/// measured of order pickers (Grosse and Glock 2013, Journal of Manufacturing Technology Management 24(6), 850-872).
struct Learning {
    double start = 0.7;   ///< share of the usual pick rate in the first shift
    double rate = 0.9;    ///< time of a line after twice as many shifts, over that before
    double turnover = 0;  ///< share of the pickers who leave within a year and are replaced
};

/// Temporary pickers, whom an agency sends while there is too much to do.
struct Temps {
    int most = 0;  ///< at a time; 0 = none are called
    double backlog_hours =
        8;                ///< work of each picker of a shift that waits when it ends, from which on they are called
    int notice_days = 5;  ///< from the call to the first shift
    int stay_days = 20;   ///< business days
    double pay_factor = 1.25;  ///< of an hour, over the wage
};

/// Pickers who can also receive.
struct CrossTraining {
    double share = 0;  ///< of those at work; 0 = nobody
    double dock_hours =
        1;  ///< of work for each receiver that waits when a shift begins, from which on some begin there
};

/// Sites that lend each other pickers for the rest of a shift.
struct CrewPool {
    std::string name;
    std::vector<SiteId> sites;
    double backlog_hours = 2;  ///< of work for each picker beyond the shift, from which on a site asks
    double slack_hours = 2;    ///< the same that is missing, from which on it offers
    double most = 0.5;         ///< share of a shift's people whom it lends
    Duration decides_after{std::chrono::minutes{30}};  ///< from the first word that headquarters has of a shift
    Duration travel{std::chrono::hours{1}};
    double pay_factor = 1.25;  ///< of the hours away, the way with them, over the wage
};

/// Goods that break or spoil, and are written off.
struct Damage {
    double per_item_day = 0;  ///< probability on the shelf
    double per_load = 0;      ///< the same as a load is put away
    double units = 3;         ///< mean, geometric
    double seen = 0.5;        ///< share that the record hears of at once; a count finds the others
};

struct Site {
    std::string name;
    std::uint64_t key = 0;
    Handling handling = Handling::people;
    bool ships_at_once = false;                 ///< what is picked is with the customer: no carriers
    std::optional<TimeDistribution> pick_time;  ///< of a task, in place of the pick rate
    std::optional<TimeDistribution> repair;     ///< of a picker's equipment; the pick goes on where it was
    double breakdowns_per_busy_hour = 0;
    double latitude = 0, longitude = 0;
    std::vector<Shift> shifts = {{6, 14}, {14, 22}};
    int pickers = 0;  ///< of a day, dealt evenly to its shifts, the first ones first
    int receivers = 0;
    bool picks_on_saturday = false;  ///< with some of the first shift
    double saturday_share = 0.5;     ///< of the first shift's people, rounded up
    double pick_lines_per_hour = 0;  ///< of one person, while productive
    double pick_time_cv = 0.3;       ///< lognormal, where the rate says the mean
    double wave_load = 1.1;          ///< work that a wave takes over what its people can do until the next one
    double receive_lines_per_hour = 0;
    double productive_share = 1;        ///< productive hours of a shift over its hours
    double overtime_max_hours = 0;      ///< per shift and person
    double overtime_least_hours = 0.5;  ///< the same, where people stay at all
    double overtime_trigger = 0.3;      ///< people stay when the work left exceeds this share of a shift's capacity
    double overtime_rate_factor = 1;    ///< pick rate during overtime over the normal rate
    double overtime_pay_factor = 1;
    Money wage_per_hour;  ///< loaded
    Temps temps;
    Learning learning;
    CrossTraining cross_training;
    double absence = 0;                       ///< probability that a person is absent on a day
    int dock_opens_hour = 8, dock_hours = 6;  ///< suppliers' trucks come within them, on business days
    std::array<Duration, 3> dock_to_stock{};  ///< triangular: least, mode, most
    double miscount_per_item_day = 0;         ///< probability of an unrecorded loss or find of stock, per item and day
    double miscount_units = 4;                ///< its mean size, geometric
    double miscount_found = 0.4;              ///< share of finds: more is lost than turns up
    Damage damage;
    double posts_ahead = 0;    ///< share of the loads that are posted as they are unloaded, ahead of the shelf
    double seasonal_bias = 0;  ///< relative error of the site's spreadsheets for seasonal items: last season's split

    /// Whether somebody reckons how long the work that waits will take, by the pick rate.
    bool needs_hours_ahead() const { return overtime_max_hours > 0 || temps.most > 0 || cross_training.share > 0; }
};

}  // namespace entrepot::models

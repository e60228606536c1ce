#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"
#include "models/units.hpp"

/// Who makes and delivers what is bought.
namespace entrepot::models {

/// All terms hold for whoever orders: a planner's purchase line or a site's own order.
struct Supplier {
    std::string name;
    std::uint64_t key = 0;
    std::string segment;

    // From the order's receipt to the goods, when nothing is late.
    std::optional<TimeDistribution> lead_time;  ///< none = lognormal by the two below, not below the least
    Duration lead_time_mean{};
    double lead_time_cv = 0;
    double least_lead = 0.6;  ///< of the mean: no supplier is faster
    double on_time = 1;       ///< probability that an order is not delayed further
    Duration delay_mean{};    ///< further delay of a late order, exponential

    // What it can make, and how.
    double capacity_factor = 1.3;                 ///< what it can deliver over our usual demand; 0 = no limit
    Duration capacity_slack = sim::days{7};       ///< work that may wait without an order being late
    std::optional<TimeDistribution> preparation;  ///< before an order needs a server
    int servers = 0;               ///< so many orders at a time take their lead time, the others wait; 0 = all
    bool servers_by_site = false;  ///< each site has so many of its own, such as its trucks
    Units lot = 0;                 ///< an order is made and delivered in lots of so many units; 0 = whole
    std::optional<TimeDistribution> uptime, downtime;  ///< it works and stands still in turn, beginning with work
    bool stops_work = false;  ///< what is being made stands still, too; else only nothing is begun

    // What comes of it; the rest is cancelled.
    double in_full = 1;                          ///< probability that an order comes complete
    double short_least = 0.4, short_most = 0.9;  ///< else it brings a share between these, uniform
    double yield = 1;                            ///< probability of each unit to be good; the others never come

    // How it works in bad spells, which take turns with good ones, beginning with a good one. Nobody is told: receipts
    // betray it. Each factor multiplies its term above.
    std::optional<TimeDistribution> good_spell, bad_spell;
    double bad_lead_time = 1, bad_on_time = 1, bad_in_full = 1;

    // What it tells of an order, over the interfaces confirmation and asn.
    double confirms = 0;   ///< probability that it answers: when it will come, and how many; 0 = nobody expects it
    double announces = 0;  ///< probability that a truck is announced as it leaves
    double announces_right = 1;  ///< probability that the notice is right; else it names another day
    int announced_off = 3;       ///< which is off by so many at the most, either way
    Duration under_way{};        ///< of a truck, from the supplier's gate to the dock

    // Information and money.
    Duration lead_time_on_record{};   ///< what the item master says (wrong for some)
    Duration order_lag{};             ///< until a purchase line has reached it and is confirmed
    int review_weekday = 0;           ///< 0 = Monday, in weekly reviews
    double expedite_premium = 0;      ///< of the line's value
    double expedite_lead_factor = 1;  ///< remaining lead time is multiplied by it

    bool tells() const { return confirms > 0 || announces > 0; }
};

}  // namespace entrepot::models

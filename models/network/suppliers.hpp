#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/network/distributions.hpp"
#include "models/network/ids.hpp"
#include "models/units.hpp"

/// Who makes and delivers what is bought.
namespace entrepot::models {

enum class ConfirmBy : std::uint8_t { api, edi, email };

struct Supplier {
    std::string name;
    std::uint64_t key = 0;
    std::string segment;
    Duration lead_time_mean{};  ///< order placed to goods at the dock, when delivered on time
    double lead_time_cv = 0;    ///< lognormal, not below 0.6 of the mean
    double on_time = 1;         ///< probability that a line is not delayed further
    Duration delay_mean{};      ///< further delay of a late line, exponential
    double in_full = 1;         ///< probability that a line comes complete; else 40-90 % of it, the rest is cancelled
    Duration lead_time_on_record{};  ///< what the item master says (wrong for some)
    ConfirmBy confirm_by = ConfirmBy::email;
    int review_weekday = 0;           ///< 0 = Monday, in weekly reviews
    double expedite_premium = 0;      ///< of the line's value
    double expedite_lead_factor = 1;  ///< remaining lead time is multiplied by it
    double capacity_factor = 1.3;     ///< what it can deliver over our usual demand; 0 = no limit

    // What stock rules order; the terms above are those of headquarters' purchase orders.
    std::optional<TimeLaw> lead_time;    ///< from request to stock, at any hour; none = the mean above, constant
    std::optional<TimeLaw> preparation;  ///< before a request needs a server
    bool servers_by_site = false;        ///< each site has so many of its own, such as its trucks
    int servers = 0;                     ///< so many requests at a time take their lead time, the others wait; 0 = all
    Units lot = 0;                       ///< a request is made and delivered in lots of so many units; 0 = whole
    double yield = 1;                    ///< probability of each unit to be good; the others never come
    std::optional<TimeLaw> up, down;     ///< it works and stands still in turn, beginning with work
    bool stops_work = false;             ///< what is being made stands still, too; else only nothing is begun
};

}  // namespace entrepot::models

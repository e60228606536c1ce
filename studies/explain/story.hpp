#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/model.hpp"

/// A story as plain values: whoever shows it, as text, as JSON or in a window, need know nothing of the models.
namespace entrepot::studies::explain {

using models::Time;

/// An item at a site at one moment: what was true, what the ERP's record knew, and what headquarters believed. [units]
struct Sight {
    std::string item, site;
    bool before = false;  ///< what was decided on; else as the step left it
    int on_shelf = 0, at_dock = 0;
    int on_record = 0, promised = 0, waiting = 0;
    struct Belief {
        int net = 0;       ///< on hand less promised and waiting, as last heard
        int on_order = 0;  ///< with suppliers and other sites, and not yet released
        Time heard{};
    };
    std::optional<Belief> headquarters;  ///< nothing where no one there watches the location

    /// "shelf 38, record 40 of which 12 promised; headquarters believes 25 net and 60 on order".
    std::string text() const;
};

Sight sight_of(const models::World& world, models::SiteId site, models::ItemId item);

/// Something that happened: when, who did it, what it was, and what was known and true thereupon.
struct Step {
    Time at{};
    std::string who, what;
    std::vector<Sight> sights;
};

/// So long was it here. Those of a story follow on each other.
struct Stay {
    std::string where;
    Time from{}, to{};
    models::Duration span() const { return to - from; }
};

struct Story {
    std::string subject;             ///< "order", "item", "site", "day", "purchase line", "transfer"
    std::string name;                ///< by which it is found again
    std::vector<std::string> about;  ///< sentences that come before the story
    std::vector<Step> steps;         ///< by time
    std::vector<Stay> stays;         ///< where the time went
    std::vector<std::string> see;  ///< names of what else has a story, as options: "--purchase PO-SE-A0001-2026-05-12"
    std::string closing;           ///< the reason, in a sentence or some

    /// Of an order that has ended, or was due as the horizon ended.
    struct Outcome {
        /// Where most of what missed the last truck in time was then, by its cost: "stock", "pick", "dock"; "carrier"
        /// where all of it had left; empty where it came in time.
        std::string cause;
        int days_late = 0;
        double penalty = 0, lost_margin = 0;
    };
    std::optional<Outcome> outcome;
};

/// The next stay begins, unless it is the one that goes on.
void move_to(std::vector<Stay>& stays, const std::string& where, Time now);

/// Stays by place, the longest first.
std::vector<Stay> longest_first(const std::vector<Stay>& stays);

}  // namespace entrepot::studies::explain

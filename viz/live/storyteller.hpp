#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "scenarios/load.hpp"
#include "studies/explain/story.hpp"
#include "studies/explain/worst.hpp"
#include "viz/live/lane.hpp"

/// Tells the stories of `entrepot explain`, on a thread of its own: the replication is run once more for each.
namespace entrepot::viz {

/// An item at a site over the horizon, as it was, as the record had it, and as headquarters believed it. [units]
struct ItemCourse {
    std::string item, site;
    std::string why;                              ///< this site, in words
    std::vector<double> shelf, record, believed;  ///< by quarter of a day
};

struct Told {
    std::string asked, strategy;
    bool busy = false;
    std::string trouble;  ///< why there is no story, and what to do
    std::vector<studies::explain::Story> stories;
    std::vector<studies::explain::TellingList> lists;  ///< of what is worth a story
    std::vector<ItemCourse> courses;
};

class Storyteller {
public:
    Storyteller(const scenarios::Loaded& loaded, const studies::Which& which)
        : loaded_(loaded), which_(which), told_(std::make_shared<Told>()) {}

    /// The story of an order, an item (at a site, or where it was out of stock for longest), a purchase line or a
    /// transfer; of "worst" the list of what went worst. Spaces around the name don't matter. What was asked before is
    /// left.
    void ask(const std::string& strategy, const std::string& name, int site);
    std::shared_ptr<const Told> told() const;
    /// Waits for the story that was asked for last.
    void settle();

private:
    void tell(const std::stop_token& stop, const std::string& strategy, const std::string& name, int site);
    void publish(std::shared_ptr<const Told> told);

    const scenarios::Loaded& loaded_;
    studies::Which which_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Told> told_;
    std::jthread thread_;
};

}  // namespace entrepot::viz

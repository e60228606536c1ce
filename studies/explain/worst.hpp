#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "studies/clock.hpp"
#include "studies/explain/supply.hpp"
#include "studies/explain/words.hpp"

/// What is worth a story: what went worst in a replication.
namespace entrepot::studies::explain {

/// One of them, and the option of `entrepot explain` that tells its story.
struct Telling {
    std::string what, option;
    double amount = 0;  ///< by which it is ranked, in the list's unit
};
struct TellingList {
    std::string title, unit;  ///< "Latest orders", "days"
    std::vector<Telling> all;
};

/// Looks at every order, purchase line and shelf of the measured window.
class Worst : public Watcher {
public:
    /// `supply` must see each event before. So many of each kind.
    Worst(const models::Network& network, const Supply& supply, std::size_t most);

    void see(const Seen& seen) override;
    void end(const models::World& world) override;

    std::vector<TellingList> lists() const;

private:
    struct Ended {
        OrderAddress address;
        int late = 0;  ///< days after the promised one
        bool open = false;
        models::Money penalty;
        int promised_day = 0;
    };
    struct Dry {
        models::SiteId site;
        models::ItemId item;
        int from = 0, days = 0;  ///< midnights on which there was none
    };

    void look_at_orders(const Seen& seen);
    void look_at_shelves(const models::World& world, models::SiteId site, int day);
    bool measured(int day) const;
    TellingList latest() const;
    TellingList dearest() const;
    TellingList longest_dry() const;
    TellingList longest_lying(bool before_placed) const;

    const models::Network& network_;
    const Supply& supply_;
    Names names_;
    Clock clock_;
    std::size_t most_;
    std::vector<Ended> late_, dear_;
    std::vector<Dry> dry_;
    std::vector<int> dry_since_;  ///< by location, a day; -1: it has stock
};

}  // namespace entrepot::studies::explain

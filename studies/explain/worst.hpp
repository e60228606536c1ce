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
    void at_close(const models::World& world) override;
    void end(const models::World& world, std::span<const models::Fact> told) override;

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
        models::Time from{}, to{};
        models::Duration lasted() const { return to - from; }
    };

    void look_at_orders(const Seen& seen);
    void look_for_ends(const Seen& seen, models::SiteId site);
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
    std::vector<std::vector<Dry>> empty_;  ///< by site: shelves that are empty, or not yet enough for all who wait
    std::vector<bool> is_empty_;           ///< by location: stands among these
};

}  // namespace entrepot::studies::explain

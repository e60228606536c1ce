#pragma once

#include <string>
#include <vector>

#include "studies/explain/names.hpp"
#include "studies/explain/rerun.hpp"
#include "studies/explain/supply.hpp"

namespace entrepot::studies::explain {

/// What the places in a world's memory that messages speak of are called, so that it can be typed into
/// `entrepot explain`. It knows the world before the event that it is asked about: what the event ends still has its
/// name, though its place may be another's already.
class WorldNames {
public:
    explicit WorldNames(const models::World& world);

    /// An event that was told: what it has begun gets its name.
    void see(const Seen& seen);

    const models::Network& network() const { return *world_.network; }
    const Names& names() const { return names_; }

    /// Of an order's hash, under which headquarters knows it; of one that is over that is all that is left.
    std::string order(models::SiteId site, std::uint32_t hash) const;
    /// Of the order of a line, and which item it wants; "a line that is over" where its place is another's.
    std::string line(models::SiteId site, std::uint32_t place, std::uint32_t serial) const;
    std::string shipment(models::SiteId site, std::uint32_t place) const;
    /// The order that a task picks for, or the transfer.
    std::string task(models::SiteId site, std::uint32_t place) const;
    std::string decision(std::uint32_t place) const;  ///< what a case is about
    std::string purchase(std::uint32_t place, std::uint16_t serial) const;
    std::string purchase(std::uint32_t place) const;
    std::string transfer(std::uint32_t place) const;

private:
    struct KnownLine {
        std::uint32_t serial = 0;
        OrderAddress order;
        models::ItemId item;
    };
    struct KnownTask {
        bool of_order = false;
        OrderAddress order;
        std::uint32_t transfer = models::kNone;
    };
    struct Site {
        std::vector<KnownLine> lines;
        std::vector<KnownTask> tasks;
        std::size_t unreleased = 0;  ///< tasks that had been noted among them
    };
    void note_line(const models::SiteState& site, std::uint32_t place);
    void note_cases(const models::World& world);
    void note_task(const models::SiteState& site, std::uint32_t place);
    static OrderAddress address_of(const models::SiteState& site, std::uint32_t order);

    const models::World& world_;
    Names names_;
    Supply supply_;
    std::vector<Site> sites_;
    std::vector<models::Case> cases_;
};

}  // namespace entrepot::studies::explain

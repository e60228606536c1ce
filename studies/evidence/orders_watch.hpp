#pragma once

#include <unordered_map>
#include <vector>

#include "studies/evidence/object_log.hpp"
#include "studies/explain/names.hpp"
#include "studies/explain/rerun.hpp"

namespace entrepot::studies::evidence {

/// The items and sites that a log knows, each from the moment that something is about it.
class Known {
public:
    Known(const models::Network& network, ObjectLog& log);
    ObjectPlace item(models::ItemId item);
    ObjectPlace site(models::SiteId site);

private:
    const models::Network& network_;
    ObjectLog& log_;
    std::vector<ObjectPlace> items_, sites_;
};

/// Customers' orders in a log: those that are escalated, from their escalation on, or all.
class OrdersWatch {
public:
    OrdersWatch(const models::Network& network, ObjectLog& log, Known& known, bool all);

    /// An event of a site.
    void see(const explain::Seen& seen);
    void end(const models::World& world, std::span<const models::Fact> facts);
    /// The order of that name that the site has escalated last.
    ObjectPlace escalated(models::SiteId site, std::uint32_t name) const;
    /// The order of that name whose customer is to hear of another day; as of the others, it is followed from now on.
    ObjectPlace held(const models::SiteState& site, std::uint32_t name, models::Time now);
    ObjectPlace noticed(const models::SiteState& site, std::uint32_t name, models::Time now);
    /// An order by its place, where it is followed.
    ObjectPlace known(models::SiteId site, std::uint32_t place);
    /// An order by its place, which is followed from now on.
    ObjectPlace at(const models::SiteState& site, std::uint32_t place, models::Time now);

private:
    struct Placed {
        models::Time at = sim::kNever;
        models::Money value;
        std::uint16_t lines = 0;
        ObjectPlace object = kNoObject;
    };
    struct AtSite {
        std::vector<Placed> orders;                     ///< by their places
        std::vector<models::EscalatedOrder> escalated;  ///< as they stood after the last event
        std::vector<bool> departed;                     ///< shipments, by their places, or those that had them last
        std::size_t staged = 0;                         ///< shipments at the dock after the last event
    };

    Placed& placed(AtSite& site, std::uint32_t place);
    void follow(const models::SiteState& site, std::uint32_t place, models::Time now);
    void add_lines(const models::SiteState& site, std::uint32_t place, const Placed& order, const std::string& id);
    void look_for_escalations(const models::SiteState& site, models::Time now);
    void look_at_shipments(const explain::Seen& seen, const models::SiteState& site);
    void close(models::SiteId site, models::Time at, const models::OrderClosed& closed, const models::SiteState& state);
    void tell(EventType type, models::Time at, models::SiteId site, ObjectPlace order, models::Units units);

    const models::Network& network_;
    explain::Names names_;
    ObjectLog& log_;
    Known& known_;
    bool all_;
    std::vector<AtSite> sites_;
    std::unordered_map<std::uint64_t, ObjectPlace> by_name_;  ///< site and name
};

}  // namespace entrepot::studies::evidence

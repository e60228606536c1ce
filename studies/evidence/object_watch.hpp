#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "studies/evidence/messages_watch.hpp"
#include "studies/evidence/object_log.hpp"
#include "studies/evidence/orders_watch.hpp"
#include "studies/explain/names.hpp"
#include "studies/explain/rerun.hpp"

namespace entrepot::studies::evidence {

/// Makes an object-centric log of a replication: the steps of each case, and what becomes of what it is about. Purchase
/// lines, transfers and orders have the names by which `entrepot explain` knows them.
class ObjectWatch : public explain::Watcher {
public:
    /// Whether also those that no case is about, and to which nothing happened.
    struct All {
        bool orders = false, messages = false;
    };
    ObjectWatch(const models::Network& network, const All& all);

    void begin(const models::World& world) override;
    void see(const explain::Seen& seen) override;
    void end(const models::World& world, std::span<const models::Fact> facts) override;

    /// Of the whole run, after end().
    const ObjectLog& log() const { return log_; }

private:
    /// What a case is about, as far as it is known.
    struct Case {
        ObjectPlace object = kNoObject, about = kNoObject, supplier = kNoObject;
        std::uint32_t place = models::kNone;  ///< of its purchase line or transfer
        models::Units units = 0;
    };
    /// A purchase line or a transfer that has a place at headquarters.
    struct Placed {
        ObjectPlace object = kNoObject, supplier = kNoObject;
        models::ItemId item;
        models::SiteId site, from;
        models::Units delivered = 0;
    };

    void take(const models::World& world, const models::Fact& fact);
    void take_step(models::Time at, const models::CaseStepped& step);
    void forget(const Case& one, models::DecisionKind kind);
    void take_raised(const models::World& world, const models::CaseRaised& raised);
    void tell_step(models::Time at, const models::CaseStepped& step, const Case& of);
    void take_ordered(const models::World& world, models::Time at, const models::TransferOrdered& ordered);
    std::uint32_t place_of_urgent(const models::World& world, const models::TransferOrdered& ordered) const;
    void take_placed(models::Time at, const models::PurchaseLineOrdered& ordered);
    void take_received(models::Time at, const models::PurchaseLineReceived& received);
    void see_goods(const explain::Seen& seen);
    void see_headquarters(const explain::Seen& seen);
    void see_override(const explain::Seen& seen);

    ObjectPlace open_case(models::Time at, const models::CaseStepped& step);
    ObjectPlace purchase(const models::World& world, std::uint32_t place, models::Time at);
    ObjectPlace transfer(const models::World& world, std::uint32_t place, models::Time at);
    void tell_purchase(EventType type, models::Time at, const Placed& line, models::Units units);
    void tell_transfer(EventType type, models::Time at, const Placed& transfer, models::Units units);
    MessagesWatch::Lookups lookups();
    ObjectPlace link(models::SiteId sender, std::uint32_t number);
    ObjectPlace supplier_of(models::ItemId item);
    ObjectPlace person_of(models::Role role);
    std::string numbered(const std::string& name);

    const models::Network& network_;
    explain::Names names_;
    ObjectLog log_;
    Known known_;
    OrdersWatch orders_;
    MessagesWatch messages_;
    std::unordered_map<std::uint32_t, Case> cases_;  ///< by number
    std::vector<Placed> purchases_, transfers_;      ///< by their places, while they have them
    std::vector<models::Time> found_;                ///< by place: when what an urgent transfer answers was raised
    std::vector<ObjectPlace> suppliers_;
    std::array<ObjectPlace, models::kRoles> people_;              ///< by role
    std::map<std::string, ObjectPlace> links_;                    ///< by what they are called
    std::unordered_map<std::string, int> named_;                  ///< so many of a location and a day
    std::unordered_map<std::uint32_t, std::string> from_before_;  ///< names of purchase lines placed before day 0
    std::map<ObjectPlace, ObjectPlace> exceptions_;  ///< by link: the case of its failures that was raised last
    std::optional<models::CaseStepped> held_;        ///< the detection of a case, until it is told what it is about
    models::Time held_at_{};
    std::optional<models::CaseStepped> last_;  ///< step of this event
};

}  // namespace entrepot::studies::evidence

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "studies/evidence/object_log.hpp"
#include "studies/evidence/orders_watch.hpp"
#include "studies/explain/rerun.hpp"

namespace entrepot::studies::evidence {

/// Messages between systems in a log: those that did not come through at once, or that carried what the log is about;
/// or all of the links to which something can happen.
class MessagesWatch {
public:
    /// What the log knows of what messages are about; kNoObject for none.
    struct Lookups {
        std::function<ObjectPlace(std::uint32_t place)> purchase, transfer;  ///< by their places at headquarters
        std::function<ObjectPlace(std::uint32_t number)> decision;
        std::function<ObjectPlace(models::SiteId sender, std::uint32_t number)> link;
        std::function<ObjectPlace(ObjectPlace link)> exception;  ///< the case of its failures that was raised last
        std::function<ObjectPlace(models::ItemId item)> supplier;
    };
    MessagesWatch(const models::Network& network, ObjectLog& log, Known& known, OrdersWatch& orders, Lookups lookups,
                  bool all);

    /// What was on its way is there by now. Before anything else of an event.
    void pass(models::Time now);
    void take(const models::World& world, const models::Fact& fact);
    /// After an event: what was carried out twice may have been found, and orders may wait for a release.
    void look(const explain::Seen& seen);
    void end(models::Time now);

private:
    struct Early {
        models::Time at{};
        models::MessageStepped step;
    };
    struct Message {
        ObjectPlace object = kNoObject, link = kNoObject, about = kNoObject, item = kNoObject, site = kNoObject,
                    supplier = kNoObject;
        std::vector<Early> early;  ///< before it was known that it belongs to the log
        int failures = 0, given_up = 0, lost = 0;
        models::MessageStep last{};
    };
    struct Due {
        std::uint64_t key = 0;
        models::MessageStepped step;
        bool told = false;
    };
    /// What was carried out a second time, and the record doesn't know.
    struct Second {
        bool transfer = false;
        std::uint32_t place = 0;
        std::uint16_t serial = 0;
        Message of;
    };

    Message begun(const models::World& world, const models::Fact& fact);
    void belongs(const models::World& world, const models::Fact& fact, Message& message);
    void tell(models::Time at, const models::MessageStepped& step, Message& message);
    void tell(EventType type, models::Time at, const Message& message, double hours = 0);
    void look_for_found(const explain::Seen& seen);
    void link_released(models::SiteId site, ObjectPlace message);
    void note_second(const models::World& world, const models::Fact& fact, const Message& message);

    const models::Network& network_;
    ObjectLog& log_;
    Known& known_;
    OrdersWatch& orders_;
    Lookups lookups_;
    bool all_;
    std::map<std::uint64_t, Message> messages_;           ///< that are not over, by who tells of them, link and number
    std::multimap<models::Time, Due> due_;                ///< what they ask for will be done
    std::vector<std::vector<std::uint32_t>> unreleased_;  ///< by site: orders that the next release tells of
    std::vector<Second> seconds_;
    std::map<std::uint64_t, std::vector<Message>> posted_twice_;  ///< by site and item, until a count
};

}  // namespace entrepot::studies::evidence

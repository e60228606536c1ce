#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "models/network/ids.hpp"
#include "models/units.hpp"

/// An object-centric event log (OCEL 2.0) in memory: events, the objects that they are about, and how these change.
namespace entrepot::studies::evidence {

enum class ObjectType : std::uint8_t {
    order,
    line,
    purchase_order,
    transfer,
    decision,
    item,
    site,
    supplier,
    person,
    link,
    message
};
enum class EventType : std::uint8_t {
    // Steps of a case, in the order of models::CaseStep.
    detected,
    recommended,
    checked,
    queued,
    begun,
    handled,
    skipped,
    aged,
    settled,
    changed,
    bounced,
    asked,
    overdue,
    approved,
    released,
    executed,
    closed,
    // What becomes of the objects that it is about.
    purchase_placed,
    purchase_delivered,
    purchase_put_away,
    purchase_received,
    transfer_ordered,
    transfer_shipped,
    transfer_arrived,
    transfer_put_away,
    order_placed,
    order_escalated,
    order_answered,
    order_shipped,
    order_delivered,
    order_closed,
    stock_reallocated,
    substitute_offered,
    // Steps of a message, in the order of models::MessageStep.
    message_sent,
    message_queued,
    message_held_back,
    message_retried,
    message_failed,
    message_dead,
    message_lost,
    message_repaired,
    message_accepted,
    message_held_up,
    message_to_key,
    message_applied,
    message_duplicated,
    // And what comes of a second effect.
    message_reconciled,
};
/// What an object is to an event, or to another object.
enum class Qualifier : std::uint8_t {
    decision,
    about,
    item,
    site,
    from,
    supplier,
    by,
    because_of,
    line,
    order,
    in_place_of,
    message,
    over,
};
std::string_view text_of(Qualifier qualifier);

enum class ValueType : std::uint8_t { text, integer, real, boolean, time };

struct Attribute {
    std::string_view name;
    ValueType type;
};
/// What is declared of a type. `table` is its name in the tables of SQLite.
struct Declared {
    std::string_view name, table;
    std::span<const Attribute> attributes;
};
/// By ObjectType, by EventType.
std::span<const Declared> object_types();
std::span<const Declared> event_types();

// Places of attributes that change.
namespace attribute {
inline constexpr std::uint8_t kOrderDelivered = 4, kOrderOutcome = 5;
inline constexpr std::uint8_t kPurchaseOrdered = 0, kPurchaseDelivered = 1, kPurchaseReceived = 2,
                              kPurchaseExpedited = 3, kPurchaseState = 4;
inline constexpr std::uint8_t kTransferUnits = 0, kTransferSent = 1, kTransferState = 3;
inline constexpr std::uint8_t kCaseUnits = 1, kCaseValue = 2, kCaseTouches = 5, kCaseOutcome = 6;
inline constexpr std::uint8_t kMessageFailures = 3, kMessageGivenUp = 4, kMessageLost = 5, kMessageDuplicate = 6,
                              kMessageState = 7;
}  // namespace attribute

/// A value of an attribute, whose type says how to read it.
struct Value {
    std::int64_t bits = 0;

    static Value of(std::int64_t number) { return {number}; }
    static Value of(bool yes) { return {yes}; }
    static Value of(models::Time moment) { return {moment.time_since_epoch().count()}; }
    static Value of(double number);
    double real() const;
    models::Time moment() const { return models::Time{models::Duration{bits}}; }
    bool operator==(const Value&) const = default;
};

using ObjectPlace = std::uint32_t;  ///< in the log
inline constexpr ObjectPlace kNoObject = 0xFFFFFFFF;

struct Relation {
    ObjectPlace object = kNoObject;
    Qualifier qualifier = Qualifier::about;
    bool operator==(const Relation&) const = default;
};

class ObjectLog {
public:
    struct Object {
        std::string id;
        std::uint32_t first_value = 0;  ///< of those that it has from its beginning, one for each attribute
        ObjectType type = ObjectType::order;
    };
    struct Change {
        ObjectPlace object = kNoObject;
        std::uint8_t attribute = 0;
        models::Time at{};
        Value value;
    };
    struct Link {
        ObjectPlace source = kNoObject;
        Relation target;
    };
    struct Event {
        models::Time at{};
        std::uint32_t first_value = 0, first_relation = 0;
        EventType type = EventType::detected;
        std::uint8_t relations = 0;
    };

    /// A text as a value: the same text is the same value.
    Value text(std::string_view text);
    const std::string& text(Value value) const { return texts_[static_cast<std::size_t>(value.bits)]; }

    /// `id` is lengthened where another object has it.
    ObjectPlace add(ObjectType type, std::string id, std::initializer_list<Value> values);
    void change(ObjectPlace object, std::uint8_t attribute, models::Time at, Value value);
    void link(ObjectPlace source, ObjectPlace target, Qualifier qualifier);
    /// Relations to no object are left out; it must have one that is to one.
    void tell(EventType type, models::Time at, std::initializer_list<Value> values,
              std::initializer_list<Relation> relations);
    /// Brings all into the order in which it is written: events by time, changes and links by object, then by time.
    void finish();

    const std::vector<Object>& objects() const { return objects_; }
    const std::vector<Event>& events() const { return events_; }
    std::span<const Value> values(const Object& object) const;
    std::span<const Value> values(const Event& event) const;
    std::span<const Relation> relations(const Event& event) const;
    /// After finish(), of one object.
    std::span<const Change> changes(ObjectPlace object) const;
    std::span<const Link> links(ObjectPlace source) const;

private:
    std::uint32_t keep(std::initializer_list<Value> values);

    std::vector<std::string> texts_;
    std::unordered_map<std::string, std::int64_t> place_of_text_;
    std::unordered_set<std::string> ids_;
    std::vector<Object> objects_;
    std::vector<Event> events_;
    std::vector<Value> values_;
    std::vector<Relation> relations_;
    std::vector<Change> changes_;
    std::vector<Link> links_;
};

}  // namespace entrepot::studies::evidence

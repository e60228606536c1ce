#include "studies/evidence/object_log.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "models/case_facts.hpp"
#include "sim/check.hpp"

namespace entrepot::studies::evidence {

namespace {

constexpr Attribute kOrder[]{{"tier", ValueType::text},         {"lines", ValueType::integer},
                             {"units", ValueType::integer},     {"value", ValueType::real},
                             {"delivered", ValueType::integer}, {"outcome", ValueType::text}};
constexpr Attribute kLine[]{{"units", ValueType::integer}};
constexpr Attribute kPurchaseOrder[]{{"ordered", ValueType::integer},
                                     {"delivered", ValueType::integer},
                                     {"received", ValueType::integer},
                                     {"expedited", ValueType::boolean},
                                     {"state", ValueType::text}};
constexpr Attribute kTransfer[]{
    {"units", ValueType::integer}, {"sent", ValueType::integer}, {"mode", ValueType::text}, {"state", ValueType::text}};
constexpr Attribute kDecision[]{{"kind", ValueType::text},   {"units", ValueType::integer},
                                {"value", ValueType::real},  {"policy", ValueType::text},
                                {"inputs", ValueType::text}, {"touches", ValueType::integer},
                                {"outcome", ValueType::text}};
constexpr Attribute kItem[]{{"name", ValueType::text},
                            {"class", ValueType::text},
                            {"unit_cost", ValueType::real},
                            {"seasonal", ValueType::boolean}};
constexpr Attribute kSite[]{{"name", ValueType::text}};
constexpr Attribute kSupplier[]{{"name", ValueType::text}, {"segment", ValueType::text}};
constexpr Attribute kPerson[]{{"role", ValueType::text}, {"group", ValueType::boolean}, {"heads", ValueType::integer}};

constexpr Attribute kLink[]{{"name", ValueType::text}};
constexpr Attribute kMessage[]{{"interface", ValueType::text},    {"sent", ValueType::time},
                               {"run", ValueType::boolean},       {"failures", ValueType::integer},
                               {"given_up", ValueType::integer},  {"lost", ValueType::integer},
                               {"duplicate", ValueType::boolean}, {"state", ValueType::text}};

constexpr Declared kObjectTypes[]{{"order", "Order", kOrder},
                                  {"line", "Line", kLine},
                                  {"purchase_order", "PurchaseOrder", kPurchaseOrder},
                                  {"transfer", "Transfer", kTransfer},
                                  {"case", "Case", kDecision},
                                  {"item", "Item", kItem},
                                  {"site", "Site", kSite},
                                  {"supplier", "Supplier", kSupplier},
                                  {"person", "Person", kPerson},
                                  {"link", "Link", kLink},
                                  {"message", "Message", kMessage}};

constexpr Attribute kStep[]{{"units", ValueType::integer}, {"outcome", ValueType::text}, {"role", ValueType::text}};
constexpr Attribute kGoods[]{{"units", ValueType::integer}};

constexpr Attribute kOffer[]{{"units", ValueType::integer}, {"taken", ValueType::boolean}};

/// `hours`: until what is to come next, as far as that is known.
constexpr Attribute kHop[]{{"failures", ValueType::integer}, {"hours", ValueType::real}};

constexpr Declared kEventTypes[]{{"detected", "Detected", kStep},
                                 {"recommended", "Recommended", kStep},
                                 {"checked", "Checked", kStep},
                                 {"queued", "Queued", kStep},
                                 {"begun", "Begun", kStep},
                                 {"handled", "Handled", kStep},
                                 {"skipped", "Skipped", kStep},
                                 {"aged", "Aged", kStep},
                                 {"settled", "Settled", kStep},
                                 {"changed", "Changed", kStep},
                                 {"bounced", "Bounced", kStep},
                                 {"asked", "Asked", kStep},
                                 {"overdue", "Overdue", kStep},
                                 {"approved", "Approved", kStep},
                                 {"released", "Released", kStep},
                                 {"executed", "Executed", kStep},
                                 {"closed", "Closed", kStep},
                                 {"purchase placed", "PurchasePlaced", kGoods},
                                 {"purchase delivered", "PurchaseDelivered", kGoods},
                                 {"purchase put away", "PurchasePutAway", kGoods},
                                 {"purchase received", "PurchaseReceived", kGoods},
                                 {"transfer ordered", "TransferOrdered", kGoods},
                                 {"transfer shipped", "TransferShipped", kGoods},
                                 {"transfer arrived", "TransferArrived", kGoods},
                                 {"transfer put away", "TransferPutAway", kGoods},
                                 {"order placed", "OrderPlaced", kGoods},
                                 {"order escalated", "OrderEscalated", kGoods},
                                 {"order answered", "OrderAnswered", kGoods},
                                 {"order shipped", "OrderShipped", kGoods},
                                 {"order delivered", "OrderDelivered", kGoods},
                                 {"order closed", "OrderClosed", kGoods},
                                 {"stock reallocated", "StockReallocated", kGoods},
                                 {"substitute offered", "SubstituteOffered", kOffer},
                                 {"message sent", "MessageSent", kHop},
                                 {"message queued", "MessageQueued", kHop},
                                 {"message held back", "MessageHeldBack", kHop},
                                 {"message retried", "MessageRetried", kHop},
                                 {"message failed", "MessageFailed", kHop},
                                 {"message dead-lettered", "MessageDeadLettered", kHop},
                                 {"message lost", "MessageLost", kHop},
                                 {"message repaired", "MessageRepaired", kHop},
                                 {"message accepted", "MessageAccepted", kHop},
                                 {"message held up", "MessageHeldUp", kHop},
                                 {"message to be keyed in", "MessageToKey", kHop},
                                 {"message applied", "MessageApplied", kHop},
                                 {"message duplicated", "MessageDuplicated", kHop},
                                 {"message reconciled", "MessageReconciled", kHop}};

static_assert(static_cast<int>(EventType::closed) == static_cast<int>(models::CaseStep::closed));

const Declared& declared(ObjectType type) { return kObjectTypes[static_cast<std::size_t>(type)]; }
const Declared& declared(EventType type) { return kEventTypes[static_cast<std::size_t>(type)]; }

}  // namespace

std::span<const Declared> object_types() { return kObjectTypes; }
std::span<const Declared> event_types() { return kEventTypes; }

std::string_view text_of(Qualifier qualifier) {
    static constexpr std::string_view kTexts[]{"case",        "about",   "item",       "site", "from",
                                               "supplier",    "by",      "because of", "line", "order",
                                               "in place of", "message", "over"};
    return kTexts[static_cast<std::size_t>(qualifier)];
}

Value Value::of(double number) { return {std::bit_cast<std::int64_t>(number)}; }
double Value::real() const { return std::bit_cast<double>(bits); }

Value ObjectLog::text(std::string_view text) {
    const auto [found, added] = place_of_text_.try_emplace(std::string(text), std::int64_t(texts_.size()));
    if (added) texts_.emplace_back(text);
    return {found->second};
}

std::uint32_t ObjectLog::keep(std::initializer_list<Value> values) {
    const auto first = static_cast<std::uint32_t>(values_.size());
    values_.insert(values_.end(), values);
    return first;
}

ObjectPlace ObjectLog::add(ObjectType type, std::string id, std::initializer_list<Value> values) {
    SIM_CHECK(values.size() == declared(type).attributes.size(), "an object lacks an attribute");
    while (!ids_.insert(id).second) id += '~';
    objects_.push_back({std::move(id), keep(values), type});
    return static_cast<ObjectPlace>(objects_.size() - 1);
}

void ObjectLog::change(ObjectPlace object, std::uint8_t attribute, models::Time at, Value value) {
    if (object != kNoObject) changes_.push_back({object, attribute, at, value});
}

void ObjectLog::link(ObjectPlace source, ObjectPlace target, Qualifier qualifier) {
    if (source != kNoObject && target != kNoObject) links_.push_back({source, {target, qualifier}});
}

void ObjectLog::tell(EventType type, models::Time at, std::initializer_list<Value> values,
                     std::initializer_list<Relation> relations) {
    SIM_CHECK(values.size() == declared(type).attributes.size(), "an event lacks an attribute");
    Event event{at, keep(values), static_cast<std::uint32_t>(relations_.size()), type, 0};
    for (const Relation& relation : relations) {
        if (relation.object != kNoObject) relations_.push_back(relation);
    }
    event.relations = static_cast<std::uint8_t>(relations_.size() - event.first_relation);
    SIM_CHECK(event.relations > 0, "an event is about nothing");
    events_.push_back(event);
}

void ObjectLog::finish() {
    std::ranges::stable_sort(events_, {}, &Event::at);
    const auto when = [](const Change& c) { return std::tuple(c.object, c.at, c.attribute); };
    std::ranges::stable_sort(changes_, {}, when);
    // What changes twice in a millisecond, as which times are written, has had its last value.
    const auto written = [](const Change& c) {
        return std::tuple(c.object, std::chrono::floor<std::chrono::milliseconds>(c.at), c.attribute);
    };
    std::vector<Change> last;
    for (const Change& change : changes_) {
        const auto same = [&](const Change& other) { return written(other) == written(change); };
        auto begin = last.end();
        while (begin != last.begin() && std::get<0>(written(begin[-1])) == change.object &&
               std::get<1>(written(begin[-1])) == std::get<1>(written(change))) {
            --begin;
        }
        const auto before = std::find_if(begin, last.end(), same);
        before == last.end() ? last.push_back(change) : void(*before = change);
    }
    changes_ = std::move(last);
    std::ranges::stable_sort(links_, {}, &Link::source);
}

std::span<const Value> ObjectLog::values(const Object& object) const {
    return std::span(values_).subspan(object.first_value, declared(object.type).attributes.size());
}

std::span<const Value> ObjectLog::values(const Event& event) const {
    return std::span(values_).subspan(event.first_value, declared(event.type).attributes.size());
}

std::span<const Relation> ObjectLog::relations(const Event& event) const {
    return std::span(relations_).subspan(event.first_relation, event.relations);
}

std::span<const ObjectLog::Change> ObjectLog::changes(ObjectPlace object) const {
    const auto range = std::ranges::equal_range(changes_, object, {}, &Change::object);
    return {range.begin(), range.end()};
}

std::span<const ObjectLog::Link> ObjectLog::links(ObjectPlace source) const {
    const auto range = std::ranges::equal_range(links_, source, {}, &Link::source);
    return {range.begin(), range.end()};
}

}  // namespace entrepot::studies::evidence

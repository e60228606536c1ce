#include "studies/explain/supply.hpp"

#include <algorithm>

#include "models/disturbances/disturbances.hpp"
#include "models/network/calendar.hpp"
#include "models/records/master_data.hpp"

namespace entrepot::studies::explain {

using models::day_of;
using models::GoodsReference;
using models::Headquarters;
using models::ItemId;
using models::PurchaseLine;
using models::SiteId;

namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

}  // namespace

Supply::Supply(const models::Network& network) : network_(network), names_(network) {
    computed_.assign(network.items.size() * network.sites.size(), 0);
    next_refresh_ = computed_;
}

void Supply::begin(const models::World& world) {
    happenings_ = world.state.headquarters.happenings;
    look_for_purchases(world, sim::kStart);
    look_for_transfers(world, world.now, true);
    for (const auto& plant : world.state.headquarters.plants) busy_until_.push_back(plant.busy_until);
}

void Supply::see(const Seen& seen) {
    ended_ = seen.at();
    if (seen.event.to() == models::headquarters_of(network_)) {
        see_headquarters(seen);
    } else {
        see_goods(seen);
    }
}

void Supply::see_headquarters(const Seen& seen) {
    const bool opens = seen.message<models::OfficeOpens>().has_value();
    if (opens) look_at_levels(seen.world);
    const bool proposes = std::ranges::any_of(seen.told<models::CaseStepped>(), [](const models::CaseStepped& step) {
        return step.step == static_cast<std::uint8_t>(models::CaseStep::detected) &&
               step.kind == static_cast<std::uint8_t>(models::DecisionKind::purchase);
    });
    if (opens || proposes) look_for_purchases(seen.world, seen.at(), seen.told<models::CaseClosed>());
    if (opens || seen.message<models::DeskDone>() || seen.message<models::PoolAsked>()) {
        look_for_transfers(seen.world, seen.at());
    }
    if (const auto shipped = seen.message<models::TransferShipped>()) {
        if (shipped->transfer < transfer_of_slot_.size() && transfer_of_slot_[shipped->transfer] != kNobody) {
            TransferCourse& course = transfers_[transfer_of_slot_[shipped->transfer]];
            course.left = seen.at();
            course.sent = shipped->units;
        }
    }
    look_at_work(seen);
    look_at_cases(seen);
    look_at_supplier(seen);
    look_at_messages(seen);
}

void Supply::look_at_levels(const models::World& world) {
    const Headquarters& hq = world.state.headquarters;
    for (std::size_t i = 0; i < next_refresh_.size(); ++i) {
        const int next = hq.levels[models::LocationId{i}].next_refresh_day;
        if (next == next_refresh_[i]) continue;
        next_refresh_[i] = next;
        computed_[i] = day_of(world.partitions.front().now);
    }
}

void Supply::look_for_purchases(const models::World& world, Time now, const std::vector<models::CaseClosed>& closed) {
    const Headquarters& hq = world.state.headquarters;
    serials_.resize(hq.purchases.size());
    purchase_of_slot_.resize(hq.purchases.size(), kNobody);
    std::unordered_map<std::uint32_t, std::size_t> fresh;
    for (std::uint32_t slot = 0; slot < hq.purchases.size(); ++slot) {
        const PurchaseLine& line = hq.purchases[slot];
        if (line.serial == serials_[slot]) continue;
        serials_[slot] = line.serial;
        purchase_of_slot_[slot] = purchases_.size();
        const models::LocationId location = hq.location(line.site, line.item);
        PurchaseCourse course{.item = line.item, .site = line.site, .serial = line.serial};
        course.automatic = line.auto_released;
        course.ordered = line.ordered;
        course.proposed = now;
        course.proposed_at = sight_of(world, line.site, line.item);
        course.proposed_at.before = true;
        if (course.proposed_at.headquarters) course.proposed_at.headquarters->on_order -= line.ordered;
        course.levels = hq.levels[location];
        course.computed_day = computed_[location.index()];
        if (now == sim::kStart) {
            // From before day 0; or, in a world that has been under way, from before the first look.
            course.under_way = line.proposed == sim::kStart;
            course.proposed = course.under_way ? line.placed : line.proposed;
            if (line.placed != sim::kStart || course.under_way) course.placed = line.placed;
            course.due = line.due;
        } else {
            fresh[slot] = purchases_.size();
        }
        course.nth = ++named_[name(course)];
        purchases_.push_back(std::move(course));
    }
    if (fresh.empty()) return;
    std::unordered_set<std::uint32_t> over;  // whose places say what they were about
    for (const models::CaseClosed& one : closed) over.insert(one.number);
    for (std::uint32_t place = 0; place < hq.cases.size(); ++place) {
        const models::Case& made = hq.cases[place];
        if (made.kind != models::DecisionKind::purchase || made.raised != now || over.contains(made.number)) continue;
        const auto line = fresh.find(made.subject);
        if (line == fresh.end() || hq.purchases[made.subject].serial != made.serial) continue;
        purchase_of_case_[made.number] = line->second;
        const models::CaseQueue& queue = hq.desk(made.role).ordinary;
        const bool queued =
            std::ranges::any_of(queue, [&](const auto& waiting) { return waiting.at.number == made.number; });
        if (queued) purchases_[line->second].queue = queue.size();
    }
}

/// How far the cases of purchase lines have come.
void Supply::look_at_cases(const Seen& seen) {
    for (const models::CaseStepped& step : seen.told<models::CaseStepped>()) {
        const auto line = purchase_of_case_.find(step.number);
        if (line == purchase_of_case_.end()) continue;
        PurchaseCourse& course = purchases_[line->second];
        switch (static_cast<models::CaseStep>(step.step)) {
            case models::CaseStep::begun:
                if (!course.approval) course.begun = seen.at();
                break;
            case models::CaseStep::handled:
                course.handled = seen.at();
                break;
            case models::CaseStep::asked:
                if (course.handled == sim::kNever) course.handled = seen.at();  // nobody works on it, but it isn't out
                course.approval = true;
                course.unit_cost = models::cost_on_record(seen.world.state.headquarters, course.item, network_);
                break;
            case models::CaseStep::closed: {
                const bool dropped = static_cast<models::StepOutcome>(step.outcome) == models::StepOutcome::dropped;
                if (dropped && course.placed == sim::kNever) course.given_up = seen.at();
                purchase_of_case_.erase(line);
                break;
            }
            default:
                break;
        }
    }
}

void Supply::look_at_work(const Seen& seen) {
    const Headquarters& hq = seen.world.state.headquarters;
    for (const models::PurchaseLineOrdered& ordered : seen.told<models::PurchaseLineOrdered>()) {
        if (ordered.line == models::kNone || ordered.line >= purchase_of_slot_.size()) continue;
        if (purchase_of_slot_[ordered.line] == kNobody) continue;
        PurchaseCourse& course = purchases_[purchase_of_slot_[ordered.line]];
        course.placed = seen.at();
        const PurchaseLine& line = hq.purchases[ordered.line];
        const models::InventoryPolicy* policy = network_.policy(line.site, line.item);
        course.by_supplier = !line.of_second && !(policy != nullptr && policy->source);
        if (line.serial == course.serial && line.due > line.placed) course.due = course.due_by_master = line.due;
        course.expected = line.arrives;
    }
    look_at_capacity(seen);
    if (seen.message<models::DeskDone>()) look_at_haste(seen);
}

/// How long each order waits for its supplier's capacity: reckoned as the supplier does, one order after the other.
void Supply::look_at_capacity(const Seen& seen) {
    const auto& taken = seen.told<models::OrderReachedSupplier>();
    if (taken.empty()) return;
    const Headquarters& hq = seen.world.state.headquarters;
    for (const models::OrderReachedSupplier& reached : taken) {
        if (reached.line >= purchase_of_slot_.size()) continue;
        const PurchaseLine& line = hq.purchases[reached.line];
        PurchaseCourse* course = mine(reached.line, line.serial);
        if (course != nullptr) {
            course->reached = seen.at();
            course->expected = line.arrives;
        }
        const models::SupplierId id = network_.items[line.item].supplier;
        const models::Money a_day =
            network_.supplier_capacity[id] * models::disturbed_factor(network_, hq.happenings,
                                                                      models::Disturbance::Kind::supplier_capacity,
                                                                      {.supplier = id}, models::at_moment(seen.at()));
        if (a_day.micros <= 0) continue;
        const models::Supplier& terms = network_.suppliers[id];
        const Time reaches = seen.at() + terms.order_lag;
        Time& busy = busy_until_[id.index()];
        const models::Money value = network_.items[line.item].unit_cost * line.ordered;
        busy = std::max(busy, reaches) + sim::from_real<sim::days>(value.amount() / a_day.amount());
        if (course != nullptr) {
            course->capacity_wait = std::max(busy - reaches - terms.capacity_slack, models::Duration::zero());
        }
    }
    for (std::size_t i = 0; i < busy_until_.size(); ++i) busy_until_[i] = hq.plants[models::SupplierId{i}].busy_until;
}

/// A planner who has dealt with a late line: who pays for it gets the goods sooner.
void Supply::look_at_haste(const Seen& seen) {
    const auto& paid = seen.told<models::ExpeditePaid>();
    if (paid.empty()) return;
    const Headquarters& hq = seen.world.state.headquarters;
    for (std::uint32_t slot = 0; slot < purchase_of_slot_.size(); ++slot) {
        const PurchaseLine& line = hq.purchases[slot];
        if (!line.open || !line.chased || line.version == 0) continue;
        PurchaseCourse* course = mine(slot, line.serial);
        if (course == nullptr || course->expedited) continue;
        course->expedited = true;
        course->paid_at = seen.at();
        course->paid = models::Money{paid.front().extra_micros};
        if (!course->under_way) course->sooner = course->expected - line.arrives;
    }
}

PurchaseCourse* Supply::mine(std::uint32_t slot, std::uint16_t serial) {
    if (slot >= purchase_of_slot_.size() || purchase_of_slot_[slot] == kNobody) return nullptr;
    PurchaseCourse& course = purchases_[purchase_of_slot_[slot]];
    return course.serial == serial ? &course : nullptr;
}

void Supply::look_at_supplier(const Seen& seen) {
    const Headquarters& hq = seen.world.state.headquarters;
    if (const auto truck = seen.message<models::SupplierDelivers>()) {
        PurchaseCourse* course = mine(truck->line, truck->serial);
        if (course == nullptr || hq.purchases[truck->line].version != truck->version) return;
        course->arrived = seen.at();
        course->brought += truck->units;
    } else if (const auto overdue = seen.message<models::ReceiptOverdue>()) {
        PurchaseCourse* course = mine(overdue->line, overdue->serial);
        const PurchaseLine& line = hq.purchases[overdue->line];
        if (course == nullptr || line.serial != overdue->serial) return;
        course->late = line.late;
        course->chased = line.chased;
    }
    for (const models::SupplierTold& news : seen.told<models::SupplierTold>()) {
        PurchaseCourse* course = mine(news.line, hq.purchases[news.line].serial);
        if (course == nullptr) continue;
        course->told.push_back({seen.at(), news});
        course->chased = course->chased || hq.purchases[news.line].chased;
        course->due = hq.purchases[news.line].due;
    }
    for (const models::PurchaseLineReceived& received : seen.told<models::PurchaseLineReceived>()) {
        if (received.line >= purchase_of_slot_.size() || purchase_of_slot_[received.line] == kNobody) continue;
        PurchaseCourse& course = purchases_[purchase_of_slot_[received.line]];
        course.known = seen.at();
        course.not_coming = received.ordered - received.received;
    }
}

/// The messages that carry what is ordered, and what is told of it.
void Supply::look_at_messages(const Seen& seen) {
    const auto keep = [&](auto* course, models::SiteId site, const models::MessageStepped& told) {
        if (course == nullptr) return;
        Hop hop{seen.at(), told, {}};
        const bool wrong = is_given_up(hop) || told.step == models::MessageStep::twice;
        if (wrong) hop.sights.push_back(sight_of(seen.world, site, course->item));
        course->messages.push_back(std::move(hop));
    };
    for (const models::MessageStepped& told : seen.told<models::MessageStepped>()) {
        const auto interface = static_cast<models::InterfaceName>(told.interface);
        const std::uint32_t first = told.content[0];
        if (models::is_of_suppliers(interface)) {
            PurchaseCourse* course = mine(first, static_cast<std::uint16_t>(told.content[1]));
            keep(course, course != nullptr ? course->site : SiteId{}, told);
        } else if (interface == models::InterfaceName::recommendation) {
            const auto line = purchase_of_case_.find(told.content[1]);
            if (line != purchase_of_case_.end()) keep(&purchases_[line->second], purchases_[line->second].site, told);
        } else if (interface == models::InterfaceName::transfer_order && first < transfer_of_slot_.size() &&
                   transfer_of_slot_[first] != kNobody) {
            TransferCourse& course = transfers_[transfer_of_slot_[first]];
            keep(&course, course.to, told);
        }
    }
}

void Supply::look_for_transfers(const models::World& world, Time now, bool under_way) {
    const Headquarters& hq = world.state.headquarters;
    open_transfers_.resize(hq.transfers.size());
    transfer_of_slot_.resize(hq.transfers.size(), kNobody);
    for (std::uint32_t slot = 0; slot < hq.transfers.size(); ++slot) {
        const models::Transfer& transfer = hq.transfers[slot];
        const bool was_open = open_transfers_[slot];
        open_transfers_[slot] = transfer.open;
        if (!transfer.open) continue;
        if (was_open && transfer_of_slot_[slot] != kNobody) {
            const TransferCourse& known = transfers_[transfer_of_slot_[slot]];
            const bool same = known.item == transfer.item && known.to == transfer.to && known.from == transfer.from;
            if (same && known.wanted == transfer.units) continue;
        }
        transfer_of_slot_[slot] = transfers_.size();
        TransferCourse course{.item = transfer.item, .from = transfer.from, .to = transfer.to};
        course.mode = transfer.mode;
        course.wanted = transfer.units;
        course.proposed = under_way ? transfer.proposed : now;
        course.nth = ++named_[name(course)];
        transfers_.push_back(course);
    }
}

/// Goods of headquarters' orders at the sites.
void Supply::see_goods(const Seen& seen) {
    const Time now = seen.at();
    const auto transfer = [&](std::uint32_t slot) -> TransferCourse* {
        return slot < transfer_of_slot_.size() && transfer_of_slot_[slot] != kNobody
                   ? &transfers_[transfer_of_slot_[slot]]
                   : nullptr;
    };
    if (const auto asked = seen.message<models::TransferRequested>()) {
        if (TransferCourse* course = transfer(asked->transfer())) course->asked = now;
        return;
    }
    if (const auto arrived = seen.message<models::GoodsArrive>()) {
        const bool theirs = arrived->reference.kind() == GoodsReference::transfer;
        TransferCourse* course = theirs ? transfer(arrived->reference.index()) : nullptr;
        if (course) {
            course->arrived = now;
            course->sent = arrived->units;
        }
    }
    if (const auto put = put_away_by(seen, network_)) {
        const GoodsReference& goods = put->reference;
        if (goods.kind() == GoodsReference::transfer) {
            if (TransferCourse* course = transfer(goods.index())) course->put_away = now;
        } else if (goods.of_headquarters() && goods.index() < purchase_of_slot_.size() &&
                   purchase_of_slot_[goods.index()] != kNobody) {
            PurchaseCourse& course = purchases_[purchase_of_slot_[goods.index()]];
            course.put_away = now;
            course.put += put->units;
        }
    }
}

std::optional<models::GoodsPutAway> put_away_by(const Seen& seen, const models::Network& network) {
    if (const auto put = seen.message<models::GoodsPutAway>()) {
        if (put->reference.kind() == GoodsReference::to_scrap) return std::nullopt;
        if (!put->reference.entered()) return put;
        // Of what was entered ahead the order may be closed, and its place another one's.
        const auto kind = put->reference.from_site() ? GoodsReference::site : GoodsReference::direct;
        return models::GoodsPutAway{put->item, put->units, GoodsReference::of(kind)};
    }
    const auto arrived = seen.message<models::GoodsArrive>();
    if (!arrived || network.sites[SiteId{seen.event.to()}].handling != models::Handling::at_once) return std::nullopt;
    return models::GoodsPutAway{arrived->item, arrived->units, arrived->reference};
}

std::string Supply::name(const PurchaseCourse& course) const {
    return names_.purchase(course.site, course.item, course.day(), course.nth);
}

std::string Supply::name(const TransferCourse& course) const {
    return names_.transfer(course.from, course.to, course.item, course.day(), course.nth);
}

namespace {

/// The one that is spelt so, or the first that differs in capitals only.
template <class Course>
const Course* named_so(const Supply& supply, const std::vector<Course>& courses, const std::string& name) {
    const Course* alike = nullptr;
    for (const Course& course : courses) {
        const std::string own = supply.name(course);
        if (own == name) return &course;
        if (alike == nullptr && same_name(own, name)) alike = &course;
    }
    return alike;
}

}  // namespace

const PurchaseCourse* Supply::find_purchase(const std::string& name) const { return named_so(*this, purchases_, name); }

const TransferCourse* Supply::find_transfer(const std::string& name) const { return named_so(*this, transfers_, name); }

const PurchaseCourse* Supply::purchase_at(std::uint32_t slot) const {
    return slot < purchase_of_slot_.size() && purchase_of_slot_[slot] != kNobody ? &purchases_[purchase_of_slot_[slot]]
                                                                                 : nullptr;
}

const TransferCourse* Supply::transfer_at(std::uint32_t slot) const {
    return slot < transfer_of_slot_.size() && transfer_of_slot_[slot] != kNobody ? &transfers_[transfer_of_slot_[slot]]
                                                                                 : nullptr;
}

}  // namespace entrepot::studies::explain

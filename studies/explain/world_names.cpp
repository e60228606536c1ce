#include "studies/explain/world_names.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/decisions/cases.hpp"

namespace entrepot::studies::explain {

using models::SiteId;
using models::SiteState;

WorldNames::WorldNames(const models::World& world)
    : world_(world), names_(*world.network), supply_(*world.network), sites_(world.state.sites.size()) {
    supply_.begin(world);
    for (const SiteState& site : world.state.sites) {
        for (std::uint32_t place = 0; place < site.lines.size(); ++place) note_line(site, place);
        for (std::uint32_t place = 0; place < site.tasks.size(); ++place) note_task(site, place);
        sites_[site.id.index()].unreleased = site.unreleased.size();
    }
    note_cases(world);
}

OrderAddress WorldNames::address_of(const SiteState& site, std::uint32_t place) {
    const models::Order& order = site.orders[place];
    return {site.id, order.key, order.coordinate, order.internal};
}

void WorldNames::note_line(const SiteState& site, std::uint32_t place) {
    std::vector<KnownLine>& lines = sites_[site.id.index()].lines;
    lines.resize(std::max<std::size_t>(lines.size(), place + 1));
    const models::Line& line = site.lines[place];
    if (line.order == models::kNone) return;
    lines[place] = {line.serial, address_of(site, line.order), models::ItemId{line.item}};
}

void WorldNames::note_task(const SiteState& site, std::uint32_t place) {
    std::vector<KnownTask>& tasks = sites_[site.id.index()].tasks;
    tasks.resize(std::max<std::size_t>(tasks.size(), place + 1));
    const models::Task& task = site.tasks[place];
    tasks[place] = {};
    if (task.order != models::kNone) {
        tasks[place] = {true, address_of(site, task.order), models::kNone};
    } else if (task.transfer != models::kNone) {
        tasks[place].transfer = site.outgoing[task.transfer].transfer;
    }
}

void WorldNames::note_cases(const models::World& world) {
    const auto& cases = world.state.headquarters.cases;
    cases_.resize(cases.size());
    for (std::uint32_t place = 0; place < cases.size(); ++place) cases_[place] = cases[place];
}

void WorldNames::see(const Seen& seen) {
    supply_.see(seen);
    if (seen.event.to() == models::headquarters_of(network())) {
        if (seen.message<models::StockExtract>() || seen.message<models::ReceiptReported>()) return;
        note_cases(seen.world);
        return;
    }
    const SiteState& site = seen.world.state.sites[SiteId{seen.event.to()}];
    Site& known = sites_[site.id.index()];
    for (const models::OrderPlaced& placed : seen.told<models::OrderPlaced>()) {
        for (std::uint32_t place = 0; place < site.lines.size(); ++place) {
            if (site.lines[place].order == placed.order) note_line(site, place);
        }
    }
    // Tasks stand in this list from their beginning to the next release.
    if (site.unreleased.size() < known.unreleased) known.unreleased = 0;
    for (; known.unreleased < site.unreleased.size(); ++known.unreleased) {
        note_task(site, site.unreleased[known.unreleased]);
    }
}

std::string WorldNames::order(SiteId id, std::uint32_t hash) const {
    const SiteState& site = world_.state.sites[id];
    for (std::uint32_t place = 0; place < site.orders.size(); ++place) {
        if (models::name_of(site.orders[place]) == hash) return names_.order(id, site.orders[place]);
    }
    return "one that is over";
}

std::string WorldNames::line(SiteId site, std::uint32_t place, std::uint32_t serial) const {
    const std::vector<KnownLine>& lines = sites_[site.index()].lines;
    if (place >= lines.size() || lines[place].serial != serial) return "one that is over";
    return fmt::format("{} of {}", network().items[lines[place].item].name, names_.order(lines[place].order));
}

std::string WorldNames::shipment(SiteId id, std::uint32_t place) const {
    const SiteState& site = world_.state.sites[id];
    return names_.order(address_of(site, site.shipments[place].order));
}

std::string WorldNames::task(SiteId site, std::uint32_t place) const {
    const std::vector<KnownTask>& tasks = sites_[site.index()].tasks;
    if (place < tasks.size() && tasks[place].of_order) return names_.order(tasks[place].order);
    return transfer(place < tasks.size() ? tasks[place].transfer : models::kNone);
}

std::string WorldNames::purchase(std::uint32_t place, std::uint16_t serial) const {
    const PurchaseCourse* course = supply_.purchase_at(place);
    return course != nullptr && course->serial == serial ? supply_.name(*course) : "one that is over";
}

std::string WorldNames::purchase(std::uint32_t place) const {
    const PurchaseCourse* course = supply_.purchase_at(place);
    return course != nullptr ? supply_.name(*course) : "one that is over";
}

std::string WorldNames::transfer(std::uint32_t place) const {
    const TransferCourse* course = supply_.transfer_at(place);
    return course != nullptr ? supply_.name(*course) : "one that is not known";
}

std::string WorldNames::decision(std::uint32_t place) const {
    if (place >= cases_.size()) return "one that is not known";
    const models::Case& one = cases_[place];
    const models::StockKey key = one.about;
    switch (one.kind) {
        case models::DecisionKind::purchase:
            return "release of " + purchase(one.subject, one.serial);
        case models::DecisionKind::keying:
            return "what was written of " +
                   (models::is_about_transfer(one) ? transfer(one.subject) : purchase(one.subject, one.serial));
        case models::DecisionKind::supplier_exception:
            return "lateness of " + purchase(one.subject, one.serial);
        case models::DecisionKind::escalation:
            return "complaint of " + order(SiteId{key.site()}, one.escalated.order);
        case models::DecisionKind::promise_change:
            return "notice of " + order(SiteId{key.site()}, one.escalated.order);
        case models::DecisionKind::priority_exception:
            return "turn of " + order(SiteId{key.site()}, one.escalated.order);
        case models::DecisionKind::allocation_override:
            return "stock of others for " + order(SiteId{key.site()}, one.escalated.order);
        case models::DecisionKind::credit_hold:
        case models::DecisionKind::data_hold:
            return "hold of " + order(SiteId{key.site()}, one.escalated.order);
        case models::DecisionKind::integration_exception:
            return "stuck messages: " + link_text(network(), SiteId{key.site()}, one.subject);
        case models::DecisionKind::alert:
            return fmt::format("alert of {} at {}", network().items[models::ItemId{key.item()}].name,
                               network().sites[SiteId{key.site()}].name);
        case models::DecisionKind::transfer:
            break;
    }
    if (one.subject != models::kNone) return "release of " + transfer(one.subject);
    return fmt::format("stock of {} for {}", network().items[models::ItemId{key.item()}].name,
                       order(SiteId{key.site()}, one.escalated.order));
}

}  // namespace entrepot::studies::explain

#include "viz/live/scene.hpp"

#include <algorithm>
#include <cmath>

#include "models/decisions/cases.hpp"
#include "models/decisions/taking.hpp"
#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"

namespace entrepot::viz {

using models::Headquarters;
using models::ItemId;
using models::LocationId;
using models::Messages;
using models::SiteId;
using models::SiteState;
using models::Time;
using models::Units;
using models::World;

namespace {

/// So much later than told is late: a day or two are the rule where offices and docks have hours.
constexpr sim::days kGrace{3};

float& state(Hour& hour, Counted which) { return hour[static_cast<std::size_t>(which)]; }

/// Goods of one truck: they left together and come together.
void add_goods(const World& world, const sim::Event& event, const models::GoodsArrive& goods,
               std::vector<TruckScene>& trucks) {
    const models::Network& network = *world.network;
    if (event.from() >= network.sites.size()) return;
    const bool urgent =
        goods.reference.kind() == models::GoodsReference::transfer && goods.reference.of_headquarters() &&
        world.state.headquarters.transfers[goods.reference.index()].mode == models::TransferMode::urgent;
    const auto from = static_cast<std::uint16_t>(event.from()), to = static_cast<std::uint16_t>(event.to());
    const auto same = std::ranges::find_if(trucks, [&](const TruckScene& t) {
        return t.from == from && t.to == to && t.urgent == urgent && t.arrives == event.at;
    });
    if (same != trucks.end()) {
        ++same->lines;
        same->units += goods.units;
        return;
    }
    const double lead = network.transfer_terms.lead_days.empty()
                            ? 1
                            : std::max(0.5, network.transfer_terms.lead_days[SiteId{from}][SiteId{to}]);
    const double ahead = sim::in<sim::days>(event.at - world.now);
    trucks.push_back({.from = from,
                      .to = to,
                      .urgent = urgent,
                      .lines = 1,
                      .units = goods.units,
                      .arrives = event.at,
                      .way = std::clamp(1 - ahead / lead, 0.0, 1.0)});
}

CaseScene scene_of(const models::Case& one, CaseScene::Where where) {
    CaseScene scene{.number = one.number,
                    .kind = one.kind,
                    .where = where,
                    .raised = one.raised,
                    .since = one.since,
                    .touches = one.touches,
                    .role = one.role,
                    .level = one.level};
    scene.item = one.about.item();
    scene.site = static_cast<std::uint16_t>(one.about.site());
    scene.units = one.units;
    if (one.subject == models::kNone) scene.order = one.escalated.order;
    return scene;
}

/// Those in a queue that nobody else has taken up meanwhile, in the order in which they are taken.
std::vector<models::CaseQueue::Waiting> in_turn(const Headquarters& hq, const models::CaseQueue& queue,
                                                const models::Network& network) {
    std::vector<models::CaseQueue::Waiting> all;
    for (models::CaseQueue::Waiting waiting : queue) {
        if (!models::is_still(hq, waiting.at)) continue;
        waiting.before = models::place_in_queue(hq, hq.cases[waiting.at.place], network);
        all.push_back(waiting);
    }
    std::ranges::sort(all, {}, [](const auto& waiting) { return std::pair(waiting.before, waiting.nth); });
    return all;
}

DeskScene desk_of(const Headquarters& hq, const models::Desk& desk) {
    const auto count = [&](const models::CaseQueue& queue) {
        return static_cast<std::int32_t>(
            std::ranges::count_if(queue, [&](const auto& waiting) { return models::is_still(hq, waiting.at); }));
    };
    return {.staff = desk.staff(),
            .busy = desk.busy(),
            .busy_on_urgent = desk.busy_on_urgent(),
            .urgent = count(desk.urgent),
            .ordinary = count(desk.ordinary),
            .open = desk.open,
            .overtime = desk.overtime,
            .overtime_hours = desk.hours_overtime};
}

}  // namespace

Looker::Looker(const models::Network& network)
    : network_(network), segments_(network), total_(network.sites.size(), 0.0), seasonal_(total_) {
    for (const models::Item& item : network.items) is_seasonal_.push_back(item.seasonal);
    for (const SiteId site : sim::ids<SiteId>(network.sites)) {
        for (const ItemId item : sim::ids<ItemId>(network.items)) {
            const double usual = network.usual_daily_units[site][item];
            daily_.push_back(static_cast<float>(usual));
            total_[site.index()] += usual;
            if (network.items[item].seasonal) seasonal_[site.index()] += usual;
        }
    }
}

SiteScene Looker::look_at(const SiteState& site) const {
    SiteScene scene;
    const float* daily = daily_.data() + site.id.index() * network_.items.size();
    for (std::size_t i = 0; i < is_seasonal_.size(); ++i) {
        const models::ShelfStock& shelf = site.truth[ItemId{i}];
        const models::StockRecord& record = site.record[ItemId{i}];
        scene.on_hand += shelf.on_hand;
        scene.seasonal_on_hand += is_seasonal_[i] ? shelf.on_hand : 0;
        scene.at_dock += shelf.at_dock;
        scene.on_record += record.on_hand;
        scene.record_gap += std::abs(record.on_hand - shelf.on_hand);
        scene.postings += std::abs(record.unposted);
        scene.items_out += shelf.on_hand == 0 && daily[i] > 0;
        scene.items_short_on_record += record.on_hand - record.allocated <= 0 && daily[i] > 0;
    }
    scene.daily = total_[site.id.index()];
    scene.seasonal_daily = seasonal_[site.id.index()];
    scene.open_lines = site.open_lines;
    scene.past_due = site.past_due_lines;
    scene.waiting_stock = site.waiting_lines;
    scene.unreleased = static_cast<std::int32_t>(site.unreleased.size());
    scene.released = site.lines_released;
    scene.in_wave = site.lines_in_wave;
    scene.staged = models::staged_shipments(site);
    scene.on_the_road = static_cast<std::int32_t>(site.shipments.in_use()) - scene.staged;
    scene.on_duty = site.on_duty;
    scene.on_overtime = site.on_overtime;
    scene.picking = site.picking;
    scene.dock = static_cast<std::int32_t>(site.dock.size());
    scene.receiving = site.receiving;
    return scene;
}

void Looker::states(const World& world, std::span<Hour> places) const {
    for (const SiteState& site : world.state.sites) {
        const SiteScene scene = look_at(site);
        Hour& hour = places[site.id.index()];
        state(hour, Counted::on_hand) = static_cast<float>(scene.on_hand);
        state(hour, Counted::seasonal_on_hand) = static_cast<float>(scene.seasonal_on_hand);
        state(hour, Counted::cover) = static_cast<float>(scene.cover());
        state(hour, Counted::items_out) = static_cast<float>(scene.items_out);
        state(hour, Counted::record_gap) = static_cast<float>(scene.record_gap);
        state(hour, Counted::open_lines) = static_cast<float>(scene.open_lines);
        state(hour, Counted::past_due) = static_cast<float>(scene.past_due);
        state(hour, Counted::waiting_stock) = static_cast<float>(scene.waiting_stock);
        state(hour, Counted::waiting_pick) = static_cast<float>(scene.released + scene.in_wave);
        state(hour, Counted::staged) = static_cast<float>(scene.staged);
        state(hour, Counted::dock) = static_cast<float>(scene.dock);
        state(hour, Counted::on_duty) = static_cast<float>(scene.on_duty);
        state(hour, Counted::on_overtime) = static_cast<float>(scene.on_overtime);
        state(hour, Counted::postings) = static_cast<float>(scene.postings);
    }
    const Headquarters& hq = world.state.headquarters;
    Hour& hour = places[world.state.sites.size()];
    state(hour, Counted::planner_queue) = static_cast<float>(hq.desk(models::Role::planner).waiting());
    state(hour, Counted::agent_queue) = static_cast<float>(hq.desk(models::Role::service_agent).waiting());
    state(hour, Counted::purchases_open) = static_cast<float>(hq.purchases.in_use());
    state(hour, Counted::transfers_open) = static_cast<float>(hq.transfers.in_use());
}

/// What the events that wait say: goods on the road between sites, and cases that have a time.
void Looker::add_waiting_events(const World& world, bool lists, Scene& scene) const {
    const Headquarters& hq = world.state.headquarters;
    const auto add_case = [&](std::uint32_t index, CaseScene::Where where, Time until, std::int32_t turn = 0) {
        if (!lists) return;
        CaseScene one = scene_of(hq.cases[index], where);
        one.until = until;
        one.turn = turn;
        if (where == CaseScene::Where::preparing) one.since = one.raised;
        scene.lists.cases.push_back(one);
    };
    for (const auto& partition : world.partitions) {
        for (sim::Pending copy = partition.pending; !copy.empty();) {
            const sim::Event event = copy.pop();
            if (event.kind() == Messages::kind_of<models::GoodsArrive>()) {
                add_goods(world, event, event.as<models::GoodsArrive>(), scene.trucks);
            } else if (event.kind() == Messages::kind_of<models::ApproverTurns>()) {
                const auto& turns = event.as<models::ApproverTurns>();
                if (!models::is_still(hq, {turns.place, turns.number, turns.asks})) continue;
                ++scene.approvals;
                add_case(turns.place, CaseScene::Where::approval, event.at);
                if (lists) scene.lists.cases.back().role = turns.role;
            } else if (event.kind() == Messages::kind_of<models::CaseReady>()) {
                add_case(event.as<models::CaseReady>().place, CaseScene::Where::preparing, event.at);
            } else if (event.kind() == Messages::kind_of<models::DeskDone>()) {
                add_case(event.as<models::DeskDone>().place, CaseScene::Where::at_work, event.at);
            }
        }
    }
    if (!lists) return;
    const auto add_queue = [&](const models::CaseQueue& queue, CaseScene::Where where) {
        std::int32_t turn = 0;
        for (const auto& waiting : in_turn(hq, queue, network_)) add_case(waiting.at.place, where, sim::kNever, ++turn);
    };
    for (const models::Desk& desk : hq.desks) {
        add_queue(desk.urgent, CaseScene::Where::urgent);
        add_queue(desk.ordinary, CaseScene::Where::ordinary);
    }
    std::ranges::stable_sort(scene.lists.cases, {}, &CaseScene::raised);
}

void Looker::add_purchases(const World& world, bool lists, Scene& scene) const {
    const Headquarters& hq = world.state.headquarters;
    if (lists) scene.lists.suppliers.resize(network_.suppliers.size() * network_.sites.size());
    for (std::uint32_t index = 0; index < hq.purchases.size(); ++index) {
        const models::PurchaseLine& line = hq.purchases[index];
        if (!line.open || line.placed == Time{}) continue;
        ++scene.purchases_open;
        const Units to_come = line.ordered - line.received - line.not_coming;
        const bool overdue = line.due + kGrace<scene.now, slipping = line.arrives> line.due + kGrace;
        scene.purchases_overdue += overdue;
        Inbound& inbound = scene.sites[line.site.index()].inbound;
        const double ahead = std::max(0.0, sim::in<sim::days>(line.arrives - scene.now));
        const auto day = std::min(kInboundDays - 1, static_cast<std::size_t>(ahead));
        ++inbound.lines[day];
        inbound.late[day] += slipping || overdue;
        ++inbound.all_lines;
        inbound.all_late += slipping || overdue;
        inbound.units += to_come;
        if (!lists) continue;
        const std::size_t of_supplier = network_.items[line.item].supplier.index() * network_.sites.size();
        SupplierScene& supplier = scene.lists.suppliers[of_supplier + line.site.index()];
        ++supplier.lines;
        supplier.units += to_come;
        supplier.overdue += overdue;
        supplier.slipping += !overdue && slipping;
        supplier.oldest_due = std::min(supplier.oldest_due, line.due);
    }
}

Lists Looker::lists(const World& world) const {
    constexpr std::size_t kMostKnown = 60;
    const Headquarters& hq = world.state.headquarters;
    Lists lists;
    for (const SiteState& site : world.state.sites) {
        FloorScene floor;
        for (const std::uint32_t task : site.released) {
            floor.oldest_released = std::min(floor.oldest_released, site.tasks[task].entered);
        }
        for (const std::uint32_t task : site.wave) {
            floor.oldest_in_wave = std::min(floor.oldest_in_wave, site.tasks[task].entered);
        }
        lists.floors.push_back(floor);
        for (const ItemId item : sim::ids<ItemId>(network_.items)) {
            const models::ShelfStock& shelf = site.truth[item];
            const models::StockRecord& record = site.record[item];
            if (shelf.on_hand == record.on_hand) continue;
            const models::StockView& view = hq.view[hq.location(site.id, item)];
            lists.known.push_back({item.value, static_cast<std::uint16_t>(site.id.index()), shelf.on_hand,
                                   record.on_hand, record.on_hand - record.allocated - record.waiting, view.net,
                                   view.on_order, view.heard});
        }
    }
    const auto gap = [](const Known& k) { return -std::abs(k.shelf - k.record); };
    const auto most = lists.known.begin() + static_cast<std::ptrdiff_t>(std::min(kMostKnown, lists.known.size()));
    std::ranges::partial_sort(lists.known, most, [&](const Known& a, const Known& b) {
        return std::tuple(gap(a), a.site, a.item) < std::tuple(gap(b), b.site, b.item);
    });
    lists.known.erase(most, lists.known.end());
    return lists;
}

std::vector<ItemScene> Looker::item(const World& world, std::uint32_t item) const {
    std::vector<ItemScene> by_site;
    for (const SiteState& site : world.state.sites) by_site.push_back(look_at_location(world, site.id, ItemId{item}));
    return by_site;
}

Scene Looker::scene(const World& world, const Wanted& wanted) const {
    const Headquarters& hq = world.state.headquarters;
    Scene scene{.now = world.now, .events = world.events(), .digest = world.digest().value()};
    for (const SiteState& site : world.state.sites) scene.sites.push_back(look_at(site));
    for (std::size_t role = 0; role < models::kRoles; ++role) scene.desks[role] = desk_of(hq, hq.desks[role]);
    scene.transfers_open = static_cast<std::int32_t>(hq.transfers.in_use());
    const bool lists_cases = wanted.lists || wanted.one_case;
    if (wanted.lists) scene.lists = lists(world);
    for (const auto& level : world.network->strategy.governance.approvals) {
        if (lists_cases) scene.lists.levels.push_back(level.name);
    }
    if (wanted.item < network_.items.size()) scene.lists.item = item(world, wanted.item);
    add_waiting_events(world, lists_cases, scene);
    add_purchases(world, wanted.lists, scene);
    scene.flows = flows_of(world, segments_, wanted.lists);
    scene.links = links(world);
    return scene;
}

}  // namespace entrepot::viz

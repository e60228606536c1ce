#include "studies/explain/diary.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "models/goods/transport.hpp"
#include "models/network/calendar.hpp"

namespace entrepot::studies::explain {

using models::day_of;
using models::SiteId;

Diary::Diary(const models::Network& network, std::optional<SiteId> site, std::optional<int> day)
    : network_(network), names_(network), clock_(network.calendar), site_(site), day_(day) {
    const auto days = static_cast<std::size_t>(network.calendar.total_days()) + 1;
    days_.assign(network.sites.size(), std::vector<DayOfSite>(days));
    headquarters_.resize(days);
    released_.assign(network.sites.size(), 0);
    on_overtime_ = released_;
    stay_since_.assign(network.sites.size(), sim::kStart);
}

DayOfSite& Diary::of(SiteId site, int day) { return days_[site.index()][static_cast<std::size_t>(day)]; }
const DayOfSite& Diary::of(SiteId site, int day) const { return days_[site.index()][static_cast<std::size_t>(day)]; }

void Diary::see(const Seen& seen) {
    const bool headquarters = seen.event.to() == models::headquarters_of(network_);
    const bool followed = day_ && day_of(seen.at()) == *day_;
    if (headquarters) {
        count_headquarters(seen);
        if (followed && !site_) follow_headquarters(seen);
        return;
    }
    const SiteId site{seen.event.to()};
    count_site(seen, site);
    if (followed && watched(site)) follow_site(seen, site);
    const models::SiteState& state = seen.world.state.sites[site];
    released_[site.index()] = state.lines_released;
    if (state.on_overtime > 0 && on_overtime_[site.index()] == 0) stay_since_[site.index()] = seen.at();
    on_overtime_[site.index()] = state.on_overtime;
}

/// The midnight that ends the horizon is no message.
void Diary::end(const models::World& world, std::span<const models::Fact> told) {
    const int last = network_.calendar.total_days() - 1;
    for (const models::Fact& fact : told) {
        if (fact.where < network_.sites.size()) {
            count_close(fact, SiteId{fact.where}, last);
        } else {
            count_down(fact, headquarters_[static_cast<std::size_t>(last)].down);
        }
    }
    for (const models::SiteState& site : world.state.sites) count_lines(site, last);
}

/// What is told at midnight is of the day that it closes.
void Diary::count_site(const Seen& seen, SiteId site) {
    const int today = day_of(seen.at());
    const auto starts = seen.message<models::DayStarts>();
    const int closes = starts ? std::max(0, today - 1) : today;
    for (const models::Fact& fact : seen.facts) {
        using List = models::FactList;
        if (fact.kind() == List::kind_of<models::OrderPlaced>()) {
            ++of(site, today).orders;
        } else if (fact.kind() == List::kind_of<models::LineFirstPass>()) {
            const auto& first = fact.as<models::LineFirstPass>();
            ++of(site, today).first_attempts;
            of(site, today).filled += first.filled == first.ordered;
        } else if (fact.kind() == List::kind_of<models::OrderClosed>()) {
            const auto& closed = fact.as<models::OrderClosed>();
            ++of(site, today).closed;
            of(site, today).late += !closed.cancelled && closed.delivered_day > closed.promised_day;
        } else if (fact.kind() == List::kind_of<models::PenaltyCharged>()) {
            of(site, today).penalties += models::Money{fact.as<models::PenaltyCharged>().micros};
        } else if (fact.kind() == List::kind_of<models::CarrierDeparted>()) {
            of(site, today).missed += fact.as<models::CarrierDeparted>().missed;
        } else if (starts) {
            count_close(fact, site, closes);
        }
    }
    if (starts) count_lines(seen.world.state.sites[site], closes);
}

/// What midnight tells of the day that it closes.
void Diary::count_close(const models::Fact& fact, SiteId site, int closes) {
    using List = models::FactList;
    DayOfSite& day = of(site, closes);
    if (fact.kind() == List::kind_of<models::DayClosed>()) {
        const auto& closed = fact.as<models::DayClosed>();
        day.lines = closed.lines_ordered;
        day.picked = closed.lines_picked;
    } else if (fact.kind() == List::kind_of<models::BacklogAtClose>()) {
        const auto& backlog = fact.as<models::BacklogAtClose>();
        day.open = backlog.open_lines;
        day.past_due = backlog.past_due_lines;
        day.waiting_for_stock = backlog.waiting_for_stock;
        day.shipped = backlog.shipped_today;
        day.staged = backlog.staged;
    } else if (fact.kind() == List::kind_of<models::LabourDay>()) {
        const auto& labour = fact.as<models::LabourDay>();
        day.hours = labour.straight_available;
        day.busy = labour.straight_busy;
        day.overtime = labour.overtime;
    }
    count_down(fact, day.down);
}

/// Links tell of a day after it.
void Diary::count_down(const models::Fact& fact, DownByInterface& down) {
    if (fact.kind() != models::FactList::kind_of<models::LinkDay>()) return;
    const auto& link = fact.as<models::LinkDay>();
    Down& of = down.at(link.interface);
    of.hours += link.hours_down;
    of.links += link.hours_down > 0;
    of.given_up += link.given_up;
}

/// Open lines of which nothing waits any more but for a carrier, and shelves with nothing on them.
void Diary::count_lines(const models::SiteState& site, int closes) {
    int at_dock = 0;
    for (std::uint32_t place = 0; place < site.lines.size(); ++place) {
        const models::Line& line = site.lines[place];
        at_dock += line.order != models::kNone && line.staged > 0 && line.waiting == 0 && line.allocated == 0;
    }
    of(site.id, closes).at_dock = at_dock;
    for (std::uint32_t place = 0; place < site.orders.size(); ++place) {
        const models::Order& order = site.orders[place];
        if (order.lines_open == 0 && order.shipments_open == 0) continue;
        ++of(site.id, closes).open_orders;
        of(site.id, closes).overdue += order.promised_day <= closes;
    }
    if (models::is_stuck(site.links, models::InterfaceName::release)) {
        for (const std::uint32_t task : site.unreleased) of(site.id, closes).unreleased += site.tasks[task].picks;
    }
    of(site.id, closes).empty_shelves = static_cast<int>(
        std::ranges::count_if(site.truth, [](const models::ShelfStock& shelf) { return shelf.on_hand == 0; }));
}

void Diary::count_headquarters(const Seen& seen) {
    DayOfHeadquarters& today = headquarters_[static_cast<std::size_t>(day_of(seen.at()))];
    today.purchase_lines += static_cast<int>(seen.told<models::PurchaseLineOrdered>().size());
    today.transfers += static_cast<int>(seen.told<models::TransferOrdered>().size());
    for (const models::CaseClosed& closed : seen.told<models::CaseClosed>()) {
        today.exceptions += closed.kind == static_cast<std::uint8_t>(models::DecisionKind::supplier_exception);
    }
    if (seen.message<models::OrderEscalated>()) ++today.complaints;
    if (const auto news = seen.message<models::ForecastsUpdate>(); news && day_of(seen.at()) > 0) {
        DayOfHeadquarters& yesterday = headquarters_[static_cast<std::size_t>(day_of(seen.at()) - 1)];
        for (const models::Fact& fact : seen.facts) count_down(fact, yesterday.down);
    }
    for (const models::OfficeDay& day : seen.told<models::OfficeDay>()) {
        if (day.role == static_cast<std::uint8_t>(models::Role::planner)) today.planner_queue = day.queue;
        if (day.role == static_cast<std::uint8_t>(models::Role::service_agent)) today.agent_queue = day.queue;
    }
}

/// How many lines a wave has taken: those that pickers began with at once are among them.
std::string Diary::wave_text(const models::SiteState& site, SiteId id) const {
    const int taken = released_[id.index()] - site.lines_released;
    const std::string rest = fmt::format(
        "; {} for the next one", site.lines_released == 1 ? "1 stays" : amount_text(site.lines_released) + " stay");
    if (taken > 0) return fmt::format("a wave takes {}{}", count_text(taken, "line"), rest);
    if (site.lines_released == 0) return "";
    if (site.on_duty + site.on_overtime == 0) return "nobody is there for a wave" + rest;
    return fmt::format("a wave takes none, since {} of earlier ones are as much as {} can pick until the next one{}",
                       count_text(site.lines_in_wave, "line"), count_text(site.on_duty + site.on_overtime, "picker"),
                       rest);
}

void Diary::follow_site(const Seen& seen, SiteId id) {
    const models::SiteState& site = seen.world.state.sites[id];
    const int stay = site.on_overtime - on_overtime_[id.index()];
    const auto tell = [&](std::string what) {
        steps_.push_back({seen.at(), network_.sites[id].name, std::move(what), {}});
    };
    if (seen.message<models::DayStarts>() && *day_ > 0) {
        tell("begins the day: " + numbers_text(of(id, *day_ - 1)));
    } else if (const auto shift = seen.message<models::ShiftStarts>()) {
        tell(fmt::format("{} shift starts with {}; {} wait to be picked", ordinal_text(shift->shift + 1),
                         count_text(site.present[std::min<std::size_t>(shift->shift, 3)], "picker"),
                         count_text(site.lines_released + site.lines_in_wave, "line")));
    } else if (seen.message<models::WaveStarts>()) {
        const std::string wave = wave_text(site, id);
        if (!wave.empty()) tell(wave);
    } else if (const auto ends = seen.message<models::ShiftEnds>(); ends && stay > 0) {
        const std::string wave = wave_text(site, id);
        tell(fmt::format("{} of the {} shift stay for overtime{}", count_text(stay, "picker"),
                         ordinal_text(ends->shift + 1), wave.empty() ? "" : ": " + wave));
    } else if (const auto over = seen.message<models::OvertimeEnds>()) {
        const models::Time since = stay_since_[id.index()];
        tell(fmt::format("overtime of {} ends{}", count_text(over->people, "picker"),
                         day_of(since) < *day_ ? ", which began on " + clock_.moment(since) : ""));
    } else if (seen.message<models::TransferTruckDeparts>()) {
        tell("the truck to other warehouses leaves");
    } else if (seen.message<models::BatchPosts>()) {
        tell("the nightly batch posts what happened since the last one");
    }
    for (const models::CarrierDeparted& left : seen.told<models::CarrierDeparted>()) {
        if (left.taken == 0 && left.missed == 0) continue;
        const std::string behind = left.missed > 0 ? fmt::format("; {} stay behind", amount_text(left.missed)) : "";
        tell(fmt::format("{} leaves with {}, of {} that it could take{}",
                         network_.carriers[models::CarrierId{left.carrier}].name, count_text(left.taken, "shipment"),
                         amount_text(left.capacity), behind));
    }
}

void Diary::follow_headquarters(const Seen& seen) {
    const models::Headquarters& hq = seen.world.state.headquarters;
    const models::Desk &planners = hq.desk(models::Role::planner), &agents = hq.desk(models::Role::service_agent);
    const auto tell = [&](std::string what) { steps_.push_back({seen.at(), "headquarters", std::move(what), {}}); };
    if (seen.message<models::OfficeOpens>()) {
        tell(fmt::format(
            "opens: {} placed at once, {} wait for {}, {} for {}",
            count_text(static_cast<long>(seen.told<models::PurchaseLineOrdered>().size()), "purchase line"),
            count_text(static_cast<long>(planners.waiting()), "case"), count_text(planners.staff(), "planner"),
            count_text(static_cast<long>(agents.waiting()), "case"), count_text(agents.staff(), "agent")));
    } else if (seen.message<models::OfficeCloses>()) {
        tell(fmt::format("closes: {} wait for planners, {} for agents",
                         count_text(static_cast<long>(planners.waiting()), "case"),
                         count_text(static_cast<long>(agents.waiting()), "case")));
    }
}

}  // namespace entrepot::studies::explain

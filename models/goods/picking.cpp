#include <algorithm>
#include <cmath>

#include "models/decisions/priority.hpp"
#include "models/decisions/stock_pools.hpp"
#include "models/decisions/stock_rules.hpp"
#include "models/decisions/transfers.hpp"
#include "models/goods/receiving.hpp"
#include "models/goods/transport.hpp"
#include "models/goods/warehouse.hpp"
#include "models/network/calendar.hpp"
#include "models/purposes.hpp"
#include "models/records/order_desk.hpp"
#include "models/records/postings.hpp"

namespace entrepot::models {

namespace {

constexpr double kPickTimeCv = 0.3;

/// Lines that one person picks in an hour on the clock.
double lines_per_hour(const Site& site) { return site.pick_lines_per_hour * site.productive_share; }

// ------------------------------------------------------------------------------------------------------------- release

void schedule_release(SiteState& site, Context& context) {
    if (site.release_due) return;
    site.release_due = true;
    context.at(next_beat(context.now(), context.network().strategy.integration.release_interval), OrdersReleased{});
}

std::uint32_t new_task(SiteState& site, Context& context) {
    const std::uint32_t index = site.tasks.take();
    site.tasks[index] = Task{};
    site.tasks[index].entered = context.now();
    site.unreleased.push_back(index);
    schedule_release(site, context);
    return index;
}

}  // namespace

void release_pick(SiteState& site, std::uint32_t order, std::uint32_t line, Units units, Context& context) {
    if (context.network().sites[site.id].handling == Handling::at_once) {
        hand_over(site, line, units, context);
        return;
    }
    if (site.orders[order].task == kNone) {
        const std::uint32_t task = new_task(site, context);
        site.tasks[task].order = order;
        site.orders[order].task = task;
    }
    Task& task = site.tasks[site.orders[order].task];
    const std::uint32_t pick = site.picks.take();
    site.picks[pick] = PickLine{line, units, task.first_pick};
    task.first_pick = pick;
    ++task.picks;
}

void release_transfer(SiteState& site, std::uint32_t outgoing, Context& context) {
    if (context.network().sites[site.id].handling == Handling::at_once) return hand_on(site, outgoing, context);
    const std::uint32_t index = new_task(site, context);
    site.tasks[index].transfer = outgoing;
    site.tasks[index].picks = 1;
}

namespace {

std::uint64_t task_rank(const SiteState& site, const Task& task, const Network& network, const RankingMoment& now) {
    if (task.order != kNone) return priority_rank(network, site.orders[task.order], now);
    return site.outgoing[task.transfer].urgent ? 0 : std::uint64_t{1} << 62;  // before ordinary orders: trucks wait
}

}  // namespace

void on(SiteState& site, const OrdersReleased&, Context& context) {
    site.release_due = false;
    const RankingMoment now = ranking_moment(context.network(), context.now());
    for (const std::uint32_t index : site.unreleased) {
        Task& task = site.tasks[index];
        task.rank = task_rank(site, task, context.network(), now);
        if (task.order != kNone) site.orders[task.order].task = kNone;
        site.lines_released += task.picks;
        site.released_this_shift += task.picks;
        site.released.push_back(index);
    }
    site.unreleased.clear();
    if (context.network().strategy.waves.at_once) start_picks(site, context);
}

// --------------------------------------------------------------------------------------------------------------- waves

namespace {

/// Moves the first tasks by rank, of some `lines` lines in all, from the released ones into the wave.
void take_into_wave(SiteState& site, double lines, Context& context) {
    const Network& network = context.network();
    const int day = day_of(context.now());
    std::vector<std::uint32_t>& released = site.released;
    if (site.ranked_day != day) {  // ranks change overnight, after the last cut-off and by boosts
        const RankingMoment now = ranking_moment(network, context.now());
        for (const std::uint32_t index : released) {
            site.tasks[index].rank = task_rank(site, site.tasks[index], network, now);
        }
        site.ranked_day = day;
    }
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        return site.tasks[a].rank != site.tasks[b].rank ? site.tasks[a].rank < site.tasks[b].rank : a < b;
    };
    // No task has less than one line, so that many tasks are enough; only they need an order.
    const std::size_t most = std::min(released.size(), static_cast<std::size_t>(std::max(0.0, std::ceil(lines))));
    const auto end = released.begin() + static_cast<std::ptrdiff_t>(most);
    if (end != released.end()) std::nth_element(released.begin(), end, released.end(), before);
    std::sort(released.begin(), end, before);
    std::size_t taken = 0;
    for (; taken < most && lines > 0; ++taken) {
        const Task& task = site.tasks[released[taken]];
        lines -= task.picks;
        site.lines_released -= task.picks;
        site.lines_in_wave += task.picks;
        site.wave.push(released[taken]);
    }
    released.erase(released.begin(), released.begin() + static_cast<std::ptrdiff_t>(taken));
}

/// The task that is picked next: the wave's, or without waves the released one that comes first. kNone: there is none.
std::uint32_t next_task(SiteState& site, const Waves& waves) {
    if (!waves.at_once) {
        if (site.wave.empty()) return kNone;
        const std::uint32_t index = site.wave.pop();
        site.lines_in_wave -= site.tasks[index].picks;
        return index;
    }
    const auto first = std::ranges::min_element(site.released, {}, [&](std::uint32_t i) { return site.tasks[i].rank; });
    if (first == site.released.end()) return kNone;
    const std::uint32_t index = *first;
    *first = site.released.back();
    site.released.pop_back();
    site.lines_released -= site.tasks[index].picks;
    return index;
}

/// Where the draws of a task stand, beside the order's or the site's key.
std::uint32_t coordinate_of(SiteState& site, const Task& task, Time now) {
    if (task.order != kNone) return site.orders[task.order].coordinate;
    const OutgoingTransfer& goods = site.outgoing[task.transfer];
    if (!goods.lent) return goods.transfer;
    return site.occasions.next(purpose::pick_time, key_of(goods.destination, ItemId{goods.item}), now);
}

/// The law of a task's time: the tier's, or else the site's.
const std::optional<TimeLaw>& time_of(const SiteState& site, const Task& task, const Network& network) {
    if (task.order != kNone) {
        const Tier& tier = network.tiers[site.orders[task.order].tier];
        if (tier.pick_time) return tier.pick_time;
    }
    return network.sites[site.id].pick_time;
}

/// Hours that a task takes one person.
double hours_of(SiteState& site, const Task& task, Context& context) {
    const Site& terms = context.network().sites[site.id];
    const std::uint64_t key = task.order != kNone ? site.orders[task.order].key : terms.key;
    const std::uint32_t coordinate = coordinate_of(site, task, context.now());
    const double u = context.draws().at(purpose::pick_time, key, coordinate).uniform();
    const double tired = site.on_duty == 0 ? terms.overtime_rate_factor : 1;
    const std::optional<TimeLaw>& law = time_of(site, task, context.network());
    double hours = law ? sim::in<sim::hours>(draw(*law, u))
                       : task.picks / (lines_per_hour(terms) * tired) * sim::lognormal(u, 1, kPickTimeCv);
    if (terms.breakdowns_per_busy_hour > 0 && terms.repair) {
        auto breaks = context.draws().at(purpose::breakdown, key, coordinate);
        const int count = sim::poisson(breaks.uniform(), terms.breakdowns_per_busy_hour * hours);
        for (int i = 0; i < count; ++i) hours += sim::in<sim::hours>(draw(*terms.repair, breaks.uniform()));
    }
    return hours;
}

}  // namespace

void count_picking(SiteState& site, Time now) {
    const int people = site.on_duty + site.on_overtime;
    if (people > 0) {  // else those who pick end what they began after their shift
        const double hours = sim::in<sim::hours>(now - site.picking_changed);
        site.today.straight_busy += hours * std::min(site.picking, people) * site.on_duty / people;
    }
    site.picking_changed = now;
}

void start_picks(SiteState& site, Context& context) {
    const Waves& waves = context.network().strategy.waves;
    while (site.picking < site.on_duty + site.on_overtime) {
        const std::uint32_t index = next_task(site, waves);
        if (index == kNone) return;
        const Task& task = site.tasks[index];
        const double hours = hours_of(site, task, context);
        if (waves.at_once && task.order != kNone) {
            const double waited = sim::in<sim::hours>(context.now() - task.entered);
            context.tell(TaskDone{static_cast<float>(waited), static_cast<float>(waited + hours),
                                  site.orders[task.order].tier.value});
        }
        count_picking(site, context.now());
        ++site.picking;
        context.after(sim::from_real<sim::hours>(hours), PickDone{index});
    }
}

namespace {

/// When the next wave starts; after the day's last one, when its last shift ends.
Time next_wave(const Waves& waves, const Site& site, Time now) {
    const int day = day_of(now);
    const Time end = std::max(now, at_hour(day, site.shifts.back().end_hour));
    if (waves.start_minutes.empty()) return std::min(now + waves.interval, end);
    for (const int minute : waves.start_minutes) {
        if (at_minute(day, minute) > now) return at_minute(day, minute);
    }
    return end;
}

void start_wave(SiteState& site, double hours, Context& context) {
    constexpr double kReserve = 1.1;  // a little more than the people can do, so that none waits for work
    const int people = site.on_duty + site.on_overtime;
    const double lines = people * hours * lines_per_hour(context.network().sites[site.id]) * kReserve;
    take_into_wave(site, lines - site.lines_in_wave, context);
    start_picks(site, context);
}

}  // namespace

void on(SiteState& site, const WaveStarts&, Context& context) {
    const Network& network = context.network();
    const Time next = next_wave(network.strategy.waves, network.sites[site.id], context.now());
    start_wave(site, sim::in<sim::hours>(next - context.now()), context);
}

// ------------------------------------------------------------------------------------------------------------- picking

namespace {

/// Takes a pick's units off the shelf and adds them to the shipment; what is missing waits again. Returns how many
/// there were.
Units pick_order_line(SiteState& site, const PickLine& pick, Shipment& shipment, Context& context) {
    Line& line = site.lines[pick.line];
    const ItemId item{line.item};
    ShelfStock& shelf = site.truth[item];
    const Units picked = std::min(pick.units, shelf.on_hand);
    const Units missing = pick.units - picked;
    move_stock(site, item, -picked, context.now());
    shelf.staged += picked;
    line.staged += picked;
    line.allocated -= pick.units;
    post(site, {item.value, -picked, pick.units}, context);
    if (missing > 0) count_stock(site, item, context);  // a picker who finds too few has the place counted

    const Item& goods = context.network().items[item];
    shipment.units += picked;
    shipment.cost += goods.unit_cost * picked;
    shipment.weight_lb += static_cast<float>(goods.weight_lb * picked);
    end_first_pass(site, pick.line, picked, context);
    if (missing > 0) return_to_waiting(site, pick.line, missing, context);
    const bool leaves = picked > 0 && leaves_at_once(site, site.orders[line.order], context.network());
    if (leaves) send_off(site, pick.line, picked, context);
    if (missing > 0) allocate_waiting(site, item, context);
    return picked;
}

void finish_order_task(SiteState& site, const Task& task, Context& context) {
    Shipment shipment;
    shipment.order = task.order;
    ++site.orders[task.order].shipments_open;  // the order must not close between its lines and its shipment
    for (std::uint32_t index = task.first_pick, next; index != kNone; index = next) {
        const PickLine pick = site.picks[index];
        next = pick.next;
        const bool stays = !leaves_at_once(site, site.orders[task.order], context.network());
        const Units picked = pick_order_line(site, pick, shipment, context);
        if (stays && picked > 0) {
            site.picks[index] = {pick.line, picked, shipment.first_pick};
            shipment.first_pick = index;
        } else {
            site.picks.release(index);
        }
    }
    --site.orders[task.order].shipments_open;
    if (shipment.units > 0) {
        stage(site, shipment, context);
    } else {
        close_if_done(site, task.order, context);
    }
}

}  // namespace

void hand_over(SiteState& site, std::uint32_t line, Units units, Context& context) {
    Shipment shipment;
    shipment.order = site.lines[line].order;
    ++site.orders[shipment.order].shipments_open;
    pick_order_line(site, PickLine{line, units, kNone}, shipment, context);
    --site.orders[shipment.order].shipments_open;
    ++site.today.lines_picked;
    if (shipment.units > 0) {
        deliver(site, shipment, context);
    } else {
        close_if_done(site, shipment.order, context);
    }
}

void hand_on(SiteState& site, std::uint32_t index, Context& context) {
    OutgoingTransfer& transfer = site.outgoing[index];
    const ItemId item{transfer.item};
    transfer.picked = std::min(transfer.units, site.truth[item].on_hand);
    move_stock(site, item, -transfer.picked, context.now());
    site.truth[item].moved.sent += transfer.picked;
    site.ledger.post(Account::transit, Account::inventory, context.network().items[item].unit_cost * transfer.picked);
    post(site, {item.value, -transfer.picked, transfer.units}, context);
    if (transfer.picked < transfer.units) count_stock(site, item, context);
    if (transfer.lent) return send_loan(site, index, context);
    stage_transfer(site, index, context);
}

void on(SiteState& site, const PickDone& message, Context& context) {
    const Task task = site.tasks[message.task];
    site.tasks.release(message.task);
    count_picking(site, context.now());
    --site.picking;
    site.today.lines_picked += task.picks;
    if (task.order != kNone) {
        finish_order_task(site, task, context);
    } else {
        hand_on(site, task.transfer, context);
    }
    start_picks(site, context);
}

// -------------------------------------------------------------------------------------------------- shifts and
// overtime

namespace {

bool works_on(const Site& site, const Calendar& calendar, int day) {
    return calendar.is_business_day(day) || (site.picks_on_saturday && calendar.weekday(day) == 5);
}

/// People who should work in a shift of the day.
int rostered_on(const Network& network, const Site& site, int day, int shift) {
    const int shifts = static_cast<int>(site.shifts.size());
    const int people = site.pickers / shifts + (shift < site.pickers % shifts ? 1 : 0);
    if (network.calendar.is_business_day(day)) return people;
    return shift == 0 ? (people + 1) / 2 : 0;
}

double absence_on(const Network& network, SiteId site, int day) {
    double absence = network.sites[site].absence;
    for (const Disturbance& d : network.disturbances) {
        if (d.kind == Disturbance::Kind::absence && d.site == site && day >= d.first_day &&
            day < d.first_day + d.days) {
            absence += d.factor;
        }
    }
    return std::min(absence, 1.0);
}

/// Person-hours of picking that wait, released or in the wave, and that will come while the next shift is here: as many
/// as came to it last time. Nothing is expected of a shift where nobody comes.
double work_ahead(const SiteState& site, const Site& terms, std::size_t next_shift, int coming) {
    const int expected = coming > 0 ? site.released_in_shift[next_shift] : 0;
    return (site.lines_released + site.lines_in_wave + expected) / lines_per_hour(terms);
}

}  // namespace

void plan_shifts(SiteState& site, int day, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    if (!works_on(terms, network.calendar, day)) return;
    auto draw = context.draws().at(purpose::absence, terms.key, static_cast<std::uint32_t>(day));
    const double absence = absence_on(network, site.id, day);
    for (std::size_t i = 0; i < terms.shifts.size() && i < site.present.size(); ++i) {
        const int rostered = rostered_on(network, terms, day, static_cast<int>(i));
        int present = 0;
        for (int person = 0; person < rostered; ++person) present += draw.uniform() >= absence;
        site.present[i] = present;
        const Shift& shift = terms.shifts[i];
        context.at(at_hour(day, shift.start_hour), ShiftStarts{static_cast<std::uint8_t>(i)});
        context.at(at_hour(day, shift.end_hour), ShiftEnds{present, static_cast<std::uint8_t>(i)});
        site.today.straight_available += present * (shift.end_hour - shift.start_hour);
    }
    const Waves& waves = network.strategy.waves;
    if (waves.at_once) return;
    for (const int minute : waves.start_minutes) context.at(at_minute(day, minute), WaveStarts{});
    if (waves.start_minutes.empty()) {
        const int first = terms.shifts.front().start_hour * 60, end = terms.shifts.back().end_hour * 60;
        const int step = std::max<int>(1, static_cast<int>(waves.interval / sim::minutes{1}));
        for (int minute = first; minute < end; minute += step) context.at(at_minute(day, minute), WaveStarts{});
    }
}

void on(SiteState& site, const ShiftStarts& message, Context& context) {
    count_picking(site, context.now());
    site.on_duty += site.present[message.shift];
    site.receivers_on = true;
    start_unloading(site, context);
    start_picks(site, context);
}

void on(SiteState& site, const ShiftEnds& message, Context& context) {
    const Network& network = context.network();
    const Site& terms = network.sites[site.id];
    const int leaving = message.people;
    count_picking(site, context.now());
    site.on_duty -= leaving;
    const Shift& shift = terms.shifts[message.shift];
    const int coming = message.shift + 1u < terms.shifts.size() ? site.present[message.shift + 1u] : 0;
    if (coming == 0) site.receivers_on = false;
    if (network.calendar.is_business_day(day_of(context.now()))) {
        site.released_in_shift[message.shift] = site.released_this_shift;
    }
    site.released_this_shift = 0;
    // What the next shift can do is no reason to stay, and a share of a shift's work may lie till then. Once people do
    // stay, they work off what the next shift can't.
    const double shift_hours = shift.end_hour - shift.start_hour;
    const double left = work_ahead(site, terms, message.shift + 1u, coming) - coming * shift_hours;
    const double may_lie = terms.overtime_trigger * (coming > 0 ? coming : leaving) * shift_hours;
    if (left <= may_lie || leaving == 0 || terms.overtime_max_hours <= 0) return;
    const double hours = std::min(terms.overtime_max_hours, std::max(0.5, left / leaving));
    site.on_overtime += leaving;
    site.today.overtime += leaving * hours;
    const Money pay = terms.wage_per_hour * (terms.overtime_pay_factor * leaving * hours);
    site.today.overtime_cost += pay;
    site.ledger.post(Account::labour, Account::payables, pay);
    context.after(sim::from_real<sim::hours>(hours), OvertimeEnds{leaving});
    start_wave(site, hours, context);
}

void on(SiteState& site, const OvertimeEnds& message, Context& context) {
    count_picking(site, context.now());
    site.on_overtime -= message.people;
}

}  // namespace entrepot::models

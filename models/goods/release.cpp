#include <algorithm>
#include <cmath>

#include "models/decisions/priority.hpp"
#include "models/goods/crew.hpp"
#include "models/goods/supervisor.hpp"
#include "models/goods/waves.hpp"
#include "models/network/calendar.hpp"
#include "models/records/interfaces.hpp"

namespace entrepot::models {

// How allocated lines reach the floor: released to the warehouse system, and taken into waves in the order of priority.

namespace {

std::uint32_t new_task(SiteState& site, Context& context) {
    const std::uint32_t index = site.tasks.take();
    site.tasks[index] = Task{};
    site.tasks[index].entered = context.now();
    site.unreleased.push_back(index);
    schedule_release(site, context);
    return index;
}

}  // namespace

void schedule_release(SiteState& site, Context& context) {
    if (site.release_due) return;
    site.release_due = true;
    context.at(next_beat(context.now(), context.network().strategy.integration.release_interval), OrdersReleased{});
}

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

Units take_back(SiteState& site, std::uint32_t index, std::uint32_t pick, Units most) {
    Task& task = site.tasks[index];
    const Units units = std::min(most, site.picks[pick].units);
    site.picks[pick].units -= units;
    if (site.picks[pick].units > 0) return units;
    std::uint32_t* link = &task.first_pick;
    while (*link != pick) link = &site.picks[*link].next;
    *link = site.picks[pick].next;
    site.picks.release(pick);
    --task.picks;
    const bool released = std::ranges::find(site.unreleased, index) == site.unreleased.end();
    if (released) --site.lines_released;
    if (task.picks > 0) return units;
    std::erase(released ? site.released : site.unreleased, index);
    if (!released) site.orders[task.order].task = kNone;
    site.tasks.release(index);
    return units;
}

void release_transfer(SiteState& site, std::uint32_t outgoing, Context& context) {
    if (context.network().sites[site.id].handling == Handling::at_once) return hand_on(site, outgoing, context);
    const std::uint32_t index = new_task(site, context);
    site.tasks[index].transfer = outgoing;
    site.tasks[index].picks = 1;
}

namespace {

std::uint64_t task_rank(const SiteState& site, const Task& task, const RankingMoment& now) {
    if (task.order != kNone) return priority_rank(site, site.orders[task.order], now);
    const bool scheduled = site.outgoing[task.transfer].mode == TransferMode::scheduled;
    return scheduled ? std::uint64_t{1} << 62 : 0;  // before ordinary orders: trucks wait
}

}  // namespace

void on(SiteState& site, const OrdersReleased&, Context& context) {
    transmit(site, InterfaceName::release, {}, context);
}

void release_orders(SiteState& site, Context& context) {
    site.release_due = false;
    const RankingMoment now = ranking_moment(context.network(), context.now());
    for (const std::uint32_t index : site.unreleased) {
        Task& task = site.tasks[index];
        task.rank = task_rank(site, task, now);
        if (task.order != kNone) site.orders[task.order].task = kNone;
        site.lines_released += task.picks;
        site.released_this_shift += task.picks;
        site.released.push_back(index);
    }
    site.unreleased.clear();
    if (context.network().strategy.waves.at_once) start_picks(site, context);
}

void rank_released(SiteState& site, Context& context) {
    const RankingMoment now = ranking_moment(context.network(), context.now());
    for (const std::uint32_t index : site.released) {
        site.tasks[index].rank = task_rank(site, site.tasks[index], now);
    }
}

void leave_wave(SiteState& site) {
    while (!site.wave.empty()) {
        const std::uint32_t index = site.wave.pop();
        site.lines_in_wave -= site.tasks[index].picks;
        site.lines_released += site.tasks[index].picks;
        site.released.push_back(index);
    }
}

namespace {

/// The rank of what was taken into the wave, while others are still chosen.
constexpr std::uint64_t kTaken = ~std::uint64_t{0};

/// Puts the tasks that come first, so many at the most, in front and in their order; returns where they end.
template <class Before>
auto first_of(std::vector<std::uint32_t>& tasks, std::size_t most, const Before& before) {
    const auto end = tasks.begin() + static_cast<std::ptrdiff_t>(most);
    if (end != tasks.end()) std::nth_element(tasks.begin(), end, tasks.end(), before);
    std::sort(tasks.begin(), end, before);
    return end;
}

/// Moves a task into the wave; returns its lines.
int join_wave(SiteState& site, std::uint32_t index) {
    const int lines = site.tasks[index].picks;
    site.lines_released -= lines;
    site.lines_in_wave += lines;
    site.wave.push(index);
    return lines;
}

/// The same as below where supervisors have a say: each of the tasks is the next one by rank, or by their own rule.
void take_with_supervisors(SiteState& site, double lines, std::size_t most, Context& context) {
    std::vector<std::uint32_t>& released = site.released;
    std::vector<std::uint32_t>& by_rule = site.by_local_rule;
    const LocalRule rule = context.network().strategy.waves.local_rule;
    by_rule = released;
    const auto rule_end = first_of(by_rule, most, [&](std::uint32_t a, std::uint32_t b) {
        const LocalRank one = local_rank(site, site.tasks[a], rule), other = local_rank(site, site.tasks[b], rule);
        return one != other ? one < other : a < b;
    });
    auto ranked = released.begin(), ruled = by_rule.begin();
    const auto ranked_end = released.begin() + static_cast<std::ptrdiff_t>(most);
    const auto taken = [&](std::uint32_t index) { return site.tasks[index].rank == kTaken; };
    while (lines > 0) {
        const bool own = supervisor_decides(site, context);
        auto& next = own ? ruled : ranked;
        next = std::find_if_not(next, own ? rule_end : ranked_end, taken);
        if (next == (own ? rule_end : ranked_end)) break;
        lines -= join_wave(site, *next);
        site.tasks[*next].rank = kTaken;
    }
    std::erase_if(released, taken);
    by_rule.clear();
}

/// Moves the first tasks by rank, of some `lines` lines in all, from the released ones into the wave.
void take_into_wave(SiteState& site, double lines, Context& context) {
    const int day = day_of(context.now());
    std::vector<std::uint32_t>& released = site.released;
    if (site.ranked_day != day) {  // ranks change overnight, after the last cut-off and by boosts
        site.ranked_day = day;
        transmit(site, InterfaceName::priority, {}, context);
    }
    // No task has less than one line, so that many tasks are enough; only they need an order.
    const std::size_t most = std::min(released.size(), static_cast<std::size_t>(std::max(0.0, std::ceil(lines))));
    first_of(released, most, [&](std::uint32_t a, std::uint32_t b) {
        return site.tasks[a].rank != site.tasks[b].rank ? site.tasks[a].rank < site.tasks[b].rank : a < b;
    });
    if (context.network().strategy.waves.local_override > 0) return take_with_supervisors(site, lines, most, context);
    std::size_t taken = 0;
    while (taken < most && lines > 0) lines -= join_wave(site, released[taken++]);
    released.erase(released.begin(), released.begin() + static_cast<std::ptrdiff_t>(taken));
}

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

}  // namespace

std::uint32_t next_task(SiteState& site, Context& context) {
    const Waves& waves = context.network().strategy.waves;
    if (!waves.at_once) {
        if (site.wave.empty()) return kNone;
        const std::uint32_t index = site.wave.pop();
        site.lines_in_wave -= site.tasks[index].picks;
        return index;
    }
    if (site.released.empty()) return kNone;
    const bool own = supervisor_decides(site, context);
    const auto first =
        own ? std::ranges::min_element(
                  site.released, {}, [&](std::uint32_t i) { return local_rank(site, site.tasks[i], waves.local_rule); })
            : std::ranges::min_element(site.released, {}, [&](std::uint32_t i) { return site.tasks[i].rank; });
    const std::uint32_t index = *first;
    *first = site.released.back();
    site.released.pop_back();
    site.lines_released -= site.tasks[index].picks;
    return index;
}

void start_wave(SiteState& site, double hours, Context& context) {
    const Site& terms = context.network().sites[site.id];
    const double lines = pickers_at_work(site) * hours * lines_per_hour(terms) * terms.wave_load;
    take_into_wave(site, lines - site.lines_in_wave, context);
    start_picks(site, context);
}

void on(SiteState& site, const WaveStarts&, Context& context) {
    const Network& network = context.network();
    SIM_CHECK(!network.sites[site.id].shifts.empty(), "a wave starts where nobody picks");
    const Time next = next_wave(network.strategy.waves, network.sites[site.id], context.now());
    start_wave(site, sim::in<sim::hours>(next - context.now()), context);
}

}  // namespace entrepot::models
